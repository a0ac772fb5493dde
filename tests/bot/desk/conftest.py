"""A desk on a real store, people who use it, and a browser's way of filling in its forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from bot.desk.app import create_app
from bot.desk.context import NAME, Desk, Options
from bot.desk.tables import MADE, Database
from bot.desk.users import Role
from bot.store import Store
from bot.tables import METADATA
from tests.bot.rows import opened

PASSWORD = "correct horse battery staple"
SECRET = "a secret of the tests, and of nobody else"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser:
    """Somebody at the desk, whose forms are sent with the token of the page that they stand on."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **options) -> TestResponse:
        return self.client.get(path, **options)

    def post(self, path: str, data: dict | None = None, *, page: str | None = None, **options) -> TestResponse:
        """Send a form that stands on a page, which is the same unless it is named."""
        token = TOKEN.search(self.get(page or path).text)
        assert token, f"{page or path} has no form"
        return self.client.post(path, data={"csrf_token": unescape(token[1]), **(data or {})}, **options)

    def sign_in(self, name: str, password: str = PASSWORD) -> TestResponse:
        return self.post("/desk/sign-in", {"name": name, "password": password})


def words(answer: TestResponse) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def on_the_desk(database: Database) -> str:
    """All that stands in the desk's tables."""
    with database.engine().connect() as connection:
        tables = [table for metadata in (METADATA, MADE) for table in metadata.sorted_tables]
        return str([connection.execute(select(table)).all() for table in tables if table.name.startswith("desk_")])


@pytest.fixture
def url(tmp_path) -> str:
    """The address of the database."""
    return f"sqlite:///{tmp_path / 'advisor.sqlite'}"


@pytest.fixture
def store(url: str) -> Store:
    """The database as an advisor has made it."""
    return opened(url)


@pytest.fixture
def options(url: str) -> Options:
    """How the desk runs; a test that needs another desk names its own."""
    return Options(url, SECRET)


@pytest.fixture
def app(options: Options, store: Store) -> Flask:
    """A desk with one person of each role."""
    app = create_app(options)
    desk = app.extensions[NAME]
    for role in Role:
        desk.users.add(role.name, role, PASSWORD)
    return app


@pytest.fixture
def desk(app: Flask) -> Desk:
    """The parts of the desk."""
    return app.extensions[NAME]


@pytest.fixture
def stranger(app: Flask) -> Browser:
    """Somebody who is not signed in."""
    return Browser(app.test_client())


@pytest.fixture
def somebody(app: Flask) -> Iterator[Callable[[str], Browser]]:
    """Lets somebody sign in, by the name of their role."""

    def come(name: str) -> Browser:
        browser = Browser(app.test_client())
        assert browser.sign_in(name).status_code == 302
        return browser

    return come


@pytest.fixture
def owner(somebody) -> Browser:
    return somebody("owner")


@pytest.fixture
def editor(somebody) -> Browser:
    return somebody("editor")


@pytest.fixture
def reader(somebody) -> Browser:
    return somebody("reader")
