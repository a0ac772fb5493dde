"""The pages on which a question gets its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from bot.desk.asked import writing
from bot.desk.context import desk
from bot.desk.documents.pages import ASPECTS
from bot.desk.signing import needs
from bot.desk.users import Role
from knowledge.model import Aspect, Begins, Refused
from knowledge.shelf.model import Document, Version
from knowledge.shelf.publishing import placed

BEGINS = [("open", "neither yes nor no"), ("yes", "yes"), ("no", "no"), ("depends", "it depends")]

pages = Blueprint("writing", __name__)


@pages.route("/desk/questions/group/<number:number>/write", methods=["GET", "POST"])
@needs(Role.editor)
def write(number: int) -> Any:
    """A new fact in the owner's words, for a group of questions; what is refused stands in the form again."""
    group = desk().questions.group(number) or abort(404)
    typed = {"title": desk().known.names({group.occupation}).get(group.occupation, "")}
    if request.method == "POST":
        typed = request.form
        try:
            document = _written(typed)
        except Refused as reason:
            flash(str(reason), "wrong")
        else:
            desk().questions.settle(number, "written", by=current_user.name)
            desk().audit.write(current_user.name, "wrote a fact", f"{document.id}: {typed.get('text', '')}")
            flash("It is on the shelf; publish it to let it be the answer.")
            return redirect(url_for("documents.publish", number=document.id))
    page = render_template("asked/write.html", group=group, typed=typed, aspects=ASPECTS, longest=writing.LONGEST)
    return page, 422 if request.method == "POST" else 200


@pages.route("/desk/questions/group/<number:number>/answer", methods=["GET", "POST"])
@needs(Role.editor)
def answer(number: int) -> Any:
    """A fact that is the answer to a group of questions; what is refused stands in the form again."""
    group = desk().questions.group(number) or abort(404)
    version = writing.about(desk().shelf, group.occupation)
    typed = {"question": group.text}
    if request.method == "POST":
        typed = request.form
        try:
            changed = _confirmed(version, typed)
        except Refused as reason:
            flash(str(reason), "wrong")
        else:
            if typed.get("test") == "yes":
                _test(typed.get("question", ""), group.occupation or "", changed, _place(typed))
            desk().questions.settle(number, "confirmed", by=current_user.name)
            desk().audit.write(current_user.name, "confirmed an answer", f"{changed.document}: group {number}")
            live = desk().shelf.document(changed.document).live == changed.number
            flash("It holds from now on." if live else "It is in the draft, and holds once that is published.")
            return redirect(url_for("asked.groups"))
    facts = [(place, item) for place, item in enumerate(version.items) if item.is_fact] if version else []
    nearest = desk().trying.nearest(group.text, [placed(item) for _, item in facts])
    same = version is not None and typed.get("base", str(version.number)) == str(version.number)
    page = render_template(
        "asked/answer.html",
        group=group,
        version=version,
        facts=facts,
        nearest=[facts[each.place] for each in nearest],
        begins=BEGINS,
        typed=typed,
        chosen=typed.get("fact", "") if same else "",  # places are of a version
    )
    return page, 422 if request.method == "POST" else 200


def _written(form: Mapping[str, str]) -> Document:
    try:
        aspect = Aspect(form.get("aspect", ""))
    except ValueError as error:
        raise Refused("Choose what kind of fact it is.") from error
    told = (form.get("title", ""), form.get("text", ""), aspect, form.get("source", ""))
    return writing.write(desk().shelf, *told, by=current_user.name)


def _confirmed(version: Version | None, form: Mapping[str, str]) -> Version:
    if version is None or form.get("base") != str(version.number):
        raise Refused("The document has changed meanwhile; choose the fact once more.")
    begins = form.get("begins", "")
    if begins not in Begins.__members__:
        raise Refused("Say how the answer begins.")
    question = form.get("question", "")[:300]
    return writing.confirm(desk().shelf, version, _place(form), question, Begins(begins), by=current_user.name)


def _place(form: Mapping[str, str]) -> int:
    """The place of the fact that was chosen; -1 where none was."""
    given = form.get("fact", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else -1


def _test(question: str, occupation: str, version: Version, place: int) -> None:
    try:
        desk().tests.add(question, version.document, occupation, version.items[place].text, by=current_user.name)
    except Refused as reason:  # it is one already
        flash(str(reason))
