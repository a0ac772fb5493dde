"""The Rasa server with the advisor's channels and nothing else: no HTTP API, no greeting page of Rasa's."""

from __future__ import annotations

import argparse
import logging
from functools import partial

import rasa.utils.common
from rasa.core.channels.channel import register
from rasa.core.run import close_resources, create_http_input_channels, load_agent_on_start
from rasa.core.utils import AvailableEndpoints
from rasa.utils.log_utils import configure_structlog
from sanic import Sanic

from bot.channels.page import secure
from bot.channels.refusals import refuse
from bot.settings import MODEL, ROOT

LARGEST_BODY = 400_000  # bytes; a click in Slack brings the whole message with it, up to 40,000 characters twice


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m bot.server", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5005)
    arguments = parser.parse_args()
    rasa.utils.common.configure_logging_and_warnings(log_level=logging.WARNING)
    configure_structlog(logging.WARNING)  # else each turn is written out whole, with what the person said
    logging.getLogger("bot").setLevel(logging.INFO)
    app = create_app()
    app.run(host=arguments.host, port=arguments.port, workers=1, access_log=False)


def create_app() -> Sanic:
    """The Sanic application with the channels of credentials.yml; the agent is loaded when it starts."""
    app = Sanic("career_advisor", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_BODY
    app.error_handler.add(Exception, refuse)
    app.register_middleware(secure, "response")
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    register(create_http_input_channels(None, str(ROOT / "credentials.yml")), app, route="/webhooks/")
    app.register_listener(partial(load_agent_on_start, str(MODEL), endpoints, None), "before_server_start")
    app.register_listener(close_resources, "after_server_stop")
    return app


if __name__ == "__main__":
    main()
