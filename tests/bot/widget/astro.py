"""Astro's client router as its build puts it on a page: the markup of its component, and the component's script."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.npm import package

HEAD = re.compile(r"---\n.*?\n---\n(?P<before>.*)<script>(?P<script>.*)</script>(?P<after>.*)", re.DOTALL)
MODULES = {  # those that Astro's plugins for Vite make up
    "astro:transitions/client": "astro/virtual-modules/transitions-router.js",
    "virtual:astro:adapter-config/client": "data:text/javascript,export const internalFetchHeaders = {}",
}
VALUES = {  # those that they fill in where nothing is configured
    "import.meta.env.DEV": "false",
    "import.meta.env.SSR": "false",
    "__PREFETCH_DISABLED__": "false",
    "__PREFETCH_PREFETCH_ALL__": "undefined",
    "__PREFETCH_DEFAULT_STRATEGY__": "undefined",
    "__EXPERIMENTAL_CLIENT_PRERENDER__": "undefined",
}


def client_router(fallback: str, script: Path) -> str:
    """What `<ClientRouter fallback="…" />` leaves in the head of a page; its script, at /router.js, is written."""
    astro = package("astro", "7.3.5", alone=True)
    component = HEAD.match((astro / "components" / "ClientRouter.astro").read_text(encoding="utf-8"))
    assert component
    esbuild = package("esbuild", "0.28.2") / "bin" / "esbuild"
    options = [f"--alias:{name}={module}" for name, module in MODULES.items()]
    options += [f"--define:{name}={value}" for name, value in VALUES.items()]
    command = [str(esbuild), "--bundle", "--format=esm", "--loader=ts", f"--outfile={script}", *options]
    beside = astro.parent.parent  # where `astro/…` is found
    done = subprocess.run(command, input=component["script"], cwd=beside, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    markup = component["before"] + '<script type="module" src="/router.js"></script>' + component["after"]
    return markup.replace("{fallback}", f'"{fallback}"')
