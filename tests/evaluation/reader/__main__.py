"""`python -m tests.evaluation.reader`: has conversations with an advisor, or tells how right its answers were."""

from __future__ import annotations

import argparse
import json
import sys
import uuid
from collections import Counter
from pathlib import Path

from tests.evaluation.asking import over_rest
from tests.evaluation.reader.judged import Judged, read_judged

FOLDER = Path(__file__).parent


def main() -> int:
    """Converse or tell; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.reader", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    converse = commands.add_parser("converse", help="put the messages of a file, one a line, to a running advisor")
    converse.add_argument("messages", type=Path)
    converse.add_argument("--to", type=Path, required=True, help="the JSON lines to write")
    converse.add_argument("--url", default="http://127.0.0.1:5005", help="the advisor, with ADVISOR_REST=1")
    tell = commands.add_parser("tell", help="the share of answers that both readers call right, and what was wrong")
    tell.add_argument(
        "files", nargs="*", type=Path, help="conversations with verdicts (those of the newest folder here)"
    )
    options = parser.parse_args()
    if options.command == "converse":
        put_all(options.messages, options.to, options.url)
        return 0
    files = options.files or newest()
    if not files:
        parser.error("there is no conversation with verdicts yet; see README.md")
    print(told([each for path in files for each in read_judged(path)]))
    return 0


def put_all(messages: Path, to: Path, url: str) -> None:
    """Have one conversation, and write it down without verdicts."""
    ask, sender = over_rest(url), uuid.uuid4().hex
    with to.open("w", encoding="utf-8") as written:
        for number, message in enumerate(messages.read_text(encoding="utf-8").splitlines(), 1):
            replies = ask(message.replace("\\n", "\n"), sender)
            entry = {"id": f"{messages.stem}/{number}", "message": message, "replies": replies, "readers": []}
            written.write(json.dumps(entry, ensure_ascii=False) + "\n")
            print(f"{message}\n  -> " + "\n     ".join("\n".join(replies).splitlines()), file=sys.stderr)


def newest() -> list[Path]:
    """The conversations of the commit that was judged last."""
    folders = sorted(path for path in FOLDER.iterdir() if path.is_dir() and any(path.glob("*.jsonl")))
    return sorted(folders[-1].glob("*.jsonl")) if folders else []


def told(judged: list[Judged]) -> str:
    """How right the answers are, how far the readers agree, and what they found wrong."""
    right = sum(each.right for each in judged)
    agreed = sum(len(set(each.said)) == 1 for each in judged)
    lines = [
        f"{right} of {len(judged)} answers are right to both readers: {right / len(judged):.3f}",
        f"The readers agree on {agreed}: {agreed / len(judged):.3f}",
    ]
    for number in range(2):
        faults = Counter(each.faults[number] for each in judged if not each.said[number])
        found = ", ".join(f"{fault} {count}" for fault, count in faults.most_common())
        lines.append(f"Reader {number + 1}: {sum(each.said[number] for each in judged)} right; {found}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
