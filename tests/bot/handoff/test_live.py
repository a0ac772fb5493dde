"""A question is left in a conversation with a running advisor: by its form, in each channel, through failures."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator

import pytest

from bot.handoff.left import LeftQuestions
from bot.owner import OwnerSettings
from bot.store import Store
from tests.advisor import Advisor, until
from tests.bot.handoff.receiver import Receiver, receiving


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[Advisor]:
    """An advisor of this module's own, which can sign what it posts."""
    environment = {"ADVISOR_WEBHOOK_SECRET": "a secret that both of them know, and nobody else"}
    advisor = Advisor(tmp_path_factory.mktemp("handoff"), environment=environment).start()
    yield advisor
    advisor.stop()


@pytest.fixture
def settings(running) -> Iterator[OwnerSettings]:
    """What the owner of it sets, which is nothing again after the test."""
    settings = OwnerSettings(f"sqlite:///{running.folder / 'advisor.sqlite'}", environ={})
    yield settings
    for each in settings.kept():
        settings.unset(each.key)


@pytest.fixture
def receiver(running, settings) -> Iterator[Receiver]:
    """Who gets what is left, as the advisor knows by now."""
    with receiving() as receiver:
        receiver.name = f"career centre {receiver.port}"  # one that no test before has set
        settings.set("leads_webhook", receiver.url)
        settings.set("leads_name", receiver.name)
        until(lambda: receiver.name in running.says("can i talk to a person", uuid.uuid4().hex), 2)
        yield receiver


@pytest.fixture
def say(running) -> Callable[[str], str]:
    """A function that says something over REST in a conversation of the test's own."""
    sender = uuid.uuid4().hex
    return lambda text: running.says(text, sender)


def fill(
    say: Callable[[str], str], question: str = "Do you take late applications?", reach: str = "ada@example.org"
) -> str:
    """Fill the form, and return what is asked at its end."""
    assert "What would you like to ask them?" in say("can i talk to a person") + say("yes")
    say(question)
    return say(reach)


def test_what_the_owner_sets_is_told_within_two_seconds_and_no_longer_than_it_is_set(running, settings, say):
    assert "no person here" in say("can i talk to a person")
    settings.set("help_phone", "+1 555 010 0199")
    until(lambda: "+1 555 010 0199" in say("can i talk to a person"), 2)
    settings.unset("help_phone")
    until(lambda: "no person here" in say("can i talk to a person"), 2)


def test_it_is_said_what_goes_to_whom_before_anything_is_asked_and_before_it_is_sent(receiver, say):
    say("can i talk to a person")
    begun = say("yes please")
    assert f"with the time and that they come from this chat, go to {receiver.name}; nothing else" in begun
    say("Do you take late applications?")
    sure = say("ada@example.org")
    assert f"I would send this to {receiver.name}:" in sure
    assert "“Do you take late applications?”" in sure
    assert "ada@example.org" in sure
    assert receiver.received == []
    assert "was sent, and has arrived" in say("yes")
    assert [body["reach"] for body in receiver.bodies] == ["ada@example.org"]


@pytest.mark.parametrize("step", [0, 1, 2])
def test_it_can_be_cancelled_at_any_time(receiver, say, step):
    say("can i talk to a person")
    said = ["yes", "Do you take late applications?", "ada@example.org"]
    for text in said[: step + 1]:
        say(text)
    assert "nothing was sent" in say("cancel")
    assert "What would you" not in say("is it dangerous?")
    assert receiver.received == []


def test_a_question_in_between_is_answered_however_many_there_are(receiver, say):
    say("can i talk to a person")
    say("yes")
    say("Do you take late applications?")
    for _ in range(8):  # more than the advisor reads of a conversation at each turn
        answer = say("is it dangerous?")
        assert "dangerous area" in answer
        assert answer.endswith("what is your e-mail address or phone number?")
    assert "ada@example.org" in say("it's ada@example.org")
    assert "dangerous area" in say("is it dangerous?")
    assert "has arrived" in say("send it")
    assert [body["question"] for body in receiver.bodies] == ["Do you take late applications?"]


def test_what_is_no_address_is_asked_for_once_more(receiver, say):
    say("can i talk to a person")
    say("yes")
    say("Do you take late applications?")
    assert "no e-mail address and no phone number" in say("bob")
    assert "I covered it" in say("123-45-6789")
    assert "+49 1512 3456787" in say("+49 1512 3456787")
    assert "+44 20 7946 0958" in say("no wait, +44 20 7946 0958")
    say("yes")
    assert [body["reach"] for body in receiver.bodies] == ["+44 20 7946 0958"]


