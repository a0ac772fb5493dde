"""The documents: added, corrected, tried, published, taken back, compared and restored, by the pages' own forms."""

from __future__ import annotations

from io import BytesIO

import pytest

from bot.desk.known import Known
from bot.desk.users import Role
from knowledge.build import build_documents
from tests.bot.desk.conftest import words

TEXT = """Zookeeper

What they do

Zookeepers feed the animals and clean their enclosures. They talk to visitors.

Pay

Zookeepers earn 31,000 dollars a year.
"""


@pytest.fixture
def url(url) -> str:
    """The database with the knowledge base in it."""
    build_documents(url)
    return url


def add(browser, *files: tuple[str, bytes]):
    """Add files on the page for that."""
    return browser.post("/desk/documents", {"files": [(BytesIO(content), name) for name, content in files]})


def place_of(desk, text: str, number: int = 1) -> int:
    return next(place for place, item in enumerate(desk.shelf.version(number).items) if text in item.text)


def post(browser, action: str, **data):
    return browser.post(f"/desk/documents/1{action}", data, page="/desk/documents/1")


def test_a_document_is_added_published_answered_from_and_taken_back(editor, owner, desk):
    assert "No documents yet" in words(editor.get("/desk/documents"))
    assert add(editor, ("zookeeper.txt", TEXT.encode())).location == "/desk/documents/1"
    page = words(editor.get("/desk/documents/1"))
    assert "31,000 dollars" in page
    assert "draft" in page
    assert "All on this page are right" in page
    assert post(editor, "/publish", base=1).status_code == 302
    assert "zookeeper" in Known(desk.options.database_url).own()
    assert "It is live" in words(editor.get("/desk/documents/1"))
    post(editor, "/take-back")
    assert "zookeeper" not in Known(desk.options.database_url).own()
    log = words(owner.get("/desk/log"))
    assert "published a document 1: zookeeper.txt, version 1" in log
    assert "took back a document" in log


def test_an_aspect_is_changed_and_all_of_a_page_confirmed(editor, desk):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    place = place_of(desk, "31,000")
    post(editor, "/items", base=1, act="save", **{f"aspect-{place}": "outlook"})
    assert desk.shelf.version(1).items[place].aspect.value == "outlook"
    every = {
        f"aspect-{at}": item.aspect.value if item.aspect else "" for at, item in enumerate(desk.shelf.version(1).items)
    }
    post(editor, "/items", base=2, act="confirm", **every)
    assert {item.sure for item in desk.shelf.version(1).facts} == {1.0}
    assert desk.shelf.version(1).by == "editor"


def test_two_who_change_the_same_document_are_told(editor, somebody, desk):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    place = place_of(desk, "31,000")
    post(editor, "/items", base=1, act="save", **{f"aspect-{place}": "outlook"})
    second = somebody("owner")
    post(second, "/items", base=1, act="save", **{f"aspect-{place}": "hours"})
    assert "somebody else changed it meanwhile" in words(second.get("/desk/documents/1"))
    assert desk.shelf.version(1).items[place].aspect.value == "outlook"
    post(second, "/publish", base=1)
    assert desk.shelf.document(1).live is None


def test_versions_are_compared_and_restored(editor, desk):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    place = place_of(desk, "31,000")
    post(editor, "/items", base=1, act="save", **{f"aspect-{place}": ""})
    page = words(editor.get("/desk/documents/1/versions?one=1&other=2"))
    assert "Version 2 against version 1" in page
    assert "31,000" in page
    post(editor, "/restore", base=2, version=1)
    assert desk.shelf.document(1).latest == 3
    assert desk.shelf.version(1).items == desk.shelf.version(1, 1).items


