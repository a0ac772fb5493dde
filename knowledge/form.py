"""The form of a question, apart from what it is about: what in it turns a yes into a no.

“don't they check it?” denies nothing, “they check nothing, do they?” does, and “can't do without it, can I?” does
so twice. Words alone do not tell these apart, and sentence embeddings hardly do.
"""

from __future__ import annotations

import re

import numpy as np

_AUXILIARY = r"(?:is|are|am|do|does|did|can|could|will|would|has|have|was|were|should|must|ai)"
_SUBJECT = r"(?:it|they|you|u|he|she|i|we|there|that|this|these|those)"
_START = r"(?:^|[,.;:?!]\s*|\b(?:so|and|but|well|ok|okay|wait|hey|um|uh|like)\s+)"
_TAG = re.compile(rf"(?<![, ])[, ]+{_AUXILIARY}(n'?t)? {_SUBJECT}[\s?.!]*$")
_ASSENT = re.compile(r"\b(?:right|correct|huh|yes|yeah|surely|i (?:guess|assume|suppose|take it|bet|hope))\b[\s?.!]*$")
_LEADING_DENIAL = re.compile(rf"{_START}{_AUXILIARY}n'?t\s+(?:{_SUBJECT}|the|an?)\b")
_DENIAL = re.compile(
    r"n't\b|\b(?:not|never|no|nothing|none|nobody|nowhere|without|neither|hardly|zero|cant|cannot|dont|doesnt|didnt|isnt|"
    r"arent|wasnt|wont|wouldnt|shouldnt|couldnt|aint)\b"
)
_SIGNS = [  # each a word of its own meaning for the answer
    re.compile(pattern)
    for pattern in (
        r"\bwithout\b",
        r"\b(?:skip|avoid|dodge|escape|hide|excused|exempt|optional|bypass|do without|manage without|rid of|spared?|"
        r"get (?:out of|away|by)|(?:stay|steer) clear)\b",
        r"\b(?:(?:some|any)(?:one|body) else|other (?:crew|people|guys|person|department)|outside|separate|different|"
        r"another (?:crew|person|department|guy)|for the (?:boss|engineers?)|instead)\b",
        r"\b(?:only|just|purely|solely|strictly|entirely|exclusively|all|mostly|mainly|nothing but|always|every|"
        r"whole)\b",
        r"\bor\b",
        r"\b(?:even|ever|at all|any|much)\b",
        r"^\W*(?:(?:so|and|ok|but|um|uh)\W+)*(?:what|who|where|when|why|which|how)\b",
        r"\?",
        r"\b(?:need|have to|has to|gotta|must|required?|matter|important|supposed)\b",
        r"\b(?:can|could|may|ok|okay|allowed|possible)\b",
        r"\b(?:hope|hoping|wish|rather|hate|scared|bad at|terrible|suck)\b",
        rf"(?:^|[,.;:]\s*)(?:so |and |but )?{_AUXILIARY}\b",
        r"^\W*(?:so|then|meaning)\b",
    )
]
_CONTRACTED = re.compile(
    rf"\b(is|are|do|does|did|could|would|has|have|was|were|should|ca|wo|ai)n'?t(?=\s+(?:{_SUBJECT}|the|an?)\b)"
)
_WHOLE = {"ca": "can", "wo": "will", "ai": "is"}
_SAFE = re.compile(r"\bsafe\b(?!\s+(?:from|to)\b)")
SIGNS = 6 + len(_SIGNS)
_WH_FIRST, _VERB_FIRST = 12, 17  # where these signs stand among them


def form(text: str) -> np.ndarray:
    """The signs that a text bears, (SIGNS,): 0 or 1 each."""
    text = text.lower().replace("’", "'")
    tag = _TAG.search(text)
    stated = text[: tag.start()] if tag and tag.start() > 0 else text
    leading = _LEADING_DENIAL.search(stated)
    if leading:  # it asks for assent, and is no denial
        stated = f"{stated[: leading.start()]} {stated[leading.end() :]}"
    denials = len(_DENIAL.findall(stated))
    signs = [
        bool(tag and tag.group(1)),
        bool(tag and not tag.group(1)),
        bool(_ASSENT.search(text)),
        bool(leading),
        denials == 1,
        denials > 1,
        *(bool(sign.search(stated)) for sign in _SIGNS),
    ]
    return np.array(signs, dtype=np.float32)


def plain(text: str) -> tuple[str, bool]:
    """A question without what only asks for assent (“isn't it …”, “…, right?”), and whether it is turned round.

    One on safety asks for danger then: documents tell of dangers, and a model of language takes both words for one.
    """
    text = text.lower().replace("’", "'").strip()
    ending = _TAG.search(text) or _ASSENT.search(text)
    if ending and ending.start() > 0:
        text = text[: ending.start()].rstrip(" ,.") + "?"
    leading = _CONTRACTED.search(text)
    if leading and not _DENIAL.search(text[: leading.start()]):
        text = f"{text[: leading.start()]}{_WHOLE.get(leading[1], leading[1])}{text[leading.end() :]}"
    return _SAFE.sub("dangerous", text), _SAFE.search(text) is not None


def asks_whether(text: str) -> bool:
    """Whether yes or no would answer a text, by its form: a tag, or a verb that stands before its subject."""
    signs = form(text)
    return bool(signs[:4].any() or signs[_VERB_FIRST]) and not signs[_WH_FIRST]


def denies(text: str) -> bool:
    """Whether a text states that something is not so, and then asks: "nobody reads them, do they?".

    To such a question "no" may mean both that it is so and that it is not.
    """
    signs = form(text)
    return bool(signs[1] and signs[4])


def forms(texts: list[str]) -> np.ndarray:
    """The signs of n texts: (n, SIGNS)."""
    return np.stack([form(text) for text in texts]) if texts else np.zeros((0, SIGNS), dtype=np.float32)
