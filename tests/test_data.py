"""The examples: enough of each kind, no near-copies, and none from an evaluation set."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import numpy as np
import pytest
import yaml
from sklearn.feature_extraction.text import CountVectorizer

from actions.plans import PLANS
from bot.nlu.linker import unmarked
from knowledge.build import read_documents

ROOT = Path(__file__).resolve().parent.parent
FEWEST = 30
FEWEST_OF_MAIN = 60
FEWEST_KEPT_ASIDE = 6
TALK = ("social", "abuse", "oos")  # kinds of cases in which everybody says the same few words
COPY = 0.75  # share of words in common from which two examples are near-copies
LONG = 5  # words; shorter texts are copies only where they are the same
FILES = sorted((ROOT / "data" / "nlu").glob("*.yml"))
ASKED = sorted((ROOT / "knowledge" / "documents").glob("*.asked.yml"))
KEPT_ASIDE = ROOT / "tests" / "evaluation" / "intents.yml"
PAIRS = sorted((ROOT / "data" / "pairs").glob("*.jsonl"))
RELATIONS = {"yes", "no", "tells", "detail", "near"}
PARTS = sorted((ROOT / "data" / "parts").glob("*.jsonl"))
DOES = {"whether", "choice", "open", "self", "talk"}
CONVERSATIONS = sorted((ROOT / "tests" / "conversations").glob("*.yml"))
MARKED = re.compile(r"\[([^\]]+)\]\{[^}]*\}")


def by_intent(path: Path) -> dict[str, list[str]]:
    """The examples of a file by intent, without their marks."""
    blocks = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    return {
        block["intent"]: [unmarked(line.removeprefix("- "))[0] for line in block["examples"].splitlines()]
        for block in blocks
    }


def examples(path: Path) -> list[str]:
    """The examples of a file."""
    return [text for texts in by_intent(path).values() for text in texts]


def lines(path: Path) -> list[dict]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def words(text: str) -> frozenset[str]:
    """The words of a text, whatever their order, case and punctuation."""
    return frozenset(re.findall(r"[a-z0-9]+", text.lower()))


def near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts are copies but for a few words; short texts have to be the same."""
    if min(len(one), len(other)) < LONG:
        return one == other and bool(one)
    return len(one & other) >= COPY * len(one | other)


def near_pairs(texts: list[str]) -> list[tuple[str, str]]:
    """The pairs of texts that are near-copies."""
    pairs = itertools.combinations([(text, words(text)) for text in texts], 2)
    return [(one, other) for (one, a), (other, b) in pairs if near(a, b)]


def asked_by_fact() -> dict[str, list[str]]:
    """The questions confirmed for each fact of the documents."""
    return {
        f"{path.name}, line {fact['line']}, {fact['fact'][:40]}": [
            question.strip()
            for key in fact.keys() - {"fact", "line"}
            for question in fact[key].splitlines()
            if question.strip()
        ]
        for path in ASKED
        for fact in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    }


def messages(path: Path) -> list[str]:
    """The messages of a file of parts, each whole."""
    return ["".join(text for text, _ in each["parts"]) for each in lines(path)]


def relation(pair: dict) -> str:
    """What a pair's question is to its page at most: decided, told, lacking a detail, or nothing."""
    found = set(pair["rels"].values()) if "rels" in pair else {pair["rel"]}
    return next((name for name in ("yes", "no", "tells", "detail") if name in found), "near")


def trained() -> dict[str, list[str]]:
    """Every text that something is learned from, by where it stands."""
    return {
        **{path.name: examples(path) for path in FILES},
        **{path.name: [pair["q"] for pair in lines(path) if "q" in pair] for path in PAIRS},
        **{f"parts/{path.name}": messages(path) for path in PARTS},
        **asked_by_fact(),
    }


def evaluated() -> dict[str, list[str]]:
    """Every text that something is measured on, by where it stands."""
    sets = {
        path.name: [turn["text"] for case in lines(path) for turn in case.get("turns", [case])]
        for path in sorted((ROOT / "tests" / "evaluation").glob("*.jsonl"))
    }
    for path in CONVERSATIONS:
        steps = [
            step for story in yaml.safe_load(path.read_text(encoding="utf-8"))["stories"] for step in story["steps"]
        ]
        sets[path.name] = [MARKED.sub(r"\1", step["user"]).strip() for step in steps if "user" in step]
    return {**sets, KEPT_ASIDE.name: examples(KEPT_ASIDE)}


