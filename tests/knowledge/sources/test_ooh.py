"""Pages of the Occupational Outlook Handbook: small ones of our own, and the real ones where they are at hand."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.model import Aspect, Fact, Refused
from knowledge.sources import ooh
from knowledge.sources.files import Files
from knowledge.sources.release import Described
from tests.knowledge.sources.handbook import BECOME, DUTIES, OUTLOOK, PAY, SUMMARY, WORK, page

REAL = Path(__file__).resolve().parents[4] / "shared" / "ooh-2024-34-html"

Write = Callable[..., Files]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A function that saves pages under their names into a folder, and looks into it."""

    def write(text: str | bytes = "", name: str = "kite-menders.html", **others: str) -> Files:
        folder = tmp_path / "ooh"
        folder.mkdir(exist_ok=True)
        for file, held in {name: text or page(), **{f"{stem}.html": other for stem, other in others.items()}}.items():
            (folder / file).write_bytes(held if isinstance(held, bytes) else held.encode())
        return Files(folder)

    return write


@pytest.fixture
def kites(write: Write) -> Described:
    """What the whole page of our own says."""
    return ooh.read(write()).described[0]


def quotes(described: Described, aspect: Aspect) -> list[str]:
    return [fact.quote for fact in described.facts if fact.aspect is aspect]


def fact(described: Described, text: str) -> Fact:
    [found] = [fact for fact in described.facts if fact.text == text]
    return found


def told(write: Write, **changed: str) -> Described:
    """What a page with other sections says."""
    return ooh.read(write(page(**changed))).described[0]


def refusal(files: Files) -> str:
    with pytest.raises(Refused) as refused:
        ooh.read(files)
    return str(refused.value)


def test_a_folder_with_a_page_is_known_by_what_the_page_holds(write):
    assert ooh.is_in(write(name="anything.html"))


def test_a_single_page_counts_as_well(write):
    assert ooh.is_in(Files(write().path / "kite-menders.html"))


def test_a_zip_of_pages_is_read_like_a_folder(tmp_path):
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as packed:
        packed.writestr("saved/kite-menders.html", page())
    assert [each.slug for each in ooh.read(Files(tmp_path / "pages.zip")).described] == ["kite-menders"]


@pytest.mark.parametrize("text", ["<html><title>Occupational Outlook Handbook</title></html>", "no page"])
def test_other_files_are_no_pages_whatever_their_names(write, text):
    assert not ooh.is_in(write(text, "welders.html"))


def test_a_front_page_of_the_handbook_is_no_profile(write):
    link = '<link rel="canonical" href="https://www.bls.gov/ooh/production/home.htm">'
    assert not ooh.is_in(write(f"<html><head>{link}</head><body>Production</body></html>"))


def test_files_that_are_no_profile_pages_are_left_out_and_counted(write):
    files = write(home="<html><body>A-Z index</body></html>")
    (files.path / "logo.png").write_bytes(b"\x89PNG")
    release = ooh.read(Files(files.path))
    assert len(release.described) == 1
    assert release.lacks == ["2 of 3 files are no profile pages and were left out."]


def test_progress_is_told_a_page_at_a_time(write):
    heard = []
    ooh.read(write(), lambda *told: heard.append(told))
    assert heard == [("pages", 0, 1), ("pages", 1, 1)]


def test_the_source_is_cited_with_its_edition_and_the_newest_date(write):
    source = ooh.read(write(other=page("kite-pilots", modified="Wednesday, December 3, 2025"))).source
    assert (source.name, source.edition, source.date) == ("ooh", "2024–34", "December 3, 2025")
    assert (source.url, source.licence) == ("https://www.bls.gov/ooh/", "public domain (US government work)")
    assert source.attribution == (
        "Bureau of Labor Statistics, U.S. Department of Labor, Occupational Outlook Handbook, 2024–34 edition, at "
        "https://www.bls.gov/ooh/ (last modified December 3, 2025)."
    )


def test_pages_of_two_editions_are_refused(write):
    older = page("kite-pilots", summary=SUMMARY.replace("2024–34", "2023–33"))
    assert "is of the edition 2024–34, and others are of 2023–33" in refusal(write(other=older))


def test_the_page_s_own_address_names_it_not_the_file(write):
    assert ooh.read(write(name="Kite Menders _ OOH.html")).described[0].slug == "kite-menders"


