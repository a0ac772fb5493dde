"""What holds for all pages: they are there for the watcher, and say so where the database is not."""

from __future__ import annotations

from io import BytesIO

import pytest

from bot.desk.app import LARGEST, create_app
from bot.desk.context import Options
from tests.bot.desk.conftest import SECRET, words


@pytest.fixture
def away(tmp_path):
    """A desk whose database cannot be reached."""
    app = create_app(Options(f"sqlite:///{tmp_path / 'no such folder' / 'advisor.sqlite'}", SECRET))
    return app.test_client()


def test_the_watcher_hears_that_it_is_well(stranger):
    assert stranger.get("/health").json == {"alive": True}
    assert stranger.get("/ready").json == {"database": True}


def test_without_its_database_it_lives_and_is_not_ready(away):
    assert away.get("/health").status_code == 200
    assert away.get("/ready").status_code == 503


def test_without_its_database_a_page_is_one_sentence(away):
    answer = away.get("/desk/sign-in")
    assert answer.status_code == 503
    assert "The database cannot be reached just now" in words(answer)


def test_a_desk_that_nobody_may_use_yet_says_how_to_begin(tmp_path):
    client = create_app(Options(f"sqlite:///{tmp_path / 'new.sqlite'}", SECRET)).test_client()
    assert "python -m bot.desk user add NAME --role owner" in words(client.get("/desk/sign-in"))


def test_what_is_too_large_is_refused(owner):
    answer = owner.client.post("/desk/people", data={"file": (BytesIO(b"a" * (LARGEST + 1)), "a.txt")})
    assert answer.status_code == 413
    assert "more than can be sent at once" in words(answer)


def test_the_root_leads_to_the_desk(owner):
    assert owner.get("/").location == "/desk"
