"""What can be asked about, shelf by shelf, in a few buttons."""

from __future__ import annotations

import json

import pytest

from actions.browse import SHOWN, browse, of_field
from knowledge.base import KnowledgeBase, open_store
from knowledge.build import build_documents
from knowledge.model import Aspect, Fact, Source, Title, Wage
from knowledge.sources import store
from knowledge.sources.release import Described, Release

KITES = [f"Kite Menders of Kind {letter}" for letter in "ABCDEFGH"]


def described(code: str, title: str, overview: str) -> Described:
    """One occupation of O*NET."""
    return Described(code, title, [code], [Title(title, "preferred")], [Fact(Aspect.overview, overview)])


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The shipped document beside eight occupations of one family and one of another, with their employment."""
    address = f"sqlite:///{tmp_path_factory.mktemp('browse') / 'store.sqlite'}"
    build_documents(address)
    every = [described(f"49-909{number}.00", title, "Mend kites.") for number, title in enumerate(KITES)]
    every.append(described("29-9999.00", "Eagle Nurses", "Nurse eagles and other wild birds."))
    store.save(open_store(address), Release(Source("onet", "O*NET 30.1 Database", edition="30.1"), every))
    none = (None,) * 5
    paid = [Wage("49-9093", KITES[3], "United States", "9,000", None, None, none, none)]
    store.save(open_store(address), Release(Source("oews", "Wage Statistics", edition="May 2025"), wages=paid))
    return KnowledgeBase(address)


def shelf(value: str) -> dict:
    """The message of a button."""
    return {"entities": [{"entity": "shelf", "value": value}]}


def titles(offered: list[dict[str, str]]) -> list[str]:
    """What stands on some buttons."""
    return [button["title"] for button in offered]


def test_it_begins_with_the_owners_own_and_a_few_fields(public, domain):
    told, offered = browse(public, domain, {}, "what jobs do you know?")
    assert "10 occupations" in told
    assert titles(offered)[0] == "Production Technician"
    assert "Health care" in titles(offered)
    assert titles(offered)[-1] == "By letter"
    assert len(offered) <= 10


def test_each_button_leads_on_until_an_occupation_is_chosen(public, domain):
    _, fields = browse(public, domain, {}, "which jobs")
    repair = next(button for button in fields if "repair" in button["title"])
    value = json.loads(repair["payload"].removeprefix("/ask_careers"))["shelf"]
    _, families = browse(public, domain, shelf(value), "")
    family = next(button for button in families if button["title"] == "Installation and repair")
    value = json.loads(family["payload"].removeprefix("/ask_careers"))["shelf"]
    told, some = browse(public, domain, shelf(value), "")
    assert told.startswith("8 in the family “Installation and repair”")
    assert titles(some) == [KITES[3], *[kite for kite in KITES if kite != KITES[3]][: SHOWN - 1], "More"]
    assert some[0]["payload"] == '/signal_choose{"occupation": "49-9093.00"}'
    more = json.loads(some[-1]["payload"].removeprefix("/ask_careers"))["shelf"]
    assert titles(browse(public, domain, shelf(more), "")[1]) == KITES[-2:]


def test_a_letter_may_be_pressed_or_typed(public, domain):
    assert titles(browse(public, domain, {}, "jobs that begin with e")[1]) == ["Eagle Nurses"]
    _, letters = browse(public, domain, shelf("letters"), "")
    assert titles(letters)[:2] == ["A–B", "C"]


@pytest.mark.parametrize("text", ["which jobs are there with birds?", "do you know other jobs with a bird"])
def test_a_word_finds_what_has_it_in_its_name_or_in_what_it_is(public, domain, text):
    told, offered = browse(public, domain, {}, text)
    assert titles(offered) == ["Eagle Nurses"]
    assert "in their name or in what they are" in told


@pytest.mark.parametrize("value", ["family", "family 99 0", "field 99 0", "letters q 0", "word qqqq 0", "x y z", ""])
def test_a_shelf_that_holds_nothing_leads_back_to_the_beginning(public, domain, value):
    _, offered = browse(public, domain, shelf(value), "")
    assert offered


def test_a_field_is_known_by_the_names_of_its_occupations(public):
    assert of_field(public.imported(), "what about a career with eagles") == ["29-9999.00"]
    assert of_field(public.imported(), "what about a career with birds") == []