def test_a_page_without_an_address_is_named_after_its_file(write):
    files = write(page(head="<title>Kite Menders</title>"), "Kite Menders.html")
    assert ooh.read(files).described[0].slug == "kite-menders"


def test_the_title_and_the_codes_are_those_of_the_page(kites):
    assert (kites.title, kites.codes) == ("Kite Menders and Painters", ["45-9999.00", "45-9999.01"])


def test_kinds_in_bold_or_in_italics_after_called_or_in_the_table_are_other_names(kites):
    names = [(title.text, title.kind) for title in kites.titles]
    assert names == [
        ("Kite Menders and Painters", "preferred"),
        ("Sail menders", "alternate"),
        ("Sail doctors", "alternate"),
        ("Line splicers", "alternate"),
        ("Knotters", "alternate"),
        ("Kite painters", "alternate"),
    ]


def test_the_short_form_of_a_name_is_a_name_too(write):
    duties = DUTIES.replace("Sail menders</em>", "Sail repair technicians (Stitchers)</em>")
    names = [title.text for title in told(write, duties=duties).titles]
    assert names[1:3] == ["Stitchers", "Sail repair technicians"]


def test_what_is_in_bold_but_no_worker_is_no_name(write):
    duties = DUTIES.replace("Sail menders</em>", "Spring festivals</em>")
    assert "Spring festivals" not in [title.text for title in told(write, duties=duties).titles]


def test_a_name_of_one_word_that_another_page_s_title_ends_with_is_nobody_s_own(write):
    files = write(other=page("rope-knotters", title="<h1>Rope Knotters</h1>", duties=DUTIES.replace("knotters", "x")))
    kites = next(each for each in ooh.read(files).described if each.slug == "kite-menders")
    assert "Knotters" not in [title.text for title in kites.titles]


def test_quick_facts_are_quoted_with_their_names_and_pointers_left_out(kites):
    quick = [fact.quote for fact in kites.facts if fact.heading == "Quick Facts"]
    assert quick == [
        "2024 Median Pay — $31,000 per year, $14.90 per hour",
        "On-the-job Training — Short-term on-the-job training",
        "Job Outlook, 2024–34 — 2% (Slower than average)",
    ]


def test_sentences_before_the_duties_are_the_overview_without_needless_space(kites):
    assert quotes(kites, Aspect.overview) == ["Kite menders repair kites in the U.S. and abroad.", "They like wind."]


def test_a_list_is_a_fact_an_item_under_its_heading_and_its_lead_is_none(kites):
    assert quotes(kites, Aspect.tasks)[:2] == ["Sew torn sails", "Wind up lines"]
    assert fact(kites, "Sew torn sails").heading == "What They Do: Duties"
    assert not any("following" in quote for quote in quotes(kites, Aspect.tasks))


def test_of_two_lists_of_duties_each_says_whose_it_is(write):
    more = "<p>Painters typically do the following:</p><ul><li>Mix paint</li></ul>"
    found = told(write, duties=DUTIES + more)
    assert fact(found, "Mix paint").heading == "What They Do: Duties: Painters typically do the following"


def test_a_list_led_to_without_a_colon_keeps_its_lead_in_the_heading(kites):
    assert fact(kites, "A steady hand").heading.endswith("State licensure generally requires")
    assert "State licensure generally requires" not in [each.text for each in kites.facts]


def test_a_sentence_on_a_kind_that_does_not_name_it_is_labelled_with_it(kites):
    assert quotes(kites, Aspect.tools) == ["Sail menders — They use needles and other tools."]
    assert fact(kites, "Line splicers and knotters tie knots.").label is None


def test_qualities_are_skills_with_the_quality_as_label_in_every_sentence(kites):
    assert quotes(kites, Aspect.skills) == ["Patience — Knots need patience.", "Patience — They also need light."]


def test_pointers_to_other_pages_are_no_facts(kites):
    assert not any(word in each.text for each in kites.facts for word in ("profile", "skills data page", "see table"))


def test_a_row_of_employers_or_pay_is_a_fact_under_the_sentence_that_leads_to_it(kites):
    assert quotes(kites, Aspect.employers) == ["Toy shops — 61%", "Self-employed workers — 8"]
    assert fact(kites, "61%").heading == "Work Environment: The largest employers of kite menders were as follows"
    assert fact(kites, "$33,000").aspect is Aspect.pay


