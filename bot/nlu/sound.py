"""Whether a clause can stand behind "it does not say", judged by parsing the sentence that it would make."""

from __future__ import annotations

from spacy.tokens import Doc, Token

BEGINNING = "It does not say"
SAY = len(BEGINNING.split()) - 1  # the place of its verb
SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"}
PRONOUNS = {"something", "anything", "someone", "anyone", "what"}
WH = {"WDT", "WP", "WP$", "WRB"}
NAMED = {"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "VBG", "JJ"}  # tags of what something can be "about"
SOURCES, NAMES = (
    {"it", "page", "document", "source", "text"},
    {"mention", "mentions", "lists", "names", "tells", "states"},
)
TELLS = {"say", "says", "said", "think", "thinks", "thought", "claims", "swears", "told", "heard", "read", "reckons"}


def sound(doc: Doc) -> bool:
    """Whether a sentence that begins so holds together: behind "whether" stands a subject, behind "about" a thing.

    Not "whether it says …", nor "whether the page mentions …": of that it would have to be yes or no.
    """
    first = doc[SAY + 1]
    if first.lower_ == "whether":
        if first.head.lower_ in {*TELLS, *NAMES} and any(child.lower_ in SOURCES for child in first.head.children):
            return False
        return any(token.dep_ in SUBJECTS and token.left_edge.i == first.i + 1 and not _lost(token) for token in doc)
    if first.lower_ == "anything":
        about = doc[SAY + 2]
        things = [child for child in about.children if child.dep_ in ("pobj", "pcomp")]
        runs_on = any(child.dep_ == "ccomp" for child in doc[SAY].children)
        return any(thing.tag_ in NAMED for thing in things) and not runs_on
    return True


def told_by(doc: Doc) -> str | None:
    """What somebody says who is said to say it: "whether your brother says robots come" -> "whether robots come"."""
    first, verb = doc[SAY + 1], doc[SAY + 1].head
    said = None
    while first.lower_ == "whether" and verb.lower_ in TELLS and verb.i > SAY:
        verb = next((child for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i), verb.doc[SAY])
        said = verb if verb.i > SAY else said
    if said is None or not _has_subject(said) or any(token.tag_ in WH for token in said.subtree):
        return None
    words = doc[said.left_edge.i : said.right_edge.i + 1].text.strip(" .")
    return f"whether {words.removeprefix('that ')}" if len(words.split()) > 2 else None


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS and child.i < verb.i for child in verb.children)


def _lost(subject: Token) -> bool:
    """Whether a part of a subject has been lost, since no pronoun has nouns before it: "the job something a man"."""
    return subject.lower_ in PRONOUNS and subject.left_edge.dep_ == "compound"
