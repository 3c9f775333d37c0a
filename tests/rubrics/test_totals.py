"""From points to the total: groups, spilled deductions, vetoes, weights, scales, grades."""

from decimal import Decimal

import pytest

from rubrics.evaluate import Given, Point, evaluate
from rubrics.scheme import PLAIN, Grade, Group, Scale, Scheme, faults, read
from tests.factories.rubrics import DEDUCT

D = Decimal
NA = Given(not_applicable=True)


def award(code, section, points):
    return Point(code, int(code.split("-")[0]), section, "award", D(points), {})


def veto(code, section, **params):
    return Point(code, 9, section, "veto", D(0), params)


def marks(**given):
    """``p1_1="2"`` is 2 points for 1-1."""
    return {code[1:].replace("_", "-"): Given({"points": p}) for code, p in given.items()}


TWO = [award("1-1", 1, 10), award("1-2", 1, 5), award("2-1", 2, 20)]
FULL = marks(p1_1="10", p1_2="5", p2_1="20")


def told(result):
    return [(a.name, a.points, a.section) for a in result.adjustments]


def test_plain_total_is_the_sum():
    result = evaluate(TWO, FULL)
    assert (result.total, result.rate, told(result)) == (35, 1, [])


@pytest.mark.parametrize(("first", "second", "counted"), [("1", "0.5", "1.5"), ("2", "2", "2")])
def test_capped_group_counts_at_most_its_cap(first, second, counted):
    group = Group("加分", "cap", ("3-1", "3-2"), D(2), bonus=True)
    points = [*TWO, award("3-1", 3, 2), award("3-2", 3, 2)]
    answers = FULL | marks(p3_1=first, p3_2=second)
    result = evaluate(points, answers, scheme=Scheme(groups=(group,)))
    assert result.total == 35 + D(counted)
    assert result.applicable == 35  # 加分 is asked of nobody
    assert result.sections[3] == D(counted)


def test_best_of_group_counts_its_best_only():
    group = Group("获奖", "best", ("1-1", "1-2"))
    result = evaluate(TWO, marks(p1_1="4", p1_2="5", p2_1="20"), scheme=Scheme((group,)))
    assert (result.total, result.applicable) == (25, 30)
    assert told(result) == [("获奖：只取最高一项", -4, 1)]


def test_best_of_group_is_nothing_while_nothing_is_entered():
    group = Group("获奖", "best", ("1-1", "1-2"))
    result = evaluate(TWO, {}, scheme=Scheme((group,)))
    assert (result.total, result.applicable, told(result)) == (0, 30, [])


def test_capped_group_says_so():
    group = Group("加分", "cap", ("1-1", "1-2"), D("2.5"))
    result = evaluate(TWO, FULL, scheme=Scheme((group,), weights={1: D(2)}))
    assert told(result) == [("加分：累计不超过2.5分", D("-12.5"), 1), ("权重 2", D("2.5"), 1)]
    assert (result.total, result.applicable) == (25, 25)


def test_best_of_group_without_its_dearest_point_is_worth_the_next():
    group = Group("获奖", "best", ("1-1", "1-2"))
    answers = {"1-1": NA} | marks(p1_2="5", p2_1="20")
    assert evaluate(TWO, answers, scheme=Scheme((group,))).rate == 1


@pytest.mark.parametrize(("times", "total", "taken"), [(5, 30, 0), (9, 26, -4), (99, 20, -10)])
def test_deduction_spills_over_to_its_section_and_no_further(times, total, taken):
    points = [Point("1", 1, 1, "deduct", D(5), DEDUCT | {"spills": True}), award("2-1", 1, 10)]
    points.append(award("3-1", 2, 20))
    answers = {"1": Given({"times": times})} | marks(p2_1="10", p3_1="20")
    result = evaluate(points, answers)
    assert result.total == total
    assert [a.points for a in result.adjustments] == ([taken] if taken else [])


def test_section_veto_takes_its_section():
    points = [*TWO, veto("9", 1, effect="section")]
    result = evaluate(points, FULL | {"9": Given({"hit": "yes"})})
    assert (result.total, result.sections) == (20, {1: 0, 2: 20})
    assert told(result) == [("否决项 9", -15, 1)]


def test_sheet_veto_takes_everything():
    points = [*TWO, veto("9", 3, effect="sheet")]
    result = evaluate(points, FULL | {"9": Given({"hit": "yes"})})
    assert (result.total, result.rate, told(result)) == (0, 0, [("否决项 9", -35, None)])


@pytest.mark.parametrize("said", [{}, {"9": Given({"hit": "no"})}, {"9": NA}])
def test_veto_not_hit_costs_nothing(said):
    points = [*TWO, veto("9", 1, effect="section"), veto("8", 3, effect="sheet")]
    assert evaluate(points, FULL | said).total == 35


def test_weights_count_sections_differently():
    scheme = Scheme(weights={1: D("2"), 2: D("0.5")})
    result = evaluate(TWO, marks(p1_1="10", p1_2="0", p2_1="10"), scheme=scheme)
    assert (result.total, result.applicable) == (25, 40)
    assert result.rate == D("0.625")
    assert told(result) == [("权重 2", 10, 1), ("权重 0.5", -5, 2)]


def test_rescaling_for_what_does_not_apply_is_told():
    result = evaluate(TWO, {"2-1": NA} | marks(p1_1="10", p1_2="0"), rescale=True)
    assert (result.total, result.applicable) == (D("23.33"), 15)
    assert told(result) == [("不适用折算：实得÷应得×满分", D("13.33"), None)]
    assert result.rate == D("0.666667")