def test_the_number_of_jobs_tells_how_many_do_it(kites):
    assert quotes(kites, Aspect.demographics) == ["Kite menders held about 900 jobs in 2024."]


def test_each_occupation_of_a_group_has_its_own_projection(kites):
    assert fact(kites, "Employment, 2024: 300; Change, 2024–34, Percent: -1").label == "Kite painters"


def test_of_a_single_occupation_the_table_of_projections_says_nothing_new(write):
    one = OUTLOOK[: OUTLOOK.rindex("<tr>")] + "</tbody></table>"
    assert not any("Employment, 2024" in each.text for each in told(write, outlook=one).facts)


def test_similar_occupations_are_related_with_what_they_do(kites):
    assert quotes(kites, Aspect.related) == ["Rope Makers — Rope makers twist ropes."]


def test_contacts_are_told_where_they_say_what_for_and_lists_of_links_are_not(kites):
    found = [each.quote for each in kites.facts if each.heading == "More Info"]
    assert found == [
        "For information about certifications, visit CareerOneStop.",
        "For information about accredited schools, visit — School of Wind",
    ]


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("Lines may cut fingers.", Aspect.safety),
        ("Most kite menders work full time.", Aspect.hours),
        ("Kite menders work outdoors and in lofts.", Aspect.workplace),
        ("Some travel to festivals.", Aspect.travel),
        ("Kite menders typically need a high school diploma.", Aspect.education),
        ("They must be at least 16 years old.", Aspect.age),
        ("A diploma is enough.", Aspect.education),
        ("Programs in mending usually take 2 years to complete.", Aspect.training_length),
        ("Training lasts up to 3 months.", Aspect.training_length),
        ("Beginners learn on the job.", Aspect.experience),
        ("A steady hand", Aspect.certification),
        ("Some menders come to own a loft.", Aspect.entry_level),
        ("Menders earn tips at festivals.", Aspect.pay),
        ("Wind will be needed.", Aspect.outlook),
    ],
)
def test_section_heading_and_words_say_what_a_sentence_tells(kites, text, aspect):
    assert fact(kites, text).aspect is aspect


def test_working_hours_told_again_beside_the_pay_are_told_once(kites):
    assert quotes(kites, Aspect.hours) == ["Most kite menders work full time.", "They rest when there is no wind."]


def test_working_hours_that_only_the_section_on_pay_tells_are_kept(write):
    found = told(write, work=WORK[: WORK.index("<h3>Work Schedules")])
    assert quotes(found, Aspect.hours) == ["Most kite menders are employed full time."]


def test_what_is_told_twice_is_one_fact(write):
    found = told(write, become=BECOME.replace("A diploma is enough.", "Most kite menders work full time."))
    assert sum(each.text == "Most kite menders work full time." for each in found.facts) == 1


def test_what_the_page_tells_first_of_an_aspect_is_the_most_important(kites):
    pay = [each.importance for each in kites.facts if each.aspect is Aspect.pay]
    assert pay == [100.0, 99.0, 98.0, 97.0]


@pytest.mark.parametrize("hidden", ["caption", "About this section", "script", "footer", "Next", "Suggested", "Back"])
def test_what_only_serves_the_page_is_no_fact(kites, hidden):
    assert not any(hidden in each.quote for each in kites.facts)


def test_charts_are_no_facts(kites):
    assert "Median annual wages" not in [each.text for each in kites.facts]


def test_a_heading_that_shows_nothing_ends_what_stood_under_another(write):
    found = told(write, work=WORK + '<h3><span class="invisible">empty heading</span></h3><p>Lofts are high.</p>')
    assert fact(found, "Lofts are high.").heading == "Work Environment"


