"""Sets up a locked environment with any Python from 3.8 on: python bot/environment.py run|tests|peers.

`run` is what the advisor needs, `tests` adds the tools of the tests, both in .venv; `peers` is an environment of its
own in .venv-peers, with TensorFlow, for bots to compare with. Standard library only; uv itself comes from the package
index too: uv.lock names its wheel and its SHA-256, so that nothing on the machine is needed or trusted. Does nothing
where the environment is up to date.
"""

import hashlib
import io
import os
import platform
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
LOCK = ROOT / "uv.lock"
STAMP = "advisor-environment"  # a file of the environment: what was installed, and of which lock
KINDS = {  # what is installed -> where, uv's options, about how much it is on disk
    "run": (".venv", ("--no-default-groups",), "1.3 GB"),
    "tests": (".venv", (), "1.6 GB"),
    "peers": (".venv-peers", ("--group", "peers"), "2.6 GB"),
}


def main():
    """Bring an environment up to date; returns the exit code."""
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    if kind not in KINDS:
        print("Set-up stopped: it is one of {}, not {}.".format(", ".join(KINDS), kind), file=sys.stderr)
        return 2
    name, options, size = KINDS[kind]
    venv = ROOT / name
    locked = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = venv / STAMP
    installed = stamp.read_text().split() if stamp.exists() else []
    if kind == "run" and installed[:1] == ["tests"]:  # whose tools do no harm, and would only be taken away and back
        kind, options, size = "tests", *KINDS["tests"][1:]
    if installed == [kind, locked] and works(venv / "bin" / "python"):
        return 0
    try:
        uv = find_uv()
        python = find_python(uv)
        say(f"Installing the locked packages into {name} (about {size} on disk; a minute or more at first) ...")
        os.environ["UV_PROJECT_ENVIRONMENT"] = str(venv)
        if stamp.exists():
            stamp.unlink()
        if run(uv, "sync", "--locked", "--compile-bytecode", "--system-certs", "--python", python, *options) != 0:
            raise SetupError("The packages could not be installed; uv's words above say why.")
    except SetupError as error:
        print(f"Set-up stopped: {error}", file=sys.stderr)
        return 1
    stamp.write_text(f"{kind} {locked}")
    return 0


class SetupError(Exception):
    """Why the environment cannot be set up, in one sentence with what to do."""


def find_uv():
    """The path of the uv that uv.lock pins, downloaded into .tools where it is not there yet."""
    url, sha256 = uv_wheel(LOCK.read_text(encoding="utf-8"), sys.platform, platform.machine())
    uv = TOOLS / f"{sha256[:12]}-uv"
    if not uv.exists():
        say("Fetching uv, the package installer ...")
        content = fetch(url)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise SetupError("uv was downloaded damaged (its SHA-256 is not the locked one); try again.")
        with zipfile.ZipFile(io.BytesIO(content)) as wheel:
            name = next(name for name in wheel.namelist() if name.endswith("/scripts/uv"))
            TOOLS.mkdir(exist_ok=True)
            part = uv.with_suffix(".part")
            part.write_bytes(wheel.read(name))
            part.chmod(0o755)
            part.replace(uv)
    return uv


def uv_wheel(lock, system, machine):
    """The address and SHA-256 of uv's wheel for a platform, as the text of uv.lock pins it."""
    wheels = re.findall(r'url = "([^"]+/uv-[\d.]+-py3-none-([^"]+)\.whl)", hash = "sha256:([0-9a-f]{64})"', lock)
    machine = {"amd64": "x86_64", "arm64": "arm64" if system == "darwin" else "aarch64"}.get(machine.lower(), machine)
    wanted = "macosx" if system == "darwin" else "manylinux"
    for url, tags, sha256 in wheels:
        if wanted in tags and machine in tags:
            return url, sha256
    raise SetupError(f"uv has no build for {system} on {machine}; Linux and macOS are supported.")


def fetch(url):
    """The bytes behind an address of the package index."""
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.read()
    except (urllib.error.URLError, OSError) as error:
        why = getattr(error, "reason", error)
        raise SetupError(
            f"The package index cannot be reached ({why}); check the network and run the command again."
        ) from error


def find_python(uv):
    """The path of a CPython 3.10: one that is there and runs, else one that uv brings."""
    candidates = [shutil.which("python3.10"), "/usr/bin/python3.10", "/usr/local/bin/python3.10"]
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    candidates += sorted(map(str, pyenv.glob("versions/3.10*/bin/python3.10")), reverse=True)
    for candidate in candidates:
        if candidate and works(candidate):
            return candidate
    say("No Python 3.10 here; asking uv for one ...")
    os.environ["UV_PYTHON_INSTALL_DIR"] = str(TOOLS / "python")
    if run(uv, "python", "install", "--system-certs", "3.10", quiet=True) != 0:
        raise SetupError(
            "No Python 3.10 was found and none could be fetched; install one (Rasa 3.6 runs on no newer one), "
            "for example with `pyenv install 3.10`, and run the command again."
        )
    return subprocess.check_output([str(uv), "python", "find", "--managed-python", "3.10"]).decode().strip()


def works(python):
    """Whether a path is a CPython 3.10 that runs; an inactive pyenv shim is there and does not."""
    check = "import sys; sys.exit(sys.version_info[:2] != (3, 10))"
    try:
        return subprocess.run([str(python), "-c", check], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def run(*command, quiet=False):
    """Run a command in the project's root and return its exit code."""
    environment = {
        key: value for key, value in os.environ.items() if key not in ("VIRTUAL_ENV", "UV_PYTHON", "PYENV_VERSION")
    }
    output = subprocess.DEVNULL if quiet else None
    return subprocess.call(
        [str(part) for part in command], cwd=str(ROOT), env=environment, stdout=output, stderr=output
    )


def say(text):
    """Tell the person what is being done."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
