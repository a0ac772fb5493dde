"""Who wants a person is told what the owner has set, and no more than that."""

from __future__ import annotations

import pytest

from actions.human import LEAVE, human
from actions.render import phrase

WAYS = {"page": "https://example.org/help_(us)", "phone": "+1 555 010 0199", "hours": "9 to 5", "mail": "a@example.org"}


def said(domain: dict, reply: dict, channel: str | None = None) -> str:
    """The words of a reply."""
    values = {name: reply[name] for name in ("ways", "receiver")}
    return phrase(domain, reply["response"], channel, **values)


def test_where_nothing_is_set_it_says_that_there_is_nobody(domain):
    reply = human(domain, {}, "web", may_leave=True)
    assert (reply["response"], reply["buttons"]) == ("utter_human", [])
    assert "no person here" in said(domain, reply)


def test_each_way_that_is_set_is_told_and_can_be_opened(domain):
    words = said(domain, human(domain, {"help": WAYS}, "web", may_leave=True))
    assert "[https://example.org/help_(us)](https://example.org/help_%28us%29)" in words
    assert "by phone: +1 555 010 0199" in words
    assert "[a@example.org](mailto:a@example.org)" in words
    assert "9 to 5" in words
    assert "Shall I?" not in words


@pytest.mark.parametrize("way", WAYS)
def test_a_way_that_is_not_set_is_not_mentioned(domain, way):
    ways = {name: value for name, value in WAYS.items() if name != way}
    assert WAYS[way] not in said(domain, human(domain, {"help": ways}, "web", may_leave=True))


@pytest.mark.parametrize(
    ("channel", "name", "receiver"),
    [
        ("web", "", "the people who run this site"),
        ("slack", "", "the people who run me here"),
        ("slack", "the career centre", "the career centre"),
    ],
)
def test_a_question_can_be_left_where_it_would_go_somewhere(domain, channel, name, receiver):
    reply = human(domain, {"leave": {"receiver": name}}, channel, may_leave=True)
    assert f"pass a question of yours on to {receiver}," in said(domain, reply, channel)
    assert [button["payload"] for button in reply["buttons"]] == [LEAVE]


def test_while_a_question_is_left_none_is_offered(domain):
    reply = human(domain, {"help": WAYS, "leave": {"receiver": ""}}, "web", may_leave=False)
    assert (reply["response"], reply["buttons"]) == ("utter_human_ways", [])
