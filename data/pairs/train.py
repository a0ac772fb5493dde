"""Teaches the reader: what a fact decides of a question, and the parts of a message. Writes `knowledge/reader.onnx`.

A sentence encoder becomes a cross-encoder, which reads a question and a fact together (Nogueira and Cho,
arXiv:1901.04085). A large one, all-mpnet-base-v2, learns from the pairs of this folder; a small one, all-MiniLM-L6-v2,
learns from the same pairs and from what the large one says of many more (distillation: Hinton, Vinyals and Dean,
arXiv:1503.02531): every question beside the nearest facts of its page and of other pages, which nobody labelled. With a
second head the small one says of each token of a message whether a part begins there, and what that part does. Needs
PyTorch and a GPU, which the advisor itself never does: see README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

HERE = Path(__file__).resolve().parent
PARTS = HERE.parent / "parts"
RELATIONS = ("yes", "no", "tells", "detail", "beside")
BESIDE = RELATIONS.index("beside")
DOES = ("whether", "choice", "open", "self", "talk")  # what a part of a message does
UNKNOWN = -1  # nobody has said what a fact is to a question
TOKENS, LONGEST = 96, 256  # of a question and a fact together, and of a message
HELD = 1  # pages of each writer that are kept for the test, the last ones
NEAREST = 6  # facts of a page that are hard to tell from the ones that bear on a question
TEMPTING = 0.7  # share of the facts beside a question that are taken from the nearest
OTHERS = {"page": 8, "chance": 3, "elsewhere": 3}  # facts that the large one is asked about, for each question
EVERY = 4  # one step in so many is on messages too, and one on how near facts are
PARTS_BATCH, PAGES_BATCH, QUESTIONS_BATCH = 48, 6, 12  # messages, pages, and questions of each page, in such a step
HEAT = 0.05  # of the softmax over a page's facts
REFIT = 6000  # messages that the head for parts is fitted on anew
SINGLE = 0.5  # share of such messages that are one question of the pairs
JOINED, BARE = 0.3, 0.3  # share of messages that are two made one, and that lose their punctuation
SEVERAL = re.compile(
    r"[.?!;,:].|^(?:i|i'?m|my|we|our|he|she|been|got|had|was|as) |\b(?:and|or|but) (?:is|are|do|does|can|what|how)\b"
)
OPENS = re.compile(
    r"(?:(?:and|so|ok|but) )?(?:what|how|which|who|where|when|why|list|name|tell|describe)", re.IGNORECASE
)
IGNORED = -100  # no label for this token
OWN = 0.5  # weight of a label beside what the large one says, where there is both
SMOOTHING, WARM, DECAY = 0.05, 0.06, 0.01


@dataclass
class Asked:
    """A question about a page, and what each of the page's n facts is to it: places among `RELATIONS`, (n,)."""

    page: int
    text: str
    labels: np.ndarray


@dataclass
class Pages:
    """All pages: their facts, one list for all, where each page's begin and end, and which are kept for the test."""

    facts: list[str] = field(default_factory=list)
    spans: list[range] = field(default_factory=list)
    held: set[int] = field(default_factory=set)
    asked: list[Asked] = field(default_factory=list)
    about: list[list[int]] = field(default_factory=list)  # the places of each page's questions on which a fact bears


Message = list[tuple[str, "str | None"]]  # its parts in order: the text, and what it does, where that is known


@dataclass(frozen=True)
class Pairs:
    """n pairs: places of questions and of facts, (n,) each, and what is wanted of them: (n, 5), rows sum to 1."""

    questions: np.ndarray
    facts: np.ndarray
    wanted: np.ndarray

    def __len__(self) -> int:
        return len(self.questions)


