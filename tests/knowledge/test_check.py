"""Tests of knowledge/check.py: every fact at its line, and nothing left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.build import DOCUMENTS
from knowledge.check import check, check_document
from knowledge.document import Refused, read_document

SHIPPED = DOCUMENTS / "production-technician.txt"
READING = "title: Welder\nprose: {1: [{tasks: Welders weld.}]}\n"


def checked(technician, **changes):
    """What the check finds where the first fact is another one."""
    first, *others = technician.facts
    return check(read_document(SHIPPED), replace(technician, facts=[replace(first, **changes), *others]))


def test_every_fact_and_name_of_the_shipped_document_is_proved():
    result = check_document(SHIPPED)
    assert (result.proved, result.wrong) == (79, [])


def test_no_sentence_of_the_shipped_document_is_left_uncovered():
    assert check_document(SHIPPED).uncovered == []


def test_a_fact_that_its_source_does_not_contain_is_wrong(technician):
    wrong = checked(technician, text="It pays well.").wrong
    assert wrong == [f"{SHIPPED}:1: “It pays well.” does not stand in this line."]


def test_a_fact_that_stands_in_another_line_is_wrong(technician):
    assert [line.split(": ")[0] for line in checked(technician, line=3).wrong] == [f"{SHIPPED}:3"]


def test_a_fact_beyond_the_end_of_its_source_is_wrong(technician):
    assert len(checked(technician, line=1000).wrong) == 1


def test_a_label_that_its_source_does_not_contain_is_wrong(technician):
    assert checked(technician, label="Pay").wrong == [f"{SHIPPED}:1: “Pay” does not stand in this line."]


def test_a_name_that_its_source_does_not_contain_is_wrong(technician):
    titles = [replace(technician.titles[0], text="Astronaut")]
    wrong = check(read_document(SHIPPED), replace(technician, titles=titles)).wrong
    assert wrong == [f"{SHIPPED}:13: “Astronaut” does not stand in this line."]


def test_a_title_that_no_line_claims_needs_no_proof(technician):
    titles = [replace(technician.titles[0], text="Astronaut", line=None), *technician.titles]
    assert check(read_document(SHIPPED), replace(technician, titles=titles)).wrong == []


def test_a_sentence_that_no_fact_covers_is_listed_with_its_line(write):
    path = write("Welders weld. They wear masks.", READING)
    assert check_document(path).uncovered == [f"{path}:1: no fact covers “They wear masks.”"]


def test_a_document_without_a_reading_cannot_be_checked(write):
    with pytest.raises(Refused, match="welder.txt:1: nobody has read this document yet"):
        check_document(write("Welders weld."))
