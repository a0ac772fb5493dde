"""The page of the owner's settings, with the widget's tag and a preview of it."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user

from bot.channels.web import widget
from bot.desk.context import desk
from bot.desk.signing import needs
from bot.desk.users import Role
from bot.owner import KEYS, InvalidSetting

GROUPS = {  # headings, and which settings stand under them by the beginnings of their keys
    "The chat": ("title", "greeting", "starters", "color", "theme"),
    "Notices": ("notice_",),
    "A way to a person": ("help_", "slack_help_"),
    "Questions that visitors leave": ("leads_",),
}
PREVIEW = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)

NOWHERE = "https://ADVISOR"  # stands for an address that nobody has named

pages = Blueprint("owning", __name__)


@pages.route("/desk/settings", methods=["GET", "POST"])
@needs(Role.owner)
def settings() -> Any:
    """What is set, as forms; what cannot be set says why beside its field, and the rest of the form is kept."""
    owner = desk().owner
    values = {key: _text(value) for key, value in vars(owner.all()).items()}
    errors: dict[str, str] = {}
    if request.method == "POST":
        changed = []
        for key in KEYS:
            given = request.form.get(key)
            if given is None or given.replace("\r\n", "\n").strip() == values[key]:
                continue
            try:
                if given.strip():
                    owner.set(key, given.replace("\r\n", "\n").strip(), by=current_user.name)
                else:
                    owner.unset(key)
                changed.append(key)
            except InvalidSetting as reason:
                errors[key] = str(reason)
            values[key] = given
        if changed:
            desk().audit.write(current_user.name, "changed settings", ", ".join(changed))
        if not errors:
            flash("Saved; the advisor takes it up within two seconds." if changed else "Nothing was changed.")
            return redirect(url_for("owning.settings"))
    return render_template(
        "settings.html",
        groups={heading: _keys(beginnings) for heading, beginnings in GROUPS.items()},
        rules=KEYS,
        values=values,
        errors=errors,
        tag=tag(desk().options.advisor or NOWHERE, values),
        nowhere=None if desk().options.advisor else NOWHERE,
        retention=desk().options.retention,
        origins=[each.strip() for each in desk().options.origins.split(",") if each.strip()],
    ), 422 if errors else 200


@pages.route("/desk/settings/preview")
@needs(Role.owner)
def preview() -> Response:
    """A page with the widget as it is set, or as it is asked with."""
    values = {key: _text(value) for key, value in vars(desk().owner.all()).items()}
    values |= {key: request.args[key] for key in GROUPS["The chat"] if key in request.args}
    page = render_template("preview.html", attributes=attributes(values))
    return Response(page, headers={"Content-Security-Policy": PREVIEW, "X-Frame-Options": "SAMEORIGIN"})


@pages.route("/desk/settings/widget.js")
@needs(Role.owner)
def script() -> Response:
    """The widget, for the preview."""
    return Response(widget.script(), mimetype="text/javascript")


def attributes(values: dict[str, str]) -> dict[str, str]:
    """The tag's attributes for what is set."""
    notice = " ".join(filter(None, (values.get("notice_bot"), values.get("notice_equal"))))
    starters = [line for line in values.get("starters", "").splitlines() if line.strip()]
    told = {
        "data-title": values.get("title"),
        "data-greeting": values.get("greeting"),
        "data-starters": json.dumps(starters, ensure_ascii=False) if starters else "",
        "data-color": values.get("color"),
        "data-theme": values.get("theme"),
        "data-notice": notice,
    }
    return {name: value for name, value in told.items() if value}


def tag(advisor: str, values: dict[str, str]) -> str:
    """The tag for a website's pages."""
    told = "".join(f' {name}="{escape(value)}"' for name, value in attributes(values).items())
    return f'<script src="{escape(advisor)}/widget.js"{told} defer></script>'


def _keys(beginnings: tuple[str, ...]) -> list[str]:
    return [
        key for key in KEYS if any(key == each or (each.endswith("_") and key.startswith(each)) for each in beginnings)
    ]


def _text(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "\n".join(value)
