"""The owner's desk: serves it, and says who may use it."""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from sqlalchemy.exc import DBAPIError

from bot.desk.audit import Audit
from bot.desk.tables import Database
from bot.desk.users import NotDone, Role, Users
from bot.folder import FolderError
from bot.settings import HELP, Settings, SettingsError

AT_TERMINAL = "terminal"  # who did something, in the log


def main(arguments: list[str] | None = None) -> int:
    """Do what is asked; returns the exit code, with one sentence on stderr where it is not 0."""
    asked = _parser().parse_args(arguments)
    os.umask(0o077)
    try:
        settings = Settings.of_environment()
        if asked.command == "serve":
            from bot.desk.serve import serve

            serve(settings, asked.host or settings.desk_host, asked.port or settings.desk_port)
        else:
            _users(Database(settings.database_url), asked)
    except (NotDone, SettingsError, FolderError) as reason:
        print(reason, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The desk cannot listen there: {error.strerror}.", file=sys.stderr)
        return 1
    except DBAPIError as error:
        why = str(error.orig).strip().splitlines()[0].rstrip(".")
        print(f"The database does not do it: {why}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _users(database: Database, asked: argparse.Namespace) -> None:
    users, audit = Users(database), Audit(database)
    if asked.what == "list":
        for user in users.all():
            print(f"{user.name:<24} {user.role.name:<8} {'password' if user.has_password else 'proxy only'}")
    elif asked.what == "add":
        role = Role[asked.role]
        name = users.add(asked.name, role, None if asked.no_password else _password()).name
        audit.write(AT_TERMINAL, "added a user", f"{name}, {role.name}")
        print(f"{name} may use the desk as {role.name}.")
    elif asked.what == "remove":
        users.remove(asked.name)
        audit.write(AT_TERMINAL, "removed a user", asked.name)
        print(f"{asked.name} may no longer use the desk.")
    elif asked.what == "role":
        users.set_role(asked.name, Role[asked.role])
        audit.write(AT_TERMINAL, "changed a role", f"{asked.name}, {asked.role}")
        print(f"{asked.name} is now {asked.role}.")
    else:
        users.set_password(asked.name, _password())
        audit.write(AT_TERMINAL, "changed a password", asked.name)
        print(f"{asked.name} has a new password, and no session any more.")


def _password() -> str:
    """The password that somebody types twice, or the line that a program writes."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise NotDone("The two are not the same; nothing was changed.")
    return password


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot.desk",
        description=__doc__,
        epilog=f"Environment:\n{HELP}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="serve the desk until stopped")
    serving.add_argument("--host", help="the address to listen at (ADVISOR_DESK_HOST, else 127.0.0.1)")
    serving.add_argument("--port", type=int, help="the port to listen on (ADVISOR_DESK_PORT)")
    user = commands.add_parser("user", help="say who may use the desk").add_subparsers(dest="what", required=True)
    adding = user.add_parser("add", help="add somebody; asks for a password, or reads it from standard input")
    adding.add_argument("--no-password", action="store_true", help="only the proxy in front signs them in")
    changing = user.add_parser("role", help="let somebody do more or less")
    for each in (adding, changing):
        each.add_argument("--role", choices=[role.name for role in Role], required=each is changing, default="reader")
    named = [adding, changing, user.add_parser("remove", help="let somebody use it no longer")]
    for each in [*named, user.add_parser("password", help="give somebody a new password, and end their sessions")]:
        each.add_argument("name")
    user.add_parser("list", help="everybody, with their roles")
    return parser


if __name__ == "__main__":
    sys.exit(main())
