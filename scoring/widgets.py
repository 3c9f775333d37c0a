"""How each rule kind is entered on the page: its fields, its ladder, and what a number is worth.

The one place outside rubrics.kinds that tells kinds apart. A page and its script know widgets
(``taps``, ``rows``, ``judge``, ``count``) and read the rest from attributes, so that a new kind is
a line in ``WIDGETS``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rubrics.evaluate import Outcome, choices, score_point
from rubrics.kinds import KINDS, RuleKind, reason_of, value_of
from rubrics.kinds import deduct as deduct_kind
from rubrics.kinds.outcome import MOST, spelled
from rubrics.kinds.tiers import NONE
from rubrics.models import Criterion

LONGEST_LADDER = 6


@dataclass(frozen=True)
class Option:
    """One row, one judgement, or one step of a ladder."""

    value: str
    label: str
    points: str
    reason: str = ""  # what the reason is pre-filled with, where points are lost
    asks: bool = False  # whether choosing it has to be explained
    tone: str = ""  # good, partly or bad


@dataclass(frozen=True)
class Line:
    """What a typed number is worth: ``base + slope × number``, not below ``floor``."""

    base: str = ""
    slope: str = ""
    floor: str = "0"


@dataclass(frozen=True)
class Widget:
    """The fields of one point, in words and numbers ready for the page."""

    name: str  # taps, rows, judge or count
    input: str  # the name of the kind's one input
    form: str  # how the script sends it: text, whole, level or percent
    prompt: str = ""
    unit: str = ""
    step: str = "1"
    low: str = "0"  # the least that is not 0
    most: str = str(MOST)
    line: Line = Line()
    options: Sequence[Option] = ()
    taps: Sequence[Option] = ()  # what takes one tap, beside the field
    hint: str = ""
    asks: str = ""  # what its reason is called
    warning: str = ""  # what follows when it is hit

    @property
    def is_open(self) -> bool:
        """Whether its text stands open whatever was entered (评价)."""
        return self.name == "judge"

    @property
    def is_decimal(self) -> bool:
        return self.form in ("text", "percent")


def widget_of(criterion: Criterion) -> Widget:
    """How this scoring point is entered."""
    return WIDGETS[RuleKind(criterion.kind)](criterion)


def _award(point: Criterion) -> Widget:
    full = spelled(point.points)
    return _typed(
        point,
        name="taps",
        form="text",
        step=point.params.get("step", "0.5"),
        most=full,
        line=Line("0", "1"),
        unit="分",
        prompt="得分",
        taps=(Option("0", "0", "0"), Option(full, full, full)),
    )


def _chosen(point: Criterion) -> Widget:
    low, high = point.params["low"], point.params["high"]
    return _typed(
        point,
        name="taps",
        form="text",
        step=point.params.get("step", "0.5"),
        low=low,
        most=high,
        line=Line(spelled(point.points), "-1"),
        unit="分",
        prompt="扣分",
        taps=(Option("0", "不扣", spelled(point.points)), Option(high, f"扣 {high}", "")),
        hint=KINDS[point.kind].words(point.points, point.params),
    )


def _deduct(point: Criterion) -> Widget:
    params, full = point.params, point.points
    ladder = _ladder(point)
    floor = spelled(full - deduct_kind.cap_of(full, params))
    return _typed(
        point,
        name="count",
        form="whole",
        prompt="发现",
        unit=params["unit"],
        line=Line(spelled(full), f"-{params['each']}", floor),
        options=ladder if len(ladder) <= LONGEST_LADDER else (),
        hint=KINDS[point.kind].words(full, params),
    )


def _count(point: Criterion) -> Widget:
    return _typed(
        point,
        name="count",
        form="whole",
        prompt="实际开展",
        unit=point.params["unit"],
        options=_ladder(point, lambda label: f"{label}。"),
    )


def _bands(point: Criterion) -> Widget:
    name = point.params["name"]
    return _typed(
        point,
        name="count",
        form="percent",
        prompt=name,
        unit="%",
        most="100",
        options=_ladder(point, lambda label: f"{name}{label}。"),
    )


def _tiers(point: Criterion) -> Widget:
    def why(value: str, label: str) -> str:
        return f"{label}。" if value == NONE else f"最高达到：{label}。"

    return _typed(point, name="rows", form="level", options=_options(point, why))


def _judged(point: Criterion) -> Widget:
    warning = ""
    if point.kind == RuleKind.VETO:
        hit = score_point(point.kind, point.points, point.params, {"hit": "yes"})
        warning = f"{hit.explanation}。"
    return _typed(point, name="judge", form="text", options=_options(point), warning=warning)


def _typed(point: Criterion, **parts: Any) -> Widget:
    return Widget(input=KINDS[point.kind].INPUT, asks=reason_of(point.kind), **parts)


def _options(
    point: Criterion, why: Callable[[str, str], str] = lambda value, label: ""
) -> tuple[Option, ...]:
    """What the kind offers at one tap, in its order."""
    found = []
    for choice in choices(point.kind, point.params, point.points):
        value = value_of(point.kind, choice.inputs)
        outcome = score_point(point.kind, point.points, point.params, choice.inputs)
        short = outcome.falls_short(point.points)
        reason = why(value, choice.label) if short else ""
        tone = _tone(outcome)
        found.append(Option(value, choice.label, spelled(choice.points), reason, short, tone))
    return tuple(found)


def _ladder(point: Criterion, why: Callable[[str], str] = lambda label: "") -> tuple[Option, ...]:
    """The steps from the lowest number to the highest, as the script looks them up."""
    steps = _options(point, lambda value, label: why(label))
    return tuple(sorted(steps, key=lambda step: Decimal(step.value)))


def _tone(outcome: Outcome) -> str:
    return "bad" if outcome.vetoes else outcome.verdict


WIDGETS: Mapping[RuleKind, Callable[[Criterion], Widget]] = {
    RuleKind.AWARD: _award,
    RuleKind.TIERS: _tiers,
    RuleKind.COUNT: _count,
    RuleKind.DEDUCT: _deduct,
    RuleKind.BANDS: _bands,
    RuleKind.CHOSEN: _chosen,
    RuleKind.VERDICT: _judged,
    RuleKind.VETO: _judged,
}
