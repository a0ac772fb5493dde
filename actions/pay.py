"""What pay is asked for: of which states, and of places and times for which no source publishes any."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from rapidfuzz.distance import OSA

from actions.question import MASK, SURE, Question
from actions.thread import Thread
from knowledge.english import is_common
from knowledge.model import Aspect, Occupation
from knowledge.sources.figures import MEDIAN_PAY

ABBREVIATED = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "PR": "Puerto Rico", "GU": "Guam", "VI": "Virgin Islands", "CALI": "California", "PENN": "Pennsylvania",
    "MASS": "Massachusetts", "CALIF": "California", "ARIZ": "Arizona", "WASHINGTON STATE": "Washington",
}  # fmt: skip
WORDS_TOO = {"IN", "OR", "ME", "HI", "OK", "OH", "LA", "MA", "PA", "ID", "DE", "AL", "MS", "MD", "CO", "MO", "MASS"}
PAY = "ask_pay"
STATE = re.compile(rf"\b(?:{'|'.join(sorted(set(ABBREVIATED.values()), key=len)[::-1])})\b", re.IGNORECASE)
SHORT = re.compile(rf"\b(?:{'|'.join(ABBREVIATED)})\b", re.IGNORECASE)
NAMED = sorted({name for name in ABBREVIATED.values() if " " not in name and len(name) > 5})
BEHIND = re.compile(r"\bin ([a-z]{6,14})\b", re.IGNORECASE)
BEHIND_IN = re.compile(r"(?:\bin|,)\s+$", re.IGNORECASE)
DENIED = re.compile(
    r"(?<!\bor )(?<!\bwhy )\bnot (?:in |for )?(?:washington )?$", re.IGNORECASE
)  # “Washington, not Washington DC”
NATION = re.compile(
    r"\b(?:(?<!tell )(?<!give )(?<!show )us|u\.s\.a?\.?|usa|united states|america|nationwide|nationally|national|"
    r"the (?:whole |entire |rest of the )?country|(?:whole|entire) (?:country|nation))\b",
    re.IGNORECASE,
)
PLACE = re.compile(  # a name behind "in", up to what cannot belong to it
    r"\b(?:in|near|around|at|for)\s+(?!(?:the\s+)?(?:us|usa|u\.s\.|united|america|general|my|our|their|his|her|"
    r"your|this|that|a|an|it|one|"
    r"each|total|average|full|part|hour|month|year|week|day|first|beginning|start|which|what|most|all|any|every|"
    r"least|january|february|march|april|may|june|july|august|september|october|november|december|"
    r"experience|law|someone|somebody|people|beginners?|new|every|free|nursing|school|college|training|demand|dollars|usd)\b)"
    r"((?:the\s+)?[^\W\d][\w.'&-]*"
    r"(?:\s+(?!(?:per|a|an|and|or|with|without|to|for|by|as|make|makes|making|get|gets|earn|earns|in|on|right|now|"
    r"today|pay|salary|each|every|if|when|versus|vs)\b)[^\W\d][\w.'&-]*){0,3})",
    re.IGNORECASE,
)
FRAME = {  # words before a name that single out nobody
    "a", "about", "actual", "all", "am", "an", "and", "any", "are", "as", "at", "average", "avg", "be", "because",
    "become", "becomes", "becoming", "being", "best", "better", "between", "but", "by", "can", "certified", "compare",
    "compared", "comparison", "could", "current", "decent", "did", "difference", "do", "does", "doing", "each", "earn",
    "earned", "earning", "earnings", "earns", "entry", "entry-level", "every", "example", "experienced", "first", "for",
    "from", "full", "full-time", "get", "gets", "give", "going", "good", "has", "have", "higher", "highest",
    "highest-paid", "hour", "hourly", "how", "i", "if", "in", "income", "is", "it", "job", "jobs", "just", "know",
    "less", "level", "licensed", "like", "lower", "lowest", "make", "makes", "making", "many", "mean", "median",
    "money", "month", "monthly", "more", "most", "much", "my", "national", "new", "no", "normal", "not", "of", "ok",
    "on", "one", "or", "our", "paid", "pay", "paying", "pays", "per", "professional", "range", "rate", "rates", "real",
    "registered", "salaries", "salary", "senior", "should", "show", "so", "some", "specifically", "standard", "start",
    "starting",
    "state", "tell", "than", "that", "the", "their", "there", "this", "to", "top", "total", "two", "typical",
    "typically", "us", "usual", "usually", "versus", "vs", "wage", "wages", "wanna", "want", "wants", "was", "we",
    "week", "weekly", "well", "were", "what", "what's", "whats", "when", "which", "will", "with", "work", "working",
    "would", "year", "yearly", "years", "yes", "you", "your",
}  # fmt: skip
ONLY_PLACES = re.compile(  # what is left of "and what about in Ohio?" without its states
    r"(?:\W|\b(?:and|or|but|ok|so|what|how|about|in|for|just|only|then|here|too|also|vs|versus|the|state|of|please|"
    r"is|are|that|this|it|those|they|same|tho|though)\b)*",
    re.IGNORECASE,
)
OF_HOME = re.compile(r"\b(?:live|living|stay|staying|from|home|based)\b", re.IGNORECASE)
MEASURES = {"annual", "average", "avg", "hourly", "mean", "median", "starting", "typical", "yearly"}
COMMON = 2000  # the commonest words, which are no names
OF_EMPLOYERS = {"union", "federal", "private", "hospital", "city", "county", "army", "navy", "public", "local"}
NAMES = 3  # words of such a name
AMOUNT = re.compile(  # “$60,000”, “100k”, “six figures”, “$25 an hour”
    r"\$ ?(?P<dollars>\d[\d,]*(?:\.\d\d?)?)(?P<thousand> ?k\b)?|\b(?!401)(?P<k>\d{2,3}) ?k\b|"
    r"\b(?P<plain>\d{2,3},\d{3})\b|\b(?P<six>six|6)[- ]?figures?\b|"
    r"\b(?:mak(?:es?|ing)|earn(?:s|ing)?|clears?) (?:(?:like|about|over) )?(?P<bare>[3-9]\d|1\d\d)"
    r"(?=[,.?!]?\s*$|[,?!] |\. |\s(?:in|at|as|a year|\w+ing)\b)",
    re.IGNORECASE,
)
HOURLY = 500  # dollars below which an amount is of an hour
PERCENTILE = re.compile(r"(median|10th|90th)[^$;]*\$([\d,]+) a year, \$([\d.,]+) an hour", re.IGNORECASE)
MONTH = re.compile(r"\b(?:months?|monthly|mo)\b", re.IGNORECASE)
MEDIAN = re.compile(r"\A(?:median )?\$([\d,]+) a year")  # as a wage is told, of a state or beside “Median pay”
SENTENCE = re.compile(r"[^.?!;\n]+[.?!;\n]?")
OWN = re.compile(r"\b(?:i|i'?m|i'?ve|we|we'?re|my|our|me|us)\b", re.IGNORECASE)  # in a sentence of oneself, ...
ASKED = re.compile(  # ... which asks nothing
    r"\?|\b(?:what|how|which|who|where|pays?|paid|salary|salaries|wages?|makes?|earns?|money|know)\b", re.IGNORECASE
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def home_told(text: str) -> str | None:
    """The state that a text tells of as one's own: “I work at a drugstore in Michigan.”"""
    own = [each for each in SENTENCE.findall(text) if OWN.search(each) and not ASKED.search(each)]
    named = [state for each in own for state in states(each)]
    return named[-1] if named else None


