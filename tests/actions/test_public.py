"""Answers from public data: which occupation, pay by state, lists that end, and who says what."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

import actions.actions
import actions.reply
from actions.browse import nearest_work
from actions.compose import compose
from actions.decide import decide
from actions.fit import Fit, match_person
from actions.pay import amount, elsewhere, home_told, reached, states
from actions.plans import bearing_on
from actions.question import Question
from actions.render import sources, values
from actions.telling import helps
from actions.thread import Thread
from actions.which import described as described_by
from knowledge.base import KnowledgeBase, open_store
from knowledge.build import build_documents
from knowledge.encoder import Encoder
from knowledge.model import Aspect, Fact, Source, Title, Wage
from knowledge.sources import store
from knowledge.sources.release import Described, Release
from knowledge.sources.vectors import KeptVectors

MENDERS, PAINTERS = "45-9999.00", "45-9998.00"
NO_VECTOR = base64.b64encode(np.zeros(768, dtype=np.float16).tobytes()).decode("ascii")
TASKS = [f"Sew sail number {number}." for number in range(1, 9)]


WAGE = (
    "median $30,000 a year, $14.42 an hour; 10th percentile $21,000 a year, $10.10 an hour; "
    "90th percentile $45,000 a year, $21.63 an hour"
)


def described(code: str, title: str, overview: str, *facts: Fact) -> Described:
    """One occupation of O*NET."""
    told = [Fact(Aspect.overview, overview, heading="Description"), *facts]
    return Described(code, title, [code], [Title(title, "preferred"), Title(f"{title} Helper", "reported")], told)


def wage(area: str, median: str, code: str = MENDERS, title: str = "Kite Menders") -> Wage:
    """What an occupation gets in an area."""
    return Wage(code[:7], title, area, "1,200", None, None, (None,) * 5, (None, None, median, None, None))


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The shipped document, and beside it two occupations of public data with wages."""
    address = f"sqlite:///{tmp_path_factory.mktemp('public') / 'store.sqlite'}"
    build_documents(address)
    onet = Source("onet", "O*NET 30.1 Database", "USDOL/ETA", edition="30.1", attribution="Includes O*NET.")
    tasks = [Fact(Aspect.tasks, task, heading="Tasks", importance=9.0 - number) for number, task in enumerate(TASKS)]
    both = [
        described(MENDERS, "Kite Menders", "Mend kites and their lines.", *tasks),
        described(PAINTERS, "Kite Painters", "Paint kites by hand."),
    ]
    store.save(open_store(address), Release(onet, both))
    read = [fact.placed for each in both for fact in each.facts]
    assert list(KeptVectors(open_store(address), Encoder().encode).keep(read)) == [len(read)]
    oews = Source("oews", "Wage Statistics", "BLS", edition="May 2025", attribution="Cite BLS.")
    paid = [wage("United States", "40,000"), wage("Ohio", "38,000"), wage("Texas", "39,000")]
    paid.append(wage("United States", "30,000", PAINTERS, "Kite Painters"))
    store.save(open_store(address), Release(oews, wages=paid))
    return KnowledgeBase(address)


@pytest.fixture
def say(public, domain, monkeypatch) -> Callable[..., list[dict]]:
    """A function that has the action server answer a message, with its entities and slots."""
    monkeypatch.setattr(actions.actions, "_knowledge", public)

    def say(message: dict, action: str = "action_answer", **slots) -> list[dict]:
        every = {**dict.fromkeys(domain["slots"]), **slots}
        events = [{"event": "user", "text": message["text"], "parse_data": message, "input_channel": "rest"}]
        dispatcher = CollectingDispatcher()
        tracker = Tracker("x", every, message, events, False, None, {}, "action_listen")
        kinds = {"action_answer": actions.actions.ActionAnswer, "action_choose": actions.actions.ActionChoose}
        say.events = kinds[action]().run(dispatcher, tracker, domain)
        return dispatcher.messages

    return say


def pressed(kind: str) -> Question:
    """A question as a button asks it."""
    return Question("", f"ask_{kind}", 1.0)


def asked(text: str, *entities: dict, kind: str = "pay") -> dict:
    """A message whose one question was understood without a doubt."""
    question = {"text": text, "intent": f"ask_{kind}", "confidence": 0.9, "said": text, "clause": "", "does": "open"}
    question |= {"ranking": [{"name": f"ask_{kind}", "confidence": 0.9}], "vector": NO_VECTOR}
    return {"text": text, "entities": list(entities), "intent": {"name": f"ask_{kind}"}, "questions": [question]}


def quotes(answer) -> list[str]:
    """What an answer quotes."""
    return [fact.quote for fact in answer.quoted]


def test_where_words_come_from_is_told_of_public_data_as_it_is(say):
    [about, reply] = say(asked("where do you have that from", kind="source"), occupation=MENDERS)
    assert (about["a_job"], reply["response"]) == ("Kite Menders", "utter_source_public")
    assert reply["sources"] == "- O*NET 30.1 Database, USDOL/ETA\n- Wage Statistics, May 2025, BLS"
    [reply] = say(asked("where do you have that from", kind="source"))
    assert reply["response"] == "utter_source"


def test_a_list_of_public_data_ends_after_five_items(public):
    assert quotes(compose(public, MENDERS, pressed("tasks"), Thread())) == TASKS[:5]


def test_an_answer_names_its_sources_and_their_attributions(public, domain):
    answer = compose(public, MENDERS, pressed("tasks"), Thread())
    assert values(domain, answer)["source"] == "Source: O*NET 30.1 Database, USDOL/ETA, “Tasks”"
    assert {source["attribution"] for source in sources(answer)} == {"Includes O*NET."}


