"""The Rasa server with the advisor's channels and nothing else: no HTTP API, no greeting page of Rasa's."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
from collections.abc import Mapping
from functools import partial
from typing import Any

import rasa.utils.common
from rasa.core.channels.channel import register
from rasa.core.run import close_resources, create_http_input_channels, load_agent_on_start
from rasa.core.utils import AvailableEndpoints
from rasa.utils.log_utils import configure_structlog
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import logs, metrics
from bot.answers import compile_once
from bot.channels.advisor import Advisor, advisor_of
from bot.channels.refusals import refuse
from bot.channels.slack.left import SlackReceiver
from bot.channels.web.page import secure
from bot.edge.connections import Connections, most_connections
from bot.edge.hosts import Hosts
from bot.edge.protocol import StrictProtocol, make_strict
from bot.handoff.handoff import Handoff
from bot.handoff.left import LeftQuestions
from bot.handoff.webhook import Webhook
from bot.listening import bound
from bot.owner import OwnerSettings
from bot.readiness import Actions, Readiness
from bot.retention import Retention
from bot.settings import MODEL, ROOT
from bot.store import Store
from knowledge.base import KnowledgeBase

LARGEST_BODY = 400_000  # bytes; a click in Slack brings the whole message with it, up to 40,000 characters twice
ALIVE = 5  # seconds that the advisor's thread has to show that it goes on
GRACE = 8  # seconds for answers under way when the server stops


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m bot.server", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5005)
    arguments = parser.parse_args()
    rasa.utils.common.configure_logging_and_warnings(log_level=logging.WARNING)
    configure_structlog(logging.WARNING)  # else each turn is written out whole, with what the person said
    logs.configure_from_environment()
    app = create_app()
    if private_port := int(os.environ.get("ADVISOR_PRIVATE_PORT") or 0):
        metrics.serve(private_port)
    app.run(
        sock=bound(arguments.host, arguments.port),
        protocol=StrictProtocol,
        workers=1,
        access_log=False,
        motd=False,
    )


def create_app() -> Sanic:
    """The Sanic application with the channels of credentials.yml; the agent is loaded when it starts."""
    compile_once()
    app = Sanic("career_advisor", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_BODY
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = GRACE
    app.error_handler.add(Exception, refuse)
    app.register_middleware(secure, "response")
    hosts = Hosts(",".join(os.environ.get(name) or "" for name in ("ADVISOR_HOSTS", "HOST")))
    behind_proxies = int(os.environ.get("ADVISOR_PROXIES") or 0) > 0
    most_of_one = {"most_of_one": None} if behind_proxies else {}
    make_strict(app, hosts=hosts, connections=Connections(most=most_connections(), **most_of_one))
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    register(create_http_input_channels(None, str(ROOT / "credentials.yml")), app, route="/webhooks/")
    app.register_listener(partial(load_agent_on_start, str(MODEL), endpoints, None), "before_server_start")
    app.register_listener(begin, "after_server_start")
    app.register_listener(close_resources, "after_server_stop")
    app.ctx.handoff = handoff_of(os.environ)
    app.add_route(health, "/health")
    app.add_route(ready, "/ready")
    return app


async def begin(app: Sanic, loop: Any) -> None:
    """What runs beside the channels as long as the server does."""
    store, knowledge = Store(os.environ["DATABASE_URL"]), KnowledgeBase(os.environ["DATABASE_URL"])
    actions = Actions(os.environ["ADVISOR_ACTIONS_URL"], os.environ["ADVISOR_ACTIONS_TOKEN"])
    advisor = advisor_of(app)
    app.ctx.readiness = Readiness(store, knowledge, partial(_goes_on, advisor), actions)
    retention = Retention(store, days=int(os.environ.get("ADVISOR_RETENTION") or 30))
    app.add_task(retention.keep())
    app.add_task(app.ctx.handoff.keep())
    metrics.WAITING.set_function(lambda: len(advisor.line))
    metrics.CONNECTIONS.set_function(lambda: len(app.ctx.connections))
    metrics.CUT.set_function(lambda: app.ctx.connections.refused)
    metrics.OCCUPATIONS.set_function(lambda: len(knowledge.occupations()))
    metrics.IMPORTED.set_function(lambda: len(knowledge.sources()))


def handoff_of(environ: Mapping[str, str]) -> Handoff:
    """The ways to a person: what the owner has set, by the means that the environment gives."""
    url, receivers = environ["DATABASE_URL"], {}
    if environ.get("SLACK_BOT_TOKEN"):
        receivers["slack"] = SlackReceiver(environ["SLACK_BOT_TOKEN"], environ.get("SLACK_API_URL") or "")
    if environ.get("ADVISOR_WEBHOOK_SECRET"):
        receivers["webhook"] = Webhook(environ["ADVISOR_WEBHOOK_SECRET"])
    return Handoff(OwnerSettings(url, environ=environ), LeftQuestions(Store(url)), receivers)


async def health(request: Request) -> HTTPResponse:
    """Whether the server is alive: it takes requests, and the advisor's thread takes work."""
    alive = await _goes_on(advisor_of(request.app))
    return response.json({"alive": alive}, status=200 if alive else 503)


async def ready(request: Request) -> HTTPResponse:
    """Whether it can answer, and what of it is missing."""
    found = await request.app.ctx.readiness.look()
    return response.json(found, status=200 if found and all(found.values()) else 503)


async def _goes_on(advisor: Advisor) -> bool:
    try:
        return await asyncio.wait_for(advisor.alive(), ALIVE)
    except asyncio.TimeoutError:
        return False


if __name__ == "__main__":
    main()
