"""The pages on which a question gets its answer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from bot.desk.asked import writing
from bot.desk.context import desk
from bot.desk.documents.pages import ASPECTS
from bot.desk.signing import needs
from bot.desk.users import Role
from knowledge.model import Aspect, Begins, Refused
from knowledge.shelf.publishing import placed

BEGINS = [("open", "neither yes nor no"), ("yes", "yes"), ("no", "no"), ("depends", "it depends")]

pages = Blueprint("writing", __name__)


@pages.errorhandler(Refused)
def refused(reason: Refused) -> Any:
    """What was not done, on the form again."""
    flash(str(reason), "wrong")
    return redirect(url_for(request.endpoint, **(request.view_args or {})))


@pages.route("/desk/questions/group/<number:number>/write", methods=["GET", "POST"])
@needs(Role.editor)
def write(number: int) -> Any:
    """A new fact in the owner's words, for a group of questions."""
    group = desk().questions.group(number) or abort(404)
    if request.method == "POST":
        try:
            aspect = Aspect(request.form.get("aspect", ""))
        except ValueError as error:
            raise Refused("Choose what kind of fact it is.") from error
        form = request.form
        document = writing.write(
            desk().shelf,
            form.get("title", ""),
            form.get("text", ""),
            aspect,
            form.get("source", ""),
            by=current_user.name,
        )
        desk().questions.settle(number, "written", by=current_user.name)
        desk().audit.write(current_user.name, "wrote a fact", f"{document.id}: {form.get('text', '')}")
        flash("It is on the shelf; publish it to let it be the answer.")
        return redirect(url_for("documents.publish", number=document.id))
    name = desk().known.names({group.occupation}).get(group.occupation, "")
    return render_template("asked/write.html", group=group, title=name, aspects=ASPECTS, longest=writing.LONGEST)


@pages.route("/desk/questions/group/<number:number>/answer", methods=["GET", "POST"])
@needs(Role.editor)
def answer(number: int) -> Any:
    """A fact that is the answer to a group of questions."""
    group = desk().questions.group(number) or abort(404)
    version = writing.about(desk().shelf, group.occupation)
    if request.method == "POST":
        if version is None or request.form.get("base", type=int) != version.number:
            raise Refused("The document has changed meanwhile; choose the fact once more.")
        begins = request.form.get("begins", "")
        if begins not in Begins.__members__:
            raise Refused("Say how the answer begins.")
        place = request.form.get("fact", -1, type=int)
        changed = writing.confirm(
            desk().shelf, version, place, request.form.get("question", "")[:300], Begins(begins), by=current_user.name
        )
        if request.form.get("test") == "yes":
            _test(request.form.get("question", ""), group.occupation or "", changed.items[place].text)
        desk().questions.settle(number, "confirmed", by=current_user.name)
        desk().audit.write(current_user.name, "confirmed an answer", f"{version.document}: group {number}")
        live = desk().shelf.document(version.document).live == changed.number
        flash("It holds from now on." if live else "It is in the draft, and holds once that is published.")
        return redirect(url_for("asked.groups"))
    facts = [(place, item) for place, item in enumerate(version.items) if item.is_fact] if version else []
    nearest = desk().trying.nearest(group.text, [placed(item) for _, item in facts])
    return render_template(
        "asked/answer.html",
        group=group,
        version=version,
        facts=facts,
        nearest=[facts[each.place] for each in nearest],
        begins=BEGINS,
    )


def _test(question: str, occupation: str, fact: str) -> None:
    try:
        desk().tests.add(question, occupation, fact, by=current_user.name)
    except Refused as reason:  # it is one already
        flash(str(reason))