def test_the_owners_page_of_a_source_goes_with_its_quotes(public):
    answer = compose(public, MENDERS, pressed("tasks"), Thread())
    assert all("url" not in each for each in sources(answer))
    home = "https://example.org/kites"
    facts = [replace(fact, source=replace(fact.source, url=home)) for fact in answer.occupation.facts]
    there = replace(answer, occupation=replace(answer.occupation, facts=tuple(facts)))
    assert {each["url"] for each in sources(there)} == {home}


def test_public_data_are_called_sources_and_a_document_a_document(public, domain):
    assert values(domain, compose(public, MENDERS, pressed("tasks"), Thread()))["says"] == "The sources say"
    assert values(domain, compose(public, "production-technician", pressed("tasks"), Thread()))["says"] == (
        "The document says"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("what does this job pay", ["Median pay — $40,000 a year"]),
        ("what does this job pay in ohio", ["Ohio — median $38,000 a year"]),
        ("this job pay TX or OH?", ["Texas — median $39,000 a year", "Ohio — median $38,000 a year"]),
    ],
)
def test_pay_is_told_for_the_states_that_are_asked_for_else_for_the_nation(public, ask, text, told):
    assert quotes(compose(public, MENDERS, ask(text, "ask_pay"), Thread())) == told


def test_what_is_not_published_is_said_in_the_same_breath(public, ask, domain):
    answer = compose(public, MENDERS, ask("what does this job pay in dallas tx", "ask_pay"), Thread())
    assert (quotes(answer), answer.missing) == (["Texas — median $39,000 a year"], "dallas")
    assert "I have no figures for “{missing}”" in domain["responses"][answer.response][0]["text"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in ohio", ["Ohio"]),
        ("pay in tx", ["Texas"]),
        ("OR or WA", ["Oregon", "Washington"]),
        ("is it ok for me", []),
        ("west virginia", ["West Virginia"]),
        ("hi, what do they make", []),
    ],
)
def test_states_are_known_by_name_and_as_people_shorten_them(text, found):
    assert states(text) == found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("this job pay in ohio", ""),
        ("starting pay for this job in the us", ""),
        ("what do this job earn per hour", ""),
        ("what does this job pay in our state", ""),
        ("would this job pay at least 50k", ""),
        ("this job at the mayo clinic pay", "the mayo clinic"),
        ("pay of acme hardware this job", "acme hardware"),
        ("this job pay 2019", "2019"),
        ("this job pay in may 2025", ""),
        ("this job salary guam", "Guam"),
        ("what does this job make in canada", "canada"),
    ],
)
def test_places_employers_and_years_without_figures_are_named(public, text, place):
    assert elsewhere(public.occupation(MENDERS), Question(text, "ask_pay", 1.0)) == place


def test_a_name_of_several_occupations_is_asked_back_with_what_tells_them_apart(say):
    name = {"entity": "several", "value": f"{MENDERS} {PAINTERS}", "start": 0, "end": 11}
    [reply] = say(asked("kite people pay", name))
    assert reply["response"] == "utter_which"
    assert "- Kite Menders: “Mend kites and their lines.”" in reply["choices"]
    assert [button["title"] for button in reply["buttons"]] == ["Kite Menders", "Kite Painters"]


def test_what_was_asked_is_answered_once_it_is_chosen(say):
    waiting = asked("kite people pay")["questions"]
    about, reply = say({"text": "", "entities": []}, "action_choose", occupation=MENDERS, pending=waiting)
    assert (about["a_job"], reply["response"]) == ("Kite Menders", "utter_pay")


def test_two_occupations_of_one_question_are_both_told_of(say):
    text = "kite menders or kite painters"
    both = [
        {"entity": "occupation", "value": MENDERS, "start": 0, "end": 12},
        {"entity": "occupation", "value": PAINTERS, "start": 16, "end": 29},
    ]
    replies = say(asked(text, *both, kind="overview"), occupation=PAINTERS)
    assert [reply["a_job"] for reply in replies if reply["response"] == "utter_about"] == [
        "Kite Menders",
        "Kite Painters",
    ]


BOTH = (
    {"entity": "occupation", "value": MENDERS, "start": 0, "end": 12},
    {"entity": "occupation", "value": PAINTERS, "start": 16, "end": 29},
)


def compares(text: str, kind: str | None, *entities: dict) -> dict:
    """A message that compares occupations, in what it is understood to compare them."""
    message = asked(text, *entities, kind="comparison")
    message["questions"][0]["compares"] = kind and f"ask_{kind}"
    return message


def facts(replies: list[dict]) -> list[str]:
    """What replies quote, reply by reply, without where it stands."""
    return [reply["facts"] for reply in replies if "facts" in reply]


def introduced(replies: list[dict]) -> list[str]:
    """The occupations that it is said to be told of, in order."""
    return [reply["a_job"] for reply in replies if reply["response"] == "utter_about"]


def test_occupations_are_compared_in_what_they_are_asked_to_be_compared(say):
    replies = say(compares("kite menders or kite painters, who makes more", "pay", *BOTH))
    assert facts(replies) == ["- “Median pay — $40,000 a year”", "- “Median pay — $30,000 a year”"]
    assert [bool(reply.get("buttons")) for reply in replies] == [False, False, False, False, True]
    assert (replies[0]["response"], replies[0]["ranked"]) == (
        "utter_ranked_pay",
        "Kite Menders $40,000, Kite Painters $30,000",
    )


def test_what_has_no_figure_for_each_or_the_same_is_not_ranked(say):
    replies = say(compares("kite menders or kite painters, which needs more school", "education", *BOTH))
    assert [reply["response"] for reply in replies if reply["response"].startswith("utter_ranked")] == []


