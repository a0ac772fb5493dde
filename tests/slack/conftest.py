"""A stand-in for Slack, and servers that talk to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.store import Feedback, Store
from tests.advisor import until
from tests.slack.emulated import PLAYED, EmulatedWorkspace, Emulator
from tests.slack.people import Workspace
from tests.slack.server import Server
from tests.slack.stand_in import SlackStandIn


@pytest.fixture
def slack() -> Iterator[SlackStandIn]:
    """A Slack that can be reached."""
    stand_in = SlackStandIn().up()
    yield stand_in
    stand_in.close()


@pytest.fixture
def serve(slack: SlackStandIn, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers that share a database; they are stopped after the test, unless it has killed them."""
    running: list[Server] = []

    def start(**credentials: str) -> Server:
        running.append(Server(slack, tmp_path / "advisor.sqlite", **credentials).start())
        return running[-1]

    yield start
    for server in running:
        if server._thread.is_alive():
            server.stop()


@pytest.fixture(params=["socket", "http", *(["emulate"] if os.environ.get("SLACK_EMULATE") == "1" else [])])
def workspace(request: pytest.FixtureRequest, serve: Callable[..., Server]) -> Workspace:
    """A workspace whose advisor runs, over each of the two ways; and in an emulator where that is wanted."""
    if request.param == "emulate":
        if request.node.path.stem not in PLAYED:
            pytest.skip("the emulator plays the flows, threads and edits only")
        emulator = request.getfixturevalue("emulator")
        server = serve(app_token="", api_url=emulator.api_url)
        return EmulatedWorkspace(emulator, server.events_url)
    slack = request.getfixturevalue("slack")
    if request.param == "http":
        return Workspace(slack, serve(app_token="").events_url)
    serve(signing_secret="")
    slack.wait_connected()
    return Workspace(slack)


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    """Slack's Web API as somebody else wrote it."""
    running = Emulator(tmp_path)
    running.up()
    yield running
    running.close()


@pytest.fixture
def feedback(tmp_path: Path) -> Callable[[int], list[Feedback]]:
    """Waits for so many opinions in the servers' database."""

    def wait(number: int) -> list[Feedback]:
        store = Store(f"sqlite:///{tmp_path / 'advisor.sqlite'}")
        until(lambda: len(store.feedback()) >= number, 20)
        return store.feedback()

    return wait
