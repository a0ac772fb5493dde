"""Shows, exports and deletes what is kept of people, also while the advisor runs."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import ArgumentError, DBAPIError

from bot import events, kept, scopes
from bot.database import file_of, open_engine
from bot.owner import Owner, OwnerSettings
from bot.privacy_asked import parser
from bot.privacy_page import page
from bot.privacy_shown import export, minute, shown, told
from bot.retention import DAY
from bot.said import Said
from bot.scopes import Scope
from bot.settings import Settings, SettingsError
from bot.store import Store

OFTEN = 2  # seconds between two signs of how far it is
DONE, FAILED, NOTHING, STOPPED = 0, 1, 3, 130


class NotDone(Exception):
    """Why nothing was done, in one sentence."""

    def __init__(self, why: str, code: int = FAILED) -> None:
        super().__init__(why)
        self.code = code


def main(arguments: list[str] | None = None) -> int:
    """Do what is asked; returns the exit code, with one sentence on stderr where it is not 0."""
    asked = parser(__doc__).parse_args(arguments)
    try:
        settings = Settings.of_environment()
        if asked.command == "page":
            print(page(os.environ, _owner(settings.database_url)))
        elif asked.command == "purge":
            _purge(_opened(settings.database_url), asked.older_than or settings.retention)
        else:
            _on(_opened(settings.database_url), asked)
        sys.stdout.flush()
    except (NotDone, SettingsError) as reason:
        print(reason, file=sys.stderr)
        return getattr(reason, "code", FAILED)
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        print(f"It cannot be written: {error.strerror}.", file=sys.stderr)
        return FAILED
    except DBAPIError as error:
        why = str(error.orig).strip().splitlines()[0].rstrip(".")
        print(f"The database does not do it: {why}.", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("\nStopped; what is deleted so far stays deleted.", file=sys.stderr)
        return STOPPED
    return DONE


def _on(store: Store, asked: argparse.Namespace) -> None:
    if asked.day:
        scope = scopes.of_day(store, asked.day)
    elif asked.slack_user:
        scope = scopes.of_slack_user(store, asked.slack_user)
    else:
        scope = scopes.of_conversation(store, asked.conversation)
    amount = kept.amount(store, scope)
    if not (amount.events or amount.opinions or amount.taken or amount.left):
        raise NotDone(f"Nothing is kept of {scope.name}.", NOTHING)
    if asked.command == "show":
        for line in shown(store, scope, amount):
            print(line)
    elif asked.command == "export":
        _export(store, scope, asked.to, _far(amount.events))
    else:
        _delete(store, scope, told(amount), _far(amount.events), sure=asked.yes)


def _export(store: Store, scope: Scope, path: Path | None, far: Callable[[int], None]) -> None:
    if path is None:
        return export(store, scope, sys.stdout, far)
    try:  # for us alone, and never over another file
        written = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise NotDone(f"{path} cannot be made ({error.strerror}); name another file.") from error
    try:
        with os.fdopen(written, "w", encoding="utf-8") as file:
            return export(store, scope, file, far)
    except BaseException:  # half of it is no export
        path.unlink(missing_ok=True)
        raise


def _delete(store: Store, scope: Scope, what: str, far: Callable[[int], None], *, sure: bool) -> None:
    if not sure:
        print(f"Of {scope.name} are kept: {what}.")
        try:
            sure = input("Delete it for good? Then type yes: ").strip().lower() == "yes"
        except EOFError as nobody:
            raise NotDone("\nNothing was deleted; with --yes nobody is asked.") from nobody
        if not sure:
            raise NotDone("Nothing was deleted.")
    print(f"Deleted of {scope.name}: {told(kept.delete_all(store, scope, far))}.")


def _purge(store: Store, days: int) -> None:
    before, said, gone = time.time() - days * DAY, Said(store), 0
    events.prepare(store.engine())
    far = _far(kept.older(store, before))
    while dropped := said.age(before):
        gone += dropped
        far(gone)
        time.sleep(kept.PAUSE)
    rows = "1 row" if gone == 1 else f"{gone:,} rows"
    print(f"Deleted: {rows} from before {minute(before)}.")


def _far(whole: int) -> Callable[[int], None]:
    """Says on stderr how far long work is, now and then."""
    due = time.monotonic() + OFTEN

    def say(done: int) -> None:
        nonlocal due
        if time.monotonic() > due:
            print(f"… {done:,} of {whole:,}", file=sys.stderr, flush=True)
            due = time.monotonic() + OFTEN

    return say


def _owner(url: str) -> Owner:
    """What the owner has set; nothing where there is no database yet."""
    try:
        _opened(url)
    except NotDone:
        return Owner()
    return OwnerSettings(url).all()


def _opened(url: str) -> Store:
    """The database, which has to be there: SQLite would make an empty one where its name is wrong."""
    try:
        engine = open_engine(url)
    except (ArgumentError, ImportError) as error:
        raise NotDone("DATABASE_URL is no address of a database.") from error
    if engine.dialect.name == "sqlite" and file_of(engine) is None:
        raise NotDone(f"There is no database at {engine.url.database}.")
    if not events.there(engine):
        raise NotDone("Nothing is kept: no advisor has run with this database yet.", NOTHING)
    return Store(url)


if __name__ == "__main__":
    sys.exit(main())
