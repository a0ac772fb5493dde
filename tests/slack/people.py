"""People in the stand-in's workspace: what they write, type and click, told to the app over Socket Mode or HTTP."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.advisor import until
from tests.slack.stand_in import BOT, TEAM, SlackStandIn

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
FORM = "application/x-www-form-urlencoded"
QUIET = 0.7  # seconds in which an answer that must not come would have come


def sign(body: bytes, timestamp: int | str, secret: str = SECRET) -> str:
    """Slack's signature of a request."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()


@dataclass
class Workspace:
    """Sends over HTTP where there is an `events_url`, over Socket Mode otherwise; returns seconds until thanked."""

    slack: SlackStandIn
    events_url: str = ""
    seconds: list[float] = field(default_factory=list)

    def say(self, text: str, *, user: str = "U1", channel: str = "C1", thread: str | None = None, **more: Any) -> str:
        """Write a message; where it mentions the advisor, Slack tells of it twice. Returns its timestamp."""
        event = self.message(text, user=user, channel=channel, thread=thread, **more)
        self.slack.said[channel].append(event)
        if f"<@{BOT}>" in text and not channel.startswith("D"):
            self.event({**event, "type": "app_mention"})
        self.event(event)
        return event["ts"]

    def place(self, channel: str) -> str:
        """Slack's id of a channel; here, what the tests call it."""
        return channel

    def edit(self, ts: str, text: str, *, channel: str = "C1") -> float:
        """Change the words of a message; where they mention the advisor, Slack tells of it twice."""
        message = next(each for each in self.slack.said[channel] if each["ts"] == ts)
        before, now = dict(message), self.slack.ts()
        message.update(text=text, edited={"user": message["user"], "ts": now})
        inner = {key: value for key, value in message.items() if key not in ("channel", "channel_type")}
        if f"<@{BOT}>" in text and not channel.startswith("D"):
            self.event({**message, "type": "app_mention"})
        return self.event(
            {
                "type": "message",
                "subtype": "message_changed",
                "hidden": True,
                "channel": message["channel"],
                "channel_type": message["channel_type"],
                "ts": now,
                "message": inner,
                "previous_message": {key: value for key, value in before.items() if key in inner and key != "edited"},
            }
        )

    def mention(self, text: str, **more: Any) -> str:
        """Write a message that mentions the advisor."""
        return self.say(f"<@{BOT}> {text}", **more)

    def message(
        self, text: str, *, user: str = "U1", channel: str = "C1", thread: str | None = None, **more: Any
    ) -> dict[str, Any]:
        """The event of a message."""
        kind = {"D": "im", "G": "group"}.get(channel[0], "channel")
        event = {"type": "message", "user": user, "text": text, "channel": self.place(channel), "channel_type": kind}
        event.update({"ts": self.slack.ts(), **more})
        return {**event, "thread_ts": thread} if thread else event

    def event(self, event: dict[str, Any], *, retry: int = 0, **told: Any) -> float:
        """Tell of an event, as the first time or as a retry; `told` stands beside it."""
        body = {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": f"Ev{event.get('ts', self.slack.ts())}{event['type']}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
            "event": event,
            **told,
        }
        if not self.events_url:
            more = {"retry_attempt": retry, "retry_reason": "timeout"} if retry else {}
            return self._told(self.slack.run(self.slack.envelope("events_api", body, **more)))
        headers = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
        return self._posted(json.dumps(body).encode(), {"Content-Type": "application/json", **headers})

    def command(self, text: str, *, user: str = "U1", channel: str = "C1") -> str:
        """Type `/career`; returns the address at which it is answered."""
        body = {
            "command": "/career",
            "text": text,
            "team_id": TEAM,
            "channel_id": self.place(channel),
            "user_id": user,
            "trigger_id": f"trigger.{self.slack.ts()}",
            "response_url": self.slack.response_url(),
        }
        if self.events_url:
            self._posted(urllib.parse.urlencode(body).encode(), {"Content-Type": FORM})
        else:
            self._told(self.slack.run(self.slack.envelope("slash_commands", body)))
        return body["response_url"]

    def click(
        self,
        message: dict[str, Any],
        label: str,
        *,
        user: str = "U1",
        team: str = TEAM,
        channel: str = "C1",
        answer: str | None = None,
    ) -> float:
        """Click the button with this label, in a message of a channel or in a private one."""
        button, block = _button(message, label)
        ephemeral = "ts" not in message
        ts = message.get("ts") or f"1700000000.{int(message['number']):06d}"
        action = {**button, "block_id": block["block_id"], "action_ts": self.slack.ts()}
        body = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": user, "team_id": team},
            "channel": {"id": self.place(channel)},
            "container": {
                "type": "message",
                "message_ts": ts,
                "channel_id": self.place(channel),
                "is_ephemeral": ephemeral,
                **({"thread_ts": message["thread_ts"]} if message.get("thread_ts") else {}),
            },
            "trigger_id": f"trigger.{self.slack.ts()}",
            "response_url": answer or self.slack.response_url(),
            "actions": [action],
            **({} if ephemeral else {"message": dict(message)}),
        }
        return self.interact(body)

    def click_at_home(self, label: str, *, user: str = "U1") -> float:
        """Click the button with this label in the App Home, and confirm it where Slack asks."""
        view = self.slack.homes[user]
        button, block = _button(view, label)
        body = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": user, "team_id": TEAM},
            "container": {"type": "view", "view_id": "V1"},
            "view": {"id": "V1", "type": "home", "hash": self.slack.ts()},
            "trigger_id": f"trigger.{self.slack.ts()}",
            "actions": [{**button, "block_id": block["block_id"], "action_ts": self.slack.ts()}],
        }
        return self.interact(body)

    def interact(self, body: dict[str, Any]) -> float:
        """Send the payload of something interactive."""
        if not self.events_url:
            return self._told(self.slack.run(self.slack.envelope("interactive", body)))
        return self._posted(urllib.parse.urlencode({"payload": json.dumps(body)}).encode(), {"Content-Type": FORM})

    def answers(self, number: int = 1, *, channel: str = "C1", seconds: float = 40) -> list[dict[str, Any]]:
        """Wait until the advisor has posted so many messages in a channel; they are returned."""
        return self._waited(lambda: self.slack.messages[channel], number, seconds)

    def private(self, number: int = 1, *, seconds: float = 40) -> list[dict[str, Any]]:
        """Wait until so many messages were sent to response URLs; they are returned."""
        return self._waited(lambda: self.slack.private, number, seconds)

    def _waited(self, said: Callable[[], list[dict[str, Any]]], number: int, seconds: float) -> list[dict[str, Any]]:
        until(lambda: len(said()) >= number, seconds)
        return said()

    def _posted(self, body: bytes, headers: dict[str, str]) -> float:
        now = int(time.time())
        began = time.monotonic()
        status, _ = post(
            self.events_url,
            body,
            {**headers, "X-Slack-Request-Timestamp": str(now), "X-Slack-Signature": sign(body, now)},
        )
        assert status == 200, status
        return self._told(time.monotonic() - began)

    def _told(self, seconds: float) -> float:
        self.seconds.append(seconds)
        return seconds


