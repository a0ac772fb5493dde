"""Whose names stand in a message: what public data hold is never taken for a career that nobody holds."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.components import NAMES
from bot.nlu.components.occupation_linker import OccupationLinker
from knowledge.base import KnowledgeBase, open_store
from knowledge.build import build_documents
from knowledge.model import Aspect, Fact, Source, Title
from knowledge.sources import store
from knowledge.sources.release import Described, Release

SINGERS = "27-9042.00"


@pytest.fixture(scope="module")
def linker(tmp_path_factory) -> OccupationLinker:
    """Beside the shipped document, singers in public data; the list of careers has them and wizards."""
    address = f"sqlite:///{tmp_path_factory.mktemp('linker') / 'store.sqlite'}"
    build_documents(address)
    titles = [Title("Singers", "preferred"), Title("Singer", "reported"), Title("Certified Singer", "alternate")]
    singers = Described(SINGERS, "Singers", [SINGERS], titles, [Fact(Aspect.overview, "Sing songs.")])
    store.save(open_store(address), Release(Source("onet", "O*NET 30.1 Database", edition="30.1"), [singers]))
    return OccupationLinker(KnowledgeBase(address), ["singer", "wizard"])


def entities(linker: OccupationLinker, text: str) -> list[tuple[str, str]]:
    [message] = linker.process([Message.build(text)])
    return [(each["entity"], each["value"]) for each in message.get(ENTITIES)]


@pytest.mark.parametrize("text", ["How a singer can advance in his career?", "what does a singer do"])
def test_a_name_that_is_held_is_found_wherever_it_stands(linker, text):
    assert entities(linker, text) == [("occupation", SINGERS)]


def test_names_that_are_masked_keep_their_order_in_the_text(linker):
    [message] = linker.process([Message.build("would a singer earn less than a production technician")])
    assert message.get(NAMES) == ["singer", "production technician"]


def test_a_name_that_nobody_holds_is_a_career(linker):
    assert entities(linker, "what does a wizard do") == [("career", "wizard")]


def test_who_has_a_job_is_told_apart_from_who_asks_about_it(linker):
    [message] = linker.process([Message.build("I was a singer. what else could I do")])
    assert [each.get("past") for each in message.get(ENTITIES)] == [True]


def test_what_somebody_was_who_points_at_something_else_is_their_own_job(linker):
    assert entities(linker, "not that one. I was a singer. what else could I do") == [("own_job", SINGERS)]


def test_a_credential_that_is_needed_is_no_second_name(linker):
    assert entities(linker, "what does a singer make, and do they need a certified singer") == [("occupation", SINGERS)]
    twice = entities(linker, "what does a singer make, and is a certified singer better paid")
    assert twice == [("occupation", SINGERS)] * 2
