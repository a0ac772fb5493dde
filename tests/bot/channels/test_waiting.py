"""The line: bounded, fair between visitors and between the conversations of one, in order within a conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from bot.channels.waiting import Full, Line


def run(coroutine: Coroutine) -> Any:
    return asyncio.run(coroutine)


async def turns(line: Line, *waiting: tuple[str, str, str]) -> list[str]:
    """The names of turns (visitor, conversation, name) in the order in which they had their turn."""
    had: list[str] = []

    async def one(visitor: str, conversation: str, name: str) -> None:
        async with line.turn(visitor, conversation):
            had.append(name)
            await asyncio.sleep(0.01)

    await asyncio.gather(*(one(*each) for each in waiting))
    return had


def line(at_once: int = 1, at_once_of_one: int = 100, longest: int = 100, longest_of_one: int = 100) -> Line:
    return Line(at_once=at_once, at_once_of_one=at_once_of_one, longest=longest, longest_of_one=longest_of_one)


def test_a_flood_of_one_visitor_lets_another_pass():
    flood = [("a", f"a{number}", f"a{number}") for number in range(20)]
    assert "b0" in run(turns(line(), *flood, ("b", "b0", "b0")))[:3]


def test_who_had_no_turn_lately_goes_before_all_who_had_one():
    async def come_later() -> list[str]:
        held = line()
        flood = [(visitor, f"{visitor}{number}", f"{visitor}{number}") for number in range(9) for visitor in "abcdef"]
        flooding = asyncio.create_task(turns(held, *flood))
        while not flooding.done() and len(held) > 40:  # each of the six had a turn
            await asyncio.sleep(0.01)
        came = len(held)
        await turns(held, ("g", "g0", "g0"))
        before = came - len(held)
        await flooding
        return before

    assert run(come_later()) <= 2  # the one that ran, and the one of "g" may be followed by another


def test_who_waits_for_long_is_not_passed_by_ever_new_visitors():
    async def ever_new() -> int:
        held = line()
        school = [("school", f"pupil {number}", "x") for number in range(3)]
        waiting = asyncio.create_task(turns(held, *school))
        passed = 0
        while not waiting.done():
            passed += 1
            await asyncio.gather(*(turns(held, (f"new {passed} {number}", "x", "x")) for number in range(2)))
        return passed

    assert run(ever_new()) < 60


def test_a_line_that_others_filled_has_room_for_who_has_less_than_a_part_of_it():
    async def fill() -> tuple[list[bool], bool]:
        held = line(longest=8)
        tasks = [asyncio.create_task(turns(held, ("a", f"a{number}", "x"))) for number in range(9)]
        await asyncio.sleep(0)
        let_in = []
        for number in range(6):
            try:
                held.refuse_more("b")
                let_in.append(True)
                tasks.append(asyncio.create_task(turns(held, ("b", f"b{number}", "x"))))
                await asyncio.sleep(0)
                await asyncio.sleep(0)
            except Full:
                let_in.append(False)
        try:
            held.refuse_more("a")
            more_of_a = True
        except Full:
            more_of_a = False
        await asyncio.gather(*tasks)
        return let_in, more_of_a

    assert run(fill()) == ([True] * 4 + [False] * 2, False)


def test_a_flood_of_one_conversation_lets_another_of_the_same_address_pass():
    flood = [("school", "one", f"one {number}") for number in range(20)]
    assert "two" in run(turns(line(), *flood, ("school", "two", "two")))[:3]


def test_within_a_conversation_the_order_stays_and_one_turn_runs_at_a_time():
    told = run(turns(line(at_once=4), *[("a", "a", str(number)) for number in range(8)]))
    assert told == [str(number) for number in range(8)]


def test_only_so_many_run_at_once():
    running, most = 0, 0

    async def one(line: Line, number: int) -> None:
        nonlocal running, most
        async with line.turn(f"v{number}", f"c{number}"):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.01)
            running -= 1

    async def all_of_them() -> None:
        held = line(at_once=3)
        await asyncio.gather(*(one(held, number) for number in range(12)))

    run(all_of_them())
    assert most == 3


def test_a_flood_of_one_visitor_leaves_room_for_another_to_start_at_once():
    flood = [("a", f"a{number}", f"a{number}") for number in range(20)]
    held = line(at_once=4, at_once_of_one=2)
    assert run(turns(held, *flood, ("b", "b0", "b0")))[:3] == ["a0", "a1", "b0"]


@pytest.mark.parametrize(
    ("limits", "visitor", "refused"),
    [
        ({"longest": 3}, "a", True),
        ({"longest": 3}, "b", False),
        ({"longest": 1}, "b", True),
        ({"longest_of_one": 3}, "a", True),
        ({"longest_of_one": 3}, "b", False),
        ({}, "a", False),
    ],
)
def test_a_full_line_refuses_at_once(limits, visitor, refused):
    async def wait() -> bool:
        held = line(**limits)
        tasks = [asyncio.create_task(turns(held, ("a", f"a{number}", "x"))) for number in range(4)]
        await asyncio.sleep(0)  # one has its turn, three wait
        await asyncio.sleep(0)
        try:
            held.refuse_more(visitor)
        except Full as full:
            return full.wait > 0
        finally:
            await asyncio.gather(*tasks)
        return False

    assert run(wait()) is refused


def test_who_leaves_while_waiting_keeps_nobody_up_and_leaves_nothing_behind():
    async def leave() -> tuple[list[str], int]:
        held = line()
        first = asyncio.create_task(turns(held, ("a", "a", "first")))
        await asyncio.sleep(0)
        gone = asyncio.create_task(turns(held, ("b", "b", "gone")))
        after = asyncio.create_task(turns(held, ("b", "b", "after")))
        await asyncio.sleep(0)
        gone.cancel()
        had = await first + await after
        return had, len(held) + len(held._waiting) + len(held._running)

    assert run(leave()) == (["first", "after"], 0)


def test_a_turn_that_fails_gives_its_place_back():
    async def fail() -> list[str]:
        held = line()
        with pytest.raises(ZeroDivisionError):
            async with held.turn("a", "a"):
                raise ZeroDivisionError
        return await turns(held, ("a", "a", "next"))

    assert run(fail()) == ["next"]
