"""The reader of pages and messages that it never saw: what a fact decides, and which parts a message has."""

from __future__ import annotations

import pytest

from knowledge.reader import ASKING, Does, Reader, Relation


@pytest.fixture(scope="module")
def reader() -> Reader:
    """The reader with its model."""
    return Reader()


@pytest.mark.parametrize(
    ("question", "fact", "relation"),
    [
        ("is a driving licence needed", "Requirements: A valid driving licence", "yes"),
        ("so no driving licence then, right?", "A valid driving licence is required.", "no"),
        ("Nobody reads music there, do they?", "You will read sheet music every day.", "yes"),
        ("is the safety course optional?", "Every trainee has to take the safety course.", "no"),
        ("who checks the tanks", "The shift leader checks the tanks.", "tells"),
        ("how much geometry?", "Skills: Geometry", "detail"),
        ("do they use drones?", "Tools: Chain saws, axes", "beside"),
        ("do people quit a lot", "You will cut glass to size.", "beside"),
    ],
)
def test_a_fact_decides_tells_lacks_or_is_beside(reader, question, fact, relation):
    found = reader.relations(question, [fact])[0]
    assert Relation(int(found.argmax())).name == relation
    assert found.sum() == pytest.approx(1, abs=1e-3)


def test_no_facts_have_no_relations(reader):
    assert reader.relations("is it loud", []).shape == (0, len(Relation))


def parts(reader: Reader, text: str) -> list[tuple[str, str]]:
    """What each part of a text does, and its words."""
    return [(part.does.name, text[part.start : part.end].strip()) for part in reader.parts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What does a roofer do, and does a license help?", ["open", "whether"]),
        ("what does it pay? is it safe?", ["open", "whether"]),
        ("thanks so much! and the hours?", ["talk", "open"]),
        ("I have a bad knee. Would I have to climb?", ["person", "whether"]),
        ("haha you said that already. which tools do they use", ["talk", "open"]),
        ("is it days or nights", ["choice"]),
        ("which skills and tools", ["open"]),
        ("so there's no test then", ["whether"]),
        ("just list the duties please", ["open"]),
        ("I am a mother of two and I worked in a bakery.", ["person"]),
    ],
)
def test_a_message_falls_into_its_parts(reader, text, expected):
    assert [does for does, _ in parts(reader, text)] == expected


def test_each_line_of_a_list_is_a_question(reader):
    found = parts(reader, "1. What are the hours?\n2. Is there a test?\n3. How long is the training?")
    assert [does for does, _ in found] == ["open", "whether", "open"]


def test_the_parts_are_the_whole_message(reader):
    text = "hey, im 17 and good with bikes. do i need school for this? and hows the pay\nthanks"
    found = reader.parts(text)
    assert "".join(text[part.start : part.end] for part in found) == text
    assert [part.does for part in found if part.does in ASKING] == [Does.whether, Does.open]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_where_there_is_nothing_there_are_no_parts(reader, text):
    assert reader.parts(text) == []


@pytest.mark.parametrize("text", ["a" * 2000, "is it loud? " * 160, "😀" * 500, "the hours " * 200])
def test_a_long_message_is_read_in_pieces(reader, text):
    found = reader.parts(text)
    assert "".join(text[part.start : part.end] for part in found) == text


def test_of_a_message_that_is_too_long_the_beginning_and_the_end_are_read(reader):
    text = "Is it loud? " + "I once worked on a farm with my uncle and we grew corn there. " * 30 + "What does it pay?"
    found = parts(reader, text)
    assert found[0] == ("whether", "Is it loud?")
    assert found[-1] == ("open", "What does it pay?")
