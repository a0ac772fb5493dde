"""Connections: never more than the process may open; where there are too many, idle ones go first."""

from __future__ import annotations

import resource

import pytest

from bot.edge.connections import MOST, RESERVED, Connections, most_connections


class Connection:
    """A connection of an address, as the protocol has it."""

    def __init__(self, address: str = "192.0.2.1", *, began: float = 0.0, state: str = "busy") -> None:
        self.transport = self
        self.peer, self.began, self.aborted = (address, 1), began, False
        self.is_idle, self.is_arriving = state == "idle", state == "arriving"

    def get_extra_info(self, name: str) -> tuple[str, int]:
        return self.peer

    def abort(self) -> None:
        self.aborted = True


@pytest.mark.parametrize(("files", "most"), [(1024, 1024 - RESERVED), (100, 16), (1_000_000, MOST)])
def test_the_limit_of_open_files_is_the_limit_of_connections(monkeypatch, files, most):
    monkeypatch.setattr(resource, "getrlimit", lambda which: (files, files))
    assert most_connections() == most


def test_one_address_has_its_cap_and_others_go_on():
    held = Connections(most=10, most_of_one=2)
    assert [held.admit(Connection()) for _ in range(3)] == [True, True, False]
    assert held.admit(Connection("192.0.2.2"))


def test_idle_ones_go_before_half_sent_ones_and_the_oldest_first():
    held = Connections(most=4)
    half, young, old = (
        Connection(state="arriving"),
        Connection(began=9, state="idle"),
        Connection(began=3, state="idle"),
    )
    for each in (half, young, old, Connection()):
        assert held.admit(each)
    assert held.admit(Connection("192.0.2.2"))
    assert [each.aborted for each in (half, young, old)] == [False, False, True]


def test_where_none_can_go_the_new_one_does():
    held = Connections(most=1)
    assert held.admit(Connection())
    assert not held.admit(Connection("192.0.2.2"))
    assert held.refused == 1


def test_behind_proxies_addresses_have_no_cap():
    held = Connections(most=10, most_of_one=None)
    assert all(held.admit(Connection()) for _ in range(10))
