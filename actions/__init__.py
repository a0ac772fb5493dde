"""The action server. Thin: which occupation, which question -> facts -> an answer."""
