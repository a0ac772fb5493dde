"""The shelf: what is kept, who may change what, and how a version goes live beside all others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.base import KnowledgeBase, NotBuilt, open_store
from knowledge.build import build_documents
from knowledge.matcher import Match
from knowledge.model import Asked, Aspect, Begins, Refused, Source, Title
from knowledge.shelf.model import Changed, Item, Part, State
from knowledge.shelf.store import Shelf
from knowledge.sources.release import Described, Release
from knowledge.sources.store import save

pytestmark = pytest.mark.usefixtures("vectors_in")
TECHNICIAN = "production-technician"


def add(shelf: Shelf, page: bytes, **more) -> int:
    return shelf.add("beekeeper.html", page, by="ada", **more).id


def live(shelf: Shelf, page: bytes) -> int:
    document = add(shelf, page)
    shelf.publish(document, 1, by="ada")
    return document


def fact(shelf: Shelf, document: int, text: str) -> Item:
    return next(item for item in shelf.version(document).items if item.text == text)


# What is kept


def test_a_file_is_kept_with_who_added_it_and_a_first_version(shelf, page):
    document = shelf.document(add(shelf, page, address="https://example.org/bees"))
    assert (document.name, document.by, document.size, document.state) == (
        "beekeeper.html",
        "ada",
        len(page),
        State.draft,
    )
    assert (document.latest, document.live, document.titles) == (1, None, ("Beekeeper",))
    assert document.address == "https://example.org/bees"
    assert shelf.content(document.id) == page
    assert [version.number for version in shelf.versions(document.id)] == [1]


def test_a_version_is_read_as_it_was_written(shelf, page):
    document = add(shelf, page)
    hand = replace(fact(shelf, document, "a calm hand"), asked=(Asked("Must I be calm?", Begins.yes),), parts=(0,))
    written = shelf.change(document, 1, by="bob", items=[hand], parts=[Part("Beekeeper", ("Apiarist",), "45-2093.00")])
    assert shelf.version(document) == written
    assert written.items == (hand,)


def test_the_same_file_twice_is_one_document(shelf, page):
    assert add(shelf, page) == shelf.add("copy.html", page, by="bob").id
    assert len(shelf.documents()) == 1


def test_a_file_that_cannot_be_read_leaves_nothing(shelf):
    with pytest.raises(Refused, match="a picture"):
        shelf.add("bee.png", b"\x89PNG\r\n\x1a\n", by="ada")
    assert shelf.documents() == []


def test_a_person_may_say_which_occupation_it_is(shelf, page):
    document = add(shelf, page, title="Apiarist", code="45-2093.00")
    assert shelf.version(document).parts[0] == Part("Apiarist", (), "45-2093.00")


def test_a_title_that_is_given_with_a_file_that_is_here_already_counts(shelf, page):
    document = add(shelf, page)
    assert add(shelf, page, title="Apiarist") == document
    assert shelf.document(document).titles == ("Apiarist",)
    assert [version.number for version in shelf.versions(document)] == [2, 1]


def test_the_code_of_public_data_that_know_the_very_title_is_taken(shelf, url, page):
    described = [
        Described("45-2093.00", "Farmworkers", ["45-2093.00"], titles=[Title("Beekeeper")]),
        Described("13-1021.00", "Buyers", ["13-1021.00"], titles=[Title("Buyer")]),
    ]
    save(open_store(url), Release(Source("onet", "O*NET"), described=described))
    assert shelf.version(add(shelf, page)).parts[0].code == "45-2093.00"


def test_what_is_not_there_is_said(shelf, page):
    with pytest.raises(Refused, match="There is no document 7"):
        shelf.version(7)
    with pytest.raises(Refused, match="has no version 2"):
        shelf.version(add(shelf, page), 2)


# Changes


def test_a_change_makes_the_next_version_and_leaves_the_older(shelf, page):
    document = add(shelf, page)
    items = [replace(item, aspect=Aspect.skills) if item.text == "a calm hand" else item
             for item in shelf.version(document).items]  # fmt: skip
    version = shelf.change(document, 1, by="bob", items=items, note="a skill")
    assert (version.number, version.by, version.note) == (2, "bob", "a skill")
    assert [change[1].aspect for change in shelf.compare(document, 1, 2).changed] == [Aspect.skills]
    assert shelf.version(document, 1).by == "ada"


def test_of_two_people_who_change_one_version_the_second_is_told(shelf, page):
    document = add(shelf, page)
    shelf.change(document, 1, by="bob", note="first")
    with pytest.raises(Changed, match="somebody else changed it meanwhile"):
        shelf.change(document, 1, by="eve", note="second")
    assert [version.by for version in shelf.versions(document)] == ["bob", "ada"]


def test_a_fact_that_does_not_stand_in_its_line_is_refused(shelf, page):
    document = add(shelf, page)
    made_up = replace(fact(shelf, document, "a calm hand"), text="a million a year")
    with pytest.raises(Refused, match="“a million a year” does not stand in this line"):
        shelf.change(document, 1, by="eve", items=[made_up])
    assert shelf.document(document).latest == 1


def test_an_older_version_is_restored_as_a_new_one(shelf, page):
    document = add(shelf, page)
    shelf.change(document, 1, by="bob", items=[])
    version = shelf.restore(document, 1, base=2, by="ada")
    assert version.number == 3
    assert version.items == shelf.version(document, 1).items


def test_a_new_copy_of_a_page_keeps_what_a_person_said_of_sentences_that_stayed(shelf, page):
    document = add(shelf, page)
    items = [replace(item, aspect=Aspect.skills, sure=1.0) if item.text == "a calm hand" else item
             for item in shelf.version(document).items]  # fmt: skip
    shelf.change(document, 1, by="bob", items=items)
    shelf.renew(document, page.replace(b"$24,000", b"$26,000"), base=2, by="ada")
    assert fact(shelf, document, "a calm hand").aspect is Aspect.skills
    difference = shelf.compare(document, 2, 3)
    assert [item.text for item in difference.added] == ["Average pay — Starter: $26,000; Experienced: $41,000"]
    assert [item.text for item in difference.removed] == ["Average pay — Starter: $24,000; Experienced: $41,000"]
    assert b"$26,000" in shelf.content(document)


# Live


def test_what_is_published_is_seen_by_a_store_that_was_open_and_nothing_else_changes(shelf, url, page, technician):
    knowledge = KnowledgeBase(url)
    before, said = knowledge.built(), knowledge.says(TECHNICIAN)
    live(shelf, page)
    assert knowledge.built() != before
    beekeeper = knowledge.occupation("beekeeper")
    assert "inspect the hives" in [fact.text for fact in knowledge.facts("beekeeper", Aspect.tasks)]
    assert beekeeper.source.title == "Beekeeper page"
    assert knowledge.says(TECHNICIAN) == said
    assert knowledge.occupation(TECHNICIAN) == technician


def test_what_was_learned_of_other_occupations_is_kept(shelf, url, page):
    knowledge = KnowledgeBase(url)
    read = knowledge._read(TECHNICIAN)
    live(shelf, page)
    assert knowledge._read(TECHNICIAN) is read


def test_titles_lead_to_a_live_document_as_people_shorten_them(shelf, url, page):
    live(shelf, page)
    assert {title.text for slug, title in KnowledgeBase(url).titles() if slug == "beekeeper"} >= {
        "Beekeeper",
        "bee keeper",
    }


def test_a_fact_is_quoted_with_its_line_heading_and_lead(shelf, url, page):
    document = live(shelf, page)
    [hand] = [fact for fact in KnowledgeBase(url).occupation("beekeeper").facts if fact.text == "a calm hand"]
    assert hand.text in shelf.version(document).lines[hand.line - 1]
    assert hand.heading == "What you need: You will need"


def test_a_question_that_a_person_confirmed_finds_its_fact_and_leaves_other_questions_as_they_were(
    shelf, url, page, encoder
):
    document = add(shelf, page)
    asked = (Asked("Must I stay calm around bees?", Begins.yes),)
    items = [
        replace(item, aspect=Aspect.skills, asked=asked) if item.text == "a calm hand" else item
        for item in shelf.version(document).items
    ]
    shelf.publish(document, shelf.change(document, 1, by="ada", items=items).number, by="ada")
    knowledge = KnowledgeBase(url)

    def match(text: str) -> Match | None:
        return knowledge.match("beekeeper", text, encoder.encode([text])[0])

    found = match("do I have to stay calm around the bees")
    assert knowledge.occupation("beekeeper").facts[int(found.facts.argmax())].text == "a calm hand"
    assert max(found.begins, key=found.begins.get) == "yes"
    assert match("What does a beekeeper earn?") is None


def test_a_newer_version_takes_the_place_of_the_live_one(shelf, url, page):
    document = live(shelf, page)
    kept = [item for item in shelf.version(document).items if item.text != "a calm hand"]
    shelf.change(document, 1, by="bob", items=kept)
    assert "a calm hand" in [fact.text for fact in KnowledgeBase(url).occupation("beekeeper").facts]
    shelf.publish(document, 2, by="bob")
    assert "a calm hand" not in [fact.text for fact in KnowledgeBase(url).occupation("beekeeper").facts]
    assert shelf.document(document).live == 2


def test_what_is_taken_back_is_answered_from_no_longer_and_stays_on_the_shelf(shelf, url, page):
    document = live(shelf, page)
    assert shelf.take_back(document, by="ada").state is State.taken_back
    assert KnowledgeBase(url).occupations() == [TECHNICIAN]
    assert shelf.content(document) == page
    with pytest.raises(Refused, match="is not live"):
        shelf.take_back(document, by="ada")


def test_two_documents_about_one_occupation_are_answered_from_together(shelf, url, page):
    live(shelf, page)
    flyer = shelf.add("pay.txt", b"Beekeeper\n\nThe median pay of a beekeeper was $33,000 in 2024.\n", by="bob")
    shelf.publish(flyer.id, 1, by="bob")
    occupation = KnowledgeBase(url).occupation("beekeeper")
    [pay] = [fact for fact in occupation.facts if "$33,000" in fact.text]
    assert (occupation.source.title, pay.source.title) == ("Beekeeper page", "Beekeeper document")
    shelf.take_back(1, by="bob")
    assert [fact.text for fact in KnowledgeBase(url).occupation("beekeeper").facts] == [pay.text]


def test_a_document_adds_to_what_the_shipped_one_says(shelf, url, technician):
    note = shelf.add(
        "note.txt", b"Production technician\n\nA production technician earns $21 an hour here.\n", by="ada"
    )
    assert shelf.publish(note.id, 1, by="ada") == [TECHNICIAN]
    knowledge = KnowledgeBase(url)
    assert "$21" in knowledge.facts(TECHNICIAN, Aspect.pay)[0].text
    shelf.take_back(note.id, by="ada")
    assert knowledge.occupation(TECHNICIAN) == technician


def test_what_names_no_occupation_is_not_published(shelf):
    notes = shelf.add("notes.txt", b"Bring a lock. Park in lot C. The gate opens at six every day.\n", by="ada")
    with pytest.raises(Refused, match="give its title first"):
        shelf.publish(notes.id, 1, by="ada")
    assert shelf.document(notes.id).state is State.draft


def test_nothing_is_published_into_a_store_that_was_never_built(tmp_path, encoder, page):
    shelf = Shelf(f"sqlite:///{tmp_path / 'empty.sqlite'}", encoder)
    document = add(shelf, page)
    with pytest.raises(NotBuilt):
        shelf.publish(document, 1, by="ada")
    assert shelf.document(document).live is None


def test_a_build_keeps_what_is_live(shelf, url, page, plain, loaded):
    live(shelf, page)
    before = KnowledgeBase(url).occupation("beekeeper")
    build_documents(url, plain, force=True)
    assert KnowledgeBase(url).occupation("beekeeper") == before
    assert build_documents(url, plain) is False


# Looking after it


def test_documents_whose_review_date_has_come_are_overdue_while_they_are_live(shelf, page):
    document = live(shelf, page)
    shelf.set_review_date(document, date(2026, 5, 1), by="ada")
    assert shelf.overdue(date(2026, 4, 30)) == []
    assert [each.id for each in shelf.overdue(date(2026, 5, 1))] == [document]
    shelf.take_back(document, by="ada")
    assert shelf.overdue(date(2026, 5, 1)) == []


def test_what_is_forgotten_is_gone_for_good(shelf, url, page):
    document = live(shelf, page)
    shelf.forget(document, by="ada")
    assert shelf.documents() == []
    assert KnowledgeBase(url).occupations() == [TECHNICIAN]
    assert add(shelf, page)
