"""What the environment says about how to run, with the defaults."""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass
from pathlib import Path

from bot.edge.origins import InvalidOrigin, allowed_origins
from bot.folder import SHORTEST_SECRET, FolderError, kept_secret, make
from bot.logs import LEVELS

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("ADVISOR_VAR") or ROOT / "var").absolute()
MODEL = ROOT / "models" / "advisor.tar.gz"
SLACK = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL")
CONTACT = re.compile(r"\A(?:[^\s@<>\"]+@[^\s@<>\"]+|https?://[^\s<>\"]+)")
HOST_NAME = re.compile(r"(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?")
OF_SYSTEMD = ("NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC")  # said to the watcher alone
FOR_ACTIONS = re.compile(
    # of the machine, of Python, of PostgreSQL's client, and ours that are no secrets of the Rasa server's
    r"PATH|HOME|USER|TMPDIR|TZ|LANG|LANGUAGE|LC_\w+|LD_LIBRARY_PATH|SSL_CERT_\w+|[A-Z]+_NUM_THREADS|PYTHON\w+|PG\w+"
    r"|SQLALCHEMY_\w+|DATABASE_URL|ADVISOR_ACTIONS_TOKEN|ADVISOR_LOG_LEVEL|ADVISOR_LOG_FORMAT"
    r"|ADVISOR_RETENTION"
)
HELP = """\
PORT                  where to listen (5005)
HOST                  the address to listen at (127.0.0.1); 0.0.0.0 is all of IPv4, :: is all of IPv4 and IPv6
DATABASE_URL          knowledge base and conversations (an SQLite file in var/)
ADVISOR_VAR           the folder for logs, secret and SQLite file (var/); two advisors need two
ADVISOR_DATA          a folder of downloads of public data; what is new in it is imported at start
ADVISOR_REST          1 switches the REST channel on
ADVISOR_SECRET        signs the sessions of visitors, 32 characters or more (made and kept in var/)
ADVISOR_ORIGINS       the websites that may use the widget, with commas between
ADVISOR_HOSTS         further host names under which the advisor is reached, with commas between
ADVISOR_PROXIES       how many proxies of yours stand before it (0)
ADVISOR_RETENTION     days that conversations are kept (30)
ADVISOR_CONTACT       whom people are told to ask, where `python -m bot.owner` names nobody: an e-mail address or a URL
ADVISOR_WEBHOOK_SECRET signs questions that are posted to an address of yours, 32 characters or more (docs/handoff.md)
ADVISOR_LOG_LEVEL     debug, info, warning or error (info); debug writes down what visitors say
ADVISOR_LOG_FORMAT    text or json (text)
ADVISOR_LOG_SIZE      megabytes of a log file (10); there are ten at most of each log
ADVISOR_LOG_AGE       days that old logs are kept (30)
ADVISOR_PRIVATE_PORT  a port on 127.0.0.1 for metrics (0: none)
ADVISOR_DESK_PORT     a port for the owner's desk (0: none)
ADVISOR_DESK_HOST     the address at which the desk listens (127.0.0.1)
ADVISOR_DESK_HEADER   the header in which a proxy in front names who is signed in there
ADVISOR_DESK_PROXIES  the addresses of proxies before the desk, with commas between (127.0.0.1 for the header alone)
SLACK_GUESTS          1 answers people of other workspaces too
SLACK_MENTION_ONLY    1 answers in channels only where it is mentioned
SLACK_BOT_TOKEN       with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET (README: Ask it in Slack)
"""


class SettingsError(ValueError):
    """A setting that cannot be used, said in one sentence."""