def leaks(held: list[str], told: list[str]) -> list[tuple[str, str]]:
    """The pairs of a text held and one told that are near-copies; of all pairs at once, since there are millions."""
    counter = CountVectorizer(binary=True, lowercase=True, token_pattern=r"[a-z0-9]+").fit([*held, *told])
    rows, columns = counter.transform(held), counter.transform(told)
    shared = (rows @ columns.T).toarray()
    sizes, others = np.asarray(rows.sum(axis=1)), np.asarray(columns.sum(axis=1)).T
    copies = (shared >= COPY * (sizes + others - shared)) & (np.minimum(sizes, others) >= LONG)
    return [(held[row], told[column]) for row, column in zip(*np.nonzero(copies))]


def main_intents() -> set[str]:
    """The intents that carry most: questions that a shipped document answers, and where answers go astray."""
    held = {fact.aspect for occupation in read_documents() for fact in occupation.facts}
    answered = {kind for kind, plan in PLANS.items() if held.intersection(plan.tells)}
    return {f"ask_{kind}" for kind in answered} | {"ask_fit", "ask_titles", "out_of_scope"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_kind_has_enough_examples_and_no_near_copies(path):
    found = examples(path)
    assert len(found) >= (FEWEST_OF_MAIN if path.stem in main_intents() else FEWEST)
    assert near_pairs(found) == []


def test_no_example_stands_under_two_intents():
    seen: dict[str, str] = {}
    for path in FILES:
        for text in examples(path):
            assert seen.setdefault(text.lower(), path.stem) == path.stem, text


@pytest.mark.parametrize("fact", asked_by_fact())
def test_the_questions_confirmed_for_a_fact_are_no_near_copies(fact):
    assert near_pairs(asked_by_fact()[fact]) == []


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_pairs_are_of_facts_that_their_page_has_with_relations_that_there_are(path):
    found = lines(path)
    pages = {each["page"]: each["facts"] for each in found if "facts" in each}
    pairs = [each for each in found if "facts" not in each]
    for pair in pairs:
        relations = pair.get("rels") if "rels" in pair else {pair["fact"]: pair["rel"]}
        assert all(name in RELATIONS and 0 <= int(fact) < len(pages[pair["page"]]) for fact, name in relations.items())
        assert not {"yes", "no"} <= set(relations.values()), pair["q"]
    assert len(pairs) >= 100 * len(pages)
    for page in pages:
        told = [relation(pair) for pair in pairs if pair["page"] == page]
        assert all(told.count(name) >= len(told) // 20 for name in RELATIONS), page


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_of_a_page_no_two_questions_with_the_same_answer_are_near_copies(path):
    asked: dict[tuple[str, str], list[str]] = {}
    for pair in lines(path):
        if "q" in pair:
            answer = json.dumps(pair["rels"], sort_keys=True) if "rels" in pair else pair["rel"]
            asked.setdefault((pair["page"], answer), []).append(pair["q"])
    assert [found for texts in asked.values() if (found := near_pairs(texts))] == []


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.stem)
def test_messages_have_parts_that_do_what_there_is(path):
    found = [part for each in lines(path) for part in each["parts"]]
    assert all(does in DOES and text.strip() for text, does in found)
    assert {does for _, does in found} == DOES
    assert near_pairs(messages(path)) == []


def test_no_page_of_pairs_stands_in_two_files():
    pages = [each["page"] for path in PAIRS for each in lines(path) if "facts" in each]
    assert len(set(pages)) == len(pages) >= 80


def test_every_intent_has_examples_kept_aside():
    kept = by_intent(KEPT_ASIDE)
    assert {
        path.stem: len(kept.get(path.stem, [])) for path in FILES if len(kept.get(path.stem, [])) < FEWEST_KEPT_ASIDE
    } == {}
    assert kept.keys() == {path.stem for path in FILES}


def test_nothing_that_is_measured_on_trains():
    told = [text for texts in trained().values() for text in texts]
    held = evaluated()
    assert sum(map(len, held.values())) > 1500
    assert {name: found for name, texts in held.items() if (found := leaks(texts, told))} == {}


def test_a_question_that_is_measured_on_is_new_however_short():
    told = {words(text) for texts in trained().values() for text in texts}
    folder = ROOT / "tests" / "evaluation"
    cases = [*lines(folder / "questions.jsonl"), *lines(folder / "development-questions.jsonl")]
    asked = [case["text"] for case in cases if case["kind"] not in TALK and words(case["text"])]
    assert [text for text in asked if words(text) in told] == []


def test_the_examples_kept_aside_are_new_however_short():
    told = {words(text) for texts in trained().values() for text in texts}
    assert [text for text in examples(KEPT_ASIDE) if words(text) in told and words(text)] == []
