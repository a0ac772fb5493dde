"""Where the information comes from."""

from __future__ import annotations

from actions.render import phrase
from actions.source import source_values
from knowledge.model import Occupation, Source
from tests.actions.conftest import JOB


def test_what_the_document_does_not_say_of_itself_is_said(knowledge, domain):
    text = phrase(domain, "utter_source", **source_values(domain, knowledge.occupation(JOB)))
    assert "the Production Technician career page" in text
    assert "It names no publisher and no date and no web address." in text


def test_what_it_says_of_itself_is_told(domain):
    source = Source("welder", "Welder page", publisher="A ministry", date="2024", url="a place")
    text = phrase(domain, "utter_source", **source_values(domain, Occupation("welder", "Welder", source)))
    assert "(A ministry, 2024, a place)" in text
    assert "It names no" not in text
