"""What may stand before and after the name of an occupation, and what after the same words in another sense."""

from __future__ import annotations

import re


def _any(*phrases: str) -> str:
    """A pattern for one of the phrases, which a bar parts."""
    return "(?:" + "|".join(phrase.strip() for each in phrases for phrase in each.split(" | ")) + ")"


LEVELS = _any(
    r"senior | junior | sr\.? | jr\.? | entry[- ]level | lead | trainee | certified | licensed | registered",
    "good | great | experienced | new | full[- ]time | part[- ]time | professional | successful | real",
    "freelance | self[- ]employed | travel+ing | master | apprentice | journeyman",
)
ARTICLE = _any("an? | any | every | one | (?:your|the|an?) (?:average|typical)")
DOES = _any("do | does | did | can | could | should | would | will | must | are | is")
GOES_ON = _any(  # what may follow somebody of whom something is said or asked
    "do | does | did | is | are | was | were | makes? | made | earns? | gets? | works? | needs? | have | has",
    "had | can | should | would | will | could | must | may | might | spends? | wears? | uses? | faces?",
    "learns? | starts? | lives? | likes? | retires? | qualify | qualifies | pays? | paid | in | at | on",
    r"and | or | who | that | when | while | vs\.? | without | with | from | per | versus | than | these days",
    "today | nowadays | here | now | then | ever | also | really | actually | usually | typically",
    "generally | only | if | because | but | so | as | like | i | you | they | a year | an hour",
    "for a living | every | each | before | after | by | under | instead | someday | one day",
    "again | too | next | still | yet | anyway | tho | though | right | around | dying | growing | going",
)
WORK = _any(  # what only those have who work
    "jobs? | careers? | positions? | roles? | salary | salaries | wages? | pay | paychecks? | earnings",
    "income | trade | occupations? | professions? | duties | apprenticeships? | internships?",
    "job description | outlook | vacancy | vacancies | openings? | work ?day",
)
LEARNT = _any(
    "school | degrees? | licen[cs]es? | certificates? | certification | programs? | courses? | training",
    "classes | exams? | hours",
)
END = re.compile(r"(?<![\s\"')\]])[\s\"')\]]*(?:$|[.?!;:,)\n…])")
GOING_ON = re.compile(rf"(?:'s?)?(?<!\s)\s+(?:{GOES_ON}\b|{WORK}\b|{LEARNT}\b)")
OF_WORK = re.compile(rf"(?:'s?)?(?<!\s)\s+{WORK}\b")
OF_LEARNING = re.compile(rf"(?<!\s)\s+{LEARNT}\b")
ONE_WHO = _any(  # before “a cook”, where it is somebody
    "becom(?:e|es|ing) | became | be | being | been | i'?m | i am | (?:he|she)(?:'?s| is| was) | i was | as",
    "hired? | employ | than | what(?:'?s| is) | how is | like | like to be | life of | day (?:of|for)",
    r"about | for | of | versus | vs\.? | or",
    f"need | want | turn(?:ing)? into | go(?:ing)? into | {DOES}",
)
FRAME = re.compile(rf"\b{ONE_WHO}\s+{ARTICLE}\s+$")
LOOSE_FRAME = re.compile(rf"\b(?:about|for|of|or|is|are|need|want)\s+{ARTICLE}\s+$")  # not enough for “first”
NOT_FRAME = re.compile(  # which points at a thing, or asks for one
    r"\b(?:(?:this|that|it|there|here|which|where|who|whose)(?:'?s| is| was)|"
    r"(?:i|we|you|they|to|just|really|did|don'?t) (?:need|want)|"
    r"(?:made|kind|sort|type|bit|lot|use|much|more|part|end|think|thought|thinking|dream|one|out|ask|asking|wait|look|"
    r"looking|hold|back|time) (?:of|for|about)) an? $"
)
DESCRIBED = re.compile(r"\b(?:becom(?:e|ing)|being|as|does|do|would|pay|hire|employ) an? (?:[\w'-]+ ){1,2}$")
WORK_OF = re.compile(rf"\b{WORK}\s+(?:range )?(?:of|for|as|to be|to become)\s+(?:{ARTICLE}|the)\s+$")
BEING, LIKE = (
    re.compile(r"\bbeing an? $"),
    re.compile(  # and what it is like
        r"(?<!\s)\s+(?:stressful|hard|easy|worth|fun|boring|dangerous|good|bad|better|difficult|tough|safe|rewarding|lonely|"
        r"exciting|tiring|right|really|too|very|pretty|that|all)\b"
    ),
)
ASKED = _any(
    "how (?:much|many|many hours|often|long|hard|safe|stressful|dangerous|well) | how much money | what",
    r"where | when | why | how | which | what (?:kind|sort|type) of \w+",
    "what (?:time|hours|skills|tools|training|education|degree|license|clothes|software|schooling|pay|salary)",
)
SUBJECT = re.compile(rf"(?:^|[\s,;:.?!]){ASKED} {DOES} (?:(?:most|some|many|all|the average) )?$")
DONE = re.compile(
    r"(?<!\s)\s+(?:(?:usually|typically|generally|normally|actually|really|even|get to) )?(?:do|make|earn|get|work|"
    r"need|have|wear|use|start|learn|spend|face|paid|live|bring home|take home|go to school|study|deal)\b"
)
SENTENCE = re.compile(  # the beginning of one about many: “do hosts need …”, “most guides …”
    rf"(?:^|[.?!,;:]\s*)(?:(?:so|and|but|ok|okay|hi|hello|hey|well|also|then)[, ]+)?(?:(?:{DOES}|what about|how about|"
    rf"tell me about|(?:(?:average|typical|the) )?{WORK} (?:of|for)|most|all|many|which|what are)\s+)?$"
)
ASIDE = re.compile(  # before those whom something is for or like, and who are not asked about
    r"(?<!salary )(?<!salaries )(?<!pay )(?<!wage )(?<!wages )(?<!jobs )(?<!outlook )(?<!school )(?<!training )"
    r"(?<!license )(?<!degree )\b(?:for|like|to|by|with) (?:(?:the|most|all|some|other|real|only|just) )?$"
)
NAME = re.compile(r"(?:^|\b(?:an?|the|for|of|or|vs\.?|versus|and|as|to|than|from|new|become|are|do) )$")
ANY, ABOUT = re.compile(r"\ban? $"), re.compile(r"\b(?:about|for|of|on|like|do) $")
ALONE = re.compile(  # a message that is nothing but the name
    r"^[\s\"'(]*(?:(?:hi|hello|hey|ok|okay|so|no|yes|and|or|then|well|sorry|i mean(?:t)?|how about|what about|"
    r"tell me about|info on|more about|about|being|becoming|as|maybe|is|are)[,!.: ]+)*(?:(?:being|becoming) "
    r")?(?:an? |the )?$"
)
OWNED = re.compile(r"\b(?:my|our|his|her|their|your|this|that|the) $")
NOT_WORK = re.compile(r"\b(?:my|our|his|their|first|the) $")  # before “host position”
AS_VERB = re.compile(r"(?:\b(?:i|you|we|they|let me|let'?s|please|don'?t|can'?t|not)|(?<!from )\b(?!from)\w+ to) $")
ACTIVITY = re.compile(  # before something that people do for a living
    r"(?:\b(?:in|into|do|doing|of|about|study|studying|learn|learning|try|trying|start|starting|for|like|love|loves|"
    r"enjoy|(?:hard|good|safe|dangerous|long|well) is|"
    r"than|or|and|versus|vs\.?|between|does|to|from|with|go|a|an|the|how'?s|what'?s) (?:(?:some|the) )?|"
    r"^[\s\"']*(?:(?:is|does|how'?s|what about|how about|so|and) )*)$"
)
LIVING = re.compile(
    r"\b(?:(?:jobs?|careers?|work|working|living|go|going|get|getting|start|money|future|training|experience|degree|ms|"
    r"bs|ba|ma|phd|master'?s|bachelor'?s|diploma|major|background|certificate) (?:in|into|with|as|doing|by)|do|doing|"
    r"consider|considering|(?:switch|change|move|thinking|retrain) (?:of|to|into|about|as)) "
    r"(?:some )?$|\bdegree\b[\w' ]* (?:in|for) $"
)
FOR_LIVING = re.compile(rf"(?<!\s)\s+(?:{WORK}\b|for a living|as a (?:job|career|living)|professionally)")
HARD = re.compile(
    r"(?<!\s)\s+(?:hard|worth|fun|stressful|dangerous|a good|a bad|easy|safe|"
    r"an? (?:\w+ )?(?:career|job|field|trade|choice|living))\b"
)
PAST = re.compile(  # before what somebody is or was
    r"\b(?:i was|i used to be|i(?:'?ve| have)? been|i had been|i worked|used to work|worked|years?|yrs?|formerly|"
    r"former|ex|retired|laid off|(?:quit|left)(?: my)?(?: job)?|"
    r"(?:my|his|her|our) [\w' ]{0,25}?(?:'s| is| was| works| worked)|"
    r"(?:degree|diploma|student|background|master'?s|bachelor'?s|major|graduated?) (?:in|of|as)|studying|studied|"
    r"majoring in|(?:he|she)(?:'?s| is| was)|i'?m|i am|(?:i'?m |i am )?currently|"
    r"(?<!can )(?<!could )(?<!should )(?<!would )"
    r"(?<!if )i work|\b(?:and|but) work(?= as\b)|from being|stop being|after being|instead of being|no longer)"
    r"(?: (?:as|of|in|being|experience|working|work|for|from|already|now|just|only|my job|"
    r"\d\d,?(?: years old,?)?(?: and)?))*[ -]+(?:(?:an?|the) )?$"
)
