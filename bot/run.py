"""Starts everything, and stops everything: knowledge base, model, action server, Rasa server."""

from __future__ import annotations

import argparse
import contextlib
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType

from bot.folder import FolderError, close_to_others, held, make
from bot.listening import bound, free_port, url
from bot.logfiles import LogFile
from bot.process import Server
from bot.settings import HELP, MODEL, ROOT, VAR, Settings, SettingsError
from bot.supervisor import Stop
from bot.watch import say, stop, watch

PATIENCE = 10  # seconds that what is being prepared has to stop


class NotPrepared(Exception):
    """The knowledge base or the model could not be made; why has been said."""


def main() -> int:
    """Run until Ctrl-C, or until the servers cannot be kept running; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.run",
        description=__doc__,
        epilog=f"Environment:\n{HELP}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.parse_args()
    os.umask(0o077)
    try:
        make(VAR)
        with held(VAR):
            return run()
    except FolderError as reason:
        print(reason, file=sys.stderr, flush=True)
        return 1


def run() -> int:
    """As `main`, in a folder that is ours."""
    servers: list[Server] = []
    imports: list[subprocess.Popen] = []
    _on_signals(partial(_interrupt, servers))
    try:
        settings = Settings.of_environment()
        _refuse_taken_ports(settings)
        _close_files(settings)
        os.environ["DATABASE_URL"] = settings.database_url
        prepare(settings)
        servers += servers_of(settings)
        reach = url(settings.host, settings.port)
        ready = f"Ready. Chat with the advisor at {reach}/  (Ctrl-C stops it)"
        watch(servers, ready, then=partial(_import_data, settings, imports))
    except (Stop, SettingsError) as reason:
        print(reason, file=sys.stderr, flush=True)
        return 1
    except NotPrepared:
        return 1
    except KeyboardInterrupt:
        say("\nStopping ... (once more kills at once)")
    finally:
        _on_signals(partial(_kill, servers))
        for process in imports:
            process.terminate()  # nothing of what it was importing stays
        stop(servers)
    return 0


def prepare(settings: Settings) -> None:
    """Have the knowledge base and the model made where they are stale; raises `NotPrepared`, its reason told."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.orphans", str(os.getpid()), "bot.prepare"],
        cwd=ROOT,
        env=settings.environment("http://127.0.0.1:1"),
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # so that Ctrl-C reaches us alone, and we end it
    )
    try:
        if process.wait() != 0:
            raise NotPrepared
    except KeyboardInterrupt:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=PATIENCE)
        raise
    finally:
        process.kill()
        process.wait()


def servers_of(settings: Settings) -> list[Server]:
    """The action server and the Rasa server, which share a token, and the desk where it is wanted; none is started."""
    actions_url, token = url("127.0.0.1", port := free_port()), secrets.token_urlsafe(32)

    def log(name: str) -> LogFile:
        days, json_lines = settings.log_age, settings.log_format == "json"
        return LogFile(VAR / name, megabytes=settings.log_size, days=days, json_lines=json_lines)

    servers = [
        Server(
            "action server",
            ["bot.action_server", "--port", str(port)],
            settings.actions_environment(actions_url, token),
            log("actions.log"),
            actions_url,
            token,
        ),
        Server(
            "Rasa server",
            ["bot.server", "--host", settings.host, "--port", str(settings.port)],
            settings.environment(actions_url, token),
            log("rasa.log"),
            url(settings.host, settings.port),
        ),
    ]
    if settings.desk_port:
        servers.append(
            Server(
                "desk",
                ["bot.desk", "serve"],
                settings.environment(actions_url),
                log("desk.log"),
                url(settings.desk_host, settings.desk_port),
                beside=True,
            )
        )
    return servers


def _import_data(settings: Settings, imports: list[subprocess.Popen]) -> None:
    """Import what is new in the folder of downloads, beside the servers, which answer meanwhile."""
    if settings.data is not None:
        command = [sys.executable, "-m", "knowledge", "update", str(settings.data)]
        imports.append(subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL))


def _refuse_taken_ports(settings: Settings) -> None:
    wanted = [("PORT", settings.host, settings.port)]
    if settings.private_port:
        wanted.append(("ADVISOR_PRIVATE_PORT", "127.0.0.1", settings.private_port))
    if settings.desk_port:
        wanted.append(("ADVISOR_DESK_PORT", settings.desk_host, settings.desk_port))
    for name, host, port in wanted:
        try:
            bound(host, port).close()
        except OSError as error:
            raise Stop(
                f"Port {port} on {host} cannot be used ({error.strerror}); "
                f"choose another one, for example with {name}={port + 1} make run."
            ) from error


def _close_files(settings: Settings) -> None:
    """Take from other users what was made before it was made for us alone."""
    close_to_others(VAR, MODEL.parent)
    if settings.database_url.startswith("sqlite:///"):
        path = settings.database_url.removeprefix("sqlite:///").partition("?")[0]
        close_to_others(*(ROOT / f"{path}{ending}" for ending in ("", "-wal", "-shm", "-journal")))


def _on_signals(handler: Callable[[int, FrameType | None], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # SIGINT also where a shell starts us in the background with it ignored; `nohup` is meant
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, handler)


def _interrupt(servers: list[Server], number: int, frame: FrameType | None) -> None:
    """Stop; a second signal does not wait for anything."""
    _on_signals(partial(_kill, servers))
    raise KeyboardInterrupt


def _kill(servers: list[Server], number: int, frame: FrameType | None) -> None:
    for server in servers:
        server.signal(signal.SIGKILL)
    os._exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
