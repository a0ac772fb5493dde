"""The metrics of a running advisor: how much and how fast on the private side, and nothing about who."""

from __future__ import annotations

import urllib.request
import uuid
from collections.abc import Callable

import pytest
from prometheus_client.parser import text_string_to_metric_families


@pytest.fixture
def metrics(private_port) -> Callable[[], str]:
    """A function that fetches the metrics as they are."""

    def fetch() -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{private_port}/metrics", timeout=10) as answer:
            return answer.read().decode()

    return fetch


def total(text: str, name: str) -> float:
    """The sum of all samples of a name."""
    families = text_string_to_metric_families(text)
    found = [sample.value for family in families for sample in family.samples if sample.name == name]
    assert found, name
    return sum(found)


def test_what_is_answered_unsure_refused_and_how_long_it_takes_is_counted(advisor, metrics):
    advisor.ask("what does a production technician do?", "first")
    advisor.post("/webhooks/rest/webhook", {"message": "hi"}, {"Origin": "https://evil.example"})
    before = metrics()
    advisor.ask("what skills are needed?", "first")
    advisor.ask("how much do they make?", "first")  # of which the document says nothing
    advisor.post("/webhooks/rest/webhook", {"message": "hi"}, {"Origin": "https://evil.example"})
    after = metrics()
    counted = ("advisor_answers_total", "advisor_unsure_total", "advisor_refusals_total", "advisor_turn_seconds_count")
    assert [total(after, name) - total(before, name) for name in counted] == [2, 1, 1, 2]


def test_the_line_failures_connections_and_what_is_held_are_told(advisor, metrics):
    advisor.ask("hello", "first")
    told = metrics()
    assert total(told, "advisor_occupations") == 1
    assert total(told, "advisor_imported_sources") == 0
    assert total(told, "advisor_waiting_turns") == 0
    assert total(told, "advisor_connections") >= 0
    assert "advisor_failed_turns" in told


def test_nothing_tells_who_asked_or_what(advisor, metrics):
    sender, marker = uuid.uuid4().hex, uuid.uuid4().hex
    advisor.ask(f"what is {marker} paid", sender)
    told = metrics()
    assert sender not in told
    assert marker not in told


def test_the_world_sees_no_metrics(advisor):
    assert advisor.get("/metrics")[0] == 404
