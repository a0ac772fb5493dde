"""Rasa's input channel for Slack: off without a token, over Socket Mode, over HTTP, or both."""

from __future__ import annotations

import os
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse
from slack_bolt.adapter.sanic.async_handler import AsyncSlackRequestHandler

from bot.channels.advisor import advisor_of
from bot.channels.slack.app import Credentials, SlackApp
from bot.channels.slack.signature import is_slacks
from bot.readiness import Actions
from bot.settings import refuse_slack_mixture
from bot.store import Store


class SlackInput(InputChannel):
    """With a signing secret, POST /webhooks/slack/events; with an app token, a connection over Socket Mode.

    Raises `SettingsError` where the tokens do not go together.
    """

    def __init__(self, credentials: Credentials, *, database_url: str) -> None:
        refuse_slack_mixture(credentials.bot_token, credentials.app_token, credentials.signing_secret)
        self._credentials = credentials
        self._database_url = database_url

    @classmethod
    def name(cls) -> str:
        return "slack"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> SlackInput:
        # Rasa refuses a credentials.yml that names a variable there is not, and these need not be there
        environment = {"guests": "SLACK_GUESTS", "mention_only": "SLACK_MENTION_ONLY"}
        given = {**{key: os.environ.get(name) for key, name in environment.items()}, **(credentials or {})}
        tokens = (given.get(name) or "" for name in ("bot_token", "app_token", "signing_secret", "api_url"))
        return cls(
            Credentials(*tokens, **{key: given[key] == "1" for key in environment}),
            database_url=given.get("database_url") or "",
        )

    def blueprint(self, on_new_message: Any) -> Blueprint:
        blueprint = Blueprint("advisor_slack")
        if not self._credentials.bot_token:
            return blueprint
        store = Store(self._database_url)
        actions_url, token = (os.environ.get(name) or "" for name in ("ADVISOR_ACTIONS_URL", "ADVISOR_ACTIONS_TOKEN"))
        ready = Actions(actions_url, token).alive if actions_url else None

        @blueprint.listener("before_server_start")
        async def prepare(app: Sanic, loop: Any) -> None:
            app.ctx.slack = SlackApp(self._credentials, store, lambda: advisor_of(app), ready)

        @blueprint.listener("after_server_start")
        async def start(app: Sanic, loop: Any) -> None:
            await app.ctx.slack.start()

        @blueprint.listener("before_server_stop")
        async def stop(app: Sanic, loop: Any) -> None:
            await app.ctx.slack.stop()

        if self._credentials.signing_secret:

            @blueprint.post("/events")
            async def receive(request: Request) -> HTTPResponse:
                return await self._receive(request)

        return blueprint

    async def _receive(self, request: Request) -> HTTPResponse:
        slack: SlackApp = request.app.ctx.slack
        secret = self._credentials.signing_secret
        if not await is_slacks(request.body, request.headers, secret=secret, is_first=slack.turns.is_first):
            return response.json({"error": "The signature is missing, wrong, old or used."}, status=401)
        if slack.refused:
            return response.json({"error": "The Slack channel is off."}, status=503)
        return await AsyncSlackRequestHandler(slack.bolt).handle(request)
