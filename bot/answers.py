"""Rasa checks what the action server answers against a JSON schema, and compiles that anew for each answer.

Compiling takes much longer than checking; here the schema is compiled once.
"""

from __future__ import annotations

from typing import Any

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction


def compile_once() -> None:
    """Let Rasa check all answers with one schema; what fails raises `ValidationError`, as before."""
    schema = RemoteAction.action_response_format_spec()
    compiled = validator_for(schema)(schema)

    def check(action: RemoteAction, answer: dict[str, Any]) -> bool:
        compiled.validate(answer)
        return True

    RemoteAction._validate_action_result = check
