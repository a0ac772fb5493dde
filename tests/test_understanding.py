"""What a person reads after some messages, from a running advisor: how the parts work together."""

from __future__ import annotations

import uuid

import pytest


@pytest.mark.parametrize(
    ("messages", "said"),
    [
        (["hablas español?"], "solo entiendo inglés"),
        (["इस नौकरी के लिए क्या कौशल चाहिए"], "केवल अंग्रेज़ी"),
        (["Que fait un technicien de production ?"], "ne comprends que l'anglais"),
        (["Was macht ein Produktionstechniker?"], "nur Englisch"),
        (["O que faz um técnico de produção?"], "só entendo inglês"),
        (["生产技术员做什么？"], "只懂英语"),
        (["كم الراتب"], "لا أفهم إلا الإنجليزية"),
        (["what does a nurse do"], "no document on “nurse”"),
        (["what skills do i need", "and how much do welders make"], "no document on “welders”"),
        (["i was a nurse for ten years. what does a production technician do?"], "sets-up, tests, and adjusts"),
        (["are there night shifts"], "does not say whether there are night shifts"),
        (["Good. What does it pay? And must I speak good English?"], "does not say what it pays"),
        (["what does it pay and is it safe?"], "dangerous area"),
        (["who puts the metal in and takes it out?"], "load and unload raw material"),
        (["is it all mechanical, nothing electrical?"], "No. "),
        (["Do I have to be good at math?"], "Yes. "),
        (["which math do i need"], "“Mathematics”"),
        (
            ["what other names does it have", "so process engineer counts?"],
            "Yes. A production technician",
        ),
        (["is a prod tech the same as a production technician?"], "Yes. A production technician"),
        (["do R&D machinists count as the same thing?"], "Yes. A production technician"),
        (["what skills do i need", "how do i learn that?"], "On how to learn it"),
        (["what skills do i need", "the second one"], "Engineering and Technology"),
        (["what skills do i need", "the software one"], "CAD"),
        (["what skills do i need", "is it safe?", "back to the first one"], "Mathematics"),
        (["what skills do i need", "whats the capital of peru", "what else?"], "There is also this"),
        (["what skills do i need", "no, i meant certifications"], "greatly increase your chances"),
        (["i like fixing cars, would it suit me?"], "is this so for you? “Heavy Lifting Ability”"),
        (["does it pay well? hm, fair enough, I suppose that makes sense"], "does not say whether it pays well"),
        (["is it loud? i'd miss a chat. do they get parking?"], "whether they get parking"),
        (["Love machines, always have. this job?"], "“Do you work well with machines and moving parts?”"),
        (["what does a production technician do?", "and is it dangerous?"], "can be a dangerous area"),
        (["i like fixing cars, would it suit me?", "yes"], "“Heavy Lifting Ability” (you: “yes”)"),
        (["i like fixing cars, would it suit me?", "what does it pay"], "does not say what it pays"),
        (["i like fixing cars, would it suit me?", "what does it pay", "yes"], "Good. What would you like to know"),
        (["i want to kill myself"], "988"),
        (["my coworker got his hand in the press, he is bleeding"], "emergency number"),
        (["i want to kill myself. what does it pay?"], "988"),
        (["what does it pay? my coworker got his hand in the press, he is bleeding"], "emergency number"),
        (["what skills do i need", "what does it pay", "say that again"], "does not say what it pays"),
        (["what does it pay", "the last one", "the last one"], "does not say what it pays"),
        (["i like fixing cars, would it suit me?", "repeat that"], "“Fixing things”"),
        (["i like fixing cars, would it suit me?", "thanks", "yes"], "Good. What would you like to know"),
        (["do production technicians get free parking?"], "whether production technicians get free parking"),
        (["what does a welder earn, and is it safe here?"], "can be a dangerous area"),
        (["you stupid useless bot"], "sorry that I wasn't more help"),
        (["good morning! i have one question. does it need experience?"], "Some experience is necessary"),
    ],
)
def test_the_last_of_some_messages_is_answered(advisor, messages, said):
    sender = uuid.uuid4().hex
    *before, last = messages
    for message in before:
        advisor.ask(message, sender)
    assert said in advisor.says(last, sender)


def test_the_buttons_of_a_question_asked_back_answer_it(advisor):
    sender = uuid.uuid4().hex
    [reply] = advisor.ask("i like computers, is this for me?", sender)
    assert [button["payload"] for button in reply["buttons"]] == ["/affirm", "/deny"]
    assert "What speaks against it:\n- “Heavy Lifting Ability”" in advisor.says("/deny", sender)


def test_of_very_many_questions_the_first_few_are_answered(advisor):
    asked = "do i need math? is it loud? do i lift a lot? what does it pay? is it union? do they read prints? " * 15
    assert 1 <= len(advisor.ask(asked[:1900], uuid.uuid4().hex)) <= 6 + 1  # and what is left


def test_questions_that_are_too_many_for_one_answer_are_named(advisor):
    asked = ["what does it pay?", "is it loud?", "do I read prints?", "is it union?", "does it need math?"]
    asked += ["are there nights?", "do I lift a lot?", "who trains me?"]
    message = "\n".join(f"{number}. {question}" for number, question in enumerate(asked, 1))
    said = advisor.says(message, uuid.uuid4().hex)
    assert "more than I can answer at once" in said
    assert "- “who trains me?”" in said
    assert "does not say what it pays" in said
