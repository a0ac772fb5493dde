"""The questions confirmed for facts: read, refused with file and line, and matched by meaning."""

from __future__ import annotations

import shutil

import pytest

from knowledge.asked import asked_path, read_asked
from knowledge.base import KnowledgeBase
from knowledge.build import DOCUMENTS, build_documents, fingerprint
from knowledge.model import Begins, Refused
from knowledge.reading import read_occupation

MATH = '- fact: "Mathematics"\n  line: 21\n'


@pytest.fixture
def occupation():
    """The shipped document, without the questions that are shipped with it."""
    found = read_occupation(DOCUMENTS / "production-technician.txt")
    for fact in found.facts:
        fact.asked.clear()
    return found


def read(tmp_path, occupation, text: str):
    """The questions of a file with this text, as (question, how its answer begins) of Mathematics."""
    path = tmp_path / "x.asked.yml"
    path.write_text(text, encoding="utf-8")
    read_asked(path, occupation)
    [fact] = [fact for fact in occupation.facts if fact.line == 21]
    return [(each.text, each.begins) for each in fact.asked]


def test_a_question_is_given_to_its_fact(tmp_path, occupation):
    written = MATH + "  open: |\n    which algebra\n  no: |\n    can i skip the sums\n    no sums then?\n"
    assert read(tmp_path, occupation, written) == [
        ("which algebra", Begins.open),
        ("can i skip the sums", Begins.no),
        ("no sums then?", Begins.no),
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("- [", ":1: the questions are not YAML"),
        ("fact: x", ":1: the questions have to be a list"),
        ('- fact: "Maths"\n  line: 21\n  open: why\n', ":1: no fact of production-technician at line 21 is “Maths”"),
        (MATH + MATH.replace("21", "22") + "  open: why\n", ":3: no fact of"),
        (MATH + "  maybe: why\n", ":1: “maybe” is none of open, yes, no, depends"),
        (MATH + "  open: |\n    why\n    why\n", ":1: “why” stands twice"),
    ],
)
def test_a_file_that_does_not_fit_its_document_is_refused_with_its_line(tmp_path, occupation, written, said):
    with pytest.raises(Refused) as refused:
        read(tmp_path, occupation, written)
    assert said in str(refused.value)


def test_a_document_without_such_a_file_can_be_asked_about_all_the_same(tmp_path):
    for path in DOCUMENTS.iterdir():
        if not path.name.endswith(".asked.yml"):
            shutil.copy(path, tmp_path)
    knowledge = KnowledgeBase(f"sqlite:///{tmp_path / 'store.sqlite'}")
    build_documents(f"sqlite:///{tmp_path / 'store.sqlite'}", tmp_path)
    assert knowledge.occupation("production-technician").facts
    assert knowledge.match("production-technician", "any math?", None) is None


def test_a_changed_question_makes_the_store_stale(tmp_path):
    for path in DOCUMENTS.iterdir():
        shutil.copy(path, tmp_path)
    before = fingerprint(tmp_path)
    with asked_path(tmp_path / "production-technician.txt").open("a", encoding="utf-8") as questions:
        questions.write("\n")
    assert fingerprint(tmp_path) != before


@pytest.mark.parametrize(
    ("text", "line"),
    [("who gets the steel onto the machine", 5), ("must i be a numbers person", 21), ("would i be sat at a desk", 3)],
)
def test_words_that_the_document_lacks_find_their_fact(shipped, encoder, text, line):
    match = shipped.match("production-technician", text, encoder.encode([text])[0])
    facts = shipped.occupation("production-technician").facts
    assert facts[int(match.facts.argmax())].line == line
    assert match.facts.max() <= 1
    assert set(match.begins) == set(Begins.__members__)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> KnowledgeBase:
    """A store of the shipped documents."""
    url = f"sqlite:///{tmp_path_factory.mktemp('asked') / 'store.sqlite'}"
    build_documents(url)
    return KnowledgeBase(url)