@dataclass(frozen=True)
class Settings:
    """How the advisor runs."""

    host: str
    port: int
    private_port: int
    rest: bool
    database_url: str
    data: Path | None
    secret: str
    origins: str
    hosts: str
    proxies: int
    retention: int
    log_level: str
    log_format: str
    log_size: int
    log_age: int
    desk_host: str = "127.0.0.1"
    desk_port: int = 0
    desk_header: str = ""
    desk_proxies: str = ""

    @classmethod
    def of_environment(cls) -> Settings:
        """Read HOST, PORT, DATABASE_URL, what begins with ADVISOR_, and Slack's; raises `SettingsError`."""
        port = _number("PORT", 5005, 1, 65535)
        private_port = _number("ADVISOR_PRIVATE_PORT", 0, 0, 65535)
        if private_port == port:
            raise SettingsError(f"ADVISOR_PRIVATE_PORT is PORT too, {port}; it has to be another one, or 0 for none.")
        origins = os.environ.get("ADVISOR_ORIGINS") or ""
        try:
            allowed_origins(origins)
        except InvalidOrigin as error:
            raise SettingsError(str(error)) from error
        _refuse_contact(os.environ.get("ADVISOR_CONTACT") or "")
        if 0 < len(os.environ.get("ADVISOR_WEBHOOK_SECRET") or "") < SHORTEST_SECRET:
            raise SettingsError(f"ADVISOR_WEBHOOK_SECRET has fewer than {SHORTEST_SECRET} characters; make it longer.")
        _one_of("SLACK_GUESTS", "0", "0", "1")
        _one_of("SLACK_MENTION_ONLY", "0", "0", "1")
        refuse_slack_mixture(*(os.environ.get(name, "") for name in SLACK[:3]))
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'advisor.sqlite'}"
        return cls(
            host=os.environ.get("HOST") or "127.0.0.1",
            port=port,
            private_port=private_port,
            rest=os.environ.get("ADVISOR_REST", "0").lower() in ("1", "true", "yes", "on"),
            database_url=url.replace("postgres://", "postgresql://", 1),
            data=_folder("ADVISOR_DATA"),
            secret=_secret(),
            origins=origins,
            hosts=_hosts(os.environ.get("ADVISOR_HOSTS") or ""),
            proxies=_number("ADVISOR_PROXIES", 0, 0, 9, "number of your proxies"),
            retention=_number("ADVISOR_RETENTION", 30, 1, 3650, "number of days"),
            log_level=_one_of("ADVISOR_LOG_LEVEL", "info", *LEVELS),
            log_format=_one_of("ADVISOR_LOG_FORMAT", "text", "text", "json"),
            log_size=_number("ADVISOR_LOG_SIZE", 10, 1, 1000, "number of megabytes"),
            log_age=_number("ADVISOR_LOG_AGE", 30, 1, 3650, "number of days"),
            desk_host=os.environ.get("ADVISOR_DESK_HOST") or "127.0.0.1",
            desk_port=_desk_port(port, private_port),
            desk_header=_header("ADVISOR_DESK_HEADER"),
            desk_proxies=_addresses("ADVISOR_DESK_PROXIES"),
        )

    def environment(self, actions_url: str, actions_token: str = "") -> dict[str, str]:
        """The environment of the Rasa server, and of training."""
        inherited = {name: value for name, value in os.environ.items() if name not in OF_SYSTEMD}
        return {
            **dict.fromkeys(SLACK, ""),  # Rasa refuses a credentials.yml that names a variable there is not
            **inherited,
            "DATABASE_URL": self.database_url,
            "ADVISOR_SECRET": self.secret,
            "ADVISOR_REST": "1" if self.rest else "0",
            "ADVISOR_ORIGINS": self.origins,
            "ADVISOR_HOSTS": self.hosts,
            "ADVISOR_PROXIES": str(self.proxies),
            "ADVISOR_RETENTION": str(self.retention),
            "ADVISOR_LOG_LEVEL": self.log_level,
            "ADVISOR_LOG_FORMAT": self.log_format,
            "ADVISOR_LOG_SIZE": str(self.log_size),
            "ADVISOR_LOG_AGE": str(self.log_age),
            "ADVISOR_PRIVATE_PORT": str(self.private_port),
            "ADVISOR_DESK_HOST": self.desk_host,
            "ADVISOR_DESK_PORT": str(self.desk_port),
            "ADVISOR_DESK_HEADER": self.desk_header,
            "ADVISOR_DESK_PROXIES": self.desk_proxies,
            "ADVISOR_ACTIONS_URL": actions_url,
            "ADVISOR_ACTIONS_TOKEN": actions_token,
            "RASA_TELEMETRY_ENABLED": "false",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "PYTHONWARNINGS": "ignore",
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": str(ROOT),
        }

    def actions_environment(self, actions_url: str, actions_token: str) -> dict[str, str]:
        """The environment of the action server, which signs nothing and knows no channel."""
        environment = self.environment(actions_url, actions_token)
        return {name: value for name, value in environment.items() if FOR_ACTIONS.fullmatch(name)}