def test_a_state_that_is_named_where_occupations_are_compared_gives_its_figures(say):
    text = "kite menders or kite painters, who makes more in ohio"
    assert facts(say(compares(text, "pay", *BOTH)))[0] == "- “Ohio — median $38,000 a year”"


def test_what_goes_on_is_of_all_that_were_spoken_of_together(say):
    slots = {"occupation": PAINTERS, "together": [MENDERS, PAINTERS]}
    replies = say(asked("and in ohio?", kind="variation"), **slots, thread={"about": "x", "kind": "pay"})
    assert facts(replies)[0] == "- “Ohio — median $38,000 a year”"
    assert [reply["a_job"] for reply in replies if "a_job" in reply][::2] == ["Kite Menders", "Kite Painters"]
    [about, *_] = say(asked("tell me, does it pay well", kind="pay"), **slots)
    assert about["a_job"] == "Kite Painters"


def test_a_part_that_only_names_occupations_gets_no_answer_of_its_own(say):
    first, second = (asked(part, *BOTH, kind="pay")["questions"][0] for part in ("this job or this job:", "what pay?"))
    first["said"] = "kite menders or kite painters:"
    message = {"text": "kite menders or kite painters: what pay?", "entities": [*BOTH], "questions": [first, second]}
    assert [reply["response"] for reply in say(message)] == ["utter_about", "utter_pay"] * 2


def test_the_state_where_somebody_lives_counts_for_their_pay(say):
    schools, pay = asked("any schools?", kind="schools"), asked("what pay?")
    each = [*schools["questions"], *pay["questions"]]
    message = {"text": "we live in Ohio. any schools? what pay?", "entities": [], "questions": each}
    assert facts(say(message, occupation=MENDERS))[-1] == "- “Ohio — median $38,000 a year”"


@pytest.mark.parametrize(
    ("told", "response"),
    [
        ({}, "utter_about"),
        ({"alternate": True}, "utter_about_among"),
        ({"close": True, "others": [PAINTERS]}, "utter_about_likeliest"),
    ],
)
def test_it_is_said_whom_a_name_is_taken_to_mean(say, told, response):
    name = {"entity": "occupation", "value": MENDERS, "start": 0, "end": 8, **told}
    about, reply = say(asked("flyfolk? what pay", name))
    assert about["response"] == response
    assert (reply["buttons"][-1]["title"] == "Another kind") is ("others" in told)


@pytest.mark.parametrize("text", ["no, i meant those who paint", "I mean the paint one", "not that one, with paint"])
def test_another_one_of_that_name_is_found_by_what_it_does(say, text):
    waiting, message = asked("kite people pay")["questions"], {"text": text, "entities": [], "questions": None}
    slots = {"occupation": MENDERS, "others": [PAINTERS, "45-9999.02"], "pending": waiting}
    replies = say(message, **slots)
    assert [reply["response"] for reply in replies] == ["utter_about", "utter_pay"]
    assert replies[0]["a_job"] == "Kite Painters"


def test_the_button_for_another_kind_asks_which(say):
    waiting = asked("kite people pay")["questions"]
    [reply] = say({"text": "", "entities": []}, "action_choose", others=[MENDERS, PAINTERS], pending=waiting)
    assert [button["title"] for button in reply["buttons"]] == ["Kite Menders", "Kite Painters"]
    assert {"event": "slot", "name": "pending", "value": waiting, "timestamp": None} in say.events


def test_a_title_whose_words_are_all_in_the_name_is_not_said_to_be_among_others(say):
    name = {"entity": "occupation", "value": MENDERS, "start": 0, "end": 11, "alternate": True}
    assert say(asked("kite mender pay", name))[0]["response"] == "utter_about"


def test_an_occupation_that_was_talked_of_is_meant_by_a_word_of_its_name(say):
    recent = {"occupation": PAINTERS, "recent": [PAINTERS, MENDERS]}
    assert say(asked("i asked about those menders, what pay"), **recent)[0]["a_job"] == "Kite Menders"
    assert say(asked("what pay do those with kites get"), **recent)[0]["a_job"] == "Kite Painters"


