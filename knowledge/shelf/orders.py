"""Orders to whoever reads a text by machine, which are no statement about any occupation."""

from __future__ import annotations

import re

ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+|the\s+|your\s+|these\s+|previous\s+|prior\s+|above\s+)*"
    r"(?:(?:instructions?|prompts?|documents?|text|page|guidelines)\b|"
    r"rules\b(?!\s+(?:of|for|about|on|that|at|in)\b))|"
    r"\b(?:ignore|disregard|forget|override)\s+(?:everything|anything|all|what(?:ever)?)\s+(?:\w+\s+){0,3}?"
    r"(?:above|before|below|earlier|previously|so far)(?=\W*$|\s*[.,;:!?]|\s+(?:and|then|in|on|this)\b)|"
    r"\b(?:when|if|whenever)\s+(?:(?:you\s+are\s+)?asked|(?:anyone|anybody|someone|somebody|users?|a\s+user|a\s+visitor)\s+"
    r"asks?)\b[^.!?]{0,200},\s*(?:please\s+)?(?:you\s+(?:must|should|will)\s+)?(?:always\s+|only\s+|never\s+)*"
    r"(?:answer|reply|respond|say|tell them|state)\s+(?:with\b|that\b|yes\b|no\b|[\"“:$£€\d])|"
    r"\b(?:note|message|instructions?|attention)\s+(?:to|for)\s+(?:all\s+)?(?:ai|llms?|language models?|chat-?bots?|"
    r"assistants?|bots?|crawlers?)\b|\byou are now (?:in|an?)\b|\b(?:system|developer) prompt\b|"
    r"^\s*(?:system|assistant|user)\s*:\s|\b(?:as an ai|ai systems? (?:reading|should|must))\b",
    re.IGNORECASE,
)


def is_order(text: str) -> bool:
    """Whether a sentence tells a machine what to do or say."""
    return ORDER.search(text) is not None
