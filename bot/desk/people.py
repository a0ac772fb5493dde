"""The pages of who may use the desk, and of who did what."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from bot.desk.context import desk
from bot.desk.numbers import asked_number
from bot.desk.signing import KEY, needs
from bot.desk.users import LONGEST, SHORTEST, NotDone, Role

ROLES = [
    (Role.reader.name, "Reader: looks at everything"),
    (Role.editor.name, "Editor: changes and publishes documents, too"),
    (Role.owner.name, "Owner: settings and people, too"),
]
PAGE = 100  # entries of the log

pages = Blueprint("people", __name__)


class NewUser(FlaskForm):
    """Somebody who is to use the desk."""

    name = StringField("Name", [InputRequired("Write a name."), Length(max=64)])
    role = SelectField("Role", choices=ROLES)
    password = PasswordField(
        "Password", [Optional(), Length(max=LONGEST)], description="Leave it empty where a proxy signs people in."
    )


class NewPassword(FlaskForm):
    """One's own password."""

    old = PasswordField(
        "Your password now", [InputRequired("Write the password that you have now."), Length(max=LONGEST)]
    )
    new = PasswordField(
        "New password",
        [InputRequired("Write a new password."), Length(max=LONGEST)],
        description=f"At least {SHORTEST} characters; three or four words that have no connection are good.",
    )


@pages.route("/desk/people", methods=["GET", "POST"])
@needs(Role.owner)
def people() -> Any:
    """Everybody, and a form for one more."""
    form = NewUser()
    if form.validate_on_submit():
        try:
            user = desk().users.add(form.name.data, Role[form.role.data], form.password.data or None)
        except NotDone as reason:
            form.name.errors = [str(reason)]
        else:
            desk().audit.write(current_user.name, "added a user", f"{user.name}, {user.role.name}")
            flash(f"{user.name} may use the desk now.")
            return redirect(url_for("people.people"))
    status = 200 if request.method == "GET" else 422
    return render_template("people.html", form=form, users=desk().users.all(), roles=ROLES), status


@pages.route("/desk/people/<name>", methods=["POST"])
@needs(Role.owner)
def change(name: str) -> Any:
    """Another role for somebody, or none any more."""
    role = request.form.get("role", "")
    try:
        if role == "none":
            desk().users.remove(name)
            did, now = "removed a user", f"{name} may no longer use the desk."
        elif role in Role.__members__:
            desk().users.set_role(name, Role[role])
            did, now = "changed a role", f"{name} is now {role}."
        else:
            raise NotDone("That is no role.")
    except NotDone as reason:
        flash(str(reason), "wrong")
    else:
        desk().audit.write(current_user.name, did, f"{name}, {role}")
        flash(now)
    return redirect(url_for("people.people"))


@pages.route("/desk/password", methods=["GET", "POST"])
@needs(Role.reader)
def password() -> Any:
    """A new password for whoever is signed in; all other sessions of theirs end."""
    form = NewPassword()
    if form.validate_on_submit():
        wait = desk().attempts.wait(current_user.name, request.remote_addr or "")
        try:
            if wait or not desk().users.checked(current_user.name, form.old.data):
                form.old.errors = ["Too many attempts; try again later." if wait else "That is not your password."]
            else:
                desk().users.set_password(current_user.name, form.new.data)
                desk().attempts.succeeded(current_user.name, request.remote_addr or "")
                desk().audit.write(current_user.name, "changed a password")
                session[KEY] = desk().sessions.begin(current_user.name)
                flash("Your password is changed.")
                return redirect(url_for("home"))
        except NotDone as reason:
            form.new.errors = [str(reason)]
    return render_template("password.html", form=form), 200 if request.method == "GET" else 422


@pages.route("/desk/log")
@needs(Role.owner)
def log() -> Any:
    """Who did what, the latest first."""
    before = asked_number("before")
    entries = desk().audit.page(before=before, most=PAGE + 1)
    more = entries[PAGE - 1].id if len(entries) > PAGE else None
    return render_template("log.html", entries=entries[:PAGE], more=more, before=before)