@pytest.fixture(scope="module")
def growing(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """One occupation of whose outlook two figures tell, and a sentence with the same words."""
    address = f"sqlite:///{tmp_path_factory.mktemp('growing') / 'store.sqlite'}"
    build_documents(address)
    figures = [Fact(Aspect.outlook, text, label=label) for text, label in (("2%", "Change"), ("40", "Openings"))]
    told = [Fact(Aspect.outlook, "Change comes slowly.", heading="Outlook"), *figures]
    every = [described(MENDERS, "Kite Menders", "Mend kites.", *told)]
    store.save(open_store(address), Release(Source("projections", "Projections", edition="2024"), every))
    return KnowledgeBase(address)


def test_a_figure_that_is_counted_is_told_alone(growing):
    question = Question("how many openings a year", "ask_outlook", 1.0, {}, Encoder().encode(["how many openings"])[0])
    assert quotes(compose(growing, MENDERS, question, Thread())) == ["Openings — 40"]


def test_of_jobs_that_are_named_and_no_other_it_is_told_which_suits(say):
    message = asked("i think of kite menders or kite painters. what is good for me", *BOTH, kind="suggestions")
    message["questions"][0] |= {"text": "what is good for me", "said": "what is good for me"}
    for each, name in zip(message["entities"], ("kite menders", "kite painters")):
        each |= {"start": message["text"].index(name), "end": message["text"].index(name) + len(name)}
    assert introduced(say(message)) == ["Kite Menders", "Kite Painters"]


@pytest.mark.parametrize(("text", "leads"), [("which has more openings", "40"), ("which has the better change", "2%")])
def test_where_a_figure_is_asked_for_by_its_name_it_leads_the_comparison(growing, text, leads):
    question = Question(text, "ask_comparison", 1.0, compared="outlook")
    assert compose(growing, MENDERS, question, Thread()).quoted[0].text == leads


def test_a_comparison_that_names_none_is_of_the_two_talked_of_last(say):
    replies = say(compares("so which of them makes more", "pay"), occupation=PAINTERS, recent=[PAINTERS, MENDERS])
    both = ["- “Median pay — $40,000 a year”", "- “Median pay — $30,000 a year”"]
    assert facts(replies) == both  # as they were named


def test_the_state_that_pay_was_asked_for_is_kept_while_pay_is_asked_for(say):
    assert facts(say(asked("what pay then"), occupation=MENDERS, where="Ohio")) == ["- “Ohio — median $38,000 a year”"]
    assert {"event": "slot", "name": "where", "value": "Ohio", "timestamp": None} in say.events
    nation = say(asked("what pay in the us"), occupation=MENDERS, where="Ohio")
    assert facts(nation)[0].startswith("- “Median pay — $40,000 a year”")
    say(asked("what do they do all the day", kind="tasks"), occupation=MENDERS, where="Ohio")
    assert {"event": "slot", "name": "where", "value": None, "timestamp": None} in say.events


def test_a_statement_beside_a_marked_question_gets_no_verdict(say):
    remark, pay = asked("i can't go up high"), asked("what pay?")
    remark["questions"][0] |= {"clause": "whether you can't go up high", "does": "whether"}
    message = {"text": "i can't go up high. what pay?", "entities": []}
    message["questions"] = [*remark["questions"], *pay["questions"]]
    assert [reply["response"] for reply in say(message, occupation=MENDERS)] == ["utter_about", "utter_pay"]


@pytest.mark.parametrize(
    ("text", "slots", "leads"),
    [
        ("which jobs are similar to kite menders", {}, False),
        ("what jobs are like that", {"recent": [MENDERS]}, False),
        ("what jobs do you know", {"recent": [MENDERS]}, True),
    ],
)
def test_jobs_like_one_are_told_and_all_others_browsed(say, text, slots, leads):
    named = [{"entity": "occupation", "value": MENDERS, "start": 26, "end": 38}] if "menders" in text else []
    replies = say(asked(text, *named, kind="careers"), occupation=MENDERS, **slots)
    assert ("utter_careers_shelf" in [reply["response"] for reply in replies]) is leads


@pytest.mark.parametrize("intent", ["follow_why", "repeat", "follow_item", "follow_sure", "follow_shorter"])
def test_a_follow_up_on_what_was_compared_is_answered(say, intent):
    message = asked("go on then, which of them")
    message["questions"][0] |= {"intent": intent, "ranking": [{"name": intent, "confidence": 0.9}]}
    slots = {"together": [MENDERS, PAINTERS], "thread": {"about": "x", "kind": "pay"}, "occupation": PAINTERS}
    assert say(message, **slots)


@pytest.mark.parametrize("intent", ["greet", "help", "affirm", "thanks"])
def test_talk_after_a_comparison_is_said_once(say, intent):
    message = asked("ok cool")
    message["questions"][0] |= {"intent": intent, "ranking": [{"name": intent, "confidence": 0.9}]}
    replies = say(message, occupation=PAINTERS, together=[MENDERS, PAINTERS])
    assert [reply["response"] for reply in replies if reply["response"] != "utter_about"] == [f"utter_{intent}"]


def test_parts_that_are_nothing_but_names_are_answered_too(say):
    first, second = (asked("this job or this job?", *BOTH, kind="comparison")["questions"][0] for _ in range(2))
    message = {"text": "kite menders or kite painters", "entities": [*BOTH], "questions": [first, second]}
    assert say(message)


def test_a_name_that_looks_like_a_state_is_none(say):
    name = {"entity": "occupation", "value": MENDERS, "start": 5, "end": 7}
    message = asked("what OH make", name)
    message["questions"][0]["text"] = "what this job make"
    say(message)
    assert {"event": "slot", "name": "where", "value": None, "timestamp": None} in say.events
    recent = {"occupation": PAINTERS, "recent": [PAINTERS, MENDERS]}
    assert say(asked("pay for KM"), **recent)[0]["a_job"] == "Kite Menders"
    assert say(asked("what pay is there in OH"), **recent)[0]["a_job"] == "Kite Painters"


@pytest.mark.parametrize(
    "text", ["I mean, how much do they make?", "no experience needed?", "is it a different kind of work every day?"]
)
def test_a_question_is_no_correction(say, text):
    replies = say(asked(text, kind="overview"), occupation=MENDERS, others=[PAINTERS], pending=None)
    assert replies[0]["a_job"] == "Kite Menders"


def test_a_correction_after_a_comparison_is_of_the_one_that_was_meant(say):
    slots = {"occupation": MENDERS, "others": [PAINTERS], "together": [MENDERS, "45-9999.01"], "pending": None}
    message = {"text": "no, i meant those who paint", "entities": [], "questions": None}
    named = [reply["a_job"] for reply in say(message, **slots) if reply["response"] == "utter_about"]
    assert named == ["Kite Painters"]


@pytest.mark.parametrize("slots", [{"others": ["1-1.00"]}, {"together": ["1-1.00", MENDERS]}, {"recent": ["1-1.00"]}])
def test_what_was_forgotten_meanwhile_is_not_told_of(say, slots):
    gone = {"entity": "occupation", "value": "1-1.00", "start": 0, "end": 5}
    assert say(asked("flyer pay and so on", gone), occupation=MENDERS, **slots)
    if "others" in slots:
        assert say({"text": "", "entities": []}, "action_choose", occupation=MENDERS, **slots)


def test_a_plea_beside_a_question_is_answered_too(say):
    plea, question = asked("please give me the pay."), asked("what do they do?", kind="overview")
    message = {"text": "please give me the pay. what do they do?", "entities": []}
    message["questions"] = [*plea["questions"], *question["questions"]]
    assert [reply["response"] for reply in say(message, occupation=MENDERS)][1:] == ["utter_pay", "utter_overview"]


@pytest.mark.parametrize(
    "text", ["kite painters? lol no. kite menders, what pay", "i said not kite painters, kite menders pay"]
)
def test_what_is_refused_is_not_told_of(say, text):
    names = [
        {"entity": "occupation", "value": value, "start": text.index(name), "end": text.index(name) + len(name)}
        for value, name in ((PAINTERS, "kite painters"), (MENDERS, "kite menders"))
    ]
    assert introduced(say(asked(text, *names), occupation=PAINTERS)) == ["Kite Menders"]


def test_what_something_is_more_than_is_not_meant(say):
    text = "that's more than kite painters! what do they learn"
    name = {"entity": "occupation", "value": PAINTERS, "start": 17, "end": 30}
    message = asked(text, name)
    remark = {**message["questions"][0], "text": "that's more than this job!", "said": text[:31], "does": "talk"}
    message["questions"] = [remark | {"intent": "opinion"}, message["questions"][0] | {"said": "what do they learn"}]
    replies = say(message, occupation=PAINTERS, recent=[MENDERS])  # Rasa fills the slot with whatever is named
    assert introduced(replies) == ["Kite Menders"]


def test_a_name_that_is_only_said_again_is_not_told_of(say):
    text = "kite painters?? that takes years. what about kite menders, what pay"
    names = [
        {"entity": "occupation", "value": value, "start": text.index(name), "end": text.index(name) + len(name)}
        for value, name in ((PAINTERS, "kite painters"), (MENDERS, "kite menders"))
    ]
    assert introduced(say(asked(text, *names), occupation=MENDERS)) == ["Kite Menders"]


def test_of_several_occupations_talked_of_each_answer_names_its_own(say):
    build = {"about": f"{MENDERS} {actions.actions._knowledge.says(MENDERS)}", "kind": "pay"}
    alone = say(asked("what do they pay"), occupation=MENDERS, recent=[MENDERS], thread=build)
    among = say(asked("what do they pay"), occupation=MENDERS, recent=[MENDERS, PAINTERS], thread=build)
    assert (introduced(alone), introduced(among)) == ([], ["Kite Menders"])


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("which of them has more openings", ["Kite Painters", "Kite Menders"]),
        ("and which one is paid best", ["Kite Painters", "Kite Menders"]),
        ("which tools are used", ["Kite Menders"]),
    ],
)
def test_which_of_those_talked_of_it_is_is_told_of_each(say, text, about):
    message = asked(text, kind="outlook")
    assert introduced(say(message, occupation=MENDERS, recent=[MENDERS, PAINTERS])) == about


