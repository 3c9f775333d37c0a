"""How counts of places add up, and what half of them took."""

from collections import Counter
from decimal import Decimal

import pytest

from hazards.tally import Counts, Figures, upward


def figures(found, **days):
    made = Figures(days=Counter({int(day[1:]): number for day, number in days.items()}))
    made.add("major", "leak", "coal", Counts(found=found, open=1))
    return made


def test_places_add_up_to_those_above_them():
    found = upward(
        {"001001001": figures(2), "001001002": figures(3), "001002": figures(5), "001": figures(7)}
    )
    assert {place: one.total.found for place, one in found.items()} == {
        "001": 17,
        "001001": 5,
        "001001001": 2,
        "001001002": 3,
        "001002": 5,
        "001002000": 5,
        "001000": 7,
    }
    assert found["001"].grade == {"major": Counts(found=17, open=4)}


def test_what_lies_in_a_township_is_counted_at_its_county():
    assert set(upward({"001001001004": figures(1)})) == {"001", "001001", "001001001"}


@pytest.mark.parametrize(
    ("days", "median"),
    [({}, None), ({"d3": 1}, "3.0"), ({"d1": 1, "d4": 1}, "2.5"), ({"d0": 2, "d9": 1}, "0.0")],
)
def test_median_is_the_middle_of_all_days(days, median):
    assert figures(1, **days).median == (median and Decimal(median))


def test_figures_are_kept_whole():
    made = figures(4, d2=3, d10=1)
    made.found["2026-11-16"] += 2
    assert Figures.from_json(made.to_json()) == made


def test_rate_is_what_was_struck_off():
    assert Counts(found=8, closed=6).rate == Decimal("0.75")
    assert Counts().rate is None
