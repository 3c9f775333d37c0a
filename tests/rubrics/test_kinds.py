"""Each rule kind: what it gives, and everything it refuses."""

from decimal import Decimal

import pytest

from rubrics.evaluate import InvalidInput, choices, score_point
from rubrics.kinds import KINDS, RuleKind, inputs_of, reason_of, value_of
from rubrics.kinds.outcome import Outcome, spelled
from tests.factories.rubrics import BANDS, COUNT, PARAMS, TIERS

AWARD = {"step": "0.5"}
FULL = {"count": 2, "verdict": 0, "veto": 0}
JUNK = [None, True, 1.5, "NaN", "Infinity", "-1", "1e3", "１", " 1", "1,5", "", [], {}, "9" * 400]


def _steps(*rungs):
    return [{"at_least": n, "label": f"{n}次", "points": str(p)} for n, p in rungs]


def _bands(*bands):
    return [{"below": str(below), "minus": str(minus)} for below, minus in bands]


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


ASKS = {
    "award": "得分要填 0 到 5，每格 0.5 分。",
    "tiers": "请从所列级别中选一个，都没有达到的选最后一项。",
    "count": "请填 0 到 9999 的整数（次）。",
    "deduct": "请填 0 到 9999 的整数（家）。",
    "bands": "评审达标率要填 0 到 100 的数，最多两位小数（%）。",
    "chosen": "扣分要填 0，或 2 到 5，每格 0.5 分。",
    "verdict": "请选是、部分或否。",
    "veto": "请选触犯或未触犯。",
}


@pytest.mark.parametrize("kind", RuleKind.values)
@pytest.mark.parametrize("inputs", [{}, {"x": 1}, {"points": "1", "level": 0, "count": 1}, [], "1"])
def test_every_kind_refuses_other_inputs_and_says_what_it_asks(kind, inputs):
    with pytest.raises(InvalidInput) as refusal:
        gained(kind, "5", PARAMS[kind], inputs)
    assert str(refusal.value) == ASKS[kind]


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


def test_words_that_explain_a_mark_have_a_name():
    own = {"verdict": "评价", "veto": "触犯的事实"}
    named = {kind: reason_of(kind) for kind in RuleKind.values}
    assert named == dict.fromkeys(RuleKind.values, "扣分的原因") | own


@pytest.mark.parametrize(
    ("number", "text"),
    [("2.0", "2"), ("10", "10"), ("1.50", "1.5"), ("0.00", "0"), ("20.00", "20"), ("1E+2", "100")],
)
def test_numbers_are_spelled_as_people_write_them(number, text):
    assert spelled(Decimal(number)) == text


@pytest.mark.parametrize(
    ("points", "said", "must_say_why"),
    [
        ("4.5", {}, True),
        ("5", {}, False),
        ("5", {"vetoes": True}, True),
        ("5", {"verdict": "good"}, False),
        ("5", {"verdict": "partly"}, True),
        ("5", {"verdict": "bad"}, True),
    ],
)
def test_what_falls_short_must_be_explained(points, said, must_say_why):
    assert Outcome(Decimal(points), "", {}, **said).falls_short(Decimal(5)) is must_say_why


