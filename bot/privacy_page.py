"""The page that tells people what is kept of them, where and how long, as the settings have it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from bot.channels.session import LIFETIME
from bot.owner import Owner
from bot.retention import DAY

TEMPLATE = Path(__file__).resolve().parent / "channels" / "web" / "privacy.html"
DAYS = "30"  # of ADVISOR_RETENTION and ADVISOR_LOG_AGE, where they are not set
ADDRESS = re.compile(r"\A[^\s@<>\"']+@[^\s@<>\"']+")
NOBODY = "Ask the people who run the website or the workspace where you found the advisor."


def page(environ: Mapping[str, str], owner: Owner | None = None) -> str:
    """The page as HTML; what it is told by the environment and the owner is escaped."""
    owner = owner or Owner()
    switched_on = {
        "debug": environ.get("ADVISOR_LOG_LEVEL") == "debug",
        "rest": environ.get("ADVISOR_REST") == "1",
        "slack": bool(environ.get("SLACK_BOT_TOKEN")),
        "guests": environ.get("SLACK_GUESTS") == "1",
        "left": bool(owner.leads_webhook or owner.leads_slack_channel),
        "left-slack": bool(owner.leads_slack_channel),
        "left-webhook": bool(owner.leads_webhook),
        "notice": bool(owner.notice_privacy or owner.notice_equal),
    }
    html = TEMPLATE.read_text(encoding="utf-8")
    for name, on in switched_on.items():
        html = re.sub(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->\n", r"\1" if on else "", html, flags=re.DOTALL)
    return Template(html).substitute(
        token_days=_days(LIFETIME // DAY),
        days=_days(int(environ.get("ADVISOR_RETENTION") or DAYS)),
        log_days=_days(int(environ.get("ADVISOR_LOG_AGE") or DAYS)),
        contact=_contact(owner.contact or environ.get("ADVISOR_CONTACT") or ""),
        receiver=escape(owner.leads_name or "the people who run the advisor"),
        notice="\n".join(f"<p>{_lines(each)}</p>" for each in (owner.notice_privacy, owner.notice_equal) if each),
    )


def policy(html: str) -> str:
    """The Content-Security-Policy of a page that has this style in it and needs nothing else."""
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _contact(given: str) -> str:
    """Whom to ask: an address to write to or a page to open; anything else is shown as it is, and leads nowhere."""
    given = given.strip()
    if not given:
        return NOBODY
    link = f"mailto:{given}" if ADDRESS.fullmatch(given) else given
    if link.startswith(("mailto:", "https://", "http://")):
        return f'Ask <a href="{escape(link)}">{escape(given)}</a>.'
    return f"Ask {escape(given)}."


def _lines(text: str) -> str:
    return "<br>".join(map(escape, text.splitlines()))


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"
