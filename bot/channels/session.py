"""Signed, expiring session tokens: who a visitor of the website is, without an account or a cookie."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass

LIFETIME = 7 * 24 * 3600  # seconds after its last use
RENEWED = 24 * 3600  # seconds of use after which a token is replaced
VERSION = "1"


class InvalidToken(ValueError):
    """A token that is malformed, forged or expired; its text says which."""


@dataclass(frozen=True)
class Session:
    """What a token holds: an id, and until when it opens that (seconds since 1970)."""

    id: str
    expires: int


def issue(secret: str, *, session: str | None = None, now: float | None = None) -> str:
    """A new token, of a new session or of one: version, id, expiry and their HMAC-SHA-256, joined by dots."""
    expires = int(_now(now) + LIFETIME)
    claims = f"{VERSION}.{session or secrets.token_urlsafe(16)}.{expires}"
    return f"{claims}.{_signature(secret, claims)}"


def opened(secret: str, token: object, *, now: float | None = None) -> Session:
    """The session that a token opens; raises `InvalidToken`."""
    parts = token.split(".") if isinstance(token, str) and token.isascii() else []
    if len(parts) != 4 or parts[0] != VERSION or not parts[2].isdigit():
        raise InvalidToken("The session token is malformed.")
    claims = ".".join(parts[:3])
    if not hmac.compare_digest(parts[3], _signature(secret, claims)):
        raise InvalidToken("The session token is not one of ours.")
    if int(parts[2]) < _now(now):
        raise InvalidToken("The session has expired.")
    return Session(parts[1], int(parts[2]))


def renewed(secret: str, session: Session, *, now: float | None = None) -> str | None:
    """A token that opens a session for longer; `None` where the last one is still young."""
    if session.expires - _now(now) > LIFETIME - RENEWED:
        return None
    return issue(secret, session=session.id, now=now)


def _now(now: float | None) -> float:
    return time.time() if now is None else now


def _signature(secret: str, claims: str) -> str:
    digest = hmac.new(secret.encode(), claims.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")
