"""Rasa runs without TensorFlow, and a component that needs it says so."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.settings import ROOT


def run(code: str) -> subprocess.CompletedProcess:
    """Run some lines of Python in a process of its own, in the environment of the advisor."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def stands_in():
    """What stands in for TensorFlow in a process that imports `bot` first."""
    return run("import bot, tensorflow; print(tensorflow.__spec__.loader.__class__.__module__)")


def test_the_environment_of_the_advisor_has_no_tensorflow(stands_in):
    assert stands_in.stdout.strip() == "bot.without_tensorflow", stands_in.stderr


def test_rasas_components_that_need_it_can_be_imported():
    classifiers = "rasa.nlu.classifiers.diet_classifier"
    done = run(f"import bot; from {classifiers} import DIETClassifier; print(DIETClassifier.__name__)")
    assert done.stdout.strip().endswith("DIETClassifier"), done.stderr


def test_a_model_that_needs_it_says_what_is_missing():
    done = run("import bot; from rasa.nlu.classifiers.diet_classifier import DIET; DIET({}, {}, True, {})")
    assert done.returncode != 0
    assert "DIET needs TensorFlow, and this advisor runs Rasa without it." in done.stderr
