"""Tests of knowledge/reading.py: what the shipped document says, and what a reading may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.build import DOCUMENTS
from knowledge.document import Refused
from knowledge.model import Aspect, Fact, Occupation
from knowledge.reading import read_occupation, reading_path

SHIPPED = DOCUMENTS / "production-technician.txt"


def facts(occupation: Occupation, aspect: Aspect) -> list[Fact]:
    return [fact for fact in occupation.facts if fact.aspect is aspect]


def fact(occupation: Occupation, label: str) -> Fact:
    return next(fact for fact in occupation.facts if fact.label == label)


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read_occupation(path)
    return str(refused.value)


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# What the shipped document says


def test_every_fact_of_the_shipped_document_stands_at_its_line(technician):
    lines = SHIPPED.read_text(encoding="utf-8").split("\n")
    for fact in technician.facts:
        assert fact.text in lines[fact.line - 1]
        assert fact.label is None or fact.label in lines[fact.line - 1]


def test_the_shipped_document_holds_47_facts_at_these_lines(technician):
    prose = [1] * 2 + [3] * 4 + [5] * 6 + [7] * 2 + [9]
    lists = [*range(18, 25), *range(27, 32), *range(35, 44), 47, *range(50, 54)]
    assert [fact.line for fact in technician.facts] == prose + lists + [57] * 3 + [61] * 2 + [63]


def test_the_shipped_document_tells_these_aspects(technician):
    assert {aspect.value: len(facts(technician, aspect)) for aspect in Aspect if facts(technician, aspect)} == {
        "overview": 1,
        "appeal": 2,
        "typical_day": 6,
        "tasks": 9,
        "skills": 12,
        "technology": 1,
        "interests": 4,
        "requirements": 1,
        "workplace": 2,
        "safety": 1,
        "entry_level": 1,
        "experience": 2,
        "certification": 1,
        "next_steps": 3,
        "variation": 1,
    }


def test_the_six_names_of_the_occupation_stand_at_line_13(technician):
    assert [(title.text, title.line) for title in technician.titles] == [
        ("Advanced Manufacturing Technician", 13),
        ("Product Introduction Manager", 13),
        ("Research and Development Machinist", 13),
        ("Process Engineer", 13),
        ("Production Technician", 13),
        ("Manufacturing Production Technician", 13),
    ]


def test_only_the_title_of_the_reading_is_the_preferred_name(technician):
    assert [title.text for title in technician.titles if title.kind == "preferred"] == ["Production Technician"]


@pytest.mark.parametrize(
    ("label", "line", "explanation"),
    [
        (
            "Operation Monitoring",
            23,
            "Watching gauges, dials, or other indicators to make sure a machine is working properly",
        ),
        (
            "Quality Control Analysis",
            31,
            "Conducting tests and inspections of products, services, or processes to evaluate quality or performance",
        ),
    ],
)
def test_an_explanation_is_kept_apart_from_its_label(technician, label, line, explanation):
    assert (fact(technician, label).text, fact(technician, label).line) == (explanation, line)


def test_a_fact_with_an_explanation_is_quoted_with_its_label_first(technician):
    assert fact(technician, "Operation Monitoring").quote == (
        "Operation Monitoring — Watching gauges, dials, or other indicators to make sure a machine is working properly"
    )


def test_a_list_item_without_an_explanation_is_quoted_once(technician):
    assert fact(technician, "Mathematics").quote == "Mathematics"


def test_a_sentence_of_prose_has_no_label(technician):
    assert facts(technician, Aspect.safety)[0].label is None


def test_the_interests_stand_at_lines_50_to_53_though_their_heading_is_lost(technician):
    assert [(fact.text, fact.line, fact.heading) for fact in facts(technician, Aspect.interests)] == [
        ("Computers", 50, None),
        ("Creativity", 51, None),
        ("Fixing things", 52, None),
        ("Improving Systems or Machines", 53, None),
    ]


def test_the_second_list_of_skills_gets_back_the_heading_it_lost(technician):
    assert {fact.heading for fact in facts(technician, Aspect.skills)} == {"Critical Skills"}


def test_the_slug_is_the_name_of_the_file_and_the_title_that_of_the_reading(technician):
    assert (technician.slug, technician.title) == ("production-technician", "Production Technician")


def test_what_the_page_does_not_say_of_itself_is_not_known(technician):
    source = technician.source
    assert (source.publisher, source.url, source.date, source.attribution) == (None, None, None, None)


def test_the_shipped_reading_lies_beside_its_document():
    assert reading_path(SHIPPED) == DOCUMENTS / "production-technician.reading.yml"


# What a reading does


def test_a_title_that_the_document_does_not_name_stands_first_and_in_no_line(write):
    first = read_occupation(write("Names\n\nFitter, Joiner", "title: Welder\nheadings: {Names: titles}")).titles[0]
    assert (first.text, first.kind, first.line) == ("Welder", "preferred", None)


def test_names_may_stand_in_a_list(write):
    path = write("Names\n• Fitter\n• Joiner", "title: Fitter\nheadings: {Names: titles}")
    assert [(title.text, title.line) for title in read_occupation(path).titles] == [("Fitter", 2), ("Joiner", 3)]


def test_an_abbreviation_ends_no_name(write):
    path = write("Names\n\nSr. Welder, Asst. Welder.", "title: Sr. Welder\nheadings: {Names: titles}")
    assert [title.text for title in read_occupation(path).titles] == ["Sr. Welder", "Asst. Welder"]


@pytest.mark.parametrize("separator", [" — ", " – ", " - "])
def test_a_dash_with_blanks_around_it_separates_a_label_from_its_explanation(write, separator):
    path = write(f"Skills\n• Care{separator}Takes no risks", "title: Welder\nheadings: {Skills: skills}")
    skill = read_occupation(path).facts[0]
    assert (skill.label, skill.text) == ("Care", "Takes no risks")


def test_a_hyphen_without_blanks_separates_nothing(write):
    path = write("Skills\n• Set-up of machines", "title: Welder\nheadings: {Skills: skills}")
    assert read_occupation(path).facts[0].text == "Set-up of machines"


def test_a_source_without_a_title_is_called_by_that_of_the_reading(write):
    path = write("Welders weld.", "title: Welder\nsource: {title: }\nprose: {1: [{tasks: Welders weld.}]}")
    assert read_occupation(path).source.title == "Welder"


def test_a_date_of_a_source_is_kept_as_it_is_written(write):
    path = write("Welders weld.", "title: Welder\nsource: {date: 2024-02-20}\nprose: {1: [{tasks: Welders weld.}]}")
    assert read_occupation(path).source.date == "2024-02-20"


# What is refused: a document that nobody has read


def test_a_document_without_a_reading_is_refused_at_the_list_that_lost_its_heading(document, reading):
    reading.unlink()
    assert refusal(document).startswith(f"{document}:27: this list has no heading, and there is no {reading.name} ")


def test_a_document_without_a_reading_and_without_such_a_list_is_refused_at_its_first_line(write):
    path = write("Welders weld.")
    assert refusal(path).startswith(f"{path}:1: nobody has read this document yet, and there is no welder.reading.yml ")


def test_a_list_that_lost_its_heading_is_refused_until_the_reading_names_it(document, reading):
    replace_in(reading, "  50: {aspect: interests}  # its heading is lost altogether\n", "")
    assert refusal(document) == (
        f"{document}:50: this list has no heading; say in {reading.name}, under `lost_headings`, what it tells."
    )


def test_a_sentence_that_the_reading_leaves_out_is_refused(document, reading):
    reading.write_text(reading.read_text(encoding="utf-8").partition("  63:\n")[0], encoding="utf-8")
    assert refusal(document) == (
        f"{document}:63: {reading.name} does not say what this tells: "
        "“Specific job titles and duties vary by employer so check for”."
    )


def test_a_sentence_under_a_heading_of_a_list_is_refused_until_the_reading_quotes_it(write):
    path = write("Tools\n\nThese are used.\n\n• Torch", "title: Welder\nheadings: {Tools: tools}")
    assert refusal(path) == f"{path}:3: welder.reading.yml does not say what this tells: “These are used.”."


# What is refused: a reading that says what its source does not


def test_a_reading_that_quotes_what_its_source_lacks_is_refused(document, reading):
    replace_in(reading, "Do you work well with machines", "Do you work badly with machines")
    assert refusal(document) == (
        f"{document}:3: the source does not contain “Do you work badly with machines and moving parts?” "
        f"({reading.name})."
    )


def test_a_quote_from_another_line_is_refused(document, reading):
    replace_in(reading, "  63:\n", "  61:\n")
    assert refusal(document).startswith(f"{document}:61: the source does not contain “Specific job titles")


@pytest.mark.parametrize("quote", ["", '""', '" "', "5", "[a]"])
def test_a_quote_that_is_no_text_is_refused(document, reading, quote):
    replace_in(reading, '- appeal: "Do you work well with machines and moving parts?"', f"- appeal: {quote}")
    assert refusal(document).startswith(f"{document}:3: the source does not contain “")


@pytest.mark.parametrize(("line", "quote"), [(15, "Critical Skills"), (18, "Computers"), (16, "x"), (1000, "x")])
def test_a_quote_from_a_line_without_prose_is_refused(document, reading, line, quote):
    replace_in(reading, "  63:\n", f"  {line}:\n    - skills: {quote}\n  63:\n")
    assert refusal(document) == f"{document}:{line}: this line holds no prose that {reading.name} could quote."


def test_a_heading_that_does_not_stand_in_the_source_is_refused(document, reading):
    replace_in(reading, "  Critical Skills: skills", "  Vital Skills: skills")
    assert refusal(document) == f"{reading}:1: the heading “Vital Skills” does not stand in {document.name}."


def test_a_lost_heading_for_a_line_where_no_list_lost_one_is_refused(document, reading):
    replace_in(reading, "  50: {", "  51: {")
    assert refusal(document) == f"{reading}:1: no list without a heading begins at {document.name}:51."


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("Key Responsibilities: tasks", "Key Responsibilities: chores", 35, "chores"),
        ("27: {aspect: skills", "27: {aspect: skils", 27, "skils"),
        ("27: {aspect: skills, heading", "27: {heading", 27, "None"),
        ("- safety: ", "- danger: ", 7, "danger"),
    ],
)
def test_an_unknown_aspect_is_refused_at_the_line_that_it_is_said_of(document, reading, old, new, line, said):
    replace_in(reading, old, new)
    assert refusal(document).startswith(f"{document}:{line}: {reading.name} says “{said}”, which is none of: ")


# What is refused: a reading that is malformed


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\nprose:", "\npross:", "a reading has no `pross`; it has headings, lost_headings, prose, source, title."),
        (
            "  url:",
            "  uri:",
            "`source` has no `uri`; it has attribution, date, edition, licence, publisher, title, url.",
        ),
        ("skills, heading", "skills, heeding", "a lost heading has no `heeding`; it has aspect, heading."),
    ],
)
def test_an_unknown_key_is_refused(document, reading, old, new, message):
    replace_in(reading, old, new)
    assert refusal(document) == f"{reading}:1: {message}"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("title: Welder\nprose: {1: [", 2, "expected the node content, but found '<stream end>'"),
        ("title: Welder\nsource: a: b", 2, "mapping values are not allowed here"),
        ("title: Welder\n\tprose:", 2, "found character '\\t' that cannot start any token"),
        ("title: Welder\n\n# \x07", 3, "special characters are not allowed"),
        (
            "title: !!python/object:os.system x",
            1,
            "could not determine a constructor for the tag 'tag:yaml.org,2002:python/object:os.system'",
        ),
        ("title: Welder\nsource: {date: 2024-02-30}", 1, "day is out of range for month"),
        ("title: " + "[" * 1000, 1, "maximum recursion depth exceeded"),
    ],
    ids=["cut off", "two colons", "a tab", "a control character", "a Python object", "no such day", "too deep"],
)
def test_a_reading_that_is_not_yaml_is_refused_at_the_line_of_the_mistake(write, text, line, problem):
    path = write("Welders weld.", text)
    message = refusal(path)
    assert message.startswith(f"{reading_path(path)}:{line}: the reading is not YAML: {problem}")
    assert "\n" not in message


@pytest.mark.parametrize("text", ["- Welder", "Welder", "headings: {}", "title: 5", "title: ''", "title: ' '"])
def test_a_reading_without_a_title_is_refused(write, text):
    path = write("Welders weld.", text)
    assert refusal(path) == f"{reading_path(path)}:1: a reading needs a `title`."


@pytest.mark.parametrize(
    "text",
    [
        "source: page",
        "source: [page]",
        "headings: [Tools]",
        "headings: 5",
        "lost_headings: [27]",
        "lost_headings: {27: skills}",
        "lost_headings: {x: {aspect: skills}}",
        "prose: [Welders weld.]",
        "prose: {1: Welders weld.}",
        "prose: {1: 5}",
        "prose: {1: }",
        "prose: {1: {tasks: Welders weld.}}",
        "prose: {one: [{tasks: Welders weld.}]}",
    ],
)
def test_a_reading_of_another_shape_is_refused(write, text):
    path = write("Welders weld.", f"title: Welder\n{text}")
    message = refusal(path)
    assert message.startswith(f"{reading_path(path)}:1: the reading is malformed: ")
    assert "\n" not in message


def test_an_empty_reading_is_refused(write):
    path = write("Welders weld.", "")
    assert refusal(path) == f"{reading_path(path)}:1: the document is empty."


def test_a_reading_that_is_not_utf8_is_refused(document, reading):
    reading.write_bytes("title: Wélder".encode("latin-1"))
    assert refusal(document) == f"{reading}:1: byte 8 is not UTF-8; save the document as UTF-8."
