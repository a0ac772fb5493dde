"""The widget's parts -> the one script that websites load, and its style apart for browsers that need it so."""

from __future__ import annotations

import json
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

PARTS = Path(__file__).resolve().parents[2] / "widget" / "parts"
ORDER = (
    "start",
    "options",
    "storage",
    "calls",
    "nodes",
    "panel",
    "conversation",
    "sending",
    "answer",
    "menu",
    "leaving",
    "component",
)


def style() -> str:
    """The style as CSS, without what only its reader needs."""
    return cssmin((PARTS / "looks.css").read_text(encoding="utf-8"))


def script() -> str:
    """All parts in one function, in their order, and the style as the constant LOOKS."""
    parts = [(PARTS / f"{name}.js").read_text(encoding="utf-8") for name in ORDER]
    looks = f"const LOOKS = {json.dumps(style(), ensure_ascii=False)};"
    return jsmin("\n".join(['(() => {\n"use strict";', *parts[:1], looks, *parts[1:], "})();"]))


def changed() -> tuple[int, ...]:
    """When each part was last written, so that an edit shows at the next reload."""
    return tuple(path.stat().st_mtime_ns for path in sorted(PARTS.iterdir()))
