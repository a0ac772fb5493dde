"""Lists what visitors thought of the answers, the latest first: `python -m bot.feedback`."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import datetime, timezone

from sqlalchemy.exc import DBAPIError

from bot.settings import Settings, SettingsError
from bot.store import Feedback, Store


def main() -> int:
    """Print the feedback in the tracker database; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.feedback",
        description=__doc__,
        epilog="Environment: DATABASE_URL (an SQLite file in var/), as for `make run`.",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for other programs")
    parser.add_argument("--unhelpful", action="store_true", help="only what did not help")
    arguments = parser.parse_args()
    try:
        given = Store(Settings.of_environment().database_url).feedback()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    except DBAPIError as error:
        why = str(error.orig).strip().splitlines()[0].rstrip(".")
        print(f"The database does not do it: {why}.", file=sys.stderr)
        return 1
    wanted = [each for each in given if not (arguments.unhelpful and each.helpful)]
    for feedback in wanted:
        print(json.dumps(asdict(feedback), ensure_ascii=False) if arguments.json else shown(feedback))
    if not given and not arguments.json:
        print("No feedback yet.")
    return 0


def shown(feedback: Feedback) -> str:
    """Feedback as a person reads it: when, the verdict, the question, the answer, and why."""
    when = datetime.fromtimestamp(feedback.given_at, timezone.utc)
    verdict = "helpful" if feedback.helpful else "not helpful"
    told = {"asked": feedback.question, "answered": feedback.answer, "why": feedback.why}
    lines = [f"  {part}: {text}" for part, text in told.items() if text]
    return "\n".join([f"{when:%Y-%m-%d %H:%M} UTC  {verdict}", *lines]).replace("\n-", "\n    -") + "\n"


if __name__ == "__main__":
    sys.exit(main())
