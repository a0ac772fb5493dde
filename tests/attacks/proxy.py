"""A proxy with TLS in front of an advisor, run from the examples in docs/, and visitors who come through it."""

from __future__ import annotations

import os
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

from tests.advisor import ROOT, free_port, until
from tests.attacks.callers import Answer, Visitor
from tests.attacks.wire import connect

NAME = "advisor.example.org"
NGINX = """daemon off; {user} pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off; include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
{site}
}}
"""


class Through(Visitor):
    """A visitor who comes through a proxy, by its name and with TLS."""

    def __init__(self, proxy: Proxy, address: str = "127.0.0.1", forwarded: str = "") -> None:
        super().__init__(proxy.port, address, patience=30)
        self._proxy, self._address, self._more = proxy, address, {"X-Forwarded-For": forwarded} if forwarded else {}

    def opened(self) -> HTTPConnection:
        connection = HTTPConnection(NAME)  # the name that `Host` gets; where to is told by the socket
        plain = connect(self._proxy.port, self._address, patience=30)
        connection.sock = self._proxy.trust.wrap_socket(plain, server_hostname=NAME)
        return connection

    def call(self, method: str, path: str, body: object = None, fields: dict[str, str] | None = None) -> Answer:
        return super().call(method, path, body, {**(fields or {}), **self._more})


class Proxy:
    """A running proxy: its ports, and whom its certificate makes trust."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.plain_port = folder, free_port(), free_port()
        self.certificate, self.key = folder / "certificate.pem", folder / "key.pem"
        names = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}", "-days", "2"]
        kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        files = ["-keyout", str(self.key), "-out", str(self.certificate)]
        subprocess.run(["openssl", "req", *kind, *names, *files], check=True, capture_output=True)
        self.trust = ssl.create_default_context(cafile=str(self.certificate))

    @contextmanager
    def running(self, command: list[str]) -> Iterator[Proxy]:
        """The proxy as a process of ours, in the foreground."""
        at_home = {**os.environ, **dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(self.folder))}
        with (self.folder / "output").open("wb") as output:
            process = subprocess.Popen(command, cwd=self.folder, env=at_home, stdout=output, stderr=subprocess.STDOUT)
        try:
            until(lambda: process.poll() is not None or self._listens(), 30)
            assert process.poll() is None, (self.folder / "output").read_text()
            yield self
        finally:
            process.terminate()
            process.wait(timeout=20)

    def _listens(self) -> bool:
        with suppress(OSError):
            connect(self.port).close()
            return True
        return False


def nginx(program: str, folder: Path, port: int) -> AbstractContextManager[Proxy]:
    proxy = Proxy(folder)
    lines = (ROOT / "docs" / "nginx.conf").read_text().replace("127.0.0.1:5005", f"127.0.0.1:{port}").splitlines()
    site = "\n".join(line for line in lines if "listen [::]" not in line)
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{proxy.plain_port};"),
        ("listen 443 ", f"listen 127.0.0.1:{proxy.port} "),
        (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", str(proxy.certificate)),
        (f"/etc/letsencrypt/live/{NAME}/privkey.pem", str(proxy.key)),
    ):
        assert old in site, old
        site = site.replace(old, new)
    configuration = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # else its workers are another's, who cannot use our folder
    configuration.write_text(NGINX.format(folder=folder, site=site, user=user))
    return proxy.running([program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(configuration)])


def caddy(program: str, folder: Path, port: int) -> AbstractContextManager[Proxy]:
    proxy = Proxy(folder)
    text = (ROOT / "docs" / "Caddyfile").read_text().replace("127.0.0.1:5005", f"127.0.0.1:{port}")
    ports = [f"http_port {proxy.plain_port}", f"https_port {proxy.port}", "default_bind 127.0.0.1"]
    ours = "\n\t".join(["admin off", "auto_https disable_certs", *ports])
    assert "{\n\tservers {" in text
    assert f"\n{NAME} {{\n" in text
    text = text.replace("{\n\tservers {", f"{{\n\t{ours}\n\tservers {{", 1)
    text = text.replace(f"\n{NAME} {{\n", f"\n{NAME} {{\n\ttls {proxy.certificate} {proxy.key}\n", 1)
    configuration = folder / "Caddyfile"
    configuration.write_text(text)
    return proxy.running([program, "run", "--adapter", "caddyfile", "--config", str(configuration)])
