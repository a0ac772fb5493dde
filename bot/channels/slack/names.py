"""Whether a message calls the advisor or a person by name, by its form alone: nobody's name is known here; pure."""

from __future__ import annotations

import re

OPENERS = {  # words before a comma that call nobody
    "actually", "again", "agreed", "ah", "alright", "also", "alternatively", "and", "anyway", "awesome", "basically",
    "besides", "btw", "but", "cheers", "cool", "correct", "curious", "exactly", "fair", "finally", "fine", "first",
    "firstly", "fyi", "good", "great", "ha", "haha", "hello", "hey", "hi", "hm", "hmm", "honestly", "hopefully",
    "however", "huh", "indeed", "interesting", "last", "lastly", "lol", "maybe", "meanwhile", "morning", "nah",
    "nice", "no", "nope", "now", "obviously", "oh", "ok", "okay", "oops", "otherwise", "perfect", "perhaps",
    "personally", "please", "plus", "question", "quick", "really", "right", "sadly", "second", "secondly",
    "seriously", "so", "sorry", "still", "super", "sure", "thanks", "then", "though", "thx", "true", "two", "well",
    "whatever", "wow", "yay", "yeah", "yep", "yes", "yikes", "yo", "yup",
}  # fmt: skip
ENDINGS = {  # further ones behind a comma
    "either", "else", "everywhere", "here", "pls", "sometimes", "there", "today", "too", "usually",
}  # fmt: skip
ORDINARY = {  # further ones that a sentence begins with, and no name does
    "a", "an", "anybody", "anyone", "anything", "because", "everybody", "everyone", "for", "from", "guess", "he",
    "her", "his", "i", "i'd", "i'll", "i'm", "if", "in", "it", "it's", "its", "just", "let", "let's", "like", "me",
    "my", "nobody", "of", "on", "one", "our", "she", "somebody", "someone", "that", "that's", "the", "their",
    "there", "they", "this", "to", "we", "we'll", "we're", "with", "you", "you're", "your",
}  # fmt: skip
ASKING = {
    "any", "are", "can", "could", "did", "do", "does", "had", "has", "have", "how", "how's", "is", "should", "was",
    "what", "what's", "whats", "when", "where", "which", "who", "who's", "why", "will", "would",
}  # fmt: skip
NAME = r"[^\W\d_][\w'’-]*"
GREETING = r"(?:(?:hey|hi|hello|thanks|thank you|ok|okay|so|and|yo|morning|sorry)[ ,]+)?"
CALLED = re.compile(  # “advisor, …”, “hey advisor …”, “advisor can you …”, “…, advisor?”
    rf"^{GREETING}@?(?:the )?(?:career )?advisor\s*[,:!?]|"
    r"^(?:hey|hi|hello) (?:career )?advisor\b(?!'s| (?:was|is|said|says|has|had|did)\b)|"
    rf"^{GREETING}@?(?:career )?advisor (?:(?:can|could|will|would) (?:you|u)|what|whats|what's|which|how|why|where)\s|"
    r",\s*(?:career )?advisor\s*[?!.]*$",
    re.IGNORECASE,
)
BEFORE_COMMA = re.compile(rf"^{GREETING}@?({NAME})\s*(?:[,:]|\s[–—-]\s)", re.IGNORECASE)  # “ada, …”
GREETED = re.compile(rf"^(?:hey|hi|hello|yo|morning|thanks|thank you)\s+({NAME})\b", re.IGNORECASE)  # “hey ada …”
TOLD = re.compile(
    rf"^({NAME}) (?:{'|'.join(sorted(ASKING))})\b.*\b(?:you|your|u|ur)\b", re.IGNORECASE
)  # “ada can you …”
ASKED = re.compile(rf"\b(?:you|your|u)\b.*,\s*@?({NAME})\s*[?!.…]*$", re.IGNORECASE)  # “can you …, ada?”
CALLS = (
    (BEFORE_COMMA, OPENERS),
    (GREETED, OPENERS | ORDINARY | ASKING),
    (TOLD, OPENERS | ORDINARY | ASKING),
    (ASKED, OPENERS | ENDINGS),
)


def calls_advisor(words: str) -> bool:
    """Whether a message calls the advisor by its name, without Slack's mention."""
    return CALLED.search(words) is not None


def calls_person(words: str) -> bool:
    """Whether a message opens with somebody's name, or ends in it and speaks to them."""
    return any(
        (found := pattern.search(words)) is not None and found[1].casefold().replace("’", "'") not in no_names
        for pattern, no_names in CALLS
    )
