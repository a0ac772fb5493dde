"""How well and how fast occupations are found, with the titles of a folder of O*NET: python -m tests.benchmarks.linking

Titles are drawn with a fixed seed and put into questions, as they are and with one typo; phrases that name no
occupation are made from templates; the time is that of one call.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import string
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.nlu.occupations import Mention, Named, Occupations
from bot.nlu.title_words import key
from knowledge.sources.files import Files
from tests.attacks.texts import long_texts
from tests.benchmarks.phrases import without_occupation

SEED = 30
DRAWN, PHRASES = 2000, 500
CARRIERS = (
    "what does {a} {title} do?",
    "how much do {titles} make",
    "How do I become {a} {title}?",
    "i want to work as {a} {title}",
    "is being {a} {title} stressful",
    "{title} salary",
    "tell me about {titles}",
    "What skills does {a} {title} need?",
    "hours of {a} {title}?",
    "what's it like to be {a} {title}",
    "do {titles} need a degree?",
    "could I be {a} {title} with a bad back",
)
TARGETS = {"right": 0.97, "right with a typo": 0.92, "linked without an occupation": 0.02}


def read_titles(onet: Path, employment: Path | None = None, handbook: Path | None = None) -> list[Named]:
    """O*NET's titles, and the Handbook's; with how many people work in each where BLS's table of wages is given."""
    files = Files(onet)
    employed = _employed(employment) if employment else {}

    def named(code: str, text: str, kind: str) -> Named:
        weight = employed.get(code[:7]) or employed.get(f"{code[:6]}0", 0.0)
        return Named(code, text, kind, weight=weight)

    names = ("Occupation Data", "Sample of Reported Titles", "Alternate Titles")
    columns = ("Title", "Reported Job Title", "Alternate Title")
    found: dict[tuple[str, str], Named] = {}
    for name, column, kind in zip(names, columns, ("preferred", "reported", "alternate")):
        table = files.named(name)
        if table is None:
            raise SystemExit(f"{onet} holds no table “{name}”.")
        for row in files.table(table):
            code = row["O*NET-SOC Code"]
            found.setdefault((code, row[column]), named(code, row[column], kind))
    for page in sorted(handbook.glob("*.html")) if handbook else []:
        written = page.read_text(encoding="utf-8")
        heading = re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", written, re.DOTALL)
        for code in sorted(set(re.findall(r"onetonline\.org/link/summary/(\d\d-\d{4}\.\d\d)", written))):
            if heading:
                found.setdefault((code, heading[1]), named(code, heading[1], "reported"))
    return list(found.values())


def _employed(path: Path) -> dict[str, float]:
    files = Files(path)
    rows = (row for name in files.names if name.startswith("national") for row in files.table(name))
    figures = {row["OCC_CODE"]: row["TOT_EMP"].replace(",", "") for row in rows}
    return {code: float(figure) for code, figure in figures.items() if figure.isdigit()}


def questions(titles: list[Named], *, typo: bool) -> Iterator[tuple[str, Named]]:
    """Questions about titles drawn from all, each with the one drawn."""
    source = random.Random(SEED + typo)
    for number, drawn in enumerate(source.sample(titles, DRAWN)):
        title = source.choice(_forms(drawn.text))
        title = title if title.isupper() or source.random() < 0.3 else title.lower()
        carrier = CARRIERS[number % len(CARRIERS)]
        one, many = (title, title) if drawn.kind == "preferred" else (title, _plural(title))
        written = many if "{titles}" in carrier else one
        written = _misspelt(source, written) if typo else written
        article = "an" if written[:1].lower() in "aeiou" else "a"
        yield carrier.format(a=article, title=written, titles=written), drawn


def _forms(title: str) -> list[str]:
    bracket = re.fullmatch(r"(.*?)\s*\((.*)\)", title)
    return [bracket[1], bracket[2]] if bracket else [title]


def _plural(title: str) -> str:
    if title.endswith("s"):
        return title
    if title.endswith("man"):
        return f"{title[:-3]}men"
    return f"{title[:-1]}ies" if re.search(r"[^aeiou]y$", title) else f"{title}s"


