"""The Slack channel in a server of its own thread, with our tracker store and a model that needs no training."""

from __future__ import annotations

import asyncio
import threading
import uuid
from pathlib import Path
from typing import Any, ClassVar

import yaml
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage, register
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from sanic import Sanic, response

from bot.channels.slack.channel import SlackInput
from bot.tracker_store import WindowStore
from tests.advisor import ROOT, free_port
from tests.slack.people import SECRET
from tests.slack.stand_in import APP_TOKEN, BOT_TOKEN, SlackStandIn

SENTENCES = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
DOMAIN = {
    "responses": {
        **{
            name: said
            for name, said in SENTENCES.items()
            if name.startswith(("utter_forg", "utter_unavailable", "utter_stopped", "utter_prompts", "utter_perhaps"))
        },
        "utter_help": [
            {"text": "I tell what a job is like."},
            {"channel": "slack", "text": "I tell what a job is like. Type `/career` to ask."},
        ],
    }
}
LONG = "\n".join(f"- Line {number:03d} of a long answer & <more>, padded with words." for number in range(200))
TABLE = "Compared:\n\n| Job | Pay |\n|---|--:|\n| Welder | **$48,000** |\n| Baker | |\n\nThat is all."
SOURCE = {
    "document": "welder",
    "title": "welder page",
    "heading": "Skills",
    "line": 3,
    "quote": "Welders <weld> & cut.",
}


class Parrot(Agent):
    """Says what it was told, and where; "long" gets a long answer, "many" 30 buttons, "slow" takes a while.

    It understands each question as one about a career, except one about lunch; `looked_at` is what it was shown.
    """

    looked_at: ClassVar[list[str]] = []

    async def parse_message(self, message_data: str) -> dict[str, Any]:
        self.looked_at.append(message_data)
        intent = "greet" if "lunch" in message_data else "ask_skills"
        named = [{"entity": "occupation", "value": "welder"}] if "welder" in message_data else []
        return {"text": message_data, "intent": {"name": intent, "confidence": 0.95}, "entities": named}

    async def handle_message(self, message: UserMessage) -> None:
        tracker = await self.tracker_store.get_or_create_tracker(message.sender_id)
        said = sum(isinstance(event, UserUttered) for event in tracker.events) + 1
        if "slow" in message.text:
            await asyncio.sleep(1)
        buttons = 30 if "many" in message.text else 2
        reply = {
            "text": {"long": LONG, "table": TABLE}.get(message.text, f"**{said}.** You said: {message.text}"),
            "buttons": [{"title": f"Choice {n}", "payload": f'/choose{{"n": {n}}}'} for n in range(buttons)],
            "custom": {"kind": "which" if message.text == "ask back" else "parrot", "sources": [SOURCE]},
        }
        tracker.update(UserUttered(message.text, metadata=message.metadata))
        tracker.update(BotUttered(reply["text"], {"buttons": reply["buttons"]}))
        await self.tracker_store.save(tracker)
        await message.output_channel.send_response(message.sender_id, reply)


class Server:
    """A Sanic server with the Slack channel; `kill` stops it as a crash does."""

    def __init__(self, slack: SlackStandIn, database: Path, **credentials: str) -> None:
        self.port = free_port()
        given = {"bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "signing_secret": SECRET, **credentials}
        Sanic.test_mode = True  # lets one process have several servers, one after the other
        self.app = Sanic(f"slack_{uuid.uuid4().hex}", configure_logging=False)
        domain = Domain.from_dict(DOMAIN)
        trackers = WindowStore(domain, host=f"sqlite:///{database}")
        self.app.ctx.agent = Parrot(domain=domain, tracker_store=trackers)
        channel = SlackInput.from_credentials(
            {"api_url": slack.api_url, "database_url": f"sqlite:///{database}", **given}
        )
        register([channel], self.app, route="/webhooks/")
        self.app.add_route(lambda request: response.text("well"), "/health")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: Any = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def events_url(self) -> str:
        return f"{self.url}/webhooks/slack/events"

    def start(self) -> Server:
        """Listen, and begin to answer."""
        self._thread.start()
        self._run(self._start())
        return self

    def stop(self) -> None:
        """Stop as a server does that is told to."""
        self._run(self._stop())
        self._end()

    def kill(self) -> None:
        """Stop in the middle of whatever is going on."""
        self._end()
        self._server.server.close()

    async def _start(self) -> None:
        self._server = await self.app.create_server(
            "127.0.0.1", self.port, return_asyncio_server=True, access_log=False, asyncio_server_kwargs=None
        )
        await self._server.startup()
        await self._server.before_start()
        await self._server.after_start()

    async def _stop(self) -> None:
        await self._server.before_stop()
        await self._server.close()
        await self._server.after_stop()

    def _run(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
