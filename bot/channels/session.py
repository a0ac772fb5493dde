"""Signed, expiring session tokens: who a visitor of the website is, without an account or a cookie."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time

LIFETIME = 30 * 24 * 3600  # seconds
VERSION = "1"


class InvalidToken(ValueError):
    """A token that is malformed, forged or expired; its text says which."""


def issue(secret: str, *, now: float | None = None) -> str:
    """A new token: version, random id, expiry and their HMAC-SHA-256, joined by dots."""
    expires = int((time.time() if now is None else now) + LIFETIME)
    claims = f"{VERSION}.{secrets.token_urlsafe(16)}.{expires}"
    return f"{claims}.{_signature(secret, claims)}"


def session_id(secret: str, token: object, *, now: float | None = None) -> str:
    """The id that a token holds; raises `InvalidToken`."""
    parts = token.split(".") if isinstance(token, str) and token.isascii() else []
    if len(parts) != 4 or parts[0] != VERSION or not parts[2].isdigit():
        raise InvalidToken("The session token is malformed.")
    claims = ".".join(parts[:3])
    if not hmac.compare_digest(parts[3], _signature(secret, claims)):
        raise InvalidToken("The session token is not one of ours.")
    if int(parts[2]) < (time.time() if now is None else now):
        raise InvalidToken("The session has expired.")
    return parts[1]


def _signature(secret: str, claims: str) -> str:
    digest = hmac.new(secret.encode(), claims.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")
