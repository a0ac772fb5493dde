"""What somebody is told who wants to talk to a person: the ways that the owner has set, and to leave a question."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.render import Domain, phrase

OWNER = "owner"  # under this the Rasa server tells in a message what the owner has set
LEAVING = "leaving"  # the kind of the reply that asks whether one wants to leave a question
LEAVE = "/signal_leave"  # the payload of the button that begins it


def owner_of(tracker: Tracker) -> dict[str, Any]:
    """What the owner has set, as it came with the latest message; empty where nothing is set."""
    return tracker.latest_message.get(OWNER) or {}


def can_leave(owner: dict[str, Any]) -> bool:
    """Whether questions can be left for people."""
    return owner.get("leave") is not None


def receiver(domain: Domain, owner: dict[str, Any], channel: str | None) -> str:
    """Who gets a question that is left."""
    return (owner.get("leave") or {}).get("receiver") or phrase(domain, "utter_receiver", channel)


def human(domain: Domain, owner: dict[str, Any], channel: str | None, *, may_leave: bool) -> dict[str, Any]:
    """The reply as `utter_message` takes it; without any way to a person it says that there is none.

    `may_leave`: a question may be offered to be left, which it is not while one is being left.
    """
    ways, leave = owner.get("help") or {}, may_leave and can_leave(owner)
    told = domain["responses"]["utter_human_ways"][0]["metadata"]["ways"]
    values = {way: _linked(way, value) for way, value in ways.items()}
    return {
        "response": f"utter_human{'_ways' if ways else ''}{'_leave' if leave else ''}",
        "ways": "\n".join(told[way].format(**values) for way in told if way in ways),
        "receiver": receiver(domain, owner, channel),
        "buttons": [{"title": phrase(domain, "button_leave"), "payload": LEAVE}] if leave else [],
        "json_message": {"kind": LEAVING} if leave else {},
    }


def _linked(way: str, value: str) -> str:
    """An address that can be opened from every channel."""
    target = value.replace("(", "%28").replace(")", "%29")
    if way == "page":
        return f"[{value}]({target})"
    return f"[{value}](mailto:{target})" if way == "mail" else value
