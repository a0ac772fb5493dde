"""Which aspects of a document answer which kind of question, and what is worth asking next."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.model import Aspect as A


@dataclass(frozen=True)
class Plan:
    """How one kind of question is answered.

    `tells` are the aspects whose facts are told whole where all of them are asked for; facts of `picks` are likely
    meant too. `next` are the kinds worth asking afterwards.
    """

    tells: tuple[A, ...] = ()
    picks: tuple[A, ...] = ()
    next: tuple[str, ...] = ("typical_day", "skills", "getting_started")


SKILLS = (A.skills, A.knowledge, A.abilities)
DUTIES = (A.tasks, A.typical_day)

PLANS: dict[str, Plan] = {
    "overview": Plan(tells=(A.overview,), next=("typical_day", "skills", "getting_started")),
    "typical_day": Plan(tells=(A.typical_day,), next=("tasks", "workplace", "safety")),
    "tasks": Plan(tells=(A.tasks,), next=("typical_day", "skills", "safety")),
    "one_task": Plan(picks=(*DUTIES, A.safety), next=("tasks", "typical_day", "skills")),
    "skills": Plan(tells=SKILLS, next=("interests", "requirements", "getting_started")),
    "one_skill": Plan(
        picks=(*SKILLS, A.technology, A.interests, A.next_steps, A.requirements),
        next=("skills", "tasks", "getting_started"),
    ),
    "interests": Plan(tells=(A.interests, A.appeal), next=("skills", "typical_day", "requirements")),
    "requirements": Plan(
        tells=(A.requirements,), picks=(A.abilities, A.skills), next=("skills", "safety", "workplace")
    ),
    "workplace": Plan(tells=(A.workplace,), next=("safety", "typical_day", "requirements")),
    "safety": Plan(tells=(A.safety,), picks=(A.tasks,), next=("workplace", "requirements", "tasks")),
    "entry_level": Plan(tells=(A.entry_level,), next=("experience", "certification", "next_steps")),
    "experience": Plan(tells=(A.experience,), next=("certification", "next_steps", "entry_level")),
    "getting_started": Plan(
        tells=(A.education, A.experience, A.certification, A.next_steps),
        next=("skills", "requirements", "entry_level"),
    ),
    "certification": Plan(tells=(A.certification, A.next_steps), next=("experience", "skills", "entry_level")),
    "next_steps": Plan(tells=(A.next_steps, A.certification), next=("experience", "skills", "requirements")),
    "titles": Plan(next=("overview", "variation", "skills")),
    "technology": Plan(
        tells=(A.technology, A.tools), picks=(*SKILLS, A.workplace), next=("skills", "tasks", "workplace")
    ),
    "fit": Plan(
        tells=(A.interests, A.requirements),
        picks=(*SKILLS, A.interests, *DUTIES, A.requirements, A.appeal, A.experience, A.entry_level),
        next=("interests", "requirements", "skills"),
    ),
    "appeal": Plan(tells=(A.appeal, A.workplace, A.entry_level), next=("interests", "typical_day", "entry_level")),
    "downsides": Plan(tells=(A.safety, A.requirements), next=("safety", "requirements", "appeal")),
    "meaning": Plan(picks=(*SKILLS, *DUTIES), next=("skills", "tasks", "overview")),
    "variation": Plan(tells=(A.variation,), next=("titles", "tasks", "skills")),
    "pay": Plan(tells=(A.pay,), next=("entry_level", "certification", "skills")),
    "hours": Plan(tells=(A.hours,), next=("typical_day", "workplace", "requirements")),
    "education": Plan(tells=(A.education,), next=("certification", "experience", "skills")),
    "schools": Plan(tells=(A.schools,), next=("certification", "experience", "next_steps")),
    "outlook": Plan(tells=(A.outlook,), next=("entry_level", "skills", "getting_started")),
    "employers": Plan(tells=(A.employers,), next=("titles", "getting_started", "workplace")),
    "age": Plan(tells=(A.age,), next=("requirements", "experience", "entry_level")),
    "benefits": Plan(tells=(A.benefits,), next=("entry_level", "workplace", "typical_day")),
    "training_cost": Plan(tells=(A.training_cost,), next=("certification", "experience", "next_steps")),
    "training_length": Plan(tells=(A.training_length,), next=("certification", "experience", "getting_started")),
    "certificate_names": Plan(
        tells=(A.certificate_names,),
        picks=(A.next_steps, A.certification),
        next=("certification", "next_steps", "experience"),
    ),
    "remote": Plan(tells=(A.remote,), next=("workplace", "typical_day", "tasks")),
    "travel": Plan(tells=(A.travel,), next=("workplace", "typical_day", "tasks")),
    "union": Plan(tells=(A.union,), next=("workplace", "safety", "entry_level")),
    "dress": Plan(tells=(A.dress,), next=("safety", "workplace", "requirements")),
    "tests": Plan(tells=(A.tests,), next=("requirements", "getting_started", "certification")),
    "work_authorization": Plan(tells=(A.work_authorization,), next=("requirements", "getting_started", "skills")),
    "difficulty": Plan(tells=(A.difficulty,), next=("skills", "typical_day", "requirements")),
    "comparison": Plan(tells=(A.comparison,), next=("overview", "skills", "typical_day")),
    "demographics": Plan(
        tells=(A.demographics,), picks=(A.workplace,), next=("interests", "workplace", "requirements")
    ),
    "application": Plan(tells=(A.application,), next=("getting_started", "next_steps", "titles")),
    "environment": Plan(tells=(A.environment,), picks=(A.workplace,), next=("workplace", "safety", "typical_day")),
    "accommodation": Plan(
        tells=(A.accommodation,), picks=(A.requirements,), next=("requirements", "workplace", "safety")
    ),
    "physical_limits": Plan(
        tells=(A.physical_limits,), picks=(A.requirements,), next=("requirements", "typical_day", "safety")
    ),
    "language": Plan(tells=(A.language,), next=("skills", "requirements", "workplace")),
    "amount": Plan(tells=(A.amount,), next=("typical_day", "tasks", "workplace")),
    "other_detail": Plan(next=("workplace", "typical_day", "requirements")),
    "related": Plan(tells=(A.related,), next=("overview", "titles", "skills")),
}
TOLD_MORE: dict[str, tuple[A, ...]] = {  # what is told of a kind beyond its own aspect, unless questions are confirmed
    "getting_started": (A.education, A.certification, A.experience, A.training_length),
    "entry_level": (A.education, A.experience, A.entry_level),
    "training_length": (A.education, A.training_length, A.certification),
    "certification": (A.certification,),
    "next_steps": (A.education, A.certification, A.experience),
    "overview": (A.overview, A.tasks),
    "requirements": (A.requirements, A.education, A.certification),
    "typical_day": (A.typical_day, A.tasks),
    "downsides": (A.safety, A.hours, A.workplace),
    "appeal": (A.pay, A.outlook, A.education, A.workplace, A.interests),
    "difficulty": (A.requirements, A.safety, A.education),
    "comparison": (A.overview, A.pay, A.education, A.outlook),
    "schools": (A.schools, A.education),
    "benefits": (A.benefits, A.pay),
}
OVERALL = ("titles", "variation", "comparison", "overview", "fit")  # kinds that compare two jobs in nothing special
STARTERS = ("overview", "skills", "getting_started")

# The kind whose answer tells a fact, for facts that answer without their kind having been asked for.
ASPECT_PLANS: dict[A, str] = {
    aspect: kind
    for kind, plan in reversed(PLANS.items())
    if kind not in ("fit", "getting_started", "appeal", "downsides")
    for aspect in plan.tells or plan.picks[:1]
} | {A.appeal: "appeal"}


def bearing_on(kind: str, *, more: bool) -> tuple[A, ...]:
    """The aspects of the facts that a question of a kind may mean; none of what is no kind."""
    plan = PLANS.get(kind)
    return (*plan.tells, *plan.picks, *(TOLD_MORE.get(kind, ()) if more else ())) if plan else ()
