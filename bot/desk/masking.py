"""What in a visitor's words could tell who they are, covered before anybody at the desk reads it or it is kept."""

from __future__ import annotations

import re

from bot.channels.numbers import COVER, covered

MAIL = re.compile(r"[^\s@<>,;:()\[\]\"']+@[^\s@<>,;:()\[\]\"']+\.[^\s@<>,;:()\[\]\"'.!?]{2,}|<mailto:[^>]*>")
SLACK_PERSON = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>")
PROFILE = re.compile(r"(?i)\b(?:https?://)?(?:www\.)?(?:linkedin|facebook|instagram|tiktok|x|twitter)\.com/\S+")
HANDLE = re.compile(r"(?<![\w.])@[A-Za-z_][\w.]{2,}")
PHONE = re.compile(  # with a plus, or in groups as people write them: an amount like 45,000 or a year is none
    r"(?<![\w$£€.,])(?:\+\d[\d ().-]{6,18}\d|\(\d{2,5}\)[ -]?\d{2,4}[ .-]?\d{3,6}|\d{3}[ .-]\d{3}[ .-]\d{4}"
    r"|0\d{2,4}[ -]\d{3,4}[ -]?\d{3,5}|\d{3}-\d{4}|\d{5}[ -]\d{6})(?![\w-])"
)
LONG_NUMBER = re.compile(r"(?<![\w$£€.,-])\d{7,}(?![\w,-])")  # of a person, an account, a document
BORN = re.compile(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}(?!\d)|(?<!\d)(?:19|20)\d{2}-\d{2}-\d{2}(?!\d)")
NAMED = re.compile(
    r"((?i:\bmy (?:full |first |last |sur)?name(?: is|['’]s|:)|\bi am called)\s+|(?i:\bcall me)\s+(?=[A-Z][a-z]))"
    r"[^\W\d_][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,3}"
)
STREET = re.compile(
    r"(?<!\w)\d{1,5}\s+(?:[A-Z][\w'’.-]*\s+){1,3}(?i:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct)\b\.?"
)
ALL = (MAIL, SLACK_PERSON, PROFILE, BORN, PHONE, LONG_NUMBER, HANDLE, STREET)


def masked(text: str) -> str:
    """A text without mail addresses, phone and other numbers of people, handles, streets and names that were told."""
    text = covered(text)
    for pattern in ALL:
        text = pattern.sub(COVER, text)
    return NAMED.sub(rf"\g<1>{COVER}", text)
