"""The desk as a Flask application: its parts, its pages, and what holds for all of them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta, timezone
from typing import Any

from flask import Blueprint, Flask, Response, current_app, redirect, render_template, request, url_for
from flask.sessions import SecureCookieSessionInterface
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError, generate_csrf
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, SecurityError

from bot.desk import owning, people, signing, testing
from bot.desk.asked import pages as asked
from bot.desk.asked import writing_pages as writing
from bot.desk.context import NAME, Desk, Options, desk
from bot.desk.documents import pages as documents
from bot.desk.numbers import Number
from bot.desk.proxied import behind
from bot.desk.sessions import IDLE

LARGEST = 40_000_000  # bytes of a request: several files at once
LARGEST_FIELDS = 2_000_000  # bytes of the fields of a form that are no files
HOSTS = ["localhost", "127.0.0.1", "[::1]"]
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
CHANGED = "The page was too old, or was not ours: nothing was changed. Go back, load it again, and do it once more."
FOREIGN = "The desk is not reached under this host name; its owner can name it in ADVISOR_HOSTS.\n"
AWAY = "The database cannot be reached just now; nothing was changed. Try again in a moment."
NAVIGATION = (  # the place, its page, its name, and the role that it takes
    ("asked", "asked.groups", "What visitors ask", "reader"),
    ("documents", "documents.documents", "Documents", "reader"),
    ("tests", "testing.tests", "Test questions", "reader"),
    ("settings", "owning.settings", "Settings", "owner"),
    ("people", "people.people", "People", "owner"),
    ("log", "people.log", "Log", "owner"),
)
SENTENCES = {
    404: "There is no such page.",
    405: "That page cannot be asked in this way.",
    413: "That is more than can be sent at once: 40 megabytes of files.",
    500: "Something went wrong here; it is in the log of the desk. Nothing more was changed.",
}

health = Blueprint("health", __name__)


class Cookies(SecureCookieSessionInterface):
    """A session's cookie is for TLS alone where the desk is asked over TLS."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def create_app(options: Options) -> Flask:
    """The application; nothing is opened until the first page is asked for."""
    app = Flask(__name__)
    app.session_interface = Cookies()
    app.url_map.converters["number"] = Number
    app.config.update(
        SECRET_KEY=hmac.new(options.secret.encode(), b"the owner's desk", hashlib.sha256).hexdigest(),
        TRUSTED_HOSTS=[*HOSTS, *options.hosts],
        MAX_CONTENT_LENGTH=LARGEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_FIELDS,
        SESSION_COOKIE_NAME="career_advisor_desk",
        SESSION_COOKIE_PATH="/desk",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(seconds=IDLE),
        WTF_CSRF_TIME_LIMIT=None,  # as long as its session
    )
    app.extensions[NAME] = Desk(options)
    app.wsgi_app = behind(app.wsgi_app, header=options.header, proxies=options.proxies)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["static_version"] = secrets.token_hex(4)
    app.jinja_env.globals["navigation"] = NAVIGATION
    app.jinja_env.globals["csrf"] = hidden_token
    app.jinja_env.filters["when"] = when
    signing.install(app)  # before the CSRF tokens are looked at: who is signed out is led to the page to sign in
    CSRFProtect(app)
    app.register_blueprint(health)
    for each in (asked.pages, writing.pages, documents.pages, testing.pages, owning.pages, people.pages):
        app.register_blueprint(each)
    app.add_url_rule("/", "root", lambda: redirect(url_for("home")))
    app.add_url_rule("/desk", "home", lambda: redirect(url_for("asked.groups")))
    app.register_error_handler(CSRFError, lambda error: refused(400, CHANGED))
    app.register_error_handler(HTTPException, told)
    app.register_error_handler(DBAPIError, _away)
    app.after_request(secured)
    return app


def secured(answer: Response) -> Response:
    """An answer with the strictest headers, except where it brings its own."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.endpoint == "static":
        answer.headers["Cache-Control"] = "max-age=3600"
    return answer


def told(error: HTTPException) -> Any:
    """What went wrong, as a page."""
    if isinstance(error, SecurityError):
        return Response(FOREIGN, 400, mimetype="text/plain")  # no page of ours has an address under that name
    if error.code is None or error.code < 400:
        return error
    return refused(error.code, SENTENCES.get(error.code) or error.description or error.name)


def refused(status: int, sentence: str) -> tuple[str, int]:
    """A page with one sentence."""
    return render_template("error.html", sentence=sentence), status


def hidden_token() -> Markup:
    """The field of a form that shows it to be ours."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def when(at: datetime | float) -> str:
    """A time as the pages show it, in UTC."""
    at = at if isinstance(at, datetime) else datetime.fromtimestamp(at, timezone.utc)
    return f"{at:%Y-%m-%d %H:%M}"


def _away(error: DBAPIError) -> tuple[str, int]:
    current_app.logger.error("The database did not do it.", exc_info=error)
    return render_template("away.html", sentence=AWAY), 503


@health.route("/health")
def alive() -> dict[str, bool]:
    """Whether the server takes requests."""
    return {"alive": True}


@health.route("/ready")
def ready() -> tuple[dict[str, bool], int]:
    """Whether it can show pages: the database is there."""
    try:
        desk().users.all()
    except DBAPIError:
        return {"database": False}, 503
    return {"database": True}, 200
