"""Where the information comes from: what the document says of itself, and what it leaves out."""

from __future__ import annotations

from actions.render import Domain, document, phrase
from knowledge.model import Occupation


def source_values(domain: Domain, occupation: Occupation) -> dict[str, str]:
    """The values of `utter_source`: the document's name, what it says of itself and what it does not."""
    source = occupation.source
    parts = domain["responses"]["utter_source"][0]["metadata"]["parts"]  # what a source may tell -> how it is called
    said = [str(getattr(source, part)) for part in parts if getattr(source, part)]
    missing = [what for part, what in parts.items() if not getattr(source, part)]
    details = f" ({', '.join(said)})" if said else ""
    if missing:
        details += phrase(domain, "utter_source_missing", what=" and no ".join(missing))
    return {"document": document(occupation).removeprefix("The "), "details": details, "job": occupation.title.lower()}
