"""What a sentence of the Occupational Outlook Handbook tells: by its section and heading, and by its own words.

The headings are those of its pages. Under some of them a page tells of several things; there the words decide.
"""

from __future__ import annotations

import re

from knowledge.model import Aspect as A

OF_SECTION = {
    "what-they-do": A.overview,
    "work-environment": A.workplace,
    "become-one": A.requirements,
    "pay": A.pay,
    "job-outlook": A.outlook,
    "similar-jobs": A.related,
    "more-information": A.next_steps,
}
OF_HEADING = (  # by a word of the heading, the first that is in it
    ("dut", A.tasks),
    ("schedule", A.hours),
    ("injur", A.safety),
    ("licen", A.certification),
    ("certif", A.certification),
    ("qualit", A.skills),
    ("advance", A.entry_level),
    ("experience", A.experience),
    ("benefits", A.benefits),
    ("union", A.union),
    ("education and", A.requirements),
    ("education &", A.requirements),
    ("education", A.education),
    ("training", A.training_length),
    ("employment", A.outlook),
    ("prospects", A.outlook),
)
OF_QUICK_FACT = (
    ("median pay", A.pay),
    ("education", A.education),
    ("experience", A.experience),
    ("training", A.training_length),
    ("number of jobs", A.demographics),
    ("job outlook", A.outlook),
    ("employment change", A.outlook),
)
LONGEST = 1000  # characters of a sentence that are looked at; none that is published has as many
TIME = r"(?:years?|months?|weeks?|days|hours|semesters?)\b"
LENGTH = (
    r"^(?!.*\bexperience\b).*(?:"
    rf"\b(?:takes?|taking|lasts?|lasting|long|completed?|up to|period|several|few) [^.;]{{0,150}}{TIME}"
    r"|\b\d-(?:year|month|week) (?!coll|univ|inst|school)|\blength of\b|\b(?:short|moderate|long)-term\b)"
)
LASTS = (
    r"^(?!.*\b(?:experience|needs?|must|requires?)\b).*\b(?:takes?|taking|lasts?|lasting|completed?) "
    rf"[^.;]{{0,150}}{TIME}"
)
SCHOOLS = (
    r"\b(?:offered|available|provided|found) (?:by|at|in|through|from)\b.*"
    r"\b(?:colleges?|universit\w+|schools?|institutes)\b"
    r"|\b(?:colleges?|universit\w+|schools|institutes)\b.*\boffers?\b"
)
DEGREE = r"\bdegrees?\b|\bdiploma\b|\beducation|\bbachelor|\bmaster[’']s\b|\bPh\.D|\bcourse(?:s|work)\b|\bcollege\b"
TRAINED = r"\btrain(?:ed|ing|ees?)\b|\bapprentice|\bon[ -]the[ -]job\b|\blearn\b|\bexperience"
LICENSED = r"\blicens|\bcertif|\bcredential|\bregist(?:er|ration)"
HOME = (
    r"\bwork\w*\b[^.;]{0,150}\b(?:(?<!away )from (?:\w+ )?home|at home|remotely|home offices?)\b"
    r"|\btelework|\btelecommut"
)
WORK_IN = r"(?<!who )\bwork(?:s|ing)? (?:in|at) (?!awkward|pairs|teams|shifts|close|poor|bad|unpleasant)"
TRAVEL = r"\btravell?(?:s|ing)?\b(?! (?:agen|emergen|arrange|plan|industr|long))|\baway from home\b"
FULL_TIME = r"\b(?:full|part)[ -]time\b|\bovertime\b|\bevenings\b|\bweekends\b|\bhours (?:per|a) week\b"
TIMES = (
    r"\bhours\b|\bschedules?\b|\bworkweek|\bworkdays?\b|\b(?:morning|evening|night|weekend|holiday|shift)s?\b"
    r"|\bon call\b|\baround the clock\b|\bseason|\bsummer\b|\bbreaks?\b|\bunemploy"
)
AGE = r"\b\d\d years (?:old|of age)\b|\bage (?:of )?\d\d\b|\bminimum age\b|\bage (?:cutoff|limit)"
ADMITTED = (
    (AGE, A.age),
    (r"\bcitizen", A.work_authorization),
    (r"\bbackground (?:check|investigation|test)|\bdrug (?:test|screen)|\btesting for drug", A.tests),
    (r"\btuition\b|\bscholarships?\b|\bfinancial aid\b|\bcost of training\b", A.training_cost),
)
USES = r"\bus(?:e|es|ing)\b(?! of)(?:(?! to )[^.;]){0,70}\b"
BY_WORDS = {  # of an aspect so found, what a sentence rather tells, by the first pattern that it has
    A.workplace: (
        (r"\bheld about [\d.,]+", A.demographics),
        (AGE, A.age),
        (HOME, A.remote),
        (FULL_TIME, A.hours),
        (r"\boffices?\b|\b(?:in|out)doors?\b", A.workplace),
        (WORK_IN, A.workplace),
        (TRAVEL, A.travel),
        (r"\bwear\b|\bprotective\b|\bhazard|\bdanger|\binjur|\bsafety\b|\brisks?\b|\bexpos", A.safety),
        (r"\bphysical|\bstrenuous|\blift|\bstand(?:ing)?\b|\bbend|\bkneel|\bcrouch|\btheir feet\b", A.requirements),
        (r"\bnois|\bloud\b|\bdust|\bdirty\b|\bodor|\bfumes\b|\btemperature|\bweather\b", A.environment),
    ),
    A.hours: ((TRAVEL, A.travel),),
    A.tasks: (
        (rf"{USES}(?:software|computers?|technology|technologies|databases?)\b|\bcomputer-aided\b", A.technology),
        (rf"{USES}(?:tools?|equipment|machines?|machinery|instruments?|devices?)\b", A.tools),
    ),
    A.requirements: (
        *ADMITTED,
        (LASTS, A.training_length),
        (SCHOOLS, A.schools),
        (DEGREE, A.education),
        (LENGTH, A.training_length),
        (TRAINED, A.experience),
        (LICENSED, A.certification),
    ),
    A.education: (*ADMITTED, (LASTS, A.training_length), (SCHOOLS, A.schools)),
    A.training_length: (*ADMITTED, (LENGTH, A.training_length), ("", A.experience)),
    A.experience: ADMITTED,
    A.certification: ADMITTED,
    A.pay: (
        (r"\$|\bwages?\b", A.pay),
        (r"(?<!compensation and )(?<!compensation, )\bbenefits\b|\binsurance plan|\bvacation\b|\bdiscount", A.benefits),
        (r"\bpa(?:y|ys|id|yments?)\b|\bearn|\bsalar|\bincome|\bcompensat(?!ion,? (?:and )?benefits)|\bcharge\b", A.pay),
        (r"\btips\b|\bcommissions?\b|\bbonus|\bfees?\b|\broyalt|\bmoney\b|\brates?\b|\bshare\b|\ballowance", A.pay),
        (rf"{FULL_TIME}|{TIMES}", A.hours),
        (TRAVEL, A.travel),
    ),
    A.next_steps: (
        (LICENSED, A.certification),
        (r"\bapprentice|\btraining\b|\binternship", A.experience),
        (r"\baccredit|\bschools?\b|\beducation\b|\bdegree", A.schools),
        (r"\b(?:job|work|employment) (?:opening|vacanc|opportunit)|\bvacanc|\bapply\b", A.application),
    ),
}
PATTERNS = {
    aspect: [(re.compile(pattern, re.IGNORECASE), rather) for pattern, rather in patterns]
    for aspect, patterns in BY_WORDS.items()
}


