"""Which language a message is in: by its script, by its words, and by lingua among those of Latin letters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from lingua import IsoCode639_1, LanguageDetector, LanguageDetectorBuilder

ENGLISH = "en"
LATIN = (ENGLISH, "es", "fr", "de", "pt", "it", "pl", "tl", "vi")  # told apart by lingua
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
WORDS = {  # of languages that lingua does not know
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
NOT_ENGLISH = 0.15  # ... where it is as unlikely as this to be English: people spell as they speak
SURE_OF_A_WORD = 0.9  # the same for a single word: "meh", "gtg"
SEVERAL = 2  # words of a language from which a message may be in it, or half of it in English
PLAIN_ENGLISH = {
    "the", "what", "how", "is", "are", "do", "does", "for", "this", "job", "pay", "work", "need", "get",
    "with", "and", "you", "can", "much", "hours", "school", "they", "my", "want", "about", "hour",
}  # fmt: skip
WORD = re.compile(r"[^\W\d_]+")


class Languages:
    """Tells languages apart, short messages too; reads its models when it is made (seconds, 200 MB)."""

    def __init__(self) -> None:
        codes = [getattr(IsoCode639_1, code.upper()) for code in LATIN]
        builder = LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_preloaded_language_models()
        self._detector: LanguageDetector = builder.build()

    def foreign(self, text: str) -> str | None:
        """The code of a text's language; `None` for English, where half of it is English, and where it is not sure."""
        words = [word.lower() for word in WORD.findall(text)]
        if len(PLAIN_ENGLISH.intersection(words)) >= SEVERAL:
            return None
        return _by_script(text) or _by_words(words) or self._by_letters(text, words)

    def _by_letters(self, text: str, words: list[str]) -> str | None:
        if not words:
            return None
        confidences = {
            each.language.iso_code_639_1.name.lower(): each.value
            for each in self._detector.compute_language_confidence_values(text)
        }
        best = max(confidences, key=confidences.get)
        enough = SURE if len(words) > 1 or not text.isascii() else SURE_OF_A_WORD
        sure = confidences[best] >= enough and confidences[ENGLISH] < NOT_ENGLISH
        return best if best != ENGLISH and sure else None


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
