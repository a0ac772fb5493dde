"""The advisor's replies -> Slack's Block Kit, within Slack's limits; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from slackify_markdown import slackify_markdown

from bot.channels.slack.events import FORGET
from bot.channels.slack.tables import Table, parts, without_tables
from bot.channels.slack.text import escaped

# Slack's limits
BLOCKS = 50  # a message
SECTION = 3000  # characters of a text in a block
TEXT = 40_000  # characters of a message's own text, for notifications and screen readers
HOME = "home"  # stands for the key of the turn where a button belongs to none
ROW = 5  # buttons
BUTTONS = 25
LABEL = 75  # characters
VALUE = 2000  # characters

DIALOG = 300  # characters that a dialog says

QUOTE = 150  # characters of a quotation under an answer, where the whole quotation stands
SOURCES = 3  # named one by one; the others are counted
ELLIPSIS = "…"
ADDRESS = re.compile(r"https?://[^\s<>|]{1,500}")
NOT_A_LINK = re.compile(r"<(?!(?:https?://|mailto:|tel:)[^<>\s]+>|(?:https?://|mailto:|tel:)[^<>|\s]+\|[^<>]*>)")

Block = dict[str, Any]


def mrkdwn(markdown: str) -> str:
    """Markdown as Slack writes it; nothing in it can call a person or a channel."""
    return NOT_A_LINK.sub("&lt;", slackify_markdown(markdown)).strip()


def answer_text(replies: list[dict[str, Any]]) -> str:
    """All replies of a turn as the text of a message."""
    return _cut(mrkdwn("\n\n".join(without_tables(reply.get("text", "")) for reply in replies)), TEXT)


def answer_blocks(replies: list[dict[str, Any]], key: str, *, share: bool = False, simple: bool = False) -> list[Block]:
    """All replies of a turn as the blocks of one message: words, sources, buttons, thumbs.

    `key` is the turn's; it stands in the ids of the buttons, so that a click finds its conversation. `simple` does
    without the blocks that not every workspace shows: Slack's own thumbs, and a table, of which a message can have one.
    """
    offered = [button for reply in replies for button in reply.get("buttons") or []][:BUTTONS]
    below = list(_choices(offered, key))
    if any("custom" in reply for reply in replies):
        thumbs = [("yes", "👍 Helpful", "yes"), ("no", "👎 Not helpful", "no")]
        below.append(_buttons("feedback", key, thumbs) if simple else _thumbs(key))
    if share:
        below.append(_buttons("share", key, [("", "Share with the channel", key)]))
    above = []
    for reply in replies:
        tables = not simple and all(block["type"] != "table" for block in above)
        above += [*_told(reply.get("text", ""), tables=tables), *_sources(reply)]
    room = BLOCKS - len(below)
    return [*above[:room], *below]


def question_block(user: str, question: str, key: str) -> Block:
    """Who asked what, above an answer that is shared by the turn of a key, by which it is found in the channel."""
    return {
        "type": "section",
        "block_id": f"shared#{key}",
        "text": _text(f"<@{user}> asked: *{_cut(escaped(question), 500)}*"),
    }


def noted(message: dict[str, Any], note: str) -> dict[str, Any]:
    """A message under a note."""
    blocks = {"blocks": [_context(mrkdwn(note)), *message["blocks"]][:BLOCKS]} if "blocks" in message else {}
    return {**message, "text": f"{mrkdwn(note)}\n\n{message['text']}", **blocks}


def shared(message: dict[str, Any], asked: Block) -> dict[str, Any]:
    """The message of an answer as everybody sees it: under who asked what, and without buttons.

    One of text alone gets blocks too, since it is found by the first of them.
    """
    blocks = message.get("blocks") or _written(message["text"])
    kept = [block for block in blocks if block["type"] not in ("actions", "context_actions")]
    text = _cut(f"{asked['text']['text']}\n\n{message['text']}", TEXT)
    return {**message, "text": text, "blocks": [asked, *kept][:BLOCKS]}


def clicked(blocks: list[Block], kind: str, note: str) -> list[Block]:
    """The blocks of a message whose buttons of one kind have given way to a note; unchanged where there are none."""
    places = [place for place, block in enumerate(blocks) if str(block.get("block_id", "")).startswith(f"{kind}-")]
    kept = [block for place, block in enumerate(blocks) if place not in places]
    return [*kept[: places[0]], _context(note), *kept[places[0] :]] if places else kept


def chosen(label: str) -> str:
    """What stands in the place of buttons that were used."""
    return f"You chose: {escaped(label)}"


def home(help_text: str, sure: str, note: str = "") -> dict[str, Any]:
    """The App Home: how to ask the advisor, and a button that lets it forget, which asks whether one is `sure`."""
    row = _buttons(FORGET, HOME, [("yes", "Forget what I said", "yes")])
    row["elements"][0]["confirm"] = {
        "title": _plain("Forget what you said?"),
        "text": _plain(_cut(sure, DIALOG)),
        "confirm": _plain("Forget it"),
        "deny": _plain("Keep it"),
    }
    blocks = [
        {"type": "header", "text": _plain("Career advisor")},
        *_sections(help_text),
        *([_context(mrkdwn(note))] if note else []),
        row,
    ]
    return {"type": "home", "blocks": blocks}


def forget_blocks(sure: str, key: str) -> list[Block]:
    """The question whether all is to be forgotten, with its two answers."""
    return [*_sections(sure), _buttons(FORGET, key, [("yes", "Forget what I said", "yes"), ("no", "Keep it", "no")])]


def pieces(text: str, size: int = SECTION) -> Iterator[str]:
    """A text in pieces of at most `size` characters, cut at line ends, else at spaces, else anywhere."""
    while len(text) > size:
        end = max(text.rfind("\n", 0, size + 1), 0) or max(text.rfind(" ", 0, size + 1), 0) or size
        if end == size and (entity := re.search(r"&\w*$", text[:size])):
            end = entity.start() or size  # not between & and ;
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    if text:
        yield text


def _sections(markdown: str) -> Iterator[Block]:
    yield from _written(mrkdwn(markdown))


def _written(text: str) -> Iterator[Block]:
    """A text that is as Slack writes it, in sections."""
    for piece in pieces(text):
        yield {"type": "section", "text": _text(piece)}


def _told(markdown: str, *, tables: bool) -> Iterator[Block]:
    """A text in sections; the first table in it, where `tables` may stand, as a table."""
    text: list[str] = []
    for part in parts(markdown):
        if isinstance(part, Table) and part.fits and tables:
            yield from _sections("\n\n".join(text))
            yield part.as_block()
            text, tables = [], False
        else:
            text.append(part.as_list() if isinstance(part, Table) else part)
    yield from _sections("\n\n".join(text))


def _sources(reply: dict[str, Any]) -> Iterator[Block]:
    """Where the words stand, each place with the beginning of what it says."""
    sources = (reply.get("custom") or {}).get("sources") or []
    if not sources:
        return
    lines = []
    for source in sources[:SOURCES]:
        heading = f", “{source['heading']}”" if source.get("heading") else ""
        quote = _cut(" ".join(source["quote"].split()), QUOTE)
        line = f", line {source['line']}" if source["line"] else ""
        lines.append(f"Source: {_linked(source['title'], source.get('url'))}{escaped(f'{heading}{line}: “{quote}”')}")
    if len(sources) > SOURCES:
        others = sorted({source["line"] for source in sources[SOURCES:] if source["line"]})
        where = f", lines {others[0]} to {others[-1]}" if others else ""
        lines.append(escaped(f"… and {len(sources) - SOURCES} more{where}"))
    lines += [escaped(each) for each in dict.fromkeys(source.get("attribution") for source in sources) if each]
    yield _context("\n".join(lines))


def _choices(offered: list[dict[str, Any]], key: str) -> Iterator[Block]:
    numbered = [
        (number, button["title"], button["payload"] if len(button["payload"]) <= VALUE else button["title"])
        for number, button in enumerate(offered)
    ]
    for start in range(0, len(numbered), ROW):
        yield _buttons("choice", key, numbered[start : start + ROW])


def _buttons(kind: str, key: str, labelled: list[tuple[Any, str, str]]) -> Block:
    """One row; an action id is `KIND-NAME`, the row's id is `KIND-NAME#KEY` of its first button."""
    elements = [
        {
            "type": "button",
            "action_id": f"{kind}-{name}",
            "text": {**_plain(_cut(label, LABEL)), "emoji": True},
            "value": value[:VALUE],
        }
        for name, label, value in labelled
    ]
    return {"type": "actions", "block_id": f"{elements[0]['action_id']}#{key}", "elements": elements}


def _thumbs(key: str) -> Block:
    """Slack's own buttons for feedback, which stand quietly under a message."""
    said = {"positive_button": ("👍", "Helpful", "yes"), "negative_button": ("👎", "Not helpful", "no")}
    thumbs = {
        button: {"text": _plain(text), "accessibility_label": label, "value": value}
        for button, (text, label, value) in said.items()
    }
    element = {"type": "feedback_buttons", "action_id": "feedback-thumbs", **thumbs}
    return {"type": "context_actions", "block_id": f"feedback-thumbs#{key}", "elements": [element]}


def _linked(title: str, url: str | None) -> str:
    """A title, as a link where it has an address."""
    return f"<{url}|{escaped(title)}>" if url and ADDRESS.fullmatch(url) else escaped(title)


def _context(text: str) -> Block:
    return {"type": "context", "elements": [_text(_cut(text, SECTION))]}


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def _text(text: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": text}


def _cut(text: str, size: int) -> str:
    return text if len(text) <= size else text[: size - 1].rstrip() + ELLIPSIS
