"""What the advisor says of itself: where it has its words from, what it keeps, whom to tell."""

from __future__ import annotations

from collections.abc import Mapping

from actions.render import Domain, a_job, document, phrase, plain, published
from knowledge.model import Occupation

RETENTION = "30"  # days, where ADVISOR_RETENTION is not set
SAID = 200  # characters of a message that are said back


def about(
    domain: Domain,
    response: str,
    occupation: Occupation,
    held: str,
    said: str,
    environ: Mapping[str, str],
    contact: str,
) -> dict[str, str]:
    """The values that a sentence about the advisor itself may hold, from the document and the owner's settings.

    `held` are the occupations that there are, `said` what the person wrote before this message, `contact` whom the
    owner wants to be told where something is wrong.
    """
    told = {
        "a_job": a_job(occupation),
        "occupations": held,
        "retention": environ.get("ADVISOR_RETENTION") or RETENTION,
        "said": plain(said)[:SAID],
    }
    if response == "utter_source_public":
        told["sources"] = published(occupation)
    if response == "utter_source":
        told |= _source(domain, occupation)
    if response == "utter_correction":
        words = domain["responses"][response][0]["metadata"]
        told["contact"] = words["somebody"].format(contact=contact) if contact else words["nobody"]
    return told


def _source(domain: Domain, occupation: Occupation) -> dict[str, str]:
    source = occupation.source
    parts = domain["responses"]["utter_source"][0]["metadata"]["parts"]  # what a source may tell -> how it is called
    said = [str(getattr(source, part)) for part in parts if getattr(source, part)]
    missing = [what for part, what in parts.items() if not getattr(source, part)]
    details = f" ({', '.join(said)})" if said else ""
    if missing:
        details += phrase(domain, "utter_source_missing", what=" and no ".join(missing))
    return {"document": document(occupation).removeprefix("The "), "details": details}
