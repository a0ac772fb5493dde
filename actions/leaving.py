"""What somebody says while they leave a question: a way to reach them, that they stop, or something else in between."""

from __future__ import annotations

import re
from typing import Any

from actions.question import SURE, questions

LONGEST = 1000  # characters of a question
COVER = "•••"  # stands where a number was typed that nobody should type here
COVERED = "/signal_covered"  # what comes of a message that was nothing else
MAIL = re.compile(
    r"(?<![^\s<(\[\"':;,])[^\s@<>\"',;:()\[\]\\*`|]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![\w@-]|\.\w)", re.I
)
PHONE = re.compile(r"(?<![\w+@.-])(?:\+|\()?\d[\d ()./-]{4,28}\d(?: ?(?:x|ext\.?|extension) ?\d{1,6})?(?![\w@])", re.I)
EXTENSION = re.compile(r"[xe]", re.I)
DATE = re.compile(  # as 2001-10-10, 10/10/2001
    r"(?<![\d+./-])(?:(?:19|20)\d\d([./-])\d{1,2}\1\d{1,2}|\d{1,2}([./-])\d{1,2}\2(?:19|20)\d\d)(?![\d/-])"
)
DIGITS = range(7, 16)  # that a phone number has
MOST_REACHES = 3
LONGEST_REACH = 254  # characters that are kept, as of a mail address
CANCEL = re.compile(
    r"(?:(?:no|ok|okay|oh|please|sorry|actually|hm+|thanks?)[,. ]{1,5}){0,5}"
    r"(?:(?:cancel|stop)(?: (?:it|that|this))?|never ?mind|forget (?:it|that|about it)|quit|exit|abort|leave it|skip it"
    r"|no thanks?|no thank you|(?:i(?:'ve| have)? )?changed my mind|don'?t (?:send|bother|do it)(?: it)?)"
    r"(?:[,. ]+(?:please|thanks?|thank you))*[.! ]*",
    re.IGNORECASE,
)
SEND = re.compile(
    r"(?:yes|yep|yeah|ok|okay|sure|please|go ahead|do it|send)(?:[,. ]+(?:please|send|it|that|go ahead))*[.! ]*", re.I
)
SHORT = 4  # words of a no that is meant for us, and not a part of what is asked
URGENT = ("distress", "emergency")  # which go before anything else
KINDS = ("ask_", "follow_", "help")  # how the intents begin that are questions


def reach_in(text: str, joined: str) -> str:
    """The mail addresses and phone numbers in a text, up to three, joined by these words; empty where there are none.

    Where they are too long together, the last ones are left out: each is whole.
    """
    without = DATE.sub(" ", MAIL.sub(" ", text))
    phones = [each.group().strip(" .-/") for each in PHONE.finditer(without)]
    found = [each.group() for each in MAIL.finditer(text) if len(each.group()) <= LONGEST_REACH]
    found += [each for each in phones if sum(map(str.isdigit, EXTENSION.split(each)[0])) in DIGITS]
    if len(found) > MOST_REACHES:
        return ""
    found = list(dict.fromkeys(found))
    while len(joined.join(found)) > LONGEST_REACH:
        found.pop()
    return joined.join(found)


def is_urgent(message: dict[str, Any]) -> bool:
    """Whether somebody is in need, whatever was being done."""
    return _surely(message, *URGENT)


def stops(message: dict[str, Any], *, asked: bool) -> bool:
    """Whether somebody wants to leave no question after all; `asked`: it was asked whether to send it."""
    text = message.get("text") or ""
    no = _surely(message, "deny") and (asked or text.startswith("/") or len(text.split()) <= SHORT)
    return no or CANCEL.fullmatch(text) is not None or _surely(message, "goodbye") or is_urgent(message)


def confirms(message: dict[str, Any]) -> bool:
    """Whether somebody wants it to be sent."""
    return _surely(message, "affirm") or SEND.fullmatch(message.get("text") or "") is not None


def is_of_another(message: dict[str, Any]) -> bool:
    """Whether a message is a button of something else, a signal of a channel's, or goes before the form."""
    text = message.get("text") or ""
    return text.startswith("/") or _surely(message, "forget_me", "start_over")


def is_covered(message: dict[str, Any]) -> bool:
    """Whether a number was typed that is covered, so that it may have been meant as a phone number."""
    text = message.get("text") or ""
    return COVER in text or text == COVERED


def asks_between(message: dict[str, Any]) -> bool:
    """Whether a message is a question of another kind, where a way to reach somebody was asked for."""
    if is_of_another(message) or (message.get("text") or "").rstrip().endswith("?"):
        return True
    asked = [each for each in questions(message) if each.intent.startswith(KINDS) and each.intent != "ask_human"]
    return any(each.confidence >= SURE for each in asked)


def _surely(message: dict[str, Any], *intents: str) -> bool:
    intent = message.get("intent") or {}
    return intent.get("name") in intents and (intent.get("confidence") or 0.0) >= SURE
