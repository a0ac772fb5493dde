"""The demo page's article: each line of the document, escaped, with an anchor of its own; and the page on privacy."""

from __future__ import annotations

import asyncio
import html
import re
from types import SimpleNamespace

import pytest
from sanic.response import HTTPResponse

from bot.channels.web.page import FILES, article, contents, demo, serve
from bot.owner import Owner
from knowledge.build import DOCUMENTS
from knowledge.document import Document, read_document


@pytest.fixture
def document(tmp_path) -> Document:
    """A document that would like to be more than text."""
    path = tmp_path / "welder.txt"
    path.write_text(
        'A welder <script>alert("1")</script> joins metal.\n\nSkills & "Tools":\n\n  • <b>Torch</b>\n\n  • Eye\n',
        encoding="utf-8",
    )
    return read_document(path)


def test_everything_in_a_document_is_shown_as_text(document):
    shown = article(document) + contents(document)
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "&lt;b&gt;Torch&lt;/b&gt;" in shown
    assert "Skills &amp; &quot;Tools&quot;" in shown


def test_each_line_has_an_anchor_and_what_it_is(document):
    kinds = re.findall(r'<(p|h2|li) id="welder-line-(\d+)">', article(document))
    assert kinds == [("p", "1"), ("h2", "3"), ("li", "5"), ("li", "7")]


def test_lists_that_stand_apart_stay_apart(document):
    assert article(document).count("<ul>") == article(document).count("</ul>") == 2


def test_the_contents_lead_to_the_headings(document):
    assert contents(document) == '<li><a href="#welder-line-3">Skills &amp; &quot;Tools&quot;</a></li>'


def test_nothing_of_a_shipped_document_is_left_out_or_added():
    [path] = DOCUMENTS.glob("production-technician.txt")
    document = read_document(path)
    shown = re.findall(r'line-(\d+)">(.*?)</(?:p|h2|li)>', article(document))
    written = [(str(n), line.strip().lstrip("• ")) for n, line in enumerate(document.lines, 1) if line.strip()]
    assert [(number, html.unescape(text)) for number, text in shown] == written


def asked(**headers: str) -> SimpleNamespace:
    """A request, as far as pages look at it, to an advisor whose owner has named somebody."""

    async def owner() -> Owner:
        return Owner(help_mail="desk@example.org")

    return SimpleNamespace(
        headers=headers, app=SimpleNamespace(ctx=SimpleNamespace(advisor=SimpleNamespace(owner=owner)))
    )


def test_the_page_on_privacy_is_as_the_settings_have_it_with_a_policy_of_its_own(monkeypatch):
    monkeypatch.setenv("ADVISOR_RETENTION", "12")
    assert "/privacy" in FILES

    def served(**headers: str) -> HTTPResponse:
        return asyncio.run(serve(asked(**headers), "/privacy"))

    answer = served()
    assert b"It is kept for 12 days." in answer.body
    assert b"desk@example.org" in answer.body
    assert answer.content_type == "text/html; charset=utf-8"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert served(**{"if-none-match": answer.headers["ETag"]}).status == 304
    monkeypatch.setenv("ADVISOR_RETENTION", "13")
    assert served(**{"if-none-match": answer.headers["ETag"]}).status == 200


def test_the_demo_page_leads_to_the_page_on_privacy():
    assert b'<a href="/privacy">' in demo(asked()).body.partition(b"</main>")[2]
