"""What the servers log: one short line each, and never a word that a visitor wrote.

An exception is told by its kind and its place, since its text may be what somebody typed. What other libraries
log while a visitor's request is worked on is told by its place alone; at the level debug all is written out.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import traceback
from contextvars import ContextVar
from datetime import datetime, timezone
from pathlib import Path

OWN = ("bot", "actions", "knowledge", "__main__")
LONGEST = 500  # characters of a line
FRAMES = 6  # of a traceback, the innermost
LEVELS = ("debug", "info", "warning", "error")
ROOT = Path(__file__).resolve().parent.parent

for_visitor: ContextVar[bool] = ContextVar("for_visitor", default=False)  # whether a visitor's request is worked on


class Lines(logging.Formatter):
    """A record -> one line, as text or as JSON."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _cut(_told(record)),
        }
        if record.exc_info and record.exc_info[1]:
            told["error"] = _cut(place(record.exc_info[1]))
        if self._as_json:
            return json.dumps(told, ensure_ascii=False)
        return " ".join(told.values())


def configure(*, level: str = "info", as_json: bool = False) -> None:
    """Let everything that is logged in this process go through `Lines`, to standard output."""
    handler = logging.StreamHandler(sys.stdout)
    whole = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
    handler.setFormatter(whole if level == "debug" else Lines(as_json=as_json))
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.DEBUG if level == "debug" else logging.WARNING)
    for name in OWN:
        logging.getLogger(name).setLevel(level.upper())
    threading.excepthook = lambda failed: _fallen(failed.exc_value)
    sys.excepthook = lambda kind, error, trace: _fallen(error)


def configure_from_environment() -> None:
    """As ADVISOR_LOG_LEVEL and ADVISOR_LOG_FORMAT say."""
    configure(
        level=os.environ.get("ADVISOR_LOG_LEVEL") or "info", as_json=os.environ.get("ADVISOR_LOG_FORMAT") == "json"
    )


def place(error: BaseException) -> str:
    """An exception and those it comes from, by their kinds, and the calls that led there; without their texts."""
    kinds, cause = [], error
    while cause is not None and len(kinds) < FRAMES:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    calls = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(frames)]
    return f"{' from '.join(kinds)} at {' < '.join(calls) or 'an unknown place'}"


def _told(record: logging.LogRecord) -> str:
    if not record.name.startswith(OWN) and (for_visitor.get() or record.name == "asyncio"):
        return f"something happened at {_short(record.pathname)}:{record.lineno}"
    return record.getMessage()


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def _short(path: str) -> str:
    """A path from the project's or the library's folder on."""
    return path.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]


def _fallen(error: BaseException | None) -> None:
    if isinstance(error, KeyboardInterrupt) or error is None:
        return
    logging.getLogger("bot").critical("Unexpected end.", exc_info=error)