def test_what_is_compared_to_a_name_is_what_the_message_named_before(say):
    text = "do kite menders sit. what do they pay in ohio compared to kite painters"
    names = [
        {"entity": "occupation", "value": value, "start": text.index(name), "end": text.index(name) + len(name)}
        for value, name in ((MENDERS, "kite menders"), (PAINTERS, "kite painters"))
    ]
    first, second = asked("do this job sit", kind="workplace"), asked("what do they pay in ohio compared to this job")
    first["questions"][0]["said"], second["questions"][0]["said"] = text[:19], text[21:]
    message = {"text": text, "entities": names, "questions": [*first["questions"], *second["questions"]]}
    told = say(message, occupation=PAINTERS)
    assert introduced(told) == ["Kite Menders", "Kite Painters"]
    assert "- “Ohio — median $38,000 a year”" in facts(told)


@pytest.mark.parametrize("text", ["and in ohio?", "ok so is that in ohio too tho?"])
def test_a_state_alone_goes_on_with_pay(say, text):
    talked = {"occupation": MENDERS, "recent": [MENDERS], "thread": {"about": "x", "kind": "pay"}}
    assert facts(say(asked(text, kind="hours"), **talked)) == ["- “Ohio — median $38,000 a year”"]


def test_the_state_that_one_lives_in_is_remembered(say):
    lives = asked("we live in ohio. my girl loves to mend kites, what could she be", kind="suggestions")
    lives["questions"][0] |= {"text": "what could she be", "said": "what could she be"}
    say(lives)
    assert {"event": "slot", "timestamp": None, "name": "home", "value": "Ohio"} in say.events
    talked = {"occupation": MENDERS, "recent": [MENDERS], "home": "Ohio"}
    assert facts(say(asked("what do they pay"), **talked)) == ["- “Ohio — median $38,000 a year”"]
    assert facts(say(asked("what do they pay in the US"), **talked)) == ["- “Median pay — $40,000 a year”"]


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("hi, i'm 33 and work at a drugstore in michigan. any ideas?", "Michigan"),
        ("I want to know what menders make in ohio", None),
        ("what's it pay in PA? I'm a nurse", None),
        ("i like it or not", None),
    ],
)
def test_which_state_is_ones_own_is_told_and_not_asked(text, home):
    assert home_told(text) == home


def test_of_ones_own_job_what_is_like_it_is_told_where_no_field_is_named(say):
    own = {"entity": "own_job", "value": MENDERS, "start": 8, "end": 19}
    told = say(asked("i was a kite mender, not that. what else is there", own, kind="suggestions"))
    assert introduced(told) == ["Kite Menders"]
    [offer] = say(asked("i was a kite mender, not that. something in painting kites?", own, kind="suggestions"))
    assert offer["response"] == "utter_suggestions"


