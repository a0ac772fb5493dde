"""Puts the held-out sets to the peers and writes PEERS.md, beside the advisor's own figures."""

from __future__ import annotations

import sys

import numpy as np

from knowledge.base import KnowledgeBase
from knowledge.encoder import Encoder
from tests.evaluation import report
from tests.evaluation.asking import Asked, put
from tests.evaluation.cases import DEVELOPMENT, FOLDER, HELD_OUT, KINDS, read_cases
from tests.evaluation.peers.default import ask_default
from tests.evaluation.peers.nearest import as_advisor, bm25, choose, minilm
from tests.evaluation.tally import by_kind, latency, share_right, verdicts

PEERS = FOLDER / "PEERS.md"
NAMES = ("default", "bm25", "minilm")


def compare_peers(advisor: list[Asked], names: list[str], environment: dict[str, str], at: str) -> None:
    """Measure the peers named, print the table and write it."""
    held_out = [case for path in HELD_OUT for case in read_cases(path)]
    development = [case for path in DEVELOPMENT for case in read_cases(path)]
    systems, notes = {"this advisor": advisor}, []
    quotes = _quotes(environment["DATABASE_URL"])
    for name in [name for name in ("bm25", "minilm") if name in names]:
        score = bm25(quotes) if name == "bm25" else minilm(quotes, Encoder(threads=2))
        setting = choose(development, quotes, score)
        notes.append(
            f"- {name}: quotes {setting.quoted} facts, refuses below {setting.threshold:.3f}; chosen on the "
            f"development sets, where it is right {setting.right:.1%} of the time."
        )
        print(notes[-1], file=sys.stderr)
        systems[name] = put(held_out, as_advisor(quotes, score, setting))
    if "default" in names:
        systems["Rasa's default pipeline"] = ask_default(held_out, environment)
    else:
        notes.append("- Rasa's default pipeline was not measured here.")
    text = written(systems, notes, at)
    print(text)
    PEERS.write_text(text, encoding="utf-8")


def written(systems: dict[str, list[Asked]], notes: list[str], at: str) -> str:
    """The table of systems: the share right of each kind, of all, yes or no, and the median latency."""
    rows = []
    for name, asked in systems.items():
        shares = {row.kind: row.right for row in by_kind(asked)}
        said = verdicts(asked)
        conversations = [each for each in asked if each.conversation]
        rows.append(
            [
                name,
                *(_percent(shares.get(kind, np.nan)) for kind in KINDS),
                _percent(share_right([each for each in asked if not each.conversation])),
                _percent(share_right(conversations) if conversations else np.nan),
                f"{said['rightly']} of {said.total()}",
                f"{latency([each.seconds for each in asked])[0]:.0f} ms",
            ]
        )
    headers = ["system", *KINDS, "questions", "conversation turns", "yes/no", "p50"]
    told = (
        "The share of messages answered or refused rightly, by kind; the held-out sets, through the same scorer. "
        "BM25 and MiniLM (the encoder of this advisor) quote the facts nearest to a question, run in one process, "
        "and neither talk nor remember; Rasa's default pipeline has this advisor's data and actions."
    )
    parts = [
        "# Peers",
        report.heading(["make evaluate PEERS=1"], at),
        told,
        report.table(headers, rows),
        "\n".join(notes),
    ]
    return "\n\n".join(parts) + "\n"


def _quotes(url: str) -> list[str]:
    knowledge = KnowledgeBase(url)
    return [fact.quote for slug in knowledge.occupations() for fact in knowledge.occupation(slug).facts]


def _percent(share: float) -> str:
    return "–" if np.isnan(share) else f"{share:.1%}"
