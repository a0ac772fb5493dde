"""Logs: cut, packed, turned and dropped; and whatever befalls the file, what is said is always taken."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.logfiles import DAY, LogFile


def drained(log: LogFile, script: str) -> int:
    """Let a process of its own say things to a log; returns its exit code."""
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    log.drain(process.stdout)
    return process.wait(timeout=30)


def older(log: LogFile) -> list[str]:
    """The names of the files of a log."""
    return sorted(path.name for path in log.path.parent.iterdir())


def test_what_a_process_says_stands_in_the_log_and_is_for_its_owner_alone(tmp_path):
    os.umask(0)
    log = LogFile(tmp_path / "rasa.log")
    try:
        assert (
            drained(
                log, "import sys; print('Grüße'); print('to you', file=sys.stderr); sys.stdout.buffer.write(b'\\xff')"
            )
            == 0
        )
    finally:
        os.umask(0o022)
    assert sorted(log.path.read_text(encoding="utf-8").splitlines()) == ["Grüße", "to you", "\ufffd"]
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600


def test_a_long_line_is_cut_and_the_next_one_is_whole(tmp_path):
    log = LogFile(tmp_path / "rasa.log")
    drained(log, "print('é' * 1_000_000); print('next'); print('a' * 1999); print('b' * 2001)")
    assert log.path.read_text(encoding="utf-8").splitlines() == ["é" * 2000, "next", "a" * 1999, "b" * 2000]


def test_in_json_each_line_is_an_object(tmp_path):
    log = LogFile(tmp_path / "rasa.log", json_lines=True)
    for line in ('{"level": "info"}', "Grüße", "[1, 2]", "17", '{"cut', "[" * 2000, '{"a": "' + "b" * 3000 + '"}'):
        log.write(line)
    objects = [json.loads(line) for line in log.path.read_text(encoding="utf-8").splitlines()]
    assert objects[:4] == [{"level": "info"}, {"message": "Grüße"}, {"message": "[1, 2]"}, {"message": "17"}]
    assert objects[4:6] == [{"message": '{"cut'}, {"message": "[" * 2000}]
    assert objects[6]["message"].startswith('{"a": "bbb')


def test_a_log_turns_by_size_and_ten_files_stay(tmp_path):
    log = LogFile(tmp_path / "rasa.log", megabytes=0.001)
    for number in range(250):
        log.write(f"{number:099d}")
    assert older(log) == ["rasa.log", *(f"rasa.log.{number}" for number in range(1, 10))]
    assert all(path.stat().st_size <= 1000 for path in tmp_path.iterdir())
    assert log.path.read_text().endswith("249\n")
    assert (tmp_path / "rasa.log.9").read_text().startswith(f"{150:099d}")


def test_old_files_are_dropped_when_a_log_is_opened(tmp_path):
    for number, days in ((1, 26), (2, 31)):
        path = tmp_path / f"rasa.log.{number}"
        path.write_text("old\n")
        os.utime(path, (0, time.time() - days * DAY))
    assert older(LogFile(tmp_path / "rasa.log")) == ["rasa.log.1"]


def test_a_log_of_few_words_turns_with_time_and_is_dropped_in_the_end(tmp_path):
    now = [time.time()]
    log = LogFile(tmp_path / "rasa.log", days=10, clock=lambda: now[0])
    for day in range(30):
        log.write(f"day {day}")
        os.utime(log.path, (now[0], now[0]))
        now[0] += DAY
    assert log.path.read_text() == "day 29\n"
    assert (tmp_path / "rasa.log.9").read_text() == "day 20\n"
    now[0] += 8 * DAY
    log.drop_old()
    assert older(log) == ["rasa.log"]
    now[0] += DAY
    log.drop_old()
    assert older(log) == []


@pytest.mark.parametrize("path", ["/dev/full", "/proc/version", "/nowhere/rasa.log"])
def test_a_log_that_cannot_be_written_stops_nobody(path):
    assert drained(LogFile(Path(path)), "print('a' * 1000, flush=True)\nfor _ in range(5000): print('b' * 100)") == 0


def test_what_can_be_written_again_is_written(tmp_path):
    log = LogFile(tmp_path / "folder" / "rasa.log")
    log.write("lost")
    log.path.parent.mkdir()
    log.write("kept")
    assert log.path.read_text() == "kept\n"


def test_a_log_that_somebody_moves_away_is_begun_anew(tmp_path):
    log = LogFile(tmp_path / "rasa.log")
    log.write("before")
    log.path.rename(tmp_path / "moved")
    log.write("after")
    assert log.path.read_text() == "after\n"
