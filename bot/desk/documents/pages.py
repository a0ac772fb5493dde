"""The pages of the documents."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from bot.desk.context import desk
from bot.desk.documents import editing
from bot.desk.numbers import asked_number
from knowledge.model import Aspect, Refused
from knowledge.shelf.model import UNSURE, Changed, Document, Item, Part, Version
from knowledge.shelf.publishing import placed

MOST = 20  # files at once
PAGE = 40  # items of a page
LONGEST = 300  # characters of a question that is tried
ACTS = ("save", "confirm", "join", "split")  # what the buttons of a page of items do
ASPECTS = [(each.value, each.value.replace("_", " ")) for each in Aspect]

pages = Blueprint("documents", __name__)


@pages.errorhandler(Refused)
def refused(reason: Refused) -> Any:
    """What was not done, on the page that it was to be done on."""
    number = (request.view_args or {}).get("number")
    flash(str(reason), "wrong")
    if number is None or str(reason).startswith("There is no document"):
        return redirect(url_for("documents.documents"))
    return redirect(url_for("documents.document", number=number))


@pages.route("/desk/documents", methods=["GET", "POST"])
def documents() -> Any:
    """All documents, and a form for more."""
    if request.method == "POST":
        return _add([file for file in request.files.getlist("files") if file.filename])
    shelf = desk().shelf
    return render_template("documents/documents.html", documents=shelf.documents(), overdue=shelf.overdue(), most=MOST)


@pages.route("/desk/documents/<number:number>")
def document(number: int) -> Any:
    """One document: what was understood, unsure first, beside where it stands."""
    shelf = desk().shelf
    held = shelf.document(number)
    version = shelf.version(number)
    show = request.args.get("show", "facts")
    places = _places(version, show)
    page = min(asked_number("page") or 0, len(places) // PAGE)
    question = request.args.get("question", "")[:LONGEST]
    facts = [item for item in version.items if item.is_fact]
    return render_template(
        "documents/document.html",
        document=held,
        version=version,
        show=show,
        items=[(place, version.items[place]) for place in places[page * PAGE : (page + 1) * PAGE]],
        facts=len(facts),
        unsure=sum(item.sure < UNSURE for item in facts),
        left_out=len(version.left_out),
        aspects=ASPECTS,
        limit=UNSURE,
        page=page,
        earlier=page > 0,
        later=(page + 1) * PAGE < len(places),
        question=question,
        nearest=desk().trying.nearest(question, [placed(item) for item in facts]) if question else [],
    )


@pages.route("/desk/documents/<number:number>/items", methods=["POST"])
def change(number: int) -> Any:
    """Save what was chosen on a page of items, and do what its button says."""
    base, shelf = _base(), desk().shelf
    version = shelf.version(number, base)
    act, _, which = request.form.get("act", "save").partition(":")
    if act not in ACTS:
        abort(400)
    place = int(which) if which.isascii() and which.isdigit() and len(which) < 7 else -1
    chosen = {
        int(name.removeprefix("aspect-")): value
        for name, value in request.form.items()
        if name.startswith("aspect-") and name.removeprefix("aspect-").isascii() and name[7:].isdigit()
    }
    items = editing.told(version.items, chosen, confirmed=act == "confirm")
    if act == "join":
        items = editing.joined(items, place, version.lines)
    elif act == "split":
        items = editing.split(items, place, request.form.get(f"split-{place}", ""))
    if tuple(items) == version.items:
        flash("Nothing was changed.")
    else:
        shelf.change(number, base, by=current_user.name, items=items, note=act)
        desk().audit.write(current_user.name, "changed a document", f"{number}: {act}")
        flash("Saved as the next version.")
    back = {"show": request.form.get("show"), "page": request.form.get("page") or None}
    return redirect(url_for("documents.document", number=number, **back))


@pages.route("/desk/documents/<number:number>/parts", methods=["POST"])
def parts(number: int) -> Any:
    """Which occupations it describes, by title, other names and code."""
    base, shelf = _base(), desk().shelf
    titles, codes, names = (request.form.getlist(name) for name in ("title", "code", "names"))
    given = []
    for title, code, others in zip(titles, codes, names):
        if title.strip():
            also = tuple(name.strip() for name in others.split(",") if name.strip())
            given.append(Part(title.strip()[:200], also[:50], code.strip()[:12] or None))
    version = shelf.version(number, base)
    if len(given) < len(version.parts) and any(item.parts for item in version.items):
        raise Refused("Sentences belong to that occupation; it can be renamed, and not taken away.")
    shelf.change(number, base, by=current_user.name, parts=given, note="titles")
    desk().audit.write(current_user.name, "changed a document", f"{number}: titles")
    flash("Saved as the next version.")
    return redirect(url_for("documents.document", number=number))


@pages.route("/desk/documents/<number:number>/publish", methods=["GET", "POST"])
def publish(number: int) -> Any:
    """What publishing would change and break, and the button that does it."""
    shelf = desk().shelf
    held = shelf.document(number)
    if request.method == "POST":
        base = _base()
        if base != held.latest:
            raise Changed("Somebody else changed it meanwhile; look at the latest version, and publish that.")
        shelf.publish(number, base, by=current_user.name)
        desk().audit.write(current_user.name, "published a document", f"{number}: {held.name}, version {base}")
        flash("It is live: the advisor answers from it within five seconds.")
        return redirect(url_for("documents.document", number=number))
    version = shelf.version(number)
    return render_template(
        "documents/publish.html",
        document=held,
        version=version,
        unsure=sum(item.is_fact and item.sure < UNSURE for item in version.items),
        difference=shelf.compare(number, held.live, held.latest) if held.live else None,
        broken=desk().tests.broken(version),
        tested=len(desk().tests.of(version)),
    )


@pages.route("/desk/documents/<number:number>/take-back", methods=["POST"])
def take_back(number: int) -> Any:
    """Answer from it no longer."""
    held = desk().shelf.take_back(number, by=current_user.name)
    desk().audit.write(current_user.name, "took back a document", f"{number}: {held.name}")
    flash("It is taken back; the advisor answers from it no longer.")
    return redirect(url_for("documents.document", number=number))


@pages.route("/desk/documents/<number:number>/forget", methods=["POST"])
def forget(number: int) -> Any:
    """Delete the file and all versions, once somebody has ticked that they are sure."""
    held = desk().shelf.document(number)
    if request.form.get("sure") != "yes":
        raise Refused("Nothing was deleted: tick the box beside the button first.")
    desk().shelf.forget(number, by=current_user.name)
    desk().audit.write(current_user.name, "deleted a document", f"{number}: {held.name}")
    flash(f"{held.name} is deleted, with all its versions.")
    return redirect(url_for("documents.documents"))


@pages.route("/desk/documents/<number:number>/review", methods=["POST"])
def review(number: int) -> Any:
    """When somebody has to look at it again."""
    given = request.form.get("on", "").strip()
    try:
        on = date.fromisoformat(given) if given else None
    except ValueError as error:
        raise Refused(f"“{given[:20]}” is no date; write it as 2027-06-30.") from error
    desk().shelf.set_review_date(number, on, by=current_user.name)
    desk().audit.write(current_user.name, "set a review date", f"{number}: {on or 'none'}")
    flash(f"To be looked at again on {on}." if on else "No review date is set.")
    return redirect(url_for("documents.document", number=number))


@pages.route("/desk/documents/<number:number>/versions")
def versions(number: int) -> Any:
    """All versions, two of which can be compared."""
    shelf = desk().shelf
    held, one, other = shelf.document(number), asked_number("one"), asked_number("other")
    difference = shelf.compare(number, one, other) if one and other and one != other else None
    return render_template(
        "documents/versions.html",
        document=held,
        versions=shelf.versions(number),
        one=one,
        other=other,
        difference=difference,
    )


@pages.route("/desk/documents/<number:number>/restore", methods=["POST"])
def restore(number: int) -> Any:
    """Make the next version as an older one was."""
    old = request.form.get("version", type=int) or abort(400)
    desk().shelf.restore(number, old, base=_base(), by=current_user.name)
    desk().audit.write(current_user.name, "restored a version", f"{number}: {old}")
    flash(f"The latest version is as version {old} was.")
    return redirect(url_for("documents.document", number=number))


def _add(files: list[FileStorage]) -> Any:
    """Add files, each by itself: one that is refused keeps none of the others out."""
    if not files:
        raise Refused("Choose a file first.")
    if len(files) > MOST:
        raise Refused(f"At most {MOST} files at once.")
    added: list[Document] = []
    for file in files:
        name = PurePath((file.filename or "").replace("\\", "/")).name[:200] or "file"
        try:
            added.append(desk().shelf.add(name, file.read(), by=current_user.name))
        except Refused as reason:
            flash(str(reason), "wrong")
        else:
            desk().audit.write(current_user.name, "added a document", f"{added[-1].id}: {name}")
    if len(added) == 1 == len(files):
        return redirect(url_for("documents.document", number=added[0].id))
    if added:
        flash(f"Added: {', '.join(each.name for each in added)}.")
    return redirect(url_for("documents.documents"))


def _places(version: Version, show: str) -> list[int]:
    """The places of the items of a page: facts, the least sure first; or what was left out, as it stands."""

    def wanted(item: Item) -> bool:
        return item.aspect is None if show == "left" else item.aspect is not None

    places = [place for place, item in enumerate(version.items) if wanted(item)]
    if show == "facts":
        places.sort(key=lambda place: (version.items[place].sure >= UNSURE, place))
    return places


def _base() -> int:
    """The version that somebody saw when they changed it."""
    return request.form.get("base", type=int) or abort(400)
