"""What somebody wrote in Slack -> plain words: Slack's marks for links, people, emoji and code are taken off."""

from __future__ import annotations

import re

from bot.channels.conversation import LONGEST

RAW = 3 * LONGEST  # characters of a message with Slack's marks in it, of which the patterns see no more

# Each pattern has to be linear, whatever it is given: where it may begin, no search from before goes on.
REFERENCE = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
EMOJI = re.compile(r"(?<![\w:]):(\+1|-1|[a-z][a-z0-9_+'-]*)(?:::skin-tone-\d)?:(?![\w:])")
MEANT = {  # the emoji that answer something; others only decorate
    "+1": "👍",
    "thumbsup": "👍",
    "-1": "👎",
    "thumbsdown": "👎",
    "wave": "👋",
    "pray": "🙏",
    "heart": "❤️",
    "white_check_mark": "✅",
    "x": "❌",
}
CODE = re.compile(r"`{1,3}")
STYLE = re.compile(
    r"(?<![^\W_])([*_~])(?=\S)"
    # between them stands no other mark that could begin something: only one after a letter, or before a space
    r"((?:[^*_~\n]|(?<=[^\W_])[*_~]|(?<![^\W_])[*_~](?=\s))+?)"
    r"(?<=\S)\1(?![^\W_])"
)
QUOTED = re.compile(r"^(?:&gt;)+ ?", re.MULTILINE)


def plain(text: str) -> str:
    """The words of a message, its lines kept; the mention of the advisor and of others without a name are left out.

    One that is too long with its marks is cut, and left as it is: still longer than a message may be.
    """
    if len(text) > RAW:
        return text[:RAW]
    text = QUOTED.sub("", text)
    text = REFERENCE.sub(_named, text)
    text = EMOJI.sub(lambda code: MEANT.get(code[1], ""), text)
    text = CODE.sub("", text)
    for _ in range(3):  # the innermost first, as in strikethrough in italics in bold
        text = STYLE.sub(r"\2", text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def mentions(text: str, user: str | None) -> bool:
    """Whether a message mentions somebody."""
    return user is not None and re.search(rf"<@{re.escape(user)}(\|[^<>]*)?>", text) is not None


def escaped(text: str) -> str:
    """Text that Slack shows as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _named(reference: re.Match[str]) -> str:
    """How a reference reads: its label, else the address of a link."""
    sign, target, label = reference[1], reference[2], reference[3]
    if sign == "@" or sign == "!":
        return (label or "").lstrip("@")
    if sign == "#":
        return f"#{label}" if label else ""
    return label or target.removeprefix("mailto:")
