"""How common the words of English are: their order in the vocabulary of the sentence encoder."""

from __future__ import annotations

from functools import lru_cache

from knowledge.encoder import read_tokenizer


@lru_cache(maxsize=1)
def common_words() -> dict[str, int]:
    """The words that the encoder knows whole, each with its place among them, the commonest first."""
    vocabulary = read_tokenizer(1).get_vocab()
    known = [word for word in vocabulary if word.isascii() and word.isalpha() and len(word) > 1]
    return {word: place for place, word in enumerate(sorted(known, key=vocabulary.__getitem__))}


def is_common(word: str, most: int) -> bool:
    """Whether a word is among so many of the commonest."""
    return common_words().get(word.lower(), most) < most
