"""Releases of O*NET, small ones of our own and the real ones where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.model import Aspect, Refused
from knowledge.sources import onet
from knowledge.sources.files import Files
from tests.onet import TABLES

REAL = Path(__file__).resolve().parents[4] / "shared"


def described(folder: Path, code: str = "45-9999.00"):
    """What a release says of one occupation."""
    [found] = [each for each in onet.read(Files(folder)).described if each.slug == code]
    return found


def quotes(folder: Path, aspect: Aspect) -> list[str]:
    """What a release says of an aspect of the kite menders, in its order."""
    return [fact.quote for fact in described(folder).facts if fact.aspect is aspect]


def test_a_release_is_known_by_its_columns(write_onet, tmp_path):
    assert onet.is_in(Files(write_onet()))
    other = tmp_path / "other"
    other.mkdir()
    (other / "Occupation Data.txt").write_text("Code\tName\n", encoding="utf-8")
    assert not onet.is_in(Files(other))


def test_the_edition_and_its_date_stand_in_the_attribution(write_onet):
    source = onet.read(Files(write_onet())).source
    assert (source.edition, source.date) == ("30.1", "December 2025")
    assert "O*NET 30.1 Database" in source.attribution


def test_core_tasks_come_first(write_onet):
    assert quotes(write_onet(), Aspect.tasks) == ["Sew torn sails.", "Sweep the loft."]


def test_what_is_unimportant_or_too_imprecise_is_left_out(write_onet):
    assert quotes(write_onet(), Aspect.skills) == ["Reading — Reading what is on a label."]


def test_two_names_in_one_are_two_names_and_quotation_marks_stay(write_onet):
    names = [title.text for title in described(write_onet()).titles]
    assert names == ["Kite Menders", "Kite Repair Technician", "KRT", "Line Mender"]
    assert [title.text for title in described(write_onet(), "45-9999.01").titles] == [
        "Kite Painters",
        'Kite "Colorist"',
        "Colorist",
    ]


def test_shares_are_quoted_as_published_and_rare_ones_left_out(write_onet):
    assert quotes(write_onet(), Aspect.education) == [
        "Required Level of Education: High School Diploma — 81.50% of those asked",
        "School is enough.",
    ]


def test_what_is_said_of_a_job_zone_is_said_to_be_of_all_of_it(write_onet):
    [zone] = [fact for fact in described(write_onet()).facts if fact.text == "School is enough."]
    assert zone.group == "all occupations of this Job Zone"


def test_technology_in_demand_comes_first(write_onet):
    assert quotes(write_onet(), Aspect.technology)[0] == "SheetPro — Spreadsheet software"


def test_related_occupations_bear_their_titles(write_onet):
    assert quotes(write_onet(), Aspect.related) == ["Kite Painters"]


def test_what_a_release_lacks_is_said(write_onet):
    assert "There is no “Knowledge”." in onet.read(Files(write_onet())).lacks


def test_tables_are_known_by_the_names_that_they_bear_since_30_3(write_onet):
    folder = write_onet(
        **{"Alternate_Titles": None, "Job_Titles": TABLES["Alternate Titles"].replace("Alternate Title", "Job Title")},
        **{"Technology_Skills": None, "Software_Skills": TABLES["Technology Skills"]},
        **{"Skills": None, "Essential_Skills": TABLES["Skills"]},
    )
    assert "KRT" in [title.text for title in described(folder).titles]
    assert quotes(folder, Aspect.technology)
    assert quotes(folder, Aspect.skills)


@pytest.mark.parametrize(
    ("table", "broken", "why"),
    [
        ("Occupation Data", "45-9999\tKite Menders\tMend kites.", "is no O.NET-SOC code"),
        ("Occupation Data", "45-9999.01\tKite Painters\tAgain.", "described twice"),
        ("Task Statements", "99-0000.00\t3\tFly.\tCore\t1\t\t", "no occupation of the release has the code"),
        ("Task Statements", "45-9999.00\t3\tFly.\tCore\tmany\t\t", "is not a number"),
        ("Task Statements", "45-9999.00\t3", "the row has no “"),
    ],
)
def test_a_broken_row_is_refused_with_its_file_and_line(write_onet, table, broken, why):
    text = TABLES[table] + broken + "\n"
    with pytest.raises(Refused, match=rf"{table}\.txt:{len(text.splitlines())}: .*{why}"):
        onet.read(Files(write_onet(**{table.replace(" ", "_"): text})))


def test_a_release_that_does_not_say_which_it_is_is_refused_with_what_to_do(write_onet):
    with pytest.raises(Refused, match="keep its “Read Me.txt”"):
        onet.read(Files(write_onet(Read_Me="")))


@pytest.mark.parametrize(
    ("folder", "edition"), [("onet-30.1-text", "30.1"), ("onet-29.3-excel", "29.3"), ("onet-27.0-text", "27.0")]
)
def test_real_releases_as_text_and_excel_old_and_new_are_read(folder, edition):
    if not (REAL / folder).is_dir():
        pytest.skip(f"the release {edition} of O*NET is not at hand in {REAL}")
    release = onet.read(Files(REAL / folder))
    assert release.source.edition == edition
    assert len(release.described) == 1016
    [welders] = [each for each in release.described if each.slug == "51-4121.00"]
    assert any("regulator valves" in fact.text for fact in welders.facts if fact.aspect is Aspect.tasks)
    assert "Maintenance Welder" in [title.text for title in welders.titles]