def _misspelt(source: random.Random, title: str) -> str:
    place = source.choice([place for place, letter in enumerate(title) if letter != "'"])
    letter, rest = title[place], title[place + 1 :]
    return title[:place] + source.choice(
        (
            rest,
            letter * 2 + rest,
            rest[:1] + letter + rest[1:],
            (source.choice(string.ascii_lowercase) if letter != " " else "") + rest,
        )
    )


def is_right(mentions: list[Mention], slugs: Iterable[str]) -> bool:
    """Whether one of `slugs` is meant for certain, or is among the choices of the first mention that has them."""
    wanted = set(slugs)
    return any(wanted & set(mention.slugs[:1] if mention.sure else mention.slugs) for mention in mentions)


def percentile(times: list[float], share: float) -> float:
    """The time within which a share of the calls was answered."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def timed(occupations: Occupations, text: str) -> tuple[list[Mention], float]:
    """The mentions of a text, and how many milliseconds that took."""
    start = time.perf_counter()
    mentions = occupations.mentions(text)
    return mentions, (time.perf_counter() - start) * 1000


def main() -> None:
    """Measure, print a table, and fail where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("onet", type=Path, help="folder, .zip or file with O*NET's text or Excel tables")
    parser.add_argument("--employment", type=Path, help="BLS's national table of wages, for how common occupations are")
    parser.add_argument("--handbook", type=Path, help="folder with pages of the Occupational Outlook Handbook")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N of the failures of each kind")
    given = parser.parse_args()
    titles = read_titles(given.onet, given.employment, given.handbook)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, used = time.perf_counter(), time.process_time()
    occupations = Occupations(titles)
    table: list[tuple[str, str]] = [
        ("titles", f"{len(titles):,}"),
        ("index ready in", f"{time.perf_counter() - start:.1f} s ({time.process_time() - used:.1f} s of processor)"),
        ("additional memory", f"{(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f} MB"),
    ]
    holders: dict[str, set[str]] = defaultdict(set)
    for title in titles:
        for form in _forms(title.text):
            holders[key(form)].add(title.slug)  # the singular names what the plural does
    times: list[float] = []
    missed = False
    for name, typo in (("right", False), ("right with a typo", True)):
        right = strict = 0
        failures = []
        for text, drawn in questions(titles, typo=typo):
            mentions, took = timed(occupations, text)
            times.append(took)
            slugs = {drawn.slug}.union(*(holders[key(form)] for form in _forms(drawn.text)))
            strict += is_right(mentions, [drawn.slug])
            if is_right(mentions, slugs):
                right += 1
            else:
                failures.append((text, drawn.text, [(text[each.start : each.end], each.title) for each in mentions]))
        table.append((name, f"{right / DRAWN:.3f} (of the very occupation drawn {strict / DRAWN:.3f})"))
        missed |= right / DRAWN < TARGETS[name]
        _show(failures, given.show)
    phrases = without_occupation(random.Random(SEED), PHRASES)
    failures = []
    for text in phrases:
        mentions, took = timed(occupations, text)
        times.append(took)
        if mentions:
            failures.append((text, [(text[each.start : each.end], each.title) for each in mentions]))
    table.append(("linked without an occupation", f"{len(failures) / len(phrases):.3f} of {len(phrases)}"))
    missed |= len(failures) / len(phrases) > TARGETS["linked without an occupation"]
    _show(failures, given.show)
    table.append(
        ("time, median and 95th percentile", f"{percentile(times, 0.5):.1f} and {percentile(times, 0.95):.1f} ms")
    )
    longest = {name: min(timed(occupations, text)[1] for _ in range(2)) for name, text in long_texts().items()}
    worst = max(longest, key=longest.__getitem__)
    table.append(("time of 2,000 characters, at worst", f"{longest[worst]:.0f} ms ({worst})"))
    for name, figure in table:
        print(f"{name:34} {figure}")
    sys.exit(missed)


def _show(failures: list[tuple], count: int) -> None:
    for failure in failures[:count]:
        print(*failure, sep=" | ")


if __name__ == "__main__":
    main()
