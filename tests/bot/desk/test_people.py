"""The pages of people and of the log."""

from __future__ import annotations

import pytest

from bot.desk.audit import Audit
from bot.desk.users import Role
from tests.bot.desk.conftest import PASSWORD, words


def test_an_owner_lets_somebody_use_the_desk(owner, desk):
    added = owner.post("/desk/people", {"name": "Ada", "role": "editor", "password": PASSWORD})
    assert added.status_code == 302
    assert desk.users.checked("ada", PASSWORD).role is Role.editor
    assert "ada may use the desk now." in words(owner.get("/desk/people"))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"name": "", "role": "reader"}, "Write a name."),
        ({"name": "<script>", "role": "reader"}, "A name has letters"),
        ({"name": "owner", "role": "reader"}, "There is a user owner already."),
        ({"name": "ada", "role": "king"}, "Not a valid choice."),
        ({"name": "ada", "role": "reader", "password": "short"}, "A password has 12"),
    ],
)
def test_who_cannot_be_added_is_told_why_beside_the_field(owner, desk, data, told):
    answer = owner.post("/desk/people", data)
    assert answer.status_code == 422
    assert told in words(answer)
    assert "<script>" not in answer.text.partition("<main")[2].partition("</main>")[0]
    assert len(desk.users.all()) == 3


def test_the_last_owner_stays_one_and_the_page_says_why(owner, desk):
    owner.post("/desk/people/owner", {"role": "none"}, page="/desk/people")
    assert "owner is the only owner" in words(owner.get("/desk/people"))
    assert desk.users.named("owner").role is Role.owner


def test_the_log_has_who_did_what_the_latest_first(owner):
    owner.post("/desk/people", {"name": "ada", "role": "editor", "password": PASSWORD})
    owner.post("/desk/people/ada", {"role": "none"}, page="/desk/people")
    told = words(owner.get("/desk/log"))
    assert told.index("removed a user ada") < told.index("added a user ada, editor") < told.index("signed in")


def test_the_log_is_read_page_by_page(owner, desk):
    for number in range(150):
        desk.audit.write("ada", "did", f"thing {number}")
    first = owner.get("/desk/log").text
    assert "thing 149" in first
    assert "thing 20<" not in first
    address = first.partition('rel="next" href="')[2].partition('"')[0]
    assert "thing 20<" in owner.get(address).text


def test_what_stands_in_the_log_is_text(owner, desk):
    desk.audit.write("ada", "did", "<script>alert(1)</script>" + "long " * 1000)
    page = owner.get("/desk/log").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_entries_are_dropped_after_two_years(desk, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 1_000_000_000.0)
    desk.audit.write("ada", "did", "long ago")
    monkeypatch.undo()
    desk.audit.write("ada", "did", "now")
    assert [entry.about for entry in Audit(desk.database).page()] == ["now"]
