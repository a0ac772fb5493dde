"""The pages of what visitors ask: groups, single questions, days, thumbs, and all of it as CSV."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from bot.desk.asked.outcome import MEANS, Outcome
from bot.desk.asked.questions import PAGE, Filter
from bot.desk.context import desk
from bot.desk.numbers import asked_number
from bot.desk.sheets import sheet

DAYS = {7: "the last 7 days", 30: "the last 30 days", 0: "all that is kept"}
SHOWN = 14  # days of the table
FURTHEST = 10_000  # pages; a number beyond is nobody's

pages = Blueprint("asked", __name__)


@pages.route("/desk/questions")
def groups() -> Any:
    """Questions of one meaning together, those that were refused most first."""
    settled, page = request.args.get("show") == "settled", _page()
    found = desk().questions.groups(page=page, most=PAGE + 1, settled=settled)
    return render_template(
        "asked/groups.html",
        groups=found[:PAGE],
        names=desk().known.names({group.occupation for group in found}),
        earlier=_to("asked.groups", page=page - 1 or None, show=request.args.get("show")) if page else None,
        later=_to("asked.groups", page=page + 1, show=request.args.get("show")) if len(found) > PAGE else None,
        settled=settled,
        counts=_sums(desk().questions.counts(30)),
        means=MEANS,
        retention=desk().options.retention,
        done_at=desk().background.done_at,
    )


@pages.route("/desk/questions/group/<number:number>")
def group(number: int) -> Any:
    """One group, with its questions and what can be done about them."""
    found = desk().questions.group(number) or abort(404)
    before = asked_number("before")
    questions = desk().questions.of_group(number, before=before, most=PAGE + 1)
    last = questions[PAGE - 1].event if len(questions) > PAGE else None
    return render_template(
        "asked/group.html",
        group=found,
        questions=questions[:PAGE],
        answer=desk().questions.answer(questions[0].event) if questions else "",
        names=desk().known.names({found.occupation}),
        earlier=_to("asked.group", number=number) if before else None,
        later=_to("asked.group", number=number, before=last) if last else None,
    )


@pages.route("/desk/questions/group/<number:number>/settled", methods=["POST"])
def settle(number: int) -> Any:
    """Mark a group as dealt with, or not any more."""
    if desk().questions.group(number) is None:
        abort(404)
    if request.form.get("settled") == "no":
        desk().questions.unsettle(number)
        did, now = "opened a group again", "The group is open again."
    else:
        desk().questions.settle(number, "by hand", by=current_user.name)
        did, now = "settled a group", "The group is dealt with; it stands under “Dealt with” now."
    desk().audit.write(current_user.name, did, str(number))
    flash(now)
    return redirect(url_for("asked.groups"))


@pages.route("/desk/questions/all")
def every() -> Any:
    """Single questions, the latest first."""
    wanted, before = _filter(), asked_number("before")
    found = desk().questions.page(wanted, before=before, most=PAGE + 1)
    last = found[PAGE - 1].event if len(found) > PAGE else None
    asked = {"days": wanted.days or None, "channel": wanted.channel or None, "outcome": wanted.outcome or None}
    return render_template(
        "asked/every.html",
        questions=found[:PAGE],
        names=desk().known.names({question.occupation for question in found}),
        wanted=wanted,
        days=DAYS,
        channels=desk().questions.channels(),
        outcomes=Outcome,
        earlier=_to("asked.every", **asked) if before else None,
        later=_to("asked.every", **asked, before=last) if last else None,
        download=_to("asked.download", **asked),
    )


@pages.route("/desk/questions/all/<number:event>")
def one(event: int) -> Any:
    """One question with its answer."""
    found = desk().questions.one(event) or abort(404)
    return render_template(
        "asked/one.html",
        question=found,
        answer=desk().questions.answer(event),
        names=desk().known.names({found.occupation}),
    )


@pages.route("/desk/questions/days")
def days() -> Any:
    """How much was asked, by day and channel."""
    counts = desk().questions.counts(SHOWN)
    most = max((sum(each.values()) for _, _, each in counts), default=0)
    return render_template("asked/days.html", counts=counts, most=most, means=MEANS, outcomes=Outcome, shown=SHOWN)


@pages.route("/desk/questions/thumbs")
def thumbs() -> Any:
    """What visitors thought of answers, with their words."""
    unhelpful, page = request.args.get("show") == "unhelpful", _page()
    found = desk().questions.thumbs(page=page, most=PAGE + 1, unhelpful=unhelpful)
    show = request.args.get("show")
    return render_template(
        "asked/thumbs.html",
        thumbs=found[:PAGE],
        unhelpful=unhelpful,
        helpful=desk().questions.helpful(),
        earlier=_to("asked.thumbs", page=page - 1 or None, show=show) if page else None,
        later=_to("asked.thumbs", page=page + 1, show=show) if len(found) > PAGE else None,
    )


@pages.route("/desk/questions/questions.csv")
def download() -> Any:
    """Single questions as CSV."""
    wanted = _filter()
    desk().audit.write(current_user.name, "downloaded questions")
    rows = (
        [f"{each.at:%Y-%m-%d %H:%M}", each.channel, each.outcome.value, each.occupation or "", each.text]
        for each in desk().questions.every(wanted)
    )
    return sheet("questions.csv", ["when (UTC)", "channel", "outcome", "occupation", "question"], rows)


@pages.route("/desk/questions/groups.csv")
def download_groups() -> Any:
    """Groups as CSV."""
    desk().audit.write(current_user.name, "downloaded groups of questions")
    found = desk().questions.groups(most=100_000, all_=True)
    rows = (
        [
            each.text,
            each.occupation or "",
            each.people,
            each.asked,
            each.refused,
            each.unsure,
            each.answered,
            f"{each.latest:%Y-%m-%d}",
            "yes" if each.settled else "no",
        ]
        for each in found
    )
    heading = ["question", "occupation", "people", "asked", "refused", "unsure", "answered", "last asked", "dealt with"]
    return sheet("groups.csv", heading, rows)


@pages.route("/desk/questions/thumbs.csv")
def download_thumbs() -> Any:
    """Thumbs as CSV."""
    desk().audit.write(current_user.name, "downloaded thumbs")
    rows = (
        [f"{each.at:%Y-%m-%d %H:%M}", each.channel, "yes" if each.helpful else "no", each.question, each.why]
        for each in desk().questions.thumbs(most=100_000)
    )
    return sheet("thumbs.csv", ["when (UTC)", "channel", "helpful", "question", "why"], rows)


def _filter() -> Filter:
    outcome, days = request.args.get("outcome", ""), request.args.get("days", 0, type=int)
    return Filter(
        days if days in DAYS else 0,
        request.args.get("channel", "")[:20],
        outcome if outcome in Outcome.__members__ else "",
    )


def _page() -> int:
    return min(asked_number("page") or 0, FURTHEST)


def _to(endpoint: str, /, **values: Any) -> str:
    return url_for(endpoint, **{name: value for name, value in values.items() if value is not None})


def _sums(counts: list[Any]) -> dict[str, int]:
    told = dict.fromkeys((each.value for each in Outcome), 0)
    for _, _, by_outcome in counts:
        for outcome, number in by_outcome.items():
            told[outcome] += number
    return told
