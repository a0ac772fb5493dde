"""python -m knowledge add | drafts | draft | publish | withdraw | refresh: an owner's documents, without the desk."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from knowledge.model import Refused
from knowledge.shelf.fetch import fetch, is_address
from knowledge.shelf.model import UNSURE, Difference, Document, Item, Version
from knowledge.shelf.store import Shelf

ENDINGS = (".docx", ".pdf", ".html", ".htm", ".md", ".markdown", ".txt")
LONG = 100  # characters of a text that are shown


def add_commands(commands: Any, url: Callable[[], str]) -> None:
    """Add the commands to a parser; `url` says where the store is once it is needed."""

    def command(name: str, run: Callable[[Shelf, argparse.Namespace], int], help_: str, **more: Any) -> Any:
        made = commands.add_parser(name, help=help_, **more)
        made.set_defaults(command=lambda options: run(Shelf(url()), options))
        return made

    add = command(
        "add",
        _add,
        "take in a file, a folder or a page of yours: Word, PDF, HTML, Markdown, text",
        description="Reads it and drafts what each sentence tells. Nothing is answered from before it is published: "
        "look at the draft (`draft ID`), then `publish ID`; --accept publishes at once.",
    )
    add.add_argument("what", metavar="FILE|FOLDER|URL", help="a folder: every file in it that can be read")
    add.add_argument("--accept", action="store_true", help="answer from it at once, unseen")
    add.add_argument("--title", help="what the occupation is called, where the file does not say it or is wrong")
    add.add_argument("--code", help="its O*NET-SOC code, for example 51-4121.00")
    add.add_argument("--private", action="store_true", help="allow addresses of private networks")
    command("drafts", lambda shelf, _: _list(shelf), "the documents that were added, and where each stands")
    command("draft", _show, "each fact of a document beside its line, the unsure first, and what was left out")
    command("publish", _publish, "answer from a document from now on; takes seconds, no training")
    command("withdraw", _withdraw, "answer from a document no longer; it is kept")
    renew = command("refresh", _refresh, "fetch a page once more and show what changed; `publish` then makes it live")
    renew.add_argument("--private", action="store_true", help="allow addresses of private networks")
    for name in ("draft", "publish", "withdraw", "refresh"):
        commands.choices[name].add_argument("document", type=int, metavar="ID", help="its number, see `drafts`")


def _add(shelf: Shelf, options: argparse.Namespace) -> int:
    sources = _sources(options.what)
    if len(sources) > 1 and (options.title or options.code):
        raise Refused("A title or code is of one document; add the files one by one.")
    failed = 0
    for place, source in enumerate(sources, 1):
        if len(sources) > 1:
            print(f"[{place} of {len(sources)}] {source}", file=sys.stderr, flush=True)
        try:
            _add_one(shelf, source, options)
        except Refused as error:
            print(error, file=sys.stderr)
            failed += 1
    if failed and len(sources) > 1:
        print(f"{failed} of {len(sources)} could not be added; the others are.", file=sys.stderr)
    return 1 if failed else 0


def _sources(what: str) -> list[str]:
    if is_address(what):
        return [what]
    path = Path(what)
    if path.is_dir():
        found = sorted(str(each) for each in path.rglob("*") if each.is_file() and each.suffix.lower() in ENDINGS)
        if not found:
            raise Refused(f"{what}: there is no file in it that can be read ({', '.join(ENDINGS)}).")
        return found
    return [what]


def _add_one(shelf: Shelf, source: str, options: argparse.Namespace) -> None:
    address = None
    if is_address(source):
        page = fetch(source, private=options.private)
        name, content, address = page.name, page.content, page.address
    else:
        try:
            name, content = Path(source).name, Path(source).read_bytes()
        except OSError as error:
            raise Refused(f"{source}: the file cannot be read ({error.strerror}).") from error
    held = {document.id for document in shelf.documents()}
    document = shelf.add(name, content, by=_me(), address=address, title=options.title, code=options.code)
    version = shelf.version(document.id)
    if document.id in held:
        print(f"{document.id}: {name} is on the shelf already, as {document.name} ({document.state.value}).")
    else:
        print(f"{document.id}: {_summary(document, version)}")
    if options.accept and document.live != document.latest:
        _make_live(shelf, document.id)
    elif not options.accept and document.id not in held:
        print(f"  Look at it (`python -m knowledge draft {document.id}`), then publish it (`… publish {document.id}`).")


def _summary(document: Document, version: Version) -> str:
    titles = ", ".join(f"{part.title}{f' ({part.code})' if part.code else ''}" for part in version.parts)
    unsure = sum(item.sure < UNSURE for item in version.facts)
    said = f"{len(version.facts)} facts, {unsure} of them unsure; {len(version.left_out)} lines left out"
    return f"{document.name}: {titles or 'no title found; give one with --title'}: {said}."


def _list(shelf: Shelf) -> int:
    documents = shelf.documents()
    for each in reversed(documents):
        review = f", to be looked at on {each.review_on}" if each.review_on else ""
        newer = f", version {each.latest} is not live yet" if each.live and each.live != each.latest else ""
        titles = ", ".join(each.titles) or "no title"
        print(f"{each.id}: {each.name}: {titles} ({each.state.value.replace('_', ' ')}{newer}{review})")
    if not documents:
        print("Nothing was added yet; `python -m knowledge add FILE` does.")
    return 0


def _show(shelf: Shelf, options: argparse.Namespace) -> int:
    document, version = shelf.document(options.document), shelf.version(options.document)
    print(_summary(document, version))
    for item in sorted(version.facts, key=lambda item: item.sure):
        mark = "?" if item.sure < UNSURE else " "
        where = f" ({item.heading})" if item.heading else ""
        print(f"{mark} {item.sure:4.0%}  {_aspect(item):<18} line {item.line}{where}{_of(version, item)}: {item.text}")
    print("Left out:")
    for item in version.left_out:
        print(f"  line {item.line}: {_short(item.text)}  [{item.why}]")
    return 0


def _publish(shelf: Shelf, options: argparse.Namespace) -> int:
    _make_live(shelf, options.document)
    return 0


def _make_live(shelf: Shelf, document: int) -> None:
    slugs = shelf.publish(document, shelf.document(document).latest, by=_me())
    print(f"{document}: live: {', '.join(slugs)}.")


def _withdraw(shelf: Shelf, options: argparse.Namespace) -> int:
    document = shelf.take_back(options.document, by=_me())
    print(f"{document.id}: {document.name} is taken back; `publish {document.id}` makes it live again.")
    return 0


def _refresh(shelf: Shelf, options: argparse.Namespace) -> int:
    document = shelf.document(options.document)
    if document.address is None:
        raise Refused(f"{document.name} is a file, and has no address to be fetched from; add the new file.")
    page = fetch(document.address, private=options.private)
    if page.content == shelf.content(document.id):
        print(f"{document.id}: {document.name}: nothing has changed.")
        return 0
    version = shelf.renew(document.id, page.content, base=document.latest, by=_me())
    difference = shelf.compare(document.id, document.latest, version.number)
    for line in told(difference):
        print(line)
    print(f"{document.id}: version {version.number} is drafted, not live; `publish {document.id}` makes it so.")
    return 0


def told(difference: Difference) -> list[str]:
    """What two versions say differently, a line each."""
    lines = [f"- {_aspect(item)}: {item.text}" for item in difference.removed]
    lines += [f"+ {_aspect(item)}: {item.text}" for item in difference.added]
    lines += [f"~ {_aspect(before)} is now {_aspect(after)}: {after.text}" for before, after in difference.changed]
    return lines or ["What it says has not changed."]


def _aspect(item: Item) -> str:
    return item.aspect.value if item.is_fact and item.aspect else "left out"


def _of(version: Version, item: Item) -> str:
    """Of which occupations an item tells, where it is not all of the document's."""
    return f", of {' and '.join(version.parts[place].title for place in item.parts)}" if item.parts else ""


def _short(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG]} …"


def _me() -> str:
    """Who types: the user of the machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a name for its user
        return "command line"
