"""Files as owners have them, made in the test, and a shelf in an empty store with the shipped document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pytest

from knowledge.base import KnowledgeBase
from knowledge.build import fingerprint
from knowledge.encoder import Encoder
from knowledge.model import Occupation
from knowledge.shelf.store import Shelf

FILES = Path(__file__).parent / "files"
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Beekeeper | Jobs with animals | Hillside College</title>
<script>track('beekeeper')</script></head><body>
<div class="cookie-banner"><p>We use cookies on this website.</p><button>Accept</button></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/jobs">All jobs</a></li></ul></nav>
<main><h1>Beekeeper</h1>
<p>Beekeepers look after hives and sell the honey of their bees. They work outdoors for most of the year.</p>
<table><tr><td></td><th>Starter</th><th>Experienced</th></tr>
<tr><th>Average pay</th><td>$24,000</td><td>$41,000</td></tr></table>
<h2>What you need</h2><p>You will need:</p>
<ul><li>a calm hand</li><li>a driving licence</li></ul>
<h2>What you do</h2><p>On most days you:</p>
<ul><li>inspect the hives</li><li>feed weak colonies with sugar water</li></ul>
</main><footer><p>© 2025 Hillside College. Last updated 3 May 2025.</p></footer></body></html>"""
TYPES = """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"""
RELS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>"""
OF_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
</Relationships>"""
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<?xml version="1.0" encoding="UTF-8"?><w:styles {W}>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style></w:styles>"""


def paragraph(text: str, style: str | None = None, *, bold: bool = False, hidden: bool = False) -> str:
    """A paragraph of a Word document."""
    marks = f"{'<w:b/>' if bold else ''}{'<w:vanish/>' if hidden else ''}"
    return (
        f'<w:p><w:pPr>{f"""<w:pStyle w:val="{style}"/>""" if style else ""}</w:pPr>'
        f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def grid(*rows: list[str]) -> str:
    """A table of a Word document."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def word(*parts: str, **more: str) -> bytes:
    """A Word file of some paragraphs and tables; `more` are further files in it, named without “word/” and “.xml”."""
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{"".join(parts)}</w:body></w:document>'
    with io.BytesIO() as packed:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", TYPES)
            archive.writestr("_rels/.rels", RELS)
            archive.writestr("word/_rels/document.xml.rels", OF_DOCUMENT)
            archive.writestr("word/document.xml", document)
            archive.writestr("word/styles.xml", STYLES)
            for name, text in more.items():
                archive.writestr(f"word/{name}.xml", text)
        return packed.getvalue()


@pytest.fixture
def page() -> bytes:
    """A web page about beekeepers, with what stands around pages."""
    return PAGE.encode()


@pytest.fixture
def pdf() -> Callable[[str], bytes]:
    """A function that reads one of the PDFs beside the tests."""
    return lambda name: (FILES / name).read_bytes()


@pytest.fixture
def vectors_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Vectors are kept in the test's folder."""
    monkeypatch.setattr("knowledge.vectors.Vectors.__init__.__defaults__", (tmp_path / "vectors.npz",))


@pytest.fixture
def shelf(url: str, encoder: Encoder, technician: Occupation, vectors: np.ndarray, plain: Path) -> Shelf:
    """A shelf in a store that holds the shipped document."""
    KnowledgeBase(url).build([technician], lambda quotes: vectors, fingerprint(plain))
    return Shelf(url, encoder)
