"""Public data in a running advisor: it answers from them within seconds, and no longer once they are forgotten."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable

import pytest

from tests.advisor import ROOT, Advisor, until
from tests.onet import write_release

IMPORTED = 60.0  # seconds in which a small release is read
SOON = 5.0  # seconds until what was imported is answered from


@pytest.fixture
def knowledge(advisor: Advisor) -> Callable[..., str]:
    """A function that runs `python -m knowledge` on the running advisor's store."""

    def run(*arguments: str) -> str:
        address = {**os.environ, "DATABASE_URL": f"sqlite:///{advisor.folder / 'advisor.sqlite'}"}
        command = [sys.executable, "-m", "knowledge", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=address, capture_output=True, text=True, check=True)
        return done.stdout

    return run


def test_what_is_imported_is_answered_from_at_once_and_what_is_forgotten_is_not(advisor, knowledge, tmp_path):
    assert "Mend kites" not in advisor.says("what do kite menders do", uuid.uuid4().hex)
    knowledge("import", str(write_release(tmp_path / "onet")))
    try:
        time.sleep(SOON)
        sender = uuid.uuid4().hex
        said = advisor.says("what do kite menders do", sender)
        assert "On Kite Menders:" in said
        assert "“Mend kites and their lines.”" in said
        assert "Source: O*NET 30.1 Database" in said
        assert "“Sew torn sails.”" in advisor.says("what are the duties?", sender)
        assert "sets-up, tests, and adjusts" in advisor.says("what does a production technician do", sender)
    finally:
        knowledge("forget", "onet")
    time.sleep(SOON)
    assert "Mend kites" not in advisor.says("what do kite menders do", uuid.uuid4().hex)


def test_what_lies_in_the_folder_of_downloads_is_imported_beside_an_advisor_that_answers(tmp_path):
    (tmp_path / "downloads").mkdir()
    write_release(tmp_path / "downloads" / "onet")
    (tmp_path / "advisor").mkdir()
    advisor = Advisor(tmp_path / "advisor", environment={"ADVISOR_DATA": str(tmp_path / "downloads")}).start()
    try:
        assert "sets-up, tests, and adjusts" in advisor.says("what does a production technician do", uuid.uuid4().hex)
        until(lambda: "onet: imported, O*NET 30.1 Database" in advisor.output, IMPORTED)
        time.sleep(SOON)
        assert "“Mend kites and their lines.”" in advisor.says("what do kite menders do", uuid.uuid4().hex)
    finally:
        assert advisor.stop() == 0
