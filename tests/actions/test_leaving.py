"""What is found in what people say while they leave a question: ways to reach them, and what they want instead."""

from __future__ import annotations

import pytest

from actions.leaving import asks_between, confirms, is_covered, reach_in, stops


def message(text: str, intent: str = "nlu_fallback", confidence: float = 0.9) -> dict:
    """A message as the Rasa server understands it."""
    return {"text": text, "intent": {"name": intent, "confidence": confidence}}


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("ada@example.org", "ada@example.org"),
        ("it's Ada.Lovelace+jobs@mail.example.co.uk, thanks", "Ada.Lovelace+jobs@mail.example.co.uk"),
        ("mail me (ada@example.org).", "ada@example.org"),
        ("bob_smith_x@example.org", "bob_smith_x@example.org"),
        ("call me: (555) 010-0199 ext 12", "(555) 010-0199 ext 12"),
        ("+49 1512 3456789", "+49 1512 3456789"),
        ("my cell is 555.010.0199", "555.010.0199"),
        ("0049 151 23456789 after 5", "0049 151 23456789"),
        ("020 7946 0958 or ada@example.org", "ada@example.org or 020 7946 0958"),
        ("5550100199", "5550100199"),
    ],
)
def test_a_way_to_reach_somebody_is_found_in_what_they_say(text, reach):
    assert reach_in(text) == reach


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bob",
        "@bob",
        "ada@localhost",
        "ada@example",
        "ada@@example.org",
        "a" * 80 + "@example.org",
        "I am 25 and earn 40,000",
        "911",
        "1234567890123456",
        "•••",
        "<script>@example.org",
        "see https://example.org/1",
        "ada@example.org, bob@example.org, eve@example.org, dan@example.org",
    ],
)
def test_what_is_no_way_to_reach_anybody_is_none(text):
    assert reach_in(text) == ""


def test_a_long_hostile_text_is_looked_through_at_once():
    import time

    began = time.monotonic()
    for text in ("1 " * 1000, "a@" * 1000, "a." * 999 + "@", "(" * 2000, "+1-" * 660, "x@a." + "a-." * 600):
        reach_in(text)
    assert time.monotonic() - began < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "cancel",
        "Cancel it, please",
        "never mind",
        "no thanks",
        "STOP!",
        "I've changed my mind",
        "ok forget it",
        "don't send it",
    ],
)
def test_who_says_so_stops_at_any_time(text):
    assert stops(message(text), asked=False)
    assert stops(message(text), asked=True)


@pytest.mark.parametrize(
    "text", ["Can I cancel the course later?", "I stopped school at 16, is that a problem", "what is it"]
)
def test_a_question_with_such_a_word_in_it_stops_nothing(text):
    assert not stops(message(text), asked=False)


def test_a_long_no_belongs_to_what_is_asked_until_it_is_asked_whether_to_send():
    told = message("no, they never told me about the fees at all", "deny")
    assert not stops(told, asked=False)
    assert stops(told, asked=True)
    assert stops(message("/deny", "deny", 1.0), asked=False)


@pytest.mark.parametrize("intent", ["distress", "emergency", "goodbye"])
def test_who_is_in_need_or_leaves_is_asked_no_more(intent):
    assert stops(message("whatever they say", intent), asked=False)
    assert not stops(message("whatever they say", intent, 0.3), asked=False)


def test_who_is_sure_says_it_in_their_own_words():
    assert confirms(message("/affirm", "affirm", 1.0))
    assert confirms(message("Send it please!"))
    assert not confirms(message("send it to my brother instead"))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("is it dangerous?", "nlu_fallback"),
        ("tell me about pay", "ask_pay"),
        ("/ask_skills", "ask_skills"),
        ("say more", "follow_more"),
    ],
)
def test_a_question_in_between_is_one(text, intent):
    assert asks_between(message(text, intent))


@pytest.mark.parametrize(
    ("text", "intent"), [("no phone sorry", "aside"), ("bob", "nlu_fallback"), ("my office number", "ask_human")]
)
def test_what_only_lacks_a_way_to_reach_somebody_is_none(text, intent):
    assert not asks_between(message(text, intent))


def test_a_number_that_was_covered_is_known_as_one():
    assert is_covered(message("my number is •••"))
    assert is_covered(message("/signal_covered"))
    assert not is_covered(message("bob"))
