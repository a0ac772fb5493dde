"""Imports point one way, and each heavy library has one place: read from the code, nothing is imported."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = ("knowledge", "actions", "bot")
PRIVACY = ("events", "feedback", "kept", "privacy", "said", "scopes")  # what was said, and who asks for it
SHELF = [f"knowledge/shelf/{name}.py" for name in ("live", "store", "tables")]
OWNER = ("owner/store", "owner/__main__", "handoff/left")  # what the owner sets, and questions left for people
DATABASE = [f"bot/{name}.py" for name in ("backup", "database", "store", "tables", "tracker_store", *PRIVACY, *OWNER)]
KNOWLEDGE = [f"knowledge/{name}.py" for name in ("tables", "base", "placing")]
IMPORTED = [f"knowledge/sources/{name}.py" for name in ("commands", "occupations", "store", "vectors")]
SLACK = [str(path.relative_to(ROOT)) for path in ROOT.glob("bot/channels/slack/*.py")]


def modules(*places: str) -> list[Path]:
    """The files of packages, or single files."""
    found = [[ROOT / place] if place.endswith(".py") else [*(ROOT / place).rglob("*.py")] for place in places]
    assert all(found)
    return [path for paths in found for path in paths]


@cache
def imported(path: Path) -> set[str]:
    """The full names of all that a file imports, wherever in it the import stands."""
    package = path.relative_to(ROOT).parent.parts
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join([*above, *filter(None, [node.module])])
            names |= {origin, *(f"{origin}.{alias.name}" for alias in node.names)}
    return names


def users(library: str, *places: str) -> set[str]:
    """The files among `places` that import a library or a package."""
    return {
        str(path.relative_to(ROOT))
        for path in modules(*places)
        if any(name == library or name.startswith(f"{library}.") for name in imported(path))
    }


@pytest.mark.parametrize(
    ("package", "other"),
    [
        ("knowledge", "bot"),
        ("knowledge", "actions"),
        ("bot", "actions"),
        ("actions", "bot"),
    ],
)
def test_a_package_does_not_import_one_that_it_must_not_know(package, other):
    assert users(other, package) == set()


@pytest.mark.parametrize(
    ("library", "allowed"),
    [
        ("sqlalchemy", [*KNOWLEDGE, *IMPORTED, *SHELF, *DATABASE, "bot/desk"]),
        ("rasa", ["bot"]),
        ("rasa_sdk", ["actions", "bot/action_server.py"]),
        ("prometheus_client", ["bot/metrics.py"]),
        ("idna", ["bot/edge/origins.py"]),
        ("onnxruntime", ["knowledge/encoder.py", "knowledge/graph.py"]),
        ("onnx", ["knowledge/graph.py"]),
        ("fasttext", ["bot/nlu/language.py"]),
        (
            "spacy",
            [
                "bot/nlu/indirect.py",
                "bot/nlu/language.py",
                "bot/nlu/sound.py",
                "bot/nlu/renewed.py",
                "bot/nlu/statements.py",
                "knowledge/document.py",
            ],
        ),
        (
            "lxml",
            [
                "knowledge/sources/ooh_page.py",
                "knowledge/sources/ooh_blocks.py",
                "knowledge/shelf/web.py",
                "knowledge/shelf/web_named.py",
                "knowledge/shelf/web_unseen.py",
                "knowledge/shelf/word.py",
            ],
        ),
        ("mammoth", ["knowledge/shelf/word.py"]),
        ("pdfplumber", ["knowledge/shelf/pdf.py"]),
        ("pdfminer", ["knowledge/shelf/pdf.py", "knowledge/shelf/pdf_covered.py"]),
        ("charset_normalizer", ["knowledge/shelf/texts.py"]),
        ("markdown_it", ["knowledge/shelf/markdown.py", "bot"]),
        ("python_calamine", ["knowledge/sources/files.py"]),
        ("tqdm", ["knowledge/sources/commands.py"]),
        ("slack_bolt", SLACK),
        ("slack_sdk", SLACK),
        ("slackify_markdown", ["bot/channels/slack/blocks.py"]),
        ("flask", ["bot/desk"]),
        ("flask_wtf", ["bot/desk"]),
        ("flask_login", ["bot/desk"]),
        ("argon2", ["bot/desk/users.py"]),
        ("waitress", ["bot/desk/serve.py"]),
    ],
)
def test_a_library_is_used_in_its_place_only(library, allowed):
    homes = {str(path.relative_to(ROOT)) for path in modules(*allowed)}
    assert users(library, *CODE) <= homes


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("sqlalchemy", "knowledge/base.py"),
        ("rasa", "bot/server.py"),
        ("rasa_sdk", "actions/actions.py"),
        ("onnxruntime", "knowledge/encoder.py"),
        ("slack_bolt", "bot/channels/slack/app.py"),
        ("slack_sdk", "bot/channels/slack/delivery.py"),
        ("slackify_markdown", "bot/channels/slack/blocks.py"),
    ],
)
def test_a_library_is_seen_where_it_is_used(library, home):
    assert home in users(library, *CODE)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import rasa.core", "rasa.core"),
        ("from rasa import core", "rasa.core"),
        ("def run():\n    import rasa", "rasa"),
        ("from . import tables", "knowledge.tables"),
        ("from .tables import facts", "knowledge.tables"),
    ],
)
def test_an_import_is_seen_however_it_is_written(tmp_path, monkeypatch, source, name):
    monkeypatch.setattr("tests.test_architecture.ROOT", tmp_path)
    path = tmp_path / "knowledge" / "base.py"
    path.parent.mkdir()
    path.write_text(source)
    assert name in imported(path)
