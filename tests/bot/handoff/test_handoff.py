"""A question that is left arrives, once, or it is said that it did not; through failures and restarts."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select, update

from bot.handoff import handoff
from bot.handoff.handoff import ARRIVED, ENOUGH, FAILED, GIVEN_UP, GONE, LATER, SENT, Handoff, Taken
from bot.handoff.left import LeftQuestions
from bot.handoff.webhook import Webhook
from bot.owner import OwnerSettings
from bot.said import Said
from bot.store import Store
from bot.tables import LEFT
from tests.bot.handoff.receiver import Receiver, receiving
from tests.bot.rows import opened

SECRET = "a secret that both of them know, and nobody else"
QUESTION, REACH = "Do you take <b>late</b> applications? 🙂", "ada@example.org"


@pytest.fixture
def url(tmp_path) -> str:
    """The address of a database in which an advisor has run."""
    address = f"sqlite:///{tmp_path / 'advisor.sqlite'}"
    opened(address)
    return address


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def server(url) -> Callable[[], Handoff]:
    """A function that starts what sends questions in a server, as after a restart."""
    return lambda: Handoff(OwnerSettings(url, environ={}), LeftQuestions(Store(url)), {"webhook": Webhook(SECRET)})


@pytest.fixture
def leave(url, server, receiver) -> Callable[..., str]:
    """A function that leaves a question in a conversation, and returns the signal that says how it went."""
    OwnerSettings(url, environ={}).set("leads_webhook", receiver.url)
    running = server()

    def leave(
        conversation: str = "web:a", question: str = QUESTION, *, reach: str = REACH, visitor: str = "198.51.100.7"
    ) -> str:
        return asyncio.run(running.send(running.take(conversation, question, reach, visitor=visitor)))

    return leave


def rows(url: str) -> list:
    with Store(url).engine().connect() as connection:
        return connection.execute(select(LEFT).order_by(LEFT.c.left_at)).all()


def make_due(url: str, **values: object) -> None:
    with Store(url).engine().begin() as connection:
        connection.execute(update(LEFT).where(LEFT.c.due_at.is_not(None)).values(due_at=time.time() - 1, **values))


def go_on(running: Handoff, until: Callable[[], bool]) -> None:
    """Let a server try what is due until something is so; fails after ten seconds."""

    async def run() -> None:
        keeping = asyncio.create_task(running.keep())
        end = time.monotonic() + 10
        while not until():
            assert time.monotonic() < end, "not so within ten seconds"
            await asyncio.sleep(0.02)
        keeping.cancel()

    asyncio.run(run())


def news(running: Handoff, conversation: str = "web:a") -> list[str]:
    told: list[str] = []

    async def give(signal: str) -> None:
        told.append(signal.lstrip("/"))

    asyncio.run(running.tell_news(conversation, give))
    return told


def test_a_question_arrives_with_how_to_reach_who_asks_and_nothing_else(leave, receiver, server):
    assert leave() == SENT
    [body] = receiver.bodies
    assert set(body) == {"event", "id", "question", "reach", "reach_is", "channel", "left_at"}
    assert (body["question"], body["reach"], body["reach_is"], body["channel"]) == (QUESTION, REACH, "mail", "web")
    assert "web:a" not in str(receiver.received)
    assert news(server()) == []


def test_it_is_signed_over_its_time_and_its_words(leave, receiver):
    import hashlib
    import hmac

    leave()
    [(headers, body)] = receiver.received
    at, signed = (part.partition("=")[2] for part in headers["x-advisor-signature"].split(","))
    assert abs(time.time() - int(at)) < 60
    assert signed == hmac.new(SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


@pytest.mark.parametrize("status", [302, 400, 404, 429, 500, 503])
def test_one_that_does_not_arrive_is_tried_again_after_a_restart_with_the_same_key(
    leave, receiver, server, url, status
):
    receiver.status, receiver.location = status, receiver.url
    assert leave() == LATER
    assert len(receiver.received) == 1  # it follows nowhere
    assert news(server()) == []
    receiver.status, receiver.location = 204, ""
    make_due(url)
    restarted = server()
    go_on(restarted, lambda: rows(url)[0].sent_at is not None)
    keys = {headers["idempotency-key"] for headers, _ in receiver.received}
    assert len(receiver.received) == 2
    assert keys == {receiver.bodies[0]["id"]} == {receiver.bodies[1]["id"]}
    assert [news(restarted), news(restarted)] == [[ARRIVED], []]


def test_one_who_is_gone_and_back_gets_it(leave, receiver, server, url):
    receiver.close()
    assert leave() == LATER
    assert rows(url)[0].why.startswith("it cannot be reached")
    with receiving(receiver.port) as back:
        make_due(url)
        go_on(server(), lambda: rows(url)[0].sent_at is not None)
        assert [body["question"] for body in back.bodies] == [QUESTION]


def test_one_who_is_slow_keeps_a_visitor_no_longer_than_the_first_try(leave, receiver, url, monkeypatch):
    monkeypatch.setattr(handoff, "FIRST_TRY", 0.3)
    receiver.wait = 1.5
    began = time.monotonic()
    assert leave() == LATER
    assert time.monotonic() - began < 1.2
    assert rows(url)[0].why == "no answer within 0 seconds"


def test_the_waits_between_tries_grow_to_an_hour(leave, receiver, server, url):
    receiver.status = 500
    leave()
    waits = [rows(url)[0].due_at - time.time()]
    for tries in (2, 3, 4):
        make_due(url)
        go_on(server(), lambda tries=tries: rows(url)[0].tries == tries)
        waits.append(rows(url)[0].due_at - time.time())
    assert [round(wait, -1) for wait in waits] == [10, 30, 60, 120]
    make_due(url, tries=20)
    go_on(server(), lambda: rows(url)[0].tries == 21)
    assert 3590 < rows(url)[0].due_at - time.time() <= 3600


def test_after_three_days_it_is_given_up_and_the_visitor_is_told(leave, receiver, server, url, caplog):
    receiver.status = 500
    leave()
    make_due(url, left_at=time.time() - GIVEN_UP)
    running = server()
    go_on(running, lambda: rows(url)[0].done_at is not None)
    assert rows(url)[0].sent_at is None
    assert [news(running), news(running)] == [[GONE], []]
    assert "given up" in caplog.text
    assert QUESTION not in caplog.text
    assert REACH not in caplog.text


def test_the_log_says_once_that_a_receiver_fails_and_once_that_it_is_back(leave, receiver, caplog):
    caplog.set_level(logging.INFO)
    receiver.status = 500
    leave("web:a")
    leave("web:b")
    receiver.status = 200
    leave("web:c")
    assert caplog.text.count("it answered with HTTP 500") == 1
    assert caplog.text.count("arrive at the webhook again") == 1


def test_a_server_that_dies_over_it_leaves_it_to_another(server, receiver, url):
    OwnerSettings(url, environ={}).set("leads_webhook", receiver.url)
    server().take("web:a", QUESTION, REACH, visitor="x")  # and no more
    make_due(url)
    go_on(server(), lambda: bool(receiver.received))
    again = server().take("web:a", QUESTION, REACH, visitor="x")  # the message that it had not answered, once more
    assert (again.kept, len(rows(url))) == ([], 1)


def test_of_two_servers_one_sends_it(server, receiver, url):
    OwnerSettings(url, environ={}).set("leads_webhook", receiver.url)
    server().take("web:a", QUESTION, REACH, visitor="x")
    make_due(url)
    left = [LeftQuestions(Store(url)) for _ in range(4)]
    claimed = [each for one in left for each in one.due(time.time(), lease=60)]
    assert len(claimed) == 1


def test_an_address_that_the_owner_puts_right_is_used_at_the_next_try(leave, receiver, server, url):
    receiver.status = 500
    leave()
    with receiving() as other:
        OwnerSettings(url, environ={}).set("leads_webhook", other.url)
        make_due(url)
        go_on(server(), lambda: len(other.received) == 1)


def test_one_conversation_leaves_three_an_hour(leave, receiver, url):
    went = [leave("web:a", f"Question {number}?") for number in range(5)]
    assert went == [SENT, SENT, SENT, ENOUGH, ENOUGH]
    assert leave("web:b", "Another?") == SENT
    with Store(url).engine().begin() as connection:
        connection.execute(update(LEFT).values(left_at=time.time() - 3700))
    assert leave("web:a", "Later?") == SENT
    assert len(receiver.received) == 5


def test_one_visitor_with_ever_new_conversations_cannot_flood(leave, receiver):
    went = [leave(f"web:{number}", visitor="203.0.113.9") for number in range(30)]
    assert went.count(SENT) == 20
    assert leave("web:other", visitor="203.0.113.10") == SENT


def test_all_visitors_together_cannot_flood(leave, receiver, monkeypatch):
    monkeypatch.setattr(handoff, "MOST", 4)
    went = [leave(f"web:{number}", visitor=f"203.0.113.{number}") for number in range(6)]
    assert went == [SENT] * 4 + [ENOUGH] * 2


@pytest.mark.parametrize(
    ("question", "reach"), [("", REACH), ("a" * 1001, REACH), (QUESTION, ""), (QUESTION, "a" * 255)]
)
def test_what_has_no_length_or_too_much_is_not_taken(leave, receiver, url, question, reach):
    assert leave("web:a", question, reach=reach) == FAILED
    assert rows(url) == []


def test_where_nothing_is_set_nothing_is_taken(server, url):
    assert server().take("web:a", QUESTION, REACH, visitor="x") == Taken([], FAILED)
    assert server().told("web") == {"help": {}, "contact": ""}


def test_a_webhook_without_the_secret_that_signs_is_not_offered(url, receiver):
    OwnerSettings(url, environ={}).set("leads_webhook", receiver.url)
    without = Handoff(OwnerSettings(url, environ={}), LeftQuestions(Store(url)), {})
    assert "leave" not in without.told("web")


def test_what_is_forgotten_is_not_sent_any_more(leave, receiver, server, url):
    receiver.status = 500
    leave()
    assert Said(Store(url)).forget("web:a").left == 1
    assert rows(url) == []
    assert LeftQuestions(Store(url)).due(time.time() + 10_000, lease=1) == []


def test_it_is_kept_until_it_is_sent_and_as_long_as_the_rest_from_then_on(leave, receiver, server, url):
    receiver.status = 500
    leave("web:a")
    said = Said(Store(url))
    assert said.age(time.time() + 1) == 0
    receiver.status = 200
    leave("web:b")
    assert said.age(time.time() - 60) == 0
    assert said.age(time.time() + 1) == 1
    assert [row.conversation for row in rows(url)] == ["web:a"]
