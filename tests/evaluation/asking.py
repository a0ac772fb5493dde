"""Puts cases to an advisor, one after another, and keeps what came of each message."""

from __future__ import annotations

import json
import time
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from tests.evaluation.cases import Case, Turn
from tests.evaluation.progress import Progress
from tests.evaluation.scorer import Judgement, judge

PATIENCE = 60  # seconds for one reply

Ask = Callable[[str, str], list[str]]  # a message and its sender -> the texts of the replies


@dataclass(frozen=True)
class Asked:
    """One message that was put to an advisor: the reply, how long it took, and the judgement."""

    case: str
    turn: Turn
    conversation: bool
    reply: str
    seconds: float
    judgement: Judgement


def put(cases: list[Case], ask: Ask, what: str | None = None) -> list[Asked]:
    """Put each case to an advisor as a conversation of its own; `what` names the work where progress is to be shown."""
    asked = []
    progress = Progress(what, sum(len(case.turns) for case in cases)) if what else None
    for case in cases:
        sender = uuid.uuid4().hex
        for number, turn in enumerate(case.turns, 1):
            began = time.perf_counter()
            reply = "\n".join(ask(turn.text, sender))
            seconds = time.perf_counter() - began
            name = f"{case.name}/{number}" if case.conversation else case.name
            asked.append(Asked(name, turn, case.conversation, reply, seconds, judge(turn, reply)))
            if progress:
                progress.step()
    return asked


def over_rest(url: str, headers: dict[str, str] | None = None) -> Ask:
    """Ask an advisor over its REST channel."""
    told = {"Content-Type": "application/json", **(headers or {})}

    def ask(text: str, sender: str) -> list[str]:
        body = json.dumps({"sender": sender, "message": text}).encode()
        request = urllib.request.Request(f"{url}/webhooks/rest/webhook", body, told)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return [reply.get("text") or "" for reply in json.load(answer)]

    return ask
