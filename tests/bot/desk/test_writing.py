"""From a visitor's question to an answer: written, or confirmed; and test questions that publishing must not break."""

from __future__ import annotations

import pytest

from bot.desk.known import Known
from knowledge.build import build_documents
from knowledge.model import Aspect
from tests.bot.desk.conftest import on_the_desk, words
from tests.bot.desk.documents.test_pages import TEXT, add, place_of, post
from tests.bot.desk.said import GAP, ask

FACT = "Zookeepers earn 31,000 dollars a year."


@pytest.fixture
def url(url) -> str:
    build_documents(url)
    return url


@pytest.fixture
def group(store, desk) -> int:
    """The number of a group of questions that got no answer."""
    ask(store, "is there a union for zookeepers", GAP)
    desk.background.once()
    return desk.questions.groups()[0].id


def written(browser, group: int, **data):
    form = {"title": "Zookeeper", "text": "Many zookeepers are in a union.", "aspect": "union", "source": "AZA, 2026"}
    return browser.post(f"/desk/questions/group/{group}/write", {**form, **data})


def test_what_is_written_becomes_a_fact_with_its_source_and_the_group_is_dealt_with(editor, desk, group):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    assert written(editor, group).location == "/desk/documents/1/publish"
    [fact] = [item for item in desk.shelf.version(1).facts if item.aspect is Aspect.union]
    assert fact.text == "Many zookeepers are in a union. (Source: AZA, 2026)"
    assert desk.questions.groups() == []
    post(editor, "/publish", base=2)
    assert fact.text in [each.text for each in Known(desk.options.database_url).facts("zookeeper")]


def test_of_an_occupation_that_is_on_no_shelf_a_document_is_made(editor, desk, group):
    written(editor, group)
    [document] = desk.shelf.documents()
    assert document.titles == ("Zookeeper",)
    assert Aspect.union in {item.aspect for item in desk.shelf.version(document.id).facts}


@pytest.mark.parametrize("lacking", ["title", "text", "source", "aspect"])
def test_what_lacks_a_part_is_not_written(editor, desk, group, lacking):
    answer = written(editor, group, **{lacking: " "})
    assert answer.status_code == 422
    typed = {"title": 'value="Zookeeper"', "text": ">Many zookeepers are", "aspect": '"union" selected'}
    for name, shown in {**typed, "source": 'value="AZA, 2026"'}.items():
        assert (shown in answer.text) == (name != lacking)
    assert desk.shelf.documents() == []
    assert len(desk.questions.groups()) == 1


def test_a_fact_that_is_the_answer_holds_from_then_on_and_is_a_test_question(editor, desk, group):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    post(editor, "/publish", base=1)
    data = {"base": 1, "question": "is there a union", "fact": place_of(desk, "31,000"), "begins": "no", "test": "yes"}
    editor.post(f"/desk/questions/group/{group}/answer", data)
    assert desk.shelf.document(1).live == 2
    asked = [each for fact in Known(desk.options.database_url).facts("zookeeper") for each in fact.asked]
    assert [each.text for each in asked] == ["is there a union"]
    assert [(test.question, test.fact) for test in desk.tests.all()] == [("is there a union", FACT)]


def test_after_settling_and_confirming_the_desk_has_none_of_the_visitors_words(editor, desk, store):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    for at, question in enumerate(("is my uncle Barnaby right about a union", "will Clementine have to pay for boots")):
        ask(store, question, GAP, conversation=f"web:visitor{at}")
    desk.background.once()
    settled, confirmed = (group.id for group in desk.questions.groups())
    editor.post(f"/desk/questions/group/{settled}/settled", {"settled": "yes"}, page="/desk/password")
    data = {"base": 1, "question": "is there a union", "fact": place_of(desk, "31,000"), "begins": "no", "test": "yes"}
    editor.post(f"/desk/questions/group/{confirmed}/answer", data)
    assert desk.questions.groups() == []
    kept = on_the_desk(desk.database)
    assert "is there a union" in kept  # the test question, as the editor wrote it
    for word in ("Barnaby", "Clementine", "boots", "uncle", "visitor"):
        assert word not in kept


def test_where_the_document_changed_meanwhile_nothing_is_confirmed(editor, desk, group):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    data = {"base": 7, "question": "is there a union", "fact": 0, "begins": "no"}
    answer = editor.post(f"/desk/questions/group/{group}/answer", data)
    assert answer.status_code == 422
    assert "has changed meanwhile" in words(answer)
    assert desk.shelf.document(1).latest == 1


