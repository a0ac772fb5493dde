"""Who may ask the website's channel what: the origin, the session, how often, and a body that can be read."""

from __future__ import annotations

from typing import Any

from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels import session
from bot.channels.refusals import SENTENCES, Refusal
from bot.channels.session import Session
from bot.edge.addresses import visitor_address
from bot.edge.limits import Limit, TooMany
from bot.edge.origins import allowed_origins, cors_headers, is_allowed

GUARDED = ("/web/", "/plain", "/webhooks/rest/")  # the pages themselves are everybody's, and Slack signs what it sends
LARGEST_BODY = 100_000  # bytes; the server itself takes more, for Slack's clicks
RENEWED = "X-Advisor-Token"  # the header that brings a visitor the token to use from now on


class Gate:
    """Lets a request through, or raises a `Refusal` that says why not."""

    def __init__(self, *, secret: str, origins: str, proxies: int) -> None:
        self._secret = secret
        self._origins = allowed_origins(origins)
        self._proxies = proxies
        self._by_session = Limit(burst=20, per_minute=20)
        self._by_address = Limit(burst=60, per_minute=120)  # a school has many visitors and one address
        self._reading = Limit(burst=120, per_minute=240)
        self._sessions = Limit(burst=100, per_minute=60)
        self._programs = Limit(burst=1500, per_minute=3000)  # of the REST channel, which asks one after the other

    def refuse_foreign(self, request: Request) -> None:
        """Refuse what the page of a website asks that is not allowed to, and what is too large, before it is read.

        A browser's question whether it may ask is let through: the page could not read why it was refused.
        """
        if not request.path.startswith(GUARDED) or _is_preflight(request):
            return
        if not self._is_allowed(request):
            raise Refusal(403, "This website may not use the advisor; its owner can allow it.")
        if int(request.headers.get("content-length") or 0) > LARGEST_BODY:
            raise Refusal(413, SENTENCES[413])

    def let_page_read(self, request: Request, answer: HTTPResponse) -> None:
        """Let the page of an allowed website read an answer, refusals included; any other that it is not allowed."""
        if request.path.startswith(GUARDED) and (answer.status == 403 or self._is_allowed(request)):
            for name, value in cors_headers(request.headers.get("origin")).items():
                answer.headers.setdefault(name, value)

    def new_session(self, request: Request) -> str:
        """A token for a new visitor."""
        self._spend(self._sessions, self.address(request))
        return session.issue(self._secret)

    def reader(self, request: Request, token: str | None = None) -> Session:
        """The session of the visitor who asks for something that costs little; the token is the request's or given."""
        visitor = self._visitor(token or request.token)
        self._spend(self._reading, self.address(request))
        return visitor

    def speaker(self, request: Request, token: str | None = None) -> Session:
        """The session of the visitor who has something to say; its limit spares those of the same address."""
        visitor = self._visitor(token or request.token)
        self._spend(self._by_session, visitor.id)
        self._spend(self._by_address, self.address(request))
        return visitor

    def program(self, request: Request) -> str:
        """The address of a program that asks over REST."""
        address = self.address(request)
        self._spend(self._programs, address)
        return address

    def renewal(self, visitor: Session) -> dict[str, str]:
        """The header that renews a session by its use; none while its token is young."""
        token = session.renewed(self._secret, visitor)
        return {RENEWED: token} if token else {}

    def address(self, request: Request) -> str:
        """The address that a request counts for."""
        forwarded = ",".join(request.headers.getall("x-forwarded-for", []))  # some proxies add a line of their own
        return visitor_address(request.ip, forwarded, proxies=self._proxies)

    @staticmethod
    def body(request: Request) -> dict[str, Any]:
        """The JSON object that a request brings."""
        _check(request, "application/json")
        try:
            body = request.json
        except (InvalidUsage, RecursionError) as error:
            raise Refusal(400, "The body is not JSON.") from error
        if not isinstance(body, dict):
            raise Refusal(400, "The body has to be a JSON object.")
        return body

    @staticmethod
    def form(request: Request) -> dict[str, str]:
        """The fields of the form that a request brings, each once."""
        _check(request, "application/x-www-form-urlencoded")
        return {name: values[0] for name, values in (request.form or {}).items()}

    def _visitor(self, token: str | None) -> Session:
        try:
            return session.opened(self._secret, token)
        except session.InvalidToken as error:
            raise Refusal(401, str(error)) from error

    def _is_allowed(self, request: Request) -> bool:
        host, origin = request.headers.get("host", ""), request.headers.get("origin")
        return is_allowed(origin, host, self._origins, scheme=self._scheme(request))

    def _scheme(self, request: Request) -> str | None:
        """How the page itself was fetched; `None` where a proxy does not tell."""
        if not self._proxies:
            return "http"
        told = request.headers.get("x-forwarded-proto", "").rpartition(",")[2].strip().lower()
        return told if told in ("http", "https") else None

    @staticmethod
    def _spend(limit: Limit, key: str) -> None:
        try:
            limit.spend(key)
        except TooMany as error:
            raise Refusal(429, str(error), {"Retry-After": str(error.wait)}) from error


def _check(request: Request, kind: str) -> None:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != kind:
        raise Refusal(415, f"The content type has to be {kind}.")
    if len(request.body) > LARGEST_BODY:  # sent in chunks, without saying how much it is
        raise Refusal(413, SENTENCES[413])


def _is_preflight(request: Request) -> bool:
    return request.method == "OPTIONS" and request.path.startswith("/web/")
