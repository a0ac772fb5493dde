"""Signs of a list, and of a line that heads what follows: what text files and PDFs have in the place of marks."""

from __future__ import annotations

import re

BULLET = re.compile(
    r"(?:[•◦▪▫‣·●○■□➢➤►▶»›✓✔✗❖◆◇⁃∙\uf0b7\uf0a7\uf0d8\uf0fc\uf076]|\(cid:\d+\)|[-–—*+](?=\s)|o(?=\s+[a-z]))\s*"  # noqa: RUF001
)
NUMBER = re.compile(r"(?:\(?(\d{1,2})[.)]|\(?([a-h])[.)])\s+(?=\S)")
FINISHED = (".", "!", "?", ":", ";")
WORDS = 9  # of a line that heads what follows
ENDS = ".!;,"


def number(text: str) -> int | None:
    """The number that a line begins with as list items do, of a letter its place; `None` where there is none."""
    found = NUMBER.match(text)
    return None if found is None else int(found[1]) if found[1] else ord(found[2]) - ord("a") + 1


def goes_on_with_number(before: str, text: str, seen: set[int]) -> bool:
    """Whether a number at the start of a line belongs to the unfinished line `before`, and begins no list item.

    `seen`: the numbers of list items so far; one that goes on counting, or begins to, is an item's.
    """
    count = number(text)
    if count is None or BULLET.match(text) or not before or before.endswith(FINISHED):
        return False
    return count != 1 and count - 1 not in seen


def split_bullet(text: str) -> str | None:
    """What stands behind the bullet or number of a list item; `None` where the line is none."""
    found = BULLET.match(text) or NUMBER.match(text)
    return text[found.end() :].strip() or None if found else None


def is_heading(text: str, *, alone: bool) -> bool:
    """Whether a line heads what follows: short, no sentence, and in capitals or `alone` on its line."""
    words = text.split()
    if not words or len(words) > WORDS or text[-1] in ENDS or not any(each.isalpha() for each in text):
        return False
    if text.isupper() and len(text) > 3:
        return True
    letters = [word for word in words if word[0].isalpha()]
    if text[-1] == ":":
        return alone and len(words) <= 5 and text[0].isupper() and "," not in text and not LEADS.search(text)
    return alone and bool(letters) and letters[0][0].isupper() and "," not in text


LEADS = re.compile(r"\b(?:you|will|must|may|need|following|include|includes|including|to)\W*$", re.IGNORECASE)
