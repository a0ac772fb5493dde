"""What the owner is shown, is given in a file and can delete of what people said."""

from __future__ import annotations

import builtins
import json
import os
import re
import subprocess
import sys
import threading
import time
from datetime import datetime, timezone

import pytest

from bot import kept, privacy
from bot.handoff.left import LeftQuestions
from bot.said import Said
from bot.scopes import of_slack_user
from bot.settings import ROOT
from bot.store import Feedback, Store
from tests.bot.rows import DAY, left, opened, say, say_much, take

NOON = datetime(2026, 11, 25, 12, tzinfo=timezone.utc).timestamp()
SECRET = "a secret of the tests, and of nobody else"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    """A database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'advisor.sqlite'}"
    return request.getfixturevalue("postgres_database")


@pytest.fixture
def store(url, monkeypatch) -> Store:
    """The database that the environment names, with conversations of two visitors and two people in Slack in it."""
    environment(monkeypatch, url)
    store = opened(url)
    say(store, "web:ada", "what is it?", "I like tools", at=NOON)
    say(store, "web:bob", "what does it pay?", at=NOON - DAY)
    for user in ("U1", "U2"):
        say(store, f"slack:T1:C1:5.1:{user}", f"in a thread by {user}", at=NOON)
        say(store, f"slack:T1:D{user[1]}:{user}", f"directly by {user}", at=NOON + DAY)
        take(store, f"slack:T1:C1:5.1:{user}#5.2", at=NOON, user=user, text=f"in a thread by {user}")
        store.add_feedback(Feedback(f"slack:T1:C1:5.1:{user}", f"to {user}", True, given_at=NOON))
    take(store, "slack:T1:C1:5.1:U2#feedback-5.3", at=NOON, user="U1", text="yes", shown={"text": "to U2"})
    take(store, "slack-thread:slack:T1:C1:5.1", at=NOON, result="")
    take(store, "web:ada:m1", at=NOON, result=json.dumps([{"type": "reply", "text": "On it"}]))
    store.add_feedback(Feedback("web:ada", "On it", False, "too short", NOON, question="what is it?"))
    return store


def environment(monkeypatch, url: str) -> None:
    """Let the environment name a database, and nothing that a developer may have set."""
    for name in [name for name in os.environ if name.startswith(("ADVISOR_", "SLACK_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("ADVISOR_SECRET", SECRET)


def answering(monkeypatch, answer: str | None) -> None:
    """Somebody at the terminal, or nobody."""

    def said(question: str) -> str:
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr(builtins, "input", said)


# -- show --


def test_a_conversation_is_shown_in_words(store, capsys):
    assert privacy.main(["show", "web:ada"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(
        "Of web:ada are kept: 1 conversation, 2 messages of people (8 events in all), 1 piece of feedback, "
        "1 taken message.\n"
    )
    assert "  2026-11-25 12:00 UTC  person   what is it?\n" in shown
    assert "  2026-11-25 12:00 UTC  advisor  On what is it?:\n    - a fact\n" in shown
    assert "not helpful\n  asked: what is it?\n  answered: On it\n  why: too short\n" in shown
    assert "web:ada:m1" in shown
    assert "what does it pay?" not in shown


def test_a_question_left_for_people_is_shown_exported_and_deleted(store, capsys):
    left = LeftQuestions(store)
    left.add("web:ada", "Do you take late applications?", "ada@example.org", receivers=["webhook"], due_at=1.0)
    left.add("web:bob", "Is there a bus?", "+1 555 010 0199", receivers=["slack", "webhook"], due_at=1.0)
    assert privacy.main(["show", "web:ada"]) == 0
    shown = capsys.readouterr().out
    assert "1 question left for people" in shown
    assert "to webhook, not sent yet  Do you take late applications? (to be reached at ada@example.org)" in shown
    assert privacy.main(["export", "web:bob"]) == 0
    exported = json.loads(capsys.readouterr().out)["left"]
    assert [(each["receiver"], each["reach"]) for each in exported] == [
        ("slack", "+1 555 010 0199"),
        ("webhook", "+1 555 010 0199"),
    ]
    assert privacy.main(["delete", "web:bob", "--yes"]) == 0
    assert [(receiver, number) for receiver, number, _ in left.waiting()] == [("webhook", 1)]


def test_a_session_that_has_ended_is_shown(store, capsys):
    store.end_session("ada", until=NOON)
    assert privacy.main(["show", "web:ada"]) == 0
    assert "has ended the session; that has to be known until 2026-11-25 12:00 UTC." in capsys.readouterr().out


def test_a_button_that_was_pressed_reads_as_its_title(store, capsys):
    say(store, "web:eve", "/ask_skills", at=NOON)
    event = {
        "event": "bot",
        "text": "Hello!",
        "data": {"buttons": [{"title": "Skills needed", "payload": "/ask_skills"}]},
    }
    with store.engine().begin() as connection:
        row = {"c": "web:eve", "d": json.dumps(event), "t": NOON}
        connection.execute(
            kept.EVENTS.insert().values(id=0, sender_id=row["c"], type_name="bot", timestamp=row["t"], data=row["d"])
        )
    assert privacy.main(["show", "web:eve"]) == 0
    assert "person   Skills needed\n" in capsys.readouterr().out


def test_a_person_in_slack_is_shown_wherever_they_spoke(store, capsys):
    assert privacy.main(["show", "--slack-user", "U1"]) == 0
    shown = capsys.readouterr().out
    assert "Of the Slack user U1 are kept: 2 conversations, 2 messages of people" in shown
    assert "person   in a thread by U1" in shown
    assert "person   directly by U1" in shown
    assert "U2#feedback-5.3" in shown  # a click in the answer to another
    assert "by U2" not in shown


def test_a_day_is_one_in_utc(store, capsys):
    say(store, "web:late", "just before midnight", at=NOON + DAY / 2 - 1)
    say(store, "web:next", "at midnight", at=NOON + DAY / 2)
    assert privacy.main(["show", "--day", "2026-11-25"]) == 0
    shown = capsys.readouterr().out
    assert "just before midnight" in shown
    assert "at midnight" not in shown
    assert "what does it pay?" not in shown
    assert "slack-thread:" not in shown  # a mark that holds nobody's words


# -- export --


def test_all_of_a_person_in_slack_is_exported(store, capsys):
    assert privacy.main(["export", "--slack-user", "U1"]) == 0
    exported = json.loads(capsys.readouterr().out)
    assert exported["of"] == "the Slack user U1"
    assert [each["event"]["event"] for each in exported["events"]] == ["action", "user", "slot", "bot"] * 2
    assert {each["conversation"] for each in exported["events"]} == {"slack:T1:C1:5.1:U1", "slack:T1:D1:U1"}
    assert exported["events"][1]["event"]["metadata"] == {"user": "U1"}
    assert exported["events"][1]["at"] == NOON
    assert [each["answer"] for each in exported["feedback"]] == ["to U1"]
    assert [(each["key"], each["payload"]["user"]) for each in exported["taken"]] == [
        ("slack:T1:C1:5.1:U1#5.2", "U1"),
        ("slack:T1:C1:5.1:U2#feedback-5.3", "U1"),
    ]
    assert "by U2" not in str(exported)


def test_a_conversation_is_exported_into_a_new_file_for_its_owner_alone(store, tmp_path, capsys):
    path = tmp_path / "ada.json"
    store.end_session("ada", until=NOON)
    assert privacy.main(["export", "web:ada", "--to", str(path)]) == 0
    exported = json.loads(path.read_text(encoding="utf-8"))
    assert len(exported["events"]) == 8
    assert exported["feedback"][0]["why"] == "too short"
    assert exported["taken"][0]["result"] == [{"type": "reply", "text": "On it"}]
    assert exported["ended"] == [{"session": "ada", "until": NOON}]
    assert path.stat().st_mode & 0o777 == 0o600
    assert privacy.main(["export", "web:ada", "--to", str(path)]) == 1
    assert capsys.readouterr().err == f"{path} cannot be made (File exists); name another file.\n"
    assert json.loads(path.read_text(encoding="utf-8")) == exported


# -- delete --


def test_a_conversation_is_deleted_once_it_is_confirmed(store, monkeypatch, capsys):
    for answer in ("no", "", None):
        answering(monkeypatch, answer)
        assert privacy.main(["delete", "web:ada"]) == 1
        assert "Nothing was deleted" in capsys.readouterr().err
    assert len(Said(store).conversations()) == 6
    answering(monkeypatch, "Yes ")
    assert privacy.main(["delete", "web:ada"]) == 0
    said = capsys.readouterr().out
    assert "Of web:ada are kept: 1 conversation, 2 messages of people (8 events in all)" in said
    assert "Deleted of web:ada: 1 conversation, 2 messages of people (8 events in all), 1 piece of feedback" in said
    assert "web:ada" not in Said(store).conversations()
    assert store.take("web:ada:m1")
    thumb = store.feedback()[0]
    assert (thumb.conversation, thumb.answer, thumb.why, thumb.question, thumb.helpful) == ("", "", "", "", False)
    assert privacy.main(["delete", "web:ada", "--yes"]) == 0  # the message that was just taken
    assert privacy.main(["delete", "web:ada", "--yes"]) == 3


def test_of_a_thread_only_what_that_person_said_is_deleted(store, capsys):
    before = left(store)
    assert privacy.main(["delete", "--slack-user", "U1", "--yes"]) == 0
    assert "Deleted of the Slack user U1: 2 conversations, 2 messages of people" in capsys.readouterr().out
    assert left(store) == {**before, "events": before["events"] - 8, "channel_taken": before["channel_taken"] - 2}
    assert Said(store).conversations("slack:") == ["slack:T1:C1:5.1:U2", "slack:T1:D2:U2"]
    assert {(each.conversation, each.answer) for each in store.feedback()} == {
        ("", ""),
        ("slack:T1:C1:5.1:U2", "to U2"),
        ("web:ada", "On it"),
    }
    assert privacy.main(["show", "--slack-user", "U1"]) == 3


def test_a_day_is_deleted_and_other_days_stay(store):
    say(store, "web:ada", "on the next day", at=NOON + DAY)
    store.add_feedback(Feedback("web:bob", "on the day before", True, given_at=NOON - DAY))
    assert privacy.main(["delete", "--day", "2026-11-25", "--yes"]) == 0
    assert Said(store).conversations() == ["web:bob", "slack:T1:D1:U1", "slack:T1:D2:U2", "web:ada"]
    assert [each.answer for each in store.feedback() if each.answer] == ["on the day before"]
    assert left(store)["channel_taken"] == 1  # that the advisor is part of the thread
    assert privacy.main(["show", "--day", "2026-11-25"]) == 3


def test_it_is_deleted_while_the_server_writes(store):
    said = threading.Event()

    def talk() -> None:
        while not said.wait(0.005):
            say(store, "web:busy", "hello", at=NOON + 3 * DAY)

    say(store, "web:long", *["hello"] * 1500, at=NOON)
    talking = threading.Thread(target=talk)
    talking.start()
    try:
        assert privacy.main(["delete", "web:long", "--yes"]) == 0
    finally:
        said.set()
        talking.join()
    assert "web:long" not in Said(store).conversations()
    assert "web:busy" in Said(store).conversations()


# -- purge --


def test_what_is_older_is_purged_in_one_go(store, capsys):
    now = time.time()
    say(store, "web:old", *["hello"] * 1000, at=now - 31 * DAY)
    say(store, "web:new", "hello", at=now - 29 * DAY)
    take(store, "web:old:m1", at=now - 31 * DAY)
    assert privacy.main(["purge", "--older-than", "30"]) == 0
    conversations = Said(store).conversations()
    assert "web:new" in conversations
    assert "web:old" not in conversations
    assert re.search(r"Deleted: [0-9,]+ rows from before 20..-..-.. ..:.. UTC\.", capsys.readouterr().out)


def test_without_a_number_it_is_the_days_of_the_setting(store, monkeypatch):
    now = time.time()
    say(store, "web:two", "hello", at=now - 2 * DAY)
    assert privacy.main(["purge"]) == 0
    assert "web:two" in Said(store).conversations()
    monkeypatch.setenv("ADVISOR_RETENTION", "1")
    assert privacy.main(["purge"]) == 0
    assert "web:two" not in Said(store).conversations()


def test_long_work_tells_how_far_it_is(store, monkeypatch, capsys):
    monkeypatch.setattr(privacy, "OFTEN", 0)
    say(store, "web:long", *["hello"] * 500, at=NOON)
    assert privacy.main(["delete", "web:long", "--yes"]) == 0
    assert "… 500 of 2,000\n… 1,000 of 2,000\n" in capsys.readouterr().err
    say(store, "web:old", *["hello"] * 500, at=1)
    assert privacy.main(["purge", "--older-than", "3650"]) == 0
    assert "… 500 of 2,000\n" in capsys.readouterr().err


def test_among_200_000_events_a_person_is_found_and_deleted_in_seconds(url, monkeypatch):
    environment(monkeypatch, url)
    store = opened(url)
    say_much(store, 200_000, now=time.time())
    began = time.perf_counter()
    amount = kept.amount(store, of_slack_user(store, "U9"))
    found = time.perf_counter() - began
    assert amount.conversations == 10
    assert privacy.main(["delete", "--slack-user", "U9", "--yes"]) == 0
    taken = time.perf_counter() - began
    print(f"\n{store.engine().dialect.name}: found in {found:.2f} s, deleted in {taken - found:.2f} s")
    assert taken < 10
    assert left(store)["events"] == 200_000 - 200


# -- what cannot be done --


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["show"], "is required"),
        (["show", "ada"], "“ada” is no conversation; it begins with web:, slack: or rest:"),
        (["show", "web:"], "“web:” is no conversation"),
        (["show", "web:a", "--day", "2026-11-25"], "not allowed with"),
        (["delete", "--day", "2026-13-01"], "“2026-13-01” is no day, as in 2026-11-25"),
        (["delete", "--day", "yesterday"], "“yesterday” is no day"),
        (["export", "--slack-user", "ada"], "“ada” is no user of Slack, as in U012AB3CD"),
        (["purge", "--older-than", "0"], "“0” is no number of days from 1 to 3650"),
        (["purge", "--older-than", "-3"], "“-3” is no number of days from 1 to 3650"),
    ],
)
def test_what_is_asked_wrongly_is_said(capsys, arguments, sentence):
    with pytest.raises(SystemExit) as ended:
        privacy.main(arguments)
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("what", [["web:nobody"], ["--slack-user", "U404"], ["--day", "1999-12-31"]])
@pytest.mark.parametrize("command", [["show"], ["export"], ["delete", "--yes"]])
def test_of_somebody_unknown_nothing_is_kept(store, capsys, command, what):
    assert privacy.main([*command, *what]) == 3
    assert capsys.readouterr().err.startswith("Nothing is kept of ")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite:////nowhere/advisor.sqlite", "There is no database at /nowhere/advisor.sqlite.\n"),
        ("postgresql://user:hidden@127.0.0.1:1/advisor", "The database does not do it: "),
        ("nonsense", "DATABASE_URL is no address of a database.\n"),
        ("cobol://host/name", "DATABASE_URL is no address of a database.\n"),
    ],
)
def test_a_database_that_is_away_is_one_sentence(monkeypatch, capsys, url, sentence):
    environment(monkeypatch, url)
    for command in (["show", "web:a"], ["purge"], ["delete", "--day", "2026-11-25", "--yes"]):
        assert privacy.main(command) == 1
        said = capsys.readouterr().err
        assert said.startswith(sentence)
        assert said.count("\n") == 1
        assert "hidden" not in said


def test_where_no_advisor_has_run_yet_nothing_is_kept_and_nothing_is_made(tmp_path, monkeypatch, capsys):
    url = f"sqlite:///{tmp_path / 'advisor.sqlite'}"
    environment(monkeypatch, url)
    Store(url).feedback()
    assert privacy.main(["show", "web:a"]) == 3
    assert capsys.readouterr().err == "Nothing is kept: no advisor has run with this database yet.\n"


def test_it_is_started_as_a_module_and_says_how_it_is_used(store, url):
    def run(*arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "bot.privacy", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")

    for command in ([], ["show"], ["export"], ["delete"], ["purge"], ["page"]):
        helped = run(*command, "--help")
        assert helped.returncode == 0
        assert "usage: python -m bot.privacy" in helped.stdout
    assert run("show", "web:ada").stdout.startswith("Of web:ada are kept")
    assert "<h1>What the career advisor keeps</h1>" in run("page").stdout
