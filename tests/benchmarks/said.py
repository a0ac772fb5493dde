"""What the users of the benchmark say: questions of the training pairs, which hold a keyword of the cheapest bot."""

from __future__ import annotations

import json
import random
import re
from functools import lru_cache

from bot.settings import ROOT

SEED = 15
ONE_QUESTION = re.compile(r"\A(?=.*\b(?:what|how|is|do)\b)[^.?!\n]{10,90}\??\Z", re.IGNORECASE)


def messages(number: int, count: int) -> list[str]:
    """So many messages; those of one number are other ones than those of the next, until all have been said."""
    known = _known()
    start = number * count % len(known)
    return [known[(start + place) % len(known)] for place in range(count)]


@lru_cache(maxsize=1)
def _known() -> list[str]:
    lines = (line for path in sorted((ROOT / "data" / "pairs").glob("*.jsonl")) for line in path.open(encoding="utf-8"))
    texts = sorted({text for line in lines if ONE_QUESTION.match(text := json.loads(line).get("q", ""))})
    random.Random(SEED).shuffle(texts)
    return texts