FAULTS = [
    ("award", {"step": "0"}, ["给分的步长须大于 0"]),
    ("tiers", {}, ["没有列出级别"]),
    (
        "tiers",
        {"levels": [{"label": "省", "points": "4"}]},
        ["最高一级 4 分，与本点 5 分不符"],
    ),
    ("tiers", {"levels": TIERS["levels"][:1] * 2}, ["各级分值须从高到低"]),
    (
        "tiers",
        {"levels": [{"label": "省", "points": "5"}, {"label": "市", "points": "-1"}]},
        ["各级分值须从高到低"],
    ),
    ("tiers", {"levels": [*TIERS["levels"], {"label": "乡", "points": "0"}]}, []),
    ("count", {}, ["没有列出次数的档"]),
    ("count", {"steps": _steps((2, 4), (0, 0))}, ["最高一档 4 分，与本点 5 分不符"]),
    ("count", {"steps": _steps((2, 5))}, ["各档须从多到少，最后一档从 0 起"]),
    ("count", {"steps": _steps((1, 5), (2, 3), (0, 0))}, ["各档须从多到少，最后一档从 0 起"]),
    ("count", {"steps": _steps((2, 5), (1, 5), (0, 0))}, ["各档须从多到少，最后一档从 0 起"]),
    ("count", {"steps": _steps((2, 5), (0, -1))}, ["各档须从多到少，最后一档从 0 起"]),
    ("count", {"steps": _steps((2, 5), (1, 3), (0, -1))}, ["各档须从多到少，最后一档从 0 起"]),
    ("deduct", {"unit": "家"}, ["每次扣分须大于 0"]),
    ("deduct", {"unit": "家", "each": "0.5"}, []),
    ("deduct", {"each": "1"}, ["没有写明扣分的单位（家、处、年……）"]),
    ("deduct", {"unit": "家", "each": "1", "cap": "0.5"}, []),
    ("deduct", {"unit": "家", "each": "1", "cap": "0"}, ["扣分上限须大于 0，不超过本点 5 分"]),
    ("deduct", {"unit": "家", "each": "1", "cap": "6"}, ["扣分上限须大于 0，不超过本点 5 分"]),
    ("bands", {}, ["没有写明比率的名称和各档"]),
    ("bands", {"name": "率"}, ["没有写明比率的名称和各档"]),
    ("bands", {"bands": _bands((5, 1))}, ["没有写明比率的名称和各档"]),
    ("bands", {"name": "率", "bands": _bands((100, 1))}, []),
    ("bands", {"name": "率", "bands": _bands(("0.5", "0.5"))}, []),
    (
        "bands",
        {"name": "率", "bands": _bands((101, 1))},
        ["各档的界限须从低到高，在 0 到 100 之间"],
    ),
    (
        "bands",
        {"name": "率", "bands": _bands((0, 1))},
        ["各档的界限须从低到高，在 0 到 100 之间"],
    ),
    (
        "bands",
        {"name": "率", "bands": _bands((5, 2), (5, 1))},
        ["各档的界限须从低到高，在 0 到 100 之间"],
    ),
    (
        "bands",
        {"name": "率", "bands": _bands((5, 6))},
        ["比率越低扣分须越多，且不超过本点 5 分"],
    ),
    (
        "bands",
        {"name": "率", "bands": _bands((5, 0))},
        ["比率越低扣分须越多，且不超过本点 5 分"],
    ),
    (
        "bands",
        {"name": "率", "bands": _bands((5, 1), (9, 2))},
        ["比率越低扣分须越多，且不超过本点 5 分"],
    ),
    ("chosen", {}, ["没有写明扣分的范围"]),
    ("chosen", {"low": "2"}, ["没有写明扣分的范围"]),
    ("chosen", {"low": "0.5", "high": "0.5", "step": "0.1"}, []),
    ("chosen", {"low": "3", "high": "2"}, ["扣分的范围须从低到高，大于 0"]),
    ("chosen", {"low": "0", "high": "2"}, ["扣分的范围须从低到高，大于 0"]),
    ("chosen", {"low": "1", "high": "2", "step": "0"}, ["扣分的范围须从低到高，大于 0"]),
    ("chosen", {"low": "2", "high": "6"}, ["扣分最多 6 分，超过本点 5 分"]),
    ("chosen", {"low": "2", "high": "6", "spills": True}, []),
    ("verdict", {}, ["只作判断的点不能有分值"]),
    ("verdict", {"good": "no"}, ["只作判断的点不能有分值"]),
    ("verdict", {"good": "maybe"}, ["只作判断的点不能有分值", "符合的一方须是“是”或“否”"]),
    ("veto", {"effect": "section"}, ["否决项不能有分值"]),
    ("veto", {}, ["否决项不能有分值", "没有写明否决的后果"]),
    ("veto", {"effect": "grade"}, ["否决项不能有分值", "没有写明不得评为哪一级"]),
    ("veto", {"effect": "grade", "grade": "一级"}, ["否决项不能有分值"]),
]


