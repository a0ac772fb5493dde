"""What our messages in Slack carry unseen: which turn they answer, so that they are found again there; pure."""

from __future__ import annotations

from typing import Any

EVENT = "career_answer"


def metadata_of(key: str, origin: str = "") -> dict[str, Any]:
    """The metadata of the answer to a turn; `origin` is the turn whose answer it takes the place of."""
    return {"event_type": EVENT, "event_payload": {"turn": key, **({"origin": origin} if origin else {})}}


def answers(message: dict[str, Any], key: str) -> bool:
    """Whether a message is the answer to a turn, or has taken its place."""
    return key in (_payload(message).get("turn"), _payload(message).get("origin"))


def owner_in(message: dict[str, Any]) -> str | None:
    """The person that a message of ours answers; `None` where it does not say."""
    return _payload(message).get("turn", "").partition("#")[0].rpartition(":")[2] or None


def _payload(message: dict[str, Any]) -> dict[str, Any]:
    return (message.get("metadata") or {}).get("event_payload") or {}
