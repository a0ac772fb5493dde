"""Facts into an answer: a list of a kind, some facts and what they lack, figures of pay, names, a gap."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.answer import GAP, Answer, Verdict
from actions.evidence import first_of_each, only_rates, places
from actions.findings import MOST
from actions.pay import NATION, by_month, elsewhere, of_states, reached
from actions.plans import ASPECT_PLANS, OVERALL, PLANS, STARTERS, TOLD_MORE
from actions.question import PREFIX, SURE, Question
from actions.thread import Thread
from actions.wanted import WHETHER, asks_count
from knowledge.model import Aspect, Occupation

OTHER = "other_detail"  # what the domain calls a question that could not be reported, ...
ON_THIS = "more_detail"  # ... and the same beside facts
NAMES = 8  # names of an occupation from public data
FIGURE = re.compile(r"[\d.,%$-]+")  # that is all a row of a table tells
NOTHING = "None"  # as a figure tells that nothing of it is needed
LISTED = 5  # items of a list from public data, before "what else" is asked
IN_LIST = {"overview": 4}  # the same of kinds of which little is enough
IN_SHORT = {"pay": 1, "comparison": 4}  # facts of a kind where occupations are compared
LONG_WORD = re.compile(r"([a-z]{5})[a-z]*")  # by which a figure is asked for: "openings"
TOLD_FIRST = re.compile(r"\w[.!;]\s+\w")  # something told before a question that is about it


def told_of(occupation: Occupation, kind: str) -> tuple[Aspect, ...]:
    """The aspects whose facts are told where all of a kind is asked for."""
    own = PLANS[kind].tells if kind in PLANS else ()
    return own if occupation.confirmed else TOLD_MORE.get(kind, own)


def listing(
    occupation: Occupation, kind: str, facts: list[int], thread: Thread, first: list[int] | None = None
) -> Answer:
    """Everything that a document says of a kind; of public data, which say much more, `first` and what comes first."""
    if not occupation.confirmed:
        first, most = first or [], IN_LIST.get(kind, LISTED)
        facts = list(dict.fromkeys([*first, *first_of_each(occupation, facts, most)]))[:most]
    response = "utter_told" if occupation.imported and kind == "comparison" else f"utter_{kind}"
    return Answer(response, occupation, kind, facts, next=thread.fresh(PLANS[kind].next))


def told(
    occupation: Occupation,
    facts: list[int],
    thread: Thread,
    *,
    verdict: Verdict = Verdict.none,
    denied: bool = False,
    lacks: Question | None = None,
) -> Answer:
    """Some facts, and what they lack of what was asked."""
    facts = [place for place in facts if not occupation.facts[place].is_share] or facts
    kind = ASPECT_PLANS[occupation.facts[facts[0]].aspect]
    response = "utter_told"
    if lacks is not None:
        response = "utter_undecided" if lacks.clause.startswith(WHETHER) else "utter_lacks"
    left, following = left_open(occupation, lacks), thread.fresh(PLANS[kind].next)
    return Answer(response, occupation, kind, facts, verdict=verdict, denied=denied, next=following, missing=left)


def gap(occupation: Occupation, question: Question) -> Answer:
    """That the source does not say what was asked."""
    plan = PLANS.get(question.kind)
    following = plan.next if plan else STARTERS
    return Answer(GAP, occupation, question.kind, next=following, missing=missing(occupation, question))


def titles(occupation: Occupation, verdict: Verdict = Verdict.none) -> Answer:
    """The names that the source gives."""
    if occupation.imported:
        ranked = sorted(occupation.titles, key=lambda title: title.kind != "reported")
        names = [title.text for title in ranked if title.text != occupation.title][:NAMES]
        following = PLANS["titles"].next
        return Answer("utter_other_names", occupation, "titles", names=names, verdict=verdict, next=following)
    names = [title.text for title in occupation.titles if title.line]
    return Answer("utter_titles", occupation, "titles", names=names, verdict=verdict, next=PLANS["titles"].next)


def pay(occupation: Occupation, question: Question, listed: list[int], thread: Thread, also: list[int]) -> Answer:
    """What is published of the pay asked for, and what is told `also`; and for which place or year nothing is."""
    answer, place = listing(occupation, "pay", listed, thread), elsewhere(occupation, question)
    paid = len({occupation.facts[fact].group for fact in answer.facts})  # occupations that are paid apart
    of_all = answer.facts[: max(MOST, paid)]
    figures = of_states(occupation, question)[:LISTED] or of_all
    if figures is not of_all and NATION.search(question.text):  # "in Georgia vs the whole country"
        figures = [*figures, *of_all[:1]]
    months, share = by_month(occupation, question, figures), reached(occupation, question, figures)
    answer = replace(answer, facts=[*figures, *also], by_month=months, reached=share)
    if not place:
        return answer
    return replace(answer, response="utter_pay_elsewhere", missing=place)


def compared(occupation: Occupation, question: Question, thread: Thread) -> Answer:
    """What an occupation is like in what it is compared in, in short; a gap where nothing is said of that.

    A figure that is asked for by its name leads: “which has more openings”.
    """
    kind, most = question.compared, IN_SHORT.get(question.compared, MOST - 1)
    all_of_it = places(occupation, told_of(occupation, kind))
    words = set() if kind in ("pay", *OVERALL) else _stems(question.text)
    named = [place for place in all_of_it if words & _stems(occupation.facts[place].label or "")]
    facts = list(dict.fromkeys([*named[:1], *first_of_each(occupation, all_of_it, most)]))[:most]
    if kind == "pay":
        facts = of_states(occupation, question) or facts
    if not facts:
        return gap(occupation, replace(question, intent=f"{PREFIX}{kind}", clause=""))
    response = "utter_told" if occupation.imported else f"utter_{kind}"
    return Answer(response, occupation, kind, facts, next=thread.fresh(PLANS[kind].next))


def missing(occupation: Occupation, question: Question | None) -> str:
    """What a question asks for, to stand behind “it does not say”: its clause, else its kind for the domain to name.

    A kind of which the source does say something cannot be what is missing.
    """
    if question is None:
        return ""
    plan = PLANS.get(question.kind)
    tells_first = TOLD_FIRST.search(question.text) is not None and question.confidence >= SURE
    held = plan is None or places(occupation, plan.tells if tells_first else (*plan.tells, *plan.picks))
    if tells_first and not held:  # "I use a wheelchair. Can I do it?": the clause is of the question alone
        return question.kind
    return question.clause or (OTHER if held else question.kind)


def left_open(occupation: Occupation, question: Question | None) -> str:
    """What is missing beside facts that were told."""
    left = missing(occupation, question)
    return ON_THIS if left == OTHER else left


def helps(occupation: Occupation, place: int, question: Question) -> bool:
    """Whether a fact helps beside what is not said: of public data no rating, and a figure only of what is asked."""
    fact = occupation.facts[place]
    if not occupation.imported:
        return True
    if only_rates(fact) or fact.text == NOTHING:
        return False
    of_kind = question.confidence >= SURE and fact.aspect in told_of(occupation, question.kind)
    if fact.label is None or of_kind:
        return True
    return not FIGURE.fullmatch(fact.text) and bool(_stems(fact.label) & _stems(question.text))


def counted(occupation: Occupation, question: Question, listed: list[int]) -> list[int]:
    """The figures of public data that a question asks for by what they count: "how many openings are there"."""
    if not (occupation.imported and asks_count(question)):
        return []
    return [place for place in listed if _is_asked_for(occupation.facts[place].label, question.text)]


def _is_asked_for(label: str | None, text: str) -> bool:
    """Whether a text has the first word that a figure is called by."""
    first = LONG_WORD.search((label or "").lower())
    return first is not None and first[1] in _stems(text)


def _stems(text: str) -> set[str]:
    return set(LONG_WORD.findall(text.lower()))
