"""The page of the owner's test questions."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from bot.desk.context import desk
from bot.desk.numbers import asked_number
from bot.desk.testset import GONE, LONGEST
from knowledge.model import Refused
from knowledge.shelf.model import Version
from knowledge.shelf.publishing import slug

pages = Blueprint("testing", __name__)


@pages.route("/desk/tests", methods=["GET", "POST"])
def tests() -> Any:
    """All test questions, with what the latest versions would break, and a form for one more."""
    shelf = desk().shelf
    versions = [shelf.version(each.id) for each in shelf.documents()]
    typed = {"question": _asked(), "fact": ""}
    if request.method == "POST":
        typed = {name: request.form.get(name, "") for name in typed}
        try:
            number = _add(versions, **typed)
        except Refused as reason:
            flash(str(reason), "wrong")
        else:
            desk().audit.write(current_user.name, "added a test question", str(number))
            flash("It is a test question now, and is asked before each publishing.")
            return redirect(url_for("testing.tests"))
    every, held = desk().tests.all(), {version.document for version in versions}
    broken = {test.id: GONE for test in every if test.document not in held}
    broken |= {test.id: why for version in versions for test, why in desk().tests.broken(version)}
    page = render_template(
        "tests.html",
        tests=every,
        broken=broken,
        versions=[version for version in versions if version.parts],
        typed=typed,
    )
    return page, 422 if request.method == "POST" else 200


@pages.route("/desk/tests/<number:number>/remove", methods=["POST"])
def remove(number: int) -> Any:
    """Take a test question away."""
    desk().tests.remove(number)
    desk().audit.write(current_user.name, "removed a test question", str(number))
    flash("It is no test question any more.")
    return redirect(url_for("testing.tests"))


def _asked() -> str:
    """The words of the visitors' question that one comes from, if any."""
    group, event = asked_number("group"), asked_number("event")
    questions = desk().questions
    found = questions.group(group) if group is not None else questions.one(event) if event is not None else None
    return found.text[:LONGEST] if found else ""


def _add(versions: list[Version], question: str, fact: str) -> int:
    """Keep a question with the fact that was chosen, as `document:place`; raises `Refused` where there is none."""
    document, _, place = fact.partition(":")
    for version in versions:
        for at, item in enumerate(version.items):
            if (str(version.document), str(at)) == (document, place) and item.is_fact and version.parts:
                part = version.parts[item.parts[0] if item.parts else 0]
                return desk().tests.add(question, version.document, slug(part.title), item.text, by=current_user.name)
    raise Refused("Choose the fact that should answer it.")
