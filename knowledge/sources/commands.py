"""python -m knowledge import | sources | forget: what was downloaded comes into the store, and out of it again."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine
from tqdm import tqdm

from knowledge.encoder import Encoder
from knowledge.model import Aspect, Refused
from knowledge.sources import oews, onet, ooh, projections, store
from knowledge.sources.files import Files
from knowledge.sources.release import Release
from knowledge.sources.vectors import KeptVectors

KINDS = {"onet": onet, "ooh": ooh, "oews": oews, "projections": projections}
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
    try:
        _keep_vectors(engine, release, whole=options.ahead)
    except KeyboardInterrupt:
        print("Stopped. What was imported is answered from; the rest is read when somebody asks about it.")
    return 0


def _keep_vectors(engine: Engine, release: Release, *, whole: bool) -> None:
    """Read ahead what each occupation is, by which a job is found that is only described, or all that is said of it.

    The advisor answers meanwhile.
    """
    facts = [fact for each in release.described for fact in each.facts if whole or fact.aspect is Aspect.overview]
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
