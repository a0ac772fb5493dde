"""Signing in and out, and what each role may do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, abort, current_app, flash, redirect, render_template, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from bot.desk.context import desk
from bot.desk.proxied import USER
from bot.desk.users import LONGEST, Role, User

OPEN = ("signing.sign_in", "root", "static", "health.alive", "health.ready")  # for everybody
PATH = re.compile(r"/desk(/[A-Za-z0-9/._-]*)?(\?[A-Za-z0-9=&._%+-]*)?")  # a page of ours, and of nobody else
KEY = "key"  # under which the cookie holds that of the session
WRONG = "That name and password do not go together."
ROLE = "_role"

pages = Blueprint("signing", __name__)


class SignIn(FlaskForm):
    """Name and password."""

    name = StringField("Name", [InputRequired("Write your name."), Length(max=64)])
    password = PasswordField("Password", [InputRequired("Write your password."), Length(max=LONGEST)])


class Person(UserMixin):
    """Somebody who is signed in, as Flask-Login wants it."""

    def __init__(self, user: User, *, by_proxy: bool) -> None:
        self.id = user.name
        self.name = user.name
        self.role = user.role
        self.by_proxy = by_proxy

    def may(self, role: str) -> bool:
        """Whether somebody may do what a role may."""
        return self.role >= Role[role]


def needs(role: Role) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a page with the role that it takes; without, one has to be a reader to look and an editor to change."""

    def marked(view: Callable[..., Any]) -> Callable[..., Any]:
        setattr(view, ROLE, role)
        return view

    return marked


def install(app: Flask) -> None:
    """Let nobody see a page who is not signed in, and nobody do what their role may not."""
    manager = LoginManager(app)
    manager.session_protection = None  # the session is known by a key of its own, kept in the database
    manager.request_loader(_person)
    app.before_request(_guard)
    app.register_blueprint(pages)


def _person(_request: Any) -> Person | None:
    if name := request.environ.get(USER):
        user = desk().users.named(name)
        return Person(user, by_proxy=True) if user else None
    name = desk().sessions.name(session[KEY]) if session.get(KEY) else None
    user = desk().users.named(name) if name else None
    return Person(user, by_proxy=False) if user else None


def _guard() -> Any:
    if request.endpoint is None or request.endpoint in OPEN:
        return None
    if not current_user.is_authenticated:
        if request.environ.get(USER):
            abort(403, "You are signed in, but nobody has let you use the desk yet; ask its owner.")
        if session.pop(KEY, None):
            flash("Your session is over; sign in again.")
        whither = request.full_path.rstrip("?") if request.method == "GET" else ""
        return redirect(url_for("signing.sign_in", next=whither if PATH.fullmatch(whither) else None))
    view = current_app.view_functions[request.endpoint]
    role = getattr(view, ROLE, Role.reader if request.method in ("GET", "HEAD", "OPTIONS") else Role.editor)
    if current_user.role < role:
        abort(403, f"This takes an {role.name}, which you are not.")
    return None


@pages.route("/desk/sign-in", methods=["GET", "POST"])
def sign_in() -> Any:
    """The page on which one signs in."""
    whither = request.args.get("next", "")
    whither = whither if PATH.fullmatch(whither) else url_for("home")
    if current_user.is_authenticated:
        return redirect(whither)
    form, status = SignIn(), 200
    if form.validate_on_submit():
        name, address = form.name.data, request.remote_addr or ""
        wait = desk().attempts.wait(name, address)
        user = None if wait else desk().users.checked(name, form.password.data)
        if user:
            desk().attempts.succeeded(name, address)
            session.clear()  # nothing of who was here before, and another CSRF token
            session[KEY] = desk().sessions.begin(user.name)
            session.permanent = True
            desk().audit.write(user.name, "signed in")
            return redirect(whither)
        minutes = -(-wait // 60)
        many = f"Too many attempts; try again in {minutes} minute{'s' if minutes > 1 else ''}."
        form.password.errors = [many if wait else WRONG]
        status = 429 if wait else 401
    return render_template("sign_in.html", form=form, nobody=not desk().users.all()), status


@pages.route("/desk/sign-out", methods=["POST"])
@needs(Role.reader)
def sign_out() -> Any:
    """End the session."""
    desk().audit.write(current_user.name, "signed out")
    if session.get(KEY):
        desk().sessions.end(session[KEY])
    session.clear()
    flash("You are signed out.")
    return redirect(url_for("signing.sign_in"))
