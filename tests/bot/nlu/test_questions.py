"""A message falls into questions: two behind “or”, few words of each of many, and what only describes set aside."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.questions import MOST_PARTS, Questions
from knowledge.encoder import Encoder
from knowledge.reader import Does, Part

WORDS = {"ask_education": "college degree school", "ask_pay": "pay earn money", "ask_hours": "nights weekends hours"}


class ByWords:
    """Tells the kind of a text by its words, and that it describes where it says “those who”."""

    labels = [*WORDS, "aside"]

    def __init__(self) -> None:
        self.texts: list[str] = []

    def all(self, texts: list[str], vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        self.texts += texts
        said = [[any(word in text for word in words.split()) for words in WORDS.values()] for text in texts]
        kinds = np.array([[*map(float, each), float(not any(each))] for each in said], dtype=np.float32)
        kinds /= kinds.sum(axis=1, keepdims=True)
        return kinds, kinds, np.array([1.0 if "those who" in text else -1.0 for text in texts])


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture
def kinds() -> ByWords:
    return ByWords()


@pytest.fixture
def questions(encoder, kinds) -> Questions:
    return Questions(kinds, encoder, split_from=0.45, ranking=3)


def test_two_questions_of_different_kinds_behind_or_are_two(questions):
    found, _, _ = questions.of("do they need a college degree or do they work nights?")
    assert [each["intent"] for each in found] == ["ask_education", "ask_hours"]
    assert [each["does"] for each in found] == ["whether", "whether"]


def test_two_of_one_kind_are_one_question_that_yes_or_no_cannot_answer(questions):
    found, _, _ = questions.of("do they work nights or do they work weekends?")
    assert [(each["intent"], each["does"]) for each in found] == [("ask_hours", "choice")]


def test_what_describes_is_set_aside_where_something_is_asked(questions):
    found, _, description = questions.of("Those who paint kites? What do they earn?".lower())
    assert [each["intent"] for each in found] == ["ask_pay"]
    assert "those who paint kites" in description


def test_what_only_describes_is_the_question(questions):
    found, _, description = questions.of("those who paint kites")
    assert len(found) == 1
    assert description == "those who paint kites"


def test_where_nothing_describes_there_is_no_description(questions):
    assert questions.of("what do they earn?")[2] == ""


def test_of_a_message_full_of_parts_few_words_of_each_are_looked_at(questions, kinds):
    questions.of("is it at on to my in " * 95)
    assert len(kinds.texts) <= MOST_PARTS + 2
    assert max(len(text.split()) for text in kinds.texts) <= 20


@pytest.mark.parametrize(
    "text",
    [
        "What do this job, this job and this job earn in Ohio?",
        "How much is the pay for this job and for this job in Texas?",
        "What do they pay this job and this job, so i can put them side by side?",
        "do this job, this job or this job make the most money?",
    ],
)
def test_names_that_are_listed_are_of_one_question(questions, text):
    assert [each["intent"] for each in questions.of(text)[0]] == ["ask_pay"]


def test_a_question_behind_a_name_stays_one(questions):
    found, _, _ = questions.of("do they need a college degree for this job? do they earn money?")
    assert [each["intent"] for each in found] == ["ask_education", "ask_pay"]


def test_what_somebody_tells_of_themselves_belongs_to_whether_they_can_do_it(questions):
    found, _, _ = questions.of("I left school at ten. Can I work as this job? And what does it pay?")
    said = [each["text"] for each in found]
    assert said == ["I left school at ten. Can I work as this job?", "And what does it pay?"]


def test_a_marked_question_counts_whatever_is_around_it(questions, monkeypatch):
    text = "ok wait what does it pay? mostly nights or"
    parts = [Part(0, 26, Does.talk), Part(26, len(text), Does.choice)]
    monkeypatch.setattr(questions._reader, "parts", lambda text: parts)
    found, _, _ = questions.of(text)
    assert [each["intent"] for each in found] == ["ask_pay", "ask_hours"]


def test_a_question_that_only_has_a_word_before_it_is_no_talk(questions, monkeypatch):
    text = "ok which one pays more and do u need a degree"
    parts = [Part(0, 22, Does.talk), Part(22, len(text), Does.whether)]
    monkeypatch.setattr(questions._reader, "parts", lambda text: parts)
    assert len(questions.of(text)[0]) == 2


@pytest.mark.parametrize(
    "vouched", [". is that true or is he just teasing me?", ", is that right", ", is that normal or is he full of it"]
)
def test_whether_what_somebody_says_is_so_is_a_question_about_that(questions, vouched):
    [found] = questions.of(f"my uncle says they earn a lot of money{vouched}")[0]
    assert (found["text"], found["does"]) == ("my uncle says they earn a lot of money", "whether")


def test_what_was_meant_belongs_to_what_was_asked(questions):
    text = "how much does it pay, I mean to start, not after twenty years"
    assert [each["text"] for each in questions.of(text)[0]] == [text]
    assert len(questions.of("how much do they earn? not to be rude but do they need college")[0]) == 2


def test_two_matters_are_two_questions(questions):
    found, _, _ = questions.of("what is it like for pay and hours both?")
    assert [(each["text"], each["intent"]) for each in found] == [
        ("what is it like for pay", "ask_pay"),
        ("hours?", "ask_hours"),
    ]


def test_how_many_are_wanted_belongs_to_what_is_asked(questions):
    found, _, _ = questions.of("what do they earn, need like 3")
    assert [each["text"] for each in found] == ["what do they earn, need like 3"]
