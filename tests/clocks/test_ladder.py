"""How far a missed day has gone upward."""

from datetime import date, timedelta

import pytest

from clocks.ladder import reached

FRIDAY = date(2026, 11, 20)
LADDER = {"unit": 0, "county": 3, "city": 5}


@pytest.mark.parametrize(
    ("days", "steps"),
    [
        (-1, []),
        (0, []),
        (1, ["unit"]),
        (5, ["unit"]),  # Wednesday is the third working day
        (6, ["unit", "county"]),
        (7, ["unit", "county"]),
        (8, ["unit", "county", "city"]),
    ],
)
def test_each_step_waits_for_its_working_day(days, steps):
    found = reached(FRIDAY, FRIDAY + timedelta(days=days), lambda day: day.weekday() < 5, LADDER)
    assert found == steps
