"""Answers in words: the document's quotes, their places, the buttons."""

from __future__ import annotations

import json

import pytest

from actions.answer import Answer
from actions.compose import compose
from actions.plans import PLANS
from actions.render import buttons, phrase, sources, unheld, values
from actions.thread import Thread
from knowledge.build import DOCUMENTS
from tests.actions.conftest import JOB


def said(domain, answer) -> str:
    """What a person reads."""
    return phrase(domain, answer.response, **values(domain, answer))


@pytest.mark.parametrize("kind", sorted(set(PLANS) - {"fit"}))
def test_every_kind_of_answer_fills_its_sentence(knowledge, domain, ask, kind):
    text = said(domain, compose(knowledge, JOB, ask("what about it", f"ask_{kind}"), Thread()))
    assert text
    assert "{" not in text
    assert "\n\n" not in text


def test_a_source_names_document_heading_and_lines(knowledge, domain, ask):
    text = said(domain, compose(knowledge, JOB, ask("which skills", "ask_skills"), Thread()))
    assert text.endswith("Source: Production Technician career page, “Critical Skills”, lines 18–24, 27–31")


def test_every_bullet_is_a_quotation_of_the_document(knowledge, domain, ask):
    document = (DOCUMENTS / f"{JOB}.txt").read_text(encoding="utf-8")
    for kind in PLANS:
        answer = compose(knowledge, JOB, ask("what about it", f"ask_{kind}"), Thread())
        for fact in answer.quoted:
            assert fact.text in document


def test_a_gap_names_what_is_missing(knowledge, domain, ask, reads):
    reads()
    for clause, named in (("whether robots are used", "whether robots are used"), ("", "what it pays")):
        text = said(domain, compose(knowledge, JOB, ask("robots?", "ask_pay", clause=clause), Thread()))
        assert text == f"The Production Technician career page does not say {named}."


def test_what_a_fact_lacks_stands_behind_it(knowledge, domain, ask, reads):
    reads(detail="Mathematics")
    text = said(
        domain, compose(knowledge, JOB, ask("how much math", "ask_one_skill", clause="how much math"), Thread())
    )
    assert text.startswith("The document says:\n- “Mathematics”\nSource:")
    assert text.endswith("\nIt does not say how much math.")


def test_there_are_at_most_three_buttons_with_payloads_that_name_the_occupation(knowledge, domain):
    following = ("skills", "safety", "titles", "tasks")
    offered = buttons(domain, Answer("utter_overview", knowledge.occupation(JOB), "overview", next=following))
    assert [button["title"] for button in offered] == ["Skills needed", "Is it safe?", "Other names"]
    assert json.loads(offered[0]["payload"].removeprefix("/ask_skills")) == {"occupation": JOB}


@pytest.mark.parametrize("channel", ["web", "slack"])
def test_a_channel_that_shows_sources_itself_is_not_told_them_in_words(knowledge, domain, ask, channel):
    answer = compose(knowledge, JOB, ask("so how do i get certified", "ask_certification"), Thread())
    assert "Source:" not in phrase(domain, answer.response, **values(domain, answer, channel))


def test_each_statement_has_its_source(knowledge, domain, ask):
    answer = compose(knowledge, JOB, ask("so how do i get certified", "ask_certification"), Thread())
    told = sources(answer)
    assert [source["quote"] for source in told] == [fact.quote for fact in answer.quoted]
    assert {
        "document": JOB,
        "title": "Production Technician career page",
        "heading": "How to get this job",
        "line": 57,
        "quote": "Gaining certifications will greatly increase your chances of landing a position.",
    } in told


@pytest.mark.parametrize(
    ("names", "called"), [(["welder"], "“welder”"), (["welder", "nurse"], "“welder” or “nurse”"), ([], "that career")]
)
def test_careers_without_a_document_are_called_as_the_person_called_them(domain, names, called):
    assert unheld(domain, names) == called
