"""Numbers that nobody should type are covered, and no others."""

from __future__ import annotations

import pytest

from bot.channels.numbers import COVER, covered


@pytest.mark.parametrize(
    "text",
    [
        "my ssn is 321-54-9876",
        "ssn 123456789 is that enough",
        "my social security number: 123456789",
        "123 45 6789",
        "card 4111 1111 1111 1111 ok?",
        "4111-1111-1111-1111",
        "378282246310005",
    ],
)
def test_numbers_of_social_security_and_of_cards_are_covered(text):
    assert COVER in covered(text)
    assert not any(character.isdigit() for character in covered(text))


@pytest.mark.parametrize(
    "text",
    [
        "call 555-123-4567",
        "zip 43004-1234",
        "51-4041.00",
        "1234567890123456",
        "in 2026",
        "$45,000 to $61,000",
        "123456789",
    ],
)
def test_other_numbers_stay(text):
    assert covered(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "+49 1512 3456787",  # 13 digits, of which the last checks the others
        "call +372 123 45 6789 please",
        "+1 (555) 010-0199 or +44 20 7946 0958",
        "0049 151 23456787",
        "+1-555-010-0199",
        "+41 44 668 18 00",
        "+55 11 91234-5678",
        "+7 495 123-45-67",
        "+4915 112345 67892",  # fifteen digits, of which the last does not check the others
    ],
)
def test_a_phone_number_that_is_left_on_purpose_stays(text):
    assert covered(text) == text


@pytest.mark.parametrize("text", ["+4111 1111 1111 1111", "+1 is my number and 123-45-6789 too", "0 4111111111111111"])
def test_a_plus_before_or_beside_a_number_hides_no_card(text):
    assert COVER in covered(text)


@pytest.mark.parametrize(
    "text",
    [
        "+1 123-45-6789",
        "+1-123-45-6789",
        "+1 123 45 6789",
        "+123-45-6789",
        "+44 123-45-6789",
        "my ssn is +123456789",
        "+3782 822463 10005",
        "+3782-822463-10005",
        "+378282246310005",
    ],
)
def test_what_is_written_as_no_phone_number_is_covered_with_a_plus_too(text):
    assert COVER in covered(text)
    assert not any(character.isdigit() for character in covered(text))
