"""Teaches the reader of pairs: what a fact decides of a question. Writes `knowledge/relation.onnx`.

MiniLM's sentence encoder (all-MiniLM-L6-v2, full precision) becomes a cross-encoder, which reads a question and a fact
together (Nogueira and Cho, arXiv:1901.04085), fine-tuned on the pairs of this folder. Needs PyTorch, which the advisor
itself never does, and so an environment of its own: see README.md beside this file. About an hour on two cores.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional
from transformers import AutoModel, AutoModelForSequenceClassification, AutoTokenizer

HERE = Path(__file__).resolve().parent
RELATIONS = ("yes", "no", "tells", "detail", "beside")  # `near` is beside the question too, only harder to tell
TOKENS = 96  # of a question and a fact together
BATCH = 32
HELD = 1  # pages of each writer that are kept for the test
NEAREST = 6  # facts among which another one of the page is hard to tell from the one meant
SMOOTHING, WARM, DECAY = 0.05, 0.06, 0.01


@dataclass(frozen=True)
class Pair:
    """A question, a fact, and the place of its relation among `RELATIONS`."""

    question: str
    fact: str
    relation: int


def main() -> None:
    """Read, train, measure on the pages kept, export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True, help="the folder of MiniLM's weights and tokenizer")
    parser.add_argument("--to", type=Path, default=HERE.parent.parent / "knowledge" / "relation.onnx")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    tokenizer = AutoTokenizer.from_pretrained(options.encoder)
    known, held = read(tokenizer, AutoModel.from_pretrained(options.encoder).eval())
    print(f"{len(known)} pairs to learn from, {len(held)} to test on: {Counter(pair.relation for pair in known)}")
    model = AutoModelForSequenceClassification.from_pretrained(
        options.encoder, num_labels=len(RELATIONS), attn_implementation="eager"
    )
    export(model, tokenizer, options.to)  # what could not be written would be found out after an hour
    for epoch in train(model, tokenizer, known, options.epochs, options.rate):
        print(f"After epoch {epoch}:")
        measure(model, tokenizer, held)
        export(model, tokenizer, options.to)


def read(tokenizer: AutoTokenizer, encoder: torch.nn.Module) -> tuple[list[Pair], list[Pair]]:
    """The pairs to learn from and those to test on, with other facts of the page, which are beside the question."""
    known, held = [], []
    for path in sorted(HERE.glob("*.jsonl")):
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        pages = {line["page"]: line["facts"] for line in lines if "facts" in line}
        kept = set(random.sample(sorted(pages), HELD))
        vectors = {page: embed(tokenizer, encoder, facts) for page, facts in pages.items()}
        asked = [line for line in lines if "q" in line]
        for line, vector in zip(asked, embed(tokenizer, encoder, [line["q"] for line in asked])):
            facts, meant = pages[line["page"]], line["fact"]
            relation = "beside" if line["rel"] == "near" else line["rel"]
            to = held if line["page"] in kept else known
            to.append(Pair(line["q"], facts[meant], RELATIONS.index(relation)))
            order = (vectors[line["page"]] @ vector).argsort(descending=True).tolist()
            others = [place for place in order if place != meant]
            # where no fact decides it, the nearest ones are beside it; else a near one may say the same again
            undecided = line["rel"] in ("near", "detail")
            if random.random() < (0.8 if undecided else 0.5):
                other = random.choice(others[:NEAREST] if undecided and random.random() < 0.7 else others)
                to.append(Pair(line["q"], facts[other], RELATIONS.index("beside")))
    return known, held


@torch.no_grad()
def embed(tokenizer: AutoTokenizer, encoder: torch.nn.Module, texts: list[str]) -> torch.Tensor:
    """Unit vectors of texts, (n, 384)."""
    vectors = []
    for start in range(0, len(texts), 64):
        batch = tokenizer(texts[start : start + 64], padding=True, truncation=True, max_length=64, return_tensors="pt")
        mask = batch["attention_mask"][..., None]
        sums = (encoder(**batch).last_hidden_state * mask).sum(1)
        vectors.append(functional.normalize(sums, dim=1))
    return torch.cat(vectors)


