"""What the owner sets while the advisor runs: help, notices, where questions go, greeting and starters."""

from __future__ import annotations

from bot.owner.keys import KEYS, InvalidSetting, Owner
from bot.owner.store import Kept, OwnerSettings

__all__ = ["KEYS", "InvalidSetting", "Kept", "Owner", "OwnerSettings"]
