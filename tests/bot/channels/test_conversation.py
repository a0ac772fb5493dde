"""What Rasa is given of what people send."""

from __future__ import annotations

import pytest

from bot.channels.conversation import clean, readable


@pytest.mark.parametrize(("sent", "cleaned"), [
    ("  what\tdoes\n\nit pay?  ", "what does it pay?"),
    ("cafe\u0301", "café"),
    ("a\u200bb\u202ec\x00d", "abcd"),
    ("y\ud83dz", "yz"),
    ("z\u0337\u0321\u031b\u0332\u0330a", "z\u0337\u0321a"),
    ("नमस्ते दुनिया", "नमस्ते दुनिया"),
    ("مرحبا", "مرحبا"),
    (None, ""),
    (5, ""),
])
def test_a_message_is_cleaned_to_its_words_on_one_line(sent, cleaned):
    assert clean(sent) == cleaned


@pytest.mark.parametrize("text", ["a", "7", "你", "🙏", "?", "why?"])
def test_letters_digits_and_symbols_can_be_read(text):
    assert readable(text)


@pytest.mark.parametrize("text", ["", "...", "-- ,", "()"])
def test_bare_punctuation_cannot(text):
    assert not readable(text)
