"""When a server is started again, and when everything stops, by a clock of the test's own."""

from __future__ import annotations

import pytest

from bot.supervisor import PATIENCE, Restart, Seen, Stop, Supervisor


def pauses(supervisor: Supervisor, moments: list[float], names: tuple[str, ...] = ("Rasa server",)) -> list[float]:
    """The pauses before restarts of servers that die at some moments, in turn."""
    return [
        supervisor.judge(names[place % len(names)], Seen(1, began=moment), moment).pause
        for place, moment in enumerate(moments)
    ]


def test_pauses_grow_and_the_sixth_death_in_ten_minutes_stops_everything():
    supervisor = Supervisor(0)
    assert pauses(supervisor, [0, 10, 20, 30, 40]) == [1, 2, 4, 8, 16]
    with pytest.raises(Stop) as stopped:
        supervisor.judge("Rasa server", Seen(1, began=0), 599)
    assert str(stopped.value) == (
        "The Rasa server ended with exit code 1, after 5 restarts in 10 minutes"
    )


def test_restarts_of_all_servers_count_together():
    supervisor = Supervisor(0)
    assert pauses(supervisor, [0, 1, 2, 3, 4], ("Rasa server", "action server")) == [1, 2, 4, 8, 16]
    with pytest.raises(Stop, match="action server"):
        supervisor.judge("action server", Seen(1, began=0), 5)


def test_restarts_of_more_than_ten_minutes_ago_are_forgotten():
    supervisor = Supervisor(0)
    assert pauses(supervisor, [0, 10, 20, 30, 40, 600, 610, 2000]) == [1, 2, 4, 8, 16, 16, 16, 1]


@pytest.mark.parametrize(
    ("seen", "why"),
    [
        (Seen(0, began=0), "ended with exit code 0"),
        (Seen(-9, began=0), "was killed by SIGKILL"),
        (Seen(-64, began=0, answered=99), "was killed by SIGRTMAX"),
        (Seen(-99, began=0, answered=99), "was killed by signal 99"),
        (Seen(None, began=0, answered=89.9), "gave no answer for 10 s"),
        (Seen(None, began=0, answered=89.9, computed=10), "gave no answer for 10 s"),
        (Seen(None, began=0, answered=39.9, computed=9.9), "gave no answer for 60 s"),
    ],
)
def test_why_a_server_is_started_again_is_said(seen, why):
    supervisor = Supervisor(0)
    supervisor.look(98)
    assert Supervisor(0).judge("Rasa server", seen, 100) == Restart(why, 1)


@pytest.mark.parametrize(
    "seen",
    [
        Seen(None, began=0, answered=90),
        Seen(None, began=0),
        Seen(None, began=0, answered=40, computed=6.1),
        Seen(None, began=0, answered=90, computed=20),
    ],
    ids=["answers", "is still starting", "is starved by others", "computes, on two processors, for 10 s"],
)
def test_a_server_that_may_be_silent_is_left_alone(seen):
    assert Supervisor(0).judge("Rasa server", seen, 100) is None


def test_a_server_that_does_not_get_ready_stops_everything():
    supervisor = Supervisor(0)
    assert supervisor.judge("Rasa server", Seen(None, began=1), PATIENCE + 1) is None
    with pytest.raises(Stop, match="was not ready after 300 s"):
        supervisor.judge("Rasa server", Seen(None, began=1), PATIENCE + 1.1)


def test_nobody_is_blamed_for_silence_while_the_watcher_itself_was_stopped():
    supervisor = Supervisor(0)
    supervisor.look(1)
    supervisor.look(1001)
    for seen in (Seen(None, began=0), Seen(None, began=0, answered=1)):
        assert supervisor.judge("Rasa server", seen, 1001) is None
    for moment in range(1002, 1012):
        supervisor.look(moment)
    assert supervisor.judge("Rasa server", Seen(None, began=0, answered=1), 1011) is None
    assert supervisor.judge("Rasa server", Seen(None, began=0, answered=1), 1011.1).why == "gave no answer for 10 s"