@pytest.mark.parametrize(
    ("points", "places", "total"), [("100", 1, "92.9"), ("100", 2, "92.86"), ("7", 0, "7")]
)
def test_scale_brings_the_total_to_other_full_marks(points, places, total):
    scheme = Scheme(scale=Scale(D(points), places))
    result = evaluate(TWO, FULL | marks(p1_1="7.5"), scheme=scheme)
    assert result.total == D(total)
    assert told(result) == [(f"折算为{points}分制", D(total) - D("32.5"), None)]


def test_scale_after_rescaling_rounds_once():
    """10 ÷ 15 × 100 = 66.666…; rounded to 23.33 of 35 first it would be 66.657."""
    scheme = Scheme(scale=Scale(D(100), 2))
    answers = {"2-1": NA} | marks(p1_1="10", p1_2="0")
    assert evaluate(TWO, answers, scheme=scheme, rescale=True).total == D("66.67")


def test_half_is_rounded_up():
    scheme = Scheme(scale=Scale(D(100), 1))
    points = [award("1-1", 1, 1000)]
    assert evaluate(points, marks(p1_1="500.5"), scheme=scheme).total == D("50.1")


GRADES = (Grade("一级", D(30)), Grade("二级", D(20)), Grade("三级", D(10)))


@pytest.mark.parametrize(
    ("got", "grade"),
    [("20", "一级"), ("15", "一级"), ("14.5", "二级"), ("4", "三级"), ("0", "三级")],
)
def test_grade_is_the_highest_reached(got, grade):
    result = evaluate(
        TWO, FULL | marks(p1_2="5", p2_1=got, p1_1="10"), scheme=Scheme(grades=GRADES)
    )
    assert result.grade == grade


def test_no_grade_is_reached_below_the_last():
    assert evaluate(TWO, marks(p2_1="9.5"), scheme=Scheme(grades=GRADES)).grade == ""
    assert evaluate(TWO, FULL).grade == ""


@pytest.mark.parametrize(("barred", "grade"), [("一级", "二级"), ("二级", "三级"), ("三级", "")])
def test_veto_bars_its_grade_and_those_above(barred, grade):
    points = [*TWO, veto("9", 1, effect="grade", grade=barred)]
    answers = FULL | {"9": Given({"hit": "yes"})}
    result = evaluate(points, answers, scheme=Scheme(grades=GRADES))
    assert (result.total, result.grade) == (35, grade)


def test_verdicts_are_counted_and_leave_no_rate():
    points = [Point(str(n), n, 1, "verdict", D(0), {}) for n in range(1, 5)]
    said = {str(n): Given({"verdict": v}) for n, v in enumerate(["yes", "yes", "partly", "no"], 1)}
    result = evaluate(points, said)
    assert dict(result.verdicts) == {"good": 2, "partly": 1, "bad": 1}
    assert (result.total, result.applicable, result.rate) == (0, 0, None)


WHERE = {"1": 1, "2": 1, "3": 2}


@pytest.mark.parametrize(
    ("scheme", "fault"),
    [
        (PLAIN, []),
        (Scheme((Group("甲", "best", ("1", "2")),)), []),
        (Scheme((Group("甲", "best", ("1", "8")),)), ["“甲”列了表中没有的得分点 8"]),
        (Scheme((Group("甲", "best", ("7", "8")),)), ["“甲”列了表中没有的得分点 7、8"]),
        (Scheme((Group("甲", "cap", ("1",), D("0.5")),)), []),
        (Scheme((Group("甲", "best", ("1",), D(1)),)), ["“甲”须写明是封顶（几分）还是只取最高"]),
        (Scheme((Group("甲", "none", ("1",)),)), ["“甲”须写明是封顶（几分）还是只取最高"]),
        (Scheme((Group("甲", "best", ("1", "3")),)), ["“甲”的得分点须在同一个项目里"]),
        (Scheme((Group("甲", "cap", ("1",)),)), ["“甲”须写明是封顶（几分）还是只取最高"]),
        (
            Scheme((Group("甲", "best", ("1",)), Group("乙", "best", ("1",)))),
            ["得分点 1 列在两组里"],
        ),
        (Scheme(weights={3: D(1)}), ["权重须大于 0，并对应表中的项目"]),
        (Scheme(weights={1: D(0)}), ["权重须大于 0，并对应表中的项目"]),
        (Scheme(weights={2: D("0.3")}, scale=Scale(D("0.5"), 0)), []),
        (Scheme(scale=Scale(D(100), 2)), []),
        (Scheme(scale=Scale(D(0))), ["折算的满分须大于 0，保留 0 到 2 位小数"]),
        (Scheme(scale=Scale(D(100), 3)), ["折算的满分须大于 0，保留 0 到 2 位小数"]),
        (Scheme(grades=GRADES[::-1]), ["等级须从高到低排列"]),
    ],
)
def test_faults_of_a_scheme_are_named(scheme, fault):
    assert faults(scheme, WHERE) == fault


def test_scheme_is_read_as_it_was_written():
    whole = Scheme(
        groups=(Group("加分", "cap", ("1", "2"), D(2), bonus=True), Group("奖", "best", ("3",))),
        weights={1: D("0.3")},
        scale=Scale(D(100), 2),
        grades=GRADES,
    )
    assert read(whole.plain()) == whole
    assert whole.plain()["scale"] == {"points": "100", "places": 2}
    assert (read({}), PLAIN.plain()) == (PLAIN, {})
