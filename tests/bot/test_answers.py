"""What the action server answers is checked as Rasa checks it, with its schema compiled once."""

from __future__ import annotations

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from bot.answers import compile_once

SET = {"event": "slot", "name": "thread", "value": None, "timestamp": None}
GOOD = {"events": [SET], "responses": [{"text": "hi"}]}


@pytest.fixture(autouse=True)
def as_before(monkeypatch) -> None:
    """Rasa's own check is put back afterwards."""
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)


@pytest.fixture
def action() -> RemoteAction:
    """An action that another server runs."""
    return RemoteAction("action_answer", None)


def test_a_good_answer_passes_as_before(action):
    assert action._validate_action_result(GOOD)
    compile_once()
    assert action._validate_action_result(GOOD)


@pytest.mark.parametrize("bad", [{"events": 1}, {"responses": ["hi"]}, {"events": [{"event": "slot"}]}, []])
def test_a_bad_answer_is_refused_as_before(action, bad):
    with pytest.raises(ValidationError):
        action._validate_action_result(bad)
    compile_once()
    with pytest.raises(ValidationError):
        action._validate_action_result(bad)


def test_the_schema_is_compiled_once(action, monkeypatch):
    compile_once()
    monkeypatch.setattr(RemoteAction, "action_response_format_spec", None)
    assert action._validate_action_result(GOOD)
