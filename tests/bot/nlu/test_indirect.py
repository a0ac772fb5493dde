"""What completes "it does not say …" reads like a sentence, or is left out."""

from __future__ import annotations

import pytest

from bot.nlu.indirect import LAST, Indirect


@pytest.fixture(scope="module")
def indirect() -> Indirect:
    """The reporter of questions, with its parser."""
    return Indirect()


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("do they use robots?", "whether they use robots"),
        ("Does a welder need a license", "whether a welder needs a license"),
        ("will I be working in a team", "whether you will be working in a team"),
        ("can i bring my dog lol", "whether you can bring your dog"),
        (
            "is the license required everywhere or is it optional",
            "whether the license is required everywhere or it is optional",
        ),
        (
            "do they hire late starters or am I wasting my time",
            "whether they hire late starters or you are wasting your time",
        ),
        ("is there a union", "whether there is a union"),
        ("are tv cameras allowed in the courtroom", "whether tv cameras are allowed in the courtroom"),
        ("how much does it pay", "how much it pays"),
        ("would being colorblind be a problem", "whether being colorblind would be a problem"),
        ("how long is that one", "how long that one is"),
        ("how many robots does one technician look after?", "how many robots one technician looks after"),
        ("what's the median in California?", "what the median is in California"),
        ("who checks the parts", "who checks the parts"),
        ("how many days off the first year", "how many days off the first year"),
        ("do I need a diploma or can I learn it there?", "whether you need a diploma or you can learn it there"),
        ("My cousin says the plant will close by spring. Is he right?", "whether the plant will close by spring"),
        ("so there's an interview, right?", "whether there is an interview"),
        ("so this isn't a dead end", "whether this is a dead end"),
        ("Hospitals don't have clinical dietitians, do they?", "whether hospitals have clinical dietitians"),
        ("just wondering if it's loud", "whether it is loud"),
        ("Can you tell me whether I need a car?", "whether you need a car"),
        ("i get eczema from bleach can i skip the bathrooms", "whether you can skip the bathrooms"),
        ("If I have a record, can I still apply?", "whether you can still apply if you have a record"),
        ("I stutter. Would I be turned away?", "whether you would be turned away"),
        ("I have an old record, would that rule me out?", "whether that would rule you out"),
        ("You keep saying that. What education does it list?", "what education it lists"),
        ("which of those is the most important", "which of those is the most important"),
        ("how do u get the job then, like what qualifications?", "how you get the job"),
        ("weekends?", "anything about weekends"),
        ("if I have no license, what else would help", "what else would help"),
        ("once I'm in, what paper would be good to have", "what paper would be good to have"),
        ("how much computer is there in it?", "how much computer there is in it"),
        ("how much do they earn because I have 17 now", "how much they earn"),
        ("what about dental", "anything about dental"),
        ("how much lifting are we talking about?", "how much lifting"),
    ],
)
def test_a_question_is_reported(indirect, question, clause):
    assert indirect([(question, clause.startswith("whether"))]) == [clause]


def test_questions_together_are_reported_as_each_alone(indirect):
    told = "I like it. how many days off the first year"
    texts = [("do they use robots?", True), ("", True), (told, False), ("dental?", True)]
    assert indirect(texts) == [clause for text in texts for clause in indirect([text])]
    assert indirect(texts)[0] == "whether they use robots"
    assert indirect([]) == []


@pytest.mark.parametrize(
    "text",
    ["", "?!", "is", "does " * 60, "why " * 300 + "?", "\n\n", "<b>", "?" * 2000, "is is is", "what don't"],
)
def test_what_is_no_question_breaks_nothing(indirect, text):
    [clause] = indirect([(text, True)])
    assert len(clause) < 300


@pytest.mark.parametrize(
    "text",
    [
        "does it say any wage?",
        "does the page mention overalls?",
        "opens the way to which chances??",
        "anything else under those two headings",
    ],
)
def test_what_would_not_hold_together_is_left_out(indirect, text):
    assert indirect([(text, True)]) == [""]


def test_of_very_many_sentences_the_last_few_are_parsed(indirect, monkeypatch):
    parsed = []
    monkeypatch.setattr(indirect, "_of", lambda sentences: parsed.extend(sentences) or [""] * len(sentences))
    assert indirect([("**a** _b_! " * 180, True)]) == [""]
    assert len(parsed) == LAST


@pytest.mark.parametrize("text", ["that didn't help. just list the skills", "That is a dodge.", "I can't sit still."])
def test_what_is_told_or_ordered_is_no_question(indirect, text):
    assert indirect([(text, False)]) == [""]