def states(text: str) -> list[str]:
    """The states that a text names, in order: by name, or shortened as people write addresses."""
    found = {each.start(): each[0].title().replace(" Of ", " of ") for each in STATE.finditer(text)}
    for each in SHORT.finditer(text):
        named, behind_in = each[0].upper() in WORDS_TOO, BEHIND_IN.search(text[max(0, each.start() - 4) : each.start()])
        if each[0].isupper() or not named or (behind_in and each[0].upper() not in ("IN", "OR", "ME")):
            found.setdefault(each.start(), ABBREVIATED[each[0].upper()])
    for each in BEHIND.finditer(text):
        if each.start(1) not in found and (state := _misspelt(each[1])):
            found[each.start(1)] = state
    meant = [start for start in sorted(found) if not DENIED.search(text[:start])]
    return list(dict.fromkeys(found[start] for start in meant))


def _misspelt(word: str) -> str | None:
    """The state that a word is, but for one letter: “Virgina”."""
    return next((name for name in NAMED if OSA.distance(word.title(), name, score_cutoff=1) == 1), None)


def of_states(occupation: Occupation, question: Question) -> list[int]:
    """The places of the figures for the states that a question names, or else the rest of its message."""
    named = states(question.text) or states(question.where or "")
    by_area = {fact.area: place for place, fact in enumerate(occupation.facts) if fact.area}
    return [by_area[state] for state in named if state in by_area]


def is_of_states(occupation: Occupation, question: Question, thread: Thread) -> bool:
    """Whether the pay in a state is asked for in other words: "and in ohio?", "which pays more in texas"."""
    named = states(question.text)
    if not occupation.imported or not named or not of_states(occupation, question):
        return False
    if PAY in (question.intent, question.compares):
        return True
    leans = (
        only_places(question.text)
        or question.intent.startswith("follow_")
        or question.confidence < SURE
        or question.kind == "overview"
    )
    return (thread.kind == "pay" and leans) or (question.confidence < SURE and PAY in question.kinds)