def test_what_somebody_does_not_like_is_no_work_for_them(public):
    assert nearest_work(public, "she mends kites and lines and hates painting by hand")[0] == MENDERS
    assert nearest_work(public, "she paints kites by hand and hates mending lines")[0] == PAINTERS
    assert nearest_work(public, "what jobs are there if you hate talking to people") == []


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("what do they pay a month", "(my arithmetic, not the source's): $3,333."),
        ("monthly pay in ohio and texas", "(my arithmetic, not the source's): Ohio $3,167, Texas $3,250."),
        ("what do they pay a year", ""),
    ],
)
def test_pay_by_the_month_is_said_to_be_arithmetic(say, text, month):
    assert say(asked(text), occupation=MENDERS)[-1]["by_month"].endswith(month)
    assert bool(say(asked(text), occupation=MENDERS)[-1]["by_month"]) is bool(month)


@pytest.fixture(scope="module")
def schooled(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """One occupation of whose training four sentences tell."""
    address = f"sqlite:///{tmp_path_factory.mktemp('schooled') / 'store.sqlite'}"
    build_documents(address)
    told = ("Most begin with a course.", "It is open to all.", "Sails come later.", "The course takes three years.")
    training = [Fact(Aspect.training_length, text, heading="Training") for text in told]
    every = [described(MENDERS, "Kite Menders", "Mend kites.", *training)]
    store.save(open_store(address), Release(Source("onet", "O*NET 30.1 Database", edition="30.1"), every))
    return KnowledgeBase(address)


def test_where_no_sentence_tells_how_long_that_is_said(growing):
    text, kind = "how long till it changes", "ask_outlook"
    question = Question(text, kind, 1.0, {kind: 1.0}, Encoder().encode([text])[0], text, "how long until it changes")
    answer = compose(growing, MENDERS, question, Thread())
    assert (answer.response, answer.missing) == ("utter_lacks", "how long until it changes")


@pytest.mark.parametrize(
    ("text", "clause", "leads"),
    [
        ("how long does the course take", "how long the course takes", "The course takes three years."),
        ("how many yrs is that course", "how many years that course is", "The course takes three years."),
        ("tell me about the training", "", "Most begin with a course."),
    ],
)
def test_where_a_detail_is_asked_the_nearest_sentence_leads(schooled, text, clause, leads):
    kind, vector = "ask_training_length", Encoder().encode([text])[0]
    question = Question(text, kind, 1.0, {kind: 1.0}, vector, text, clause)
    assert compose(schooled, MENDERS, question, Thread()).quoted[0].text == leads


def test_of_parts_that_say_nothing_one_is_answered(say):
    first, second = asked("last thing", kind="tasks"), asked("one more thing", kind="tasks")
    for message in (first, second):
        message["questions"][0] |= {"confidence": 0.2, "clause": "anything about that", "does": "whether"}
    message = {"text": "last thing. one more thing", "entities": []}
    message["questions"] = [*first["questions"], *second["questions"]]
    assert len(say(message, occupation=MENDERS)) >= 1


def test_who_has_a_job_and_asks_for_another_is_told_what_is_like_it(say):
    has = {"entity": "occupation", "value": MENDERS, "start": 5, "end": 16, "past": True}
    [about, related] = say(asked("i'm a kite mender. what else can i do for a living", has, kind="next_steps"))
    assert about["a_job"] == "Kite Menders"
    assert related["response"] in ("utter_related", "utter_gap")


def test_who_tells_of_themselves_and_names_no_job_is_not_answered_about_the_owners(say):
    message = asked("my grades are bad and i like to mend kites and their lines", kind="fit")
    message["questions"][0] |= {"does": "person", "ranking": [{"name": "ask_fit", "confidence": 0.4}]}
    assert [reply["response"] for reply in say(message)] == ["utter_suggestions"]
    assert say(message, occupation=MENDERS, recent=[MENDERS])[0]["response"] != "utter_suggestions"


def test_what_is_asked_beside_the_list_of_jobs_is_answered(say):
    jobs, pay = asked("which jobs do you know?", kind="careers"), asked("and what does it pay?")
    message = {"text": "which jobs do you know? and what does it pay?", "entities": []}
    message["questions"] = [*jobs["questions"], *pay["questions"]]
    responses = [reply["response"] for reply in say(message, occupation=MENDERS)]
    assert responses == ["utter_careers_shelf", "utter_about", "utter_pay"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("what is the compensation in Ohio", ""),
        ("what can i expect in Texas", ""),
        ("what would a beginner make in Ohio", ""),
        ("pay in Winston-Salem, Ohio", "Winston-Salem"),
        ("pay winston salem ohio", "winston salem"),
    ],
)
def test_only_what_stands_directly_before_a_state_may_be_a_city(public, text, place):
    assert elsewhere(public.occupation(MENDERS), Question(text, "ask_pay", 1.0)) == place


def test_what_is_compared_with_this_is_compared_with_what_was_talked_of(say):
    name = {"entity": "occupation", "value": PAINTERS, "start": 26, "end": 39}
    first, second = compares("deciding between this and this job.", None), asked("what does it pay?")
    first["questions"][0]["said"] = "deciding between this and kite painters."
    message = {"text": "deciding between this and kite painters. what does it pay?", "entities": [name]}
    message["questions"] = [*first["questions"], *second["questions"]]
    replies = say(message, occupation=PAINTERS, recent=[MENDERS])
    assert introduced(replies) == ["Kite Menders", "Kite Painters"]
    assert facts(replies) == ["- “Median pay — $40,000 a year”", "- “Median pay — $30,000 a year”"]


