"""How often an occupation is found that is only described: python -m tests.benchmarks.describing

Reads the imported occupations of the store (DATABASE_URL) and 120 descriptions by somebody who wrote no example, each
with the O*NET codes that a reader would accept.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from actions.which import CHOICES, CLOSE
from knowledge.base import KnowledgeBase
from knowledge.sources.occupations import Catalogue

DESCRIPTIONS = Path(__file__).with_name("descriptions.tsv")


def main() -> int:
    """Print the shares; 0 where something is imported to look them up in."""
    argparse.ArgumentParser(prog="python -m tests.benchmarks.describing", description=__doc__).parse_args()
    knowledge = KnowledgeBase(os.environ.get("DATABASE_URL", "sqlite:///var/advisor.sqlite"))
    catalogue = knowledge.imported()
    if catalogue is None:
        print("Nothing was imported: python -m knowledge import PATH", file=sys.stderr)
        return 1
    first, offered, alone, took = 0, 0, [], []
    rows = [line.split("\t") for line in DESCRIPTIONS.read_text(encoding="utf-8").splitlines()]
    for text, codes, _ in rows:
        began = time.perf_counter()
        best = knowledge.described(text)[:CHOICES]
        took.append(time.perf_counter() - began)
        right = [bool({*codes.split(",")} & {*_codes(catalogue, slug)}) for slug, _ in best]
        close = [nearness >= best[0][1] - CLOSE for _, nearness in best]
        first += right[0]
        offered += any(each and near for each, near in zip(right, close))
        if sum(close) == 1:
            alone.append(right[0])
    print(f"{len(rows)} descriptions: the nearest is right for {first / len(rows):.2f}, one of those that are offered")
    print(f"for {offered / len(rows):.2f}; one alone is taken for {len(alone) / len(rows):.2f}, rightly for", end=" ")
    print(f"{sum(alone) / max(1, len(alone)):.2f} of them; {sorted(took)[len(took) // 2] * 1000:.0f} ms each")
    return 0


def _codes(catalogue: Catalogue, slug: str) -> list[str]:
    return catalogue.codes(slug) if slug in catalogue else [slug]


if __name__ == "__main__":
    sys.exit(main())
