"""Kinds that take points away: one table of cases each."""

from decimal import Decimal

import pytest

from rubrics.evaluate import InvalidInput, choices, score_point
from rubrics.kinds import KINDS
from tests.factories.rubrics import BANDS, CHOSEN, DEDUCT

YEARS = {"unit": "年", "each": "1", "cap": "2"}
SPILLING = DEDUCT | {"spills": True}
COLLECTED = {
    "name": "信息采集率",
    "bands": [{"below": "90", "minus": "2"}, {"below": "95", "minus": "1"}],
}


def scored(kind, points, params, inputs):
    return score_point(kind, Decimal(points), params, inputs)


@pytest.mark.parametrize(
    ("points", "params", "times", "left", "said"),
    [
        (5, DEDUCT, 0, 5, "0家，扣 0 分"),
        (5, DEDUCT, 3, 2, "3家，扣 3 分"),
        (5, DEDUCT, 5, 0, "5家，扣 5 分"),
        (5, DEDUCT, 6, 0, "6家，扣 5 分（扣满为止）"),
        (5, YEARS, 1, 4, "1年，扣 1 分"),
        (5, YEARS, 9999, 3, "9999年，扣 2 分（扣满为止）"),
        ("2.5", {"unit": "处", "each": "0.5"}, 3, 1, "3处，扣 1.5 分"),
        (5, SPILLING, 5, 0, "5家，扣 5 分"),
        (5, SPILLING, 7, 0, "7家，扣 5 分，另在本类目内扣 2 分"),
    ],
)
def test_each_occurrence_costs_the_same_until_the_cap(points, params, times, left, said):
    outcome = scored("deduct", points, params, {"times": times})
    assert (outcome.points, outcome.explanation) == (Decimal(str(left)), said)


@pytest.mark.parametrize(("params", "times", "over"), [(SPILLING, 7, 2), (DEDUCT, 7, 0)])
def test_only_a_spilling_point_costs_more_than_its_marks(params, times, over):
    assert scored("deduct", 5, params, {"times": times}).over == over


def test_deduct_ladder_ends_where_the_cap_is_reached():
    rungs = [(r.label, r.points) for r in choices("deduct", YEARS, Decimal(5))]
    assert rungs == [("0年", 5), ("1年", 4), ("2年", 3)]
    odd = choices("deduct", {"unit": "处", "each": "2"}, Decimal(5))
    assert [r.points for r in odd] == [5, 3, 1, 0]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        (DEDUCT, "满分 5 分，每家扣 1 分，扣满 5 分为止"),
        (YEARS, "满分 5 分，每年扣 1 分，扣满 2 分为止"),
        (SPILLING, "满分 5 分，每家扣 1 分，扣完后在本类目内扣"),
    ],
)
def test_deduct_in_words(params, words):
    assert KINDS["deduct"].words(Decimal(5), params) == words


@pytest.mark.parametrize("times", [-1, 10_000, 1.0, "1", True, None])
def test_deduct_refuses(times):
    with pytest.raises(InvalidInput, match="请填 0 到 9999 的整数（家）"):
        scored("deduct", 5, DEDUCT, {"times": times})


@pytest.mark.parametrize(
    ("params", "points", "rate", "left", "said"),
    [
        (BANDS, 5, "0", 0, "评审达标率 0%，扣 5 分"),
        (BANDS, 5, "4.99", 0, "评审达标率 4.99%，扣 5 分"),
        (BANDS, 5, "5", 2, "评审达标率 5%，扣 3 分"),
        (BANDS, 5, "9.99", 2, "评审达标率 9.99%，扣 3 分"),
        (BANDS, 5, "10", 4, "评审达标率 10%，扣 1 分"),
        (BANDS, 5, "14.5", 4, "评审达标率 14.5%，扣 1 分"),
        (BANDS, 5, "15", 5, "评审达标率 15%，不扣分"),
        (BANDS, 5, "100", 5, "评审达标率 100%，不扣分"),
        (COLLECTED, 2, "89.9", 0, "信息采集率 89.9%，扣 2 分"),
        (COLLECTED, 2, "90", 1, "信息采集率 90%，扣 1 分"),
        (COLLECTED, 2, "95.0", 2, "信息采集率 95%，不扣分"),
    ],
)
def test_bands_are_half_open(params, points, rate, left, said):
    outcome = scored("bands", points, params, {"rate": rate})
    assert (outcome.points, outcome.explanation) == (left, said)


@pytest.mark.parametrize("rate", ["100.01", "-1", "1.234", "", "十", None, 1.5, True])
def test_bands_refuse(rate):
    with pytest.raises(InvalidInput, match="评审达标率要填 0 到 100 的数"):
        scored("bands", 5, BANDS, {"rate": rate})


def test_bands_ladder_is_the_best_first():
    rungs = [(r.inputs["rate"], r.label, r.points) for r in choices("bands", BANDS, Decimal(5))]
    assert rungs == [
        ("15", "15%及以上", 5),
        ("10", "10%至不足15%", 4),
        ("5", "5%至不足10%", 2),
        ("0", "低于5%", 0),
    ]


@pytest.mark.parametrize(
    ("params", "minus", "left", "said"),
    [
        (CHOSEN, "0", 6, "不扣分"),
        (CHOSEN, "2", 4, "扣 2 分"),
        (CHOSEN, "3.50", "2.5", "扣 3.5 分"),
        (CHOSEN, "5", 1, "扣 5 分"),
        (CHOSEN | {"high": "10", "spills": True}, "9", 0, "扣 9 分"),
        (CHOSEN | {"low": "0.25", "step": "0.2"}, "0.45", "5.55", "扣 0.45 分"),
    ],
)
def test_chosen_deduction_is_taken(params, minus, left, said):
    outcome = scored("chosen", 6, params, {"minus": minus})
    assert (outcome.points, outcome.explanation) == (Decimal(left), said)


def test_chosen_deduction_spills_what_the_point_has_not():
    assert scored("chosen", 6, CHOSEN | {"high": "10", "spills": True}, {"minus": "9"}).over == 3
    assert scored("chosen", 6, CHOSEN, {"minus": "5"}).over == 0
    assert scored("chosen", 6, CHOSEN | {"high": "10"}, {"minus": "9"}).over == 0


@pytest.mark.parametrize("minus", ["1.5", "5.5", "2.25", "-2", "", None, True, 2.0])
def test_chosen_refuses(minus):
    with pytest.raises(InvalidInput, match="扣分要填 0，或 2 到 5，每格 0.5 分"):
        scored("chosen", 6, CHOSEN, {"minus": minus})
