"""No server outlives its watcher: `python -m bot.orphans WATCHER MODULE ARGUMENTS` runs a module that dies with it."""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1  # linux/prctl.h
LOOK = 1.0  # seconds between two looks at who our parent is


def main() -> None:
    """Run a module as `python -m` does, bound to the process that started us."""
    watcher, module, *arguments = sys.argv[1:]
    die_with(int(watcher))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def die_with(parent: int) -> None:
    """Be killed as soon as the process `parent`, which started us, is no more, however it ended.

    On Linux the kernel does it, also to a process that is stopped or hangs; it takes the end of the thread that
    started us for the end of the parent, so that has to be a thread that stays. Elsewhere a thread of ours looks.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before we could ask
        _die()
    threading.Thread(target=_die_without, args=(parent,), name="orphans", daemon=True).start()


def _die_without(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
