"""The command line of `python -m bot.privacy`: what it can be asked for, and how that is written."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path

CONVERSATION = re.compile(r"(?:web|slack|rest):.+")
SLACK_USER = re.compile(r"[UW][A-Z0-9]+")
EPILOG = """\
Of feedback a deletion leaves the thumb, without words and without the conversation. A backup made before still holds
what is deleted.

Exit code: 0 done, 1 not done, 2 asked wrongly, 3 nothing of the kind is kept.
Environment: DATABASE_URL (an SQLite file in var/) and ADVISOR_RETENTION (30), as for `make run`.
"""


def parser(description: str) -> argparse.ArgumentParser:
    """Reads what is asked for; ends the program with code 2 where it is asked wrongly."""
    whole = {"formatter_class": argparse.RawDescriptionHelpFormatter, "epilog": EPILOG}
    reader = argparse.ArgumentParser(prog="python -m bot.privacy", description=description, **whole)
    commands = reader.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, does: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.", **whole)

    def about(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
        what = command.add_mutually_exclusive_group(required=True)
        what.add_argument("conversation", nargs="?", type=_conversation, help="its id: web:…, slack:… or rest:…")
        what.add_argument("--slack-user", type=_slack_user, metavar="U123", help="all that somebody said in Slack")
        what.add_argument("--day", type=_day, metavar="2026-11-25", help="all that was said on a day in UTC")
        return command

    about(command("show", "print what is kept, to be read"))
    to = about(command("export", "write all that is kept as JSON"))
    to.add_argument("--to", type=Path, metavar="FILE", help="a new file to write it to; otherwise it is printed")
    sure = about(command("delete", "delete what is kept, once it is confirmed"))
    sure.add_argument("--yes", action="store_true", help="do not ask")
    purge = command("purge", "delete what is older than some days at once, as the advisor does little by little")
    purge.add_argument("--older-than", type=_days, metavar="DAYS", help="how many (ADVISOR_RETENTION)")
    command("page", "print the page that tells visitors what is kept, which the advisor shows at /privacy")
    return reader


def _conversation(text: str) -> str:
    if not CONVERSATION.fullmatch(text):
        raise argparse.ArgumentTypeError(f"“{text}” is no conversation; it begins with web:, slack: or rest:")
    return text


def _slack_user(text: str) -> str:
    if not SLACK_USER.fullmatch(text):
        raise argparse.ArgumentTypeError(f"“{text}” is no user of Slack, as in U012AB3CD")
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no day, as in 2026-11-25") from error


def _days(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= 3650:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of days from 1 to 3650")
    return int(text)