def test_a_confirmation_that_is_refused_stands_in_the_form_again(editor, desk, group):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    place = place_of(desk, "31,000")
    data = {"base": 1, "question": "are zookeepers organised", "fact": place, "begins": "", "test": "yes"}
    answer = editor.post(f"/desk/questions/group/{group}/answer", data)
    assert answer.status_code == 422
    assert "Say how the answer begins." in words(answer)
    for shown in ('value="are zookeepers organised"', f'value="{place}" selected', 'value="yes" checked'):
        assert shown in answer.text
    assert desk.shelf.document(1).latest == 1


def test_without_a_document_one_is_led_to_writing(editor, group):
    assert "Write the answer instead" in words(editor.get(f"/desk/questions/group/{group}/answer"))


@pytest.mark.parametrize("page", ["write", "answer"])
def test_a_reader_writes_nothing(reader, group, page):
    assert reader.get(f"/desk/questions/group/{group}/{page}").status_code == 403


def test_what_publishing_would_break_is_shown_before(editor, desk):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    place = place_of(desk, "31,000")
    editor.post("/desk/tests", {"question": "what does a zookeeper earn", "fact": f"1:{place}"})
    assert "All 1 still find their fact." in words(editor.get("/desk/documents/1/publish"))
    post(editor, "/items", base=1, act="save", **{f"aspect-{place}": ""})
    page = words(editor.get("/desk/documents/1/publish"))
    assert "1 of 1 would break" in page
    assert f"its fact “{FACT}” is gone" in page
    assert "breaks" in words(editor.get("/desk/tests"))


def test_a_test_question_is_kept_once_and_taken_away(editor, desk):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    data = {"question": "what does a zookeeper earn", "fact": f"1:{place_of(desk, '31,000')}"}
    editor.post("/desk/tests", data)
    assert "That is a test question already." in words(editor.post("/desk/tests", data))
    assert len(desk.tests.all()) == 1
    editor.post(f"/desk/tests/{desk.tests.all()[0].id}/remove", page="/desk/tests")
    assert desk.tests.all() == []


@pytest.mark.parametrize("fact", ["", "1:9999", "x:y", "1:"])
def test_a_test_question_needs_a_fact_that_there_is(editor, desk, fact):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    answer = editor.post("/desk/tests", {"question": "what does it pay", "fact": fact})
    assert answer.status_code == 422
    assert "Choose the fact that should answer it." in words(answer)
    assert 'value="what does it pay"' in answer.text


def test_a_test_question_comes_from_a_visitors_whose_words_stand_in_no_address(editor, desk, group):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    event = desk.questions.of_group(group)[0].event
    for page, link in (
        (f"/desk/questions/group/{group}", f"/desk/tests?group={group}"),
        (f"/desk/questions/all/{event}", f"/desk/tests?event={event}"),
    ):
        shown = editor.get(page).text
        assert f'href="{link}"' in shown
        assert "question=" not in shown
        assert 'value="is there a union for zookeepers"' in editor.get(link).text


def tested(editor, desk) -> None:
    """A document on the shelf with a test question."""
    add(editor, ("zookeeper.txt", TEXT.encode()))
    editor.post("/desk/tests", {"question": "what does a zookeeper earn", "fact": f"1:{place_of(desk, '31,000')}"})


def test_another_document_of_the_same_occupation_breaks_no_test_question(editor, desk):
    tested(editor, desk)
    add(editor, ("second.txt", b"Zookeeper\n\nHours\n\nZookeepers work at weekends and on holidays.\n"))
    assert desk.shelf.document(2).titles == ("Zookeeper",)
    assert "There are none about it yet." in words(editor.get("/desk/documents/2/publish"))
    assert "breaks" not in words(editor.get("/desk/tests"))


def test_a_test_question_is_asked_of_its_document_also_under_another_title(editor, desk):
    tested(editor, desk)
    post(editor, "/items", base=1, act="save", **{f"aspect-{place_of(desk, '31,000')}": ""})
    post(editor, "/parts", base=2, title="Animal caretaker", names="", code="")
    assert desk.shelf.document(1).titles == ("Animal caretaker",)
    assert "1 of 1 would break" in words(editor.get("/desk/documents/1/publish"))


def test_a_test_question_whose_document_is_deleted_breaks(editor, desk):
    tested(editor, desk)
    post(editor, "/forget", sure="yes")
    assert "breaks its document is gone" in words(editor.get("/desk/tests"))
