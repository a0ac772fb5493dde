"""Backups: of one moment, movable between databases, put back whole or not at all."""

from __future__ import annotations

import asyncio
import gzip
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import create_engine, insert, inspect, select, text

from bot import backup
from bot.archive import ArchiveError
from bot.backup import EVENTS, TABLES, BackupError, keep, main, restore
from bot.folder import held
from bot.handoff.left import LeftQuestions
from bot.owner import OwnerSettings
from bot.store import Feedback, Store
from bot.tables import AUDIT, FEEDBACK, SETTLED, TAKEN, TESTS, USERS
from bot.tracker_store import WindowStore
from knowledge.base import KnowledgeBase
from knowledge.build import build_documents
from knowledge.shelf import tables as shelf_tables
from knowledge.shelf.store import Shelf

SAID = "naïve question 🙂 with a “quote”"
GARDENER = "# Gardener\n\nGardeners look after plants and lawns.\n\n## Pay\n\nThey earn $19 an hour.\n"
ON_SHELF = {table.name for table in shelf_tables.metadata.sorted_tables}  # there once a document is added
DATABASES = ["sqlite", "postgresql"]


@pytest.fixture
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The URL of an empty database of each kind."""
    return {
        "sqlite": f"sqlite:///{tmp_path / 'advisor.sqlite'}",
        "postgresql": request.getfixturevalue("postgres_database"),
    }


def say(url: str, sentence: str) -> None:
    """Say something in a conversation, as Rasa keeps it."""
    store = WindowStore(Domain.empty(), host=url)
    tracker = asyncio.run(store.retrieve("web:a")) or DialogueStateTracker("web:a", [])
    tracker.update(UserUttered(sentence))
    asyncio.run(store.save(tracker))
    store.engine.dispose()


def said(url: str) -> list[str]:
    """What was said in that conversation."""
    store = WindowStore(Domain.empty(), host=url)
    tracker = asyncio.run(store.retrieve("web:a"))
    store.engine.dispose()
    return [event.text for event in tracker.events if isinstance(event, UserUttered)] if tracker else []


def fill(url: str) -> None:
    """A conversation, feedback on it, messages that were taken, a question left for people, and a setting."""
    say(url, SAID)
    store = Store(url)
    store.add_feedback(Feedback("web:a", "It is entry-level.", False, "not what I asked 🙁", 1.5, "is it hard?"))
    store.take("web:a:1", "a message")
    store.finish("web:a:1", "its answer")
    store.take("slack:1")
    store.end_session("a session", until=12345.25)
    LeftQuestions(store).add("web:a", SAID, "ada@example.org", receivers=["webhook"], due_at=1.5)
    OwnerSettings(url).set("help_hours", "9 to 5", by="ada")
    fill_desk(store)
    assert store.writable()  # which leaves a row that nobody wrote
    store.engine().dispose()


def fill_desk(store: Store) -> None:
    """Somebody who may use the owner's desk, and what they did there."""
    told = {
        USERS: {"name": "ada", "role": "owner", "password": None, "added_at": 1.5},
        AUDIT: {"at": 1.5, "who": "ada", "what": "did", "about": "something 🙁"},
        TESTS: {"question": SAID, "occupation": "a", "fact": "It is.", "document": 7, "added_by": "a", "added_at": 1.5},
        SETTLED: {"mark": "a" * 64, "how": "by hand", "by": "ada", "at": 1.5},
    }
    with store.engine().begin() as connection:
        for table, row in told.items():
            connection.execute(insert(table).values(**row))


def rows(url: str) -> dict[str, list[tuple]]:
    """All that a backup has to keep."""
    engine = create_engine(url, future=True)
    with engine.connect() as connection:
        kept = {
            name: sorted(map(tuple, connection.execute(backup._all(each))), key=repr)
            for name, each in TABLES.items()
            if name not in ON_SHELF
        }
    engine.dispose()
    return kept


@pytest.mark.parametrize("origin", DATABASES)
@pytest.mark.parametrize("target", DATABASES)
def test_what_people_said_can_be_moved_to_another_database(databases, tmp_path, capsys, origin, target):
    fill(databases[origin])
    before = rows(databases[origin])
    keep(databases[origin], tmp_path / "file")
    restore(databases[target], tmp_path / "file", force=origin == target)
    assert rows(databases[target]) == before
    assert all(before.values())
    assert "11 rows (1 events, " in capsys.readouterr().out


