"""A Markdown file -> blocks: through HTML, with its front matter, comments and template tags left out."""

from __future__ import annotations

import re

import yaml
from markdown_it import MarkdownIt

from knowledge.shelf.blocks import Block, Converted, Role, clean
from knowledge.shelf.web import read_page

FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
TEMPLATE = re.compile(r"\{%.{0,2000}?%\}|\{\{.{0,2000}?\}\}", re.DOTALL)
FILLED = re.compile(r"(?<=[\w,:$£€] )\{\{[^{}\n]*\}\}|(?<=[$£€])\{\{[^{}\n]*\}\}|\{\{[^{}\n]*\}\}(?= ?[\w%])")
NOTE, NOTED = re.compile(r"\[\^[\w-]+\](?!:)"), re.compile(r"^\[\^[\w-]+\]:[ \t]*", re.MULTILINE)
TAG, MARK = "a tag of the site's templates", "a footnote mark"
KEPT = "\ue000{}\ue001"  # in the place of a tag whose value the sentence lacks


def read_markdown(text: str) -> Converted:
    """Read Markdown with tables, as GitHub and site generators have it."""
    dropped = []
    title = None
    if front := FRONT.match(text):
        text = text[front.end() :]
        dropped = [
            Block(Role.dropped, line, why="front matter") for each in front[1].split("\n") if (line := clean(each))
        ]
        title = _title(front[1])
    filled: list[str] = []
    text = FILLED.sub(lambda tag: filled.append(tag[0]) or KEPT.format(len(filled) - 1), text)
    text = NOTED.sub("", text)
    for pattern, why in ((COMMENT, "a comment"), (TEMPLATE, TAG), (NOTE, MARK)):
        dropped += [Block(Role.dropped, told, why=why) for each in pattern.findall(text) if (told := clean(each))]
        text = pattern.sub("", text)
    for number, tag in enumerate(filled):
        text = text.replace(KEPT.format(number), tag)
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text)
    found = read_page(f"<body>{page}</body>") if page.strip() else Converted("markdown")
    found.kind, found.title = "markdown", title
    found.blocks[:0] = dropped
    return found


def _title(front: str) -> str | None:
    try:
        read = yaml.safe_load(front)
    except (yaml.YAMLError, ValueError, RecursionError):  # its lines are listed as they stand
        return None
    title = read.get("title") if isinstance(read, dict) else None
    return clean(title) if isinstance(title, str) and title.strip() else None
