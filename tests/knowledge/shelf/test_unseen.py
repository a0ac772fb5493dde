"""What no reader of a page, Word file or PDF sees is no text of it, and is listed with why."""

from __future__ import annotations

import pytest

from knowledge.model import Refused
from knowledge.shelf.blocks import Role
from knowledge.shelf.convert import convert
from tests.knowledge.shelf.conftest import W, paragraph, word
from tests.knowledge.shelf.test_convert import dropped, html, texts


def pdf_of(*drawn: str, box: str = "0 0 612 792") -> bytes:
    """A PDF of one page with what is drawn on it, in order."""
    content = "\n".join(drawn).encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/CropBox[{box}]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(made)
    return made + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def line(text: str, *, x: int = 72, y: int = 700) -> str:
    return f"BT /F1 11 Tf {x} {y} Td ({text}) Tj ET"


def test_hidden_text_within_a_sentence_a_cell_a_heading_or_a_term_is_listed():
    hidden = "<span style='display:none'>a million</span>"
    found = html(
        f"<h2>Tools {hidden}</h2><p>Bakers <b>bake {hidden}</b> daily.</p><ul><li>Clean {hidden} ovens</li></ul>"
        f"<table><tr><td>Pay</td><td>$20 {hidden}</td></tr><tr><td>Shift</td><td>Early</td></tr></table>"
        f"<dl><dt>Hours{hidden}</dt><dd>40<script>x()</script> a week</dd></dl>"
    )
    seen = [block.text for block in found.blocks if block.role is not Role.dropped]
    assert seen == ["Tools", "Bakers bake daily.", "Clean ovens", "Pay: $20", "Shift: Early", "Hours: 40 a week"]
    assert dropped(found) == {"a million": "hidden text"}


@pytest.mark.parametrize(
    "style",
    [
        "color:white",
        "height:0;overflow:hidden",
        "position:absolute;clip:rect(0,0,0,0)",
        "opacity:0.0",
        "opacity: 0 !important",
        "font-size:0.1em",
        "font-size:1.5px",
        "transform:scale(0)",
    ],
)
def test_an_elements_own_style_hides_it(style):
    found = html(f"<p>Bakers bake.</p><p style='{style}'>It pays a million.</p>")
    assert dropped(found) == {"It pays a million.": "hidden text"}


@pytest.mark.parametrize("style", ["opacity:0.9", "font-size:0.9em", "font-size:12px", "height:0", "color:#fff0e0"])
def test_what_a_style_shows_is_read(style):
    assert texts(html(f"<p style='{style}'>It pays $20.</p>"), Role.prose) == ["It pays $20."]


def test_white_letters_on_a_background_are_read():
    found = html("<div style='background:#036'><p style='color:white'>It pays $20.</p></div>")
    assert texts(found, Role.prose) == ["It pays $20."]


def test_footnote_marks_are_no_part_of_a_figure():
    found = html("<p>The pay is $38,000<sup>1</sup> a year<sup><a href='#n'>note</a></sup>, for 20 m<sup>2</sup>.</p>")
    assert texts(found, Role.prose) == ["The pay is $38,000 a year, for 20 m²."]
    assert dropped(found) == {"1": "a footnote mark", "note": "a footnote mark"}


def test_a_raised_ending_of_a_number_stays():
    assert texts(html("<p>Apply by May 1<sup>st</sup>.</p>"), Role.prose) == ["Apply by May 1st."]


def test_struck_out_words_are_listed_in_a_page_markdown_and_word():
    page = html("<p>Pay: <del>$15</del> <s>$16</s> $18 an hour.</p>")
    markdown = convert("a.md", b"Pay: ~~$15~~ $18 an hour.")
    struck = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>$15 </w:t></w:r><w:r><w:t>$18 an hour.</w:t></w:r></w:p>"
    written = convert("a.docx", word(struck))
    assert texts(page, Role.prose) == texts(markdown, Role.prose) == ["Pay: $18 an hour."]
    assert texts(written, Role.prose) == ["$18 an hour."]
    assert dropped(page) == {"$15": "struck out", "$16": "struck out"}
    assert dropped(markdown) == dropped(written) == {"$15": "struck out"}


def test_a_word_style_hides_what_it_is_given_to_and_a_mark_may_say_that_nothing_is_hidden():
    styles = (
        f"<w:styles {W}><w:style w:type='paragraph' w:styleId='Secret'><w:rPr><w:vanish/></w:rPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='Note'><w:basedOn w:val='Secret'/></w:style></w:styles>"
    )
    shown = "<w:p><w:r><w:rPr><w:vanish w:val='off'/></w:rPr><w:t>You need a licence.</w:t></w:r></w:p>"
    content = word(paragraph("Bakers bake."), paragraph("It pays a million.", "Note"), shown, styles=styles)
    found = convert("a.docx", content)
    assert texts(found, Role.prose) == ["Bakers bake.", "You need a licence."]
    assert dropped(found) == {"It pays a million.": "hidden text"}


