"""Several documents of the owner's, without confirmed questions: what is told of them, and talk where none is meant."""

from __future__ import annotations

import base64
from collections.abc import Callable

import numpy as np
import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

import actions.actions
from actions.compose import compose
from actions.question import Question
from actions.thread import Thread
from knowledge.base import KnowledgeBase
from knowledge.build import build_documents

TASKS = [f"trim hedge number {number}" for number in range(1, 9)]
LIST = "\n".join(f"* {task}" for task in TASKS)
KEEPER = f"Hedge Keeper\n\nHedge keepers look after hedges.\n\nDay-to-day tasks\n{LIST}"
NO_VECTOR = base64.b64encode(np.zeros(768, dtype=np.float16).tobytes()).decode("ascii")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The store of two small documents."""
    folder = tmp_path_factory.mktemp("two")
    for name, text in {"hedge-keeper": KEEPER, "gate-keeper": KEEPER.replace("edge", "ate")}.items():
        (folder / f"{name}.txt").write_text(text)
        title = name.replace("-", " ").title()
        prose = text.splitlines()[2]
        (folder / f"{name}.reading.yml").write_text(
            f'title: {title}\nheadings: {{"Day-to-day tasks": tasks}}\nprose: {{3: [{{overview: "{prose}"}}]}}\n'
        )
    address = f"sqlite:///{folder / 'store.sqlite'}"
    build_documents(address, folder)
    return KnowledgeBase(address)


@pytest.fixture
def say(two, domain, monkeypatch) -> Callable[..., list[str]]:
    """A function that has the action server answer a message of one intent; gives the names of the sentences said."""
    monkeypatch.setattr(actions.actions, "_knowledge", two)

    def say(text: str, intent: str) -> list[str]:
        question = {"text": text, "intent": intent, "confidence": 0.9, "said": text, "clause": "", "does": "talk"}
        question |= {"ranking": [{"name": intent, "confidence": 0.9}], "vector": NO_VECTOR}
        message = {"text": text, "entities": [], "intent": {"name": intent}, "questions": [question]}
        events = [{"event": "user", "text": text, "parse_data": message, "input_channel": "rest"}]
        tracker = Tracker("x", dict.fromkeys(domain["slots"]), message, events, False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        actions.actions.ActionAnswer().run(dispatcher, tracker, domain)
        return [reply["response"] for reply in dispatcher.messages]

    return say


@pytest.mark.parametrize("intent", ["greet", "thanks", "ask_bot", "distress", "emergency"])
def test_who_asks_about_no_occupation_is_not_asked_which_one(say, intent):
    assert say("hello", intent) == [f"utter_{intent.removeprefix('ask_')}"]


def test_who_asks_about_an_occupation_is_asked_which_one(say):
    assert say("what does it pay", "ask_pay") == ["utter_no_occupation"]


@pytest.mark.parametrize("kind", ["tasks", "typical_day"])
def test_of_a_long_list_the_first_five_are_told_also_where_a_day_is_asked_for(two, kind):
    answer = compose(two, "hedge-keeper", Question("", f"ask_{kind}", 1.0), Thread())
    assert [fact.quote for fact in answer.quoted] == TASKS[:5]


def test_a_document_with_confirmed_questions_is_told_as_it_stands(knowledge, two):
    assert knowledge.occupation("production-technician").confirmed
    assert not two.occupation("hedge-keeper").confirmed