def test_another_occupation_is_compared_with_the_one_talked_of_in_what_was_talked_of(say):
    name = {"entity": "occupation", "value": PAINTERS, "start": 26, "end": 39}
    message = compares("better than being one that kite painters", None, name)
    talked = {"occupation": MENDERS, "recent": [MENDERS], "thread": {"about": "x", "kind": "pay"}}
    replies = say(message, **talked)
    assert introduced(replies) == ["Kite Menders", "Kite Painters"]
    assert facts(replies) == ["- “Median pay — $40,000 a year”", "- “Median pay — $30,000 a year”"]


def test_several_questions_about_several_occupations_are_answered_one_occupation_after_the_other(say):
    names = [
        {"entity": "occupation", "value": value, "start": start, "end": start + 13}
        for value, start in ((MENDERS, 0), (PAINTERS, 17))
    ]
    first = asked("kite menders and kite painters, what pay", *names)
    second = asked("what do they do all the day", kind="tasks")
    first["questions"] += second["questions"]
    replies = say(first, occupation=MENDERS)
    assert introduced(replies) == ["Kite Menders", "Kite Painters"]


@pytest.mark.parametrize(
    ("entity", "about"),
    [
        ({"entity": "occupation", "value": PAINTERS, "close": True}, "Kite Menders"),
        ({"entity": "several", "value": f"{PAINTERS} 45-9999.02"}, "Kite Menders"),
        ({"entity": "occupation", "value": MENDERS}, "Kite Menders"),
    ],
)
def test_a_word_means_the_occupation_talked_of_that_is_called_so(say, entity, about):
    name = {**entity, "start": 3, "end": 10}
    assert say(asked("so menders pay", name), occupation=PAINTERS, recent=[MENDERS])[0]["a_job"] == about


def test_a_name_of_its_own_keeps_another_occupation(say):
    name = {"entity": "occupation", "value": PAINTERS, "start": 3, "end": 11}
    assert say(asked("so painters pay", name), occupation=PAINTERS, recent=[MENDERS])[0]["a_job"] == "Kite Painters"


def test_a_name_alone_gets_the_answer_that_was_given_for_another(say):
    name = {"entity": "occupation", "value": MENDERS, "start": 7, "end": 19}
    message = asked("no no, kite menders", name)
    message["questions"][0] |= {"intent": "deny", "ranking": [{"name": "deny", "confidence": 0.9}]}
    replies = say(message, occupation=MENDERS, thread={"about": "x", "kind": "pay"})
    assert [reply["response"] for reply in replies] == ["utter_about", "utter_pay"]


def test_what_waits_for_a_choice_waits_while_something_else_is_asked(say, monkeypatch):
    monkeypatch.setattr(actions.reply, "_said_last", lambda tracker: "which")
    waiting = asked("kite people pay")["questions"]
    say(asked("do they need a degree, those", kind="education"), occupation=MENDERS, pending=waiting)
    assert {"event": "slot", "name": "pending", "value": waiting, "timestamp": None} in say.events


@pytest.mark.parametrize(
    ("text", "found"),
    [("pay in virgina", ["Virginia"]), ("pay in pensylvania", ["Pennsylvania"]), ("in indoor jobs", [])],
)
def test_a_state_may_be_misspelt_by_a_letter(text, found):
    assert states(text) == found


def test_an_unknown_slug_is_never_answered_about(say):
    [reply] = say(asked("what does it pay"), occupation="99-9999.00")[:1]
    assert reply["response"] != "utter_about"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the person who mends kites and lines", [MENDERS]),
        ("somebody that paints kites by hand", [PAINTERS]),
        ("is it for someone who mends kites", []),
        ("", []),
    ],
)
def test_an_occupation_that_is_only_described_is_found_by_what_it_is_and_does(public, text, found):
    assert described_by(public, {"text": f"{text}, pay?", "description": text, "entities": []})[:1] == found


def test_a_description_beside_a_name_describes_nobody_else(public):
    name = {"entity": "occupation", "value": PAINTERS}
    assert described_by(public, {"text": "", "description": "who mends kites", "entities": [name]}) == []


def test_who_tells_what_they_like_is_shown_whose_work_is_nearest(say):
    [reply] = say(asked("my girl loves to mend kites and lines, what could she be", kind="suggestions"))
    assert reply["response"] == "utter_suggestions"
    assert reply["choices"].startswith("- Kite Menders: “Mend kites and their lines.”")
    assert [button["title"] for button in reply["buttons"]][:2] == ["Kite Menders", "Kite Painters"]


@pytest.mark.parametrize("kind", ["suggestions", "pay"])
def test_what_occupations_are_that_are_offered_carries_its_sources(say, kind):
    several = {"entity": "several", "value": f"{MENDERS} {PAINTERS}", "start": 5, "end": 10}
    [reply] = say(
        asked(
            "what kites and lines are paid" if kind == "pay" else "who likes kites",
            *([several] * (kind == "pay")),
            kind=kind,
        )
    )
    told = {each["quote"]: each["attribution"] for each in reply["custom"]["sources"] if "attribution" in each}
    assert (
        told.items()
        >= {"Mend kites and their lines.": "Includes O*NET.", "Paint kites by hand.": "Includes O*NET."}.items()
    )
    assert "Source: O*NET 30.1 Database" in reply["source"]


@pytest.mark.parametrize(
    ("text", "intent", "confidence"),
    [
        ("and what about just ohio", "follow_detail", 0.8),
        ("how much in Ohio", "ask_amount", 0.4),
    ],
)
def test_a_state_is_enough_where_pay_was_talked_of(public, ask, text, intent, confidence):
    thread = Thread(kind="pay")
    answer = decide(public, MENDERS, {"text": text}, ask(text, intent, confidence), thread, Fit(), None)
    assert quotes(answer) == ["Ohio — median $38,000 a year"]