@pytest.mark.parametrize("target", DATABASES)
def test_conversations_and_feedback_go_on_after_a_restore(databases, tmp_path, target):
    fill(databases["sqlite"])
    keep(databases["sqlite"], tmp_path / "file")
    restore(databases[target], tmp_path / "file", force=True)
    say(databases[target], "and then?")
    Store(databases[target]).add_feedback(Feedback("web:b", "It is.", True))
    assert said(databases[target]) == [SAID, "and then?"]
    assert [each.helpful for each in Store(databases[target]).feedback()] == [True, False]


@pytest.mark.parametrize("kind", DATABASES)
def test_a_backup_is_of_one_moment_and_hinders_no_writer(databases, tmp_path, kind):
    url, ended = databases[kind], threading.Event()
    engine = Store(url).engine()
    written: list[float] = []

    def write(number: int) -> None:
        feedback = {"given_at": 1.0, "conversation": str(number), "answer": "a" * 500, "helpful": True, "why": ""}
        with engine.begin() as connection:  # in both tables, or in none
            connection.execute(insert(TAKEN).values(key=f"web:{number}", payload="", taken_at=1.0))
            connection.execute(insert(FEEDBACK).values(question="", **feedback))
        written.append(time.monotonic())

    def go_on() -> None:
        while not ended.is_set():
            write(len(written))

    with engine.begin() as connection:
        many = [{"key": f"slack:{number}", "payload": "p" * 500, "taken_at": 1.0} for number in range(30_000)]
        connection.execute(insert(TAKEN), many)
    writer = threading.Thread(target=go_on)
    writer.start()
    time.sleep(0.3)
    began = time.monotonic()
    keep(url, tmp_path / "file")
    done = time.monotonic()
    ended.set()
    writer.join()
    engine.dispose()
    assert any(began < moment < done for moment in written)
    copy = f"sqlite:///{tmp_path / 'copy.sqlite'}"
    restore(copy, tmp_path / "file")
    kept = rows(copy)
    pairs = [key for key, *_ in kept["channel_taken"] if key.startswith("web:")]
    assert len(pairs) == len(kept["channel_feedback"])
    assert 0 < len(pairs) < len(written)


@pytest.mark.parametrize("kind", DATABASES)
def test_of_a_file_that_is_cut_off_nothing_is_put_back(databases, tmp_path, kind):
    fill(databases[kind])
    keep(databases[kind], tmp_path / "file")
    before = rows(databases[kind])
    whole = gzip.decompress((tmp_path / "file").read_bytes())
    (tmp_path / "file").write_bytes(gzip.compress(b"".join(whole.splitlines(keepends=True)[:-2])))
    with pytest.raises(ArchiveError, match="damaged"):
        restore(databases[kind], tmp_path / "file", force=True)
    assert rows(databases[kind]) == before


def test_a_file_that_is_there_is_overwritten_by_force_only(databases, tmp_path):
    fill(databases["sqlite"])
    (tmp_path / "file").write_text("precious")
    with pytest.raises(BackupError, match="is there already; .* --force"):
        keep(databases["sqlite"], tmp_path / "file")
    assert (tmp_path / "file").read_text() == "precious"
    keep(databases["sqlite"], tmp_path / "file", force=True)
    restore(f"sqlite:///{tmp_path / 'copy.sqlite'}", tmp_path / "file")


def test_what_a_database_holds_is_replaced_by_force_only(databases, tmp_path):
    fill(databases["sqlite"])
    keep(databases["sqlite"], tmp_path / "file")
    say(databases["sqlite"], "later")
    with pytest.raises(BackupError, match=r"holds 12 rows already; replace them with --force"):
        restore(databases["sqlite"], tmp_path / "file")
    assert said(databases["sqlite"]) == [SAID, "later"]
    restore(databases["sqlite"], tmp_path / "file", force=True)
    assert said(databases["sqlite"]) == [SAID]


def test_a_table_of_a_newer_version_is_named_and_nothing_is_put_back(databases, tmp_path, monkeypatch):
    fill(databases["sqlite"])
    keep(databases["sqlite"], tmp_path / "file")
    monkeypatch.delitem(TABLES, "channel_ended")
    with pytest.raises(BackupError, match="a table channel_ended that this version of the advisor does not know"):
        restore(databases["sqlite"], tmp_path / "file", force=True)


def test_tables_of_others_are_left_out_and_named(databases, tmp_path, capsys):
    fill(databases["postgresql"])
    engine = create_engine(databases["postgresql"], future=True)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE somebody_elses (id INTEGER)"))
    engine.dispose()
    keep(databases["postgresql"], tmp_path / "file")
    assert "Left out, for they are not the advisor's: somebody_elses.\n" in capsys.readouterr().out


