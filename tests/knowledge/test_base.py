"""Tests of knowledge/base.py, each on SQLite and on PostgreSQL: whole or not at all, and the queries."""

from __future__ import annotations

import numpy as np
import pytest
from sqlalchemy import create_engine, text

from knowledge.base import KnowledgeBase, NotBuilt
from knowledge.build import fingerprint
from knowledge.document import Refused
from knowledge.encoder import meaning
from knowledge.model import Aspect, Fact, Occupation, Source, Title

TECHNICIAN = "production-technician"


def welder(**changes) -> Occupation:
    """A small occupation with everything that a source may say."""
    source = Source("welder", "Welder page", "Bureau of Welding", "https://example.org", "2024", "CC0", "by the bureau")
    facts = [
        Fact(Aspect.skills, "Care", 4, "Skills", "Care", importance=50.0),
        Fact(Aspect.skills, "Patience", 5, "Skills", "Patience"),
        Fact(Aspect.tasks, "Join parts", 8, "Tasks", "Join parts"),
        Fact(Aspect.skills, "Takes no risks", 6, "Skills", "Caution", importance=87.5),
    ]
    titles = [Title("Welder", "preferred", 1), Title("Joiner", "reported", 2), Title("Schweißer")]
    return Occupation(
        **{
            "slug": "welder",
            "title": "Welder",
            "source": source,
            "code": "51-4121.00",
            "titles": titles,
            "facts": facts,
            **changes,
        }
    )


def encode(texts: list[str]) -> np.ndarray:
    """Vectors that need no model: one direction a text."""
    return np.eye(len(texts), 8, dtype=np.float32)


def store(url: str, *occupations: Occupation, fingerprint: str = "first") -> KnowledgeBase:
    knowledge = KnowledgeBase(url)
    knowledge.build(list(occupations), encode, fingerprint)
    return knowledge


# What was built is what is read


def test_an_occupation_is_read_as_it_was_built(url):
    assert store(url, welder()).occupation("welder") == welder()


def test_the_shipped_document_is_read_as_it_was_built(built, technician):
    assert KnowledgeBase(built).occupation(TECHNICIAN) == technician


def test_occupations_come_in_the_order_of_their_titles(url):
    knowledge = store(url, welder(), welder(slug="a-nurse", title="Zealous Nurse"), welder(slug="z", title="Baker"))
    assert knowledge.occupations() == ["z", "welder", "a-nurse"]


def test_titles_come_with_the_slug_of_their_occupation(url):
    nurse = welder(slug="nurse", title="Nurse", titles=[Title("Nurse", "preferred", 1)])
    assert store(url, welder(), nurse).titles() == [
        *(("welder", title) for title in welder().titles),
        ("nurse", Title("Nurse", "preferred", 1)),
    ]


def test_facts_of_one_aspect_come_the_most_important_first(url):
    knowledge = store(url, welder())
    assert [fact.text for fact in knowledge.facts("welder", Aspect.skills)] == ["Takes no risks", "Care", "Patience"]


def test_facts_of_no_importance_come_in_the_order_of_the_document(built):
    skills = KnowledgeBase(built).facts(TECHNICIAN, Aspect.skills)
    assert [fact.line for fact in skills] == [*range(18, 25), *range(27, 32)]


def test_an_aspect_that_the_source_does_not_tell_has_no_facts(built):
    assert KnowledgeBase(built).facts(TECHNICIAN, Aspect.pay) == []


def test_facts_of_one_occupation_are_not_those_of_another(url):
    nurse = welder(slug="nurse", facts=[Fact(Aspect.tasks, "Care for people", 1)])
    assert [fact.text for fact in store(url, welder(), nurse).facts("nurse", Aspect.tasks)] == ["Care for people"]


def test_an_occupation_without_facts_is_still_an_occupation(url):
    assert store(url, welder(facts=[])).occupation("welder").facts == []


