"""What is sent: ordinary questions, long texts that cost as much as a text can, and anything at all (seeded)."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from typing import Any

LENGTH = 2000  # characters, the longest message
ORDINARY = (
    "what does a production technician do?",
    "which skills does it need?",
    "is it dangerous?",
    "what does it pay?",
    "how do I get certified?",
    "do i need a degree",
    "What is a typical day like?",
    "i'm bad at math, is that a problem?",
    "Can I become one without experience?",
    "who checks the quality of the parts",
    "do they work at night?",
    "what else could I do with this later?",
    "is it for me? I like machines and I hate offices",
    "does it involve heavy lifting",
    "what should my next step be?",
    "hello",
    "thanks",
    "and what about safety?",
    "what do welders do?",
    "tell me more about the second one",
)
REPEATED = {
    "punctuation": "?!.,;:-()[]{}'\"",
    "question marks": "? ",
    "questions": "is it dangerous? what does it pay? ",
    "questions without end": "what does it pay and is it dangerous and who does that and ",
    "names of the job": "production technician, ",
    "misspelt names": "prodution techncian, ",
    "other careers": "welder, nurse, plumber, pilot, machinist, teacher, ",
    "statements": "I can do math and I hate noise and I am good at reading, ",
    "denials": "I am not no never not good at not doing it, isn't it, ",
    "alternatives": "is it easy or hard or both or neither or ",
    "pointing back": "the second one and that one and the first of those, ",
    "alarms": "I want to die, help me, ",
    "one word": "a",
    "single letters": "a b c d e f ",
    "short words": "it is at on to my in ",
    "long words": "pneumonoultramicroscopicsilicovolcanoconiosis ",
    "hyphens": "set-up-and-",
    "slashes": "and/or/",
    "digits": "1234567890",
    "numbers": "12 345 6.7 ",
    "many languages": "¿Qué hace? Was macht er? O que faz? 他做什么 ماذا يفعل ",
    "Chinese": "生产技术员做什么工作",
    "emoji": "🙏🏽👩‍🔧🔥",
    "accents": "é́̂à̀̂",
    "entities": "&gt;&amp;&#x27;&nbsp;",
    "markup": "<b><a href='x'>*_~`</a></b>",
    "Markdown": "**a** [b](c) - d\n# e\n> f\n",
    "brackets": "([{<",
    "quotes": "“‘'\"",
    "addresses": "https://a.example/b?c=d&e=f#g a@b.example ",
    "templates": "{{a}} {% b %} ${c} %s ",
}
ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 1e308, 2**70, [], {}, [["a"]], {"text": "a"}),
    *("", " ", "\0", "\ud83d", "/", "//"),
)
SLASHES = ("/restart", "/session_start", "/ask_pay", '/ask_pay{"occupation": "x"}', "EXTERNAL: x", "/signal_empty")
RANGES = (
    *((0x20, 0x7F), (0, 0x20), (0x80, 0x250), (0x300, 0x370), (0x370, 0x2000), (0x2000, 0x2070), (0x3000, 0xD7FF)),
    *((0xD800, 0xDFFF), (0xE000, 0xFFFF), (0x1F300, 0x1FAFF), (0x10000, 0x10FFFF)),
)


def long_texts() -> dict[str, str]:
    """Texts of 2,000 characters by what they repeat, and one whose words are all different."""
    repeated = {name: (part * LENGTH)[:LENGTH] for name, part in REPEATED.items()}
    return {**repeated, "random words": " ".join(words(random.Random(1), 400))[:LENGTH]}


def words(source: random.Random, count: int) -> list[str]:
    """Words that nobody has ever said."""
    return ["".join(source.choices(string.ascii_lowercase, k=source.randint(2, 10))) for _ in range(count)]


def sentence(source: random.Random) -> str:
    """A question of random words."""
    return " ".join(words(source, source.randint(3, 15))) + "?"


def anything(seed: int, count: int) -> Iterator[Any]:
    """Messages of all kinds."""
    source = random.Random(seed)
    for _ in range(count):
        yield source.choice(_KINDS)(source)


def _unicode(source: random.Random) -> str:
    low, high = source.choice(RANGES)
    return "".join(chr(source.randrange(low, high)) for _ in range(source.choice((1, 5, 40, 300))))


def _mixed(source: random.Random) -> str:
    return "".join(_unicode(source) if source.random() < 0.4 else source.choice(ORDINARY) for _ in range(4))


def _repeated(source: random.Random) -> str:
    return source.choice([*REPEATED.values()]) * source.choice((1, 3, 20))


def _mutated(source: random.Random) -> str:
    text = list(source.choice(ORDINARY))
    for _ in range(source.randint(1, 8)):
        text[source.randrange(len(text))] = chr(source.choice((*range(0x20, 0x7F), 0, 0x200B, 0x202E, 0xFFFD, 0x1F600)))
    return "".join(text)


def _huge(source: random.Random) -> str:
    return _repeated(source) * source.choice((200, 700))


_KINDS = (
    *(_unicode, _mixed, _repeated, _mutated, sentence) * 4,
    _huge,
    lambda source: source.choice(ODD),
    lambda source: source.choice(SLASHES),
)
