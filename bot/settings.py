"""What the environment says about how to run, with the defaults."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from bot.edge.origins import InvalidOrigin, allowed_origins

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
MODEL = ROOT / "models" / "advisor.tar.gz"
SLACK = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL")


class SettingsError(ValueError):
    """A setting that cannot be used, said in one sentence."""


@dataclass(frozen=True)
class Settings:
    """How the advisor runs."""

    host: str
    port: int
    rest: bool
    database_url: str
    secret: str
    origins: str
    proxies: int

    @classmethod
    def of_environment(cls) -> Settings:
        """Read HOST, PORT, DATABASE_URL, what begins with ADVISOR_, and Slack's; raises `SettingsError`."""
        VAR.mkdir(exist_ok=True)
        port = os.environ.get("PORT") or "5005"
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise SettingsError(f"PORT is “{port}”; it has to be a number from 1 to 65535.")
        proxies = os.environ.get("ADVISOR_PROXIES") or "0"
        if not proxies.isdigit() or int(proxies) > 9:
            raise SettingsError(f"ADVISOR_PROXIES is “{proxies}”; it has to be the number of your proxies, 0 to 9.")
        origins = os.environ.get("ADVISOR_ORIGINS") or ""
        try:
            allowed_origins(origins)
        except InvalidOrigin as error:
            raise SettingsError(str(error)) from error
        refuse_slack_mixture(*(os.environ.get(name, "") for name in SLACK[:3]))
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'advisor.sqlite'}"
        return cls(
            host=os.environ.get("HOST") or "127.0.0.1",
            port=int(port),
            rest=os.environ.get("ADVISOR_REST", "0").lower() in ("1", "true", "yes", "on"),
            database_url=url.replace("postgres://", "postgresql://", 1),
            secret=os.environ.get("ADVISOR_SECRET") or _kept_secret(VAR / "secret"),
            origins=origins,
            proxies=int(proxies),
        )

    def environment(self, actions_url: str) -> dict[str, str]:
        """The environment of the servers."""
        return {
            **dict.fromkeys(SLACK, ""),  # Rasa refuses a credentials.yml that names a variable there is not
            **os.environ,
            "DATABASE_URL": self.database_url,
            "ADVISOR_SECRET": self.secret,
            "ADVISOR_REST": "1" if self.rest else "0",
            "ADVISOR_ORIGINS": self.origins,
            "ADVISOR_PROXIES": str(self.proxies),
            "ADVISOR_ACTIONS_URL": actions_url,
            "RASA_TELEMETRY_ENABLED": "false",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "PYTHONWARNINGS": "ignore",
            "PYTHONPATH": str(ROOT),
        }


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


def _kept_secret(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
