"""The connection that Slack sends events over where the advisor has no public address (Socket Mode)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from bot.channels.slack.delivery import Busy, Refused, Undeliverable, once, pauses

PING = 5  # seconds between signs of life; a connection that stays silent for four of them is opened anew
OPENING = 20  # seconds that one try to connect has

logger = logging.getLogger(__name__)


class Connection(SocketModeClient):
    """slack_sdk's client, which by itself logs each failed try, dials an old address again and never gives up.

    This one asks for a fresh address for each try, waits longer and longer, logs only what changes, and ends
    where Slack refuses the token.
    """

    def __init__(self, app: AsyncApp, app_token: str, *, refused: Callable[[Refused], None]) -> None:
        super().__init__(app_token, logger=app.logger, web_client=app.client, ping_interval=PING)
        self._refused = refused
        self._lost, self._new = False, True

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        async with self.connect_operation_lock:
            if not self.closed and (force or not await self.is_connected()):
                await self.connect()

    async def connect(self) -> None:
        for pause in pauses():
            if self.closed:
                return
            try:
                await once(self._open)
            except Refused as reason:
                self.closed = True
                self._refused(reason)
                return
            except (Busy, Undeliverable) as reason:
                if not self._lost:
                    logger.warning("Slack: no connection (%s); trying again until there is one.", reason)
                self._lost, self._new = True, True
            else:
                if self._new:
                    logger.info("Slack: connected over Socket Mode.")
                self._lost, self._new = False, False
                return
            await asyncio.sleep(pause)

    async def _open(self) -> None:
        """Take the place of the session there is; Slack may have asked for that, so that nothing gets lost."""
        opened = await self.web_client.apps_connections_open(app_token=self.app_token)
        session = await asyncio.wait_for(
            self.aiohttp_client_session.ws_connect(
                opened["url"], autoping=False, heartbeat=self.ping_interval, proxy=self.proxy
            ),
            OPENING,
        )
        before, self.current_session = self.current_session, session
        self.stale, self.last_ping_pong_time = False, None
        tasks = [self.current_session_monitor, self.message_receiver]
        self.current_session_monitor = asyncio.create_task(self.monitor_current_session())
        self.message_receiver = asyncio.create_task(self.receive_messages())
        if before is not None:
            await before.close()
        for task in tasks:
            if task is not None and task is not asyncio.current_task():
                task.cancel()


class Socket(AsyncSocketModeHandler):
    """Bolt's handler over our connection."""

    def __init__(self, app: AsyncApp, app_token: str, *, refused: Callable[[Refused], None]) -> None:
        self.app = app
        self.app_token = app_token
        self.client = Connection(app, app_token, refused=refused)
        self.client.socket_mode_request_listeners.append(self.handle)
