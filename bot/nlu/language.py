"""Which language a message is in, where it is surely not English."""

from __future__ import annotations

from lingua import IsoCode639_1, LanguageDetector, LanguageDetectorBuilder

ENGLISH = "en"
LANGUAGES = (ENGLISH, "es", "hi", "fr", "de", "pt", "zh", "ar")  # each has its sentence in the domain
SURE = 0.5  # confidence from which a message is in another language ...
NOT_ENGLISH = 0.15  # ... where it is as unlikely as this to be English: people spell as they speak
SURE_OF_A_WORD = 0.9  # the same for a single word: "meh", "gtg"


class Languages:
    """Tells languages apart, short messages too; reads its models when it is made (seconds, 200 MB)."""

    def __init__(self) -> None:
        codes = [getattr(IsoCode639_1, code.upper()) for code in LANGUAGES]
        builder = LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_preloaded_language_models()
        self._detector: LanguageDetector = builder.build()

    def foreign(self, text: str) -> str | None:
        """The ISO 639-1 code of a text's language; `None` for English, and where it is not sure."""
        if not any(character.isalpha() for character in text):
            return None
        confidences = {
            each.language.iso_code_639_1.name.lower(): each.value
            for each in self._detector.compute_language_confidence_values(text)
        }
        best = max(confidences, key=confidences.get)
        enough = SURE if len(text.split()) > 1 or not text.isascii() else SURE_OF_A_WORD
        sure = confidences[best] >= enough and confidences[ENGLISH] < NOT_ENGLISH
        return best if best != ENGLISH and sure else None