def test_the_occupation_itself_is_no_place_without_figures(public, ask):
    answer = compose(public, MENDERS, ask("pay for this job in ohio", "ask_pay"), Thread())
    assert (quotes(answer), answer.missing) == (["Ohio — median $38,000 a year"], "")


def test_what_nobody_asks_for_is_not_asked_of_a_person(tmp_path):
    address = f"sqlite:///{tmp_path / 'store.sqlite'}"
    build_documents(address)
    facts = [
        Fact(Aspect.experience, "None", heading="Typical", label="Work experience"),
        Fact(Aspect.requirements, "Menders must see well.", heading="Requirements"),
    ]
    every = [described(MENDERS, "Kite Menders", "Mend kites.", *facts)]
    store.save(open_store(address), Release(Source("onet", "O*NET 30.1 Database", edition="30.1"), every))
    fit = Fit()
    question = Question("is it for me", "ask_fit", 1.0, vector=Encoder().encode(["is it for me"])[0])
    answer = match_person(KnowledgeBase(address), MENDERS, question, [], fit)
    assert "None" not in quotes(answer)
    assert answer.occupation.facts[fit.pending].text == "Menders must see well."


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("do they make over $500,000", "few"),
        ("is six figures realistic", "few"),
        ("do they get $12 an hour", "half"),
        ("can you make 20k", "most"),
        ("is it 42k", "tenth"),
        ("my uncle makes 42 mending kites, is that normal", "tenth"),
    ],
)
def test_of_an_amount_it_is_said_how_many_earn_it(public, ask, text, share):
    occupation = replace(public.occupation(MENDERS), facts=[Fact(Aspect.pay, WAGE, None, area="Ohio")])
    assert reached(occupation, ask(text, "ask_pay"), [0]) == (share, amount(text)[0])


@pytest.mark.parametrize(
    "text",
    [
        "do they get a 401k",
        "my cousin makes 45/hr at this",
        "he makes 45 to 50 an hour",
        "she earns 45.50 an hour",
        "do they get 30 min lunch breaks",
    ],
)
def test_what_is_no_amount_or_not_of_a_year(text):
    assert amount(text) is None


def test_thousands_are_read_as_they_are_written():
    assert amount("he makes 62,900 there") == ("62,900", 62_900)


def test_beside_a_state_the_nation_is_told_where_both_are_asked_for(public, ask):
    told = compose(public, MENDERS, ask("in Ohio vs the whole country", "ask_pay"), Thread())
    assert [fact.area for fact in told.quoted] == ["Ohio", None]


def test_who_has_chosen_none_of_what_was_offered_is_asked_which(say):
    [reply] = say(asked("what are the hours", kind="hours"), others=[MENDERS, PAINTERS])
    assert reply["response"] == "utter_which"
    replies = say(asked("which of those pays more"), others=[MENDERS, PAINTERS], together=[MENDERS, PAINTERS])
    assert len(introduced(replies)) == 2


def test_what_somebody_else_is_can_be_meant(say):
    text = "my aunt is a kite painter and says i should do that"
    own = {"entity": "own_job", "value": PAINTERS, "start": 13, "end": 25}
    assert introduced(say(asked(text, own))) == ["Kite Painters"]


def test_what_only_tells_something_leaves_no_gap(say):
    message = asked("my dad flew kites with us every summer by the sea", kind="amount")
    message["questions"][0]["does"] = "person"
    [reply] = say(message, recent=[MENDERS, PAINTERS])
    assert reply["response"] == "utter_remark"


def test_who_makes_the_most_is_a_question_of_pay(say):
    named = [
        {"entity": "occupation", "value": slug, "start": start, "end": end}
        for slug, start, end in ((MENDERS, 0, 11), (PAINTERS, 15, 27))
    ]
    message = compares("kite mender or kite painter, which one makes the most", None, *named)
    assert [told.count("\n") for told in facts(say(message))] == [0, 0]


def test_what_is_left_out_is_not_told_of(say):
    text = "what could she do besides being a kite painter"
    named = {"entity": "occupation", "value": PAINTERS, "start": 34, "end": 46}
    [reply] = say(asked(text, named, kind="suggestions"))
    assert reply["response"] == "utter_suggestions"


def test_a_figure_helps_only_where_its_kind_is_asked_for(public, ask):
    row = Fact(Aspect.employers, "67,040", None, label="Colleges and universities")
    occupation = replace(public.occupation(MENDERS), facts=[row])
    assert not helps(occupation, 0, ask("which college is best", "ask_schools"))
    assert helps(occupation, 0, ask("do colleges hire them", "ask_employers"))


@pytest.mark.parametrize(("does", "response"), [("person", "utter_remark"), ("talk", "utter_out_of_scope")])
def test_what_somebody_tells_is_a_remark_and_what_they_order_is_not_for_an_advisor(say, does, response):
    message = asked("hey siri call my wife on the speaker please")
    message["questions"][0].update(intent="out_of_scope", does=does, ranking=[])
    [reply] = say(message, occupation=MENDERS)
    assert reply["response"] == response


def test_a_typical_day_is_what_they_do_and_of_what_is_not_held_nothing_else_is_told(public, schooled, ask):
    day = ask("a typical day of this job?", "ask_typical_day")
    assert quotes(compose(public, MENDERS, day, Thread())) == TASKS[:5]
    assert Aspect.tasks in bearing_on("typical_day", more=True)
    assert Aspect.tasks not in bearing_on("typical_day", more=False)  # a document tells of both
    assert compose(schooled, MENDERS, day, Thread()).facts == []
