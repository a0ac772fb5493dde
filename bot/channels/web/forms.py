"""What the forms of the plain page bring: something to say, or that all is to be cleared."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from sanic.request import Request
from sanic.response import HTTPResponse, html

from bot.channels.advisor import Advisor, advisor_of
from bot.channels.conversation import LONGEST, clean
from bot.channels.gate import RENEWED, Gate
from bot.channels.refusals import SENTENCES, Refusal, refuse_more
from bot.channels.session import Session
from bot.channels.web import history, plain
from bot.channels.web.plain import Shown
from bot.channels.web.turns import AN_ID, CHANNEL, Message, Turns
from bot.channels.web.visitors import Visitors, conversation_of
from bot.owner import Owner
from bot.said import Said

CLEARED, ENDED, TOO_LONG = "utter_cleared", "utter_ended", "utter_too_long_by"


class _Held(Exception):
    """A refusal of what was to be said in a session, which the page keeps."""

    def __init__(self, shown: Shown, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.shown = shown
        self.refusal = refusal


class Forms:
    """Shows the plain page, and answers what its forms send with the page as it is then."""

    def __init__(self, *, gate: Gate, visitors: Visitors, said: Said, turns: Turns) -> None:
        self._gate = gate
        self._visitors = visitors
        self._said = said
        self._turns = turns

    async def show(self, request: Request) -> HTTPResponse:
        """The page before anything was said."""
        return _page(Shown(), await advisor_of(request.app).owner())

    async def take(self, request: Request) -> HTTPResponse:
        """The page after what was sent. Raises `Refusal` where that was no form."""
        fields = self._gate.form(request)
        shown = Shown(fields.get("token", ""), draft=fields.get("text", ""))
        owner = await advisor_of(request.app).owner()
        try:
            return _page(await self._taken(request, fields, shown), owner)
        except _Held as held:
            return _page(replace(held.shown, alert=held.refusal.sentence), owner, held.refusal)
        except Refusal as refusal:
            return _page(replace(shown, alert=refusal.sentence), owner, refusal)

    async def _taken(self, request: Request, fields: dict[str, str], shown: Shown) -> Shown:
        advisor = advisor_of(request.app)
        visitor, alert = await self._visitor(request, advisor, shown.token)
        if fields.get("clear") == plain.SURE:
            if visitor:
                await self._visitors.forget(visitor)
            return Shown(alert=alert or advisor.sentence(CLEARED, CHANNEL))
        token, draft = shown.token if visitor else "", ""
        more = len(clean(shown.draft)) - LONGEST
        if more > 0:  # it is kept, to be shortened
            draft = shown.draft
            alert = advisor.sentence(TOO_LONG, CHANNEL).format(more=f"{more:,}", most=f"{LONGEST:,}")
        elif shown.draft.strip():
            token = token or self._gate.new_session(request)
            try:
                visitor = self._gate.speaker(request, token)
                alert = await self._answer(request, advisor, visitor, fields.get("id", ""), shown.draft) or alert
            except Refusal as refusal:
                raise _Held(replace(shown, token=token), refusal) from refusal
        if visitor is None:
            return Shown(alert=alert, draft=draft)
        token = self._gate.renewal(visitor).get(RENEWED, token)
        entries, earlier = await asyncio.to_thread(history.page, self._said, conversation_of(visitor))
        return Shown(token, entries, earlier=earlier is not None, alert=alert, draft=draft, asking="clear" in fields)

    async def _visitor(self, request: Request, advisor: Advisor, token: str) -> tuple[Session | None, str]:
        """Who holds a token; nobody where there is none or its session is over, which is to be told."""
        try:
            return await self._visitors.opened(self._gate.reader(request, token)) if token else None, ""
        except Refusal as refusal:
            if refusal.status_code != 401:
                raise
            return None, advisor.sentence(ENDED, CHANNEL)

    async def _answer(self, request: Request, advisor: Advisor, visitor: Session, message_id: str, text: str) -> str:
        """Answers a message; returns what to tell where it could not be answered."""
        if not AN_ID.fullmatch(message_id):
            raise Refusal(400, SENTENCES[400])
        address = self._gate.address(request)
        refuse_more(advisor.line, address)
        message = Message(conversation_of(visitor), message_id, text, visitor=address)
        lines = [line async for line in self._turns.answer(advisor, message)]
        return next((line["error"] for line in lines if line["type"] == "error"), "")


def _page(shown: Shown, owner: Owner, refusal: Refusal | None = None) -> HTTPResponse:
    told = {**plain.headers(), **(refusal.headers if refusal else {})}
    return html(plain.page(shown, owner), status=refusal.status_code if refusal else 200, headers=told)