def test_a_draft_is_asked_before_it_is_live(editor):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    page = words(editor.get("/desk/documents/1?question=what+does+a+zookeeper+earn"))
    asked = page.partition("Which of its facts come nearest")[2]
    assert "31,000" in asked.partition("What it is about")[0]
    assert "No fact of it bears on that." in words(editor.get("/desk/documents/1?question=who+won+the+cup"))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\ada\\zoo.txt", "zoo.txt"),
        ("<b>zoo</b>.txt", "b&gt;.txt"),
        ("a" * 300 + ".txt", "a" * 200),
    ],
)
def test_a_file_name_leads_nowhere(editor, name, kept):
    add(editor, (name, TEXT.encode()), ("second.txt", b"Welder\n\nPay\n\nWelders earn 20 dollars.\n"))
    page = editor.get("/desk/documents").text
    assert kept[:150] in page
    assert ".." not in page.partition("<main")[2]
    assert "<b>" not in page


def test_a_file_that_cannot_be_read_is_one_sentence_and_the_others_are_kept(editor, desk):
    add(editor, ("broken.pdf", b"%PDF-1.4 nothing"), ("empty.txt", b""), ("zookeeper.txt", TEXT.encode()))
    page = words(editor.get("/desk/documents"))
    assert "broken.pdf:" in page
    assert "empty.txt: the file is empty." in page
    assert [each.name for each in desk.shelf.documents()] == ["zookeeper.txt"]


def test_the_same_file_again_is_the_same_document(editor, desk):
    for _ in range(2):
        assert add(editor, ("zookeeper.txt", TEXT.encode())).location == "/desk/documents/1"
    assert len(desk.shelf.documents()) == 1


def test_what_a_document_says_is_text(editor):
    add(editor, ("zoo.txt", b"Zookeeper\n\nPay\n\nThey earn <script>alert(1)</script> a lot of money each year.\n"))
    for path in ("", "/publish", "/versions"):
        assert "<script>alert" not in editor.get(f"/desk/documents/1{path}").text


@pytest.mark.parametrize("on", ["2027-13-01", "tomorrow", "<b>"])
def test_a_date_that_is_none_is_said(editor, on):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    post(editor, "/review", on=on)
    assert "is no date" in words(editor.get("/desk/documents/1"))


def test_what_is_overdue_stands_first(editor):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    post(editor, "/publish", base=1)
    post(editor, "/review", on="2020-01-31")
    assert "To be looked at again Zookeeper , since 2020-01-31" in words(editor.get("/desk/documents"))


def test_a_document_is_deleted_once_one_is_sure(editor, desk):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    post(editor, "/forget")
    assert len(desk.shelf.documents()) == 1
    post(editor, "/forget", sure="yes")
    assert desk.shelf.documents() == []
    assert "There is no document 1" in words(editor.get("/desk/documents/1", follow_redirects=True))


@pytest.mark.parametrize("action", ["/items", "/parts", "/publish", "/take-back", "/forget", "/review", "/restore"])
def test_a_reader_looks_and_changes_nothing(editor, somebody, desk, action):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    reader = somebody(Role.reader.name)
    page = reader.get("/desk/documents/1").text
    assert "31,000" in page
    assert "Save</button>" not in page
    answer = reader.post(f"/desk/documents/1{action}", {"base": 1, "sure": "yes"}, page="/desk/password")
    assert answer.status_code == 403
    assert desk.shelf.document(1).latest == 1


@pytest.mark.parametrize("act", ["nonsense", "", "restored"])
def test_an_act_that_no_button_names_changes_nothing(editor, owner, desk, act):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    assert post(editor, "/items", base=1, act=act, **{f"aspect-{place_of(desk, '31,000')}": ""}).status_code == 400
    assert desk.shelf.document(1).latest == 1
    assert "changed a document" not in words(owner.get("/desk/log"))


def test_what_is_not_chosen_or_malformed_changes_nothing(editor, desk):
    add(editor, ("zookeeper.txt", TEXT.encode()))
    for data in (
        {"base": 1, "act": "save", "aspect-9999": "pay"},
        {"base": 1, "act": "join:x"},
        {"base": 1, "act": "split:0"},
        {"base": 1, "aspect-0": "nonsense"},
        {"act": "save"},
        {"base": "x"},
    ):
        assert post(editor, "/items", **data).status_code in (302, 400)
    assert desk.shelf.document(1).latest == 1
    assert editor.post("/desk/documents", {}).status_code == 302
    assert "Choose a file first." in words(editor.get("/desk/documents"))
