"""Writes what was measured as Markdown."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import date

from bot.settings import ROOT
from tests.evaluation.asking import Asked
from tests.evaluation.calibration import (
    Prediction,
    expected_calibration_error,
    reliability,
    trade_offs,
)
from tests.evaluation.confusion import worst
from tests.evaluation.decided import Answered, agreeing, rows, unsupported
from tests.evaluation.latency import Comparison
from tests.evaluation.rasa_checks import Check
from tests.evaluation.scorer import Outcome
from tests.evaluation.tally import by_kind, latency, share_strict, verdicts

THRESHOLDS = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]


def table(headers: list[str], rows: list[list[object]]) -> str:
    """A Markdown table, its first column to the left and the others to the right; its cells padded, to read as text."""
    cells = [headers, *([_cell(value) for value in row] for row in rows)]
    widths = [max(3, *(len(row[column]) for row in cells)) for column in range(len(headers))]
    lines = [
        "| "
        + " | ".join(text.ljust(w) if not i else text.rjust(w) for i, (text, w) in enumerate(zip(row, widths)))
        + " |"
        for row in cells
    ]
    rule = "|" + "|".join("-" * (w + 2) if not i else "-" * (w + 1) + ":" for i, w in enumerate(widths)) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def heading(commands: list[str], at: str) -> str:
    """When, at which commit, where and by which commands it was measured."""
    return "\n".join(
        [
            f"Measured on {date.today().isoformat()} at commit {at}, on {os.cpu_count()} cores "
            f"({platform.machine()}, Python {platform.python_version()}) under a load average of "
            f"{os.getloadavg()[2]:.1f} (above the cores, latencies are too high), by:",
            "",
            "```",
            *commands,
            "```",
        ]
    )


def commit() -> str:
    """The commit that is checked out, and whether files differ from it."""

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    changed = git("status", "--porcelain", "--", ".", ":!tests/evaluation/*.md", ":!tests/evaluation/*.png")
    return git("rev-parse", "HEAD") + (" + changes" if changed else "")


def answers(asked: list[Asked]) -> str:
    """Outcomes by kind of questions and of conversations, yes and no, latency."""
    parts = ["## Answers"]
    for what, conversation in (("Single questions", False), ("Turns of conversations", True)):
        chosen = [each for each in asked if each.conversation is conversation]
        if chosen:
            parts += [f"### {what}", outcomes(chosen), yes_and_no(chosen)]
    p50, p95 = latency([each.seconds for each in asked])
    parts.append(f"Latency over REST, one message after another: p50 {p50:.0f} ms, p95 {p95:.0f} ms.")
    return "\n\n".join(parts)


def outcomes(asked: list[Asked]) -> str:
    """The outcomes by kind. `under a refusal`: right answers that stand below “the document does not mention …”."""
    headers = ["kind", "messages", *(outcome.value for outcome in Outcome), "right", "under a refusal"]
    rows = [
        [row.kind, row.total, *(row.outcomes[outcome] for outcome in Outcome), f"{row.right:.1%}", row.hedged]
        for row in by_kind(asked)
    ]
    return table(headers, rows)


def yes_and_no(asked: list[Asked]) -> str:
    """How often yes or no was said rightly, in a sentence or two."""
    said = verdicts(asked)
    if not said.total():
        return "Yes or no was due nowhere."
    return (
        f"Strictly, where a wrong yes or no makes a wrong answer, {share_strict(asked):.1%} are right. "
        f"Yes or no, where the answer is right and one of them is due: said rightly {said['rightly']} of "
        f"{said.total()} ({said['rightly'] / said.total():.1%}), wrongly {said['wrongly']}, "
        f"not said {said['not said']}."
    )


def decided(answered: list[Answered]) -> str:
    """Yes and no only where a fact decides the very thing asked."""
    (groups, of_groups), (wrongly, of_said) = agreeing(answered), unsupported(answered)
    right = sum(each.found == "right" for each in answered)
    found = [[name, count, f"{share:.1%}", faults or "–"] for name, count, share, faults in rows(answered)]
    return "\n\n".join(
        [
            "## Yes or no, and what is only near",
            "Questions that lead astray, by what the document is to them: it decides them, tells what was asked, is on "
            "the matter and lacks the detail, or has nothing that bears on them.",
            table(["the document", "questions", "right", "what was wrong"], found),
            f"Together {right / len(answered):.1%} of {len(answered)} are right. Yes or no was said {of_said} times, "
            f"{wrongly} times of them without ground or the wrong one. Of {of_groups} groups of questions on the same "
            f"matter {groups} are answered rightly throughout.",
        ]
    )


def compared(comparisons: list[Comparison]) -> str:
    """Latency beside an empty bot."""
    rows = []
    for each in comparisons:
        (ours, ours_95), (empty, empty_95) = latency(each.advisor), latency(each.empty)
        times = [f"{ours:.0f} ms", f"{ours_95:.0f} ms", f"{empty:.0f} ms", f"{empty_95:.0f} ms"]
        rows.append([each.what, len(each.advisor), *times, f"{each.ratio:.2f}"])
    headers = ["", "messages", "advisor p50", "p95", "empty bot p50", "p95", "ratio of p50"]
    told = "The empty bot is Rasa with a keyword classifier, one rule and one action that says one fixed text."
    return f"## Latency beside an empty Rasa bot\n\n{told} Target: a ratio under 2.\n\n{table(headers, rows)}"


def intents(predictions: list[Prediction]) -> str:
    """Confusion and calibration of the intents."""
    right = sum(each.right for each in predictions) / len(predictions)
    pairs = [
        [true, predicted, count, f"{surest.confidence:.2f}", f"“{surest.text}”"]
        for true, predicted, count, surest in worst(predictions)
    ]
    bins = [
        [f"{each.low:.1f} to {each.high:.1f}", each.count, f"{each.confidence:.3f}", f"{each.right:.3f}"]
        for each in reliability(predictions)
    ]
    trades = [
        [f"{each.threshold:.1f}", f"{each.answered:.1%}", f"{each.right:.1%}"]
        for each in trade_offs(predictions, THRESHOLDS)
    ]
    return "\n\n".join(
        [
            "## Intents",
            f"{right:.1%} of {len(predictions)} examples of intents.yml have the right intent.",
            "![Which intents are taken for which](confusion.png)",
            "The worst confusions, the commonest first, then the surest:",
            table(["true", "predicted", "times", "surest", "for example"], pairs),
            "### Calibration",
            "How often an intent was right, by its confidence. Expected calibration error: "
            f"{expected_calibration_error(predictions):.3f}.",
            table(["confidence", "examples", "mean confidence", "share right"], bins),
            "What a threshold on the confidence trades (config.yml's fallback, `unsure` of actions/evidence.py):",
            table(["threshold", "share above it", "right among them"], trades),
        ]
    )


def checks(found: list[Check]) -> str:
    """What Rasa's own checks found."""
    lines = ["## Rasa's own checks", ""]
    for check in found:
        passed = f"passed ({check.passed})" if check.passed else "passed"
        lines.append(f"- `{check.command}`: {'failed' if check.failures else passed}")
        lines += [f"  - failure: {failure}" for failure in check.failures]
        lines += [f"  - warning: {warning}" for warning in check.warnings]
    return "\n".join(lines)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")
