"""Text -> vectors of what it means and how it is worded: all-MiniLM-L6-v2, int8, over ONNX Runtime, from packages.

What a text means is Reimers & Gurevych's Sentence-BERT recipe (arXiv:1908.10084): the mean of the last hidden
states over the tokens, normalised to length 1. That vector was trained on what texts are about: two questions
asked alike about different things are far apart. The middle layers hold more of how a sentence is made (Jawahar,
Sagot and Seddah, ACL 2019): how a text is worded is the same mean over the fourth of the six layers. Together they
tell kinds of question, and yes from no, better than the first alone.
"""

from __future__ import annotations

import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from knowledge.graph import LAYERS, MODEL_SHA256, package, verify
from knowledge.graph import graph as sentence_model

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MEANING = 384  # dimensions of what a text means; those of its wording follow
DIMENSIONS = 2 * MEANING
TOKENS = 128  # longer texts are cut; the model was trained on at most this many
BATCH = 16
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
VERSION = f"{MODEL_SHA256[:12]}-{LAYERS[1]}"  # vectors of another version are of another kind


class Encoder:
    """The sentence encoder; loads and verifies its files when it is made (a fifth of a second; the first time
    on a machine about a second).

    `threads` batches are encoded at once, each by one thread: so small a model gains more from that than
    from several threads sharing a batch.
    """

    def __init__(self, threads: int = 1) -> None:
        self._tokenizer = read_tokenizer(TOKENS)
        self._session = session(sentence_model())
        self._threads = threads

    def encode(self, texts: list[str]) -> np.ndarray:
        """Two unit vectors of each text, side by side, `MEANING` and wording: (n, 768), float32; of none: (0, 768)."""
        if 0 < len(texts) <= BATCH:  # the parts of a message: one by one, since a batch is as slow as its longest text
            return np.vstack([self._encode_batch([text]) for text in texts])
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        batches = [by_length[start : start + BATCH] for start in range(0, len(texts), BATCH)]
        with ThreadPoolExecutor(self._threads) as pool:
            encoded = pool.map(lambda batch: self._encode_batch([texts[index] for index in batch]), batches)
            for batch, found in zip(batches, encoded):
                vectors[batch] = found
        return vectors

    def _encode_batch(self, texts: list[str]) -> np.ndarray:
        encodings = self._tokenizer.encode_batch(texts)
        ids = np.array([encoding.ids for encoding in encodings], dtype=np.int64)
        mask = np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64)
        hidden = self._session.run(
            LAYERS, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        )
        weights = mask[..., None].astype(np.float32)
        sums = [(states * weights).sum(axis=1) for states in hidden]
        return np.hstack([each / np.linalg.norm(each, axis=1, keepdims=True) for each in sums])


def read_tokenizer(tokens: int) -> Tokenizer:
    """MiniLM's tokenizer, which cuts after so many tokens and pads a batch to its longest text."""
    from tokenizers import Tokenizer

    with zipfile.ZipFile(package("all_minilm_l6_v2") / "model.zip") as archive:
        written = archive.read("tokenizer.json")
    verify("the tokenizer", written, TOKENIZER_SHA256)
    tokenizer = Tokenizer.from_str(written.decode("utf-8"))
    tokenizer.enable_truncation(tokens)
    tokenizer.enable_padding()
    return tokenizer


def session(model: Path, threads: int = 1) -> InferenceSession:
    """The model of a file in ONNX Runtime, on as many threads as who calls it has to use."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # who waits leaves the processor to others
    return InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def meaning(vectors: np.ndarray) -> np.ndarray:
    """What texts mean, (..., 384) unit vectors, of what `encode` gives, (..., 768)."""
    return vectors[..., :MEANING]
