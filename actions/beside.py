"""What is said of one question beside the answers to others in a reply, so that nothing is said twice."""

from __future__ import annotations

from dataclasses import replace

from actions.answer import GAP, Answer
from actions.question import SURE, Question
from actions.telling import OTHER
from actions.wanted import WHETHER, asks
from knowledge.model import Occupation

ANYTHING = "anything about "  # how the clause of what is no sentence begins


def beside(
    answer: Answer | str, said: list[Answer | str], question: Question, every: list[Question], occupation: Occupation
) -> Answer | str | None:
    """An answer as it is said behind those `said` already in a reply; `None` where it says nothing that they don't."""
    told = [each for each in said if isinstance(each, Answer)]
    if answer in said or any(each.says_as_much_as(answer) for each in told):
        return None
    among_others = said or len(every) > 1
    if among_others and (is_fragment(question, answer) or is_remark(question, answer, every)):
        return None
    if not isinstance(answer, Answer):
        return answer
    if among_others and answer.response == "utter_nothing_yet":
        return None
    before, left = {place for each in told for place in each.facts}, {each.missing for each in told}
    if answer.repeats(before, left):
        return None
    if occupation.imported and not answer.missing:  # nothing is quoted twice
        return replace(answer, facts=[place for place in answer.facts if place not in before] or answer.facts)
    return replace(answer, response=GAP, facts=[]) if answer.missing and before.issuperset(answer.facts) else answer


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
