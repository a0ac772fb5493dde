"""The Bolt app: which of Slack's events, commands and clicks become turns; all else is thanked for and ignored."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.advisor import Advisor
from bot.channels.ready import until
from bot.channels.slack.answer import Answerer
from bot.channels.slack.delivery import TIMEOUT, Busy, Refused, Undeliverable, once, pauses
from bot.channels.slack.events import CHANNEL, EDIT, Turn, bot_of, of_click, of_command, of_message, team_of
from bot.channels.slack.forget import of_forgetting
from bot.channels.slack.listening import Listening
from bot.channels.slack.sessions import Sessions
from bot.channels.slack.socket import Socket
from bot.channels.slack.turns import Turns
from bot.channels.slack.used import BUTTON, COMMAND, Unused
from bot.said import Said
from bot.store import Store

BOT, APP = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"
LISTENING = 2.5  # seconds to find out whom a message is for; Slack waits for three, and then tells of it again

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Credentials:
    """What Slack gives to an app, where an empty text is not given; `guests` is the owner's word."""

    bot_token: str
    app_token: str = ""
    signing_secret: str = ""
    api_url: str = ""
    guests: bool = False  # whether people of other workspaces are answered
    mention_only: bool = False  # whether in channels it answers only where it is mentioned


class SlackApp:
    """Receives, keeps and answers; started and stopped with the server.

    `ready` tells whether the rest of the advisor is there by now, which starts beside us.
    """

    def __init__(
        self,
        credentials: Credentials,
        store: Store,
        advisor: Callable[[], Advisor],
        ready: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        library = logging.getLogger(f"{__name__}.library")
        library.setLevel(logging.ERROR)  # they warn of each payload not used, and at DEBUG print people's messages
        address = {"base_url": credentials.api_url.rstrip("/") + "/"} if credentials.api_url else {}
        self._client = AsyncWebClient(
            credentials.bot_token, timeout=TIMEOUT, logger=library, retry_handlers=[], **address
        )
        self._advisor = advisor
        self._is_ready = ready
        self._ready = asyncio.Event()
        self.turns = Turns(store, self._do)
        self._sessions = Sessions(self._client)
        self._answerer = Answerer(self._client, store, advisor, self.turns, self._sessions)
        self._mention_only = credentials.mention_only
        self._listening = Listening(self._client, self.turns, Said(store), advisor)
        self._bot_user: str | None = None
        self._tasks: set[asyncio.Task] = set()
        self._socket: Socket | None = None
        self._app_token = credentials.app_token
        self.refused = False
        self._socket_refused = False

        async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
            """What Bolt wants to know of us; by itself it would ask Slack while Slack waits for its thanks."""
            return AuthorizeResult(
                enterprise_id=enterprise_id,
                team_id=team_id,
                bot_user_id=self._bot_user,
                bot_token=credentials.bot_token,
            )

        self.bolt = AsyncApp(
            client=self._client,
            logger=library,
            name="career-advisor",
            signing_secret=credentials.signing_secret,
            authorize=authorize,
            process_before_response=True,  # Slack is thanked when a turn is in the store, not before
        )
        self.bolt.use(Unused(guests=credentials.guests))
        self.bolt.event("app_mention")(self._message)
        self.bolt.event("message")(self._message)
        self.bolt.event("app_home_opened")(self._home)
        self.bolt.event("assistant_thread_started")(self._assistant)
        self.bolt.event("agent_session_stopped")(self._stop)
        self.bolt.command(COMMAND)(self._command)
        self.bolt.action(BUTTON)(self._click)
        self.bolt.error(self._failed)

    async def start(self) -> None:
        """Begin to answer; Slack need not be there yet."""
        self._in_background(self._wait_until_ready())
        self._in_background(self.turns.beat())
        self._in_background(self._introduce())

    async def stop(self) -> None:
        """Take no more, and let the turns at work end."""
        if self._socket:
            await self._socket.close_async()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.turns.close()

    async def _wait_until_ready(self) -> None:
        if self._is_ready:
            await until(self._is_ready)
        self._ready.set()

    async def _introduce(self) -> None:
        """Learn who we are in Slack, then connect; goes on until Slack is there or refuses the token."""
        silent = False
        for pause in pauses():
            try:
                self._bot_user = (await once(self._client.auth_test))["user_id"]
                break
            except Refused as reason:
                return self._refuse(BOT, reason)
            except (Busy, Undeliverable) as reason:
                if not silent:
                    logger.warning("Slack: not to be reached (%s); trying again until it is.", reason)
                silent = True
                await asyncio.sleep(pause)
        logger.info("Slack: the bot token is good.")
        if self._app_token:
            self._socket = Socket(self.bolt, self._app_token, refused=lambda reason: self._refuse(APP, reason))
            await self._socket.connect_async()
        return None

    def _refuse(self, variable: str, reason: Refused) -> None:
        """Say once that a token is not accepted, and use it no more."""
        if self.refused or (self._socket_refused and variable == APP):
            return
        self.refused = variable == BOT
        self._socket_refused = True
        logger.error(
            "Slack refuses the token in %s (%s), so %s is off: put the token that the app's page at Slack shows into "
            "%s and start the advisor again.",
            variable,
            reason,
            "the Slack channel" if self.refused else "Socket Mode",
            variable,
        )
        if self._socket:
            self._in_background(self._socket.close_async())

    async def _do(self, turn: Turn, again: bool) -> str:
        await self._ready.wait()
        if self.refused:
            raise Refused
        try:
            return await self._answerer.do(turn, again)
        except Refused as reason:
            self._refuse(BOT, reason)
            raise

    async def _message(self, body: dict[str, Any]) -> None:
        turn = of_message(body, bot_user=self._bot_user)
        if not turn:
            return
        if turn.kind == EDIT:
            is_for_us = turn.called or bool(await self.turns.kept(turn.origin))
        else:
            is_for_us = turn.called or await self._is_for_us(turn, body)
        if is_for_us:
            await self.turns.take(turn)

    async def _is_for_us(self, turn: Turn, body: dict[str, Any]) -> bool:
        """Whether a message that does not mention us is for us; what people say to each other is not even taken."""
        if self._mention_only:
            return False
        written = body["event"].get("text") or ""
        looking = self._listening.is_for_us(turn, written, bot_of(body) or self._bot_user)
        return await asyncio.wait_for(looking, LISTENING)

    async def _command(self, body: dict[str, Any], ack: AsyncAck) -> None:
        await self.turns.take(of_command(body))
        await ack()

    async def _click(self, body: dict[str, Any], ack: AsyncAck) -> None:
        turn = of_forgetting(body) or of_click(body)
        if turn:
            await self.turns.take(turn)
        await ack()

    async def _home(self, event: dict[str, Any]) -> None:
        if event.get("tab", "home") == "home":
            self._in_background(self._shown("the App Home", self._answerer.show_home(event["user"])))
        elif event.get("tab") == "messages" and event.get("channel"):
            self._in_background(self._shown("prompts", self._suggest(event["channel"])))

    async def _assistant(self, event: dict[str, Any]) -> None:
        """Somebody opens a conversation where the app is an assistant, as agents were called before."""
        thread = event["assistant_thread"]
        self._in_background(self._shown("prompts", self._suggest(thread["channel_id"], thread["thread_ts"])))

    async def _suggest(self, channel: str, thread: str | None = None) -> None:
        advisor = self._advisor()
        prompts, title = (advisor.sentence(name, CHANNEL) for name in ("utter_prompts", "utter_prompts_title"))
        starters = (await advisor.owner()).starters
        await self._sessions.suggest(channel, list(starters) or prompts.splitlines(), title, thread=thread)

    async def _stop(self, body: dict[str, Any]) -> None:
        """Somebody wants no answer any more in a thread."""
        event = body["event"]
        channel, thread = event["channel"], event.get("thread_ts") or ""
        stopped = await self.turns.stop(f"{CHANNEL}:{team_of(body)}:{channel}:{thread}")
        self._in_background(self._shown("that it stopped", self._answerer.stopped(channel, thread, said=stopped)))

    async def _shown(self, what: str, work: Awaitable[None]) -> None:
        """Show something that no turn is about; what Slack does not take is logged."""
        try:
            await work
        except Undeliverable as reason:
            logger.warning("Slack does not take %s: %s.", what, reason)
        except Refused as reason:
            self._refuse(BOT, reason)

    async def _failed(self, error: Exception) -> BoltResponse:
        logger.error("Slack: a request failed.", exc_info=error)
        return BoltResponse(status=500)  # then Slack tries again

    def _in_background(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
