"""The owner's settings, each with its meaning and its limits: the one place where these stand."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit

MAIL = re.compile(r"[^\s@<>\"',;:()\[\]\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?", re.IGNORECASE)
PHONE = re.compile(r"\+?[\d ()./x-]{3,40}")
SLACK_CHANNEL = re.compile(r"[CG][A-Z0-9]{6,20}")
COLOR = re.compile(r"[a-z0-9#%,./() -]{1,60}", re.IGNORECASE)
MOST_STARTERS = 4  # Slack shows no more
LONGEST_STARTER = 75


class InvalidSetting(ValueError):
    """Why a value cannot be set, in one sentence."""


def _line(value: str) -> str:
    """Any words."""
    return value


def _page(value: str) -> str:
    """A web page."""
    if not _is_address(value, {"https", "http"}):
        raise InvalidSetting("has to be the address of a page that begins with https:// or http://")
    return value


def _mail(value: str) -> str:
    if not MAIL.fullmatch(value):
        raise InvalidSetting("has to be an e-mail address, as in help@example.org")
    return value


def _phone(value: str) -> str:
    if not PHONE.fullmatch(value) or not 3 <= sum(map(str.isdigit, value)) <= 20:
        raise InvalidSetting("has to be a phone number, as in +1 555 010 0199")
    return value


def _slack_channel(value: str) -> str:
    if not SLACK_CHANNEL.fullmatch(value):
        raise InvalidSetting("has to be the ID of a Slack channel, as in C012AB3CD, which Slack shows in its details")
    return value


def _webhook(value: str) -> str:
    if not (_is_address(value, {"https"}) or (_is_address(value, {"http"}) and _is_loopback(value))):
        raise InvalidSetting("has to begin with https://, or with http:// where it is on this computer (127.0.0.1)")
    return value


def _color(value: str) -> str:
    if not COLOR.fullmatch(value):
        raise InvalidSetting("has to be a CSS colour, as in #0b5c63")
    return value


def _theme(value: str) -> str:
    if value not in ("light", "dark", "light dark"):
        raise InvalidSetting("has to be light, dark, or “light dark” for the visitor's own choice")
    return value


def _setting(means: str, check: Callable[[str], str] = _line, *, most: int = 200, lines: bool = False) -> Any:
    return field(default="", metadata={"means": means, "check": check, "most": most, "lines": lines})


@dataclass(frozen=True)
class Owner:
    """What is set, of each key; an empty text (or no starters) where nothing is."""

    help_page: str = _setting("a page for people who want to talk to somebody", _page)
    help_phone: str = _setting("the phone number they can call", _phone, most=40)
    help_hours: str = _setting("when somebody is there: Monday to Friday, 9 to 5")
    help_mail: str = _setting("the e-mail address they can write to", _mail, most=254)
    slack_help_page: str = _setting("as help_page, for people in Slack", _page)
    slack_help_phone: str = _setting("as help_phone, for people in Slack", _phone, most=40)
    slack_help_hours: str = _setting("as help_hours, for people in Slack")
    slack_help_mail: str = _setting("as help_mail, for people in Slack", _mail, most=254)
    leads_name: str = _setting("who gets the questions that visitors leave: the staff of the career centre", most=80)
    leads_slack_channel: str = _setting("the Slack channel to which these questions go", _slack_channel)
    leads_webhook: str = _setting("the address to which they are posted (https://)", _webhook, most=500)
    notice_equal: str = _setting("the notice on equal opportunity", most=500, lines=True)
    notice_privacy: str = _setting("a word of yours on privacy, on the privacy page", most=1000, lines=True)
    notice_bot: str = _setting("the notice that the advisor is not a person", most=300, lines=True)
    title: str = _setting("the heading of the chat", most=60)
    greeting: str = _setting("the first message of the chat", most=500, lines=True)
    starters: tuple[str, ...] = field(
        default=(),
        metadata={
            "means": f"the questions offered first, one a line, {MOST_STARTERS} at most",
            "check": _line,
            "most": LONGEST_STARTER,
            "lines": True,
        },
    )
    color: str = _setting("the colour of the chat: #0b5c63", _color, most=60)
    theme: str = _setting("light, dark, or “light dark”", _theme)

    def help(self, channel: str) -> dict[str, str]:
        """The ways to a person on a channel: page, phone, hours and mail, those that are set.

        In Slack those that are set for Slack, where there is one of them, and no others.
        """
        ways = ("page", "phone", "hours", "mail")
        of_slack = {way: getattr(self, f"slack_help_{way}") for way in ways}
        of_all = {way: getattr(self, f"help_{way}") for way in ways}
        chosen = of_slack if channel == "slack" and any(of_slack.values()) else of_all
        found = {way: value for way, value in chosen.items() if value}
        return {} if set(found) == {"hours"} else found  # hours of nothing help nobody

    @property
    def contact(self) -> str:
        """Whom to write to where something is wrong: an e-mail address or the address of a page."""
        return self.help_mail or self.help_page


KEYS: Mapping[str, Mapping[str, Any]] = {each.name: each.metadata for each in fields(Owner)}


def known(key: str) -> None:
    """Raises `InvalidSetting` where there is no such key."""
    if key not in KEYS:
        raise InvalidSetting(f"There is no setting “{key}”; there are {', '.join(KEYS)}.")


def checked(key: str, value: object) -> str | tuple[str, ...]:
    """A value as it is kept; raises `InvalidSetting`, in one sentence, for one that cannot be set."""
    known(key)
    if key == "starters":
        return _starters(value)
    if not isinstance(value, str):
        raise InvalidSetting(f"{key} has to be a text.")
    return _one(key, value)


def _starters(value: object) -> tuple[str, ...]:
    given = value.splitlines() if isinstance(value, str) else value
    if not isinstance(given, (list, tuple)) or not all(isinstance(each, str) for each in given):
        raise InvalidSetting("starters have to be questions, one a line.")
    kept = tuple(filter(None, (each.strip() for each in given)))
    if not 1 <= len(kept) <= MOST_STARTERS:
        raise InvalidSetting(f"starters have to be one to {MOST_STARTERS} questions, one a line.")
    return tuple(_one("starters", each) for each in kept)


def _one(key: str, value: str) -> str:
    rules = KEYS[key]
    kept = "\n".join(line.strip() for line in value.strip().splitlines()) if rules["lines"] else value.strip()
    if not kept:
        raise InvalidSetting(f"{key} is empty; take it away instead.")
    if len(kept) > rules["most"]:
        raise InvalidSetting(f"{key} has {len(kept):,} characters; {rules['most']:,} is the most.")
    if any(unicodedata.category(each)[0] == "C" for each in kept if each != "\n" or not rules["lines"]):
        raise InvalidSetting(f"{key} has to be written in one line, without control characters.")
    try:
        return rules["check"](kept)
    except InvalidSetting as why:
        raise InvalidSetting(f"{key} is “{kept}”; it {why}.") from why


def _is_address(value: str, schemes: set[str]) -> bool:
    if re.search(r"[\s<>\"'`\\]", value):
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:
        return False


def _is_loopback(value: str) -> bool:
    host = urlsplit(value).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
