"""The words of the field: plain types that know neither SQL nor chat."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Refused(ValueError):
    """A document, a reading or a store that cannot be used, said in one sentence with file and line."""


class Aspect(str, Enum):
    """What kind of thing a fact tells; `ask_<aspect>` is the question and `utter_<aspect>` the answer."""

    overview = "overview"
    appeal = "appeal"
    typical_day = "typical_day"
    tasks = "tasks"
    skills = "skills"
    knowledge = "knowledge"
    abilities = "abilities"
    technology = "technology"
    tools = "tools"
    interests = "interests"
    requirements = "requirements"
    workplace = "workplace"
    safety = "safety"
    entry_level = "entry_level"
    experience = "experience"
    certification = "certification"
    next_steps = "next_steps"
    titles = "titles"
    variation = "variation"
    related = "related"
    pay = "pay"
    hours = "hours"
    education = "education"
    schools = "schools"
    outlook = "outlook"
    employers = "employers"
    age = "age"
    benefits = "benefits"
    training_cost = "training_cost"
    training_length = "training_length"
    certificate_names = "certificate_names"
    remote = "remote"
    travel = "travel"
    union = "union"
    dress = "dress"
    tests = "tests"
    work_authorization = "work_authorization"
    difficulty = "difficulty"
    comparison = "comparison"
    demographics = "demographics"
    application = "application"
    environment = "environment"
    accommodation = "accommodation"
    physical_limits = "physical_limits"
    language = "language"
    amount = "amount"


@dataclass
class Source:
    """What is cited: who published it, where and when, in which edition, and under which licence.

    `None` means that it does not say.
    """

    name: str
    title: str
    publisher: str | None = None
    url: str | None = None
    date: str | None = None
    edition: str | None = None
    licence: str | None = None
    attribution: str | None = None


@dataclass
class Title:
    """A name that people use for an occupation, and the line of the source that gives it."""

    text: str
    kind: str = "alternate"  # preferred | alternate | reported
    line: int | None = None


class Begins(str, Enum):
    """How the answer to a question begins; `open` where neither yes nor no answers it."""

    open = "open"
    yes = "yes"
    no = "no"
    depends = "depends"


@dataclass(frozen=True)
class Asked:
    """A question that a fact answers, as somebody would ask it."""

    text: str
    begins: Begins


@dataclass
class Fact:
    """The smallest thing worth quoting, and where its source says it."""

    aspect: Aspect
    text: str
    line: int | None = None  # of a document; a table or a web page has none that people could look up
    heading: str | None = None
    label: str | None = None
    importance: float | None = None
    asked: list[Asked] = field(default_factory=list, compare=False, repr=False)
    source: Source | None = None  # where it is not the one that describes the whole occupation
    group: str | None = None  # whom it is told of, where that is more than this occupation
    area: str | None = None  # of a figure for a part of the country: the state

    @property
    def quote(self) -> str:
        """The fact in the document's words, its label first where it has one of its own."""
        return f"{self.label} — {self.text}" if self.label and self.label != self.text else self.text

    @property
    def is_share(self) -> bool:
        """Whether it only counts those of the people asked who said something, as O*NET publishes it."""
        return self.text.endswith("% of those asked")

    @property
    def placed(self) -> str:
        """The fact as it is read against a question: of an item, its heading first, without which it says little."""
        if self.label is None:
            return self.quote
        return f"{(self.heading or self.aspect.value.replace('_', ' ')).strip(' :')}: {self.quote}"


@dataclass
class Occupation:
    """One occupation as its sources describe it; `source` describes the whole of it, or most."""

    slug: str
    title: str
    source: Source
    code: str | None = None  # O*NET-SOC
    codes: list[str] = field(default_factory=list)  # of all occupations that it stands for, where they are several
    titles: list[Title] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    @property
    def imported(self) -> bool:
        """Whether public data describe it, and not a document of the owner's."""
        return bool(self.codes)

    @property
    def confirmed(self) -> bool:
        """Whether questions are confirmed for most of its facts, by which those meant are found."""
        return 2 * sum(bool(fact.asked) for fact in self.facts) > len(self.facts)


@dataclass(frozen=True)
class Wage:
    """What one occupation pays in one area, as published: `None` where it is not, "#" at or above the top code.

    Hourly and annual figures in US dollars: the mean, and the 10th, 25th, 50th, 75th and 90th percentiles.
    """

    code: str  # SOC, six digits: 51-4121
    title: str
    area: str  # "United States", or a state
    employment: str | None
    hourly_mean: str | None
    annual_mean: str | None
    hourly: tuple[str | None, ...]
    annual: tuple[str | None, ...]


@dataclass(frozen=True)
class Projection:
    """How the employment in one occupation will change, and what is typically needed to enter it, as published.

    Employment and openings in thousands of jobs, change in thousands and in percent; openings are a year's average.
    """

    code: str  # SOC, six digits
    title: str
    base_year: str
    target_year: str
    employment: str | None
    projected: str | None
    change: str | None
    percent: str | None
    openings: str | None
    education: str | None
    experience: str | None
    training: str | None
    factors: str | None = None  # why it changes
