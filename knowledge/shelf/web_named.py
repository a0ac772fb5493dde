"""What the authors of web pages call that which is no content: by the whole names of classes, ids and labels."""

from __future__ import annotations

import re

from lxml import html

LONGEST = 80  # characters of a name
BEFORE = r"(?:[a-z\d]{1,20}[-_]{1,2}){0,4}"
AFTER = (
    r"(?:[-_]{1,2}(?:bars?|lists?|items?|wrap(?:per)?|containers?|inner|outer|links?|main|primary|secondary|top|bottom|left|"
    r"right|mobile|desktop|header|footer|sections?|contents?|blocks?|areas?|toggle|box|row|panel|widget|buttons?|icons?|"
    r"media|group|nav|menu|trail|tools?|this|page|site|global|level|open|closed|dropdown|col(?:umn)?s?|\d+))*"
)
COOKIE = (
    r"(?:banner|notice|bar|policy|pop-?up|modal|message|manager|settings?|overlay|dialog|wall|alert|law|info|consent|bot|"
    r"yes|preferences?|disclaimer|warning|prompt|sdk|control|accept)"
)
NAMED = (
    ("cookie notice", rf".{{0,60}}(?:gdpr|one-?trust|cookies?[-_]{{0,2}}{COOKIE}).*|{BEFORE}cookies?{AFTER}|consent|"
                      rf"cookies-on-.*|.{{0,60}}consent[-_]{{1,2}}{COOKIE}.*"),
    ("navigation", rf"{BEFORE}(?:nav|navbar|navigation|menu|sub-?menu|crumbs?|pager|pagination|toc|skip){AFTER}|"
                   r".{0,60}bread-?crumb.*|(?:.{0,60}[-_])?skip-?(?:links?|nav|to).*"),
    ("footer", rf"(?!no-?footer){BEFORE}(?:site|page|global|main)?footer{AFTER}"),
    ("share links", rf"{BEFORE}(?:share|sharing|social|addthis){AFTER}"),
)  # fmt: skip
PATTERNS = tuple((why, re.compile(pattern, re.IGNORECASE)) for why, pattern in NAMED)


def named(element: html.HtmlElement) -> str | None:
    """What an element is by its class, id or label, where that is no content; `None` where it may be."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    names.append("-".join((element.get("aria-label") or "").split()))
    names = [name for name in names if len(name) <= LONGEST]
    return next((why for why, pattern in PATTERNS if any(pattern.fullmatch(name) for name in names)), None)
