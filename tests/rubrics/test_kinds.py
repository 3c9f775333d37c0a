"""Each rule kind: what it gives, and everything it refuses."""

from decimal import Decimal

import pytest

from rubrics.evaluate import InvalidInput, choices, score_point
from rubrics.kinds import KINDS, RuleKind
from tests.factories.rubrics import COUNT, TIERS

AWARD = {"step": "0.5"}
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
    params = {"award": AWARD, "tiers": TIERS, "count": COUNT}[kind]
    with pytest.raises(InvalidInput):
        gained(kind, "5", params, inputs)


def test_tier_choices_end_with_none():
    rows = choices("tiers", TIERS, Decimal(5))
    assert [(r.inputs["level"], r.label, r.points) for r in rows] == [
        (0, "省级以上媒体上宣传", 5),
        (1, "市级媒体上宣传", 3),
        (2, "县级媒体上宣传", 1),
        (None, "未宣传", 0),
    ]


def test_every_choice_scores_what_it_says():
    for kind, params, points in (("award", AWARD, 3), ("tiers", TIERS, 5), ("count", COUNT, 2)):
        for choice in choices(kind, params, Decimal(points)):
            assert gained(kind, points, params, choice.inputs) == choice.points


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
    ],
)
def test_faulty_parameters_are_named(kind, params, fault):
    assert any(fault in text for text in KINDS[kind].faults(Decimal(5), params))
