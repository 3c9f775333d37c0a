from datetime import date

import chinese_calendar
import pytest

from clocks.due import calendar_due, due, workday_due
from clocks.rules import CLOCKS, MATERIALS


def test_calendar_due_counts_from_the_day_after():
    assert calendar_due(date(2017, 12, 8), 7) == date(2017, 12, 15)


def test_calendar_due_may_end_on_a_rest_day():
    assert calendar_due(date(2017, 12, 3), 7) == date(2017, 12, 10)  # a Sunday


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 1, 2), 1, date(2026, 1, 4)),  # the Sunday is a make-up day
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # so is the Saturday before 春节
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 3, 2), 15, date(2026, 3, 23)),
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
    ],
)
def test_workday_due_obeys_the_statutory_calendar(start, days, end):
    assert workday_due(start, days, chinese_calendar.is_workday) == end


def test_due_of_materials_is_one_week_after_the_end():
    assert due(MATERIALS, date(2017, 12, 8), bool) == date(2017, 12, 15)


def test_every_clock_names_its_article():
    assert [code for code, clock in CLOCKS.items() if "《" not in clock.article] == []
