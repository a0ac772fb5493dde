"""Questions that each fact answers, as people ask them: `<name>.asked.yml` beside a document, confirmed by a person.

A document can be asked about without such a file; with it, the right fact is found for questions that share
no word with it. The file is a list of {"fact": its quotation, "line", and any of "open", "yes", "no",
"depends": questions, one a line}. The key is how the answer to a question begins; `open` is a question
that neither yes nor no answers. The job is called “this job”.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from knowledge.document import read_text
from knowledge.model import Asked, Begins, Fact, Occupation, Refused


def asked_path(document: Path) -> Path:
    """Where the questions of a document lie: beside it."""
    return document.with_suffix(".asked.yml")


def read_asked(path: Path, occupation: Occupation) -> None:
    """Give the facts of an occupation the questions they answer; raises `Refused` with file and line."""
    written = read_text(path)
    try:
        entries = yaml.load(written, _WithLines)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Refused(f"{path}:{mark.line + 1 if mark else 1}: the questions are not YAML.") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Refused(f"{path}:1: the questions have to be a list of facts.")
    for entry in entries:
        where = f"{path}:{entry.pop(_LINE)}"
        fact = _fact(where, entry, occupation)
        for key, questions in entry.items():
            if key not in Begins.__members__ or not isinstance(questions, str):
                raise Refused(f"{where}: “{key}” is none of {', '.join(Begins.__members__)}, with questions as lines.")
            for text in filter(None, map(str.strip, questions.splitlines())):
                if any(text == question.text for question in fact.asked):
                    raise Refused(f"{where}: “{text}” stands twice.")
                fact.asked.append(Asked(text, Begins[key]))


def _fact(where: str, entry: dict, occupation: Occupation) -> Fact:
    quote, line = entry.pop("fact", None), entry.pop("line", None)
    for fact in occupation.facts:
        if fact.quote == quote and str(fact.line) == line:
            return fact
    raise Refused(f"{where}: no fact of {occupation.source.name} at line {line} is “{quote}”.")


_LINE = "line of the file"


class _WithLines(yaml.BaseLoader):  # which leaves `yes` and `no` the words they are
    """Loads mappings with the line of the file they begin at."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        return {**super().construct_mapping(node, deep), _LINE: node.start_mark.line + 1}


_WithLines.add_constructor(
    yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, lambda loader, node: loader.construct_mapping(node, deep=True)
)