@pytest.mark.parametrize(("kind", "params", "faults"), FAULTS)
def test_faulty_parameters_are_named(kind, params, faults):
    assert KINDS[kind].faults(Decimal(5), params) == faults


@pytest.mark.parametrize(
    ("kind", "points", "params", "words"),
    [
        ("award", "2.5", {}, "0 到 2.5 分，每格 0.5 分"),
        ("award", "2", {"step": "1"}, "0 到 2 分，每格 1 分"),
        (
            "tiers",
            "5",
            TIERS,
            "省级以上媒体上宣传 5 分；市级媒体上宣传 3 分；县级媒体上宣传 1 分；未宣传 0 分",
        ),
        ("tiers", "4", {"levels": [{"label": "省", "points": "4"}]}, "省 4 分；都没有达到 0 分"),
        ("count", "2", COUNT, "2次及以上 2 分；1次 1 分；没有组织开展 0 分"),
        (
            "bands",
            "5",
            BANDS,
            "评审达标率：15%及以上 5 分；10%至不足15% 4 分；5%至不足10% 2 分；低于5% 0 分",
        ),
        ("chosen", "6", {"low": "2", "high": "5"}, "满分 6 分，扣 2 到 5 分，每格 0.5 分"),
        (
            "chosen",
            "6",
            {"low": "1", "high": "2.5", "step": "0.25"},
            "满分 6 分，扣 1 到 2.5 分，每格 0.25 分",
        ),
    ],
)
def test_rule_in_words(kind, points, params, words):
    assert KINDS[kind].words(Decimal(points), params) == words


@pytest.mark.parametrize(
    ("kind", "inputs", "explanation"),
    [
        ("award", {"points": "1.50"}, "得 1.5 分，满分 5 分"),
        ("tiers", {"level": 1}, "市级媒体上宣传，得 3 分"),
        ("tiers", {"level": None}, "未宣传，得 0 分"),
        ("count", {"count": 3}, "3次：2次及以上，得 2 分"),
        ("count", {"count": 0}, "0次：没有组织开展，得 0 分"),
    ],
)
def test_outcome_is_explained(kind, inputs, explanation):
    outcome = score_point(kind, Decimal(5), PARAMS[kind], inputs)
    assert (outcome.explanation, dict(outcome.inputs).keys()) == (explanation, inputs.keys())


def test_what_no_step_covers_counts_nothing():
    outcome = score_point(
        "count", Decimal(5), {"unit": "次", "steps": _steps((2, 5))}, {"count": 1}
    )
    assert (outcome.points, outcome.explanation) == (0, "1次：未达到，得 0 分")


@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        ("award", ["满分", "0 分"]),
        ("count", ["2次及以上", "1次", "没有组织开展"]),
        ("chosen", ["不扣", "扣2分", "扣5分"]),
        ("verdict", ["是", "部分", "否"]),
        ("veto", ["未触犯", "触犯"]),
    ],
)
def test_choices_are_labelled(kind, labels):
    assert [c.label for c in choices(kind, PARAMS[kind], Decimal(5))] == labels


@pytest.mark.parametrize("kind", RuleKind.values)
def test_outcome_keeps_its_inputs_in_one_spelling(kind):
    for choice in choices(kind, PARAMS[kind], Decimal(5)):
        outcome = score_point(kind, Decimal(5), PARAMS[kind], choice.inputs)
        assert outcome.inputs == choice.inputs


@pytest.mark.parametrize(
    ("kind", "typed", "inputs"),
    [
        ("deduct", "99999", {"times": 99999}),
        ("deduct", "100000", {"times": "100000"}),
        ("deduct", "两家", {"times": "两家"}),
        ("count", "1.5", {"count": "1.5"}),
        ("bands", "12.5 %", {"rate": "12.5"}),
        ("tiers", "none", {"level": None}),
        ("tiers", "1", {"level": 1}),
    ],
)
def test_field_is_read(kind, typed, inputs):
    assert inputs_of(kind, typed) == inputs
