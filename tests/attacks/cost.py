"""What a message costs at most: the processor time of both servers for the worst long text, beside ordinary ones."""

from __future__ import annotations

import statistics
import time

from tests.attacks.bench import Bench, Servers, tell
from tests.attacks.callers import Caller
from tests.attacks.rows import Row
from tests.attacks.texts import ORDINARY, long_texts

MOST = 5.0  # times the median of ordinary questions
SETTLE = 0.1  # seconds after which what an answer left to be done is done


def attack(bench: Bench) -> list[Row]:
    """Measure each text again and again, each time in a new conversation."""
    advisor = bench.advisor()
    servers, caller = Servers.of(advisor), Caller(advisor.port, "127.0.0.2")
    texts = long_texts()
    chosen = {name: texts[name] for name in ([*texts] if not bench.short else ("questions", "statements", "markup"))}
    ordinary_texts = ORDINARY[: bench.choose(20, 5)]
    repeats, most = bench.choose(10, 3), MOST if not bench.short else 2 * MOST

    def cost(text: str) -> float:
        caller.insist(text)
        before = servers.processor
        for _ in range(repeats):
            assert caller.insist(text).status == 200
        time.sleep(SETTLE)
        return (servers.processor - before) / repeats

    ordinary = statistics.median(cost(text) for text in ordinary_texts)
    costs = {}
    for name, text in chosen.items():
        costs[name] = cost(text)
        tell(f"  {name}: {costs[name] * 1000:.0f} ms, {costs[name] / ordinary:.1f} times")
    worst = max(costs, key=costs.get)
    ratio = costs[worst] / ordinary
    return [
        Row(
            "cost",
            f"{len(chosen)} kinds of texts of 2,000 characters, {repeats} times each",
            f"the worst costs at most {most:g} times as much as the median of {len(ordinary_texts)} ordinary questions "
            "(processor time of both servers)",
            f"{ordinary * 1000:.0f} ms ordinary; the worst, “{worst}”, {costs[worst] * 1000:.0f} ms, {ratio:.1f} times",
            ratio <= most,
        )
    ]
