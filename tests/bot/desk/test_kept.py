"""What an owner has on the desk is in a backup, and what is worked out is not."""

from __future__ import annotations

import pytest

from bot.backup import keep, restore
from bot.desk.tables import Database
from bot.desk.users import Role, Users
from bot.store import Store
from bot.tables import TESTS
from tests.bot.rows import opened


def test_users_log_and_test_questions_come_back_from_a_backup(desk, store, url, tmp_path, capsys):
    desk.audit.write("ada", "did", "something")
    desk.sessions.begin("owner")
    keep(url, tmp_path / "backup")
    assert "Left out" not in capsys.readouterr().out
    other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    opened(other)
    restore(other, tmp_path / "backup")
    database = Database(other)
    assert [user.role for user in Users(database).all()] == [Role.editor, Role.owner, Role.reader]
    with database.engine().connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM desk_audit").scalar() == 1
        assert connection.exec_driver_sql("SELECT count(*) FROM desk_sessions").scalar() == 0


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_database_from_before_a_column_gets_it_and_keeps_its_rows(request, tmp_path, kind):
    url = f"sqlite:///{tmp_path / 'old.sqlite'}" if kind == "sqlite" else request.getfixturevalue("postgres_database")
    engine = Store(url).engine()
    with engine.begin() as connection:
        values = {
            "question": "is it hard?",
            "occupation": "welder",
            "fact": "It is.",
            "added_by": "ada",
            "added_at": 1.5,
        }
        connection.execute(TESTS.insert().values(**values))
        connection.exec_driver_sql("ALTER TABLE desk_tests DROP COLUMN document")
    engine.dispose()
    for _ in range(2):
        with Database(url).engine().connect() as connection:
            assert [(row.question, row.document) for row in connection.execute(TESTS.select())] == [
                ("is it hard?", None)
            ]
