"""The types of the shelf as rows of its tables, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from knowledge.model import Asked, Aspect, Begins
from knowledge.shelf.model import Document, Item, Part, State, Version


def content(lines: tuple[str, ...], parts: tuple[Part, ...], items: tuple[Item, ...]) -> dict[str, Any]:
    """Lines, parts and items as JSON; of items only what is not as it mostly is."""
    plain = asdict(Item(0, "", None))
    told = [{name: value for name, value in asdict(item).items() if value != plain[name]} for item in items]
    return {"lines": list(lines), "parts": [asdict(part) for part in parts], "items": told}


def version(row: Mapping[str, Any]) -> Version:
    """The version that a row holds."""
    read = row["content"]
    parts = tuple(Part(part["title"], tuple(part["titles"]), part["code"]) for part in read["parts"])
    return Version(
        row["document"],
        row["number"],
        row["by"],
        row["at"],
        row["note"],
        tuple(read["lines"]),
        parts,
        tuple(_item(each) for each in read["items"]),
    )


def document(row: Mapping[str, Any]) -> Document:
    """The document that a row holds."""
    names = Document.__dataclass_fields__
    return Document(
        **{**{name: row[name] for name in names}, "state": State(row["state"]), "titles": tuple(row["titles"])}
    )


def _item(read: dict[str, Any]) -> Item:
    return Item(
        **{
            "line": 0,
            "text": "",
            **read,
            "aspect": Aspect(read["aspect"]) if read.get("aspect") else None,
            "others": tuple(Aspect(each) for each in read.get("others", ())),
            "parts": tuple(read.get("parts", ())),
            "asked": tuple(Asked(each["text"], Begins(each["begins"])) for each in read.get("asked", ())),
        }
    )
