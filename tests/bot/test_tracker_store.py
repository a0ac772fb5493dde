"""The tracker store: the end of a conversation with all its slots, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import event as sql
from sqlalchemy import func, select

from bot.tracker_store import BEGINNING, WINDOW, WindowStore
from bot.tracker_store import Event as Row

DOMAIN = Domain.from_dict(
    {
        "slots": {
            name: {"type": "any", "mappings": [{"type": "custom"}]} for name in ("occupation", "thread", "fit", "never")
        }
    }
)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path) -> WindowStore:
    """An empty store of each kind."""
    if request.param == "sqlite":
        return WindowStore(DOMAIN, host=f"sqlite:///{tmp_path / 'trackers.sqlite'}")
    return WindowStore(DOMAIN, host=request.getfixturevalue("postgres_database"))


def run(coroutine: Coroutine) -> Any:
    return asyncio.run(coroutine)


def say(store: WindowStore, *events: Event, conversation: str = "web:a") -> None:
    """Add events to a conversation as a turn does: retrieve, update, save."""
    tracker = run(store.get_or_create_tracker(conversation))
    for event in events:
        tracker.update(event, DOMAIN)
    run(store.save(tracker))


def talk(store: WindowStore, turns: int) -> None:
    for number in range(turns):
        say(store, UserUttered(f"hello {number}"), ActionExecuted("utter_greet"), BotUttered("Hello!"))
        say(store, ActionExecuted("action_listen"))


def rows(store: WindowStore) -> int:
    with store.session_scope() as session:
        return session.execute(select(func.count()).select_from(Row)).scalar()


def test_a_conversation_is_the_same_as_it_was_saved(store):
    say(store, UserUttered("hello"), SlotSet("occupation", "welder"), BotUttered("Hello!"))
    tracker = run(store.retrieve("web:a"))
    assert tracker.latest_message.text == "hello"
    assert tracker.get_slot("occupation") == "welder"
    assert run(store.retrieve("web:b")) is None


def test_each_event_is_kept_once(store):
    talk(store, 30)
    assert rows(store) == 1 + 30 * 4  # a new tracker listens first


def test_a_tracker_that_is_saved_twice_keeps_each_event_once(store):
    tracker = DialogueStateTracker("web:a", DOMAIN.slots)
    tracker.update(UserUttered("hello"))
    run(store.save(tracker))
    tracker.update(BotUttered("Hello!"))
    run(store.save(tracker))
    assert rows(store) == 2


def test_a_long_conversation_is_read_from_its_end_with_the_slots_of_its_beginning(store):
    say(store, UserUttered("what do welders do"), SlotSet("occupation", "welder"), SlotSet("thread", {"kind": "tasks"}))
    say(store, SlotSet("occupation", "baker"))
    talk(store, 50)
    tracker = run(store.retrieve("web:a"))
    assert len(tracker.events) <= WINDOW + len(DOMAIN.slots)
    assert tracker.latest_message.text == "hello 49"
    assert tracker.get_slot("occupation") == "baker"
    assert tracker.get_slot("thread") == {"kind": "tasks"}
    assert tracker.get_slot("never") is None


def test_what_was_forgotten_on_purpose_does_not_come_back(store):
    say(store, SlotSet("occupation", "welder"))
    say(store, AllSlotsReset(), SlotSet("fit", "kept"))
    talk(store, 50)
    tracker = run(store.retrieve("web:a"))
    assert tracker.get_slot("occupation") is None
    assert tracker.get_slot("fit") == "kept"


def test_a_tracker_begins_with_a_whole_turn(store):
    talk(store, 50)
    events = [event for event in run(store.retrieve("web:a")).events if not isinstance(event, SlotSet)]
    assert events[0].as_dict()["name"] == "action_listen"


PAYLOAD = '/ask_skills{"occupation": "50%_welder"}'


def test_a_payload_was_offered_where_a_button_had_it_however_long_ago(store):
    say(store, BotUttered("Hello!", {"buttons": [{"title": "Skills", "payload": PAYLOAD}]}))
    talk(store, 50)
    assert run(store.offered("web:a", PAYLOAD))
    assert not run(store.offered("web:b", PAYLOAD))
    assert not run(store.offered("web:a", PAYLOAD.replace("%", "x")))
    assert not run(store.offered("web:a", "/restart"))


def test_a_text_that_looks_like_a_button_offers_nothing(store):
    say(store, BotUttered(f'"{PAYLOAD}"', {"buttons": [{"title": PAYLOAD, "payload": "/x"}]}))
    assert not run(store.offered("web:a", PAYLOAD))


def test_what_nothing_could_answer_is_noted_once(store):
    for _ in range(2):
        run(store.note("web:a", "hello?", {"message_id": "m1"}))
    assert rows(store) == len(BEGINNING) + 1
    say(store, UserUttered("and this", metadata={"message_id": "m2", "model_id": "what Rasa adds"}))
    run(store.note("web:a", "and this", {"message_id": "m2"}))
    assert run(store.retrieve("web:a")).latest_message.text == "and this"
    assert rows(store) == len(BEGINNING) + 2


def test_a_conversation_whose_first_message_failed_begins_as_any_other(store):
    run(store.note("web:a", "hello?", {"message_id": "m1"}))
    told = [event.as_dict().get("name") or event.type_name for event in run(store.retrieve("web:a")).events]
    assert told == ["action_session_start", "session_started", "action_listen", "user"]


def test_of_what_was_understood_no_vectors_are_kept(store):
    understood = {"text": "hello", "intent": {"name": "greet"}, "entities": [], "questions": [{"vector": "x" * 9000}]}
    say(store, UserUttered("hello", {"name": "greet"}, [], understood))
    with store.session_scope() as session:
        assert max(session.execute(select(func.length(Row.data))).scalars()) < 1000
    assert run(store.retrieve("web:a")).latest_message.intent["name"] == "greet"


def test_whether_anything_was_said_is_known(store):
    say(store, UserUttered("hello"))
    assert run(store.exists("web:a"))
    assert not run(store.exists("web:b"))


FORM = Domain.from_dict(
    {
        "slots": {"reach": {"type": "any", "mappings": [{"type": "custom"}]}},
        "forms": {"leave": {"required_slots": ["reach"]}},
    }
)


@pytest.fixture
def filling(tmp_path) -> WindowStore:
    """A store of conversations in which a form can be filled."""
    return WindowStore(FORM, host=f"sqlite:///{tmp_path / 'filling.sqlite'}")


def looks(store: WindowStore) -> int:
    """How often the beginning of a form is looked for when a conversation is read."""
    seen: list[str] = []

    def see(_connection, _cursor, statement, values, *_: Any) -> None:
        seen.extend([statement] if ActiveLoop.type_name in values else [])

    sql.listen(store.engine, "before_cursor_execute", see)
    run(store.retrieve("web:a"))
    sql.remove(store.engine, "before_cursor_execute", see)
    return len(seen)


def test_a_form_goes_on_however_much_is_said_in_between_until_it_is_ended(filling):
    say(filling, UserUttered("leave a question"), ActiveLoop("leave"), SlotSet("requested_slot", "reach"))
    talk(filling, 50)
    assert run(filling.retrieve("web:a")).active_loop_name == "leave"
    say(filling, UserUttered("cancel"), ActiveLoop(None), SlotSet("requested_slot", None))
    assert run(filling.retrieve("web:a")).active_loop_name is None
    talk(filling, 50)
    assert run(filling.retrieve("web:a")).active_loop_name is None


def test_where_no_form_asks_for_anything_its_beginning_is_not_looked_for(filling):
    talk(filling, 50)
    assert looks(filling) == 0
    say(filling, UserUttered("leave a question"), ActiveLoop("leave"), SlotSet("requested_slot", "reach"))
    talk(filling, 50)
    assert looks(filling) == 1
