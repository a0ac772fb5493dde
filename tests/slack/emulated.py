"""Slack as `emulate` has it (a public emulator from npm), for the tests that it can play; see tests/README.md."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.advisor import free_port, until
from tests.slack.people import SECRET, Workspace
from tests.slack.stand_in import BOT, BOT_TOKEN, SlackStandIn

COMMAND = ["npx", "--yes", "-p", "node@24", "-p", "emulate@0.12.2", "emulate"]
PATIENCE = 180  # seconds, fetching it included
PLAYED = ("test_flows", "test_listening", "test_edits")  # the tests for which it has what they need
TOKENS = {user: f"xoxp-{user}-of-the-tests" for user in ("U1", "U2", "U3")}


class Emulator(SlackStandIn):
    """The workspace is the emulator's; commands, clicks and response URLs, which it lacks, are the stand-in's."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.emulator_port = free_port()
        seed = folder / "seed.json"
        seed.write_text(json.dumps(SEED), encoding="utf-8")
        with (folder / "emulate.log").open("wb") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "--service", "slack", "--port", str(self.emulator_port), "--seed", str(seed)],
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until(self._answers, PATIENCE)
        self._places: dict[str, str] = {}
        self.messages = Messages(self)

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.emulator_port}/api/"

    def call(self, method: str, token: str = TOKENS["U1"], **arguments: Any) -> dict[str, Any]:
        """Call the emulator's Web API; fails where it refuses."""
        body = urllib.parse.urlencode(arguments).encode()
        request = urllib.request.Request(self.api_url + method, body, {"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            said = json.loads(answer.read())
        assert said["ok"], (method, said)
        return said

    def place(self, channel: str) -> str:
        """The emulator's id of what the tests call C1 or D1; made on first use."""
        if channel not in self._places:
            if channel.startswith("D"):
                made = self.call("conversations.open", TOKENS[author(channel)], users=BOT)
            else:
                made = self.call("conversations.create", name=f"channel-{channel.lower()}")
                self.call("conversations.invite", channel=made["channel"]["id"], users=BOT)
            self._places[channel] = made["channel"]["id"]
        return self._places[channel]

    def methods(self) -> list[str]:
        pytest.skip("the emulator does not tell what it was asked")

    def fail(self, method: str, *failures: Any) -> None:
        pytest.skip("the emulator does not fail")

    def close(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(30)
        super().close()

    def _answers(self) -> bool:
        assert self.process.poll() is None, "emulate has ended; see its log"
        try:
            return self.call("auth.test", BOT_TOKEN)["ok"]
        except OSError:
            return False


class Messages:
    """What the advisor has posted, by channel, as the emulator keeps it."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def __getitem__(self, channel: str) -> list[dict[str, Any]]:
        slack, place = self._emulator, self._emulator.place(channel)
        found: dict[str, dict[str, Any]] = {}
        for message in slack.call("conversations.history", BOT_TOKEN, channel=place, limit=200)["messages"]:
            replies = slack.call("conversations.replies", BOT_TOKEN, channel=place, ts=message["ts"], limit=200)[
                "messages"
            ]
            found.update({each["ts"]: each for each in [message, *replies] if each["user"] == BOT})
        return [found[ts] for ts in sorted(found)]


class EmulatedWorkspace(Workspace):
    """People whose messages stand in the emulator; Slack's events of them are sent from here, signed."""

    slack: Emulator

    def place(self, channel: str) -> str:
        return self.slack.place(channel)

    def message(
        self, text: str, *, user: str = "U1", channel: str = "C1", thread: str | None = None, **more: Any
    ) -> dict[str, Any]:
        if text and "ts" not in more:
            said = {"channel": self.place(channel), "text": text, **({"thread_ts": thread} if thread else {})}
            more["ts"] = self.slack.call("chat.postMessage", TOKENS[author(channel, user)], **said)["ts"]
        return super().message(text, user=user, channel=channel, thread=thread, **more)

    def edit(self, ts: str, text: str, *, channel: str = "C1") -> float:
        user = next(each["user"] for each in self.slack.said[channel] if each["ts"] == ts)
        self.slack.call("chat.update", TOKENS[author(channel, user)], channel=self.place(channel), ts=ts, text=text)
        return super().edit(ts, text, channel=channel)

    def event(self, event: dict[str, Any], **told: Any) -> float:
        if event["type"] == "app_home_opened":
            pytest.skip("the emulator does not show a home")
        return super().event(event, **told)


def author(channel: str, user: str = "U1") -> str:
    """Whose token says something there: in D2 it is U2; what somebody says who has none is U1's."""
    user = f"U{channel[1:]}" if channel.startswith("D") else user
    return user if user in TOKENS else "U1"


SEED = {
    "slack": {
        "signing_secret": SECRET,
        "oauth_apps": [
            {
                "app_id": "A1",
                "client_id": "1.1",
                "client_secret": "x",
                "name": "Career Advisor",
                "redirect_uris": [],
                "scopes": ["chat:write", "channels:history", "groups:history", "im:history", "mpim:history"],
                "bot_id": "B0BOT",
                "bot_user_id": "U0BOT",
                "bot_name": "advisor",
            }
        ],
        "tokens": [
            {"token": BOT_TOKEN, "user": "U0BOT", "type": "bot", "app_id": "A1", "bot_id": "B0BOT"},
            *({"token": token, "user": user, "type": "user"} for user, token in TOKENS.items()),
        ],
    }
}
