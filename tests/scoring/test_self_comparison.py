"""自查 beside what was found: 一致, 偏高, 偏低, what cannot be compared, and the sum."""

from decimal import Decimal

import pytest

from scoring.comparison import Said
from scoring.self_comparison import Lean, beside, compare, signed, tally


def point(code, points=None, item=1, **said):
    empty = {"explanation": "", "verdict": "", "not_applicable": False, "reason": ""}
    return {"code": code, "item": item, "points": points} | empty | said


def judged(code, verdict, words):
    return point(code, "0.00", verdict=verdict, explanation=words)


NA = {"not_applicable": True}
CASES = [
    (point("1", "2.00"), point("1", "2.00"), Lean.SAME, "0"),
    (point("1", "2.00"), point("1", "0.50"), Lean.HIGH, "−1.5"),
    (point("1", "0.50"), point("1", "2.00"), Lean.LOW, "+1.5"),
    (point("1", **NA), point("1", **NA), Lean.SAME, "一致"),
    (point("1", "2.00"), point("1", **NA), Lean.APART, "无法比较"),
    (judged("1", "good", "是"), judged("1", "bad", "否"), Lean.HIGH, "偏高"),
    (judged("1", "partly", "部分"), judged("1", "good", "是"), Lean.LOW, "偏低"),
    (judged("1", "good", "是"), judged("1", "good", "是"), Lean.SAME, "一致"),
    (judged("1", "good", "是"), point("1", **NA), Lean.APART, "无法比较"),
]


@pytest.mark.parametrize(("check", "found", "lean", "told"), CASES)
def test_one_point(check, found, lean, told):
    [compared] = compare([check], [found])
    assert (compared.lean, compared.told) == (lean, told)


def test_points_match_by_code_and_the_rest_has_no_counterpart():
    compared = compare([point("1", "1.00"), point("9", "1.00")], [point("2", "1.00")])
    assert [(one.code, one.lean) for one in compared] == [
        ("2", Lean.APART),
        ("1", Lean.APART),
        ("9", Lean.APART),
    ]


def test_counts_and_sums():
    check = [point("1-1", "2.00"), point("1-2", "3.00"), point("2", "1.00", item=2)]
    found = [point("1-1", "2.00"), point("1-2", "1.50"), point("2", "2.00", item=2)]
    counted = tally(compare(check, found))
    assert (counted.same, counted.high, counted.low, counted.apart) == (1, 1, 1, 0)
    assert (counted.change, counted.over) == (Decimal("-0.5"), {"1": "1.5", "2": "-1"})


@pytest.mark.parametrize(
    ("check", "mine", "words"),
    [
        (point("1", "2.00"), point("1", "1.00"), "自查 2 分（差 −1）"),
        (point("1", "2.00"), point("1", "2.00"), "自查 2 分（一致）"),
        (point("1", **NA), point("1", "2.00"), "自查 不适用（不一致）"),
        (judged("1", "good", "是"), judged("1", "bad", "否"), "自查 是（不一致）"),
    ],
)
def test_what_a_member_is_told(check, mine, words):
    assert beside(Said.of(check), Said.of(mine)) == words


def test_a_difference_has_its_sign():
    assert [signed(Decimal(one)) for one in ("1.50", "0", "-2.0")] == ["+1.5", "0", "−2"]
