"""Well-behaved visitors beside an attack, each at an address of its own: between them a question every half second.

It runs as a process of its own (`python -m tests.attacks.beside PORT QUESTIONS`), so that it measures the advisor
and not the attackers' threads.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from tests.advisor import ROOT, Advisor
from tests.attacks.callers import Visitor
from tests.attacks.texts import ORDINARY

EVERY = 0.5  # seconds
OF_ONE = 15  # questions of one visitor, who may ask 20 at once
ADDRESSES = "127.0.1.{}"
FLOW = 2  # seconds after which an attack is in full flow
Attack = Callable[[threading.Event], None]  # goes on until the event is set


@dataclass(frozen=True)
class Visit:
    """How it was for them: seconds from when a question was due to the end of its answer."""

    asked: int
    median: float
    p95: float
    slowest: float
    refused: int
    failed: int

    def __str__(self) -> str:
        told = f"{self.asked} questions: median {self.median:.2f} s, p95 {self.p95:.2f} s, slowest {self.slowest:.2f} s"
        more = [f"{count} {what}" for count, what in ((self.refused, "refused"), (self.failed, "failed")) if count]
        return "; ".join([told, *more])

    def is_well(self, prompt: float) -> bool:
        """Whether all were answered, and 95 of 100 within so many seconds."""
        return not self.refused and not self.failed and self.p95 < prompt


def beside(advisor: Advisor, *attacks: Attack, questions: int = 40) -> Visit:
    """Let attacks run, each in a thread, and ask well-behaved questions meanwhile."""
    over = threading.Event()
    with ThreadPoolExecutor(max(1, len(attacks))) as pool:
        running = [pool.submit(attack, over) for attack in attacks]
        try:
            time.sleep(FLOW)
            command = [sys.executable, "-m", "tests.attacks.beside", str(advisor.port), str(questions)]
            told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=questions * EVERY + 300)
        finally:
            over.set()
        for attack in running:
            attack.result()
    return Visit(**json.loads(told.stdout))


def visit(port: int, questions: int) -> Visit:
    """Ask questions, each when it is due, however long the ones before it take."""
    visitors = [Visitor(port, ADDRESSES.format(1 + number)) for number in range(max(4, -(-questions // OF_ONE)))]
    begun = [visitor.begin().status for visitor in visitors]
    assert begun == [200] * len(visitors), begun
    began = time.monotonic()

    def ask(number: int) -> tuple[float, int, bool]:
        due = began + number * EVERY
        time.sleep(max(0.0, due - time.monotonic()))
        of = number % len(visitors)
        visitor = Visitor(port, ADDRESSES.format(1 + of))
        visitor.token = visitors[of].token
        answer = visitor.chat(ORDINARY[number % len(ORDINARY)])
        visitor.close()
        return time.monotonic() - due, answer.status, answer.is_whole

    with ThreadPoolExecutor(questions) as pool:
        found = list(pool.map(ask, range(questions)))
    seconds = sorted(took for took, status, _ in found if status == 200) or [float("inf")]
    return Visit(
        asked=questions,
        median=seconds[len(seconds) // 2],
        p95=seconds[int(len(seconds) * 0.95)],
        slowest=seconds[-1],
        refused=sum(status in (429, 503) for _, status, _ in found),
        failed=sum(status not in (429, 503) and not whole for _, status, whole in found),
    )


if __name__ == "__main__":
    print(json.dumps(asdict(visit(int(sys.argv[1]), int(sys.argv[2])))))