def test_the_table_of_events_is_rasas():
    def described(table):
        return [(column.name, repr(column.type), column.nullable, bool(column.index)) for column in table.c]

    assert described(EVENTS) == described(SQLTrackerStore.SQLEvent.__table__)


def test_every_table_of_a_running_advisor_is_kept_or_built(advisor):
    url = f"sqlite:///{advisor.folder / 'advisor.sqlite'}"
    names = set(inspect(create_engine(url)).get_table_names())
    assert {name for name in names if not name.startswith("knowledge_")} | ON_SHELF == set(TABLES)


def test_documents_on_the_shelf_are_kept_with_their_files_and_versions(databases, tmp_path):
    [one, other] = databases.values()
    build_documents(one)
    shelf = Shelf(one)
    added = shelf.add("gardener.md", GARDENER.encode(), by="ada")
    shelf.publish(added.id, 1, by="ada")
    shelf.set_review_date(added.id, date(2027, 1, 31), by="ada")
    keep(one, tmp_path / "file")
    restore(other, tmp_path / "file")
    again = Shelf(other)
    assert again.documents() == shelf.documents()
    assert again.versions(added.id) == shelf.versions(added.id)
    assert again.content(added.id) == GARDENER.encode()
    build_documents(other)
    assert "gardener" in KnowledgeBase(other).occupations()


def test_what_was_built_before_a_backup_was_put_back_is_built_anew(databases, tmp_path):
    url = databases["sqlite"]
    build_documents(url)
    keep(url, tmp_path / "file")
    added = Shelf(url).add("gardener.md", GARDENER.encode(), by="ada")
    Shelf(url).publish(added.id, 1, by="ada")
    restore(url, tmp_path / "file", force=True)
    assert build_documents(url)
    assert "gardener" not in KnowledgeBase(url).occupations()


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for the command, with a database to be."""
    monkeypatch.setattr("bot.settings.VAR", tmp_path)
    monkeypatch.setattr("bot.backup.VAR", tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'advisor.sqlite'}")
    return tmp_path


def test_the_command_keeps_and_restores(own_folder, capsys):
    fill(f"sqlite:///{own_folder / 'advisor.sqlite'}")
    assert main([str(own_folder / "file")]) == 0
    assert main(["--restore", "--force", str(own_folder / "file")]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Kept 11 rows (1 events, ")
    assert "\nPut back 11 rows (1 events, " in out


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("sqlite:///{}/none.sqlite", "There is no database at {}/none.sqlite yet.\n"),
        ("mysterious://host/name", "DATABASE_URL is no address of a database that the advisor can use.\n"),
        ("nonsense", "DATABASE_URL is no address of a database that the advisor can use.\n"),
        ("postgresql://nobody@127.0.0.1:1/none", "The database refuses it: "),
    ],
)
def test_a_database_that_cannot_be_read_is_one_sentence(own_folder, monkeypatch, capsys, address, sentence):
    monkeypatch.setenv("DATABASE_URL", address.format(own_folder))
    assert main([str(own_folder / "file")]) == 1
    said = capsys.readouterr().err
    assert said.startswith(sentence.format(own_folder))
    assert said.count("\n") == 1
    assert not (own_folder / "file").exists()
    assert not (own_folder / "none.sqlite").exists()


def test_nothing_is_put_back_while_an_advisor_runs(own_folder, capsys):
    fill(f"sqlite:///{own_folder / 'advisor.sqlite'}")
    main([str(own_folder / "file")])
    with held(own_folder):
        assert main(["--restore", "--force", str(own_folder / "file")]) == 1
    assert "stop it first" in capsys.readouterr().err


def test_a_file_that_is_no_backup_is_one_sentence(own_folder, capsys):
    (own_folder / "file").write_text("hello")
    assert main(["--restore", str(own_folder / "file")]) == 1
    assert capsys.readouterr().err == f"{own_folder / 'file'} is no backup of the advisor, or a damaged one.\n"


def test_a_database_that_was_just_made_holds_nothing_that_anybody_wrote(databases):
    for url in databases.values():
        assert Store(url).writable()
        EVENTS.create(create_engine(url), checkfirst=True)
        with create_engine(url).connect() as connection:
            kept = [table for name, table in TABLES.items() if name not in ON_SHELF]
            assert sum(backup._count(connection, table) for table in kept) == 0
            assert connection.execute(select(TAKEN.c.key)).scalar() is not None
