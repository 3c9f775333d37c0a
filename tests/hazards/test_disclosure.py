"""No number of workers' reports is told, nor follows from the rest, that may name somebody."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazards.disclosure import FEWEST, OPEN, Share, told

SHARES = st.integers(0, 9).flatmap(
    lambda hazards: st.builds(Share, st.just(hazards), st.integers(0, hazards))
)
_ = None


def of(*rows):
    """The numbers of one table of these rows."""
    shares = [Share(*row) for row in rows]
    whole = Share(sum(row.hazards for row in shares), sum(row.workers for row in shares))
    found = told(whole, [shares])
    return found and found[0]


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([(20, 7), (30, 12), (5, 0)], [7, 12, 0]),
        ([(20, 3), (20, 7), (30, 12)], [_, _, 12]),
        ([(20, 0), (20, 3), (30, 12)], [_, _, 12]),
        ([(3, 0), (30, 12)], [_, 12]),
        ([(3, 3), (20, 7), (30, 12)], [_, _, 12]),
        ([(4, 4)], None),
        ([(20, 3)], None),
        ([(2, 2), (3, 3)], None),
        ([(20, 20), (3, 3)], None),
    ],
)
def test_small_numbers_are_hidden_and_what_would_give_them_away(rows, shown):
    assert of(*rows) == shown


def test_one_table_that_cannot_be_told_silences_all():
    whole = Share(12, 12)
    assert told(whole, [[Share(12, 12)]]) == [[12]]
    assert told(whole, [[Share(12, 12)], [Share(1, 1), Share(11, 11)]]) is None


@given(st.lists(SHARES, min_size=1, max_size=4))
def test_every_hidden_number_stays_open(rows):
    shown = of(*rows)
    if shown is None:
        return
    assert all(one in (row.workers, None) for row, one in zip(rows, shown, strict=True))
    assert not [one for one in shown if one and one < FEWEST]
    hidden = [row for row, one in zip(rows, shown, strict=True) if one is None]
    rest = sum(row.workers for row in hidden)
    ways = product(*(range(row.hazards + 1) for row in hidden))
    could = [way for way in ways if sum(way) == rest]
    for place, row in enumerate(hidden):
        many = len({way[place] for way in could})
        assert rest == 0 or many > min(row.hazards, OPEN)
