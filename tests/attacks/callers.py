"""Who calls: programs over REST and visitors of the website, each from a loopback address of its own."""

from __future__ import annotations

import http.client
import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

REST, JSON = "/webhooks/rest/webhook", {"Content-Type": "application/json"}
MOST = 60  # times that a message is sent again


@dataclass(frozen=True)
class Answer:
    """What came back; the status is 0 where nothing did."""

    status: int = 0
    fields: dict[str, str] = field(default_factory=dict)  # names in lower case
    content: bytes = b""
    seconds: float = 0.0

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The lines of an answer on the website, as far as they came."""
        whole = self.content.split(b"\n")[:-1] if self.status == 200 else []
        return [json.loads(line) for line in whole]

    @property
    def is_whole(self) -> bool:
        """Whether a message was answered, to the end."""
        kinds = [line["type"] for line in self.lines]
        return kinds[-1:] == ["end"] and "reply" in kinds and "error" not in kinds

    @property
    def is_honest(self) -> bool:
        """Whether a refusal says when to try again."""
        return self.status in (429, 503) and self.fields.get("retry-after", "").isdigit()

    @property
    def wait(self) -> float:
        """Seconds after which to try again."""
        return float(self.fields["retry-after"]) if self.is_honest else 0.5


class Caller:
    """One caller with one connection, which is kept where the server keeps it."""

    def __init__(self, port: int, address: str = "127.0.0.1", *, patience: float = 60) -> None:
        self._to = {"host": "127.0.0.1", "port": port, "timeout": patience, "source_address": (address, 0)}
        self._connection: http.client.HTTPConnection | None = None

    def call(self, method: str, path: str, body: Any = None, fields: dict[str, str] | None = None) -> Answer:
        """Ask and wait for all of the answer."""
        began = time.monotonic()
        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        headers = {**(JSON if content is not None else {}), **(fields or {})}
        while True:
            kept = self._connection is not None
            try:
                self._connection = self._connection or self.opened()
                self._connection.request(method, path, content, headers)
                answer = self._connection.getresponse()
                got = {name.lower(): value for name, value in answer.getheaders()}
                try:
                    read = answer.read()
                except http.client.IncompleteRead as cut:
                    read = cut.partial
                if answer.will_close:
                    self.close()
                return Answer(answer.status, got, read, time.monotonic() - began)
            except (OSError, http.client.HTTPException):
                self.close()
                if not kept:  # else the server had closed it while nothing was said
                    return Answer(seconds=time.monotonic() - began)

    def opened(self) -> http.client.HTTPConnection:
        """A new connection."""
        return http.client.HTTPConnection(**self._to)

    def say(self, text: Any, sender: str | None = None) -> Answer:
        """Send a message over REST."""
        return self.call("POST", REST, {"sender": sender or uuid.uuid4().hex, "message": text})

    def insist(self, text: Any, sender: str | None = None) -> Answer:
        """The same, and again as often as it is honestly refused."""
        for _ in range(MOST):
            if not (answer := self.say(text, sender)).is_honest:
                break
            time.sleep(answer.wait)
        return answer

    def close(self) -> None:
        """End the connection."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None


class Visitor(Caller):
    """One visitor of the website; `token` is that of the session."""

    token = ""

    def begin(self) -> Answer:
        """Begin a session."""
        answer = self.call("POST", "/web/session", {})
        if answer.status == 200:
            self.token = json.loads(answer.content)["token"]
        return answer

    @property
    def conversation(self) -> str:
        """Under which the database keeps what is said."""
        return f"web:{self.token.split('.')[1]}"

    def chat(self, text: str, message_id: str | None = None) -> Answer:
        """Say something."""
        message = {"id": message_id or uuid.uuid4().hex, "text": text}
        return self.call("POST", "/web/message", message, self._signed())

    def history(self) -> list[dict[str, Any]]:
        """What was said, all pages of it."""
        entries, before = [], None
        while True:
            shown = json.loads(self.read(before).content)
            entries, before = shown["entries"] + entries, shown["before"]
            if before is None:
                return entries

    def read(self, before: int | None = None) -> Answer:
        """A page of what was said."""
        return self.call("GET", "/web/history" + (f"?before={before}" if before else ""), fields=self._signed())

    def _signed(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}
