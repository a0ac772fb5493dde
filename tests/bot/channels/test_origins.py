"""Origins: the owner's list and the advisor's own pages, and no other website."""

from __future__ import annotations

import pytest

from bot.channels.origins import InvalidOrigin, allowed_origins, cors_headers, is_allowed, preflight_headers

ALLOWED = allowed_origins("https://www.example.org, http://localhost:8000")


@pytest.mark.parametrize(
    ("listed", "origins"),
    [
        ("", set()),
        (" , ", set()),
        ("https://www.example.org/", {"https://www.example.org"}),
        ("https://WWW.Example.org:443,http://a.example:80", {"https://www.example.org", "http://a.example"}),
        ("http://[::1]:8000", {"http://[::1]:8000"}),
    ],
)
def test_a_list_is_read_as_browsers_send_origins(listed, origins):
    assert allowed_origins(listed) == origins


@pytest.mark.parametrize(
    "listed",
    ["example.org", "*", "null", "https://", "https://a.example/path", "https://a.example?x", "ftp://a.example"],
)
def test_an_entry_that_is_no_origin_is_refused_by_name(listed):
    with pytest.raises(InvalidOrigin, match="https://www.example.org"):
        allowed_origins(listed)


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        (None, True),  # not sent by a page
        ("https://www.example.org", True),
        ("http://localhost:8000", True),
        ("https://advisor.example", True),  # its own page, with TLS ended before it
        ("http://www.example.org", False),
        ("https://example.org", False),
        ("https://www.example.org.evil.example", False),
        ("https://www.example.org:8443", False),
        ("http://localhost", False),
        ("null", False),
        ("", False),
    ],
)
def test_only_origins_of_the_list_and_its_own_may_ask(origin, allowed):
    assert is_allowed(origin, "advisor.example", ALLOWED) is allowed


def test_an_answer_can_be_read_by_that_origin_alone():
    headers = cors_headers("https://www.example.org")
    assert headers["Access-Control-Allow-Origin"] == "https://www.example.org"
    assert headers["Vary"] == "Origin"
    assert "Access-Control-Allow-Credentials" not in headers
    assert "Access-Control-Allow-Origin" not in cors_headers(None)


def test_a_page_may_send_json_and_its_token():
    headers = preflight_headers("https://www.example.org")
    assert headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type"