def train(
    model: torch.nn.Module, tokenizer: AutoTokenizer, pairs: list[Pair], epochs: int, rate: float
) -> Iterator[int]:
    """AdamW with a warm start and a straight way down; gives each epoch that is done."""
    every = -(-len(pairs) // BATCH)
    steps = epochs * every
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: max(0.0, min(1.0, step / (WARM * steps), (steps - step) / (steps * (1 - WARM))))
    )
    began, losses = time.monotonic(), []
    for step, batch in enumerate((batch for _ in range(epochs) for batch in shuffled(pairs)), 1):
        model.train()
        found = model(**encoded(tokenizer, batch)).logits
        wanted = torch.tensor([pair.relation for pair in batch])
        loss = functional.cross_entropy(found, wanted, label_smoothing=SMOOTHING)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        schedule.step()
        losses.append(loss.item())
        if step % 100 == 0:
            print(f"step {step} of {steps}: {np.mean(losses[-100:]):.3f}, {time.monotonic() - began:.0f} s", flush=True)
        if step % every == 0:
            yield step // every


def shuffled(pairs: list[Pair]) -> Iterator[list[Pair]]:
    """Batches in random order, each of pairs about as long as one another, so that little is padded."""
    order = random.sample(pairs, len(pairs))
    batches = []
    for start in range(0, len(order), BATCH * 50):
        some = sorted(order[start : start + BATCH * 50], key=lambda pair: len(pair.question) + len(pair.fact))
        batches += [some[first : first + BATCH] for first in range(0, len(some), BATCH)]
    random.shuffle(batches)
    yield from batches


def encoded(tokenizer: AutoTokenizer, pairs: list[Pair]) -> dict[str, torch.Tensor]:
    """Pairs as the model takes them."""
    questions, facts = [pair.question for pair in pairs], [pair.fact for pair in pairs]
    return tokenizer(questions, facts, truncation=True, max_length=TOKENS, padding=True, return_tensors="pt")


@torch.no_grad()
def measure(model: torch.nn.Module, tokenizer: AutoTokenizer, pairs: list[Pair]) -> None:
    """Print how often the likeliest relation is right, and how often a verdict is, for several confidences."""
    model.eval()
    found = []
    for start in range(0, len(pairs), 64):
        found.append(functional.softmax(model(**encoded(tokenizer, pairs[start : start + 64])).logits, dim=1))
    chances, wanted = torch.cat(found).numpy(), np.array([pair.relation for pair in pairs])
    best = chances.argmax(1)
    print(f"right: {np.mean(best == wanted):.3f} of {len(pairs)}")
    for place, name in enumerate(RELATIONS):
        print(f"  {name}: {Counter(RELATIONS[each] for each in best[wanted == place]).most_common()}")
    decided, said_yes = wanted < 2, chances[:, 0] > chances[:, 1]
    print(f"yes told from no, where it is decided: {np.mean((said_yes == (wanted == 0))[decided]):.3f}")
    for least in (0.5, 0.6, 0.7, 0.8, 0.9):
        said = chances[:, :2].max(1) >= least
        right, found = np.mean((best == wanted)[said]), np.mean((said & (best == wanted))[decided])
        print(f"verdict from {least}: {right:.3f} right, of decided ones {found:.3f} said")


class Scores(torch.nn.Module):
    """The chance of each relation of pairs of token ids, (n, 5)."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """As `torch.nn.Module.forward`."""
        return functional.softmax(self.model(ids, attention_mask=mask, token_type_ids=types).logits, dim=1)


def export(model: torch.nn.Module, tokenizer: AutoTokenizer, to: Path) -> None:
    """Write the model as an int8 graph for ONNX Runtime, with one thread's arithmetic in mind (no VNNI needed)."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    sample = encoded(tokenizer, [Pair("Is it loud?", "The floor is loud.", 0), Pair("Pay?", "A day in the life.", 4)])
    names = ["input_ids", "attention_mask", "token_type_ids"]
    with tempfile.TemporaryDirectory() as folder:
        whole = f"{folder}/float.onnx"
        torch.onnx.export(
            Scores(model),
            tuple(sample[name] for name in names),
            whole,
            input_names=names,
            output_names=["relations"],
            dynamic_axes={name: {0: "pairs", 1: "tokens"} for name in names} | {"relations": {0: "pairs"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, str(to), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    print(f"{to}: {to.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
