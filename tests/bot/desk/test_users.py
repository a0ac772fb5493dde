"""Who may use the desk, as it is said at a terminal; and what can be wrong about it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot.desk.audit import Audit
from bot.desk.tables import Database
from bot.desk.users import NotDone, Role, Users

PASSWORD = "correct horse battery staple"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path) -> Database:
    """A database of each kind."""
    if request.param == "sqlite":
        return Database(f"sqlite:///{tmp_path / 'advisor.sqlite'}")
    return Database(request.getfixturevalue("postgres_database"))


@pytest.fixture
def users(database) -> Users:
    return Users(database)


def command(url: str, tmp_path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess:
    """Runs `python -m bot.desk`."""
    environment = {**os.environ, "DATABASE_URL": url, "ADVISOR_VAR": str(tmp_path / "var")}
    whole = [sys.executable, "-m", "bot.desk", *arguments]
    return subprocess.run(whole, env=environment, input=stdin, capture_output=True, encoding="utf-8", timeout=60)


def test_a_user_is_added_checked_and_removed(users):
    users.add("Ada.Lovelace@example.org", Role.editor, PASSWORD)
    assert users.checked("ada.lovelace@example.org", PASSWORD).role is Role.editor
    assert users.checked("ada.lovelace@example.org", f"{PASSWORD} ") is None
    users.remove("ada.lovelace@example.org")
    assert users.all() == []
    assert users.checked("ada.lovelace@example.org", PASSWORD) is None


def test_no_password_is_kept_as_it_is(users, database):
    users.add("ada", Role.reader, PASSWORD)
    with database.engine().connect() as connection:
        [[kept]] = connection.exec_driver_sql("SELECT password FROM desk_users")
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


def test_who_has_no_password_signs_in_with_none(users):
    users.add("ada", Role.reader, None)
    for guess in ("", "None", PASSWORD):
        assert users.checked("ada", guess) is None


@pytest.mark.parametrize("name", ["", " ", "a b", "../ada", "<b>", "a" * 65, "ada\nbob", "адa"])
def test_a_name_that_is_none_is_refused(users, name):
    with pytest.raises(NotDone, match="A name has letters"):
        users.add(name, Role.reader, PASSWORD)


@pytest.mark.parametrize("password", ["", "short", "a" * 201, "abcabcabcabcabc", "ada-of-the-desk"])
def test_a_password_that_can_be_guessed_is_refused(users, password):
    with pytest.raises(NotDone):
        users.add("ada-of-the-desk", Role.reader, password)


def test_a_name_is_taken_once(users):
    users.add("ada", Role.reader, PASSWORD)
    with pytest.raises(NotDone, match="There is a user ada already."):
        users.add("ADA", Role.owner, PASSWORD)


def test_the_last_owner_stays_one(users):
    users.add("ada", Role.owner, PASSWORD)
    for change in (lambda: users.remove("ada"), lambda: users.set_role("ada", Role.editor)):
        with pytest.raises(NotDone, match="ada is the only owner"):
            change()
    users.add("bob", Role.owner, PASSWORD)
    users.remove("ada")


def test_whom_there_is_not_cannot_be_changed(users):
    for change in (
        lambda: users.remove("eve"),
        lambda: users.set_role("eve", Role.editor),
        lambda: users.set_password("eve", PASSWORD),
    ):
        with pytest.raises(NotDone, match="There is no user eve."):
            change()


def test_at_a_terminal_users_are_added_listed_and_removed_and_the_log_has_it(tmp_path):
    url = f"sqlite:///{tmp_path / 'advisor.sqlite'}"
    added = command(url, tmp_path, "user", "add", "ada", "--role", "owner", stdin=PASSWORD + "\n")
    assert added.stdout == "ada may use the desk as owner.\n"
    command(url, tmp_path, "user", "add", "bob", "--no-password")
    listed = command(url, tmp_path, "user", "list").stdout.split()
    assert listed == ["ada", "owner", "password", "bob", "reader", "proxy", "only"]
    assert command(url, tmp_path, "user", "remove", "bob").returncode == 0
    told = [(entry.who, entry.what, entry.about) for entry in Audit(Database(url)).page()]
    assert told[0] == ("terminal", "removed a user", "bob")
    assert len(told) == 3
    assert PASSWORD not in str(told)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("user", "add", "ada"), "A password has 12 to 200 characters.\n"),
        (("user", "remove", "eve"), "There is no user eve.\n"),
        (("serve",), "Name a port for the desk, in ADVISOR_DESK_PORT or with --port.\n"),
    ],
)
def test_what_is_not_done_is_one_sentence(tmp_path, arguments, told):
    ended = command(f"sqlite:///{tmp_path / 'advisor.sqlite'}", tmp_path, *arguments)
    assert (ended.returncode, ended.stderr) == (1, told)


def test_a_database_that_is_away_is_one_sentence(tmp_path):
    ended = command("postgresql://user:hidden@127.0.0.1:1/advisor", tmp_path, "user", "list")
    assert ended.returncode == 1
    assert ended.stderr.startswith("The database does not do it: ")
    assert "hidden" not in ended.stderr


def test_it_says_how_it_is_used(tmp_path):
    assert "ADVISOR_DESK_PORT" in command("sqlite://", tmp_path, "--help").stdout
