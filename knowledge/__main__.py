"""python -m knowledge build | check | show | add | publish | import | …: what the advisor knows."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from knowledge.base import KnowledgeBase, NotBuilt, open_store
from knowledge.build import DOCUMENTS, build_documents, documents
from knowledge.check import check_document
from knowledge.document import Refused
from knowledge.model import Aspect, Occupation
from knowledge.shelf import commands as shelf
from knowledge.sources.commands import add_commands

STORE = f"sqlite:///{Path(__file__).resolve().parent.parent / 'var' / 'advisor.sqlite'}"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0, 1 with one sentence on stderr, or 130 after Ctrl-C."""
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except (Refused, NotBuilt) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; what was not finished was not stored.", file=sys.stderr)
        return 130


def _build(options: argparse.Namespace) -> int:
    url = _url()
    if not build_documents(url, options.documents, force=options.force):
        print("The knowledge base is up to date.")
        return 0
    knowledge = KnowledgeBase(url)
    for slug in knowledge.occupations():
        occupation = knowledge.occupation(slug)
        print(f"{occupation.title}: {len(occupation.facts)} facts, {_names(occupation)} names.")
    return 0


def _check(options: argparse.Namespace) -> int:
    failed = 0
    for path in documents(options.documents):
        result = check_document(path)
        failed += len(result.wrong)
        for line in result.wrong:
            print(line)
        for line in result.uncovered:
            print(line)
        print(
            f"{path.name}: {result.proved} facts and names stand at their lines, {len(result.wrong)} do not; "
            f"{len(result.uncovered)} sentences are covered by no fact."
        )
    return 1 if failed else 0


def _show(options: argparse.Namespace) -> int:
    knowledge = KnowledgeBase(_url())
    slugs = knowledge.occupations()
    if options.occupation is None:
        for slug in slugs:
            print(f"{slug}: {knowledge.occupation(slug).title}")
        return 0
    if options.occupation not in slugs:
        print(f"There is no occupation “{options.occupation}”; there are: {', '.join(slugs)}.", file=sys.stderr)
        return 1
    occupation = knowledge.occupation(options.occupation)
    for title in occupation.titles:
        if options.aspect in (None, Aspect.titles.value) and title.line:
            print(f"titles  line {title.line}: {title.text}")
    for fact in occupation.facts:
        if options.aspect in (None, fact.aspect.value):
            print(f"{fact.aspect.value}  line {fact.line}{f' ({fact.heading})' if fact.heading else ''}: {fact.quote}")
    return 0


def _names(occupation: Occupation) -> int:
    return sum(title.line is not None for title in occupation.titles)


def _url() -> str:
    url = os.environ.get("DATABASE_URL")
    if not url:
        Path(STORE.removeprefix("sqlite:///")).parent.mkdir(exist_ok=True)
    return (url or STORE).replace("postgres://", "postgresql://", 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m knowledge",
        description="What the advisor knows.",
        epilog=("DATABASE_URL says where the store is; by default it is var/advisor.sqlite."),
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="build the store from the documents, whole or not at all")
    build.add_argument("--force", action="store_true", help="even where it is up to date")
    build.set_defaults(command=_build)
    check = commands.add_parser("check", help="prove every fact at its line; list what no fact covers")
    check.set_defaults(command=_check)
    for command in (build, check):
        command.add_argument("--documents", type=Path, default=DOCUMENTS, help="another folder of documents")
    show = commands.add_parser("show", help="what the store holds")
    show.add_argument("occupation", nargs="?", metavar="OCCUPATION", help="for example production-technician")
    aspects = [aspect.value for aspect in Aspect]
    show.add_argument("aspect", nargs="?", metavar="ASPECT", choices=aspects, help="for example skills")
    show.set_defaults(command=_show)
    shelf.add_commands(commands, _url)
    add_commands(commands, lambda: open_store(_url()))
    return parser


if __name__ == "__main__":
    sys.exit(main())
