"""Shows and changes what the owner sets, also while the advisor runs, which takes it up within two seconds."""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.handoff.left import LeftQuestions
from bot.owner import KEYS, InvalidSetting, OwnerSettings
from bot.privacy_shown import minute
from bot.settings import Settings, SettingsError
from bot.store import Store

EPILOG = (
    "Settings:\n"
    + "\n".join(f"  {key:<20} {rules['means']}" for key, rules in KEYS.items())
    + "\n\nWithout help_mail and help_page, ADVISOR_CONTACT stands for one of them. Questions go to leads_webhook\n"
    "where the advisor runs with ADVISOR_WEBHOOK_SECRET, to leads_slack_channel where it runs with SLACK_BOT_TOKEN.\n\n"
    "Exit code: 0 done, 1 not done, 2 asked wrongly.\n"
    "Environment: DATABASE_URL (an SQLite file in var/), as for `make run`."
)


def main(arguments: list[str] | None = None) -> int:
    """Do what is asked; returns the exit code, with one sentence on stderr where it is not 0."""
    asked = _parser().parse_args(arguments)
    try:
        url = Settings.of_environment().database_url
        settings = OwnerSettings(url)
        if asked.command == "show":
            _show(settings, LeftQuestions(Store(url)))
        elif asked.command == "set":
            settings.set(asked.key, sys.stdin.read() if asked.value == "-" else asked.value, by=_who())
            print(f"{asked.key} is set.{_lacking(asked.key)}")
        else:
            print(f"{asked.key} is taken away." if settings.unset(asked.key) else f"{asked.key} was not set.")
    except (InvalidSetting, SettingsError) as reason:
        print(reason, file=sys.stderr)
        return 1
    except (ArgumentError, ImportError):
        print("DATABASE_URL is no address of a database.", file=sys.stderr)
        return 1
    except DBAPIError as error:
        print(f"The database does not do it: {str(error.orig).strip().splitlines()[0].rstrip('.')}.", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    whole = {"formatter_class": argparse.RawDescriptionHelpFormatter, "epilog": EPILOG}
    parser = argparse.ArgumentParser(prog="python -m bot.owner", description=__doc__, **whole)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("show", help="print what is set, by whom and when", **whole)
    setting = commands.add_parser("set", help="set something", **whole)
    setting.add_argument("key", metavar="KEY")
    setting.add_argument("value", metavar="VALUE", help="- reads it from standard input, for several lines")
    commands.add_parser("unset", help="take something away", **whole).add_argument("key", metavar="KEY")
    return parser


def _show(settings: OwnerSettings, left: LeftQuestions) -> None:
    kept = {each.key: each for each in settings.kept()}
    for key, rules in KEYS.items():
        value = settings.get(key)
        if not value:
            continue
        shown = value if isinstance(value, str) else "\n".join(value)
        since = f"{minute(kept[key].at)}, {kept[key].by or 'unknown'}" if key in kept else "from ADVISOR_CONTACT"
        print(f"{key}: {shown.replace(chr(10), chr(10) + '  ')}\n  ({rules['means']}; {since})")
    if settings.all() == type(settings.all())():
        print("Nothing is set.")
    for receiver, number, why in left.waiting():
        print(f"Waiting to be sent to {receiver}: {number:,}. The last try: {why or 'none yet'}.")


def _lacking(key: str) -> str:
    """What else it takes, where this environment has it not."""
    needed = {"leads_webhook": "ADVISOR_WEBHOOK_SECRET", "leads_slack_channel": "SLACK_BOT_TOKEN"}.get(key)
    return f" It takes effect where the advisor runs with {needed}." if needed and not os.environ.get(needed) else ""


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user has no name
        return f"user {os.getuid()}"


if __name__ == "__main__":
    sys.exit(main())
