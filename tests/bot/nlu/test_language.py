"""Other languages are recognised, and people's English is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.nlu.language import ENGLISH, LANGUAGES, Languages
from bot.nlu.linker import unmarked

ROOT = Path(__file__).resolve().parent.parent.parent.parent
TOLD = {
    "es": ["¿Qué hace un técnico de producción?", "hola, necesito trabajo", "es peligroso el trabajo"],
    "hi": ["इस नौकरी के लिए क्या कौशल चाहिए", "नमस्ते"],
    "fr": ["Que fait un technicien de production ?", "combien on gagne", "quelles compétences faut-il"],
    "de": ["Was macht ein Produktionstechniker?", "wie viel verdient man", "ist das gefährlich"],
    "pt": ["O que faz um técnico de produção?", "você fala português?", "quanto ganha"],
    "zh": ["生产技术员做什么？", "工资多少"],
    "ar": ["ماذا يفعل فني الإنتاج؟", "كم الراتب"],
}


@pytest.fixture(scope="module")
def languages() -> Languages:
    """The detector."""
    return Languages()


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in TOLD.items() for text in texts])
def test_a_language_is_recognised(languages, language, text):
    assert languages.foreign(text) == language


def test_of_short_messages_in_eight_languages_hardly_any_is_missed(languages):
    lines = Path(__file__).with_name("languages.tsv").read_text(encoding="utf-8").splitlines()
    told = [line.split("\t") for line in lines]
    missed = [(language, text) for language, text in told if languages.foreign(text) != language]
    assert len(told) == 120
    assert len(missed) <= 7, missed


@pytest.mark.parametrize("text", ["", "?", "🙏", "123", "a", "ok", "CAD", "prod tech?", "wat skillz u need 4 dis"])
def test_little_text_and_odd_spelling_stay_english(languages, text):
    assert languages.foreign(text) is None


def test_of_the_english_examples_hardly_any_is_taken_for_another_language(languages):
    texts = [
        unmarked(line.removeprefix("- "))[0]
        for path in sorted((ROOT / "data" / "nlu").glob("*.yml"))
        for line in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"][0]["examples"].splitlines()
    ]
    taken = [text for text in texts if languages.foreign(text)]
    assert len(taken) <= len(texts) / 500, taken  # keys struck at random are of no language


def test_each_language_has_its_sentence():
    responses = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
    told = {name.removeprefix("utter_english_only_") for name in responses if name.startswith("utter_english_only_")}
    assert told == set(LANGUAGES) - {ENGLISH}