def test_tracked_deletions_and_comments_of_a_word_file_are_listed():
    deleted = "<w:p><w:r><w:t>It pays </w:t></w:r><w:del><w:r><w:delText>$15</w:delText></w:r></w:del></w:p>"
    comments = f"<w:comments {W}><w:comment w:id='0'>{paragraph('Check with Ann.')}</w:comment></w:comments>"
    found = convert("a.docx", word(paragraph("Bakers bake."), deleted, comments=comments))
    assert dropped(found) == {"$15": "deleted, as tracked changes say", "Check with Ann.": "a comment"}


@pytest.mark.parametrize(
    "drawn",
    [
        line("It pays two million.", x=700),
        line("It pays two million.", y=900),
        line("It pays two million.", y=500) + " 1 1 1 rg 60 490 500 30 re f",
        "0.99 0.99 0.99 rg " + line("It pays two million.", y=500),
        line("It pays two million.", y=20),
    ],
)
def test_letters_beside_the_page_covered_or_nearly_white_are_listed(drawn):
    found = convert("a.pdf", pdf_of(line("Bakers bake bread and you will see it."), drawn, box="0 40 612 792"))
    assert texts(found, Role.prose) == ["Bakers bake bread and you will see it."]
    assert dropped(found) == {"It pays two million.": "hidden text"}


def test_covered_letters_are_listed_also_where_a_page_does_not_begin_at_nought():
    covered = line("It pays two million.", x=300, y=500) + " 1 1 1 rg 290 490 300 30 re f"
    content = pdf_of(line("Bakers bake bread and you will see it.", x=300), covered, box="100 100 712 892")
    found = convert("a.pdf", content.replace(b"MediaBox[0 0 612 792]", b"MediaBox[100 100 712 892]"))
    assert dropped(found) == {"It pays two million.": "hidden text"}


def test_letters_that_are_drawn_upon_a_white_shape_are_read():
    found = convert("a.pdf", pdf_of("1 1 1 rg 60 490 500 30 re f 0 g", line("Bakers bake bread for you.", y=500)))
    assert texts(found, Role.prose) == ["Bakers bake bread for you."]


def test_a_page_too_deep_for_the_parser_is_refused():
    with pytest.raises(Refused, match="inside each other"):
        html(f"<p>{'<span>' * 300}deep{'</span>' * 300}</p><p>You need a licence.</p>")


def test_xhtml_with_a_declaration_is_read():
    content = b'<?xml version="1.0" encoding="UTF-8"?>\n<html><body><p>Bakers bake.</p></body></html>'
    assert texts(convert("a.xhtml", content), Role.prose) == ["Bakers bake."]


def test_terms_without_a_definition_and_text_beside_the_items_of_a_list_are_read():
    found = html("<dl><dt>Baker</dt><dt>Pay</dt><dd>$20</dd><dt>Fin</dt></dl><ul>You will:<li>bake</li>and more</ul>")
    seen = [block.text for block in found.blocks]
    assert seen == ["Baker", "Pay: $20", "Fin", "You will:", "bake", "and more"]


def test_what_stands_in_a_drawing_or_an_object_is_listed():
    found = html("<p>Bakers bake.</p><svg><text>$1</text></svg><object>$2</object><math><mi>x</mi></math>")
    assert set(dropped(found)) == {"$1", "$2", "x"}


@pytest.mark.parametrize("name", ["cookie-jar", "menu-planning", "social-worker", "informed-consent"])
def test_a_class_that_only_begins_as_one_of_navigation_does_is_content(name):
    assert texts(html(f"<div class='{name}'><p>It pays $20.</p></div>"), Role.prose) == ["It pays $20."]


@pytest.mark.parametrize(
    "name", ["cookie-banner", "main-nav", "site-menu__item", "page-footer", "share-links", "nav_1"]
)
def test_a_class_of_navigation_is_none(name):
    assert texts(html(f"<p>Bakers bake.</p><div class='{name}'><p>x y</p></div>"), Role.prose) == ["Bakers bake."]


def test_a_sentence_keeps_the_template_tag_whose_value_it_lacks():
    found = convert("a.md", b"Pay is {{ pay }} dollars for you.\n\n{{ toc }}\n\nIt rises[^1].\n\n[^1]: In 2024.\n")
    assert texts(found, Role.prose) == ["Pay is {{ pay }} dollars for you.", "It rises.", "In 2024."]
    assert set(dropped(found)) == {"{{ toc }}", "[^1]"}
