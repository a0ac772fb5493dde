"""Which occupation is meant, however it is written; and masking."""

from __future__ import annotations

import pytest

from bot.nlu.careers import Careers
from bot.nlu.linker import MASK, Linker, mask, named, unmarked

LINKER = Linker(
    [
        ("production-technician", "Production Technician"),
        ("production-technician", "Process Engineer"),
        ("production-technician", "Research and Development Machinist"),
        ("welder", "Welder"),
    ]
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("what does a production technician do", ["production technician"]),
        ("PRODUCTION TECHNICIANS earn what?", ["PRODUCTION TECHNICIANS"]),
        ("prod tech in one line", ["prod tech"]),
        ("is a producton technitian a thing", ["producton technitian"]),
        ("work of technician of production", ["technician of production"]),
        ("r&d machinist?", ["r&d machinist"]),
        ("process engineer or welder", ["process engineer", "welder"]),
        ("what does a nurse do", []),
        ("my product is broken, technically", []),
        ("", []),
    ],
)
def test_a_title_is_found_in_plurals_abbreviations_turned_round_and_misspelt(text, named):
    assert [text[mention.start : mention.end] for mention in LINKER.mentions(text)] == named


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("a process engineer", "Process Engineer"),
        ("r&d machinists", "Research and Development Machinist"),
        ("producton technitian", "Production Technician"),
    ],
)
def test_a_mention_means_its_occupation_by_one_of_its_titles(text, title):
    [mention] = LINKER.mentions(text)
    assert (mention.slug, mention.title) == ("production-technician", title)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("what does a [nurse](occupation) do", "what does this job do"),
        ("[prod tech](occupation)?", "this job?"),
        ("the [welder](occupation)'s pay", "this job's pay"),
        ("is it hard", "is it hard"),
    ],
)
def test_occupations_are_masked_whatever_they_are(text, masked):
    assert mask(*unmarked(text)) == masked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("what does a nurse do", ["nurse"]),
        ("how much do welders make", ["welder"]),
        ("welders?", ["welder"]),
        ("tell me about being a dental hygienist", ["dental hygienist"]),
        ("i was a nurse for ten years", []),
        ("my uncle is a welder and loves it", []),
        ("Navy machinist's mate, six years", []),
        ("after 8 years as a truck driver", []),
        ("is it better than being a welder", []),
    ],
)
def test_a_career_that_is_asked_about_is_told_from_one_that_somebody_has(text, asked):
    careers = Careers(["nurse", "welder", "dental hygienist", "machinist", "truck driver"])
    assert [mention.slug for mention in careers.asked_about(text)] == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("how do i become a glockenspiel tuner?", ["glockenspiel tuner"]),
        ("what is life as a falconer in texas like", ["falconer"]),
        ("can i become a better leader", []),
        ("can i become a journeyman", []),
        ("does it become a routine", []),
    ],
)
def test_a_career_that_no_list_has_is_known_by_where_it_stands_where_there_are_many(text, asked):
    careers = Careers(["nurse"])
    assert [mention.slug for mention in careers.asked_about(text, any_name=True)] == asked
    assert careers.asked_about(text) == []


@pytest.mark.parametrize(
    ("part", "masked", "names", "written"),
    [
        ("do this job get free parking?", "do this job get free parking?", ["welders"], "do welders get free parking?"),
        ("and this job?", "is this job hard, and this job?", ["welding", "baking"], "and baking?"),
        ("is this job hard", "is this job hard", [], "is this job hard"),
        ("gone", "is this job hard", ["welding"], "gone"),
    ],
)
def test_a_masked_part_is_told_as_it_was_written(part, masked, names, written):
    assert named(part, masked, names) == written


def test_masking_leaves_the_lines_of_a_message():
    assert mask("1.  pay of a welder \n2. hours", [(13, 19)]) == f"1. pay of {MASK} \n2. hours"