@pytest.mark.parametrize("text", ["Lofts are <del>not </del>high.", "Lofts are <s>low</s> high.", "Lofts<br>are high."])
def test_struck_words_are_none_and_a_line_break_is_a_space(write, text):
    assert fact(told(write, work=f"{WORK}<p>{text}</p>"), "Lofts are high.")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Dr. Wind sails. He mends.", ["Dr. Wind sails.", "He mends."]),
        ("Some have a Ph.D. They teach.", ["Some have a Ph.D.", "They teach."]),
        ("They mend (e.g. kites). (Others do not.)", ["They mend (e.g. kites).", "(Others do not.)"]),
        ("The U.S. Navy hires. Others wait.", ["The U.S. Navy hires.", "Others wait."]),
        ("Some earn an Au.D. degree. It helps.", ["Some earn an Au.D. degree.", "It helps."]),
    ],
)
def test_abbreviations_and_brackets_cut_no_sentence(write, text, parts):
    found = told(write, outlook=f"<p>{text}</p>")
    assert [each.text for each in found.facts if each.heading == "Job Outlook"] == parts


BROKEN = {
    "no title": (page(title=""), "kite-menders.html:1: the page has no title"),
    "no pay": (page(pay=None), "the page has no section “Pay”"),
    "no sections": (page(duties=None, work=None, become=None, pay=None, outlook=None), "no section “What They Do”"),
    "cut off": (page(end=""), "the page is cut off"),
    "an empty section": (page(pay="<p></p>", summary=""), "kite-menders.html:1: the page says nothing about pay."),
    "no date": (page(modified="Someday, Smarch 3, 2025"), "“Smarch 3, 2025” is not the date of a page"),
    "deep": (page(pay=PAY + "<div>" * 3000), "the page is nested too deeply"),
    "a long tag": (page(pay=PAY + "<p " + "a=1 " * 3000 + ">"), "a tag has more than 5,000 characters"),
    "huge": (page(pay=PAY + "<p>Wind.</p>\n" * 90_000), "at most 1,000,000 are read"),
    "no HTML": ("Kite menders mend kites.", "kite-menders.html:1: this is not HTML."),
    "a PDF": (b"%PDF-1.4 <<>> \0", "kite-menders.html:1: this is not HTML."),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_page_is_refused_with_file_and_line(write, broken):
    text, why = BROKEN[broken]
    said = refusal(write(text))
    assert why in said
    assert said.startswith("kite-menders.html:")


def test_one_broken_page_leaves_none_imported(write):
    assert refusal(write(other=page("kite-pilots", end=""))).startswith("other.html:")


def test_a_page_that_is_there_twice_is_refused(write):
    assert "the page “kite-menders” is there twice; kite-menders.html holds it too" in refusal(write(other=page()))


def test_a_folder_without_a_page_is_refused(write):
    assert "there is no profile page" in refusal(write("<html></html>"))


def test_what_a_page_declares_is_neither_expanded_nor_fetched(write):
    entity = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    found = ooh.read(write(entity + page(duties=DUTIES.replace("They like wind.", "They like &x;.")))).described[0]
    assert fact(found, "They like &x;.")


def test_words_without_end_are_read_in_a_moment(write):
    found = told(write, work=f"{WORK}<p>{'work in ' * 60_000}</p>")
    assert quotes(found, Aspect.employers)


@pytest.fixture(scope="module")
def handbook():
    """The real pages, read once."""
    if not REAL.is_dir():
        pytest.skip(f"the saved pages of the Handbook are not at {REAL}")
    return ooh.read(Files(REAL))


def test_every_real_page_tells_of_its_work_its_pay_its_entry_and_its_outlook(handbook):
    wanted = {Aspect(each) for each in ("overview", "tasks", "skills", "education", "pay", "outlook", "related")}
    assert len(handbook.described) == 302
    assert not [each.slug for each in handbook.described if wanted - {fact.aspect for fact in each.facts}]
    assert all(each.codes for each in handbook.described)
    assert (handbook.source.edition, handbook.source.date) == ("2024–34", "December 3, 2025")


def test_no_real_fact_is_a_lead_a_fragment_or_the_page_s_own_furniture(handbook):
    facts = [fact for each in handbook.described for fact in each.facts]
    assert len(facts) > 25_000
    furniture = ("About this section", "empty heading", "skills data page", "transcript available", "\xa0", "  ")
    begins = re.compile(r"[A-Z0-9“(]")
    assert not [fact.quote for fact in facts if any(word in fact.quote for word in furniture)]
    assert not [fact.text for fact in facts if fact.text.endswith(":")]
    assert not [fact.text for fact in facts if fact.label is None and not begins.match(fact.text)]
