"""What holds of every sheet, whatever is entered."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from rubrics.evaluate import Given, evaluate
from tests.rubrics.reference import points_of

CODES = ["fujian1-county-union", "fujian2-enterprise-union"]
TABLES = [points_of(code) for code in CODES]


def inputs(point):
    """Everything that may be entered for one point."""
    if point.kind == "tiers":
        levels = [None, *range(len(point.params["levels"]))]
        return st.sampled_from(levels).map(lambda level: {"level": level})
    if point.kind == "count":
        return st.integers(0, 9999).map(lambda count: {"count": count})
    halves = st.integers(0, int(point.points * 2))
    return halves.map(lambda half: {"points": str(Decimal(half) / 2)})


def answer(point):
    entered = inputs(point).map(Given)
    return st.one_of(entered, entered, st.just(Given()), st.just(Given(not_applicable=True)))


def sheet(points):
    return st.fixed_dictionaries({p.code: answer(p) for p in points}).map(lambda g: (points, g))


sheets = st.sampled_from(TABLES).flatmap(sheet)


@given(sheets)
def test_points_lie_between_nothing_and_full_marks(drawn):
    points, answers = drawn
    result = evaluate(points, answers)
    for point in points:
        outcome = result.by_code[point.code]
        assert outcome is None or 0 <= outcome.points <= point.points
    assert 0 <= result.total <= result.applicable <= 50


@given(sheets)
def test_items_and_sections_sum_to_the_total(drawn):
    result = evaluate(*drawn)
    assert sum(result.items.values()) == sum(result.sections.values()) == result.total


@given(sheets)
def test_every_point_is_answered_or_open(drawn):
    points, answers = drawn
    result = evaluate(points, answers)
    assert result.answered + len(result.open) == len(points)
    assert [code for code, out in result.by_code.items() if out is None] == [
        p.code for p in points if p.code in result.open or answers[p.code].not_applicable
    ]


@given(sheets, st.data())
def test_a_better_answer_never_lowers_the_total(drawn, data):
    points, answers = drawn
    point = data.draw(st.sampled_from(points))
    worse, better = sorted(
        (evaluate(points, answers | {point.code: Given(data.draw(inputs(point)))}) for _ in "ab"),
        key=lambda result: result.by_code[point.code].points,
    )
    assert worse.total <= better.total
    assert worse.rate <= better.rate


@given(sheets, st.data())
def test_lost_points_put_aside_as_inapplicable_never_lower_the_rate(drawn, data):
    """Full marks put aside may: they were above the average."""
    points, answers = drawn
    point = data.draw(st.sampled_from(points))
    lost = evaluate(points, answers | {point.code: Given(_nothing(point))})
    aside = evaluate(points, answers | {point.code: Given(not_applicable=True)})
    assert aside.rate is None or aside.rate >= lost.rate
    assert aside.total == lost.total


def _nothing(point):
    return {"award": {"points": "0"}, "tiers": {"level": None}, "count": {"count": 0}}[point.kind]


@given(sheets)
def test_stored_inputs_score_the_same_again(drawn):
    points, answers = drawn
    first = evaluate(points, answers)
    stored = {
        code: Given(out.inputs) if out else answers[code] for code, out in first.by_code.items()
    }
    assert evaluate(points, stored) == first
