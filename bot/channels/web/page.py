"""What the advisor serves to browsers: the widget, the demo page with the document itself, and their headers."""

from __future__ import annotations

import gzip
import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template

from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw

from bot import privacy_page
from bot.channels.advisor import advisor_of
from bot.channels.web import widget
from knowledge.build import DOCUMENTS
from knowledge.document import BULLETS, Document, is_heading, read_document
from knowledge.reading import read_reading, reading_path

WIDGET = Path(__file__).resolve().parents[2] / "widget"
ARTICLE = DOCUMENTS / "production-technician.txt"
FILES = {
    "/widget.js": ("", "text/javascript; charset=utf-8"),  # joined of its parts
    "/widget.css": ("", "text/css; charset=utf-8"),
    "/demo.js": ("demo.js", "text/javascript; charset=utf-8"),
    "/demo.css": ("demo.css", "text/css; charset=utf-8"),
    "/privacy": ("privacy.html", "text/html; charset=utf-8"),  # filled from the settings
}
JOINED = {"/widget.js": widget.script, "/widget.css": widget.style}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
ANYWHERE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
PRIVACY = '<footer class="site"><p><a href="/privacy">What the advisor keeps of what you write</a></p></footer>'
DEMO_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


@dataclass(frozen=True)
class File:
    """A file as it is served."""

    content: bytes
    packed: bytes
    kind: str
    tag: str


def secure(request: Request, answer: HTTPResponse) -> None:
    """Give an answer the strictest headers, except where it brings its own."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)


async def serve(request: Request, path: str) -> HTTPResponse:
    """One of the files of bot/widget, or the page on privacy; only the widget is for other websites too."""
    if path == "/privacy":
        return await privacy(request)
    name, kind = FILES[path]
    if path in JOINED:
        return send(request, _joined(path, kind, widget.changed()), ANYWHERE)
    file = WIDGET / name
    return send(request, _file(file, kind, file.stat().st_mtime_ns), {})


def send(request: Request, file: File, headers: dict[str, str]) -> HTTPResponse:
    """A file, packed where the browser can unpack it, and only where the browser does not have it already."""
    told = {"ETag": file.tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding", **headers}
    if file.tag in request.headers.get("if-none-match", ""):
        return empty(status=304, headers=told)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return raw(file.packed, content_type=file.kind, headers={**told, "Content-Encoding": "gzip"})
    return raw(file.content, content_type=file.kind, headers=told)


def demo(request: Request) -> HTTPResponse:
    """The demo page: a document as a career site would show it, with the widget on it."""
    template = WIDGET / "demo.html"
    file = _demo(template, ARTICLE, template.stat().st_mtime_ns, ARTICLE.stat().st_mtime_ns)
    return send(request, file, {"Content-Security-Policy": DEMO_POLICY})


async def privacy(request: Request) -> HTTPResponse:
    """The page that says what is kept."""
    html = privacy_page.page(os.environ, await advisor_of(request.app).owner())
    file = _packed(html.encode(), "text/html; charset=utf-8")
    return send(request, file, {"Content-Security-Policy": privacy_page.policy(html)})


def article(document: Document) -> str:
    """A document as HTML, everything in it escaped; each line can be linked to as `<document>-line-<number>`."""
    html, listing = [], False
    for number, line in enumerate(document.lines, 1):
        text, place = line.strip(), line_id(document, number)
        listed = bool(text) and text[0] in BULLETS and text[1:2].isspace()
        if listing != listed:
            html.append("<ul>" if listed else "</ul>")
        listing = listed
        if listed:
            html.append(f'<li id="{place}">{escape(text[1:].strip())}</li>')
        elif text:
            tag = "h2" if is_heading(text) else "p"
            html.append(f'<{tag} id="{place}">{escape(text)}</{tag}>')
    return "\n".join(html + ["</ul>"] * listing)


def contents(document: Document) -> str:
    """Links to the headings of a document."""
    headings = [(number, line.strip()) for number, line in enumerate(document.lines, 1) if line.strip()]
    return "\n".join(
        f'<li><a href="#{line_id(document, number)}">{escape(text.strip(" :"))}</a></li>'
        for number, text in headings
        if text[0] not in BULLETS and is_heading(text)
    )


def line_id(document: Document, number: int) -> str:
    """The id of the element that shows a line of a document."""
    return escape(f"{document.path.stem}-line-{number}")


@lru_cache(maxsize=8)
def _file(path: Path, kind: str, changed: int) -> File:  # `changed`: an edit shows at the next reload
    return _packed(path.read_bytes(), kind)


@lru_cache(maxsize=4)
def _joined(path: str, kind: str, changed: tuple[int, ...]) -> File:
    return _packed(JOINED[path]().encode(), kind)


@lru_cache(maxsize=2)
def _demo(template: Path, path: Path, *changed: int) -> File:
    document = read_document(path)
    page = Template(template.read_text(encoding="utf-8")).substitute(
        title=escape(read_reading(reading_path(path), path.stem).title),
        article=article(document),
        contents=contents(document),
        file=escape(path.name),
    )
    page = page.replace("</main>", f"</main>\n{PRIVACY}")
    return _packed(page.encode(), "text/html; charset=utf-8")


def _packed(content: bytes, kind: str) -> File:
    return File(content, gzip.compress(content, mtime=0), kind, f'"{hashlib.sha256(content).hexdigest()[:16]}"')
