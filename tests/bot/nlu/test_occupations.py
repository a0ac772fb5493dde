"""Which occupations a text names, among those of a small list, and among all of O*NET's."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.nlu.abbreviations import read_abbreviations
from bot.nlu.occupations import Named, Occupations
from knowledge.model import Refused
from tests.benchmarks.linking import read_titles

ONET = Path(__file__).resolve().parents[4] / "shared" / "onet-30.1-text"
EMPLOYMENT = ONET.parent / "bls-oews-may2025" / "national_M2025_dl.xlsx"

WELDER, ELECTRICIAN, COOK, FAST_FOOD = "51-4121.00", "47-2111.00", "35-2014.00", "35-2011.00"
NURSE, CRITICAL, INSPECTOR, OWN = "29-1141.00", "29-1141.03", "47-4011.00", "production-technician"
TITLES = [
    Named(OWN, "Production Technician", "preferred", own=True),
    Named("17-3026.00", "Production Technician", "reported", weight=70_000),
    Named(WELDER, "Welders, Cutters, Solderers, and Brazers", "preferred", weight=430_000),
    Named(WELDER, "Pipe Welder", "reported", weight=430_000),
    Named(ELECTRICIAN, "Electricians", "preferred", weight=740_000),
    Named(COOK, "Cooks, Restaurant", "preferred", weight=1_400_000),
    Named(COOK, "Cook", "reported", weight=1_400_000),
    Named(FAST_FOOD, "Cooks, Fast Food", "preferred", weight=670_000),
    Named(FAST_FOOD, "Cook", "reported", weight=670_000),
    Named(NURSE, "Registered Nurses", "preferred", weight=3_300_000),
    Named(NURSE, "Registered Nurse (RN)", "reported", weight=3_300_000),
    Named(NURSE, "Nurse", "alternate", weight=3_300_000),
    Named(NURSE, "Staff Nurse", "alternate", weight=3_300_000),
    Named(CRITICAL, "Critical Care Nurses", "preferred", weight=3_300_000),
    Named(INSPECTOR, "Construction and Building Inspectors", "preferred", weight=140_000),
    Named("25-4031.00", "Map Librarian", "preferred", weight=1_000),
    Named("41-9012.00", "Models", "preferred", weight=3_000),
    Named("35-9031.00", "Host", "reported", weight=430_000),
    Named("29-1131.00", "Veterinarians", "preferred", weight=80_000),
    Named("29-1292.00", "Dental Hygienists", "preferred", weight=210_000),
    Named("33-2011.00", "Firefighters", "preferred", weight=330_000),
    Named("29-1071.00", "Physician Assistants", "preferred", weight=150_000),
    Named("53-3032.00", "Heavy and Tractor-Trailer Truck Drivers", "preferred", weight=2_000_000),
    Named("53-3032.00", "Tractor-Trailer Truck Driver", "reported", weight=2_000_000),
    Named("51-9199.00", "Set", "alternate"),
    Named("51-9199.00", "Coffee Maker", "alternate"),
    Named("51-9197.00", "Tire Builders", "preferred"),
]


@pytest.fixture(scope="module")
def occupations() -> Occupations:
    return Occupations(TITLES)


@pytest.fixture(scope="module")
def everything() -> Occupations:
    if not ONET.is_dir() or not EMPLOYMENT.is_file():
        pytest.skip(f"{ONET} and {EMPLOYMENT} are not there: O*NET's titles come with a download of one's own")
    return Occupations(read_titles(ONET, EMPLOYMENT))


def written(occupations: Occupations, text: str) -> list[str]:
    return [text[mention.start : mention.end] for mention in occupations.mentions(text)]


@pytest.mark.parametrize(
    ("text", "name", "slug"),
    [
        ("what does a production technician do", "production technician", OWN),
        ("PRODUCTION TECHNICIANS earn what?", "PRODUCTION TECHNICIANS", OWN),
        ("any prod tech here to ask", "prod tech", OWN),
        ("technician, production", "technician, production", OWN),
        ("the electrician's day", "electrician's", ELECTRICIAN),
        ("my aunt was made librarian of maps last spring, who hires for that", "librarian of maps", "25-4031.00"),
        ("fast-food cooks, what do they earn", "fast-food cooks", FAST_FOOD),
        ("do fire fighters sleep there", "fire fighters", "33-2011.00"),
        ("pipe welders?", "pipe welders", WELDER),
        ("solderer pay", "solderer", WELDER),
        ("R.N. or not", "R.N.", NURSE),
        ("rn salary", "rn", NURSE),
        ("is a sparky paid well", "sparky", ELECTRICIAN),
        ("how do i get a cdl", "cdl", "53-3032.00"),
        ("tractor trailer truck driver hours", "tractor trailer truck driver", "53-3032.00"),
    ],
)
def test_a_title_is_found_however_it_is_written(occupations, text, name, slug):
    [mention] = occupations.mentions(text)
    assert (text[mention.start : mention.end], mention.slugs[0], mention.sure) == (name, slug, True)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("what does an electrican do", ELECTRICIAN),
        ("what does an elecctrician do", ELECTRICIAN),
        ("what does an eletcrician do", ELECTRICIAN),
        ("what does an electrition do", ELECTRICIAN),
        ("how do i become a vetranarian", "29-1131.00"),
        ("registerd nurse pay", NURSE),
        ("dentalhygienist", "29-1292.00"),
        ("denta lhygienist", "29-1292.00"),
    ],
)
def test_a_misspelt_title_is_found(occupations, text, slug):
    [mention] = occupations.mentions(text)
    assert mention.slugs[0] == slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("what does a Sr. Pipe Welder II earn", "Sr. Pipe Welder II"),
        ("entry level electrician jobs", "entry level electrician"),
        ("a junior welder", "junior welder"),
        ("the lead electrician", "lead electrician"),
    ],
)
def test_a_level_belongs_to_the_name_and_changes_nothing(occupations, text, name):
    assert written(occupations, text) == [name]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("i want to do welding", WELDER),
        ("how to get into plumbing or welding", WELDER),
        ("nursing school", NURSE),
        ("is welding hard", WELDER),
        ("cooking for a living", COOK),
        ("dental hygiene", "29-1292.00"),
    ],
)
def test_what_people_do_names_who_does_it(occupations, text, slug):
    assert [mention.slugs[0] for mention in occupations.mentions(text)] == [slug]


@pytest.mark.parametrize(
    "text",
    [
        "what does a cook do",
        "how much do cooks make",
        "I want to become a cook",
        "can i work as a cook",
        "cook",
        "cook salary in ohio",
        "a welder or a cook",
    ],
)
def test_an_ordinary_word_is_linked_where_it_names_who_works(occupations, text):
    assert COOK in {slug for mention in occupations.mentions(text) for slug in mention.slugs}


@pytest.mark.parametrize(
    "text",
    [
        "how do i cook pasta",
        "our business model is bad",
        "I was the host last night",
        "set the alarm",
        "a set of questions",
        "the coffee maker is broken",
        "my welding-related rash",
        "cooking at home is fun",
        "it pays more in PA",
        "she doesn't know",
        "hi there",
        "",
    ],
)
def test_the_same_words_in_another_sense_are_not(occupations, text):
    assert written(occupations, text) == []


def test_the_longest_name_wins(occupations):
    assert written(occupations, "is a critical care nurse a nurse") == ["critical care nurse", "nurse"]


def test_names_never_overlap_though_a_level_stands_between_two():
    titles = [Named("1", "Gaffer Lead", "reported"), Named("2", "Pipe Welder", "reported")]
    assert written(Occupations(titles), "a gaffer lead pipe welder") == ["gaffer lead", "pipe welder"]


def test_what_the_owner_has_comes_first(occupations):
    [mention] = occupations.mentions("production technician")
    assert (mention.slugs[0], mention.sure, mention.title) == (OWN, True, "Production Technician")


def test_where_several_are_meant_they_are_offered_the_likeliest_first(occupations):
    [mention] = occupations.mentions("what does a cook do")
    assert (mention.slugs, mention.sure) == ((COOK, FAST_FOOD), False)


MANAGERS = [
    Named("11-1021.00", "Kite Managers", "preferred", weight=3_000_000),
    Named("11-3031.00", "Sail Managers", "preferred", weight=800_000),
    Named("11-9199.00", "Managers, All Other", "preferred", weight=900_000),
    Named("21-1029.00", "Overseer", "alternate", weight=50_000),
    Named("11-1011.00", "Overseers of Kites", "preferred", weight=200_000),
    Named("11-1012.00", "Overseers of Sails", "preferred", weight=300_000),
]


def test_the_last_word_of_many_names_may_mean_each_of_them():
    [mention] = Occupations(MANAGERS).mentions("is a manager paid by the hour")
    assert (mention.slugs, mention.sure) == (("11-1021.00", "11-3031.00"), False)


def test_a_title_of_one_beside_does_not_outweigh_those_that_are_called_so():
    [mention] = Occupations(MANAGERS).mentions("what does an overseer earn")
    assert (mention.slugs[:2], mention.sure) == (("11-1012.00", "11-1011.00"), False)


def test_a_kind_that_no_source_knows_is_told_from_one_that_it_knows():
    indexed = Occupations(MANAGERS)
    [mention] = indexed.mentions("hologram manager salary")
    assert (mention.unknown, mention.start, mention.sure) == (True, 0, False)
    [mention] = indexed.mentions("what do good managers make")
    assert not mention.unknown


@pytest.mark.parametrize("text", ["is that just for cooks", "which of these is about cooking", "people like cooks"])
def test_a_name_that_fits_several_is_not_asked_about_where_it_stands_aside(occupations, text):
    assert written(occupations, text) == []


@pytest.mark.parametrize(
    ("text", "past"),
    [("my degree is in welding", True), ("I'm studying welding now", True), ("how do i get into welding", False)],
)
def test_what_somebody_has_learned_is_told_from_what_they_ask_about(occupations, text, past):
    assert [mention.past for mention in occupations.mentions(text)] in ([past], [past] * 2)


@pytest.mark.parametrize(("text", "close"), [("what does a fixer do", True), ("what does a mender do", False)])
def test_it_is_told_where_another_is_nearly_as_likely(text, close):
    titles = [
        Named("11-1111.00", "Fixer", "alternate", weight=900_000),
        Named("22-2222.00", "Fixer", "alternate", weight=40_000),
        Named("33-3333.00", "Menders", "preferred", weight=40_000),
    ]
    [mention] = Occupations(titles).mentions(text)
    assert (mention.sure, mention.close) == (True, close)


def test_a_much_likelier_one_is_meant():
    titles = [
        Named("11-1111.00", "Fixer", "alternate", weight=900_000),
        Named("22-2222.00", "Fixer", "alternate", weight=900),
    ]
    [mention] = Occupations(titles).mentions("what does a fixer do")
    assert (mention.slugs[0], mention.sure) == ("11-1111.00", True)


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("I was a welder, how do I become an electrician", [True, False]),
        ("after ten years as a welder, what does an electrician make", [True, False]),
        ("my uncle is an electrician", [True]),
        ("can i work as an electrician", [False]),
    ],
)
def test_what_somebody_is_or_was_is_told_from_what_is_asked_about(occupations, text, past):
    assert [mention.past for mention in occupations.mentions(text)] == past


@pytest.mark.parametrize(
    "text", ["welder, ", "cook or host, ", "electrition ", "set of set of ", "registered of nurse, "]
)
def test_a_text_of_nothing_but_names_takes_no_longer_than_its_length_asks_for(occupations, text):
    def needed(length: int) -> float:
        start = time.process_time()
        occupations.mentions((text * length)[:length])
        return time.process_time() - start

    needed(2_000)
    assert min(needed(16_000) for _ in range(3)) < 20 * max(min(needed(2_000) for _ in range(3)), 0.002)


def test_without_titles_nothing_is_found():
    assert Occupations([]).mentions("what does a welder do, and an rn") == []


def test_letters_that_grow_in_lower_case_keep_their_places(occupations):
    text = "İİİ what does an electrician do"
    assert written(occupations, text) == ["electrician"]


def test_a_line_of_the_abbreviations_that_means_nothing_is_refused_with_its_number(tmp_path):
    path = tmp_path / "abbreviations.txt"
    path.write_text("[names]\nrn = Registered Nurse\nlpn\n", encoding="utf-8")
    with pytest.raises(Refused, match="abbreviations.txt:3: “lpn”"):
        read_abbreviations(path)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("how much does a nurse make", "29-1141.00"),
        ("what do electricians do", "47-2111.00"),
        ("is a paralegal a lawyer", "23-2011.00"),
        ("become a police officer", "33-3051.00"),
        ("hvac tech pay", "49-9021.00"),
        ("emt or nothing", "29-2042.00"),
        ("software engineers", "15-1252.00"),
        ("school bus drivers", "53-3051.00"),
    ],
)
def test_common_names_mean_the_occupation_that_people_mean(everything, text, slug):
    mention = everything.mentions(text)[0]
    assert (mention.slugs[0], mention.sure) == (slug, True)


@pytest.mark.parametrize("name", ["teacher", "engineer", "doctor", "cook", "therapist", "machine operator", "driver"])
def test_a_name_of_many_occupations_is_asked_about(everything, name):
    [mention] = everything.mentions(f"what does a {name} do")
    assert not mention.sure
    assert 2 <= len(mention.slugs) <= 5


def test_every_abbreviation_means_a_title(everything):
    short = read_abbreviations()
    assert set(everything._index.names) == set(short.names)
    assert set(everything._index.activities) == set(short.activities)
