"""Rasa's SQL tracker store, which reads the end of a conversation instead of all of it, and never on the event loop.

Rasa's own reads every event of a conversation at every turn, counts them all to know which are new, and does so on
the loop that serves everybody. Here a tracker begins a few turns back. What was said before lives on in its slots;
whole conversations are read by `bot.conversations`.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.sql.elements import ColumnElement

from bot.database import open_engine

WINDOW = 40  # events, about five turns; rules look at one, actions at the last answer
EMPTYING = (AllSlotsReset.type_name, Restarted.type_name)  # events that empty all slots
BEGINNING = (  # of every conversation: without it, Rasa takes the first message for no turn of a person's
    ActionExecuted("action_session_start"),
    SessionStarted(),
    ActionExecuted("action_listen"),
)
UNDERSTOOD = ("text", "intent", "entities")  # what is kept of it; its vectors serve one turn, and fill a disk
Event = SQLTrackerStore.SQLEvent


class WindowStore(SQLTrackerStore):
    """The latest events and the slots of each conversation."""

    def __init__(
        self, domain: Domain | None = None, host: str = "", event_broker: EventBroker | None = None, **kwargs: Any
    ) -> None:
        """`host` is the database's URL, as endpoints.yml names it."""
        super().__init__(domain=domain, host=host, event_broker=event_broker, **kwargs)
        self.engine.dispose()
        self.engine = open_engine(host)
        self.sessionmaker = sessionmaker(bind=self.engine, future=True)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of a conversation, which begins a few turns back; `None` where nobody has said anything."""
        return await asyncio.to_thread(self._latest, sender_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the events that are new since the tracker was retrieved, or last saved."""
        await self.stream_events(tracker)
        await asyncio.to_thread(self._append, tracker)

    async def exists(self, conversation_id: str) -> bool:
        """Whether anything was said in a conversation."""
        return await asyncio.to_thread(self._any, Event.sender_id == conversation_id)

    async def offered(self, conversation: str, payload: str) -> bool:
        """Whether the bot has ever offered a payload in a conversation, as that of a button."""
        return await asyncio.to_thread(self._offered, conversation, payload)

    async def note(self, conversation: str, text: str, metadata: dict[str, Any]) -> None:
        """Keep what somebody said and nothing could answer, unless Rasa has kept it."""
        await asyncio.to_thread(self._note, conversation, UserUttered(text, metadata=metadata))

    def _note(self, conversation: str, said: UserUttered) -> None:
        theirs = Event.sender_id == conversation
        with self.session_scope() as session:
            asked = select(Event.data).where(theirs, Event.type_name == UserUttered.type_name)
            last = session.execute(asked.order_by(Event.id.desc()).limit(1)).scalar()
            kept = (json.loads(last).get("metadata") or {}) if last is not None else {}
            if said.metadata.items() <= kept.items():  # Rasa adds to it, by which model it was understood
                return
            begun = session.execute(select(Event.id).where(theirs).limit(1)).first() is not None
            session.add_all(_row(conversation, event.as_dict()) for event in [*([] if begun else BEGINNING), said])
            session.commit()

    def _any(self, wanted: ColumnElement) -> bool:
        with self.session_scope() as session:
            return session.execute(select(Event.id).where(wanted).limit(1)).first() is not None

    def _offered(self, conversation: str, payload: str) -> bool:
        theirs = (Event.sender_id == conversation) & (Event.type_name == BotUttered.type_name)
        holding = theirs & Event.data.contains(json.dumps(payload), autoescape=True)
        with self.session_scope() as session:
            latest = session.execute(select(Event.data).where(holding).order_by(Event.id.desc()).limit(1)).scalar()
        buttons = json.loads(latest)["data"].get("buttons") or [] if latest else []
        return any(button.get("payload") == payload for button in buttons)

    def _latest(self, sender_id: str) -> DialogueStateTracker | None:
        ours = Event.sender_id == sender_id
        with self.session_scope() as session:
            newest = select(Event.id, Event.data).where(ours).order_by(Event.id.desc()).limit(WINDOW)
            rows = session.execute(newest).all()[::-1]
            if not rows:
                return None
            events = [json.loads(row.data) for row in rows]
            if len(rows) == WINDOW:
                events = _from_a_turn(events)
                before = self._form_before(session, sender_id, events)
                events = before + self._slots_before(session, sender_id, events) + events
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        tracker.kept = len(tracker.events)
        return tracker

    def _slots_before(self, session: Session, sender_id: str, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The values that slots got before these events, and still had."""
        told = {event.get("name") for event in events if event["event"] == SlotSet.type_name}
        ours = Event.sender_id == sender_id
        emptied = select(func.max(Event.id)).where(ours, Event.type_name.in_(EMPTYING))
        since = session.execute(emptied).scalar() or 0
        found = []
        for name in [slot.name for slot in self.domain.slots if slot.name not in told]:
            theirs = ours & (Event.type_name == SlotSet.type_name) & (Event.action_name == name) & (Event.id > since)
            last = select(Event.data).where(theirs).order_by(Event.id.desc()).limit(1)
            found += [json.loads(each) for each in session.execute(last).scalars()]
        return found

    def _form_before(self, session: Session, sender_id: str, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The form that somebody began before these events, and has not ended since then."""
        if any(event["event"] == ActiveLoop.type_name for event in events):
            return []
        theirs = (Event.sender_id == sender_id) & (Event.type_name == ActiveLoop.type_name)
        last = select(Event.data).where(theirs).order_by(Event.id.desc()).limit(1)
        found = session.execute(last).scalar()
        return [json.loads(found)] if found and json.loads(found).get("name") else []

    def _append(self, tracker: DialogueStateTracker) -> None:
        events = list(tracker.events)[getattr(tracker, "kept", 0) :]
        with self.session_scope() as session:
            session.add_all(_row(tracker.sender_id, event.as_dict()) for event in events)
            session.commit()
        tracker.kept = len(tracker.events)


def _from_a_turn(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Events without those before the first whole turn, so that no half of one is taken for its beginning."""
    begins = (
        place
        for place, event in enumerate(events)
        if event["event"] == ActionExecuted.type_name and event.get("name") == "action_listen"
    )
    return events[next(begins, 0) :]


def _row(sender_id: str, event: dict[str, Any]) -> Event:
    if event.get("parse_data"):
        event = {**event, "parse_data": {name: event["parse_data"].get(name) for name in UNDERSTOOD}}
    return Event(
        sender_id=sender_id,
        type_name=event["event"],
        timestamp=event.get("timestamp"),
        intent_name=((event.get("parse_data") or {}).get("intent") or {}).get("name"),
        action_name=event.get("name"),
        data=json.dumps(event),
    )
