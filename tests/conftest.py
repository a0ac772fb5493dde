"""What all tests share: a running advisor, a real PostgreSQL, and a database of its own in it for each test."""

from __future__ import annotations

import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import closing

import psycopg2
import pytest

import bot  # noqa: F401  # before anything of Rasa's, which does without TensorFlow from then on
from tests.advisor import Advisor, free_port


@pytest.fixture(scope="session")
def website() -> str:
    """The origin of a website that may use the advisor; nothing listens there until a test does."""
    return f"http://localhost:{free_port()}"


@pytest.fixture(scope="session")
def private_port() -> int:
    """The port on which the advisor's metrics are."""
    return free_port()


@pytest.fixture(scope="session")
def advisor(tmp_path_factory: pytest.TempPathFactory, website: str, private_port: int) -> Iterator[Advisor]:
    """An advisor that runs as long as the test session; a test that stops it starts one of its own.

    It stands as behind one proxy, so that a test can come from an address of its own.
    """
    environment = {"ADVISOR_ORIGINS": website, "ADVISOR_PROXIES": "1", "ADVISOR_PRIVATE_PORT": f"{private_port}"}
    running = Advisor(tmp_path_factory.mktemp("advisor"), environment=environment).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as the test session, in a temporary folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
        import pgserver
    # not pytest's own folder: as root, pgserver opens every folder above it to all users
    with tempfile.TemporaryDirectory(prefix="advisor-postgres-") as folder:
        server = pgserver.get_server(folder, cleanup_mode="stop")
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            _execute(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")  # it has no power cut to survive
        _execute(server.get_uri(), "SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, which is dropped after the test."""
    name = f"test_{uuid.uuid4().hex}"
    _execute(postgres_url, f"CREATE DATABASE {name} STRATEGY file_copy")  # half the time of the default
    yield postgres_url.replace("/postgres?", f"/{name}?", 1)
    _execute(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


def _execute(url: str, statement: str) -> None:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True  # a database is neither created nor dropped inside a transaction
        connection.cursor().execute(statement)
