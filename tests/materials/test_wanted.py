"""What a round asks for, place by place, in a table of cases."""

from datetime import date

import pytest

from materials.wanted import Papers, rows

ENDS, TODAY = date(2017, 12, 1), date(2017, 12, 10)
NAMES = {"001001": "甲市", "001001001": "甲一县", "001001002": "甲二县"}


def made(papers, pieces=(), *, template="", today=TODAY):
    return rows(papers, dict(pieces), template=template, days=7, names=NAMES, today=today)


def county(place="001001001", visits=2, submitted=0, ends=ENDS):
    return Papers(place, visits, submitted, ends)


def test_each_city_stands_before_its_counties():
    found = made([county("001001002"), county("001001001")])
    assert [row.name for row in found] == ["甲市", "甲一县", "甲二县"]
    assert [row.is_city for row in found] == [True, False, False]


def test_city_is_asked_for_a_report_as_well():
    city, one = made([county()])
    assert [cell.kind for cell in city.cells if cell.is_wanted] == [
        "briefing",
        "experience",
        "report",
    ]
    assert [cell.kind for cell in one.cells if cell.is_wanted] == ["briefing", "experience"]
    assert (city.wanted, one.wanted) == (3, 3)


def test_medical_round_asks_for_the_report_alone():
    city, one = made([county()], template="medical")
    assert [cell.kind for cell in city.cells if cell.is_wanted] == ["report"]
    assert [cell for cell in one.cells if cell.is_wanted] == []


def test_city_waits_for_the_last_of_its_counties():
    later = date(2017, 12, 5)
    city, one, two = made([county(), county("001001002", ends=later)])
    assert [row.due_on for row in (city, one, two)] == [
        date(2017, 12, 12),
        date(2017, 12, 8),
        date(2017, 12, 12),
    ]
    assert [row.late_days for row in (city, one, two)] == [0, 2, 0]


@pytest.mark.parametrize(("today", "late"), [(8, 0), (9, 1), (10, 2)])
def test_the_seventh_day_is_in_time(today, late):
    assert made([county()], today=date(2017, 12, today))[1].late_days == late


def test_what_is_in_is_neither_missing_nor_late():
    pieces = {("001001001", "briefing", "held"): 1, ("001001001", "experience", "held"): 2}
    one = made([county(submitted=2)], pieces)[1]
    assert (one.missing, one.late_days) == (0, 0)
    assert [cell.held for cell in one.cells] == [1, 2, 0, 0]


def test_returned_piece_is_missing_again():
    pieces = {("001001001", "briefing", "returned"): 1}
    one = made([county(submitted=2)], pieces)[1]
    assert (one.missing, one.cells[0].returned, one.cells[0].late_days) == (2, 1, 2)


def test_open_papers_are_one_piece():
    one = made([county(visits=5, submitted=3)])[1]
    assert (one.open_papers, one.papers_late, one.missing) == (2, 2, 3)


def test_units_of_the_city_itself_stand_in_its_row():
    city = made([Papers("001001", 3, 1, ENDS)])[0]
    assert (city.name, city.papers.visits, city.open_papers) == ("甲市", 3, 2)
