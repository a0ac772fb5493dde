"""Tests of knowledge/sources/oews.py: which wages are read, how they are written, and what is refused."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.model import Refused, Wage
from knowledge.sources import oews
from knowledge.sources.files import Files
from knowledge.sources.release import Release
from tests.knowledge.sources.workbook import write_workbook

DOWNLOADED = Path(__file__).parents[4] / "shared" / "bls-oews-may2025"
HOURLY = ("H_PCT10", "H_PCT25", "H_MEDIAN", "H_PCT75", "H_PCT90")
ANNUAL = ("A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90")
WELDERS = {
    **{"AREA_TITLE": "U.S.", "AREA_TYPE": "1", "PRIM_STATE": "US", "NAICS": "000000", "I_GROUP": "cross-industry"},
    **{"OWN_CODE": "1235", "OCC_CODE": "51-4121", "OCC_TITLE": "Welders", "O_GROUP": "detailed", "TOT_EMP": "416210"},
    **{"H_MEAN": "27.29", "A_MEAN": "56760"},
    **dict(zip(HOURLY, ("18.87", "22.5", "25.84", "30.29", "37.28"))),
    **dict(zip(ANNUAL, ("39240", "46790", "53750", "63010", "77530"))),
    **{"ANNUAL": "", "HOURLY": ""},
}
OHIO = {**WELDERS, "AREA_TITLE": "Ohio", "AREA_TYPE": "2", "PRIM_STATE": "OH"}


def table(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as written:
        lines = csv.writer(written)
        lines.writerow(rows[0])
        lines.writerows(row.values() for row in rows)
    return path


def read(*rows: dict[str, str], into: Path, name: str = "national_M2025_dl.csv") -> Release:
    return oews.read(Files(table(into / name, *rows)))


def refusal(do: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        do()
    return str(refused.value)


def areas(release: Release) -> list[str]:
    return [wage.area for wage in release.wages]


def test_figures_are_written_as_people_read_them_and_not_rounded(tmp_path):
    assert read(WELDERS, into=tmp_path).wages == [
        Wage(
            code="51-4121",
            title="Welders",
            area="United States",
            employment="416,210",
            hourly_mean="27.29",
            annual_mean="56,760",
            hourly=("18.87", "22.50", "25.84", "30.29", "37.28"),
            annual=("39,240", "46,790", "53,750", "63,010", "77,530"),
        )
    ]


def test_excel_tells_the_same_as_text(tmp_path):
    numbers = [float(cell) if column in ("TOT_EMP", "H_MEDIAN", "A_MEAN") else cell for column, cell in WELDERS.items()]
    write_workbook(tmp_path / "national_M2025_dl.xlsx", {"national_M2025_dl": [[*WELDERS], numbers]})
    as_excel = oews.read(Files(tmp_path)).wages
    as_text = oews.read(Files(table(tmp_path / "national_M2025_dl.csv", WELDERS))).wages
    assert as_excel == as_text


@pytest.mark.parametrize("written", ["56760", "56,760", "56760.0"])
def test_a_figure_is_read_with_or_without_separators(tmp_path, written):
    assert read({**WELDERS, "A_MEAN": written}, into=tmp_path).wages[0].annual_mean == "56,760"


@pytest.mark.parametrize("mark", ["*", "**", ""])
def test_what_is_not_published_is_not_known(tmp_path, mark):
    [wage] = read({**WELDERS, "A_MEAN": mark, "H_MEDIAN": mark, "TOT_EMP": mark}, into=tmp_path).wages
    assert (wage.annual_mean, wage.hourly[2], wage.employment) == (None, None, None)


def test_a_wage_at_or_above_the_top_code_keeps_its_mark(tmp_path):
    [wage] = read({**WELDERS, "H_PCT90": "#", "A_PCT90": "#"}, into=tmp_path).wages
    assert (wage.hourly[4], wage.annual[4], wage.annual[3]) == ("#", "#", "63,010")


def test_an_occupation_paid_only_by_the_year_has_no_hourly_wage(tmp_path):
    [wage] = read({**WELDERS, "ANNUAL": "TRUE"}, into=tmp_path).wages
    assert (wage.hourly_mean, set(wage.hourly), wage.annual_mean) == (None, {None}, "56,760")


def test_an_occupation_paid_only_by_the_hour_has_no_annual_wage(tmp_path):
    [wage] = read({**WELDERS, "HOURLY": "TRUE"}, into=tmp_path).wages
    assert (wage.annual_mean, set(wage.annual), wage.hourly_mean) == (None, {None}, "27.29")


def test_a_flag_in_excel_is_seen_too(tmp_path):
    cells = [True if column == "ANNUAL" else cell for column, cell in WELDERS.items()]
    write_workbook(tmp_path / "national_M2025_dl.xlsx", {"one": [[*WELDERS], cells]})
    assert oews.read(Files(tmp_path)).wages[0].hourly_mean is None


def test_nation_states_and_territories_are_read_and_smaller_areas_are_not(tmp_path):
    rows = [WELDERS, OHIO, {**OHIO, "AREA_TITLE": "Guam", "AREA_TYPE": "3"}]
    rows += [
        {**OHIO, "AREA_TITLE": "Akron, OH", "AREA_TYPE": "4"},
        {**OHIO, "AREA_TITLE": "Eastern Ohio", "AREA_TYPE": "6"},
    ]
    assert areas(read(*rows, into=tmp_path, name="all_data_M_2025.csv")) == ["United States", "Ohio", "Guam"]


@pytest.mark.parametrize(
    "of_some",
    [
        {"NAICS": "336600", "I_GROUP": "4-digit"},
        {"NAICS": "000001", "I_GROUP": "cross-industry, ownership", "OWN_CODE": "5"},
        {"OWN_CODE": "5"},
    ],
)
def test_the_wages_of_one_industry_or_owner_are_not_read(tmp_path, of_some):
    assert len(read(WELDERS, {**WELDERS, **of_some}, into=tmp_path).wages) == 1


def test_a_broad_group_is_read_only_where_no_detailed_occupation_has_its_code(tmp_path):
    both = {**WELDERS, "OCC_CODE": "31-1120", "O_GROUP": "broad", "OCC_TITLE": "Aides"}
    rows = [both, {**both, "O_GROUP": "detailed"}, {**WELDERS, "OCC_CODE": "51-4120", "O_GROUP": "broad"}]
    wages = read({**both, "H_MEAN": "1.11"}, *rows[1:], into=tmp_path).wages
    assert [(wage.code, wage.hourly_mean) for wage in wages] == [("31-1120", "27.29"), ("51-4120", "27.29")]


def test_minor_and_major_groups_are_left_out_and_all_occupations_are_kept(tmp_path):
    rows = [{**WELDERS, "OCC_CODE": "00-0000", "OCC_TITLE": "All Occupations", "O_GROUP": "total"}]
    rows += [
        {**WELDERS, "OCC_CODE": "51-0000", "O_GROUP": "major"},
        {**WELDERS, "OCC_CODE": "51-4000", "O_GROUP": "minor"},
    ]
    [wage] = read(*rows, into=tmp_path).wages
    assert (wage.code, wage.title) == ("00-0000", "All Occupations")


def test_the_columns_are_found_in_lower_case_and_by_their_older_names(tmp_path):
    older = {"occ code": "51-4121", "occ title": "Welders", "group": ""}
    older |= {column.lower(): cell for column, cell in WELDERS.items() if not column.startswith(("OCC", "O_G"))}
    [wage] = read(older, into=tmp_path, name="all_data_M_2017.csv").wages
    assert (wage.code, wage.area, wage.annual_mean) == ("51-4121", "United States", "56,760")


def test_before_2019_the_table_of_the_nation_has_no_area_and_that_of_the_states_their_names(tmp_path):
    areas_of = ("AREA_TITLE", "AREA_TYPE", "PRIM_STATE", "NAICS", "I_GROUP", "OWN_CODE")
    nation = {column: cell for column, cell in WELDERS.items() if column not in areas_of}
    table(tmp_path / "national_M2018_dl.csv", nation)
    table(tmp_path / "state_M2018_dl.csv", {"AREA": "39", "ST": "OH", "STATE": "Ohio", **nation})
    table(tmp_path / "MSA_M2018_dl.csv", {"PRIM_STATE": "OH", "AREA": "10420", "AREA_NAME": "Akron, OH", **nation})
    assert areas(oews.read(Files(tmp_path))) == ["United States", "Ohio"]


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("national_M2025_dl.csv", "May 2025"),
        ("all_data_M_2024.csv", "May 2024"),
        ("national_may2004_dl.csv", "May 2004"),
        ("national_november2003_dl.csv", "November 2003"),
    ],
)
def test_the_name_of_the_file_tells_the_edition_and_so_the_date(tmp_path, name, edition):
    source = read(WELDERS, into=tmp_path, name=name).source
    assert (source.edition, source.date) == (edition, edition)
    assert source.attribution.endswith(f", {edition}.")


def test_the_name_of_the_sheet_tells_the_edition_of_a_renamed_file(tmp_path):
    path = write_workbook(tmp_path / "wages.xlsx", {"All May 2024 data": [[*WELDERS], [*WELDERS.values()]]})
    assert oews.read(Files(path)).source.edition == "May 2024"


def test_the_name_of_the_download_tells_the_edition_of_a_renamed_file(tmp_path):
    folder = tmp_path / "oesm25nat"
    folder.mkdir()
    table(folder / "wages.csv", WELDERS)
    assert oews.read(Files(folder)).source.edition == "May 2025"


def test_a_table_of_an_unknown_year_is_refused(tmp_path):
    refused = refusal(lambda: read(WELDERS, into=tmp_path, name="wages.csv"))
    assert refused == "wages.csv: its name does not say which year it is of; keep the name it was published by."


def test_tables_of_two_editions_are_refused(tmp_path):
    table(tmp_path / "state_M2024_dl.csv", OHIO)
    table(tmp_path / "national_M2025_dl.csv", WELDERS)
    refused = refusal(lambda: oews.read(Files(tmp_path)))
    assert (
        refused == "national_M2025_dl.csv: it is of May 2025, and state_M2024_dl.csv of May 2024; import one edition."
    )


def test_an_occupation_that_is_there_twice_is_refused_with_both_places(tmp_path):
    refused = refusal(lambda: read(WELDERS, OHIO, WELDERS, into=tmp_path))
    expected = "national_M2025_dl.csv:4: 51-4121 in United States is there twice, first in national_M2025_dl.csv:2."
    assert refused == expected


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        ({"OCC_CODE": "514121"}, "“514121” is no occupation's code"),
        ({"OCC_CODE": ""}, "“” is no occupation's code"),
        ({"OCC_TITLE": ""}, "51-4121 has no title"),
        ({"A_MEAN": "about 50,000"}, "“about 50,000” under A_MEAN is neither a figure nor a mark"),
        ({"H_PCT10": "-1.00"}, "“-1.00” under H_PCT10 is neither a figure nor a mark"),
        ({"TOT_EMP": "4,16"}, "“4,16” under TOT_EMP is neither a figure nor a mark"),
        ({"AREA_TITLE": "", "AREA_TYPE": "2"}, "the row names no state"),
    ],
)
def test_a_broken_row_is_refused_with_file_and_line(tmp_path, broken, what):
    assert refusal(lambda: read(OHIO, {**WELDERS, **broken}, into=tmp_path)) == f"national_M2025_dl.csv:3: {what}."


def test_without_the_file_of_the_states_there_are_no_wages_by_state(tmp_path):
    assert read(WELDERS, into=tmp_path).lacks == ["There are no wages by state."]


def test_without_the_file_of_the_nation_there_are_no_wages_of_it(tmp_path):
    assert read(OHIO, into=tmp_path, name="state_M2025_dl.csv").lacks == ["There are no wages of the nation."]


def test_with_both_files_nothing_is_lacking(tmp_path):
    table(tmp_path / "state_M2025_dl.csv", OHIO)
    table(tmp_path / "national_M2025_dl.csv", WELDERS)
    assert oews.read(Files(tmp_path)).lacks == []


def test_a_download_of_smaller_areas_alone_is_refused(tmp_path):
    refused = refusal(lambda: read({**OHIO, "AREA_TYPE": "4"}, into=tmp_path, name="MSA_M2025_dl.csv"))
    assert refused.endswith("MSA_M2025_dl.csv: it holds no wages over all industries of the nation or of a state.")


def test_a_table_of_something_else_is_not_in_and_is_refused(tmp_path):
    files = Files(table(tmp_path / "Skills.csv", {"O*NET-SOC Code": "51-4121.00", "Element Name": "Mathematics"}))
    assert not oews.is_in(files)
    assert refusal(lambda: oews.read(files)).endswith("Skills.csv: it has no table of occupations and their wages.")


def test_what_lies_beside_the_tables_does_not_disturb(tmp_path):
    (tmp_path / "readme.txt").write_text("National wages.\n\tOne\ttwo\tthree\n", encoding="utf-8")
    write_workbook(tmp_path / "field_descriptions.xlsx", {"Fields": [["Field", "Means"], ["occ_code", "the code"]]})
    assert oews.is_in(Files(table(tmp_path / "national_M2025_dl.csv", WELDERS).parent))
    assert areas(oews.read(Files(tmp_path))) == ["United States"]


def test_a_zip_is_read_as_it_was_downloaded_or_packed_on_a_mac(tmp_path):
    path = table(tmp_path / "national_M2025_dl.csv", WELDERS)
    with zipfile.ZipFile(tmp_path / "oesm25nat.zip", "w") as archive:
        archive.write(path, "oesm25nat/national_M2025_dl.csv")
        archive.writestr("__MACOSX/oesm25nat/._national_M2025_dl.csv", b"\x00\x05\x16\x07")
        archive.writestr("__MACOSX/oesm25nat/._national_M2025_dl.xlsx", b"\x00\x05\x16\x07")
    assert areas(oews.read(Files(tmp_path / "oesm25nat.zip"))) == ["United States"]


def packed(tmp_path: Path) -> tuple[Path, bytearray]:
    path = tmp_path / "oesm25nat.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        rows = [{**WELDERS, "OCC_CODE": f"51-{number}"} for number in range(1000, 3000)]
        archive.write(table(tmp_path / "national_M2025_dl.csv", *rows), "national_M2025_dl.csv")
    return path, bytearray(path.read_bytes())


def test_a_zip_that_is_damaged_inside_is_refused(tmp_path):
    path, content = packed(tmp_path)
    content[300:900] = bytes(byte ^ 0x5A for byte in content[300:900])
    path.write_bytes(content)
    assert refusal(lambda: oews.is_in(Files(path))).startswith("national_M2025_dl.csv: it cannot be read: ")


def test_a_zip_with_a_damaged_list_of_files_is_refused(tmp_path):
    path, content = packed(tmp_path)
    place = content.find(b"PK\x01\x02")
    content[place : place + 4] = b"XXXX"
    path.write_bytes(content)
    assert refusal(lambda: Files(path)).startswith(f"{path}: it cannot be read: ")


def test_a_locked_zip_is_refused(tmp_path):
    path, content = packed(tmp_path)
    for place in (6, content.find(b"PK\x01\x02") + 8):  # the flag of a password, in the file's head and in the list
        content[place] |= 1
    path.write_bytes(content)
    assert "password" in refusal(lambda: oews.is_in(Files(path)))


def test_progress_ends_with_all_tables(tmp_path):
    table(tmp_path / "state_M2025_dl.csv", OHIO)
    table(tmp_path / "national_M2025_dl.csv", WELDERS)
    told: list[tuple[str, int, int]] = []
    oews.read(Files(tmp_path), lambda *progress: told.append(progress))
    assert told == [("tables", 0, 2), ("tables", 1, 2), ("tables", 2, 2)]


@pytest.mark.skipif(not DOWNLOADED.is_dir(), reason=f"BLS's own files of May 2025 are not in {DOWNLOADED}")
def test_the_published_files_are_read_as_they_print_their_figures():
    release = oews.read(Files(DOWNLOADED))
    wages = {(wage.code, wage.area): wage for wage in release.wages}
    assert (release.source.edition, release.lacks, len(wages)) == ("May 2025", [], len(release.wages))
    assert len({wage.area for wage in release.wages}) == 55
    assert wages["00-0000", "United States"].employment == "155,495,730"
    assert wages["51-4121", "Ohio"].annual[2] == "50,340"
    assert wages["51-4121", "Texas"].hourly == ("18.45", "21.99", "25.64", "31.14", "38.58")
    assert wages["29-1141", "United States"].annual_mean == "101,420"
    surgeons = wages["29-1249", "Alabama"]
    assert (surgeons.employment, {*surgeons.hourly, *surgeons.annual}) == ("340", {"#"})
    teachers, actors = wages["25-2021", "Ohio"], wages["27-2011", "Ohio"]
    assert (teachers.hourly_mean, teachers.annual_mean) == (None, "72,740")
    assert (actors.hourly_mean, actors.annual_mean) == ("21.20", None)
