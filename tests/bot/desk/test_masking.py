"""What could tell who somebody is, is covered; what questions about careers are made of, is not."""

from __future__ import annotations

import pytest

from bot.desk.masking import masked


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("mail me at ana.lopez+jobs@example.co.uk please", "mail me at ••• please"),
        ("call (415) 555-0132 after 5", "call ••• after 5"),
        ("call me Ana, or call me at 415-555-0132", "call me •••, or call me at •••"),
        ("my number is +44 20 7946 0958", "my number is •••"),
        ("415-555-0132 or 415.555.0132", "••• or •••"),
        ("555-0132", "•••"),
        ("my ssn is 078-05-1120", "my ssn is •••"),
        ("card 4111 1111 1111 1111", "card •••"),
        ("student id 20231144", "student id •••"),
        ("born 04/12/1990 in Ohio", "born ••• in Ohio"),
        ("My name is Ana Maria Lopez and I weld", "My name is ••• and I weld"),
        ("<@U012AB3CD> what does it pay", "••• what does it pay"),
        ("see linkedin.com/in/ana-lopez", "see •••"),
        ("write @ana_lopez there", "write ••• there"),
        ("I live at 12 Elm Street, is it near", "I live at •••, is it near"),
    ],
)
def test_what_tells_who_it_is_is_covered(said, shown):
    assert masked(said) == shown


@pytest.mark.parametrize(
    "said",
    [
        "does it pay $45,000 or 45000 a year in 2024-25?",
        "is 401k included, and 9-5 hours, 12 hour shifts?",
        "what is SOC 51-9061.00 and O*NET 51-2028",
        "between $1,000,000 and 2,500,000?",
        "I am a welder, 42, with 20 years",
        "what do you call a person who fixes machines",
        "is the name of the certificate MSSC CPT 4.0",
    ],
)
def test_amounts_codes_years_and_jobs_stay(said):
    assert masked(said) == said
