"""What the desk's pages stand on: opened once for a server, and found by each page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flask import current_app

from bot.desk.asked.background import Background
from bot.desk.asked.questions import Questions
from bot.desk.audit import Audit
from bot.desk.documents.trying import Trying
from bot.desk.known import Known
from bot.desk.sessions import Attempts, Sessions
from bot.desk.tables import Database
from bot.desk.testset import TestSet
from bot.desk.users import Users
from bot.owner import OwnerSettings
from knowledge.shelf.store import Shelf

NAME = "desk"


@dataclass(frozen=True)
class Options:
    """How a desk runs."""

    database_url: str
    secret: str
    hosts: tuple[str, ...] = ()  # further names under which it is reached
    header: str = ""  # in which a proxy names who is signed in
    proxies: str = ""
    retention: int = 30  # days
    advisor: str = ""  # where visitors reach the advisor, for the widget's tag; "" where nobody has said it
    origins: str = ""  # the websites that may use it


class Desk:
    """The parts of a desk."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.database = Database(options.database_url)
        self.users = Users(self.database)
        self.sessions = Sessions(self.database)
        self.attempts = Attempts(self.database)
        self.audit = Audit(self.database)
        self.questions = Questions(self.database)
        self.background = Background(self.database, options.secret)
        self.known = Known(options.database_url)
        self.trying = Trying(self.background.encoded)
        self.tests = TestSet(self.database, self.trying)
        self.owner = OwnerSettings(options.database_url)

    @cached_property
    def shelf(self) -> Shelf:
        """The documents, in the same store."""
        return Shelf(self.options.database_url)


def desk() -> Desk:
    """The desk of the request."""
    return current_app.extensions[NAME]
