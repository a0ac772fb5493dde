"""Is it for me: what fits, what speaks against it, what was not mentioned, and at most two questions back."""

from __future__ import annotations

import json

import pytest

from actions.fit import MOST_QUESTIONS, Fit, match_person, reply_to_pending
from actions.question import Statement
from actions.render import buttons, phrase, values
from tests.actions.conftest import JOB


@pytest.fixture
def tell(ask):
    """A function that makes statements of (text, whether it holds)."""

    def tell(*told: tuple[str, bool]) -> list[Statement]:
        made = [(ask(text, "ask_fit"), holds) for text, holds in told]
        return [Statement(question.text, holds, question.vector) for question, holds in made]

    return tell


def said(domain, answer) -> str:
    """What a person reads."""
    return phrase(domain, answer.response, **values(domain, answer))


def test_what_is_liked_fits_and_what_cannot_be_done_speaks_against(knowledge, domain, ask, tell):
    question = ask("i like fixing cars but cant lift heavy things, is it for me", "ask_fit")
    told = tell(("i like fixing cars", True), ("cant lift heavy things", False))
    fit = Fit()
    text = said(domain, match_person(knowledge, JOB, question, told, fit))
    fits, against = text.split("What speaks against it:")
    assert "“Fixing things” (you: “i like fixing cars”)" in fits
    assert "“Heavy Lifting Ability” (you: “cant lift heavy things”)" in against
    assert "Source:" in against


def test_what_was_not_mentioned_is_told_and_asked_back(knowledge, domain, ask, tell):
    fit = Fit()
    answer = match_person(knowledge, JOB, ask("i like fixing cars", "ask_fit"), tell(("i like fixing cars", True)), fit)
    assert "have not mentioned" in said(domain, answer)
    assert "is this so for you? “Heavy Lifting Ability”" in said(domain, answer)
    assert [button["payload"] for button in buttons(domain, answer)] == ["/affirm", "/deny"]


def test_at_most_two_questions_are_asked_back(knowledge, ask, tell):
    fit = Fit()
    match_person(knowledge, JOB, ask("i like fixing cars", "ask_fit"), tell(("i like fixing cars", True)), fit)
    asked = 0
    while fit.pending is not None:
        asked += 1
        reply_to_pending(knowledge, JOB, "yes", fit, holds=True)
    assert asked == MOST_QUESTIONS


def test_a_no_speaks_against_what_was_asked(knowledge, domain, ask, tell):
    fit = Fit()
    match_person(knowledge, JOB, ask("i like fixing cars", "ask_fit"), tell(("i like fixing cars", True)), fit)
    answer = reply_to_pending(knowledge, JOB, "nope", fit, holds=False)
    assert "What speaks against it:\n- “Heavy Lifting Ability” (you: “nope”)" in said(domain, answer)


def test_what_is_told_over_several_turns_is_kept(knowledge, domain, ask, tell):
    fit = Fit()
    match_person(knowledge, JOB, ask("i like fixing cars", "ask_fit"), tell(("i like fixing cars", True)), fit)
    fit = Fit.of(json.loads(json.dumps(fit.slot())), "")
    answer = match_person(knowledge, JOB, ask("and im creative", "ask_fit"), tell(("im creative", True)), fit)
    text = said(domain, answer)
    assert "“Fixing things”" in text.split("have not mentioned")[0]
    assert "“Creativity”" in text.split("have not mentioned")[0]


def test_what_the_document_does_not_meet_is_not_made_up(knowledge, domain, ask, tell):
    answer = match_person(knowledge, JOB, ask("zzz qqq xyzzy", "affirm"), tell(("zzz qqq xyzzy", True)), Fit())
    assert "does not mention anything that meets" in said(domain, answer)


def test_the_latest_word_counts(knowledge, ask, tell):
    fit = Fit()
    for holds in (False, True):
        told = tell(("heavy lifting", holds))
        match_person(knowledge, JOB, ask("heavy lifting", "affirm"), told, fit)
    [place] = fit.fits
    assert knowledge.occupation(JOB).facts[place].text == "Heavy Lifting Ability"
    assert not fit.against
