"""The labelled pages from which it is learned what a sentence tells."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge.model import Aspect
from knowledge.shelf.aspects import WEIGHTS

PAGES = sorted((Path(__file__).resolve().parents[3] / "data" / "pages").glob("*.jsonl"))


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_each_item_of_a_page_has_a_text_and_labels_that_exist(path):
    known = {aspect.value for aspect in Aspect}
    for page in read(path):
        for entry in page["items"]:
            assert set(entry) == {"text", "heading", "parents", "lead", "aspect", "also"}
            assert entry["text"].strip()
            assert {*entry["also"], *filter(None, [entry["aspect"]])} <= known
            assert entry["aspect"] not in entry["also"]


def test_no_page_is_there_twice():
    names = [page["page"] for path in PAGES for page in read(path)]
    assert len(names) == len(set(names))


def test_every_aspect_is_learned_from_at_least_thirty_items():
    labels = [
        label
        for path in PAGES
        for page in read(path)
        for entry in page["items"]
        for label in (entry["aspect"], *entry["also"])
    ]
    assert [aspect.value for aspect in Aspect if labels.count(aspect.value) < 30] == []


def test_the_weights_know_every_aspect_and_are_small():
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        assert {*kept["labels"]} == {"", *(aspect.value for aspect in Aspect)}
    assert WEIGHTS.stat().st_size < 2_000_000
