"""python -m knowledge import | update | sources | forget: downloads come into the store, and out of it again."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine
from tqdm import tqdm

from knowledge.encoder import Encoder
from knowledge.model import Aspect, Refused
from knowledge.sources import oews, onet, ooh, projections, store
from knowledge.sources.downloads import update
from knowledge.sources.files import Files
from knowledge.sources.release import Release
from knowledge.sources.vectors import KeptVectors

KINDS = {"onet": onet, "ooh": ooh, "oews": oews, "projections": projections}
NICE = 10  # how much what is imported by itself gives way to an advisor that answers
HELP = {
    "onet": "O*NET: tasks, skills, tools and 57,000 job titles",
    "ooh": "the pages of the Occupational Outlook Handbook, as saved",
    "oews": "BLS wages, of the nation and the states",
    "projections": "BLS projections of employment",
}


def add_commands(commands: Any, open_store: Callable[[], Engine]) -> None:
    """Add the commands to a parser; `open_store` opens the store once it is needed."""
    bring = commands.add_parser(
        "import",
        help="take public data in, in the place of the same source's older edition",
        description="Reads a download whole and checks it before anything is stored; a running advisor answers from "
        "it within seconds. KIND may be left out: the files say what they are. Kinds: "
        + "; ".join(f"{kind}: {text}" for kind, text in HELP.items()),
    )
    bring.add_argument("kind", nargs="?", choices=[*KINDS], metavar="KIND", help=", ".join(KINDS))
    bring.add_argument("path", type=Path, metavar="PATH", help="a folder, a .zip or a single file")
    bring.add_argument("--ahead", action="store_true", help="read all facts now, which takes many minutes")
    bring.set_defaults(command=lambda options: _import(open_store(), options))
    renew = commands.add_parser(
        "update",
        help="import what is new in a folder of downloads",
        description="Imports each download in FOLDER (a folder, a .zip or a workbook) that is new or has changed since "
        "the last time; of two editions the newer one stays. ADVISOR_DATA does the same whenever the advisor starts.",
    )
    renew.add_argument("folder", type=Path, metavar="FOLDER")
    renew.set_defaults(command=lambda options: _update(open_store(), options.folder))
    listing = commands.add_parser("sources", help="what was imported: edition, date, licence, counts")
    listing.set_defaults(command=lambda _: _list(open_store()))
    forget = commands.add_parser("forget", help="take a source out")
    forget.add_argument("source", metavar="SOURCE", help=", ".join(KINDS))
    forget.set_defaults(command=lambda options: _forget(open_store(), options.source))


def read_release(path: Path, kind: str | None = None) -> Release:
    """Read a download, with progress on stderr; raises `Refused` where it is none, or broken."""
    files = Files(path)
    found = [name for name in ([kind] if kind else KINDS) if KINDS[name].is_in(files)]
    if not found:
        wanted = f"of {kind}" if kind else f"of any of: {', '.join(KINDS)}"
        raise Refused(f"{path}: these are not the files {wanted}.")
    with tqdm(desc=f"Reading {found[0]}", unit="", leave=False, disable=None) as bar:

        def tell(what: str, done: int, of: int) -> None:
            bar.unit, bar.total, bar.n = f" {what}", of, done
            bar.refresh()

        return KINDS[found[0]].read(files, tell)


def _import(engine: Engine, options: argparse.Namespace) -> int:
    release = read_release(options.path, options.kind)
    store.save(engine, release)
    [held] = [each for each in store.held(engine) if each.source.name == release.source.name]
    print(_described(held))
    for sentence in release.lacks:
        print(f"  {sentence}")
    _read_ahead(engine, [release], whole=options.ahead)
    return 0


def _update(engine: Engine, folder: Path) -> int:
    os.nice(NICE)

    def say(sentence: str) -> None:
        print(sentence, flush=True)

    releases = update(engine, folder, read_release, say)
    _read_ahead(engine, releases, whole=False)
    say(f"{folder}: {len(releases)} imported." if releases else f"{folder}: nothing is new.")
    return 0


def _read_ahead(engine: Engine, releases: list[Release], *, whole: bool) -> None:
    try:
        for release in releases:
            _keep_vectors(engine, release, whole=whole)
    except KeyboardInterrupt:
        print("Stopped. What was imported is answered from; the rest is read when somebody asks about it.")


def _keep_vectors(engine: Engine, release: Release, *, whole: bool) -> None:
    """Read ahead what each occupation is and does, by which one is found that is only described, or all that is said.

    The advisor answers meanwhile.
    """
    found = (Aspect.overview, Aspect.tasks)
    facts = [fact for each in release.described for fact in each.facts if whole or fact.aspect in found]
    facts.sort(key=lambda fact: fact.aspect is not Aspect.overview)
    texts = list(dict.fromkeys(fact.text if fact.aspect is Aspect.overview else fact.placed for fact in facts))
    if not texts:
        return
    with tqdm(desc="Reading facts ahead", total=len(texts), unit=" facts", leave=False, disable=None) as bar:
        for done in KeptVectors(engine, Encoder(threads=2).encode).keep(texts):
            bar.update(done - bar.n)


def _list(engine: Engine) -> int:
    held = store.held(engine)
    for each in held:
        print(_described(each))
    if not held:
        print("Nothing was imported. The owner's documents are listed by `python -m knowledge show`.")
    return 0


def _forget(engine: Engine, name: str) -> int:
    if store.forget(engine, name):
        print(f"{name} is forgotten.")
        return 0
    known = ", ".join(each.source.name for each in store.held(engine)) or "none"
    print(f"There is no source “{name}”; there are: {known}.", file=sys.stderr)
    return 1


def _described(held: store.Held) -> str:
    source = held.source
    dated = source.date if source.date != source.edition else None
    when = ", ".join(filter(None, (source.edition and f"edition {source.edition}", dated)))
    counts = ", ".join(f"{number:,} {kind}" for kind, number in held.counts.items())
    return f"{source.name}: {source.title} ({when}; {source.licence}): {counts}."
