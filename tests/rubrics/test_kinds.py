"""Each rule kind: what it gives, and everything it refuses."""

from decimal import Decimal

import pytest

from rubrics.evaluate import InvalidInput, choices, score_point
from rubrics.kinds import KINDS, RuleKind, inputs_of, value_of
from tests.factories.rubrics import BANDS, COUNT, PARAMS, TIERS

AWARD = {"step": "0.5"}
FULL = {"count": 2, "verdict": 0, "veto": 0}
JUNK = [None, True, 1.5, "NaN", "Infinity", "-1", "1e3", "１", " 1", "1,5", "", [], {}, "9" * 400]


def gained(kind, points, params, inputs):
    return score_point(kind, Decimal(points), params, inputs).points


@pytest.mark.parametrize("given", ["0", "0.5", "1.50", "2", 2])
def test_award_gives_what_was_entered(given):
    assert gained("award", "2", AWARD, {"points": given}) == Decimal(given)


@pytest.mark.parametrize("given", [*JUNK, "2.5", "0.3", "0.25", "1.123"])
def test_award_refuses(given):
    with pytest.raises(InvalidInput, match="得分要填 0 到 2，每格 0.5 分"):
        gained("award", "2", AWARD, {"points": given})


def test_award_full_marks_off_the_step_are_given():
    assert gained("award", "0.8", AWARD, {"points": "0.8"}) == Decimal("0.8")


def test_award_spells_equal_marks_equally():
    marks = [score_point("award", Decimal(2), AWARD, {"points": p}) for p in ("1.50", "1.5")]
    assert marks[0] == marks[1]
    assert marks[0].explanation == "得 1.5 分，满分 2 分"


@pytest.mark.parametrize(("level", "points"), [(0, 5), (1, 3), (2, 1), (None, 0)])
def test_tiers_give_the_level_reached(level, points):
    assert gained("tiers", "5", TIERS, {"level": level}) == points


@pytest.mark.parametrize("level", [3, -1, "0", 0.0, True, [], {}])
def test_tiers_refuse(level):
    with pytest.raises(InvalidInput, match="请从所列级别中选一个"):
        gained("tiers", "5", TIERS, {"level": level})


@pytest.mark.parametrize(("count", "points"), [(0, 0), (1, 1), (2, 2), (9999, 2)])
def test_count_gives_the_step_reached(count, points):
    assert gained("count", "2", COUNT, {"count": count}) == points


@pytest.mark.parametrize("count", [-1, 10_000, 1.0, "1", True, None, 10**400])
def test_count_refuses(count):
    with pytest.raises(InvalidInput, match="请填 0 到 9999 的整数（次）"):
        gained("count", "2", COUNT, {"count": count})


@pytest.mark.parametrize("kind", RuleKind.values)
@pytest.mark.parametrize("inputs", [{}, {"x": 1}, {"points": "1", "level": 0, "count": 1}, [], "1"])
def test_every_kind_refuses_other_inputs(kind, inputs):
    with pytest.raises(InvalidInput):
        gained(kind, "5", PARAMS[kind], inputs)


def test_tier_choices_end_with_none():
    rows = choices("tiers", TIERS, Decimal(5))
    assert [(r.inputs["level"], r.label, r.points) for r in rows] == [
        (0, "省级以上媒体上宣传", 5),
        (1, "市级媒体上宣传", 3),
        (2, "县级媒体上宣传", 1),
        (None, "未宣传", 0),
    ]


@pytest.mark.parametrize("kind", RuleKind.values)
def test_every_choice_scores_what_it_says(kind):
    points = FULL.get(kind, 5)
    for choice in choices(kind, PARAMS[kind], Decimal(points)):
        assert gained(kind, points, PARAMS[kind], choice.inputs) == choice.points


@pytest.mark.parametrize("kind", RuleKind.values)
def test_what_a_field_shows_is_read_as_the_same_input(kind):
    for choice in choices(kind, PARAMS[kind], Decimal(5)):
        assert inputs_of(kind, value_of(kind, choice.inputs)) == choice.inputs
    assert inputs_of(kind, value_of(kind, {})) == {}


@pytest.mark.parametrize("kind", RuleKind.values)
def test_parameters_of_the_factories_have_no_fault(kind):
    assert KINDS[kind].faults(Decimal(FULL.get(kind, 5)), PARAMS[kind]) == []


def test_every_kind_is_registered():
    assert set(KINDS) == set(RuleKind.values)


@pytest.mark.parametrize(
    ("kind", "params", "fault"),
    [
        ("award", {"step": "0"}, "步长"),
        ("tiers", {}, "没有列出级别"),
        ("tiers", {"levels": [{"label": "省", "points": "4"}]}, "与本点 5 分不符"),
        ("tiers", {"levels": TIERS["levels"][:1] * 2}, "从高到低"),
        ("count", {}, "没有列出次数的档"),
        ("count", {"steps": COUNT["steps"][1:]}, "与本点 5 分不符"),
        ("count", {"steps": COUNT["steps"][:1]}, "最后一档从 0 起"),
        ("deduct", {"unit": "家"}, "每次扣分须大于 0"),
        ("deduct", {"each": "1"}, "没有写明扣分的单位"),
        ("deduct", {"unit": "家", "each": "1", "cap": "6"}, "扣分上限"),
        ("bands", {}, "没有写明比率"),
        ("bands", {"name": "率", "bands": [{"below": "101", "minus": "1"}]}, "从低到高"),
        ("bands", {"name": "率", "bands": BANDS["bands"][::-1]}, "从低到高"),
        ("bands", {"name": "率", "bands": [{"below": "5", "minus": "6"}]}, "不超过本点 5 分"),
        ("chosen", {}, "没有写明扣分的范围"),
        ("chosen", {"low": "3", "high": "2"}, "从低到高"),
        ("chosen", {"low": "2", "high": "6"}, "超过本点 5 分"),
        ("verdict", {}, "不能有分值"),
        ("verdict", {"good": "maybe"}, "符合的一方"),
        ("veto", {}, "否决项不能有分值"),
        ("veto", {}, "没有写明否决的后果"),
        ("veto", {"effect": "grade"}, "不得评为哪一级"),
    ],
)
def test_faulty_parameters_are_named(kind, params, fault):
    assert any(fault in text for text in KINDS[kind].faults(Decimal(5), params))
