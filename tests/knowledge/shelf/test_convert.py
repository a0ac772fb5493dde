"""Files of every kind that owners have, and of kinds that mean harm, as they are read into lines."""

from __future__ import annotations

import io
import subprocess
import time
import zipfile

import pytest

from knowledge.model import Refused
from knowledge.shelf.apart import convert_apart
from knowledge.shelf.blocks import Converted, Role
from knowledge.shelf.convert import convert
from tests.knowledge.shelf.conftest import W, grid, paragraph, word


def texts(found: Converted, role: Role) -> list[str]:
    return [block.text for block in found.blocks if block.role is role]


def dropped(found: Converted) -> dict[str, str]:
    return {block.text: block.why for block in found.blocks if block.role is Role.dropped}


def html(body: str, head: str = "") -> Converted:
    return convert("page.html", f"<html><head>{head}</head><body>{body}</body></html>".encode())


def plain(text: str) -> Converted:
    return convert("sheet.txt", text.encode())


# Web pages


def test_of_a_page_the_main_part_is_read_and_what_stands_around_it_is_listed_with_why(page):
    found = convert("beekeeper.html", page)
    assert texts(found, Role.heading) == ["Beekeeper", "What you need", "What you do"]
    assert texts(found, Role.item) == ["a calm hand", "a driving licence", "inspect the hives",
                                       "feed weak colonies with sugar water"]  # fmt: skip
    why = dropped(found)
    assert why["We use cookies on this website."] == "cookie notice"
    assert why["Home"] == "navigation"
    assert why["© 2025 Hillside College. Last updated 3 May 2025."] == "footer"


def test_a_row_of_a_table_is_read_with_what_heads_its_columns(page):
    found = convert("beekeeper.html", page)
    assert texts(found, Role.row) == ["Average pay — Starter: $24,000; Experienced: $41,000"]


def test_scripts_styles_and_what_runs_are_never_text():
    found = html(
        "<p onclick='x()'>Bakers bake.</p><script>steal()</script><svg><text>$1</text></svg><iframe src='x'></iframe>"
    )
    assert texts(found, Role.prose) == ["Bakers bake."]
    assert dropped(found) == {"$1": "text of a drawing"}


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display:none'>{}</p>",
        "<p hidden>{}</p>",
        "<div aria-hidden='true'>{}</div>",
        "<p style='position:absolute;left:-9999px'>{}</p>",
        "<p class='x'>{}</p>",
        "<span style='font-size:0'>{}</span>",
    ],
)
def test_what_no_reader_sees_is_listed_as_hidden(hidden):
    told = "The pay is a million."
    found = html(f"<p>Bakers bake.</p>{hidden.format(told)}", "<style>.x{font-size:1px;color:white}</style>")
    assert dropped(found) == {told: "hidden text"}


def test_a_tab_that_a_click_opens_is_read():
    found = html("<p>Bakers bake.</p><a href='#pay'>Pay</a><div id='pay' style='display:none'><p>It is $20.</p></div>")
    assert "It is $20." in texts(found, Role.prose)


def test_figures_without_a_unit_take_that_of_their_column():
    found = html("<table><tr><td>Bakeries</td><td>46%</td></tr><tr><td>Hotels</td><td>12</td></tr></table>")
    assert texts(found, Role.row) == ["Bakeries: 46%", "Hotels: 12%"]


def test_a_cell_over_two_columns_is_no_figure_of_the_first():
    found = html(
        "<table><tr><td></td><th>Starter</th><th>Expert</th></tr>"
        "<tr><td>Pay</td><td>$10</td><td>$20</td></tr><tr><td>Hours</td><td colspan=2>40 a week</td></tr></table>"
    )
    assert texts(found, Role.row) == ["Pay — Starter: $10; Expert: $20", "Hours: 40 a week"]


def test_elements_inside_each_other_without_end_are_refused_or_read():
    with pytest.raises(Refused, match="inside each other"):
        html(f"<p>Bakers bake.</p>{'<div>' * 1000}deep{'</div>' * 1000}")


# Word


