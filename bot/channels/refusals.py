"""What is refused, and what fails: always JSON with one sentence under `error`, whatever raised it."""

from __future__ import annotations

import logging

from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.waiting import Full, Line
from bot.metrics import REFUSALS

SENTENCES = {
    400: "The request can't be understood.",
    404: "There is nothing at this address.",
    405: "This address can't be used in that way.",
    408: "The request took too long to arrive.",
    413: "The request is too large.",
    417: "The request expects something that this server does not do.",
    503: "The advisor is busy; please try again in a moment.",
}
FAILED = "Something went wrong here; please try again."

logger = logging.getLogger(__name__)


class Refusal(SanicException):
    """Why a request is refused: a status and one sentence that a visitor can be shown."""

    def __init__(self, status: int, sentence: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(sentence, status_code=status, quiet=True)
        self.sentence = sentence
        self.headers = headers or {}


def refuse_more(line: Line, visitor: str) -> None:
    """Refuse a turn that would wait too long, at once."""
    try:
        line.refuse_more(visitor)
    except Full as full:
        raise Refusal(503, SENTENCES[503], {"Retry-After": str(full.wait)}) from full


def refuse(request: Request, error: Exception) -> HTTPResponse:
    """The answer to a request that raised an error; what is no refusal is logged and not shown."""
    REFUSALS.labels(getattr(error, "status_code", None) or 500).inc()
    if isinstance(error, Refusal):
        return json({"error": error.sentence}, status=error.status_code, headers=error.headers)
    status = getattr(error, "status_code", None) or 500
    if status == 500:
        logger.error("%s %s failed.", request.method, request.path, exc_info=error)
    return json({"error": SENTENCES.get(status, FAILED)}, status=status)