def as_pay(question: Question) -> Question:
    """A question that names nothing but states, "and in Ohio?", as one on pay: where pay was talked of."""
    return replace(question, intent=PAY, confidence=1.0) if only_places(question.text) else question


def only_places(text: str) -> bool:
    """Whether a text asks of nothing but states: “what about in Arizona, thats where I live”."""
    first, _, rest = text.partition(",")
    asked = first if OF_HOME.search(rest) and "?" not in rest and not states(rest) else text
    return bool(states(asked)) and ONLY_PLACES.fullmatch(STATE.sub("", SHORT.sub("", asked))) is not None


def by_month(occupation: Occupation, question: Question, told: list[int]) -> list[str]:
    """A twelfth of each yearly median that is told, where pay is asked for by the month: “$5,266”, “Ohio $5,392”."""
    if not MONTH.search(question.text):
        return []
    medians = [fact for fact in (occupation.facts[place] for place in told) if fact.area or fact.label == MEDIAN_PAY]
    found = [(fact.area, MEDIAN.match(fact.text)) for fact in medians]
    months = [(area, round(int(yearly[1].replace(",", "")) / 12)) for area, yearly in found if yearly]
    return [" ".join(filter(None, (area, f"${month:,}"))) for area, month in months]


def amount(text: str) -> tuple[str, float] | None:
    """The amount of money that a text asks about, as it is written and in dollars; `None` where it names none."""
    found = AMOUNT.search(text)
    if found is None:
        return None
    if found["six"]:
        return found[0], 100_000.0
    dollars = float((found["dollars"] or found["k"] or found["plain"] or found["bare"]).replace(",", ""))
    thousands = found["k"] or found["thousand"] or found["bare"]  # “he makes 90”
    written = f"${found['bare']},000" if found["bare"] else found[0].strip()
    return written, dollars * (1000 if thousands else 1)


def reached(occupation: Occupation, question: Question, told: list[int]) -> tuple[str, str] | None:
    """How many earn an amount that is asked about, by the percentiles told: `most`, `half`, `tenth` or `few`; and it.

    `None` where none is asked about, or where figures of several places or groups are told.
    """
    asked = amount(question.text)
    facts = [fact for fact in (occupation.facts[place] for place in told) if fact.area or fact.label]
    if asked is None or len({(fact.area, fact.group) for fact in facts}) != 1:
        return None
    named, dollars = asked
    written = "; ".join(f"{fact.label or ''} {fact.text}" for fact in facts)
    figures = {name.lower(): (year, hour) for name, year, hour in PERCENTILE.findall(written)}
    if len(figures) < 3:
        return None
    by = {name: float(both[dollars < HOURLY].replace(",", "")) for name, both in figures.items()}
    shares = (("most", by["10th"]), ("half", by["median"]), ("tenth", by["90th"]))
    return next((share for share, earned in shares if dollars <= earned), "few"), named


def elsewhere(occupation: Occupation, question: Question) -> str:
    """The place or the year of which no figures are held, in the person's words; empty where none is asked for."""
    text = question.text
    editions = {fact.source.edition for fact in occupation.facts if fact.source and fact.aspect is Aspect.pay}
    if year := YEAR.search(text):
        return "" if any(edition and year[0] in edition for edition in editions) else year[0]
    held = {fact.area for fact in occupation.facts if fact.area}
    missing = next((state for state in states(text) if held and state not in held), "")
    for each in PLACE.finditer(text):
        name = each[1].strip(" .?!,")
        rest = [word for word in re.split(r"[\s,]+", name) if word and not states(word)]
        if states(name):  # "in Ohio then"
            rest = [word for word in rest if _singles_out(word)]
        if rest and not states(name.replace(",", " ")) and not NATION.search(name):
            return name
        if rest and states(name) and " ".join(rest).lower() not in " ".join(states(name)).lower():
            return " ".join(rest)
    before = [each.start() for each in re.finditer(rf"\b{MASK}\b", text)]
    before += [each.start() for each in STATE.finditer(text)]
    before += [each.start() for each in SHORT.finditer(text) if states(each[0])]
    found = (_name_before(text[:start]) for start in before)
    return next(filter(None, found), missing)


def _name_before(text: str) -> str:
    """The words at the end of a text that may be the name of a place or an employer: "Walmart", "Dallas,"."""
    words = re.split(r"[.?!;:]", text)[-1].split()[-NAMES:]
    before = itertools.dropwhile(lambda word: word.lower() in MEASURES, reversed(words))  # "Walmart average"
    name = list(itertools.takewhile(lambda word: _singles_out(word.strip(",'")), before))
    return " ".join(reversed(name)).strip(" ,'")


def _singles_out(word: str) -> bool:
    """Whether a word beside a name or a state may be that of a place or an employer."""
    return word.lower() not in FRAME and not states(word) and (word in OF_EMPLOYERS or not is_common(word, COMMON))
