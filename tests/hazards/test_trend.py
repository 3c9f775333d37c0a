"""The columns of the weeks."""

from datetime import date, timedelta

import pytest

from hazards.trend import FLOOR, LEFT, RIGHT, TOP, WIDTH, trend

MONDAYS = [date(2026, 9, 28) + timedelta(weeks=n) for n in range(8)]


def drawn(**found):
    numbers = {MONDAYS[int(n[1:])].isoformat(): value for n, value in found.items()}
    return trend(MONDAYS, numbers, {MONDAYS[0].isoformat(): 3})


def test_columns_stand_inside_their_chart_and_on_the_axis():
    chart = drawn(w0=7, w7=31)
    for one in chart.columns:
        assert LEFT <= float(one.x) < float(one.beside) + float(one.width) <= WIDTH - RIGHT
        assert float(one.found_y) + float(one.found_height) == pytest.approx(FLOOR, abs=0.11)
        assert float(one.found_y) >= TOP
    assert [one.found for one in chart.columns] == [7, 0, 0, 0, 0, 0, 0, 31]
    assert [one.closed for one in chart.columns] == [3, 0, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(("most", "step"), [(0, 1), (5, 2), (31, 10), (401, 200)])
def test_the_grid_goes_in_round_steps(most, step):
    assert [value for _, value in drawn(w1=most).lines] == [step * n for n in range(5)]


def test_every_fourth_week_has_its_label_the_last_one_too():
    labels = [one.label for one in drawn().columns]
    assert labels == ["", "", "", "10月19日", "", "", "", "11月16日"]
