"""Two small servers as the advisor has two, and their watcher: `python -m tests.bot.watched FOLDER PORT PORT`.

They are ready within a tenth of a second, are taken to hang after two, or thirty where they compute, and may be
started again three times. BESIDE names the number of one that the other can do without.
"""

from __future__ import annotations

import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from bot import process, supervisor
from bot.logfiles import LogFile
from bot.process import Server
from bot.supervisor import Stop
from bot.watch import stop, watch


class Small(BaseHTTPRequestHandler):
    """Lives, and is ready unless its folder says otherwise."""

    def do_GET(self) -> None:  # noqa: N802
        end = time.monotonic() + (3 if Path("starved").exists() else 0)
        while time.monotonic() < end or Path("endless").exists():
            if Path("starved").exists():
                time.sleep(0.05)
                compute(0.01)
        well = self.path == "/health" or not Path("unready").exists()
        allowed = self.headers["Authorization"] == "Bearer token"
        self.send_response(401 if not allowed else 200 if well else 503)
        self.end_headers()

    def log_message(self, *told: object) -> None:
        """Nothing."""


def compute(seconds: float) -> None:
    """Use a processor for some time."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def serve(folder: str, port: str) -> None:
    """Be one of the servers, or die at once where the folder says so."""
    os.chdir(folder)
    print("starting", flush=True)
    if Path("broken").exists():
        sys.exit(3)
    HTTPServer(("127.0.0.1", int(port)), Small).serve_forever()


def main(folder: str, *ports: str) -> int:
    """Watch one server for each port; returns the exit code."""
    supervisor.SILENCE = process.SILENCE = 2.0
    supervisor.STARVED = 30.0
    supervisor.RESTARTS = 3
    supervisor.PATIENCE = 5.0
    process.ASK = 0.1
    servers = [
        Server(
            f"server {number}",
            ["tests.bot.watched", "serve", folder, port],
            dict(os.environ),
            LogFile(Path(folder) / f"{number}.log"),
            f"http://127.0.0.1:{port}",
            "token",
            beside=os.environ.get("BESIDE") == str(number),
        )
        for number, port in enumerate(ports, start=1)
    ]
    try:
        watch(servers, "Ready.")
    except Stop as reason:
        print(reason, flush=True)
        return 1
    finally:
        stop(servers)


if __name__ == "__main__":
    sys.exit(serve(*sys.argv[2:]) if sys.argv[1] == "serve" else main(*sys.argv[1:]))
