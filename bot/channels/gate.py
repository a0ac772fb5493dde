"""Who may ask the website's channel what: the origin, the session, how often, and a body that can be read."""

from __future__ import annotations

from typing import Any

from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels import session
from bot.channels.limits import Limit, TooMany, visitor_address
from bot.channels.origins import allowed_origins, cors_headers, is_allowed
from bot.channels.refusals import SENTENCES, Refusal

GUARDED = "/web/"  # the pages themselves are everybody's
LARGEST_BODY = 100_000  # bytes; the server itself takes more, for Slack's clicks


class Gate:
    """Lets a request through, or raises a `Refusal` that says why not."""

    def __init__(self, *, secret: str, origins: str, proxies: int) -> None:
        self._secret = secret
        self._origins = allowed_origins(origins)
        self._proxies = proxies
        self._by_session = Limit(burst=20, per_minute=20)
        self._by_address = Limit(burst=200, per_minute=200)  # a school has many visitors and one address
        self._sessions = Limit(burst=100, per_minute=60)

    def refuse_foreign(self, request: Request) -> None:
        """Refuse what the page of a website asks that is not allowed to, and what is too large, before it is read."""
        if not request.path.startswith(GUARDED):
            return
        if not self._is_allowed(request):
            raise Refusal(403, "This website may not use the advisor; its owner can allow it.")
        if int(request.headers.get("content-length") or 0) > LARGEST_BODY:
            raise Refusal(413, SENTENCES[413])

    def let_page_read(self, request: Request, answer: HTTPResponse) -> None:
        """Let the page of an allowed website read an answer, refusals included."""
        if request.path.startswith(GUARDED) and self._is_allowed(request):
            for name, value in cors_headers(request.headers.get("origin")).items():
                answer.headers.setdefault(name, value)

    def new_session(self, request: Request) -> str:
        """A token for a new visitor."""
        self.body(request)
        self._spend(self._sessions, self._address(request))
        return session.issue(self._secret)

    def visitor(self, request: Request) -> str:
        """The id of the visitor who asks, for something that costs little."""
        visitor = self._visitor(request)
        self._spend(self._by_address, self._address(request))
        return visitor

    def speaker(self, request: Request) -> str:
        """The id of the visitor who has something to say; the session's limit spares those of the same address."""
        visitor = self._visitor(request)
        self._spend(self._by_session, visitor)
        self._spend(self._by_address, self._address(request))
        return visitor

    @staticmethod
    def body(request: Request) -> dict[str, Any]:
        """The JSON object that a request brings."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Refusal(415, "The content type has to be application/json.")
        if len(request.body) > LARGEST_BODY:  # sent in chunks, without saying how much it is
            raise Refusal(413, SENTENCES[413])
        try:
            body = request.json
        except InvalidUsage as error:
            raise Refusal(400, "The body is not JSON.") from error
        if not isinstance(body, dict):
            raise Refusal(400, "The body has to be a JSON object.")
        return body

    def _visitor(self, request: Request) -> str:
        try:
            return session.session_id(self._secret, request.token)
        except session.InvalidToken as error:
            raise Refusal(401, str(error)) from error

    def _is_allowed(self, request: Request) -> bool:
        return is_allowed(request.headers.get("origin"), request.headers.get("host", ""), self._origins)

    def _address(self, request: Request) -> str:
        forwarded = ",".join(request.headers.getall("x-forwarded-for", []))  # some proxies add a line of their own
        return visitor_address(request.ip, forwarded, proxies=self._proxies)

    @staticmethod
    def _spend(limit: Limit, key: str) -> None:
        try:
            limit.spend(key)
        except TooMany as error:
            raise Refusal(429, str(error), {"Retry-After": str(error.wait)}) from error
