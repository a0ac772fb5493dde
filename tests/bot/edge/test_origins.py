"""Origins: the owner's list and the advisor's own pages, and no other website."""

from __future__ import annotations

import pytest

from bot.edge.origins import InvalidOrigin, allowed_origins, cors_headers, is_allowed, preflight_headers

ALLOWED = allowed_origins("https://www.example.org, http://localhost:8000")


@pytest.mark.parametrize(
    ("listed", "origins"),
    [
        ("", set()),
        (" , ", set()),
        ("https://www.example.org/", {"https://www.example.org"}),
        ("https://WWW.Example.org:443,http://a.example:80", {"https://www.example.org", "http://a.example"}),
        ("https://a.example:80", {"https://a.example:80"}),
        ("http://[::1]:8000", {"http://[::1]:8000"}),
        ("https://bücher.example", {"https://xn--bcher-kva.example"}),
        ("https://BÜCHER.example:8443", {"https://xn--bcher-kva.example:8443"}),
    ],
)
def test_a_list_is_read_as_browsers_send_origins(listed, origins):
    assert allowed_origins(listed).exact == origins


@pytest.mark.parametrize(
    "listed",
    [
        "example.org",
        "*",
        "null",
        "https://",
        "https://*",
        "https://*.org",
        "https://*.1.2.3.4:x",
        "https://www.*.example.org",
        "https://a.example/path",
        "https://a.example?x",
        "https://a.example#x",
        "https://user@a.example",
        "ftp://a.example",
        "https://a.example:99999",
        "https://a.example:0",
        "https://a.example:x",
        "https://[::1",
        "https://a b.example",
        "https://" + "ü" * 300 + ".example",
    ],
)
def test_an_entry_that_is_no_origin_is_refused_by_name(listed):
    with pytest.raises(InvalidOrigin, match="https://www.example.org"):
        allowed_origins(listed)


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://www.college.example", True),
        ("https://a.b.college.example", True),
        ("https://college.example", False),
        ("https://evilcollege.example", False),
        ("http://www.college.example", False),
        ("https://www.college.example:8443", False),
        ("https://.college.example", False),
    ],
)
def test_a_wildcard_stands_for_all_names_below_a_name(origin, allowed):
    assert is_allowed(origin, "advisor.example", allowed_origins("https://*.college.example")) is allowed


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
        ("http://[", False),
        ("https://advisor.example@evil.example", False),
        ("https://advisor.example/", False),
        ("https://advisor.example:443x", False),
        ("HTTPS://WWW.EXAMPLE.ORG", False),  # browsers send it in lower case
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


@pytest.mark.parametrize(
    ("origin", "host", "scheme", "allowed"),
    [
        ("https://advisor.example", "advisor.example", "https", True),
        ("http://advisor.example", "advisor.example", "https", False),
        ("https://advisor.example", "advisor.example", "http", False),
        ("http://advisor.example", "advisor.example:80", "http", True),
        ("http://advisor.example:5005", "advisor.example:5005", "http", True),
        ("http://advisor.example:5006", "advisor.example:5005", "http", False),
        ("https://advisor.example", "Advisor.Example:443", None, True),
        ("http://[::1]:5005", "[::1]:5005", "http", True),
    ],
)
def test_its_own_page_is_known_by_host_port_and_how_it_was_fetched(origin, host, scheme, allowed):
    assert is_allowed(origin, host, ALLOWED, scheme=scheme) is allowed
