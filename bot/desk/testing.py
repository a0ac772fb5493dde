"""The page of the owner's test questions."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from bot.desk.context import desk
from knowledge.model import Refused
from knowledge.shelf.publishing import slug

pages = Blueprint("testing", __name__)


@pages.errorhandler(Refused)
def refused(reason: Refused) -> Any:
    """What was not done."""
    flash(str(reason), "wrong")
    return redirect(url_for("testing.tests"))


@pages.route("/desk/tests", methods=["GET", "POST"])
def tests() -> Any:
    """All test questions, with what the latest versions would break, and a form for one more."""
    shelf = desk().shelf
    versions = [shelf.version(each.id) for each in shelf.documents()]
    if request.method == "POST":
        number, _, place = request.form.get("fact", "").partition(":")
        chosen = [
            (version, item)
            for version in versions
            for at, item in enumerate(version.items)
            if (str(version.document), str(at)) == (number, place) and item.is_fact and version.parts
        ]
        if not chosen:
            raise Refused("Choose the fact that should answer it.")
        [(version, item)] = chosen
        part = version.parts[item.parts[0] if item.parts else 0]
        number = desk().tests.add(request.form.get("question", ""), slug(part.title), item.text, by=current_user.name)
        desk().audit.write(current_user.name, "added a test question", str(number))
        flash("It is a test question now, and is asked before each publishing.")
        return redirect(url_for("testing.tests"))
    every = desk().tests.all()
    broken = {test.id: why for version in versions for test, why in desk().tests.broken(version)}
    return render_template(
        "tests.html",
        tests=every,
        broken=broken,
        versions=[version for version in versions if version.parts],
        question=request.args.get("question", "")[:300],
    )


@pages.route("/desk/tests/<number:number>/remove", methods=["POST"])
def remove(number: int) -> Any:
    """Take a test question away."""
    desk().tests.remove(number)
    desk().audit.write(current_user.name, "removed a test question", str(number))
    flash("It is no test question any more.")
    return redirect(url_for("testing.tests"))
