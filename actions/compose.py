"""Question + knowledge -> an answer: what the facts decide or tell of it, and what they leave open."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.answer import GAP, Answer, Verdict
from actions.evidence import Evidence, first_of_each, of_zone, only_rates, places, says_of_it, weigh
from actions.meaning import explained
from actions.pay import SURE, by_month, elsewhere, is_of_states, of_states
from actions.plans import ASPECT_PLANS, OVERALL, PLANS, PUBLIC, STARTERS
from actions.positions import asked_for
from actions.question import PREFIX, Question
from actions.thread import Thread
from actions.wanted import WHETHER, asks, asks_count, asks_detail, asks_time, asks_whether, chooses, tells_time
from knowledge import form
from knowledge.base import KnowledgeBase
from knowledge.encoder import meaning
from knowledge.model import Aspect, Occupation
from knowledge.reader import Relation

# Chosen on tests/evaluation/development-*.jsonl, where a wrong claim counts as much as three refusals.
DECIDES = 0.45  # chance from which a question is decided: yes or no, ...
ALONE = 0.8  # ... and from which one fact decides it where no questions are confirmed for any
TELLS = 0.5  # chance from which a fact answers a question, or from which it surely lacks what is asked
TOUCHES = 1.0  # chance and nearness of a fact, together, from which it is told beside what it lacks
SURELY = 1.4  # the same where the question is of a kind that the source says nothing of
CLEARER = 0.2  # by how much a fact of another kind is nearer where it is told in place of a list
OTHER = "other_detail"  # what the domain calls a question that could not be reported, ...
ON_THIS = "more_detail"  # ... and the same beside facts
ABOUT = 0.1  # by which what is about as near to a question as the nearest is less near
FIGURES = re.compile(r"\$|median wage is|[Ww]age data")  # in a sentence that says no more than the figures do
NAMES = 8  # names of an occupation from public data
LISTED = 5  # items of a list from public data, before "what else" is asked
ANYTHING = "anything about "  # how the clause of what is no sentence begins
IN_LIST = {"overview": 4}  # the same of kinds of which little is enough
IN_SHORT = {"pay": 1, "comparison": 4}  # facts of a kind where occupations are compared
LONG_WORD = re.compile(r"([a-z]{5})[a-z]*")  # by which a figure is asked for: "openings"
TOLD_FIRST = re.compile(r"\w[.!;]\s+\w")  # something told before a question that is about it
MOST = 3  # facts that are told where no list was asked for


def compose(knowledge: KnowledgeBase, slug: str, question: Question, thread: Thread) -> Answer:
    """Answer one question about an occupation from what its source says, and name what it does not."""
    occupation, plan = knowledge.occupation(slug), PLANS.get(question.kind)
    if question.compared:
        return compared(occupation, question, thread)
    sure = plan is not None and question.confidence >= SURE
    listed = places(occupation, told_of(occupation, question.kind)) if sure else []
    asks_of_it = question.does == "whether" and question.clause.startswith(WHETHER)  # "do they make over 100k"
    plainly_pay = question.kind == "pay" and listed and not asks_of_it
    if occupation.imported and (plainly_pay or is_of_states(occupation, question, thread)):
        paid = places(occupation, PLANS["pay"].tells)
        return pay(occupation, question, paid, thread, how_paid(knowledge, occupation, question, paid))
    if question.vector is None:  # a button
        return listing(occupation, question.kind, listed, thread) if listed else gap(occupation, question)
    polar = asks_whether(question, named=not listed)
    leading = first_of_each(occupation, listed, LISTED) if occupation.imported and polar else []
    evidence = weigh(knowledge, occupation, question, thread.meant(question.text), leading)
    if question.kind == "titles" and sure:
        return titles(occupation)
    picked = asked_for(question.text, listed)
    if picked != listed:  # "name three duties"
        return listing(occupation, question.kind, picked, thread)
    facts, relation = bearing(evidence), evidence.relation
    verdict = decided(evidence) if polar and not chooses(question) else Verdict.none
    if verdict is not Verdict.none:
        facts = deciding(evidence, verdict)
        return told(occupation, facts, thread, verdict=verdict, denied=form.denies(question.text))
    if question.kind == "meaning" and sure:
        return explained(occupation, question) or gap(occupation, question)
    lacking = asks_detail(question) and relation[Relation.detail] >= max(TELLS, relation[Relation.tells])
    counted = [place for place in listed if _is_asked_for(occupation.facts[place].label, question.text)]
    if occupation.imported and counted and asks_count(question):  # "how many openings are there"
        return told(occupation, counted[:1], thread)
    if timed := lasting(knowledge, occupation, question, listed):
        answer = listing(occupation, question.kind, listed, thread, timed)
        return replace(answer, facts=answer.facts[:MOST])
    if occupation.imported and listed and asks_time(question) and not polar:
        return told(occupation, first_of_each(occupation, listed, MOST), thread, lacks=question)
    if listed and not polar and not lacking and (facts[0] in listed or not clearer(evidence, facts[0], listed)):
        said = [place for place in listed if says_of_it(occupation.facts[place])]
        first = elsewhere_told(occupation, evidence, listed) if occupation.imported else []
        first += nearest(evidence, said) if occupation.imported and asks_detail(question) else []
        return listing(occupation, question.kind, listed, thread, first)
    if leading and question.kind == "appeal":  # of what makes a job good or bad, which is for the person to weigh
        return told(occupation, leading, thread, lacks=question)
    if tell := telling(evidence, leading):
        return told(occupation, tell[:MOST], thread)
    unheld = sure and plan.tells and not listed  # a kind of which nothing is said
    tells = relation[Relation.yes] + relation[Relation.no] + (0 if polar else relation[Relation.tells])
    if facts and not evidence.confirmed:
        tells = max(tells, evidence.relations[facts, Relation.tells].max())
    if facts and tells >= TELLS and not unheld and (polar or not lacking):
        return told(occupation, facts, thread)
    if near := [place for place in leading if evidence.relations[place, Relation.beside] < TELLS]:
        return told(occupation, near, thread, lacks=question)
    touches = 1 - relation[Relation.beside] + evidence.likely[facts[0]] if facts else 0.0
    helpful = [place for place in facts if not (occupation.imported and only_rates(occupation.facts[place]))]
    if helpful and touches >= (SURELY if unheld else TOUCHES):
        return told(occupation, helpful[: MOST - 1], thread, lacks=question)
    if occupation.imported and listed and not leading:  # much is said of the kind, and not that
        return told(occupation, first_of_each(occupation, listed, MOST), thread, lacks=question)
    return gap(occupation, question)


def elsewhere_told(occupation: Occupation, evidence: Evidence, listed: list[int]) -> list[int]:
    """The sentences that surely tell what is asked, and are not among what is told of its kind."""
    tells = evidence.relations[:, Relation.tells]
    said = [place for place in evidence.likeliest if occupation.facts[place].label is None and place not in listed]
    return [place for place in said if tells[place] >= ALONE][:MOST]


def nearest(evidence: Evidence, facts: list[int]) -> list[int]:
    """The nearest of some facts to a question, and another that is about as near."""
    order = sorted(facts, key=lambda place: -evidence.likely[place])[:2]
    return [place for place in order if evidence.likely[place] >= evidence.likely[order[0]] - ABOUT]


def lasting(knowledge: KnowledgeBase, occupation: Occupation, question: Question, listed: list[int]) -> list[int]:
    """Where it is asked how long something of a kind takes: of public data, the nearest facts that tell a time.

    How long it takes to get in is also told of the schooling and the training.
    """
    if not (occupation.imported and listed and asks_time(question)):
        return []
    aspects = {occupation.facts[place].aspect for place in listed}
    more = places(occupation, PUBLIC["training_length"]) if aspects & set(PUBLIC["training_length"]) else []
    facts = {place: occupation.facts[place] for place in [*listed, *more]}
    plain = {place: fact.text for place, fact in facts.items() if not (fact.is_share or of_zone(fact))}
    timed = [place for place, text in plain.items() if tells_time(text)]
    if not timed:
        return []
    near = knowledge.similarities(occupation.slug, meaning(question.vector), tuple(timed))
    timed.sort(key=lambda place: -near[place])
    return [place for place in timed[:MOST] if near[place] >= near[timed[0]] - 2 * ABOUT]


def how_paid(knowledge: KnowledgeBase, occupation: Occupation, question: Question, paid: list[int]) -> list[int]:
    """Of what is said of pay in a sentence, what has words of a question and is about as near: "on commission"."""
    facts, shared = occupation.facts, knowledge.shared(occupation.slug, question.text)
    said = [place for place in paid if facts[place].label is None and not FIGURES.search(facts[place].text)]
    said = [place for place in said if shared[place] > 0]
    if question.vector is None or not said:
        return []
    likely = weigh(knowledge, occupation, question).likely
    best = max(said, key=lambda place: likely[place])
    return [best] if likely[best] >= likely[paid].max() - 2 * ABOUT else []


def pay(occupation: Occupation, question: Question, listed: list[int], thread: Thread, also: list[int]) -> Answer:
    """What is published of the pay asked for, and what is told `also`; and for which place or year nothing is."""
    answer, place = listing(occupation, "pay", listed, thread), elsewhere(occupation, question)
    paid = len({occupation.facts[fact].group for fact in answer.facts})  # occupations that are paid apart
    figures = of_states(occupation, question)[:LISTED] or answer.facts[: max(MOST, paid)]
    answer = replace(answer, facts=[*figures, *also], by_month=by_month(occupation, question, figures))
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


def _is_asked_for(label: str | None, text: str) -> bool:
    """Whether a text has the first word that a figure is called by."""
    first = LONG_WORD.search((label or "").lower())
    return first is not None and first[1] in _stems(text)


def _stems(text: str) -> set[str]:
    return set(LONG_WORD.findall(text.lower()))


def clearer(evidence: Evidence, fact: int, listed: list[int]) -> bool:
    """Whether a fact that no list of the kind holds is nearer to the question than all of that list."""
    return bool(evidence.likely[fact] >= evidence.likely[listed].max() + CLEARER)


def decided(evidence: Evidence) -> Verdict:
    """The verdict on a question; none where neither is likely enough, or both are.

    Where no questions are confirmed, one fact that surely decides it does, unless another nearly says the opposite.
    """
    sides = [Relation.yes, Relation.no]
    if evidence.confirmed:
        (yes, no), least = evidence.relation[sides], DECIDES
    else:
        (yes, no), least = evidence.relations[evidence.meant > 0][:, sides].max(axis=0, initial=0.0), ALONE
    if max(yes, no) < least or min(yes, no) > max(yes, no) / 2:
        return Verdict.none
    return Verdict.yes if yes > no else Verdict.no


def deciding(evidence: Evidence, verdict: Verdict) -> list[int]:
    """The facts that decide a question so, the likeliest first."""
    relation = Relation[verdict.value]
    alike = [place for place in evidence.likeliest if evidence.relations[place, relation] >= DECIDES]
    return bearing(evidence, alike or None)


def bearing(evidence: Evidence, facts: list[int] | None = None) -> list[int]:
    """The facts that bear on a question: the likeliest, those at least half as likely, and what surely tells it."""
    facts = evidence.likeliest if facts is None else facts
    tell = telling(evidence, facts)
    least = evidence.bearing[facts[0]] / 2 if facts else 0.0
    return [place for place in facts if evidence.bearing[place] >= least or place in tell][:MOST]


def telling(evidence: Evidence, facts: list[int]) -> list[int]:
    """Those of some facts that surely tell what a question asks for, whatever they say of it."""
    tells = 1 - evidence.relations[:, [Relation.detail, Relation.beside]].sum(axis=1)
    return [place for place in facts if tells[place] >= TELLS]


def told_of(occupation: Occupation, kind: str) -> tuple[Aspect, ...]:
    """The aspects whose facts are told where all of a kind is asked for."""
    own = PLANS[kind].tells
    return PUBLIC.get(kind, own) if occupation.imported else own


def listing(
    occupation: Occupation, kind: str, facts: list[int], thread: Thread, first: list[int] | None = None
) -> Answer:
    """Everything that a document says of a kind; of public data, which say much more, `first` and what comes first."""
    if occupation.imported:
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


def says_nothing(answer: Answer | str) -> bool:
    """Whether an answer only says that there is none, of a question that could not even be reported."""
    return isinstance(answer, Answer) and answer.response == GAP and answer.missing == OTHER


def is_remark(question: Question, answer: Answer | str, asked: list[Question]) -> bool:
    """Whether a part of a message only says something: of which the source says nothing, or beside marked questions."""
    if asks(question) or question.does == "open" or not isinstance(answer, Answer):
        return False
    states = question.text.rstrip().endswith(".") or question.clause.startswith(WHETHER)
    if states and any("?" in other.text or asks(other) for other in asked if other is not question):
        return answer.occupation.imported or answer.response == GAP  # "3 years is long. is there a shorter way?"
    return answer.response == GAP and (says_nothing(answer) or question.clause.startswith(WHETHER))


def is_fragment(question: Question, answer: Answer | str) -> bool:
    """Whether a part only names something: "roofers." before "how high do they go?", "last thing,"."""
    unanswered = isinstance(answer, Answer) and answer.response == GAP and question.confidence < SURE
    return unanswered and "?" not in question.text and question.clause.startswith(ANYTHING)


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


def titles(occupation: Occupation, verdict: Verdict = Verdict.none) -> Answer:
    """The names that the source gives."""
    if occupation.imported:
        ranked = sorted(occupation.titles, key=lambda title: title.kind != "reported")
        names = [title.text for title in ranked if title.text != occupation.title][:NAMES]
        following = PLANS["titles"].next
        return Answer("utter_other_names", occupation, "titles", names=names, verdict=verdict, next=following)
    names = [title.text for title in occupation.titles if title.line]
    return Answer("utter_titles", occupation, "titles", names=names, verdict=verdict, next=PLANS["titles"].next)
