"""The sentences of a published page, which is edited English.

Not spaCy's sentencizer: it cuts "Au.D.", leaves an opening bracket with the sentence before, and would take as long as
all the rest of reading a page.
"""

from __future__ import annotations

import re

END = re.compile(r"[.!?][”\")\]’]*\s+(?=[“\"(\[]*[A-Z0-9])")
SHORT = re.compile(r"[(\[“\"]*(?:(?:[A-Za-z]{1,3}\.){2,}|[A-Z]\.|(?:Dr|Mr|Mrs|Ms|St|No|vs|Jr|Sr|Inc|Co|etc)\.)\W*")
LONGEST = 20  # characters of a short form and its signs
BEGINS = re.compile(
    r"[“\"(\[]*(?:A|Although|An|As|At|Because|Both|Every|For|However|If|In|It|Many|Most|Other|Others|She|Some|Such|That|"
    r"The|Their|There|These|They|This|Those|To|Visit|When|While|Workers|With)\b"
)


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; after "U.S." one ends only where the next word begins a sentence as a rule."""
    found, start = [], 0
    for end in END.finditer(text):
        last = text[max(start, end.start() - LONGEST) : end.end()].split()[-1]
        if SHORT.fullmatch(last) and not BEGINS.match(text, end.end()):
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    return [*found, rest] if (rest := text[start:].strip()) else found
