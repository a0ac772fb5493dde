"""The shelf: what is kept, who may change what, and how a version goes live beside all others."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text as sql

from knowledge import placing
from knowledge.base import KnowledgeBase, NotBuilt, open_store
from knowledge.build import build_documents
from knowledge.matcher import Match
from knowledge.model import Asked, Aspect, Begins, Refused, Source, Title
from knowledge.shelf import tables
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
    notes = shelf.add("notes.txt", b"Mind the step. Leave wet coats in the hall. The bell rings each noon.\n", by="ada")
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


# Read again

ZOO = """<html><body><main><h1>Zookeeper</h1><p>Zookeepers look after the animals in the zoo. A zookeeper must be able
to lift. Zookeepers work in all seasons of the year.</p><p>Zookeepers feed them.</p>{}</main></body></html>"""


def section(title: str, more: str = "") -> str:
    return (
        f"<h2>{title} jobs</h2><p>{title}s work with the keepers of the animals every day. They need to be strong "
        f"and careful. You must have a licence to do it. {more}</p>"
        "<p>Pay is good for them.</p><p>They work for the zoo.</p>"
    )


def zoo(*sections: str) -> bytes:
    return ZOO.format("".join(sections)).encode()


def of(shelf: Shelf, document: int, text: str) -> list[str]:
    """The occupations of which a sentence tells."""
    version = shelf.version(document)
    return [version.parts[place].title for place in fact(shelf, document, text).parts]


def test_a_new_sentence_of_a_page_tells_of_its_own_occupation_though_another_went(shelf):
    document = shelf.add("z.html", zoo(section("Zoo assistant"), section("Zoo electrician")), by="ada").id
    wires = "You must not touch the wires of the fence."
    shelf.renew(document, zoo(section("Zoo electrician", wires)), base=1, by="ada")
    assert of(shelf, document, wires) == ["Zoo electrician"]


def test_an_occupation_that_is_new_on_a_page_is_put_after_the_others(shelf):
    document = shelf.add("z.html", zoo(section("Zoo electrician")), by="ada").id
    wires = "You must not touch the wires of the fence."
    shelf.renew(document, zoo(section("Zoo assistant"), section("Zoo electrician", wires)), base=1, by="ada")
    assert [part.title for part in shelf.version(document).parts] == ["Zookeeper", "Zoo electrician", "Zoo assistant"]
    assert of(shelf, document, wires) == ["Zoo electrician"]


def test_a_page_of_which_a_person_removed_an_occupation_is_read_again_without_it(shelf):
    document = shelf.add("z.html", zoo(section("Zoo assistant")), by="ada").id
    first = shelf.version(document)
    items = [replace(item, parts=()) for item in first.items]
    shelf.change(document, 1, by="ada", parts=first.parts[:1], items=items)
    version = shelf.renew(document, zoo(section("Zoo assistant", "You may live there.")), base=2, by="ada")
    assert [part.title for part in version.parts] == ["Zookeeper"]
    assert of(shelf, document, "You may live there.") == []


def test_an_occupation_that_a_person_called_otherwise_stays_so_when_its_page_is_read_again(shelf):
    document = shelf.add("z.html", zoo(section("Zoo assistant")), by="ada").id
    parts = [*shelf.version(document).parts]
    parts[1] = replace(parts[1], title="Animal care helper")
    shelf.change(document, 1, by="ada", parts=parts)
    shelf.renew(document, zoo(section("Zoo assistant", "You may live there.")), base=2, by="ada")
    assert of(shelf, document, "You may live there.") == ["Animal care helper"]


def test_a_line_that_the_owner_wrote_stays_each_time_that_the_page_is_read_again(shelf, page):
    document, ours = add(shelf, page), "Our apiary pays $25 an hour. (Source: the owner)"
    version = shelf.version(document)
    lines = [*version.lines, ours]
    shelf.change(document, 1, by="bob", items=[*version.items, Item(len(lines), ours, Aspect.pay)], lines=lines)
    shelf.renew(document, page.replace(b"$24,000", b"$26,000"), base=2, by="ada")
    shelf.renew(document, page.replace(b"$24,000", b"$27,000"), base=3, by="ada")
    assert fact(shelf, document, ours).aspect is Aspect.pay
    assert not any("$26,000" in line for line in shelf.version(document).lines)


def test_a_sentence_that_a_person_made_a_fact_though_it_leads_a_list_stays_one(shelf, page):
    document = add(shelf, page)
    items = [replace(item, aspect=Aspect.requirements, leads=False, why=None) if item.text == "You will need:" else item
             for item in shelf.version(document).items]  # fmt: skip
    shelf.change(document, 1, by="bob", items=items)
    shelf.renew(document, page.replace(b"$24,000", b"$26,000"), base=2, by="ada")
    assert fact(shelf, document, "You will need:").is_fact


def test_a_line_stays_cut_into_sentences_as_a_person_did(shelf, page):
    document = add(shelf, page)
    whole = fact(shelf, document, "Beekeepers look after hives and sell the honey of their bees.")
    cut = [replace(whole, text=text) for text in ("Beekeepers look after hives", "sell the honey of their bees.")]
    items = [each for item in shelf.version(document).items for each in (cut if item == whole else [item])]
    shelf.change(document, 1, by="bob", items=items)
    texts = [item.text for item in shelf.renew(document, page.replace(b"$24", b"$26"), base=2, by="ada").items]
    assert cut[1].text in texts
    assert whole.text not in texts


# Several at once


def while_it_is_encoded(shelf: Shelf, do: Callable[[], object]) -> None:
    """Have something done by somebody else between the look at a document and its publishing."""
    vectors = shelf._vectors

    class Meanwhile:
        def encode(self, texts):
            do()
            return vectors.encode(texts)

    shelf.__dict__["_vectors"] = Meanwhile()


def test_what_is_deleted_while_it_is_published_is_not_answered_from(shelf, url, page, encoder):
    document = add(shelf, page)
    while_it_is_encoded(shelf, lambda: Shelf(url, encoder).forget(document, by="eve"))
    with pytest.raises(Changed, match="somebody has deleted it meanwhile"):
        shelf.publish(document, 1, by="ada")
    assert KnowledgeBase(url).occupations() == [TECHNICIAN]


def test_two_documents_that_are_published_at_once_are_both_live(shelf, url, page, encoder, monkeypatch):
    other = Shelf(url, encoder)
    one, two = add(shelf, page), other.add("copy.html", page + b"<!-- -->", by="bob", title="Apiarist").id
    together, write = threading.Barrier(2), placing.write
    monkeypatch.setattr(placing, "write", lambda *given: (write(*given), time.sleep(0.3)))  # both are within it
    for each in (shelf, other):
        while_it_is_encoded(each, lambda: together.wait(timeout=60))
    failed: list[BaseException] = []

    def publish(each: Shelf, document: int) -> None:
        try:
            each.publish(document, 1, by="ada")
        except Exception as error:  # noqa: BLE001 - told in the test's own thread
            failed.append(error)

    for _ in range(3):
        threads = [threading.Thread(target=publish, args=given) for given in ((shelf, one), (other, two))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
    assert failed == []
    assert {"beekeeper", "apiarist"} <= set(KnowledgeBase(url).occupations())


def test_a_store_that_another_writes_for_long_is_said_and_nothing_is_half_done(tmp_path, monkeypatch, encoder, page):
    monkeypatch.setattr("knowledge.base.WAIT", 0.2)
    path = tmp_path / "locked.sqlite"
    shelf = Shelf(f"sqlite:///{path}", encoder)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Refused, match="cannot be written now .*locked.*; try again"):
        add(shelf, page)
    holder.execute("ROLLBACK")
    holder.close()
    assert shelf.documents() == []


def test_the_number_of_a_document_that_was_deleted_is_no_others(shelf, page):
    first = add(shelf, page)
    shelf.forget(first, by="ada")
    assert add(shelf, page) != first


def test_of_two_who_bring_the_same_file_the_second_who_reads_it_again_is_told(shelf, url, page, encoder, monkeypatch):
    document, changed = add(shelf, page), page.replace(b"$24,000", b"$26,000")
    looked = shelf._by_content

    def by_content(sha256: str):
        found = looked(sha256)
        Shelf(url, encoder).add("other.html", changed, by="eve")
        return found

    monkeypatch.setattr(shelf, "_by_content", by_content)
    with pytest.raises(Refused, match="somebody has just added the same"):
        shelf.renew(document, changed, base=1, by="ada")
    assert shelf.content(document) == page


# What an occupation is called


def test_a_code_that_was_corrected_or_taken_back_takes_effect_where_several_tell_of_it(shelf, url, page):
    document = add(shelf, page, code="45-2093.00")
    other = shelf.add("copy.html", page + b"<!-- -->", by="bob").id
    for each in (document, other):
        shelf.publish(each, 1, by="ada")
    parts = [replace(part, code="45-1011.00") for part in shelf.version(document).parts]
    shelf.publish(document, shelf.change(document, 1, by="ada", parts=parts).number, by="ada")
    assert KnowledgeBase(url).occupation("beekeeper").code == "45-1011.00"
    shelf.take_back(document, by="ada")
    assert KnowledgeBase(url).occupation("beekeeper").code is None


# What was kept by another version of this program


def test_a_live_version_that_cannot_be_read_is_left_out_of_a_build_and_named(shelf, url, page, plain, caplog, loaded):
    live(shelf, page)
    shelf.publish(shelf.add("copy.html", page + b"<!-- -->", by="bob", title="Apiarist").id, 1, by="bob")
    with open_store(url).begin() as connection:
        where = tables.versions.c.document == 1
        connection.execute(tables.versions.update().where(where).values(content={"lines": [], "parts": []}))
    with caplog.at_level(logging.WARNING):
        build_documents(url, plain, force=True)
    assert set(KnowledgeBase(url).occupations()) == {TECHNICIAN, "apiarist"}
    assert "beekeeper.html (document 1) is live, but cannot be read" in caplog.text
    assert shelf.document(1).state is State.live


def test_a_shelf_that_lacks_a_column_that_was_added_since_gets_it(shelf, url, page, encoder):
    document = add(shelf, page)
    with open_store(url).begin() as connection:
        connection.execute(sql("DROP INDEX ix_shelf_documents_review_on"))
        connection.execute(sql("ALTER TABLE shelf_documents DROP COLUMN review_on"))
    opened = Shelf(url, encoder)
    assert opened.document(document).review_on is None
    assert opened.set_review_date(document, date(2027, 1, 1), by="ada").review_on == date(2027, 1, 1)


# Names


@pytest.mark.parametrize("name", ["bees\0.html", f"{'b' * 200_000}.html", "\r\n.html"])
def test_a_file_of_any_name_is_kept_under_one_that_can_be_shown(shelf, page, name):
    kept = shelf.document(shelf.add(name, page, by="ada").id).name
    assert kept.isprintable()
    assert kept.endswith(".html")
    assert len(kept) <= 200
