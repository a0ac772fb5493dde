"""What Slack sends -> what the advisor has to do about it; pure, and nothing where there is nothing to do."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bot.channels.slack.shared import shared_words
from bot.channels.slack.text import mentions, plain

CHANNEL = "slack"
HELP = "help"  # what is asked where somebody calls the advisor and says nothing
PERSONS = (None, "file_share", "thread_broadcast")  # the subtypes of messages that people write
SLACKBOT = "USLACKBOT"
CLICKS = ("choice", "feedback", "share")  # what the action ids of an answer's buttons begin with
EDIT = "edit"
FORGET = "forget"  # the word after the command, and what the action ids of the buttons begin with that confirm it


@dataclass(frozen=True)
class Turn:
    """One thing to do for one person.

    `key` is `CONVERSATION#WHAT`, the same whenever and however Slack tells of the same thing. A conversation is
    one person's: `slack:TEAM:CHANNEL:THREAD:USER` in a thread, `slack:TEAM:CHANNEL:USER` elsewhere. So nobody is told
    what another has said of themselves, and what is to be forgotten of somebody is found.
    """

    key: str
    kind: str  # message, EDIT, command, FORGET, or one of CLICKS
    user: str
    channel: str
    text: str = ""  # what was said; of a click, the payload or value of the button
    thread: str | None = None  # the thread to answer in
    ts: str = ""  # of the message said, or of the message clicked in
    called: bool = True  # false: a message in a thread, for us only if we are part of it
    response_url: str = ""
    label: str = ""  # the title of the button
    origin: str = ""  # of a click: the key of the turn that offered the button; of an edit: of what was edited
    ephemeral: bool = False
    shown: dict[str, Any] = field(default_factory=dict)  # of a click: text and blocks of the message, if Slack tells

    @property
    def place(self) -> str:
        """The thread, direct message or channel, which others may be in too."""
        return self.owner.rpartition(":")[0]

    @property
    def conversation(self) -> str:
        """The person's own; of a click in what another has asked, that of who clicks."""
        return f"{self.place}:{self.user}"

    @property
    def owner(self) -> str:
        """The conversation of the person who was answered; of a click, not always that of who clicks."""
        return self.key.partition("#")[0]

    def click(self, kind: str) -> str:
        """Of a click: the key that a click of another kind on the same message has."""
        return f"{self.owner}#{kind}-{self.ts}"

    def as_json(self) -> str:
        """For `of_json`."""
        return json.dumps(asdict(self))

    @classmethod
    def of_json(cls, text: str) -> Turn:
        return cls(**json.loads(text))


def of_message(body: dict[str, Any], *, bot_user: str | None = None) -> Turn | None:
    """The turn of a message, a mention or an edit; joins, what bots say and talk among people are none.

    Slack tells of a mention twice, as `app_mention` and as `message`: both give the same turn. It tells of an edit as
    `message_changed`, and of one with a mention as `app_mention` with `edited` too, which is ignored.
    """
    event = body["event"]
    if event.get("subtype") == "message_changed":
        return _of_edit(body, bot_user)
    bot_user = bot_of(body) or bot_user
    user, text, ts = event.get("user"), event.get("text") or "", event.get("ts")
    if event.get("subtype") not in PERSONS or event.get("hidden") or event.get("bot_id") or "edited" in event:
        return None
    if not user or user in (bot_user, SLACKBOT) or not ts:
        return None
    direct = event.get("channel_type") == "im" or event["channel"].startswith("D")
    called = direct or event["type"] == "app_mention" or mentions(text, bot_user)
    if not called and not event.get("thread_ts"):
        return None
    thread = event.get("thread_ts") or (None if direct else ts)
    conversation = ":".join(filter(None, [CHANNEL, team_of(body), event["channel"], thread, user]))
    return Turn(
        key=f"{conversation}#{ts}",
        kind="message",
        user=user,
        channel=event["channel"],
        text=plain("\n".join(filter(None, [text, shared_words(event)]))),
        thread=thread,
        ts=ts,
        called=called,
    )


def _of_edit(body: dict[str, Any], bot_user: str | None) -> Turn | None:
    """The turn of a message whose words its writer has changed; Slack also tells of links that it has unfolded."""
    event = body["event"]
    now, before = event.get("message") or {}, event.get("previous_message") or {}
    edited = now.get("edited")
    if not edited or now.get("text") == before.get("text"):
        return None
    where = {key: event[key] for key in ("channel", "channel_type") if key in event}
    said = {**{key: value for key, value in now.items() if key != "edited"}, **where, "type": "message"}
    turn = of_message({**body, "event": said}, bot_user=bot_user)
    return replace(turn, kind=EDIT, key=f"{turn.key}~{edited['ts']}", origin=turn.key) if turn else None


def of_command(body: dict[str, Any]) -> Turn:
    """The turn of a slash command."""
    user, channel, text = body["user_id"], body["channel_id"], plain(body.get("text") or "")
    return Turn(
        key=f"{CHANNEL}:{team_of(body)}:{channel}:{user}#{body['trigger_id']}",
        kind=FORGET if text.casefold() == FORGET else "command",
        user=user,
        channel=channel,
        text=text,
        response_url=body["response_url"],
        ephemeral=True,
    )


def of_click(body: dict[str, Any]) -> Turn | None:
    """The turn of a button of ours; a second click on the same message's buttons gives the same turn."""
    action, container = body["actions"][0], body.get("container") or {}
    kind = action["action_id"].partition("-")[0]
    origin = action.get("block_id", "").partition("#")[2]
    if kind not in CLICKS or not origin.startswith(f"{CHANNEL}:"):
        return None
    message = body.get("message") or {}
    ts = container.get("message_ts") or message.get("ts") or ""
    return Turn(
        key=f"{origin.partition('#')[0]}#{kind}-{ts}",
        kind=kind,
        user=body["user"]["id"],
        channel=container.get("channel_id") or body["channel"]["id"],
        text=action.get("value") or "",
        thread=message.get("thread_ts") or container.get("thread_ts"),
        ts=ts,
        response_url=body.get("response_url") or "",
        label=(action.get("text") or {}).get("text") or "",
        origin=origin,
        ephemeral=bool(container.get("is_ephemeral")),
        shown={key: message[key] for key in ("text", "blocks") if key in message},
    )


def kept_of(turn: Turn, replies: list[dict[str, Any]] | None = None, *, ts: str = "") -> str:
    """What later clicks and edits need of a turn, whose answer stands at `ts`.

    The words of an answer only where Slack will not show them to us again.
    """
    said = (replies or []) if turn.ephemeral else []
    return json.dumps({"asked": turn.label or turn.text or HELP, "replies": said, "answer": ts})


def team_of(body: dict[str, Any]) -> str:
    """The workspace that the app is installed in; of an organisation-wide installation, the organisation."""
    return body.get("team_id") or (body.get("team") or {}).get("id") or body.get("enterprise_id") or "-"


def bot_of(body: dict[str, Any]) -> str | None:
    """The bot user that Slack tells an event to."""
    return next((each.get("user_id") for each in body.get("authorizations") or [] if each.get("is_bot")), None)
