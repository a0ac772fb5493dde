"""What an owner has on the desk is in a backup, and what is worked out is not."""

from __future__ import annotations

from bot.backup import keep, restore
from bot.desk.tables import Database
from bot.desk.users import Role, Users
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