def _refuse_contact(contact: str) -> None:
    if contact and not CONTACT.fullmatch(contact):
        raise SettingsError(
            f"ADVISOR_CONTACT is “{contact}”; it has to be an e-mail address, or a URL that begins with https:// or http://."
        )


def refuse_slack_mixture(bot_token: str, app_token: str, signing_secret: str) -> None:
    """Raises `SettingsError` where Slack's tokens do not go together; with none of them Slack is off."""
    if not bot_token and (app_token or signing_secret):
        raise SettingsError("Slack needs SLACK_BOT_TOKEN too, the token of the app that begins with “xoxb-”.")
    if bot_token and not (app_token or signing_secret):
        raise SettingsError(
            "With SLACK_BOT_TOKEN goes SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP), or both."
        )
    if bot_token and not bot_token.startswith("xoxb-"):
        raise SettingsError("SLACK_BOT_TOKEN is no bot token, which begins with “xoxb-”.")
    if app_token and not app_token.startswith("xapp-"):
        raise SettingsError("SLACK_APP_TOKEN is no app-level token, which begins with “xapp-”.")


def _number(name: str, default: int, lowest: int, highest: int, kind: str = "number") -> int:
    given = os.environ.get(name) or str(default)
    if not re.fullmatch(r"[0-9]{1,5}", given) or not lowest <= int(given) <= highest:
        raise SettingsError(f"{name} is “{given}”; it has to be a {kind} from {lowest} to {highest}.")
    return int(given)


def _desk_port(*taken: int) -> int:
    port = _number("ADVISOR_DESK_PORT", 0, 0, 65535)
    if port and port in taken:
        raise SettingsError(f"ADVISOR_DESK_PORT is {port}, which is taken already; it has to be another one, or 0.")
    return port


def _header(name: str) -> str:
    given = os.environ.get(name) or ""
    if given and not re.fullmatch(r"[A-Za-z0-9-]{1,64}", given):
        raise SettingsError(f"{name} is “{given}”; it has to be the name of a header, as in X-Forwarded-User.")
    return given


def _addresses(name: str) -> str:
    given = [each.strip() for each in (os.environ.get(name) or "").split(",") if each.strip()]
    for each in given:
        try:
            ipaddress.ip_address(each)
        except ValueError as error:
            raise SettingsError(
                f"{name} has “{each}”; each has to be an IP address, as in 10.0.0.5, with commas between."
            ) from error
    return ",".join(given)


def _one_of(name: str, default: str, *wanted: str) -> str:
    given = os.environ.get(name) or default
    if given not in wanted:
        raise SettingsError(f"{name} is “{given}”; it has to be {', '.join(wanted[:-1])} or {wanted[-1]}.")
    return given


def _folder(name: str) -> Path | None:
    given = os.environ.get(name)
    if given and not Path(given).is_dir():
        raise SettingsError(f"{name} is “{given}”; it has to be a folder that there is.")
    return Path(given).absolute() if given else None


def _hosts(listed: str) -> str:
    names = [name.strip().lower() for name in listed.split(",") if name.strip()]
    for name in names:
        if not HOST_NAME.fullmatch(name):
            raise SettingsError(
                f"ADVISOR_HOSTS has “{name}”; each has to be a host name, as in www.example.org, with commas between."
            )
    return ",".join(names)


def _secret() -> str:
    given = os.environ.get("ADVISOR_SECRET")
    if given and len(given) < SHORTEST_SECRET:
        raise SettingsError(
            f"ADVISOR_SECRET has fewer than {SHORTEST_SECRET} characters, which can be guessed; "
            f"make it longer, or leave it out: then one is made and kept in {VAR}."
        )
    try:
        make(VAR)
        return given or kept_secret(VAR / "secret")
    except FolderError as error:
        raise SettingsError(str(error)) from error