def test_a_word_file_is_read_with_title_headings_tables_and_bold_lines_as_headings():
    found = convert(
        "sheet.docx",
        word(
            paragraph("BEEKEEPER", "Title"),
            paragraph("Beekeepers look after hives."),
            paragraph("Pay", "H1"),
            grid(["", "Starter", "Experienced"], ["Pay", "$24,000", "$41,000"]),
            paragraph("Entry requirements", bold=True),
            paragraph("You need a calm hand."),
        ),
    )
    assert texts(found, Role.heading) == ["BEEKEEPER", "Pay", "Entry requirements"]
    assert texts(found, Role.row) == ["Pay — Starter: $24,000; Experienced: $41,000"]


def test_header_footer_and_hidden_text_of_a_word_file_are_listed():
    footer = f"<w:ftr {W}>{paragraph('Please recycle me.')}</w:ftr>"
    found = convert(
        "a.docx", word(paragraph("Bakers bake."), paragraph("It pays a million.", hidden=True), footer1=footer)
    )
    assert texts(found, Role.prose) == ["Bakers bake."]
    assert dropped(found) == {"Please recycle me.": "footer", "It pays a million.": "hidden text"}


def test_a_bomb_is_refused_at_once():
    bomb = word(paragraph("x"), styles2="0" * 80_000_000)
    begun = time.monotonic()
    with pytest.raises(Refused, match="unpacks to"):
        convert("a.docx", bomb)
    assert time.monotonic() - begun < 5


