"""The pages of what visitors ask: masked, escaped, paged, as CSV without formulas, and by role."""

from __future__ import annotations

import csv
import io

import pytest

from bot.store import Feedback
from tests.bot.desk.conftest import words
from tests.bot.desk.said import ANSWERED, GAP, ask

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


@pytest.fixture
def asked(store, desk):
    """Lets something be asked and worked out."""

    def put(text: str, *replies, **options) -> int:
        number = ask(store, text, *(replies or (GAP,)), **options)
        desk.background.once()
        return number

    return put


def rows(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_before_anything_was_asked_each_page_says_so(reader):
    assert "Nothing to show yet" in words(reader.get("/desk/questions"))
    assert "No such question" in words(reader.get("/desk/questions/all"))
    assert "No thumbs yet" in words(reader.get("/desk/questions/thumbs"))
    assert "Nobody has asked anything" in words(reader.get("/desk/questions/days"))


def test_the_page_says_what_is_kept_and_how_long(reader):
    assert "for 30 days (ADVISOR_RETENTION), and then deleted" in words(reader.get("/desk/questions"))


def test_a_group_is_opened_with_its_questions_and_what_the_advisor_said_last(reader, asked, desk):
    asked("what does it pay")
    number = desk.questions.groups()[0].id
    page = words(reader.get(f"/desk/questions/group/{number}"))
    assert "1 person, asked once" in page
    assert "What it said last The page does not say what it pays." in page


def test_where_the_last_question_of_a_group_got_no_reply_its_page_says_so(reader, store, desk):
    ask(store, "what does it pay", ANSWERED)
    ask(store, "what does it pay")
    desk.background.once()
    page = words(reader.get(f"/desk/questions/group/{desk.questions.groups()[0].id}"))
    assert "What it said last Nothing: it could not answer." in page


def test_numbers_of_people_are_covered_on_every_page_and_in_every_file(reader, asked, desk, store):
    number = asked("call me at 415-555-0132 or ana@example.org about pay")
    store.add_feedback(Feedback("web:v1", "An answer", False, "mail ana@example.org", 1.0, "I am at 415-555-0132"))
    group = desk.questions.groups()[0].id
    for path in (
        "",
        f"/group/{group}",
        "/all",
        f"/all/{number}",
        "/thumbs",
        "/questions.csv",
        "/groups.csv",
        "/thumbs.csv",
    ):
        page = reader.get(f"/desk/questions{path}").text
        assert "•••" in page
        assert "555-0132" not in page
        assert "ana@example" not in page


def test_nothing_tells_who_asked(reader, asked, desk):
    number = asked("what does it pay", conversation="slack:T1:C1:17.1:U0ANA")
    group = desk.questions.groups()[0].id
    for path in ("", f"/group/{group}", "/all", f"/all/{number}", "/questions.csv", "/groups.csv"):
        assert "U0ANA" not in reader.get(f"/desk/questions{path}").text


def test_what_a_visitor_writes_is_text_on_every_page(reader, asked, desk, store):
    number = asked(HOSTILE)
    store.add_feedback(Feedback("web:v1", HOSTILE, False, HOSTILE, 1.0, HOSTILE))
    group = desk.questions.groups()[0].id
    for path in ("", f"/group/{group}", "/all", f"/all/{number}", "/thumbs"):
        page = reader.get(f"/desk/questions{path}").text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize("text", ['=HYPERLINK("http://evil.example")', "+1+1", "-2", "@1", "\t=1", " =1"])
def test_no_cell_of_a_file_is_a_formula(reader, asked, text):
    asked(text)
    [_, row] = rows(reader.get("/desk/questions/questions.csv"))
    assert row[-1].startswith("'")


def test_a_file_has_a_row_a_question_with_its_commas_quotes_and_lines(reader, asked):
    text = 'pay, "hours"\nand all that'
    asked(text, ANSWERED)
    heading, row = rows(reader.get("/desk/questions/questions.csv"))
    assert heading == ["when (UTC)", "channel", "outcome", "occupation", "question"]
    assert row[1:] == ["web", "answered", "zookeeper", text]


def test_questions_are_found_by_outcome_and_channel(reader, asked):
    asked("a question of the website")
    asked("a question in Slack", ANSWERED, conversation="slack:T:C:1:U")
    assert "in Slack" not in words(reader.get("/desk/questions/all?outcome=refused"))
    assert "in Slack" in words(reader.get("/desk/questions/all?channel=slack&outcome=answered&days=7"))


def test_many_questions_are_read_page_by_page(reader, store, desk):
    for number in range(120):
        ask(store, f"question number {number}.", GAP)
    desk.background._collector.collect()
    seen, address = [], "/desk/questions/all"
    for _ in range(3):
        page = reader.get(address).text
        seen += [number for number in range(120) if f"question number {number}." in page]
        address = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert sorted(seen) == list(range(120))
    assert address == ""


@pytest.mark.parametrize(
    "path",
    [
        "/desk/questions?page=-1",
        "/desk/questions?page=99999999999999999999",
        "/desk/questions?page=x",
        "/desk/questions/all?before=99999999999999999999",
        "/desk/questions/all?before=x&days=x&outcome=x&channel=" + "x" * 3000,
        "/desk/questions/thumbs?page=100001",
    ],
)
def test_what_nobody_links_to_is_an_empty_page(reader, path):
    assert reader.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/desk/questions/group/1", "/desk/questions/all/1", "/desk/questions/group/99999999999999999999"]
)
def test_what_is_forgotten_meanwhile_is_not_there(reader, path):
    assert reader.get(path).status_code == 404


def test_an_editor_deals_with_a_group_and_the_log_has_it(editor, owner, asked, desk):
    asked("is there a union")
    number = desk.questions.groups()[0].id
    editor.post(f"/desk/questions/group/{number}/settled", {"settled": "yes"}, page="/desk/password")
    assert "is there a union" not in words(editor.get("/desk/questions"))
    assert "is there a union" in words(editor.get("/desk/questions?show=settled"))
    log = words(owner.get("/desk/log"))
    assert f"editor settled a group {number}" in log
    assert "union" not in log


def test_a_reader_deals_with_nothing(reader, asked, desk):
    asked("is there a union")
    number = desk.questions.groups()[0].id
    answer = reader.post(f"/desk/questions/group/{number}/settled", {"settled": "yes"}, page="/desk/password")
    assert answer.status_code == 403
    assert len(desk.questions.groups()) == 1


def test_thumbs_stand_with_their_words_the_latest_first(reader, store):
    store.add_feedback(Feedback("web:a", "It pays.", True, "clear", 1.0, "what does it pay"))
    store.add_feedback(Feedback("web:b", "No wage is named.", False, "I need the pay", 2.0, "and the pay?"))
    page = words(reader.get("/desk/questions/thumbs"))
    assert "1 helped, 1 did not" in page
    assert page.index("I need the pay") < page.index("clear")
    assert "clear" not in words(reader.get("/desk/questions/thumbs?show=unhelpful"))


def test_a_day_has_its_counts_by_channel(reader, asked):
    asked("one", ANSWERED)
    asked("two", GAP, conversation="slack:T:C:1:U")
    page = words(reader.get("/desk/questions/days"))
    assert "slack 0 0 1 0" in page
    assert "web 1 0 0 0" in page