REFERS = re.compile(
    r"^(?:for )?(?:more |further |additional )?(?:information|details|resources)\b.{0,120}"
    r"\b(?:visit|contact|see|available|found)\b",
    re.IGNORECASE,
)


def aspect_of(section: str, heading: str, text: str, before: A | None = None) -> A:
    """What a sentence tells that stands in a section, by the id of that, and under a heading, which may be empty.

    `before` is what the sentence before it tells, where one that has no word of its own goes on with that. One that
    only says where to read on is a next step, whatever it is on.
    """
    if REFERS.search(text):
        return A.next_steps
    aspect = of_heading(section, heading)
    return by_words(aspect, text, before or aspect)


def of_heading(section: str, heading: str) -> A:
    """What is told under a heading."""
    return next((aspect for word, aspect in OF_HEADING if word in heading.lower()), OF_SECTION[section])


def by_words(aspect: A, text: str, otherwise: A | None = None) -> A:
    """What a sentence tells where most tell one aspect."""
    words = (rather for pattern, rather in PATTERNS.get(aspect, ()) if pattern.search(text[:LONGEST]))
    return next(words, otherwise or aspect)


def of_quick_fact(name: str) -> A | None:
    """What a row of the table "Quick Facts" tells; `None` for a row that is not known."""
    return next((aspect for word, aspect in OF_QUICK_FACT if word in name.lower()), None)
