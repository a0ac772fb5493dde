"""Tests of knowledge/sources/projections.py: which tables are found, what is told of an occupation, what is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.model import Projection, Refused
from knowledge.sources import projections
from knowledge.sources.files import Files
from knowledge.sources.release import Release
from tests.knowledge.sources.workbook import Cell, write_workbook

DOWNLOADED = Path(__file__).parents[4] / "shared" / "bls-projections-2024-34"
SOURCE = "Source: Employment Projections program, U.S. Bureau of Labor Statistics"
Rows = list[list[Cell]]

PLACE = ["2024 National Employment Matrix title", "2024 National Employment Matrix code", "Occupation type"]
CHANGE = ["Employment, 2024", "Employment, 2034", "Employment change, numeric, 2024–34"]
CHANGE += ["Employment change, percent, 2024–34"]
OPENINGS = "Occupational openings, 2024–34 annual average"
NEEDS = ["Typical education needed for entry", "Work experience in a related occupation"]
NEEDS += ["Typical on-the-job training needed to attain competency in the occupation"]
WELDERS = ["      Welders", "51-4121", "Line item", 457.3, 1467.0, 9.9, -2.2, 45.6]
ENTRY = ["High school diploma or equivalent", "None", "Moderate-term on-the-job training"]


def table_1_2(*rows: list[Cell]) -> Rows:
    names = [*PLACE, *CHANGE, "Percent self employed, 2024", OPENINGS, "Median annual wage, dollars, 2024[1]", *NEEDS]
    return [
        ["Table 1.2 Occupational projections, 2024–2034, and worker characteristics, 2024 (Employment in thousands)"],
        names,
        *([*row[:7], 6.3, row[7], 51000.0, *(row[8:] or ENTRY)] for row in rows),
        ["Footnotes:"],
        ["[1] Data are from the Occupational Employment and Wage Statistics program."],
        ['Note: Data is unavailable for values denoted with a "—".'],
        [SOURCE],
    ]


def table_1_12(*rows: list[Cell]) -> Rows:
    names = [f"2024 National Employment Matrix {of}" for of in ("occupation title", "occupation code")]
    names += [f"2024 National Employment Matrix {of}" for of in ("industry title", "industry code")]
    title = "Table 1.12 Factors affecting occupational utilization, projected 2024–34"
    return [[title], [*names, "Factors affecting occupational utilization"], *rows, [SOURCE]]


def table_5_4(*rows: list[Cell]) -> Rows:
    title = "Table 5.4 Education and training assignments by detailed occupation, 2024"
    return [[title], [*PLACE[:2], *NEEDS, "Related Occupational Outlook Handbook (OOH) content"], *rows, [SOURCE]]


def read(path: Path, **tables: Rows) -> Release:
    """Read a download of one file with these tables: `Table_1_2` is the sheet “Table 1.2”."""
    sheets = {name.replace("_", " ", 1).replace("_", "."): rows for name, rows in tables.items()}
    return projections.read(Files(write_workbook(path / "occupation.xlsx", {"Index": [["Contents"]], **sheets})))


def factors(path: Path, *rows: list[Cell]) -> str | None:
    return read(path, Table_1_2=table_1_2(WELDERS), Table_1_12=table_1_12(*rows)).projections[0].factors


def refusal(do: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        do()
    return str(refused.value)


def test_figures_are_written_as_people_read_them_and_needs_as_published(tmp_path):
    assert read(tmp_path, Table_1_2=table_1_2(WELDERS)).projections == [
        Projection(
            code="51-4121",
            title="Welders",
            base_year="2024",
            target_year="2034",
            employment="457.3",
            projected="1,467.0",
            change="9.9",
            percent="-2.2",
            openings="45.6",
            education="High school diploma or equivalent",
            experience="None",
            training="Moderate-term on-the-job training",
        )
    ]


def test_the_years_and_the_edition_come_from_the_columns(tmp_path):
    older = [[str(cell).replace("2024", "2023").replace("34", "33") for cell in row] for row in table_1_2(WELDERS)]
    release = read(tmp_path, Table_1_7=older)
    assert (release.projections[0].base_year, release.projections[0].target_year) == ("2023", "2033")
    assert (release.source.edition, release.source.date) == ("2023–33", "2023–33")
    assert release.source.attribution.endswith(", 2023–33.")


@pytest.mark.parametrize("dash", ["-", "–", "—", "‑"])
def test_any_dash_may_stand_between_the_years_of_a_column(tmp_path, dash):
    written = table_1_2(WELDERS)
    written[1] = [str(name).replace("–", dash).upper() for name in written[1]]
    [found] = read(tmp_path, Table_1_2=written).projections
    assert (found.percent, found.openings) == ("-2.2", "45.6")


def test_footnotes_are_no_occupations_and_their_marks_no_part_of_titles(tmp_path):
    marked = ["Welders[1]", *WELDERS[1:7], "45.6[2]"]
    [found] = read(tmp_path, Table_1_2=table_1_2(marked)).projections
    assert (found.title, found.openings) == ("Welders", "45.6")


def test_of_the_summaries_only_all_occupations_are_read(tmp_path):
    nothing: list[Cell] = ["—", "—", "—"]
    total = ["Total, all occupations", "00-0000", "Summary", *WELDERS[3:8], *nothing]
    group = ["  Production occupations", "51-0000", "Summary", *WELDERS[3:8], *nothing]
    found = read(tmp_path, Table_1_2=table_1_2(total, group, WELDERS)).projections
    assert [(each.code, each.education) for each in found] == [("00-0000", None), ("51-4121", ENTRY[0])]


def test_a_code_that_stands_for_several_occupations_is_kept(tmp_path):
    several = ["Buyers and purchasing agents", "13-1020", *WELDERS[2:]]
    assert read(tmp_path, Table_1_2=table_1_2(several)).projections[0].code == "13-1020"


def test_what_is_not_published_is_not_known(tmp_path):
    [found] = read(tmp_path, Table_1_2=table_1_2([*WELDERS[:7], "—", "—", "None", "—"])).projections
    assert (found.openings, found.education, found.experience, found.training) == (None, None, "None", None)


def test_what_one_table_leaves_out_another_tells(tmp_path):
    names = [*PLACE, *CHANGE]
    short = [["Table 1.2 Employment by detailed occupation"], names, WELDERS[:7], [SOURCE]]
    openings = [["Table 1.10 Separations and openings"], [*names, OPENINGS], [*WELDERS[:8]], [SOURCE]]
    sheets = {"Table 1.2": short, "Table 1.10": openings}
    write_workbook(tmp_path / "occupation.xlsx", sheets)
    write_workbook(tmp_path / "education.xlsx", {"Table 5.4": table_5_4(["Welders", "51-4121", *ENTRY, "OOH Content"])})
    release = projections.read(Files(tmp_path))
    [found] = release.projections
    assert (found.openings, found.education, found.training) == ("45.6", ENTRY[0], ENTRY[2])
    assert release.lacks == ["There is nothing on why employment changes."]


def test_a_reason_of_change_in_all_industries_is_quoted_word_for_word(tmp_path):
    reason = "Demand change- share increases as ships  need welders. Robots need them too."
    assert factors(tmp_path, ["Welders", "51-4121", "Total, all industries", "TE1000", f"{reason} "]) == reason


def test_a_reason_of_change_in_one_industry_is_none_of_the_whole_occupation(tmp_path):
    assert factors(tmp_path, ["Welders", "51-4121", "Ship and boat building", "336600", "Share decreases."]) is None


def test_a_reason_that_several_industries_share_is_none_of_the_whole_occupation(tmp_path):
    ships = ["Welders", "51-4121", "Ship and boat building", "336600", "Share decreases."]
    assert factors(tmp_path, ships, [*ships[:2], "Railroad rolling stock", "336500", ships[4]]) is None


def test_an_exception_in_one_industry_leaves_the_reason_in_all_as_it_is(tmp_path):
    whole = ["Welders", "51-4121", "Total, all industries", "TE1000", "Share increases."]
    ships = ["Welders", "51-4121", "Ship and boat building", "336600", "Share decreases."]
    assert factors(tmp_path, ships, whole) == "Share increases."


def test_what_a_release_lacks_is_said(tmp_path):
    short = [["Table 1.2"], [*PLACE, *CHANGE], WELDERS[:7], [SOURCE]]
    assert read(tmp_path, Table_1_2=short).lacks == [
        "There is nothing on job openings.",
        "There is nothing on the education that is typically needed.",
        "There is nothing on the work experience that is typically needed.",
        "There is nothing on the training that is typically needed.",
        "There is nothing on why employment changes.",
    ]


def test_a_text_table_tells_the_same_as_excel(tmp_path):
    rows = table_1_2(WELDERS)[1:3]
    (tmp_path / "Table 1.2.txt").write_text("\n".join("\t".join(map(str, row)) for row in rows), encoding="utf-8")
    as_text = projections.read(Files(tmp_path / "Table 1.2.txt")).projections
    assert as_text == read(tmp_path, Table_1_2=table_1_2(WELDERS)).projections


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (["Welders", "514121", *WELDERS[2:]], "“514121” is no occupation's code"),
        (["Welders", "", *WELDERS[2:]], "“” is no occupation's code"),
        (["", *WELDERS[1:]], "51-4121 has no title"),
        ([*WELDERS[:3], "many", *WELDERS[4:]], "“many” is neither a figure nor a mark"),
    ],
)
def test_a_broken_row_is_refused_with_file_and_line(tmp_path, broken, what):
    other = ["Sawyers", "51-7041", *WELDERS[2:]]
    assert refusal(lambda: read(tmp_path, Table_1_2=table_1_2(other, broken))) == f"occupation.xlsx:4: {what}."


def test_an_occupation_that_is_there_twice_is_refused_with_both_places(tmp_path):
    refused = refusal(lambda: read(tmp_path, Table_1_2=table_1_2(WELDERS, WELDERS)))
    assert refused == "occupation.xlsx:4: 51-4121 is there twice, first in line 3."


def test_tables_of_two_editions_are_refused(tmp_path):
    older = [
        [str(cell).replace("2024", "2023") for cell in row] for row in table_5_4(["Welders", "51-4121", *ENTRY, "—"])
    ]
    write_workbook(tmp_path / "education.xlsx", {"Table 5.4": older})
    refused = refusal(lambda: read(tmp_path, Table_1_2=table_1_2(WELDERS)) and projections.read(Files(tmp_path)))
    assert refused == "education.xlsx: it is of 2023, and occupation.xlsx of 2024–2034; import one edition."


def test_a_download_of_something_else_is_not_in_and_is_refused(tmp_path):
    title = "Table 4.1 Labor supply and factors affecting productivity, 2004, 2014, 2024, and projected"
    path = write_workbook(tmp_path / "economy.xlsx", {"Table 4.1": [[title], ["Category", "2004"], ["Labor", 293.1]]})
    (tmp_path / "readme.txt").write_text("Employment\n\tOne\ttwo\tthree\n", encoding="utf-8")
    assert not projections.is_in(Files(tmp_path))
    refused = refusal(lambda: projections.read(Files(path)))
    assert refused.endswith("economy.xlsx: it has no table of occupations and how their employment will change.")


def test_education_alone_is_not_enough(tmp_path):
    write_workbook(tmp_path / "education.xlsx", {"Table 5.4": table_5_4(["Welders", "51-4121", *ENTRY, "—"])})
    assert not projections.is_in(Files(tmp_path))


def test_a_table_of_line_items_without_any_is_refused(tmp_path):
    group = ["Production occupations", "51-0000", "Summary", *WELDERS[3:]]
    assert (
        refusal(lambda: read(tmp_path, Table_1_2=table_1_2(group))) == "occupation.xlsx: its tables hold no occupation."
    )


def test_a_zip_is_read_and_a_damaged_one_refused(tmp_path):
    path = write_workbook(tmp_path / "occupation.xlsx", {"Table 1.2": table_1_2(WELDERS)})
    zipped = tmp_path / "projections.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(path, "2024-34/occupation.xlsx")
    assert projections.is_in(Files(zipped))
    content = bytearray(zipped.read_bytes())
    content[400:600] = bytes(200)
    zipped.write_bytes(content)
    assert refusal(lambda: projections.is_in(Files(zipped))).startswith("occupation.xlsx: it cannot be read: ")


def test_an_excel_file_that_is_cut_off_is_refused(tmp_path):
    path = write_workbook(tmp_path / "occupation.xlsx", {"Table 1.2": table_1_2(WELDERS)})
    path.write_bytes(path.read_bytes()[:700])
    assert "it is not an Excel file that can be read" in refusal(lambda: projections.is_in(Files(path)))


def test_progress_ends_with_all_tables(tmp_path):
    path = write_workbook(tmp_path / "occupation.xlsx", {"Table 1.2": table_1_2(WELDERS), "Table 1.12": table_1_12()})
    told: list[tuple[str, int, int]] = []
    projections.read(Files(path), lambda *progress: told.append(progress))
    assert (told[0], told[-1]) == (("tables", 0, 2), ("tables", 2, 2))


@pytest.mark.skipif(not DOWNLOADED.is_dir(), reason=f"BLS's own tables of 2024–34 are not in {DOWNLOADED}")
def test_the_published_tables_are_read_as_they_print_their_figures():
    release = projections.read(Files(DOWNLOADED))
    found = {each.code: each for each in release.projections}
    assert (release.source.edition, release.lacks, len(found)) == ("2024–34", [], 833)
    nurses, controlled = found["29-1141"], found["51-9161"]
    assert (nurses.employment, nurses.projected, nurses.percent) == ("3,391.0", "3,557.1", "4.9")
    assert (nurses.openings, nurses.education, nurses.factors) == ("189.1", "Bachelor's degree", None)
    assert (controlled.change, controlled.percent) == ("-19.0", "-10.7")
    assert controlled.factors.startswith("Productivity change - share decreases as computer-controlled machine tool")
    assert (found["13-1020"].title, found["00-0000"].percent) == ("Buyers and purchasing agents", "3.1")
    assert sum(each.factors is not None for each in release.projections) == 183
    assert [each.code for each in release.projections if not each.education] == ["00-0000"]
