"""What Slack refuses of a message: its limits, as its reference gives them for each block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

CELLS = {"raw_text", "raw_number", "rich_text"}
TEXTS = {"section": 3000, "header": 150}

Wrong = Iterator[tuple[str, str]]  # where in a block, and the rule


def complaint(message: dict[str, Any]) -> str | None:
    """Slack's error for a message, if it has one."""
    if len(message.get("text", "")) > 40_000:
        return "msg_too_long"
    blocks = message.get("blocks") or []
    if not blocks and not message.get("text"):
        return "no_text"
    if sum(block.get("type") in ("table", "data_table") for block in blocks) > 1:
        return "invalid_attachments"  # only_one_table_allowed
    return "invalid_blocks" if faults(blocks) else None


def faults(blocks: list[dict[str, Any]]) -> list[dict[str, str]]:
    """All that is wrong with some blocks, as blocks.validate tells it: pointer, code, message."""
    found = [("", "at most 50 blocks")] if len(blocks) > 50 else []
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        name = block.get("block_id")
        if name is not None and (len(name) > 255 or name in seen):
            found.append((f"/{place}/block_id", "unique, at most 255 characters"))
        seen.add(name or f"/{place}")
        check = BLOCKS.get(block.get("type", ""))
        found += (
            [(f"/{place}{where}", rule) for where, rule in check(block)] if check else [(f"/{place}/type", "known")]
        )
    return [{"pointer": at, "code": "failed_constraint", "message": f"must be {rule}"} for at, rule in found]


def _text(text: Any, where: str, longest: int, kinds: tuple[str, ...] = ("mrkdwn", "plain_text")) -> Wrong:
    if not isinstance(text, dict) or text.get("type") not in kinds:
        yield where, f"a text object of {kinds}"
    elif not 0 < len(text.get("text", "")) <= longest:
        yield f"{where}/text", f"1 to {longest} characters"


def _with_text(block: dict[str, Any]) -> Wrong:
    yield from _text(block.get("text"), "/text", TEXTS[block["type"]])


def _context(block: dict[str, Any]) -> Wrong:
    if not 0 < len(block.get("elements", [])) <= 10:
        yield "/elements", "1 to 10 elements"
    for place, element in enumerate(block.get("elements", [])):
        yield from _text(element, f"/elements/{place}", 3000)


def _actions(block: dict[str, Any]) -> Wrong:
    buttons = block.get("elements", [])
    if not 0 < len(buttons) <= 25 or len({each.get("action_id") for each in buttons}) < len(buttons):
        yield "/elements", "1 to 25 elements with ids of their own"
    for place, button in enumerate(buttons):
        where, dialog = f"/elements/{place}", button.get("confirm")
        yield from _text(button.get("text"), f"{where}/text", 75, ("plain_text",))
        yield from _named(button, where)
        for part, size in {"title": 100, "text": 300, "confirm": 30, "deny": 30}.items() if dialog else ():
            yield from _text(dialog.get(part), f"{where}/confirm/{part}", size)


def _named(element: dict[str, Any], where: str) -> Wrong:
    if len(element.get("action_id", "")) > 255:
        yield f"{where}/action_id", "at most 255 characters"
    if len(element.get("value", "")) > 2000:
        yield f"{where}/value", "at most 2000 characters"


def _context_actions(block: dict[str, Any]) -> Wrong:
    if not 0 < len(block.get("elements", [])) <= 5:
        yield "/elements", "1 to 5 elements"
    for place, element in enumerate(block.get("elements", [])):
        where = f"/elements/{place}"
        if element.get("type") != "feedback_buttons":
            yield f"{where}/type", "feedback_buttons"
        yield from _named(element, where)
        for side in ("positive_button", "negative_button"):
            button = element.get(side, {})
            yield from _text(button.get("text"), f"{where}/{side}/text", 75, ("plain_text",))
            if not 0 < len(button.get("value", "")) <= 2000:
                yield f"{where}/{side}/value", "1 to 2000 characters"
            if len(button.get("accessibility_label", "")) > 75:
                yield f"{where}/{side}/accessibility_label", "at most 75 characters"


def _table(block: dict[str, Any]) -> Wrong:
    rows, settings = block.get("rows", []), block.get("column_settings", [])
    if not 0 < len(rows) <= 100:
        yield "/rows", "1 to 100 rows"
    if len(settings) > 20 or not {each.get("align", "left") for each in settings} <= {"left", "center", "right"}:
        yield "/column_settings", "at most 20, aligned left, center or right"
    if sum(len(cell.get("text", "")) for row in rows for cell in row) > 10_000:
        yield "/rows", "at most 10000 characters in all cells"
    for place, row in enumerate(rows):
        if not 0 < len(row) <= 20:
            yield f"/rows/{place}", "1 to 20 cells"
        for column, cell in enumerate(row):
            if cell.get("type") not in CELLS or (cell["type"] == "raw_text" and not cell.get("text")):
                yield f"/rows/{place}/{column}", "a cell that is not empty"


BLOCKS = {
    "section": _with_text,
    "header": _with_text,
    "context": _context,
    "actions": _actions,
    "context_actions": _context_actions,
    "table": _table,
}
