"""What has to be there before the servers start: the knowledge base and the model, each made where it is stale.

`bot.run` runs it as a process of its own, since what reads and learns takes memory that a watcher has no use for.
"""

from __future__ import annotations

import signal
import sys
from types import FrameType

from bot import training
from bot.settings import Settings, SettingsError
from knowledge.build import build_documents
from knowledge.model import Refused

INTERRUPTED = 130  # the exit code of what Ctrl-C has ended


def main() -> int:
    """Prepare; returns the exit code: 0, 1 with one sentence on stderr, or 130 where it was interrupted."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        prepare(Settings.of_environment())
    except (SettingsError, Refused, training.TrainingFailed) as reason:
        print(reason, file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def prepare(settings: Settings) -> None:
    """Build the knowledge base and train the model, each where it is stale; raises `Refused`, `TrainingFailed`."""
    built = build_documents(settings.database_url)
    print(f"Knowledge base: {'built' if built else 'up to date'}.", flush=True)
    training.train_where_stale(settings.environment("http://127.0.0.1:1"))


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
