"""What a request can be about: a conversation, somebody in Slack or a day, and which rows of each table that means."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from sqlalchemy import Column, delete, distinct, false, or_, select
from sqlalchemy.engine import Engine
from sqlalchemy.sql.elements import ColumnElement

from bot.events import EVENTS, begins
from bot.said import taken_in
from bot.store import Store
from bot.tables import ENDED, FEEDBACK, LEFT, TAKEN


@dataclass(frozen=True)
class Scope:
    """What is meant, in a person's words, and which rows of each table belong to it."""

    name: str
    events: ColumnElement[bool]
    feedback: ColumnElement[bool]
    taken: ColumnElement[bool]
    ended: ColumnElement[bool]
    left: ColumnElement[bool]


def of_conversation(store: Store, conversation: str) -> Scope:
    """A conversation, by its id."""
    return Scope(
        conversation,
        EVENTS.c.sender_id == conversation,
        FEEDBACK.c.conversation == conversation,
        taken_in(store.engine(), conversation),
        ENDED.c.session == conversation.removeprefix("web:"),
        LEFT.c.conversation == conversation,
    )


def of_slack_user(store: Store, user: str, team: str = "") -> Scope:
    """The conversations of a person in Slack, and their clicks in those of others; in one workspace, or in all."""
    theirs = slack_conversations(store, user, team)
    return Scope(
        f"the Slack user {user}",
        EVENTS.c.sender_id.in_(theirs),
        FEEDBACK.c.conversation.in_(theirs),
        _slack_turns(store.engine(), user, team),
        false(),
        LEFT.c.conversation.in_(theirs),
    )


def of_day(store: Store, day: date) -> Scope:
    """What was said on a day in UTC, and the feedback given on it."""
    since = datetime(day.year, day.month, day.day, tzinfo=timezone.utc)
    until = since + timedelta(days=1)

    def then(column: Column) -> ColumnElement[bool]:
        return (column >= since.timestamp()) & (column < until.timestamp())

    messages = or_(*(begins(store.engine(), TAKEN.c.key, prefix) for prefix in ("web:", "slack:")))
    given = FEEDBACK.c.conversation != ""  # else its words are deleted already
    return Scope(
        f"{day} (UTC)",
        then(EVENTS.c.timestamp),
        then(FEEDBACK.c.given_at) & given,
        then(TAKEN.c.taken_at) & messages,
        false(),
        then(LEFT.c.left_at),
    )


def slack_conversations(store: Store, user: str, team: str = "") -> list[str]:
    """The conversations of a person in Slack: their ids end in the person, or they stand in the person's own channel.

    A direct message's channel is one person's, whatever the ids of earlier versions looked like.
    """
    engine = store.engine()

    def found(column: Column, *wanted: ColumnElement[bool]) -> set[str]:
        with engine.connect() as connection:
            return set(connection.execute(select(distinct(column)).where(or_(*wanted))).scalars())

    def ending(column: Column) -> ColumnElement[bool]:
        return _in_slack(engine, column, team) & column.endswith(f":{user}", autoescape=True)

    turns = {key.partition("#")[0] for key in found(TAKEN.c.key, _slack_turns(engine, user, team))}
    theirs = {conversation for conversation in turns if conversation.endswith(f":{user}")}
    theirs |= found(EVENTS.c.sender_id, ending(EVENTS.c.sender_id))
    theirs |= found(FEEDBACK.c.conversation, ending(FEEDBACK.c.conversation))
    channels = {":".join(conversation.split(":")[:3]) for conversation in theirs | turns}
    direct = [channel for channel in channels if channel.rpartition(":")[2].startswith("D")]
    if direct:
        own = [begins(engine, EVENTS.c.sender_id, f"{channel}:") for channel in direct]
        theirs |= found(EVENTS.c.sender_id, EVENTS.c.sender_id.in_(direct), *own)
    return sorted(theirs)


def forget_slack_turns(store: Store, user: str, team: str = "") -> int:
    """Drop what a person did in Slack, in whoever's conversation; returns how many turns went."""
    with store.engine().begin() as connection:
        return connection.execute(delete(TAKEN).where(_slack_turns(store.engine(), user, team))).rowcount


def _in_slack(engine: Engine, column: Column, team: str) -> ColumnElement[bool]:
    return begins(engine, column, f"slack:{team}:" if team else "slack:")


def _slack_turns(engine: Engine, user: str, team: str) -> ColumnElement[bool]:
    """Whether a message was taken in a person's conversation, or of the person: so it stands in its payload."""
    theirs = TAKEN.c.key.contains(f":{user}#", autoescape=True)
    by_them = TAKEN.c.payload.contains(f'"user": {json.dumps(user)}', autoescape=True)
    return _in_slack(engine, TAKEN.c.key, team) & (theirs | by_them)
