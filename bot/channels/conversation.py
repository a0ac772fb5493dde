"""One message of a person -> the advisor's replies: cleaned, limited, and never left without an answer."""

from __future__ import annotations

import asyncio
import logging
import re
import unicodedata
from collections.abc import Awaitable, Callable
from functools import partial
from html import unescape
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.channels.advisor import Advisor
from bot.channels.forgetting import told
from bot.channels.numbers import COVER, covered
from bot.handoff.handoff import Taken
from bot.kept import Amount
from bot.logs import for_visitor
from bot.metrics import ANSWERS, FAILED, SECONDS, UNSURE

LONGEST = 2000  # characters
PATIENCE = 15  # seconds; Rasa itself would wait five minutes for an action server that hangs
EMPTY, TOO_LONG, COVERED, THANKS = "/signal_empty", "/signal_too_long", "/signal_covered", "/thanks"
THUMBS = re.compile("[👍👌🙏❤💯🙌]")
UNAVAILABLE = "utter_unavailable"
FORGET = "forget"  # the kind of a reply that asks the channel to forget the conversation
LEAVE = "leave"  # the kind of a reply that asks the channel to send a question to people
SPACE = re.compile(r"\s+")
TAG = re.compile(  # of HTML; "<jobs>" is a word in brackets
    r"</?(?:a|abbr|b|big|blockquote|body|br|button|center|code|div|em|font|form|h[1-6]|head|hr|html|i|iframe|img|input|"
    r"label|li|link|meta|ol|p|pre|script|small|span|strong|style|sub|sup|svg|table|tbody|td|th|thead|tr|u|ul)"
    r"(?:\s[^<>]*|/)?>",
    re.IGNORECASE,
)
ZERO_WIDTH = "\u200b"  # between words, where somebody put it in place of a space

logger = logging.getLogger(__name__)


def clean(text: object) -> str:
    """The words of a message: in plain letters (NFKC), without markup, control characters and marks piled up.

    Line breaks stay, one each; numbers that nobody should type here are covered.
    """
    if not isinstance(text, str):
        return ""
    text = unicodedata.normalize("NFKC", TAG.sub(" ", unescape(text)).replace(ZERO_WIDTH, " "))
    kept, marks = [], 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category.startswith("M") else 0
        if character.isspace():
            kept.append("\n" if character == "\n" else " ")
        elif category not in ("Cc", "Cf", "Cs", "Co", "Cn") and marks <= 2:
            kept.append(character)
    lines = (SPACE.sub(" ", line).strip() for line in "".join(kept).splitlines())
    return covered("\n".join(filter(None, lines)))


def readable(text: str) -> bool:
    """Whether a message holds a letter or a digit; the face of a shrug, ¯\\_(ツ)_/¯, is none."""
    return any(unicodedata.category(character)[0] in "LN" for character in text.replace("ツ", ""))


async def as_sent(advisor: Advisor, conversation: str, text: object) -> str:
    """What Rasa is given for a message.

    A text that begins with `/` would go straight to Rasa's intents, so it is given without its slashes,
    unless it is the payload of a button that the bot has offered in this conversation.
    """
    if isinstance(text, str) and len(text) > LONGEST:
        return TOO_LONG
    cleaned = clean(text)
    if len(cleaned) > LONGEST:  # some characters are written as many
        return TOO_LONG
    if not readable(cleaned):
        if COVER in cleaned:
            return COVERED
        return THANKS if THUMBS.search(cleaned) else EMPTY
    if cleaned.startswith("/") and not await advisor.offered(conversation, cleaned):
        return cleaned.lstrip("/ ") or EMPTY
    return cleaned