def _button(message: dict[str, Any], label: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The button with this label, and the row that it stands in."""
    return next(
        (button["action"], block)
        for block in message["blocks"]
        for button in _buttons_of(block)
        if label in button["label"]
    )


def post(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    """POST; returns status and text."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def shown(message: dict[str, Any]) -> str:
    """All that stands in the blocks of a message."""
    texts = []
    for block in message["blocks"]:
        if block["type"] == "table":
            texts += [" | ".join(cell["text"] for cell in row) for row in block["rows"]]
        elif block["type"] != "context_actions":
            parts = block.get("elements") or [block]
            texts += [part["text"]["text"] if isinstance(part["text"], dict) else part["text"] for part in parts]
    return "\n".join(texts)


def labels(message: dict[str, Any]) -> list[str]:
    """The labels of the buttons of a message; of thumbs, what they are called for those who do not see them."""
    return [button["label"] for block in message["blocks"] for button in _buttons_of(block)]


def _buttons_of(block: dict[str, Any]) -> list[dict[str, Any]]:
    """The buttons in a block, each with its label and what Slack tells of a click on it."""
    if block["type"] == "actions":
        return [{"label": button["text"]["text"], "action": button} for button in block["elements"]]
    thumbs = block["elements"] if block["type"] == "context_actions" else []
    return [
        {
            "label": thumb[side]["accessibility_label"],
            "action": {
                "type": "feedback_buttons",
                "action_id": thumb["action_id"],
                "text": thumb[side]["text"],
                "value": thumb[side]["value"],
            },
        }
        for thumb in thumbs
        for side in ("positive_button", "negative_button")
    ]
