"""The desk's server: Waitress, with a few threads, on an address of this machine unless the owner says otherwise."""

from __future__ import annotations

from waitress.server import create_server

from bot import logs
from bot.desk.app import LARGEST, create_app
from bot.desk.context import NAME, Options
from bot.desk.users import NotDone
from bot.listening import url
from bot.settings import Settings

THREADS = 4
SLOW = 60  # seconds after which a connection that says nothing is closed


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until stopped; raises `OSError` where it cannot listen, and `NotDone` where there is no port."""
    if not port:
        raise NotDone("Name a port for the desk, in ADVISOR_DESK_PORT or with --port.")
    logs.configure_from_environment()
    app = create_app(options_of(settings, host))
    server = create_server(
        app,
        host=host,
        port=port,
        threads=THREADS,
        channel_timeout=SLOW,
        max_request_body_size=LARGEST,
        clear_untrusted_proxy_headers=False,  # `proxied` takes them away
        ident=None,
    )
    app.extensions[NAME].background.start()
    print(f"The desk is at {url(host, port)}/desk", flush=True)
    server.run()


def options_of(settings: Settings, host: str) -> Options:
    """The options of a desk that listens at an address."""
    return Options(
        database_url=settings.database_url,
        secret=settings.secret,
        hosts=tuple(_flask_host(each) for each in [*settings.hosts.split(","), host] if each),
        header=settings.desk_header,
        proxies=settings.desk_proxies,
        retention=settings.retention,
        advisor=_address(settings.hosts),
        origins=settings.origins,
    )


def _address(hosts: str) -> str:
    """Where visitors reach the advisor: under the first host name that is no pattern; "" where none is named."""
    plain = next((name.rstrip(".") for name in hosts.split(",") if name and not name.startswith("*")), "")
    return f"https://{plain}" if plain else ""


def _flask_host(name: str) -> str:
    """A host name as Flask wants it: with a dot before a domain whose subdomains count, IPv6 in brackets."""
    if ":" in name:
        return f"[{name}]"
    return name.removeprefix("*")