async def converse(
    advisor: Advisor,
    text: object,
    *,
    conversation: str,
    visitor: str,
    channel: str,
    output: Replies,
    metadata: dict[str, Any] | None = None,
    forget: Callable[[str], Amount] | None = None,
) -> bool:
    """Let the advisor answer one message into `output`, when its turn has come; returns whether it did.

    `forget` deletes what was said in a conversation; it is called where the person has asked for it, and said yes.
    A question that is left for people is sent after the turn: who receives it may be slow, and keeps nobody waiting.
    """
    for_visitor.set(True)
    if advisor.handoff:
        output.take = partial(advisor.handoff.take, conversation, visitor=visitor)
    give = partial(_give, advisor, conversation, channel, output, metadata)
    with SECONDS.labels(channel).time():
        async with advisor.line.turn(visitor, conversation):
            try:
                if advisor.handoff:
                    await asyncio.wait_for(advisor.handoff.tell_news(conversation, give), PATIENCE)
                await asyncio.wait_for(_answer(advisor, text, conversation, give), PATIENCE)
                if output.forgets and forget:
                    forgotten = await asyncio.to_thread(forget, conversation)
                    words = told(partial(advisor.sentence, channel=channel), forgotten)
                    await output.send_text_message(conversation, words)
                answered = output.said
            except Exception:  # whatever fails behind a channel, the person is told and the log has it
                logger.exception("A turn of the channel %s failed.", channel)
                answered = False
    if answered and output.taken:
        await _send_left(advisor, output, conversation, visitor, channel, give)
    for kind in output.kinds():
        ANSWERS.labels(channel, kind).inc()
    UNSURE.labels(channel).inc(output.gaps())
    if not answered:
        FAILED.labels(channel).inc()
    return answered


async def _answer(advisor: Advisor, text: object, conversation: str, give: Callable[[str], Awaitable[None]]) -> None:
    await give(await as_sent(advisor, conversation, text))


async def _give(
    advisor: Advisor, conversation: str, channel: str, output: Replies, metadata: dict[str, Any] | None, text: str
) -> None:
    """Let Rasa take a text, of a person or a signal of ours."""
    await advisor.handle(UserMessage(text, output, conversation, input_channel=channel, metadata=metadata))


async def _send_left(
    advisor: Advisor,
    output: Replies,
    conversation: str,
    visitor: str,
    channel: str,
    give: Callable[[str], Awaitable[None]],
) -> None:
    """Send a question to people, and say how that went."""
    signal = output.taken.signal
    try:
        signal = await advisor.handoff.send(output.taken)
    except Exception:  # it is kept, and tried again
        logger.exception("A question that was left for people could not be sent.")
    try:
        async with advisor.line.turn(visitor, conversation):
            await asyncio.wait_for(give(f"/{signal}"), PATIENCE)
    except Exception:  # then it is said without Rasa, which does not keep that it was
        logger.exception("It could not be kept what became of a question that was left for people.")
        said = advisor.sentence(signal.replace("signal_", "utter_", 1), channel)
        await output.send_text_message(conversation, said)


class Replies(CollectingOutputChannel):
    """Collects replies, each whole: {"text", "buttons", "custom": {"sources"}}.

    Other channels of Rasa's cut a text at its blank lines and send what is custom as a message of its own.
    `on_reply` is called with each as it comes.
    """

    def __init__(self, on_reply: Callable[[dict[str, Any]], None] | None = None) -> None:
        super().__init__()
        self._on_reply = on_reply
        self.forgets = False  # whether the person wants to be forgotten
        self.take: Callable[[str, str], Taken] | None = None  # keeps a question for people, and how to reach who asks
        self.taken: Taken | None = None

    @property
    def said(self) -> bool:
        """Whether there was any reply."""
        return bool(self.messages)

    def kinds(self) -> list[str]:
        """The kind of each reply, as the action server names it; `talk` for a sentence of the domain's."""
        return [(reply.get("custom") or {}).get("kind") or "talk" for reply in self.messages]

    def gaps(self) -> int:
        """How many of the replies name something that the sources do not say."""
        return sum(bool((reply.get("custom") or {}).get("gap")) for reply in self.messages)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        await self.send_response(recipient_id, {"text": text})

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        if (message.get("custom") or {}).get("kind") == FORGET:
            self.forgets = True
            return
        if (message.get("custom") or {}).get("kind") == LEAVE:
            left = message.pop("custom")
            if self.take is None:
                raise RuntimeError("There is nobody to whom a question could be sent.")
            # before Rasa keeps that it was left; where this fails, so does the turn, and it can be said again
            self.taken = await asyncio.to_thread(self.take, str(left["question"]), str(left["reach"]))
        reply = self._message(
            recipient_id,
            text=(message.get("text") or "").strip(),
            buttons=message.get("buttons") or None,
            custom=message.get("custom") or None,
        )
        await self._persist_message(reply)
        if self._on_reply:
            self._on_reply(reply)