class Network(torch.nn.Module):
    """An encoder with heads for what pairs are and for the parts of a message, which also places texts near or far."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, attn_implementation="eager")
        self.dropout = torch.nn.Dropout(0.1)
        self.relation = torch.nn.Linear(self.encoder.config.hidden_size, len(RELATIONS))
        self.part = torch.nn.Linear(self.encoder.config.hidden_size, 1 + len(DOES))

    def forward(self, **inputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores of relations, (n, 5), and of each token: whether a part begins, and what it does, (n, tokens, 6)."""
        found = self.encoder(**inputs)
        return self.relation(self.dropout(found.pooler_output)), self.part(self.dropout(found.last_hidden_state))

    def vectors(self, **inputs: torch.Tensor) -> torch.Tensor:
        """Unit vectors of texts, (n, 384), near to those of the facts that bear on them."""
        return pooled(self.encoder(**inputs).last_hidden_state, inputs["attention_mask"])


def pooled(states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """The mean of the last states, (n, tokens, width), over the tokens, of length 1: (n, width)."""
    return functional.normalize((states * mask[..., None]).sum(1), dim=1)


class Model:
    """A cross-encoder in training, with the tokens of all questions and facts."""

    def __init__(self, folder: Path, pages: Pages, device: str) -> None:
        self.device = device
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.network = Network(folder).to(device)
        plain = {"add_special_tokens": False}
        self._questions = self.tokenizer([asked.text for asked in pages.asked], **plain)["input_ids"]
        self._facts = self.tokenizer(pages.facts, **plain)["input_ids"]
        marks = self.tokenizer("a", "b")["input_ids"]
        inner = marks[2:-2]  # what stands between the two
        self._begin, self._between, self._end = marks[:1], inner, marks[-1:]

    def lengths(self, pairs: Pairs) -> np.ndarray:
        """How many tokens each pair has, without the marks, (n,)."""
        questions, facts = np.array([len(ids) for ids in self._questions]), np.array([len(ids) for ids in self._facts])
        return questions[pairs.questions] + facts[pairs.facts]

    def batch(self, pairs: Pairs, places: np.ndarray) -> dict[str, torch.Tensor]:
        """Some pairs as the network takes them; the longer one of a pair is cut where both are too long."""
        rows, kinds = [], []
        for question, fact in zip(pairs.questions[places], pairs.facts[places]):
            first, second = self._questions[question], self._facts[fact]
            room = TOKENS - len(self._between) - 2
            while len(first) + len(second) > room:
                first, second = (first[:-1], second) if len(first) > len(second) else (first, second[:-1])
            opening = [*self._begin, *first, *self._between]
            rows.append([*opening, *second, *self._end])
            kinds.append(len(opening))
        width = max(map(len, rows))
        ids = np.full((len(rows), width), self.tokenizer.pad_token_id)
        mask, types = np.zeros_like(ids), np.zeros_like(ids)
        for place, (row, kind) in enumerate(zip(rows, kinds)):
            ids[place, : len(row)], mask[place, : len(row)], types[place, kind : len(row)] = row, 1, 1
        arrays = {"input_ids": ids, "attention_mask": mask}
        if "token_type_ids" in self.tokenizer.model_input_names:
            arrays["token_type_ids"] = types
        return {name: torch.from_numpy(array).pin_memory() if self.device == "cuda" else torch.from_numpy(array)
                for name, array in arrays.items()}  # fmt: skip

    def vectors(self, questions: list[int], facts: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
        """Unit vectors of some questions and some facts, each alone."""
        texts = [self._questions[place] for place in questions] + [self._facts[place] for place in facts]
        rows = [[*self._begin, *ids[: TOKENS - 2], *self._end] for ids in texts]
        width = max(map(len, rows))
        ids = torch.tensor([row + [self.tokenizer.pad_token_id] * (width - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
        inputs = {"input_ids": ids.to(self.device), "attention_mask": mask.to(self.device)}
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=self.device == "cuda"):
            found = self.network.vectors(**inputs).float()
        return found[: len(questions)], found[len(questions) :]

    def scores(self, inputs: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
        """As `Network.forward`, computed in half precision where the device can."""
        inputs = {name: tensor.to(self.device, non_blocking=True) for name, tensor in inputs.items()}
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=self.device == "cuda"):
            relations, parts = self.network(**inputs)
        return relations.float(), parts.float()


def main() -> None:
    """Read, teach the large one, let it label, teach the small one, measure both on the pages kept, export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    teacher = parser.add_mutually_exclusive_group(required=True)
    teacher.add_argument("--large", type=Path, help="the folder of all-mpnet-base-v2")
    teacher.add_argument("--again", type=Path, help="weights of the small one, which go on from their own labels")
    parser.add_argument("--small", type=Path, required=True, help="the folder of all-MiniLM-L6-v2")
    parser.add_argument("--to", type=Path, default=HERE.parent.parent / "knowledge" / "reader.onnx")
    parser.add_argument("--weights", type=Path, default=Path("weights.safetensors"), help="where to keep its weights")
    parser.add_argument("--large-epochs", type=int, default=4)
    parser.add_argument("--small-epochs", type=int, default=6, help="0: only the head for parts is fitted anew")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--share", type=float, default=1.0, help="of the pairs, to try it out")
    options = parser.parse_args()
    random.seed(options.seed)
    np.random.seed(options.seed)
    torch.manual_seed(options.seed)
    pages = read()
    nearness = near(pages, options.small, options.device)
    known, held = labelled(pages, nearness), tested(pages, nearness)
    known = some(known, options.share)
    counts = Counter(RELATIONS[place] for place in known.wanted.argmax(1))
    print(f"{len(pages.spans)} pages, {len(pages.asked)} questions; {len(known)} pairs to learn from: {dict(counts)}")
    small, (messages, kept) = Model(options.small, pages, options.device), read_parts()
    if options.again:
        small.network.load_state_dict(load_file(options.again))
        teacher = small
    else:
        teacher = Model(options.large, pages, options.device)
        train(teacher, known, epochs=options.large_epochs, rate=4e-5, batch=64)
    print("Who labels:")
    measure(predict(teacher, held), held.wanted)
    if options.small_epochs:
        wide = some(unlabelled(pages, nearness), options.share)
        wide = Pairs(wide.questions, wide.facts, joined(wide.wanted, predict(teacher, wide)))
        print(f"{len(wide)} pairs are labelled")
        rate = 1e-4 if options.again else 3e-4
        train(small, wide, epochs=options.small_epochs, rate=rate, batch=256, messages=messages, pages=pages)
    refit_parts(small, messages, singles(pages, held=False))
    print(f"The small one, which learned from {len(messages)} messages too:")
    measure(predict(small, held), held.wanted)
    measure_parts(small, kept)
    measure_parts(small, singles(pages, held=True)[:500])
    measure_nearness(nearness, pages, "the encoder as it was")
    measure_nearness(cosines(small, pages), pages, "the small one")
    save_file({name: each.half().cpu() for name, each in small.network.state_dict().items()}, options.weights)
    export(small, options.to)


def read() -> Pages:
    """All pages and questions of this folder."""
    pages = Pages()
    for path in sorted(HERE.glob("*.jsonl")):
        own: dict[str, int] = {}
        for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if "facts" in line:
                own[line["page"]] = len(pages.spans)
                pages.spans.append(range(len(pages.facts), len(pages.facts) + len(line["facts"])))
                pages.facts += line["facts"]
            else:
                page = own[line["page"]]
                pages.asked.append(Asked(page, line["q"], labels(line, len(pages.spans[page]))))
        pages.held.update(list(own.values())[-HELD:])
    pages.about = [[] for _ in pages.spans]
    for place, asked in enumerate(pages.asked):
        if bearing(asked):
            pages.about[asked.page].append(place)
    return pages


def read_parts() -> tuple[list[Message], list[Message]]:
    """Messages to learn from, and every twentieth to test on."""
    lines = [line for path in sorted(PARTS.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    messages = [merged(json.loads(line)["parts"]) for line in lines]
    kept = messages[::20]
    return [message for place, message in enumerate(messages) if place % 20], kept


def merged(parts: list[list[str]]) -> Message:
    """Parts, where neighbours that ask nothing and do the same are one."""
    found: Message = []
    for text, does in parts:
        if found and found[-1][1] == does in ("self", "talk"):
            text = found.pop()[0] + text
        found.append((text, does))
    return found


def labels(line: dict, count: int) -> np.ndarray:
    """What each of a page's facts is to a question, (count,).

    A line names all facts that bear on the question, or the one that is nearest, which may be beside it, as all others
    are then.
    """
    if "rels" in line:
        found = np.full(count, BESIDE)
        for fact, relation in line["rels"].items():
            found[int(fact)] = RELATIONS.index(relation)
        return found
    if line["rel"] == "near":
        return np.full(count, BESIDE)
    found = np.full(count, UNKNOWN)
    found[line["fact"]] = RELATIONS.index(line["rel"])
    return found


@torch.no_grad()
def near(pages: Pages, folder: Path, device: str) -> np.ndarray:
    """Cosines of all questions and all facts, (questions, facts)."""
    tokenizer, encoder = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval().to(device)

    def embed(texts: list[str]) -> torch.Tensor:
        vectors = []
        for start in range(0, len(texts), 256):
            batch = texts[start : start + 256]
            inputs = tokenizer(batch, padding=True, truncation=True, max_length=64, return_tensors="pt").to(device)
            mask = inputs["attention_mask"][..., None]
            vectors.append(functional.normalize((encoder(**inputs).last_hidden_state * mask).sum(1), dim=1))
        return torch.cat(vectors)

    return (embed([asked.text for asked in pages.asked]) @ embed(pages.facts).T).cpu().numpy()


def labelled(pages: Pages, nearness: np.ndarray) -> Pairs:
    """The labelled pairs of the pages to learn from: all that bear, and two that are beside for each question."""
    found = []
    for place, asked in enumerate(pages.asked):
        if asked.page in pages.held:
            continue
        span = pages.spans[asked.page]
        order = np.argsort(-nearness[place, span.start : span.stop])
        found += [(place, span[fact], asked.labels[fact]) for fact in bearing(asked)]
        beside = [fact for fact in order if asked.labels[fact] == BESIDE]
        for _ in range(2 if beside else 0):
            fact = random.choice(beside[:NEAREST] if random.random() < TEMPTING else beside)
            found.append((place, span[fact], BESIDE))
        if not beside and random.random() < 0.5:  # what is far from the question is hardly ever said again
            found.append((place, span[random.choice(order[NEAREST:])], BESIDE))
    return paired(found)


def bearing(asked: Asked) -> list[int]:
    """The places on the page of the facts that bear on a question."""
    return np.flatnonzero((asked.labels >= 0) & (asked.labels < BESIDE)).tolist()


def tested(pages: Pages, nearness: np.ndarray) -> Pairs:
    """The labelled pairs of the pages kept: all that bear, and what is beside among the nearest."""
    found = []
    for place, asked in enumerate(pages.asked):
        if asked.page in pages.held:
            span = pages.spans[asked.page]
            order = np.argsort(-nearness[place, span.start : span.stop])
            tempting = [fact for fact in order[:NEAREST] if asked.labels[fact] == BESIDE]
            found += [(place, span[fact], asked.labels[fact]) for fact in (*bearing(asked), *tempting)]
    return paired(found)


def unlabelled(pages: Pages, nearness: np.ndarray) -> Pairs:
    """Questions of the pages to learn from beside facts near and far; rows of what nobody labelled are 0."""
    learned = np.concatenate([np.array(span) for page, span in enumerate(pages.spans) if page not in pages.held])
    found = []
    for place, asked in enumerate(pages.asked):
        if asked.page in pages.held:
            continue
        span = np.array(pages.spans[asked.page])
        order = span[np.argsort(-nearness[place, span])]
        chosen = {int(span[fact]) for fact in bearing(asked)}
        chosen.update(map(int, order[: OTHERS["page"]]))
        chosen.update(map(int, np.random.choice(span, OTHERS["chance"], replace=False)))
        chosen.update(map(int, learned[np.argpartition(-nearness[place, learned], 20)[:20]][: OTHERS["elsewhere"]]))
        for fact in sorted(chosen):
            label = asked.labels[fact - span[0]] if span[0] <= fact <= span[-1] else UNKNOWN
            found.append((place, fact, label))
    return paired(found)


def paired(found: list[tuple[int, int, int]]) -> Pairs:
    """Places of questions, places of facts and labels as pairs."""
    questions, facts, relations = (np.array(column) for column in zip(*found))
    wanted = np.eye(len(RELATIONS), dtype=np.float32)[relations]
    wanted[relations == UNKNOWN] = 0
    return Pairs(questions, facts, wanted)


def some(pairs: Pairs, share: float) -> Pairs:
    """A share of pairs by chance."""
    places = np.sort(np.random.permutation(len(pairs))[: int(len(pairs) * share)])
    return Pairs(pairs.questions[places], pairs.facts[places], pairs.wanted[places])


def joined(labels: np.ndarray, said: np.ndarray) -> np.ndarray:
    """Labels, (n, 5) and 0 where there are none, joined with what the large one says, (n, 5)."""
    own = OWN * labels.sum(1, keepdims=True)
    return own * labels + (1 - own) * said


def train(
    model: Model,
    pairs: Pairs,
    *,
    epochs: int,
    rate: float,
    batch: int,
    messages: list[Message] = (),
    pages: Pages | None = None,
) -> None:
    """AdamW with a warm start and a straight way down; the other heads learn beside where there is what they need."""
    questions = singles(pages, held=False) if pages else []
    steps = epochs * -(-len(pairs) // batch)
    optimiser = torch.optim.AdamW(model.network.parameters(), lr=rate, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: max(0.0, min(1.0, (step + 1) / (WARM * steps), (steps - step) / (steps * (1 - WARM))))
    )
    began, loss_sum = time.monotonic(), torch.zeros((), device=model.device)
    model.network.train()
    ahead = prepared(model, pairs, (places for _ in range(epochs) for places in shuffled(model, pairs, batch)))
    for step, (places, inputs) in enumerate(ahead, 1):
        wanted = torch.from_numpy(pairs.wanted[places]).to(model.device, non_blocking=True)
        loss = functional.cross_entropy(model.scores(inputs)[0], wanted, label_smoothing=SMOOTHING)
        if messages and step % EVERY == 0:
            loss = loss + parts_loss(model, [varied(messages, questions) for _ in range(PARTS_BATCH)])
        if pages and step % EVERY == EVERY // 2:
            loss = loss + nearness_loss(model, pages)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        schedule.step()
        loss_sum += loss.detach()
        if step % 200 == 0 or step == steps:
            seconds = time.monotonic() - began
            print(f"step {step} of {steps}: {loss_sum.item() / (step % 200 or 200):.3f}, {seconds:.0f} s", flush=True)
            loss_sum.zero_()


def singles(pages: Pages, *, held: bool) -> list[Message]:
    """Questions that are messages of one part, of the pages kept or of all others; what they do, where that is sure."""
    found: list[Message] = []
    for asked in pages.asked:
        if (asked.page in pages.held) == held and not SEVERAL.search(asked.text.lower()):
            decided = any(label < 2 for label in asked.labels[bearing(asked)])
            found.append([(asked.text, "whether" if decided else "open" if OPENS.match(asked.text) else None)])
    return found


def varied(messages: list[Message], questions: list[Message]) -> Message:
    """A message or a question by chance, perhaps with another one behind it, perhaps without its punctuation."""

    def one() -> Message:
        return random.choice(questions if random.random() < SINGLE else messages)

    parts = one()
    if random.random() < JOINED:
        between, (first, second), others = random.choice((" ", "\n", ", ", " and ")), parts[-1], one()
        if between == " and ":
            between, others = " ", [("and " + others[0][0], others[0][1]), *others[1:]]
        parts = [*parts[:-1], (first.rstrip() + between, second), *others]
    if random.random() < BARE:
        bare = [(re.sub(r"[^\w\s'&/-]", "", text), does) for text, does in parts]
        parts = [(text, does) for text, does in bare if text.strip()] or parts
    return parts


def tokens(model: Model, messages: list[Message]) -> tuple[dict[str, torch.Tensor], torch.Tensor, torch.Tensor]:
    """Messages as the network takes them; whether a part begins at each token, and what its part does."""
    texts = ["".join(text for text, _ in parts) for parts in messages]
    inputs = model.tokenizer(
        texts, padding=True, truncation=True, max_length=LONGEST, return_offsets_mapping=True, return_tensors="pt"
    )
    offsets = inputs.pop("offset_mapping")
    begins, does = torch.full(offsets.shape[:2], IGNORED), torch.full(offsets.shape[:2], IGNORED)
    for row, parts in enumerate(messages):
        bounds = np.cumsum([len(text) for text, _ in parts])
        last = -1
        for place, (start, end) in enumerate(offsets[row].tolist()):
            if start == end:  # a mark
                continue
            part = int(np.searchsorted(bounds, start, side="right"))
            begins[row, place], last = int(part != last), part
            if parts[part][1]:
                does[row, place] = DOES.index(parts[part][1])
    return dict(inputs), begins, does


def parts_loss(model: Model, messages: list[Message]) -> torch.Tensor:
    """How wrong the model is on where parts begin, and on what they do."""
    inputs, begins, does = tokens(model, messages)
    _, found = model.scores(inputs)
    begins, does = begins.to(model.device), does.to(model.device)
    asked = begins != IGNORED
    where = functional.binary_cross_entropy_with_logits(found[..., 0][asked], begins[asked].float())
    what = functional.cross_entropy(
        found[..., 1:].flatten(0, 1), does.flatten(), ignore_index=IGNORED, label_smoothing=SMOOTHING
    )
    return where + what


def nearness_loss(model: Model, pages: Pages) -> torch.Tensor:
    """How wrong it is on which facts of a page are nearest to a question: those that bear on it (InfoNCE)."""
    chosen = random.sample(sorted(set(range(len(pages.spans))) - pages.held), PAGES_BATCH)
    facts = [fact for page in chosen for fact in pages.spans[page]]
    places = [place for page in chosen for place in random.sample(pages.about[page], QUESTIONS_BATCH)]
    questions, others = model.vectors(places, facts)
    scores = questions @ others.T / HEAT
    wanted = torch.zeros_like(scores)
    for row, place in enumerate(places):
        asked = pages.asked[place]
        first = facts.index(pages.spans[asked.page].start)
        for fact in bearing(asked):
            wanted[row, first + fact] = 1
    return functional.cross_entropy(scores, wanted / wanted.sum(1, keepdim=True))


@torch.no_grad()
def measure_nearness(nearness: np.ndarray, pages: Pages, name: str) -> None:
    """Print how often a fact that bears on a question is the nearest of its page, and among the six nearest."""
    ranks = []
    for page in pages.held:
        for place in pages.about[page]:
            asked, span = pages.asked[place], pages.spans[page]
            order = np.argsort(-nearness[place, span.start : span.stop]).tolist()
            ranks.append(min(order.index(fact) for fact in bearing(asked)))
    ranks = np.array(ranks)
    shares = ", ".join(f"{np.mean(ranks < most):.3f} among {most}" for most in (1, 3, 6))
    print(f"{name}: a fact that bears is the nearest {shares}, of {len(ranks)}", flush=True)


@torch.no_grad()
def cosines(model: Model, pages: Pages) -> np.ndarray:
    """Cosines of all questions and all facts, (questions, facts); by the model in training."""
    model.network.eval()
    step = 512
    questions = [model.vectors(list(range(start, min(start + step, len(pages.asked)))), [])[0]
                 for start in range(0, len(pages.asked), step)]  # fmt: skip
    facts = [model.vectors([], list(range(start, min(start + step, len(pages.facts)))))[1]
             for start in range(0, len(pages.facts), step)]  # fmt: skip
    return (torch.cat(questions) @ torch.cat(facts).T).cpu().numpy()


def refit_parts(model: Model, messages: list[Message], questions: list[Message]) -> None:
    """Fit the head for the parts of a message anew, on what the encoder makes of them; all else stays as it is."""
    model.network.eval()
    states, begun, done = [], [], []
    for _ in range(REFIT // PARTS_BATCH):
        inputs, begins, does = tokens(model, [varied(messages, questions) for _ in range(PARTS_BATCH)])
        with torch.no_grad():
            found = model.network.encoder(**{name: each.to(model.device) for name, each in inputs.items()})
        kept = begins != IGNORED
        states.append(found.last_hidden_state.cpu()[kept])
        begun.append(begins[kept])
        done.append(does[kept])
    features, begins, does = torch.cat(states).to(model.device), torch.cat(begun).to(model.device), torch.cat(done)
    does, head = does.to(model.device), model.network.part
    optimiser = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=DECAY)
    for epoch in range(20):
        for places in torch.randperm(len(features), device=model.device).split(4096):
            found = head(features[places])
            where = functional.binary_cross_entropy_with_logits(found[:, 0], begins[places].float())
            what = functional.cross_entropy(found[:, 1:], does[places], ignore_index=IGNORED, label_smoothing=SMOOTHING)
            (where + what).backward()
            optimiser.step()
            optimiser.zero_grad()
        print(f"parts, epoch {epoch + 1}: {where.item():.3f} where, {what.item():.3f} what", flush=True)


@torch.no_grad()
def measure_parts(model: Model, messages: list[Message]) -> None:
    """Print how many messages fall into the right parts, and how many of those parts do what they are said to do."""
    model.network.eval()
    right, same, count, questions = 0, 0, 0, 0
    wrong: Counter = Counter()
    for parts in messages:
        inputs, begins, does = tokens(model, [parts])
        begins, does = begins[0].numpy(), does[0].numpy()
        found = model.scores(inputs)[1][0].cpu()
        begun = (found[:, 0] > 0).numpy() & (begins != IGNORED)
        begun[np.argmax(begins != IGNORED)] = True
        if (begun == (begins == 1)).all():
            right += 1
            starts = [*np.flatnonzero(begun), int((begins != IGNORED).sum()) + 1]
            chances = functional.softmax(found[:, 1:], dim=1).numpy()
            said = [int(chances[start:end].mean(0).argmax()) for start, end in zip(starts, starts[1:])]
            for each, start in zip(said, starts):
                if does[start] != IGNORED:
                    count, same = count + 1, same + (each == does[start])
                    wrong[DOES[does[start]], DOES[each]] += each != does[start]
            questions += all(
                does[start] == IGNORED or (each < 3) == (does[start] < 3) for each, start in zip(said, starts)
            )
    print(f"parts: {right} of {len(messages)} messages parted rightly; {same} of {count} of their parts said rightly")
    print(
        f"  in {questions} every question is known to be one; taken for another: {(+wrong).most_common(8)}", flush=True
    )


def shuffled(model: Model, pairs: Pairs, batch: int) -> Iterator[np.ndarray]:
    """Places of batches in random order, each of pairs about as long as one another, so that little is padded."""
    lengths, order, batches = model.lengths(pairs), np.random.permutation(len(pairs)), []
    for start in range(0, len(order), batch * 50):
        part = order[start : start + batch * 50]
        part = part[np.argsort(lengths[part], kind="stable")]
        batches += [part[first : first + batch] for first in range(0, len(part), batch)]
    random.shuffle(batches)
    yield from batches


def prepared(
    model: Model, pairs: Pairs, batches: Iterator[np.ndarray]
) -> Iterator[tuple[np.ndarray, dict[str, torch.Tensor]]]:
    """Each batch of places with its inputs, made in a thread ahead of the device."""
    ready: Queue = Queue(maxsize=32)

    def make() -> None:
        for places in batches:
            ready.put((places, model.batch(pairs, places)))
        ready.put(None)

    threading.Thread(target=make, daemon=True).start()
    while (item := ready.get()) is not None:
        yield item


@torch.no_grad()
def predict(model: Model, pairs: Pairs) -> np.ndarray:
    """The chance of each relation of pairs, (n, 5)."""
    model.network.eval()
    found, order = np.zeros((len(pairs), len(RELATIONS)), dtype=np.float32), np.argsort(model.lengths(pairs))
    for places, inputs in prepared(model, pairs, (order[start : start + 512] for start in range(0, len(order), 512))):
        found[places] = functional.softmax(model.scores(inputs)[0], dim=1).cpu().numpy()
    return found


def measure(chances: np.ndarray, labels: np.ndarray) -> None:
    """Print how often the likeliest relation is right, and how often a verdict is, for several confidences."""
    best, wanted = chances.argmax(1), labels.argmax(1)
    print(f"right: {np.mean(best == wanted):.3f} of {len(wanted)}")
    for place, name in enumerate(RELATIONS):
        print(f"  {name}: {Counter(RELATIONS[each] for each in best[wanted == place]).most_common()}")
    decided, said_yes = wanted < 2, chances[:, 0] > chances[:, 1]
    print(f"yes told from no, where it is decided: {np.mean((said_yes == (wanted == 0))[decided]):.3f}")
    for least in (0.5, 0.6, 0.7, 0.8, 0.9):
        said = chances[:, :2].max(1) >= least
        right, found = np.mean((best == wanted)[said]), np.mean((said & (best == wanted))[decided])
        print(f"verdict from {least}: {right:.3f} right, of decided ones {found:.3f} said", flush=True)


class Chances(torch.nn.Module):
    """Of token ids: each relation's chance, (n, 5), each token's part, (n, tokens, 6), and the vectors, (n, 384)."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """As `torch.nn.Module.forward`."""
        states = self.network.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types)
        relations, parts = self.network.relation(states.pooler_output), self.network.part(states.last_hidden_state)
        begins, does = parts[..., :1].sigmoid(), functional.softmax(parts[..., 1:], dim=2)
        vectors = pooled(states.last_hidden_state, mask)
        return functional.softmax(relations, dim=1), torch.cat([begins, does], dim=2), vectors


def export(model: Model, to: Path) -> None:
    """Write the model as an int8 graph for ONNX Runtime, with one thread's arithmetic in mind (no VNNI needed)."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    network = model.network.eval().to("cpu")
    questions, facts = ["Is it loud?", "Pay?"], ["The floor is loud.", "A day in the life."]
    sample = model.tokenizer(questions, facts, padding=True, return_tensors="pt")
    names = ["input_ids", "attention_mask", "token_type_ids"]
    with tempfile.TemporaryDirectory() as folder:
        whole = f"{folder}/float.onnx"
        torch.onnx.export(
            Chances(network),
            tuple(sample[name] for name in names),
            whole,
            input_names=names,
            output_names=["relations", "parts", "vector"],
            dynamic_axes={name: {0: "pairs", 1: "tokens"} for name in (*names, "parts")}
            | {name: {0: "pairs"} for name in ("relations", "vector")},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, str(to), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    print(f"{to}: {to.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
