"""Numbers as people write them: 四舍五入, never to the even neighbour."""

from decimal import Decimal

import pytest

from chabaocu.templatetags.ui import percent, total
from hazards.tally import Counts

D = Decimal


@pytest.mark.parametrize(
    ("rate", "told"),
    [
        (None, "—"),
        (D("0.8345"), "83.5%"),
        (D("0.8335"), "83.4%"),
        (D(1) / 16, "6.3%"),
        (D(2) / 3, "66.7%"),
        (D(1), "100.0%"),
        (D(0), "0.0%"),
    ],
)
def test_a_half_goes_up(rate, told):
    assert percent(rate) == told


def test_totals_and_figures_of_hazards_round_alike():
    assert (total(D("35.25")), total(D("7")), total(D("-0.25"))) == ("35.3", "7.0", "-0.3")
    assert percent(Counts(found=16, closed=1).rate) == "6.3%"
