"""A stand-in for Slack that speaks its protocol: the Web API methods used, Socket Mode, and its failures."""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Awaitable
from typing import Any, TypeVar

from aiohttp import WSMsgType, web

from tests.advisor import free_port, until
from tests.slack.limits import complaint, faults

BOT_TOKEN, APP_TOKEN = "xoxb-1-bot-of-the-tests", "xapp-1-app-of-the-tests"
TEAM, BOT, BOT_ID = "T1", "U0BOT", "B0BOT"
USES = 5  # of a response URL

Answer = TypeVar("Answer")


class SlackStandIn:
    """One workspace with one app; runs in a thread of its own, so that tests read from top to bottom.

    `messages` are what the app has posted, by channel; `said` what people have; `private` what only one person sees;
    `homes` the App Homes by user; `sessions` an agent's by thread, with title and states, where it `has_agents`;
    `prompts` what was suggested last, by channel; `calls` each Web API call as (method, arguments).
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.messages: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.said: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.private: list[dict[str, Any]] = []
        self.homes: dict[str, dict[str, Any]] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.tokens = {BOT_TOKEN, APP_TOKEN}
        self.connections: list[web.WebSocketResponse] = []
        self.has_agents = False
        self.sessions: dict[str, dict[str, Any]] = {}
        self.prompts: dict[str, dict[str, Any]] = {}
        self._failures: dict[str, deque[Any]] = defaultdict(deque)
        self._shared: list[dict[str, Any]] = []
        self._tickets: set[str] = set()
        self._refused_kinds: set[str] = set()
        self._acks: dict[str, asyncio.Future] = {}
        self._uses: dict[str, int] = defaultdict(int)
        self._numbers = itertools.count(1)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._runner: web.AppRunner | None = None
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def api_url(self) -> str:
        return f"{self.url}api/"

    def run(self, work: Awaitable[Answer], seconds: float = 30) -> Answer:
        """Do something in the stand-in's thread and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    def up(self) -> SlackStandIn:
        """Be reachable."""
        self.run(self._up())
        return self

    def down(self) -> None:
        """Be gone: every connection breaks, none can be made."""
        self.run(self._runner.cleanup())
        self.connections.clear()

    def close(self) -> None:
        """Stop for good."""
        if self._runner:
            self.run(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def fail(self, method: str, *failures: Any) -> None:
        """The next calls of a method fail: a number is an HTTP status, (429, seconds) a rate limit, a text an error.

        "drop" breaks the connection before anything is done, "drop after" once it is done.
        """
        self._failures[method].extend(failures)

    def refuse_kinds(self, *kinds: str) -> None:
        """Take no message with such blocks from now on, as a workspace that is not allowed them."""
        self._refused_kinds |= set(kinds)

    def methods(self) -> list[str]:
        """The Web API methods called, the first first."""
        return [method for method, _ in self.calls]

    def ts(self) -> str:
        """A new timestamp, as Slack's messages have it."""
        return f"{int(time.time())}.{next(self._numbers):06d}"

    def response_url(self) -> str:
        """A new address to answer a command or a click at."""
        return f"{self.url}response/{next(self._numbers)}"

    def drop_connections(self, reason: str | None = None) -> None:
        """Break each connection, or ask the app with a reason to open a new one."""
        self.run(self._drop(reason))

    def wait_connected(self, connections: int = 1, seconds: float = 60) -> None:
        """Wait until the app has so many connections."""
        until(lambda: len(self.connections) >= connections, seconds)

    async def envelope(self, kind: str, payload: dict[str, Any], *, to: int = -1, **more: Any) -> float:
        """Send something over Socket Mode; returns the seconds until the app has acknowledged it."""
        identity = f"envelope-{next(self._numbers)}"
        self._acks[identity] = self._loop.create_future()
        began = time.monotonic()
        message = {"envelope_id": identity, "type": kind, "payload": payload, "accepts_response_payload": False, **more}
        await self.connections[to].send_json(message)
        await asyncio.wait_for(self._acks[identity], 30)
        return time.monotonic() - began

    async def _up(self) -> None:
        app = web.Application(client_max_size=10_000_000)
        for verb in ("GET", "POST"):  # slack_sdk reads with the one and writes with the other
            app.router.add_route(verb, "/api/{method}", self._api)
        app.router.add_post("/response/{number}", self._response)
        app.router.add_get("/link", self._link)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()

    async def _drop(self, reason: str | None) -> None:
        for connection in list(self.connections):
            if reason:
                await connection.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
            else:
                connection._req.transport.abort()

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401)
        self._tickets.discard(ticket)  # an address is good for one connection
        connection = web.WebSocketResponse()
        await connection.prepare(request)
        await connection.send_json({"type": "hello", "num_connections": len(self.connections) + 1})
        self.connections.append(connection)
        async for message in connection:
            if message.type == WSMsgType.TEXT:
                acknowledged = self._acks.get(json.loads(message.data).get("envelope_id"))
                if acknowledged and not acknowledged.done():
                    acknowledged.set_result(json.loads(message.data))
        if connection in self.connections:
            self.connections.remove(connection)
        return connection

    async def _response(self, request: web.Request) -> web.Response:
        after = list(self._failures["response_url"])[:1] == ["drop after"]
        failed = None if after else self._failure("response_url", request)
        if failed is not None:
            return failed
        number, message = request.match_info["number"], await request.json()
        self._uses[number] += 1
        if self._uses[number] > USES:
            return web.Response(status=404, text="used_url")
        if wrong := self._complaint(message):
            return web.Response(status=400, text=wrong)
        self.private.append({**message, "number": number})
        if message.get("response_type") == "in_channel":
            self._shared.append({"ts": self.ts(), "user": BOT, **message})
        if after:
            self._failures["response_url"].popleft()
            request.transport.abort()
        return web.Response(text="ok")

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        self.calls.append((method, arguments))
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.tokens:
            return web.json_response({"ok": False, "error": "invalid_auth"})
        after = list(self._failures[method])[:1] == ["drop after"]
        failed = None if after else self._failure(method, request)
        if failed is not None:
            return failed
        handler = getattr(self, "_" + method.replace(".", "_"), None)
        if handler is None:
            return web.json_response({"ok": False, "error": "unknown_method"})
        answer = await handler(arguments)
        if after:
            self._failures[method].popleft()
            request.transport.abort()
        return web.json_response({"ok": "error" not in answer, **answer})

    def _failure(self, method: str, request: web.Request) -> web.Response | None:
        if not self._failures[method]:
            return None
        failure = self._failures[method].popleft()
        if failure == "drop":
            request.transport.abort()
            return web.Response()
        if isinstance(failure, tuple):
            error = {"ok": False, "error": "ratelimited"}
            return web.json_response(error, status=failure[0], headers={"Retry-After": str(failure[1])})
        if isinstance(failure, int):
            return web.Response(status=failure, text="something broke")
        return web.json_response({"ok": False, "error": failure})

    def _complaint(self, message: dict[str, Any]) -> str | None:
        refused = self._refused_kinds & {block["type"] for block in message.get("blocks") or []}
        return "invalid_blocks" if refused else complaint(message)

    async def _auth_test(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {"url": self.url, "team_id": TEAM, "user_id": BOT, "bot_id": BOT_ID, "user": "advisor", "team": "Tests"}

    async def _apps_connections_open(self, arguments: dict[str, Any]) -> dict[str, Any]:
        ticket = f"ticket-{next(self._numbers)}"
        self._tickets.add(ticket)
        return {"url": f"ws://127.0.0.1:{self.port}/link?ticket={ticket}"}

    async def _chat_postMessage(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        if wrong := self._complaint(arguments):
            return {"error": wrong}
        if arguments["channel"] == "CGONE":
            return {"error": "channel_not_found"}
        message = {"ts": self.ts(), "user": BOT, "bot_id": BOT_ID, "type": "message", **arguments}
        self.messages[arguments["channel"]].append(message)
        return {"ts": message["ts"], "channel": arguments["channel"], "message": message}

    async def _chat_update(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if wrong := self._complaint(arguments):
            return {"error": wrong}
        for message in self.messages[arguments["channel"]]:
            if message["ts"] == arguments["ts"]:
                changed = {key: arguments[key] for key in ("text", "blocks", "metadata") if key in arguments}
                message.update(changed)
                return {"ts": message["ts"]}
        return {"error": "message_not_found"}

    async def _conversations_replies(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """A thread from its first message on, which is there whatever `oldest` says; the others between two times."""
        thread = arguments["ts"]
        said = sorted(
            (
                message
                for message in [*self.said[arguments["channel"]], *self.messages[arguments["channel"]]]
                if thread in (message.get("thread_ts"), message["ts"])
            ),
            key=lambda each: float(each["ts"]),
        )
        oldest, latest = float(arguments.get("oldest", 0)), float(arguments.get("latest", "inf"))
        told = [each for each in said if each["ts"] == thread or oldest <= float(each["ts"]) <= latest]
        return {"messages": told[: int(arguments.get("limit", 1000))]}

    async def _conversations_history(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """What stands in a channel, the latest first; an answer that was shared stands in all of them here."""
        said = [*self.messages[arguments["channel"]], *self._shared]
        return {"messages": [message for message in reversed(said) if "thread_ts" not in message]}

    async def _blocks_validate(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """What is wrong with blocks, or with those of a message or a view; exactly one of them is given."""
        given = {name: arguments[name] for name in ("blocks", "message", "view") if name in arguments}
        if len(given) != 1:
            return {"error": "invalid_arguments"}
        [(name, payload)] = given.items()
        wrong = faults(payload if name == "blocks" else payload.get("blocks") or [])
        return {"error": f"invalid_{name}", "errors": wrong} if wrong else {}

    async def _views_publish(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if wrong := complaint(arguments["view"]):
            return {"error": wrong}
        self.homes[arguments["user_id"]] = arguments["view"]
        return {}

    async def _agents_sessions_setStatus(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        """The state of a thread's session, which the first call makes; Slack keeps the title of that one."""
        if not self.has_agents:
            return {"error": "unknown_method"}
        if arguments["status"] not in ("active", "processing", "suspended", "closed"):
            return {"error": "invalid_arguments"}
        if not arguments.get("thread_ts") or len(arguments.get("title", "")) > 200:
            return {"error": "invalid_arguments"}
        session = self.sessions.setdefault(arguments["thread_ts"], {"title": arguments.get("title", ""), "states": []})
        session["states"].append(arguments["status"])
        return {"status": arguments["status"], "title": session["title"]}

    async def _assistant_threads_setTitle(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {}

    async def _assistant_threads_setSuggestedPrompts(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        """Prompts of a thread, or of a direct message; of an agent's, those of a thread are silently dropped."""
        prompts = arguments["prompts"]
        if not 0 < len(prompts) <= 4 or not all(each.get("title") and each.get("message") for each in prompts):
            return {"error": "invalid_arguments"}
        if not (self.has_agents and arguments.get("thread_ts")):
            self.prompts[arguments["channel_id"]] = arguments
        return {}

    async def _assistant_threads_setStatus(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {}


async def _arguments(request: web.Request) -> dict[str, Any]:
    """What a call says, as JSON or as a form whose lists and objects are JSON."""
    if request.content_type == "application/json":
        return await request.json()
    given = {**request.query, **(await request.post())}
    return {key: json.loads(value) if value[:1] in ("[", "{") else value for key, value in given.items()}
