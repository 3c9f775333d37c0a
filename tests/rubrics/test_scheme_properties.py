"""What holds of every table with groups, spills, vetoes, weights and scales."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from rubrics.evaluate import Given, Point, choices, evaluate
from rubrics.kinds import RuleKind
from rubrics.scheme import Grade, Group, Scale, Scheme, faults
from rubrics.totals import worth
from tests.factories.rubrics import PARAMS

D = Decimal
FULL = {"count": D(2), "verdict": D(0), "veto": D(0)}
SCORED = [kind for kind in RuleKind.values if kind not in ("verdict", "veto")]
GRADES = (Grade("一级", D(20)), Grade("二级", D(10)), Grade("三级", D(5)))


@dataclass(frozen=True)
class Table:
    """A table that some committee might issue."""

    points: tuple[Point, ...]
    scheme: Scheme
    rescale: bool

    def score(self, answers):
        return evaluate(self.points, answers, scheme=self.scheme, rescale=self.rescale)

    @property
    def most(self) -> Decimal:
        """Full marks, bonus included, as the scale leaves them."""
        bonus = [g for g in self.scheme.groups if g.bonus]
        extra = sum((g.points * self.scheme.weight(self.section(g)) for g in bonus), D(0))
        full = worth(self.points, self.scheme)
        scale = self.scheme.scale
        return (full + extra) * scale.points / full if scale and full else full + extra

    def section(self, group: Group) -> int:
        return next(p.section for p in self.points if p.code == group.codes[0])


def point(number: int, section: int, kind: str, extra: dict) -> Point:
    code = str(number)
    return Point(code, number, section, kind, FULL.get(kind, D(5)), PARAMS[kind] | extra)


@st.composite
def tables(draw) -> Table:
    kinds = draw(
        st.lists(st.tuples(st.integers(1, 3), st.sampled_from(SCORED)), min_size=2, max_size=6)
    )
    points = [
        point(
            n, section, kind, {"spills": True} if draw(st.booleans()) and kind == "deduct" else {}
        )
        for n, (section, kind) in enumerate(kinds, 1)
    ]
    for effect in draw(st.sets(st.sampled_from(["sheet", "section", "grade"]))):
        extra = {"effect": effect, "grade": "一级"}
        points.append(point(len(points) + 1, draw(st.integers(1, 3)), "veto", extra))
    return Table(tuple(points), draw(schemes(points)), draw(st.booleans()))


@st.composite
def schemes(draw, points) -> Scheme:
    scored = [p for p in points if p.kind != "veto"]
    first = scored[0]
    codes = tuple(p.code for p in scored if p.section == first.section)
    rule = draw(st.sampled_from([None, "cap", "best"]))
    groups = ()
    if rule:
        is_bonus = rule == "cap" and draw(st.booleans())
        groups = (Group("组", rule, codes, D(4 if rule == "cap" else 0), is_bonus),)
    weights = draw(st.sampled_from([{}, {first.section: D("0.3")}, {first.section: D(2)}]))
    scale = draw(st.sampled_from([None, Scale(D(100), 1), Scale(D(7), 2)]))
    return Scheme(groups, weights, scale, GRADES)


def entered(point: Point):
    """Everything a page offers, and deductions beyond the cap."""
    offered = [c.inputs for c in choices(point.kind, point.params, point.points)]
    if point.kind == "deduct":
        offered.append({"times": 12})
    return st.sampled_from(offered).map(Given)


@st.composite
def filled(draw):
    table = draw(tables())
    na, nothing = st.just(Given(not_applicable=True)), st.just(Given())
    answers = {p.code: draw(st.one_of(entered(p), entered(p), na, nothing)) for p in table.points}
    return table, answers


@given(tables())
def test_the_tables_drawn_are_without_fault(table):
    assert faults(table.scheme, {p.code: p.section for p in table.points}) == []


@given(filled())
def test_total_lies_between_nothing_and_the_most(drawn):
    table, answers = drawn
    slack = D("0.06") if table.scheme.scale or table.rescale else D(0)  # one rounding
    result = table.score(answers)
    assert result.total >= 0
    assert table.rescale or result.total <= table.most + slack
    assert all(points >= 0 for points in result.sections.values())


@given(filled())
def test_points_and_adjustments_sum_to_the_total(drawn):
    table, answers = drawn
    result = table.score(answers)
    assert sum(result.items.values()) + sum(a.points for a in result.adjustments) == result.total
    across = sum(a.points for a in result.adjustments if a.section is None)
    assert sum(result.sections.values()) + across == result.total


@given(filled(), st.data())
def test_a_better_answer_never_lowers_the_total(drawn, data):
    table, answers = drawn
    chosen = data.draw(st.sampled_from([p for p in table.points if p.kind != "veto"]))
    tried = [answers | {chosen.code: data.draw(entered(chosen))} for _ in "ab"]
    worse, better = sorted((table.score(a) for a in tried), key=lambda r: _worth(r, chosen.code))
    assert worse.total <= better.total
    assert (worse.rate or 0) <= (better.rate or 0)


def _worth(result, code):
    outcome = result.by_code[code]
    return outcome.points - outcome.over


@given(filled(), st.data())
def test_a_lost_point_put_aside_as_inapplicable_never_lowers_the_rate(drawn, data):
    table, answers = drawn
    chosen = data.draw(st.sampled_from(table.points))
    open_there = table.score(answers | {chosen.code: Given()})
    aside = table.score(answers | {chosen.code: Given(not_applicable=True)})
    assert aside.rate is None or open_there.rate is None or aside.rate >= open_there.rate


@given(filled())
def test_stored_inputs_score_the_same_again(drawn):
    table, answers = drawn
    first = table.score(answers)
    stored = {c: Given(out.inputs) if out else answers[c] for c, out in first.by_code.items()}
    assert table.score(stored) == first


@given(filled())
def test_grade_is_one_the_total_reaches(drawn):
    table, answers = drawn
    result = table.score(answers)
    reached = [g.name for g in GRADES if result.total >= g.at_least]
    assert result.grade in ["", *reached]
