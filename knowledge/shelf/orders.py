"""Orders to whoever reads a text by machine, which are no statement about any occupation."""

from __future__ import annotations

import re

ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+|the\s+|your\s+|these\s+|previous\s+|prior\s+|above\s+)*"
    r"(?:instructions?|prompts?|documents?|rules|text|page|guidelines)\b|"
    r"\b(?:note|message|instructions?|attention)\s+(?:to|for)\s+(?:all\s+)?(?:ai|llms?|language models?|chat-?bots?|"
    r"assistants?|bots?|crawlers?)\b|\byou are now (?:in|an?)\b|\b(?:system|developer) prompt\b|"
    r"^\s*(?:system|assistant|user)\s*:\s|\b(?:as an ai|ai systems? (?:reading|should|must))\b",
    re.IGNORECASE,
)


def is_order(text: str) -> bool:
    """Whether a sentence tells a machine what to do or say."""
    return ORDER.search(text) is not None
