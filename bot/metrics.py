"""What is counted, in Prometheus' format, for the private side only: how much and how fast, nothing about who."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram, start_http_server

ANSWERS = Counter("advisor_answers", "Replies given, by channel and kind of answer.", ["channel", "kind"])
FAILED = Counter("advisor_failed_turns", "Turns that ended without an answer, by channel.", ["channel"])
UNSURE = Counter("advisor_unsure", "Replies that name what the sources do not say, by channel.", ["channel"])
REFUSALS = Counter("advisor_refusals", "Requests refused, by status.", ["status"])
SECONDS = Histogram(
    "advisor_turn_seconds",
    "From a message to the end of its answer, waiting included, by channel.",
    ["channel"],
    buckets=(0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 15),
)
WAITING = Gauge("advisor_waiting_turns", "Turns that wait in line.")
CONNECTIONS = Gauge("advisor_connections", "Open connections.")
CUT = Gauge("advisor_connections_cut", "Connections that were refused, or ended for others.")
OCCUPATIONS = Gauge("advisor_occupations", "Occupations of the owner's documents.")
IMPORTED = Gauge("advisor_imported_sources", "Sources of public data that are held.")


def serve(port: int) -> None:
    """Answer GET /metrics on the loopback interface, in a thread of its own; raises `OSError`."""
    start_http_server(port, addr="127.0.0.1")
