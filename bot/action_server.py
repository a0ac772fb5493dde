"""The action server: the actions of `actions/` for the Rasa server, which alone has the token; nothing else.

rasa_sdk's own server answers to everybody, and to a failure with the whole conversation, which Rasa then logs.
"""

from __future__ import annotations

import argparse
import asyncio
import hmac
import importlib
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot import logs
from bot.channels.refusals import Refusal, refuse
from bot.edge.connections import Connections, most_connections
from bot.edge.hosts import Hosts
from bot.edge.protocol import StrictProtocol, make_strict

UNREAD = "NONE"  # the method that Sanic gives to a request which could not be read, and which is refused for that
LARGEST_BODY = 4_000_000  # bytes; a call brings the last turns of a conversation and the domain


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m bot.action_server", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    logs.configure_from_environment()
    app = create_app("actions.actions", token=os.environ["ADVISOR_ACTIONS_TOKEN"])
    app.run(host="127.0.0.1", port=arguments.port, protocol=StrictProtocol, access_log=False, motd=False)


def create_app(package: str, *, token: str) -> Sanic:
    """The application: POST /webhook runs an action of the package, GET /health says that the server is there.

    Actions run one after the other in a thread beside the server, which answers for its health meanwhile. Where the
    package has a function `prepare`, that runs first, and GET /ready says whether it is done.
    """
    app = Sanic("career_advisor_actions", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_BODY
    app.error_handler.add(Exception, refuse)
    make_strict(app, hosts=Hosts(), connections=Connections(most=most_connections(), most_of_one=None))
    executor = ActionExecutor()
    executor.register_package(package)
    prepare = getattr(importlib.import_module(package), "prepare", lambda: None)
    aside = ThreadPoolExecutor(1, thread_name_prefix="actions")

    @app.listener("after_server_start")
    async def begin(app: Sanic, loop: Any) -> None:
        app.ctx.prepared = loop.run_in_executor(aside, prepare)

    @app.middleware("request")
    async def refuse_strangers(request: Request) -> None:
        if request.method == UNREAD:
            return
        if not hmac.compare_digest((request.token or "").encode(), token.encode()):
            raise Refusal(401, "Only the advisor's own server may ask here.")

    @app.get("/health")
    async def health(request: Request) -> HTTPResponse:
        return json({"alive": True})

    @app.get("/ready")
    async def ready(request: Request) -> HTTPResponse:
        done = app.ctx.prepared.done() and app.ctx.prepared.exception() is None
        return json({"prepared": done}, status=200 if done else 503)

    @app.post("/webhook")
    async def webhook(request: Request) -> HTTPResponse:
        call = request.json
        if not isinstance(call, dict):
            raise Refusal(400, "A call has to be a JSON object.")
        try:
            run = asyncio.get_running_loop().run_in_executor(aside, asyncio.run, executor.run(call))
            return json(await run)
        except ActionExecutionRejection as rejection:
            return json({"error": "rejected", "action_name": rejection.action_name}, status=400)
        except ActionNotFoundException as error:
            raise Refusal(404, "There is no such action.") from error

    return app


if __name__ == "__main__":
    main()