def test_a_question_may_be_hostile_long_or_in_another_language(receiver, say):
    say("can i talk to a person")
    say("yes")
    assert "1,000 is the most" in say("a long question " * 80)
    say("¿Aceptan a <!channel> {sender} ${x} sin diploma?")
    say("ada@example.org")
    say("yes")
    assert [body["question"] for body in receiver.bodies] == ["¿Aceptan a <!channel> {sender} ${x} sin diploma?"]


def test_who_is_in_need_is_heard_and_the_form_ends(receiver, say):
    say("can i talk to a person")
    say("yes")
    assert "988" in say("i want to kill myself")
    assert "What would you like to ask them" not in say("what is it")


def test_forgetting_and_starting_over_end_the_form(receiver, say):
    say("can i talk to a person")
    say("yes")
    say("Do you take late applications?")
    assert "ask them" not in say("start over")
    assert "dangerous area" in say("is it dangerous?")
    say("can i talk to a person")
    say("yes")
    assert say("delete everything i said").endswith("Shall I?")
    assert "I have deleted" in say("yes")


def test_where_it_does_not_arrive_that_is_said_and_said_again_once_it_has(running, receiver, settings, say):
    receiver.close()
    fill(say)
    assert "could not be sent just now" in say("yes")
    store = Store(f"sqlite:///{running.folder / 'advisor.sqlite'}")
    assert LeftQuestions(store).waiting()[0][:2] == ("webhook", 1)
    with receiving(receiver.port) as back:
        until(lambda: back.received, 30)  # the first wait is fifteen seconds
        until(lambda: not LeftQuestions(store).waiting(), 5)
        answer = say("is it dangerous?")
        assert answer.startswith("About the question that you left: it has been sent by now")
        assert "dangerous area" in answer
        assert "About the question" not in say("is it dangerous?")


def test_it_is_sent_once_however_often_the_message_is(running, receiver):
    visitor = running.visitor()
    for text in ("can i talk to a person", "/signal_leave", "Do you take late applications?", "ada@example.org"):
        running.chat(text, visitor)
    lines = [running.chat("/affirm", visitor, "m1") for _ in range(3)]
    assert "has arrived" in lines[0][-2]["text"]
    assert lines[0] == lines[1] == lines[2]
    assert len(receiver.received) == 1


def test_the_conversation_shows_on_the_next_page_what_was_pressed_and_that_it_was_sent(running, receiver):
    visitor = running.visitor()
    for text in (
        "can i talk to a person",
        "/signal_leave",
        "Do you take late applications?",
        "ada@example.org",
        "/affirm",
    ):
        last = running.chat(text, visitor)
    shown = running.history(visitor)
    assert [entry["text"] for entry in shown if entry["who"] == "person"][1::3] == ["Leave a question", "Yes, send it"]
    assert [entry["id"] for entry in shown[-2:]] == [line["id"] for line in last if line["type"] == "reply"]
    assert "has arrived" in shown[-1]["text"]


def test_nobody_says_by_themselves_that_something_was_sent(running, receiver, say):
    for text in ("/signal_left_sent", "/signal_leave", "/action_send_left"):
        assert "sent" not in say(text)
    assert receiver.received == []


def test_a_button_of_before_begins_nothing_where_the_owner_has_taken_it_away(running, receiver, settings):
    visitor = running.visitor()
    running.chat("can i talk to a person", visitor)
    settings.unset("leads_webhook")
    until(lambda: "can't pass questions on" in str(running.chat("/signal_leave", visitor)), 2)


def test_the_privacy_page_and_the_plain_page_have_the_owners_words(running, settings):
    settings.set("notice_equal", "An <b>equal</b> opportunity employer")
    settings.set("leads_webhook", "https://example.org/questions")
    settings.set("starters", ["What is it like?"])
    until(lambda: "If you leave a question for people" in running.get("/privacy")[1], 2)
    for page in ("/privacy", "/plain"):
        assert "An &lt;b&gt;equal&lt;/b&gt; opportunity employer" in running.get(page)[1]
    assert 'value="What is it like?"' in running.get("/plain")[1]


def test_no_log_has_a_word_of_what_is_left(running, receiver, say):
    receiver.status = 500
    fill(say, "Is Xylographia taught?", "xylographia@example.org")
    say("yes")
    written = "".join(path.read_text() for path in running.var.glob("*.log*"))
    assert "A visitor's question is not sent" in written
    assert "ylographia" not in written