def test_two_occupations_may_come_from_one_source(url):
    knowledge = store(url, welder(), welder(slug="nurse"))
    assert knowledge.occupation("welder").source == knowledge.occupation("nurse").source


def test_words_of_any_script_and_any_quote_are_kept(url):
    odd = "Robert'); DROP TABLE knowledge_facts;-- “ß” 溶接 🔧 100% :name"
    knowledge = store(url, welder(facts=[Fact(Aspect.tasks, odd, 1)]))
    assert knowledge.facts("welder", Aspect.tasks)[0].text == odd


# Similarities


def test_there_is_one_similarity_for_each_fact(built, encoder, technician):
    similarities = KnowledgeBase(built).similarities(TECHNICIAN, meaning(encoder.encode(["Is it dangerous?"])[0]))
    assert (similarities.shape, similarities.dtype) == ((len(technician.facts),), np.float32)


def test_similarities_are_cosines(built, encoder):
    similarities = KnowledgeBase(built).similarities(TECHNICIAN, meaning(encoder.encode(["Is it dangerous?"])[0]))
    assert np.abs(similarities).max() <= 1.0001


def test_a_fact_is_most_similar_to_itself(built, vectors, technician):
    knowledge = KnowledgeBase(built)
    nearest = [int(knowledge.similarities(TECHNICIAN, meaning(vector)).argmax()) for vector in vectors]
    assert nearest == list(range(len(technician.facts)))


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("watching gauges and dials", 23),
        ("do I have to lift heavy things", 47),
        ("unload raw material", 5),
        ("can I get experience through internships", 57),
        ("math", 21),
        ("is it dangerous", 7),
    ],
)
def test_the_words_of_a_question_find_the_fact(built, encoder, technician, question, line):
    similarities = KnowledgeBase(built).similarities(TECHNICIAN, meaning(encoder.encode([question])[0]))
    assert technician.facts[int(similarities.argmax())].line == line


def test_similarities_of_an_occupation_without_facts_are_none(url):
    assert store(url, welder(facts=[])).similarities("welder", np.zeros(0, dtype=np.float32)).shape == (0,)


def test_an_item_is_read_with_its_heading_or_its_aspect_and_a_sentence_by_itself():
    item = Fact(Aspect.next_steps, "Get certified", 1, label="Then")
    assert item.placed == "next steps: Then — Get certified"
    assert Fact(Aspect.next_steps, "CAD", 1, heading="Skills:", label="CAD").placed == "Skills: CAD"
    assert Fact(Aspect.pay, "It pays well.", 1, heading="Pay").placed == "It pays well."


# What is not there


def test_an_unknown_occupation_is_a_key_error(built):
    with pytest.raises(KeyError, match="astronaut"):
        KnowledgeBase(built).occupation("astronaut")


def test_facts_of_an_unknown_occupation_are_a_key_error(built):
    with pytest.raises(KeyError, match="astronaut"):
        KnowledgeBase(built).facts("astronaut", Aspect.skills)


@pytest.mark.parametrize(
    "query",
    [
        lambda knowledge: knowledge.occupations(),
        lambda knowledge: knowledge.titles(),
        lambda knowledge: knowledge.occupation("welder"),
        lambda knowledge: knowledge.facts("welder", Aspect.skills),
        lambda knowledge: knowledge.similarities("welder", np.zeros(8, dtype=np.float32)),
    ],
    ids=["occupations", "titles", "occupation", "facts", "similarities"],
)
def test_a_store_that_was_never_built_answers_no_query(url, query):
    with pytest.raises(NotBuilt, match="^The knowledge base is empty; run `python -m knowledge build`.$"):
        query(KnowledgeBase(url))


def test_a_store_that_was_never_built_has_no_fingerprint(url):
    assert KnowledgeBase(url).fingerprint() is None


