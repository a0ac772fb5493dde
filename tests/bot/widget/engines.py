"""Other engines than Chromium's, of which the tests need only that they open a page and run a script there."""

from __future__ import annotations

import json
import os
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.advisor import free_port, until
from tests.browser import firefox, webkit
from tests.npm import package

START = 30  # seconds
SCREEN = ":97"
PUPPETEER = """
import puppeteer from {module};
const browser = await puppeteer.launch({{ browser: "firefox", executablePath: {firefox}, headless: true }});
try {{
    const page = await browser.newPage();
    await page.goto({url});
    console.log(JSON.stringify(await page.evaluate({script})));
}} finally {{
    await browser.close();
}}
"""


def in_firefox(url: str, script: str, folder: Path) -> Any:
    """What an async function, given as JavaScript, returns on a page in Debian's Firefox."""
    module = package("puppeteer-core", "25.16.0") / "lib" / "puppeteer" / "puppeteer-core.js"
    told = {"module": str(module), "firefox": firefox(), "url": url, "script": f"({script})()"}
    program = folder / "firefox.mjs"
    program.write_text(PUPPETEER.format(**{name: json.dumps(value) for name, value in told.items()}), encoding="utf-8")
    done = subprocess.run(["node", str(program)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def in_webkit(url: str, script: str, folder: Path) -> Any:
    """What an async function, given as JavaScript, returns on a page in Debian's WebKit, over W3C WebDriver."""
    driver, browser, screen = webkit()
    port = free_port()
    environment = {
        **os.environ,
        "DISPLAY": SCREEN,
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        "HOME": str(folder),
    }
    options = {"webkitgtk:browserOptions": {"binary": browser, "args": ["--automation"]}}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [subprocess.Popen([screen, SCREEN, "-screen", "0", "1280x900x24"], **quiet)]
    try:
        until(lambda: Path(f"/tmp/.X11-unix/X{SCREEN[1:]}").exists(), START)
        running.append(subprocess.Popen([driver, f"--port={port}", "--host=127.0.0.1"], env=environment, **quiet))
        until(lambda: _answers(port), START)
        session = "/session/" + _call(port, "POST", "/session", {"capabilities": {"alwaysMatch": options}})["sessionId"]
        _call(port, "POST", f"{session}/url", {"url": url})
        done = f"const done = arguments[0]; ({script})().then(done, (error) => done(String(error)));"
        result = _call(port, "POST", f"{session}/execute/async", {"script": done, "args": []})
        _call(port, "DELETE", session)
        return result
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(10)


def _answers(port: int) -> bool:
    try:
        return bool(_call(port, "GET", "/status"))
    except urllib.error.URLError:
        return False


def _call(port: int, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())["value"]
