"""What is imported replaces its older edition, whole or not at all, and is tied together by O*NET's codes."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.base import open_store
from knowledge.model import Aspect, Fact, Projection, Source, Title, Wage
from knowledge.sources import store
from knowledge.sources.occupations import Catalogue
from knowledge.sources.release import Described, Release
from knowledge.sources.vectors import KeptVectors

MENDERS, PAINTERS = "45-9999.00", "45-9998.00"


def release(name: str, *described: Described, edition: str = "1", **figures) -> Release:
    """A release of a source."""
    return Release(Source(name, name.upper(), edition=edition), list(described), **figures)


def onet(*tasks: str, edition: str = "1") -> Release:
    """O*NET with two occupations, the first with tasks."""
    facts = [Fact(Aspect.tasks, task, heading="Tasks", importance=5) for task in tasks]
    return release(
        "onet",
        Described(MENDERS, "Kite Menders", [MENDERS], [Title("Kite Menders", "preferred")], facts),
        Described(PAINTERS, "Kite Painters", [PAINTERS], [Title("Kite Painters", "preferred")]),
        edition=edition,
    )


def page(slug: str, title: str, codes: list[str], *duties: str) -> Release:
    """The Handbook with one page."""
    facts = [Fact(Aspect.tasks, duty, heading="What They Do", importance=1) for duty in duties]
    return release("ooh", Described(slug, title, codes, [Title(title, "preferred")], facts))


def wage(area: str, median: str, code: str = MENDERS[:7], title: str = "Kite Menders") -> Wage:
    """What is published for one area."""
    hourly, annual = (None, None, "19.50", None, None), (None, None, median, None, None)
    return Wage(code, title, area, "1,200", "20.00", "41,600", hourly, annual)


def wages(*found: Wage, edition: str = "May 2025") -> Release:
    """Wages of some areas."""
    return release("oews", edition=edition, wages=list(found))


def quotes(engine, slug: str = MENDERS) -> list[str]:
    """What all sources say of an occupation, in order."""
    return [fact.quote for fact in Catalogue(engine).occupation(slug).facts]


def test_an_empty_store_holds_nothing(engine):
    assert store.fingerprint(engine) == ""
    assert store.held(engine) == []
    assert store.forget(engine, "onet") is False


def test_importing_again_replaces(engine):
    store.save(engine, onet("Sew torn sails."))
    before = store.fingerprint(engine)
    store.save(engine, onet("Glue torn sails.", edition="2"))
    assert quotes(engine) == ["Glue torn sails."]
    assert store.fingerprint(engine) != before
    [held] = store.held(engine)
    assert (held.source.edition, held.counts) == ("2", {"occupations": 2, "titles": 2, "facts": 1})


def test_an_import_that_fails_leaves_the_old_data(engine):
    store.save(engine, onet("Sew torn sails."))
    broken = onet("Glue torn sails.")
    broken.described.append(Described("x", None, ["x"]))
    with pytest.raises(Exception, match="NOT NULL"):
        store.save(engine, broken)
    assert quotes(engine) == ["Sew torn sails."]


def test_a_source_is_forgotten_and_the_others_stay(engine):
    store.save(engine, onet("Sew torn sails."))
    store.save(engine, wages(wage("United States", "40,000")))
    assert store.forget(engine, "oews") is True
    assert quotes(engine) == ["Sew torn sails."]


def test_a_page_about_one_occupation_is_of_that_occupation(engine):
    store.save(engine, onet("Sew torn sails."))
    store.save(engine, page("kite-menders", "Kite Menders and Flyers", [MENDERS], "Mend what the wind tore."))
    assert quotes(engine) == ["Mend what the wind tore.", "Sew torn sails."]
    assert "kite-menders" not in Catalogue(engine)
    assert (MENDERS, Title("Kite Menders and Flyers", "preferred")) in Catalogue(engine).titles()


def test_a_page_about_a_group_is_one_of_its_own_and_is_told_of_its_members_as_of_the_group(engine):
    store.save(engine, onet("Sew torn sails."))
    store.save(engine, page("kite-workers", "Kite Workers", ["11-1111.01", PAINTERS, MENDERS], "Work on kites."))
    assert quotes(engine, "kite-workers") == ["Work on kites."]
    [told] = Catalogue(engine).occupation(PAINTERS).facts
    assert (told.quote, told.group) == ("Work on kites.", "Kite Workers")


def test_pay_is_that_of_the_nation_first_and_that_of_states_by_their_names(engine):
    store.save(engine, onet("Sew torn sails."))
    store.save(engine, wages(wage("Ohio", "38,000"), wage("United States", "40,000")))
    facts = Catalogue(engine).occupation(MENDERS).facts
    assert facts[0].quote == "Median pay — $40,000 a year, $19.50 an hour"
    assert (facts[-1].area, facts[-1].quote) == ("Ohio", "Ohio — median $38,000 a year, $19.50 an hour")


def test_pay_of_a_broader_group_is_said_to_be_of_the_group(engine):
    store.save(engine, onet("Sew torn sails."))
    store.save(engine, wages(wage("United States", "39,000", "45-9990", "Kite Workers, All Other")))
    assert Catalogue(engine).occupation(PAINTERS).facts[0].group == "Kite Workers, All Other"


def test_pay_at_the_top_of_what_is_published_says_so(engine):
    store.save(engine, onet("Sew torn sails."))
    store.save(engine, wages(wage("United States", "#")))
    assert quotes(engine)[0] == "Median pay — at or above the highest wage that is published"


def test_what_is_needed_to_enter_is_told_from_the_projections(engine):
    store.save(engine, onet("Sew torn sails."))
    needs = Projection(
        MENDERS[:7], "Kite Menders", "2024", "2034", "10.5", "11.0", "0.5", "4.8", "1.2", "High school diploma",
        "None", "Short-term on-the-job training", "More wind.",
    )  # fmt: skip
    store.save(engine, release("projections", projections=[needs]))
    assert quotes(engine)[:3] == [
        "Employment change — 4.8% (from 10.5 to 11.0 thousand jobs)",
        "Openings a year, nationally — 1.2 thousand (1,200)",
        "Why it changes — More wind.",
    ]
    assert "Education for entry — High school diploma" in quotes(engine)


def test_an_occupation_that_no_source_knows_is_none(engine):
    store.save(engine, onet("Sew torn sails."))
    with pytest.raises(KeyError):
        Catalogue(engine).occupation("99-9999.00")


def test_figures_that_are_published_for_two_occupations_together_are_said_to_be_of_both(engine):
    coded = Described("21-1011.00", "Sober Guides", ["21-1011.00"], [Title("Sober Guides", "preferred")])
    store.save(engine, release("onet", coded))
    store.save(engine, wages(wage("United States", "39,000", "21-1018", "Guides of Both Kinds")))
    assert Catalogue(engine).occupation("21-1011.00").facts[0].group == "Guides of Both Kinds"


def test_postgresql_holds_the_same(postgres_database):
    engine = open_store(postgres_database)
    store.save(engine, onet("Sew torn sails."))
    store.save(engine, wages(wage("United States", "40,000"), wage("Ohio", "38,000")))
    store.save(engine, onet("Glue torn sails.", edition="2"))
    assert quotes(engine)[0] == "Median pay — $40,000 a year, $19.50 an hour"
    assert "Glue torn sails." in quotes(engine)
    kept = KeptVectors(engine, lambda texts: np.ones((len(texts), 768), dtype=np.float32))
    assert kept.of(["a", "b"]).shape == (2, 384)
    assert store.forget(engine, "onet") is True
