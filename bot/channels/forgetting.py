"""What people are told once what was kept of them is deleted."""

from __future__ import annotations

from collections.abc import Callable

from bot.kept import Amount


def told(sentence: Callable[[str], str], forgotten: Amount) -> str:
    """How much was deleted, in the domain's words."""
    if not (forgotten.messages or forgotten.opinions or forgotten.left):
        return sentence("utter_forgotten_nothing")
    return sentence("utter_forgotten").format(
        conversations=forgotten.conversations, messages=forgotten.messages, opinions=forgotten.opinions
    )
