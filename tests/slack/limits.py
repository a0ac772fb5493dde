"""What Slack refuses of a message: its limits, as its documentation gives them."""

from __future__ import annotations

from typing import Any

KINDS = {"section", "context", "actions", "header"}


def complaint(message: dict[str, Any]) -> str | None:
    """Slack's error for a message, if it has one."""
    if len(message.get("text", "")) > 40_000:
        return "msg_too_long"
    blocks = message.get("blocks") or []
    if not blocks and not message.get("text"):
        return "no_text"
    identities = [block["block_id"] for block in blocks if "block_id" in block]
    if len(blocks) > 50 or len(set(identities)) < len(identities) or not all(map(_fits, blocks)):
        return "invalid_blocks"
    return None


def _fits(block: dict[str, Any]) -> bool:
    if block["type"] not in KINDS or len(block.get("block_id", "")) > 255:
        return False
    if block["type"] == "section":
        return 0 < len(block["text"]["text"]) <= 3000
    if block["type"] == "context":
        return 0 < len(block["elements"]) <= 10 and all(0 < len(text["text"]) <= 3000 for text in block["elements"])
    if block["type"] == "actions":
        buttons = block["elements"]
        unique = len({button["action_id"] for button in buttons}) == len(buttons)
        return unique and 0 < len(buttons) <= 25 and all(map(_button_fits, buttons))
    return True


def _button_fits(button: dict[str, Any]) -> bool:
    texts = 0 < len(button["text"]["text"]) <= 75 and len(button["value"]) <= 2000
    return texts and len(button["action_id"]) <= 255 and _dialog_fits(button.get("confirm"))


def _dialog_fits(dialog: dict[str, Any] | None) -> bool:
    longest = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
    return dialog is None or all(0 < len(dialog[part]["text"]) <= size for part, size in longest.items())