def test_opening_a_store_makes_no_file(tmp_path):
    KnowledgeBase(f"sqlite:///{tmp_path / 'store.sqlite'}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["", "oops", "nosuch://x", "postgresql://me:secret@host:port/x"])
def test_an_address_that_is_none_is_refused_and_not_repeated(address):
    with pytest.raises(Refused, match="^The store has no such address; it looks like sqlite:///FILE or ") as refused:
        KnowledgeBase(address)
    assert "secret" not in str(refused.value)


def test_a_server_that_does_not_answer_is_not_an_empty_store():
    with pytest.raises(Refused, match="^The store cannot be read: .*Connection refused.$"):
        KnowledgeBase("postgresql://me:secret@127.0.0.1:1/x").occupations()


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "store.sqlite").write_text("Welders weld. " * 100)
    with pytest.raises(Refused, match="^The store cannot be read: file is not a database.$"):
        KnowledgeBase(f"sqlite:///{tmp_path / 'store.sqlite'}").occupations()


# Whole, or not at all


def test_a_build_replaces_what_was_there(url):
    store(url, welder())
    assert store(url, welder(slug="nurse")).occupations() == ["nurse"]


def test_a_build_keeps_its_fingerprint(url):
    store(url, welder())
    assert store(url, welder(), fingerprint="second").fingerprint() == "second"


def test_a_reader_that_was_open_before_a_build_reads_the_new_store(url):
    reader = store(url, welder())
    reader.occupation("welder")
    store(url, welder(title="Master Welder"), fingerprint="second")
    assert reader.occupation("welder").title == "Master Welder"


def test_a_build_whose_encoder_fails_leaves_the_old_store(built, plain, technician):
    def fail(texts: list[str]) -> np.ndarray:
        raise MemoryError

    with pytest.raises(MemoryError):
        KnowledgeBase(built).build([welder()], fail, "second")
    assert_untouched(built, technician, fingerprint(plain))


def test_a_build_that_fails_while_it_writes_leaves_the_old_store(built, plain, technician):
    with pytest.raises(Exception, match="(?i)not.null"):
        KnowledgeBase(built).build([welder(), welder(slug="nurse", title=None)], encode, "second")
    assert_untouched(built, technician, fingerprint(plain))


def test_a_build_that_fails_at_its_last_vector_leaves_the_old_store(built, plain, technician):
    with pytest.raises(ValueError, match="shorter"):
        KnowledgeBase(built).build([welder()], lambda texts: encode(texts)[:-1], "second")
    assert_untouched(built, technician, fingerprint(plain))


def test_a_first_build_that_fails_leaves_the_store_unbuilt(url):
    knowledge = KnowledgeBase(url)
    with pytest.raises(ValueError, match="shorter"):
        knowledge.build([welder()], lambda texts: encode(texts)[:-1], "first")
    assert knowledge.fingerprint() is None


def test_a_store_of_an_older_version_is_built_anew(url):
    with create_engine(url).begin() as connection:
        connection.execute(text("CREATE TABLE knowledge_sources (name VARCHAR(200) PRIMARY KEY)"))
    assert store(url, welder()).occupation("welder") == welder()


def test_a_build_leaves_the_tables_of_others_alone(url):
    with create_engine(url).begin() as connection:
        connection.execute(text("CREATE TABLE events (id INTEGER)"))
        connection.execute(text("INSERT INTO events VALUES (7)"))
    store(url, welder())
    with create_engine(url).connect() as connection:
        assert connection.execute(text("SELECT id FROM events")).scalar() == 7


def assert_untouched(url: str, technician: Occupation, made_of: str) -> None:
    knowledge = KnowledgeBase(url)
    assert knowledge.fingerprint() == made_of
    assert knowledge.occupations() == [TECHNICIAN]
    assert knowledge.occupation(TECHNICIAN) == technician


def test_a_build_is_looked_for_once_a_second_only(url, monkeypatch):
    monkeypatch.setattr("knowledge.base.FRESH", 60.0)
    reader = store(url, welder())
    assert reader.occupation("welder").title == "Welder"
    store(url, welder(title="Master Welder"), fingerprint="second")
    assert reader.occupation("welder").title == "Welder"
