"""Tests of knowledge/document.py: what stands where in a text, and what is no document."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.build import DOCUMENTS
from knowledge.document import LARGEST, Refused, is_heading, read_document, sentences


def passages(write, text: str) -> list:
    return read_document(write(text)).passages


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read_document(path)
    return str(refused.value)


def test_every_passage_of_the_shipped_document_stands_in_the_line_it_names():
    document = read_document(DOCUMENTS / "production-technician.txt")
    lines = (DOCUMENTS / "production-technician.txt").read_text(encoding="utf-8").split("\n")
    assert len(document.passages) == 45
    assert all(passage.text in lines[passage.line - 1] for passage in document.passages)


def test_the_shipped_document_has_two_lists_without_a_heading():
    document = read_document(DOCUMENTS / "production-technician.txt")
    assert sorted({passage.orphan for passage in document.passages if passage.orphan}) == [27, 50]


def test_the_opening_has_no_heading(write):
    assert passages(write, "A welder joins metal parts.")[0].heading is None


def test_a_sentence_belongs_to_the_nearest_heading_above(write):
    last = passages(write, "Tasks\n\nJoin parts.\n\nTools\n\nUse a torch.")[-1]
    assert (last.text, last.heading) == ("Use a torch.", "Tools")


def test_each_sentence_of_a_line_is_a_passage_of_that_line(write):
    found = passages(write, "\nWelders join metal. They wear masks.")
    assert [(passage.text, passage.line) for passage in found] == [("Welders join metal.", 2), ("They wear masks.", 2)]


@pytest.mark.parametrize("bullet", ["•", "*", "-", "–"])
def test_a_line_with_a_bullet_is_a_list_item_without_it(write, bullet):
    item = passages(write, f"Tools\n  {bullet} Torch")[0]
    assert (item.text, item.listed, item.heading) == ("Torch", True, "Tools")


def test_a_hyphen_inside_a_word_is_no_bullet(write):
    assert passages(write, "-5 degrees is cold for a welder.")[0].listed is False


def test_a_list_after_a_list_and_an_empty_line_has_lost_its_heading(write):
    found = passages(write, "Tools\n• Torch\n\n• Mask\n• Gloves")
    assert [passage.orphan for passage in found] == [None, 4, 4]


def test_a_list_after_a_heading_has_not_lost_it(write):
    found = passages(write, "Tools\n• Torch\n\nSkills\n\n• Patience")
    assert [(passage.heading, passage.orphan) for passage in found] == [("Tools", None), ("Skills", None)]


@pytest.mark.parametrize("text", ["Critical Skills", "Also Known As:", "How to get this job"])
def test_a_short_line_that_is_no_sentence_is_a_heading(text):
    assert is_heading(text)


@pytest.mark.parametrize("text", ["Welders weld.", "Masks, gloves", "a b c d e f g h i", "Do you weld?"])
def test_a_sentence_a_listing_or_a_long_line_is_no_heading(text):
    assert not is_heading(text)


def test_an_abbreviation_ends_no_sentence():
    assert sentences("Dr. Smith welds. He is good.") == ["Dr. Smith welds.", "He is good."]


def test_a_line_beyond_the_end_is_empty(write):
    assert read_document(write("One line.")).line(2) == ""


def test_line_zero_is_empty(write):
    assert read_document(write("One line.")).line(0) == ""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whichever_system_wrote_them(tmp_path, end):
    path = tmp_path / "welder.txt"
    path.write_bytes(f"Welders weld.{end}{end}They wear masks.{end}".encode())
    assert [passage.line for passage in read_document(path).passages] == [1, 3]


@pytest.mark.parametrize("character", ["\f", "\v", "\x85", "\u2028"])
def test_a_character_that_breaks_no_line_in_an_editor_breaks_none_here(write, character):
    found = passages(write, f"Welders weld.{character}\nThey wear masks.")
    assert found[-1].line == 2


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    path = tmp_path / "welder.txt"
    path.write_bytes(b"\xef\xbb\xbfWelders weld.")
    assert read_document(path).line(1) == "Welders weld."


def test_an_empty_document_is_refused(write):
    path = write("")
    assert refusal(path) == f"{path}:1: the document is empty."


def test_a_document_of_blanks_is_refused_as_empty(write):
    path = write(" \n\t\n")
    assert refusal(path) == f"{path}:1: the document is empty."


def test_a_binary_file_is_refused_at_the_line_of_its_first_null_byte(tmp_path):
    path = tmp_path / "welder.txt"
    path.write_bytes(b"Welders\nweld\0.")
    assert refusal(path) == f"{path}:2: the file is binary, not text."


def test_a_document_that_is_not_utf8_is_refused_at_the_line_of_the_first_wrong_byte(tmp_path):
    path = tmp_path / "welder.txt"
    path.write_bytes("Welders weld.\nThey’re good.".encode("cp1252"))
    assert refusal(path) == f"{path}:2: byte 18 is not UTF-8; save the document as UTF-8."


def test_a_document_above_the_limit_is_refused(write):
    path = write("a" * (LARGEST + 1))
    assert refusal(path) == f"{path}:1: the file has 1,000,001 bytes; at most 1,000,000 are read."


def test_a_document_at_the_limit_is_read(write):
    assert len(read_document(write(("a" * 99 + "\n") * (LARGEST // 100))).lines) == LARGEST // 100


def test_a_missing_document_is_refused(tmp_path):
    path = tmp_path / "nowhere.txt"
    assert refusal(path) == f"{path}:1: the file cannot be read (No such file or directory)."


def test_a_folder_is_refused_as_a_document(tmp_path):
    assert refusal(tmp_path) == f"{tmp_path}:1: the file cannot be read (Is a directory)."