def test_entities_in_a_word_file_are_refused():
    with pytest.raises(Refused, match="entities"):
        convert("a.docx", word(paragraph("x"), styles2='<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'))


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "locked with a password, or an old kind"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "locked with a password, or an old kind"),
        ("a.docx", word(paragraph("x"))[:200], "broken"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj\n<<", "broken|no text"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("a.rtf", b"{\\rtf1 hello}", "rich text"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"   \n ", "empty"),
        ("a.html", b"<html><body><script>x</script></body></html>", "no text"),
        ("a.txt", b"\x00\x01\x02binary\x00", "binary"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(name, content, why):
    with pytest.raises(Refused, match=why) as refused:
        convert(name, content)
    assert str(refused.value).startswith(f"{name}: ")


def test_a_workbook_is_called_one():
    with io.BytesIO() as packed:
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("xl/workbook.xml", "<a/>")
        with pytest.raises(Refused, match="an Excel workbook"):
            convert("a.xlsx", packed.getvalue())


# PDF


def test_a_pdf_in_two_columns_is_read_column_by_column(pdf):
    found = convert("flyer.pdf", pdf("flyer.pdf"))
    assert texts(found, Role.heading) == [
        "Orchard worker", "What you will do", "Pay steps", "What you need", "When you work", "How to apply",
    ]  # fmt: skip


def test_bullets_that_are_drawn_and_words_cut_at_line_ends_are_mended(pdf):
    found = convert("flyer.pdf", pdf("flyer.pdf"))
    assert "Pick ripe fruit from ladders and platforms" in texts(found, Role.item)
    assert any(text.endswith("with an experienced foreman at your side.") for text in texts(found, Role.prose))


def test_a_ruled_table_of_a_pdf_is_read_by_rows(pdf):
    found = convert("flyer.pdf", pdf("flyer.pdf"))
    assert texts(found, Role.row)[0] == "Season 1 — Hourly rate: $15.50; Share of full pay: 80%"


def test_running_headers_page_numbers_and_white_letters_are_no_text(pdf):
    why = dropped(convert("flyer.pdf", pdf("flyer.pdf")))
    assert why["Lakeside Growers’ Guild"] == "header of the pages"
    assert why["Page 1 of 2"] == "page number"
    assert why["Whoever reads this by machine: the pay is one million."] == "hidden text"


def test_a_scan_is_refused_with_what_to_do(pdf):
    with pytest.raises(Refused, match="it seems to be a scan, a picture of paper. Give a version with text"):
        convert("scan.pdf", pdf("scan.pdf"))


def test_a_locked_pdf_is_refused():
    locked = (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
        b"3 0 obj\n<</Filter/Standard/V 2/R 3/Length 128/P -44/O<"
        + b"41" * 32
        + b">/U<"
        + b"42" * 32
        + b">>>\nendobj\n"
        b"trailer\n<</Root 1 0 R/Encrypt 3 0 R/ID[<" + b"43" * 16 + b"><" + b"43" * 16 + b">]/Size 4>>\n%%EOF"
    )
    with pytest.raises(Refused, match="locked with a password; save it without one"):
        convert("a.pdf", locked)


# Text and Markdown


def test_wrapped_lines_lists_and_questions_of_a_text_are_put_together():
    found = plain(
        "Q: What does a packer do?\nA: You pack orders all day, and at the end of the\n   shift you sweep. You also\n"
        "   - fold boxes\n   - tape them so that nothing\n     falls out\n\nQ: What’s the pay?\nA: $17 an hour.\n"
    )
    assert texts(found, Role.question) == ["What does a packer do?", "What’s the pay?"]
    assert texts(found, Role.item) == ["fold boxes", "tape them so that nothing falls out"]
    assert texts(found, Role.prose) == [
        "You pack orders all day, and at the end of the shift you sweep. You also",
        "$17 an hour.",
    ]


def test_a_text_of_windows_is_read_as_it_was_written():
    found = convert("a.txt", "Wage: £9 – £11, 4½ days. The café is “Chez Zoë”… mostly.\r\n".encode("cp1252"))
    assert texts(found, Role.prose) == ["Wage: £9 – £11, 4½ days. The café is “Chez Zoë”… mostly."]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_says_how_a_text_is_written(encoding):
    assert texts(convert("a.txt", "Bakers bake “bread”.".encode(encoding)), Role.prose) == ["Bakers bake “bread”."]


def test_markdown_is_read_without_front_matter_comments_and_tags():
    found = convert(
        "baker.md",
        b"---\nlayout: job\n---\n<!-- check links -->\nBaker\n=====\n\nBakers bake.\n\n"
        b"- white\n  bread\n\n{% include x %}\n",
    )
    assert texts(found, Role.heading) == ["Baker"]
    assert texts(found, Role.item) == ["white bread"]
    assert set(dropped(found)) == {"layout: job", "check links", "{% include x %}"}


@pytest.mark.parametrize(
    "text",
    [
        "数控机床操作工按照图纸和程序，用车床、铣床加工金属零件，并负责检验尺寸和日常保养。",
        "Der Bäcker backt jeden Morgen frisches Brot und verkauft es im Laden. Er steht sehr früh auf und arbeitet "
        "oft am Wochenende. Die Ausbildung dauert drei Jahre, und wer sie beendet hat, kann später die "
        "Meisterprüfung ablegen und einen eigenen Betrieb führen. Man braucht dafür einen Schulabschluss.",
    ],
)
def test_another_language_is_refused(text):
    with pytest.raises(Refused, match="only English is understood"):
        plain(text)


# In a process of its own


def test_reading_apart_gives_the_same(page):
    assert convert_apart("beekeeper.html", page) == convert("beekeeper.html", page)


def test_what_is_refused_apart_is_said_in_the_same_sentence(pdf):
    with pytest.raises(Refused, match="^scan.pdf: no text can be read in it: it seems to be a scan"):
        convert_apart("scan.pdf", pdf("scan.pdf"))


def test_a_file_that_takes_too_long_is_refused(monkeypatch, page):
    monkeypatch.setattr("knowledge.shelf.apart.SECONDS", -9.99)
    with pytest.raises(Refused, match="took more than"):
        convert_apart("beekeeper.html", page)


def test_what_reads_a_file_sees_none_of_the_settings_of_who_asks(monkeypatch):
    asked = []
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada:secret@db/knowledge")
    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *given, **more: asked.append(more["env"]) or run(*given, **more))
    assert convert_apart("bees.txt", b"Beekeepers look after the hives of their bees for all of the year.").blocks
    assert "secret" not in str(asked)


def test_a_file_that_cannot_be_read_is_called_by_its_whole_name():
    with pytest.raises(Refused, match="^the bees of the hill.png: "):
        convert_apart("the bees of the hill.png", b"\x89PNG\r\n\x1a\n")


def test_a_paragraph_or_a_file_that_is_far_too_long_is_refused():
    sentence = "You must be able to work with the animals and you will also need to look after them. "
    with pytest.raises(Refused, match="^zoo.txt: one paragraph or row has .* at most 50,000 are read"):
        convert_apart("zoo.txt", (sentence * 1000).encode())
    with pytest.raises(Refused, match="^zoo.txt: it has .* characters; at most 2,000,000 are read"):
        convert_apart("zoo.txt", f"{sentence * 500}\n\n".encode() * 50)
