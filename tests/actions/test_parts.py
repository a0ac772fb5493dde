"""Which of the occupations talked of a question is about."""

from __future__ import annotations

import pytest

from actions.parts import Talk, by_occupation
from actions.question import MASK, Question

RECENT = ("welder", "cook", "baker")  # the latest first
PAIR = ("cook", "welder")  # as they were spoken of together


def about(text: str, talk: Talk, intent: str = "ask_certification") -> tuple[list[str], str]:
    """The occupations that a question without a name is about, and what it reads then."""
    question = Question(text, intent, 0.9, said=text)
    groups = by_occupation({"text": text, "entities": []}, [question], talk)
    return [slug for slug, _ in groups], groups[0][1][0].text


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("is the license for the first one by state", "cook"),
        ("do they certify the second one", "welder"),
        ("is the latter licensed", "welder"),
        ("does the 1st job need a license", "cook"),
        ("do they need a license", "welder"),
        ("is it needed in the first year", "welder"),
        ("is it good as a first job", "welder"),
        ("i got fired from my last job, does that matter", "welder"),
    ],
)
def test_one_is_pointed_at_by_its_place_among_those_spoken_of_together(text, slug):
    assert about(text, Talk("welder", "welder", PAIR, RECENT))[0] == [slug]


def test_else_by_its_place_in_the_order_in_which_they_were_named():
    talk = Talk("welder", "welder", (), RECENT)
    assert about("what about a license for the first one", talk) == (["baker"], f"what about a license for {MASK}")
    assert about("and for the third one", talk)[0] == ["welder"]
    assert about("and for the last one", talk)[0] == ["welder"]


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("ok what about just in Arizona, thats where id stay", list(PAIR)),
        ("does either one need it in Ohio", list(PAIR)),
        ("i live in Arizona, is it dangerous", ["welder"]),
    ],
)
def test_of_those_spoken_of_together_each_state_is_asked(text, slugs):
    assert about(text, Talk("welder", "welder", PAIR, RECENT), "ask_pay")[0] == slugs


def test_what_one_is_the_same_as_is_told_beside_it():
    text = f"is it the same thing as {MASK} or is that separate"
    said = "is it the same thing as a cook or is that separate"
    entity = {"entity": "occupation", "value": "cook", "start": 24, "end": 28}
    question = Question(text, "ask_titles", 0.9, said=said)
    groups = by_occupation({"text": said, "entities": [entity]}, [question], Talk("welder", "welder", (), RECENT))
    assert [(slug, asked[0].intent) for slug, asked in groups] == [
        ("welder", "ask_comparison"),
        ("cook", "ask_comparison"),
    ]


def test_what_makes_two_different_and_who_earns_more_are_two_questions():
    said = "what is the difference between a welder and a cook and who earns more"
    text, entities = said, []
    for name in ("welder", "cook"):
        entities.append(
            {"entity": "occupation", "value": name, "start": said.index(name), "end": said.index(name) + len(name)}
        )
        text = text.replace(f"a {name}", MASK)
    first, second = text.split(" and who")
    asked = [
        Question(first, "ask_comparison", 0.9, said="what is the difference between a welder and a cook"),
        Question(f"who{second}", "ask_comparison", 0.9, said=f"who{second}", compares="ask_pay"),
    ]
    groups = by_occupation({"text": said, "entities": entities}, asked, Talk("baker"))
    assert [(slug, [each.compared for each in some]) for slug, some in groups] == [
        ("welder", ["overview", "pay"]),
        ("cook", ["overview", "pay"]),
    ]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        (f"how's the pay vs {MASK}", "welder"),
        (f"does {MASK} pay more", "welder"),
        (f"what does {MASK} pay", None),
        (f"how can {MASK} make more money", None),
        (f"does it make more sense to be {MASK}", None),
    ],
)
def test_one_that_is_set_beside_what_was_talked_of_is_told_with_it(text, before):
    said = text.replace(MASK, "cook")
    entity = {"entity": "occupation", "value": "cook", "start": said.index("cook"), "end": said.index("cook") + 4}
    question = Question(text, "ask_pay", 0.9, said=said)
    groups = by_occupation({"text": said, "entities": [entity]}, [question], Talk("cook", "welder", (), ("welder",)))
    assert [slug for slug, _ in groups] == ([before] if before else []) + ["cook"]


def test_whether_two_names_are_of_the_same_is_no_comparison():
    said = "is a cook the same as a baker"
    entities = [
        {"entity": "occupation", "value": "cook", "start": 5, "end": 9},
        {"entity": "occupation", "value": "baker", "start": 24, "end": 29},
    ]
    question = Question(f"is {MASK} the same as {MASK}", "ask_titles", 0.9, said=said)
    groups = by_occupation({"text": said, "entities": entities}, [question], Talk("welder", "welder", (), RECENT))
    assert [asked[0].intent for _, asked in groups] == ["ask_titles"] * 2


def test_an_item_of_a_list_and_one_of_a_single_occupation_are_not_pointed_at():
    assert about("the first one", Talk("welder", "welder", PAIR, RECENT), "follow_item")[0] != ["cook"]
    assert about("a license for the first one", Talk("welder", "welder", (), ("welder",)))[0] == ["welder"]


def test_two_that_are_compared_are_told_of_in_the_order_in_which_they_were_named():
    assert about("which one pays more", Talk("welder", "welder", (), RECENT), "ask_comparison")[0] == ["cook", "welder"]
