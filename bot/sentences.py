"""The domain's sentences, for what is said where no model is at hand: on pages, by commands, to the owner's channel."""

from __future__ import annotations

from functools import cache

import yaml

from bot.settings import ROOT


def sentence(response: str, channel: str | None = None, **values: str) -> str:
    """A sentence as a channel has it, filled in; raises `KeyError` where there is none."""
    variants = {each.get("channel"): each["text"] for each in _responses()[response]}
    return (variants.get(channel) or variants[None]).format(**values)


@cache
def _responses() -> dict[str, list[dict[str, str]]]:
    return yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
