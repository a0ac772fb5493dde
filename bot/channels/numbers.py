"""Numbers that nobody should type into a chat, covered before anything is kept: of social security, of cards."""

from __future__ import annotations

import re

COVER = "•••"
LONGEST_PHONE = 15  # digits
SOCIAL_SECURITY = re.compile(r"(?<![\d-])\d{3}([ -])\d{2}\1\d{4}(?![\d-])")
NAMED = re.compile(r"(?i)\b((?:ssn|social(?: security)?(?: number| no\.?)?)\b\D{0,12})\d{9}(?!\d)")
PHONE = re.compile(r"(?<![\w+])\+\d[\d ().-]{5,24}\d(?!\d)")  # as it is written to be dialled from everywhere
CARD = re.compile(r"(?<![\d-])[1-9](?:[ -]?\d){12,18}(?![\d-])")


def covered(text: str) -> str:
    """A text with the numbers of social security and of payment cards covered; other numbers stay.

    A number that begins with + is a phone's, which has 15 digits at most (E.164): somebody may leave it on purpose.
    """
    covering, ended = [], 0
    for phone in PHONE.finditer(text):
        if sum(map(str.isdigit, phone.group())) <= LONGEST_PHONE:
            covering += [_covered(text[ended : phone.start()]), phone.group()]
            ended = phone.end()
    return "".join([*covering, _covered(text[ended:])])


def _covered(text: str) -> str:
    text = SOCIAL_SECURITY.sub(COVER, text)
    text = NAMED.sub(rf"\g<1>{COVER}", text)
    return CARD.sub(lambda found: COVER if _is_card(found.group()) else found.group(), text)


def _is_card(written: str) -> bool:
    """Whether the last digit of a number checks the others, as those of cards do (Luhn; ISO/IEC 7812-1, annex B)."""
    digits = [int(character) for character in reversed(written) if character.isdigit()]
    doubled = sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + doubled) % 10 == 0
