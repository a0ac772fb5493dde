"""The reply to one message: which occupations its questions are about, and what is said of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import AllSlotsReset, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import Answer
from actions.beside import beside
from actions.browse import browse, nearest_work, of_field
from actions.decide import OTHER_CAREER, decide, is_talk, other_careers
from actions.evidence import places
from actions.fit import Fit
from actions.follow_up import FOLLOW_UPS, again
from actions.human import LEAVING
from actions.looking import CAREERS, SUGGESTIONS, looking
from actions.parts import (
    COMPARED,
    COMPARISON,
    Talk,
    by_occupation,
    is_of_all,
    named_together,
    of_places,
    only_names,
    stays,
    without_names,
)
from actions.pay import as_pay, home_told
from actions.plans import PLANS
from actions.question import PREFIX, SURE, Question, questions
from actions.ranking import ranking
from actions.recalled import also_fitting, as_talked_of, like_one, others_meant, recalled
from actions.render import Domain, unheld
from actions.telling import told_of
from actions.thread import Thread
from actions.voice import FORGETTING, Voice
from actions.wanted import asks
from actions.which import (
    CHOICES,
    OCCUPATION,
    OWN_JOB,
    SEVERAL,
    WHICH,
    described,
    held,
    introduced,
    is_only_a_name,
    meant,
    of_own_job,
    several,
    unknown,
    with_held,
)
from knowledge.base import KnowledgeBase
from knowledge.model import Occupation

SURELY = 0.8  # confidence from which a question is no correction
RECENT = 4  # occupations that a conversation remembers
NEWS = "news"  # the kind of what is told of a question that was left for people
COVER = "•••"  # stands where somebody typed a number that nobody should type here


class Reply:
    """Answers the latest message of a conversation, and says what is to be remembered of it."""

    def __init__(
        self, knowledge: KnowledgeBase, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> None:
        self._knowledge = knowledge
        self._voice = Voice(knowledge, dispatcher, tracker, domain)
        self._tracker = tracker
        self._domain = domain
        self._said_last = _said_last(tracker)
        self._thread = tracker.get_slot("thread") or {}
        self._recent = [each for each in tracker.get_slot("recent") or [] if knowledge.holds(each)]
        self._offered: list[str] = []  # occupations that are suggested now
        self._message = as_talked_of(knowledge, with_held(knowledge, tracker.latest_message), self._recent)

    def answer(self, asked: list[Question]) -> list[EventType]:
        """Answer questions in order, about the occupations that they name, else about that of the conversation."""
        if self._said_last == FORGETTING and asked[0].kind in ("affirm", "deny"):
            return self._forget(sure=asked[0].kind == "affirm")
        if self._said_last == LEAVING and asked[0].kind in ("affirm", "deny"):
            return self._leave(sure=asked[0].kind == "affirm")
        asked = self._looked_around(asked)
        if not asked:
            offered = [SlotSet("others", self._offered), SlotSet("together", self._offered[:COMPARED])]
            return [*(offered if self._offered else ()), SlotSet("home", self._home())]
        surely_asks = asked[0].intent.startswith(PREFIX) and asked[0].confidence >= SURELY
        may_correct = not surely_asks and self._said_last != "fit"
        corrected = others_meant(self._knowledge, self._tracker) if may_correct else []
        fitting = corrected or self._fitting(asked[0])
        if len(fitting) > 1:
            waiting = self._tracker.get_slot("pending") if corrected else self._message.get("questions")
            return self.ask_which(fitting, waiting, unknown(self._message))
        if not fitting and (offered := self._offered_before(asked)):
            return self.ask_which(offered, self._message.get("questions"))
        slug = fitting[0] if fitting else self._meant()
        if slug is None:
            return self._of_none(asked)
        chosen = bool(corrected) or (self._said_last == WHICH and is_only_a_name(self._message))
        if chosen:
            asked = self.pending()
        elif only_names(self._message, asked):  # "no, not the pharmacist, the technician"
            asked = [Question("", PREFIX + (self._thread.get("kind") or "overview"), 1.0)]
        if self._thread.get("kind") == "pay":
            asked = [as_pay(each) for each in asked]
        goes_on = not corrected and (not fitting or bool(several(self._knowledge, self._message)))
        groups = by_occupation(self._message, asked, self._talk(slug, goes_on=goes_on))
        home = self._home()
        groups, where = of_places(groups, self._tracker.get_slot("where") or home)
        events = self._answer_groups(groups, asked)
        return [*events, *self._remembered(groups, where, chosen), SlotSet("home", home)]

    def _of_none(self, asked: list[Question]) -> list[EventType]:
        """Talk where no occupation is meant: greetings, thanks, alarms; else ask which one is."""
        own = self._knowledge.occupations()
        if own and all(is_talk(each) and each.intent not in FOLLOW_UPS and each.confidence >= SURE for each in asked):
            self._answer_about(own[0], asked, asked, offers=(), named=False)
        else:
            self._voice.say("utter_no_occupation", occupations=held(self._knowledge, self._domain))
        return []

    def ask_which(self, slugs: list[str], waiting: list[dict[str, Any]] | None, name: str = "") -> list[EventType]:
        """Ask which of some occupations is meant; what was asked waits for that. `name`: one that no source knows."""
        if name:
            self._voice.offer("utter_which_unknown", slugs, WHICH, named=name)
        else:
            self._voice.offer("utter_which", slugs, WHICH)
        return [SlotSet("pending", waiting), SlotSet("others", slugs if not self._recent else [])]

    def pending(self) -> list[Question]:
        """The questions that wait for an occupation; what it is, where there are none."""
        waiting = self._tracker.get_slot("pending")
        return questions({"questions": waiting} if waiting else {"intent": {"name": "ask_overview"}})

    def _looked_around(self, asked: list[Question]) -> list[Question]:
        """Say which occupations there are, or whose work is near to what a person tells; what is left to answer then.

        What is like an occupation that is named or talked of, its own sources say.
        """
        if self._knowledge.imported() is None:
            return asked
        entities = self._message.get("entities") or []
        own = any(each.get("past") or each["entity"] == OWN_JOB for each in entities)
        named = any(each["entity"] in (OCCUPATION, SEVERAL) and not each.get("past") for each in entities)
        talked = named or bool(self._recent or (not own and self._tracker.get_slot("occupation")))
        first = looking(self._message, asked, talked=talked)
        if first is None:
            return asked
        if first.intent == SUGGESTIONS and len(_jobs_named(entities)) > 1:  # "nurse or cook, what is good for me"
            return [replace(first, intent=COMPARISON)]
        others = [each for each in asked if each.text != first.text and each.intent.startswith(PREFIX) and asks(each)]
        if like_one(self._message, first, talked=bool(self._recent)):
            self._message = of_own_job(self._message)
            return [Question("", "ask_related", 1.0), *others]
        if first.intent == CAREERS:
            told, offered = browse(self._knowledge, self._domain, self._message, first.text)
            self._voice.say("utter_careers_shelf", told=told, buttons=offered)
        else:
            told = without_names(self._message)
            self._offered = nearest_work(self._knowledge, told)
            if self._offered:
                self._voice.offer("utter_suggestions", self._offered, "suggestions")
            else:
                self._voice.say("utter_suggestions_ask")
        return others if talked else []  # which are about what is chosen now

    def _fitting(self, question: Question) -> list[str]:
        """The occupations that a message may mean where that is not clear, by a name, a description or a field."""
        fitting = several(self._knowledge, self._message) or described(self._knowledge, self._message)
        catalogue = self._knowledge.imported()
        if fitting or catalogue is None or question.intent != OTHER_CAREER or self._message.get("entities"):
            return fitting
        if not of_field(catalogue, question.text):
            return []
        return [slug for slug, _ in self._knowledge.described(question.text)[:CHOICES]]  # “a career in logistics”

    def _offered_before(self, asked: list[Question]) -> list[str]:
        """What was offered to somebody who has chosen none, and asks about none by its name or about all of them."""
        named = any(each["entity"] in (OCCUPATION, SEVERAL) for each in self._message.get("entities") or [])
        if named or self._recent or self._tracker.get_slot("occupation"):
            return []
        together = len(self._tracker.get_slot("together") or []) > 1
        about = [each for each in asked if each.kind in PLANS and not (together and is_of_all(each))]
        offered = self._tracker.get_slot("others") or []
        return [slug for slug in offered if self._knowledge.holds(slug)][:CHOICES] if about else []

    def _meant(self) -> str | None:
        recalled_one = recalled(self._knowledge, self._message, self._recent)
        if recalled_one:
            return recalled_one
        talked = self._recent[0] if self._recent else self._tracker.get_slot("occupation")
        return meant(self._knowledge, self._message, talked)

    def _home(self) -> str | None:
        """The state that a person told of as their own, now or before."""
        told = home_told(without_names(self._message))
        return told or self._tracker.get_slot("home")

    def _talk(self, slug: str, *, goes_on: bool) -> Talk:
        """What the conversation was about; `goes_on`: that is not what was put right just now."""
        own = self._knowledge.occupations()
        before = self._recent[0] if self._recent else own[0] if len(own) == 1 else None
        if not goes_on:
            return Talk(slug, before)
        together = tuple(each for each in self._tracker.get_slot("together") or [] if self._knowledge.holds(each))
        return Talk(slug, before, together, tuple(self._recent), self._thread.get("kind"))

    def _answer_groups(self, groups: list[tuple[str, list[Question]]], asked: list[Question]) -> list[EventType]:
        """Answer the questions about each occupation; what to remember is of the last."""
        _, offered = also_fitting(self._knowledge, self._message)
        events: list[EventType] = []
        last = ("next", "another") if offered else ("next",)
        for each in ranking(self._knowledge, groups):  # the order first, then the figures that it is by
            self._voice.say(each.response, ranked=each.ranked, where=each.where)
        for place, (slug, some) in enumerate(groups, 1):
            offers = last if place == len(groups) else ()
            events = self._answer_about(slug, some, asked, offers=offers, named=len(groups) > 1)
        if self._voice.is_silent:  # all its parts are such as would be passed over beside others
            slug, some = groups[-1]
            events = self._answer_about(slug, some[-1:], some[-1:], offers=last, named=False)
        if left := self._message.get("left"):
            self._voice.say("utter_left", questions="\n".join(f"- “{question}”" for question in left))
        return events

    def _remembered(self, groups: list[tuple[str, list[Question]]], where: str | None, chosen: bool) -> list[EventType]:
        """What a conversation keeps of the occupations; `chosen`: one of those that were asked about."""
        others, _ = also_fitting(self._knowledge, self._message)
        kept = self._tracker.get_slot("pending") if self._said_last == WHICH and not chosen else None
        slugs = [slug for slug, _ in groups]
        latest = slugs if stays(groups) else slugs[::-1]
        recent = list(dict.fromkeys([*latest, *self._recent]))[:RECENT]
        remembered = {
            "others": others,
            "pending": self._message.get("questions") if others else kept,
            "together": named_together(groups),
            "recent": recent,
            "where": where,
        }
        return [SlotSet(name, value) for name, value in remembered.items()]

    def _answer_about(
        self, slug: str, asked: list[Question], every: list[Question], *, offers: tuple[str, ...], named: bool
    ) -> list[EventType]:
        """Answer some questions about one occupation, of `every` question of the message.

        `offers`: what buttons there are, what may be asked `next` and `another` kind of the same name; `named`: it is
        said which occupation it is, whatever was talked of before.
        """
        build = f"{slug} {self._knowledge.says(slug)}"
        occupation = self._knowledge.occupation(slug)
        one_of_many = len({slug, *self._recent}) > 1
        of_another = named or one_of_many or (occupation.imported and self._thread.get("about") != build)
        heading = [introduced(occupation, self._tracker.latest_message)] if of_another else []
        thread, fit = Thread.of(self._thread or None, build), Fit.of(self._tracker.get_slot("fit"), build)
        pending = fit.pending if self._said_last == "fit" else None
        fit.pending = None  # whatever is said next, what was asked back is asked once
        if COVER in (self._tracker.latest_message.get("text") or ""):
            self._voice.say("utter_covered")
        said: list[Answer | str] = []
        for number, question in enumerate(asked, 1):
            question = self._as_asked(question, occupation)
            others = other_careers(self._tracker.latest_message, question, occupation)
            if others is not None:
                self._voice.begin(heading)
                here = held(self._knowledge, self._domain)
                self._voice.say("utter_unknown_occupation", career=unheld(self._domain, others), occupations=here)
                continue
            if question.intent == CAREERS and occupation.imported and len(asked) > 1:
                continue
            latest = self._tracker.latest_message
            answer = decide(self._knowledge, slug, latest, question, thread, fit, pending)
            told = beside(answer, said, question, every, occupation)
            if told is None:
                continue
            said.append(answer)
            if told == "utter_source" or not isinstance(told, str):  # what is no talk
                self._voice.begin(heading)
            if isinstance(told, str):
                self._voice.say_ourselves(slug, told)
                continue
            repeats = not occupation.imported and thread.has_just(told) and question.intent not in FOLLOW_UPS
            self._voice.tell(again(told) if repeats else told, offers if number == len(asked) else ())
            likely = [kind.removeprefix("ask_") for kind in question.kinds][1:4]
            thread = thread.after(told, likely)
        remembered = {"occupation": slug, "thread": thread.slot(), "fit": fit.slot()}
        return [SlotSet(name, value) for name, value in remembered.items()]

    def _as_asked(self, question: Question, occupation: Occupation) -> Question:
        """A question that goes on with what was talked of, as that: "what about welders?"."""
        if occupation.imported and question.intent == OTHER_CAREER:
            talked = self._thread.get("kind") or "overview"
            held = talked not in PLANS or places(occupation, told_of(occupation, talked))
            return Question("", PREFIX + (talked if held else "overview"), 1.0, where=question.where)
        return replace(question, intent=CAREERS) if question.intent == SUGGESTIONS else question

    def _forget(self, *, sure: bool) -> list[EventType]:
        """Let the channel delete what was said, once the person is sure."""
        if not sure:
            self._voice.say("utter_forget_not")
            return []
        self._voice.forget()
        return [AllSlotsReset()]

    def _leave(self, *, sure: bool) -> list[EventType]:
        """Let a question be left for people, where that is wanted."""
        if not sure:
            self._voice.say("utter_leave_not")
            return []
        return [FollowupAction("action_leave")]


def _jobs_named(entities: list[dict[str, Any]]) -> set[str]:
    """The occupations that a message names, other than what the person is or was."""
    return {each["value"] for each in entities if each["entity"] in (OCCUPATION, SEVERAL) and not each.get("past")}


def _said_last(tracker: Tracker) -> str | None:
    """The kind of the answer that the person read last; `None` where it was talk."""
    said = (event for event in reversed(tracker.events) if event["event"] == "bot")
    kinds = (((event.get("data") or {}).get("custom") or {}).get("kind") for event in said)
    return next((kind for kind in kinds if kind != NEWS), None)  # news stand between an answer and what is said to it
