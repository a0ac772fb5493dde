"""The plain page: the same conversation by forms alone, for browsers without scripts or too old for the widget.

Who is asking is known by the token that the page's own form holds; there is no cookie.
"""

from __future__ import annotations

import html
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Template

from markdown_it import MarkdownIt

from bot.channels.web.history import Entry
from bot.owner import Owner
from bot.privacy_page import policy

TEMPLATE = Path(__file__).resolve().parent / "plain.html"
GREETING = (
    "I’m the career advisor, a chatbot. I answer questions about jobs from career documents, and show you the place in "
    "them."
)
BULLET = "• "
SURE = "sure"
CLEARING = {
    False: '<button type="submit" name="clear" value="1">Clear the conversation</button>',
    True: f'<button type="submit" name="clear" value="{SURE}" autofocus>Clear it for good? Press again</button>',
}


@dataclass(frozen=True)
class Shown:
    """What the page shows: what was said, what may be chosen, what went wrong, what stays in the field."""

    token: str = ""
    entries: list[Entry] = field(default_factory=list)
    earlier: bool = False  # whether there is more before these
    alert: str = ""
    draft: str = ""
    asking: bool = False  # whether all is to be cleared; it is, where that is said once more


def page(shown: Shown, owner: Owner | None = None) -> str:
    """The page as HTML, with the words that the owner has set; what people, documents and the owner say is escaped."""
    owner = owner or Owner()
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=html.escape(owner.title or "Career Advisor"),
        greeting=_markdown(owner.greeting or GREETING),
        notices="\n".join(
            _markdown(each).replace("<p>", '<p class="small">')
            for each in (owner.notice_bot, owner.notice_equal)
            if each
        ),
        conversation="\n".join(_conversation(shown)),
        alert=f'<p id="alert" role="alert">{html.escape(shown.alert)}</p>' if shown.alert else "",
        token=html.escape(shown.token),
        id=secrets.token_urlsafe(12),
        draft=html.escape(shown.draft),
        invalid=' aria-invalid="true" aria-describedby="alert"' if shown.alert and shown.draft else "",
        options=_options(shown) if shown.entries else _starters(shown, owner),
        clear=_form(shown, CLEARING[shown.asking]) if shown.token else "",
    )


@cache
def headers() -> dict[str, str]:
    """Its headers: a style of its own, forms to itself, and nothing else."""
    style = policy(TEMPLATE.read_text(encoding="utf-8"))
    return {
        "Content-Security-Policy": style.replace("form-action 'none'", "form-action 'self'"),
        "Referrer-Policy": "same-origin",
    }


def _conversation(shown: Shown) -> Iterable[str]:
    if shown.earlier:
        yield '<p class="small">What was said before is not shown here.</p>'
    for entry in shown.entries:
        if entry.who == "person":
            yield f'<h2 dir="auto">You: {html.escape(entry.text)}</h2>'
        else:
            yield _markdown(entry.text)
            yield from _sources(entry)


def _markdown(text: str) -> str:
    lines = [f"- {line.removeprefix(BULLET)}" if line.startswith(BULLET) else line for line in text.split("\n")]
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").render("\n".join(lines))


def _sources(entry: Entry) -> Iterable[str]:
    for source in entry.sources:
        place = ", ".join(str(part) for part in (source.get("title"), source.get("heading")) if part)
        line = f", line {source['line']}" if source.get("line") else ""
        attribution = f" {source['attribution']}" if source.get("attribution") else ""
        quote = html.escape(str(source.get("quote") or ""))
        named, url = html.escape(place + line + attribution), str(source.get("url") or "")
        if url.startswith(("https://", "http://")):
            named = f'<a href="{html.escape(url)}">{named}</a>'
        yield (f'<blockquote><p dir="auto">{quote}</p><p class="small">Source: {named}</p></blockquote>')


def _options(shown: Shown) -> str:
    """The options of the last answer; a form of their own, or the key Enter would choose the first of them."""
    offered = [(html.escape(each["payload"]), html.escape(each["title"])) for each in shown.entries[-1].buttons]
    buttons = "\n".join(
        f'<button type="submit" name="text" value="{payload}">{title}</button>' for payload, title in offered
    )
    return _form(shown, buttons) if buttons else ""


def _starters(shown: Shown, owner: Owner) -> str:
    asked = [html.escape(each) for each in owner.starters]
    buttons = "\n".join(f'<button type="submit" name="text" value="{each}">{each}</button>' for each in asked)
    return _form(shown, buttons) if buttons else ""


def _form(shown: Shown, fields: str) -> str:
    return (
        '<form method="post" action="/plain">'
        f'<input type="hidden" name="token" value="{html.escape(shown.token)}">'
        f'<input type="hidden" name="id" value="{secrets.token_urlsafe(12)}">{fields}</form>'
    )
