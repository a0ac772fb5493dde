"""Hosts: our own names, addresses and the owner's list; a name that somebody else points at us is refused."""

from __future__ import annotations

import socket

import pytest

from bot.edge.hosts import Hosts

OURS = Hosts("advisor.example.org, *.college.example, Jobs.Example.")


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:5005",
        "127.0.0.1:5005",
        "[::1]:5005",
        "192.0.2.7",
        socket.gethostname(),
        "advisor.example.org",
        "advisor.example.org.:443",
        "jobs.example",
        "help.college.example:8080",
    ],
)
def test_our_own_names_are_let_in(host):
    assert OURS.are_ours(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "college.example",
        "evilcollege.example",
        "advisor.example.org:99999",
        "advisor.example.org:",
        "advisor.example.org:80:80",
        "user@advisor.example.org",
        "advisor.example.org/",
        "[::1",
        "localhost\x00",
        "a" * 300,
    ],
)
def test_other_names_are_refused(host):
    assert not OURS.are_ours(host)


def test_without_a_list_no_name_is_a_wildcard():
    assert not Hosts().are_ours("anything.example")
