"""Pages by their address: what a website asks of programs, what is private, and what takes too long or too much."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from knowledge.model import Refused
from knowledge.shelf import fetch as fetching
from knowledge.shelf.fetch import fetch

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture
def website() -> Iterator[Callable[[dict[str, Answer]], str]]:
    """A function that puts answers at paths of a website on this machine, and returns its address."""
    servers = []

    def serve(pages: dict[str, Answer]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # noqa: N802
                status, headers, content = pages.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


HTML = {"Content-Type": "text/html; charset=utf-8"}


def test_a_page_comes_with_a_name_that_says_its_kind(website):
    site = website({"/jobs/baker": (200, HTML, b"<p>Bakers bake.</p>")})
    page = fetch(f"{site}/jobs/baker", private=True)
    assert (page.content, page.name, page.address) == (b"<p>Bakers bake.</p>", "baker.html", f"{site}/jobs/baker")


def test_addresses_of_private_networks_are_refused_unless_allowed():
    with pytest.raises(Refused, match="an address of a private network; `--private` allows it"):
        fetch("http://127.0.0.1/")


@pytest.mark.parametrize("host", ["localhost", "10.1.2.3", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"])
def test_no_way_to_write_a_private_address_passes(host):
    with pytest.raises(Refused, match="private network"):
        fetch(f"http://{host}/")


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://example.org/a", "javascript://x", "http://", "data://x"]
)
def test_only_http_is_fetched(address):
    with pytest.raises(Refused, match="only addresses that begin with http"):
        fetch(address, private=True)


def test_a_password_in_an_address_is_refused(website):
    site = website({}).replace("http://", "http://ada:secret@")
    with pytest.raises(Refused, match="password") as refused:
        fetch(site, private=True)
    assert "secret" not in str(refused.value)


def test_robots_txt_is_respected(website):
    robots = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n")
    site = website({"/robots.txt": robots, "/private/a": (200, HTML, b"x"), "/open": (200, HTML, b"x")})
    with pytest.raises(Refused, match="robots.txt"):
        fetch(f"{site}/private/a", private=True)
    assert fetch(f"{site}/open", private=True).content == b"x"


def test_a_website_that_cannot_say_what_it_allows_allows_nothing(website):
    site = website({"/robots.txt": (503, {}, b""), "/a": (200, HTML, b"x")})
    with pytest.raises(Refused, match="robots.txt"):
        fetch(f"{site}/a", private=True)


def test_each_place_that_a_page_sends_on_to_is_looked_at(website, monkeypatch):
    elsewhere = website({"/secret": (200, HTML, b"x")})
    site = website(
        {"/a": (302, {"Location": f"{elsewhere}/secret"}, b""), "/b": (302, {"Location": "file:///etc/passwd"}, b"")}
    )
    assert fetch(f"{site}/a", private=True).address == f"{elsewhere}/secret"
    with pytest.raises(Refused, match="only addresses that begin with http"):
        fetch(f"{site}/b", private=True)


def test_an_address_with_letters_beyond_ascii_is_fetched(website):
    site = website({"/caf%C3%A9?a=%C3%BC&b=1%202": (200, HTML, b"<p>Bakers bake.</p>")})
    assert fetch(f"{site}/café?a=ü&b=1%202", private=True).content == b"<p>Bakers bake.</p>"


def test_going_round_in_circles_ends(website):
    site = website({"/a": (302, {"Location": "/a"}, b"")})
    with pytest.raises(Refused, match="sends on more than"):
        fetch(f"{site}/a", private=True)


def test_what_is_too_large_is_not_read_to_its_end(website, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 1000)
    site = website({"/a": (200, HTML, b"x" * 5000)})
    with pytest.raises(Refused, match="larger than 1,000 bytes"):
        fetch(f"{site}/a", private=True)


@pytest.mark.parametrize("status", [404, 500, 403])
def test_a_page_that_is_not_there_is_said(website, status):
    with pytest.raises(Refused, match=f"answers {status}"):
        fetch(f"{website({'/a': (status, {}, b'')})}/a", private=True)


def test_a_website_that_answers_a_letter_at_a_time_is_cut(monkeypatch):
    monkeypatch.setattr(fetching, "WHOLE", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            taken, _ = server.accept()
            with suppress(OSError):
                for letter in "HTTP/1.1 200 OK and so on for ever and ever":
                    taken.send(letter.encode())
                    time.sleep(0.2)

        threading.Thread(target=drip, daemon=True).start()
        begun = time.monotonic()
        with pytest.raises(Refused, match="took too long"):
            fetch(f"http://127.0.0.1:{server.getsockname()[1]}/", private=True)
        assert time.monotonic() - begun < 3


def test_a_website_that_does_not_answer_is_said():
    with pytest.raises(Refused, match="cannot be fetched"):
        fetch("http://127.0.0.1:1/", private=True)


@pytest.mark.parametrize(
    "host",
    ["64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:a00:1::1", "::7f00:1", "::ffff:0:7f00:1", "fec0::1"],
)
def test_no_address_that_holds_a_private_one_passes(host):
    with pytest.raises(Refused, match="private network"):
        fetch(f"http://[{host}]/")


def test_addresses_of_everybody_pass_also_behind_a_network_that_translates():
    assert all(map(fetching._is_public, ["93.184.215.14", "2606:2800:21f::8b2c", "64:ff9b::808:808"]))
    assert not fetching._is_public("192.0.0.192")


def test_only_the_ports_of_websites_are_asked_unless_allowed():
    with pytest.raises(Refused, match="only the ports 80 and 443"):
        fetch("http://93.184.215.14:22/")


def test_a_page_that_breaks_off_is_not_taken_for_the_whole(website):
    site = website({"/a": (200, {**HTML, "Content-Length": "100000"}, b"<p>only the first half")})
    with pytest.raises(Refused, match="broke off before its end"):
        fetch(f"{site}/a", private=True)


def test_a_page_that_is_cut_when_time_is_up_is_not_taken_for_the_whole(monkeypatch):
    monkeypatch.setattr(fetching, "WHOLE", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            robots, _ = server.accept()
            robots.recv(4096)
            robots.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
            taken, _ = server.accept()
            taken.recv(4096)
            with suppress(OSError):
                taken.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n")
                for _ in range(30):
                    taken.sendall(b"<p>a</p>")
                    time.sleep(0.1)

        threading.Thread(target=drip, daemon=True).start()
        with pytest.raises(Refused, match="took too long"):
            fetch(f"http://127.0.0.1:{server.getsockname()[1]}/", private=True)
