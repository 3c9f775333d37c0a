"""Beside each other: a round and an earlier one, what units said of themselves and what was found,
the problems found and what became of them. Stored results only."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Left

from analysis.choice import Choice, confirmed
from analysis.drawing import bar
from analysis.losses import Loss, Losses, Part, losses, versions
from analysis.scores import MILLION, millionths
from analysis.shares import percent, signed
from hazards.models import Hazard
from orgs.roles import Permission as P
from rubrics.differences import matched
from rubrics.outline import outline_of
from scoring.models import SelfComparison

FINDING = "sheets__findings__"
VISIT = "sheet__visit__"
NO_POINT = "none"  # in an address: a problem that belongs to no scoring point
STRUCK_OFF = [Hazard.Status.CLOSED, Hazard.Status.REWARDED]


@dataclass(frozen=True)
class Turn:
    """One scoring point in an earlier round and in this one."""

    code: str
    text: str
    before: Loss
    now: Loss
    query: str
    query_before: str
    query_both: str

    @property
    def change(self) -> Fraction | None:
        """By how much its 失分率 grew."""
        rates = self.before.rate, self.now.rate
        return None if None in rates else rates[1] - rates[0]

    @property
    def told(self) -> str:
        return signed(self.change)


@dataclass(frozen=True)
class Rounds:
    """Two rounds of one kind of unit, point by point."""

    turns: Sequence[Turn]
    gone: Sequence[str]  # codes that only the earlier table has
    new: Sequence[str]  # codes that only this one has
    before: Loss
    now: Loss
    query: str
    query_before: str
    query_both: str

    @property
    def told(self) -> str:
        """How the whole 失分率 changed."""
        rates = self.before.rate, self.now.rate
        return signed(None if None in rates else rates[1] - rates[0])


def rounds(earlier: Losses, now: Losses) -> Rounds:
    """Matched by the codes of the points (rubrics.differences), worst turn first."""
    ways = matched(outline_of(earlier.version), outline_of(now.version))
    old, new = ({p.code: p for p in found.points} for found in (earlier, now))
    pairs = [(code, to) for code, to in ways.items() if to and code in old and to in new]
    turns = [_turn(earlier, old[code], new[to]) for code, to in pairs]
    met = {to for _, to in pairs}
    return Rounds(
        sorted(turns, key=lambda turn: -(turn.change or 0)),
        [code for code in old if ways[code] is None],
        [code for code in new if code not in met],
        earlier.whole.loss,
        now.whole.loss,
        now.query,
        earlier.query,
        f"{now.query}&{_other(earlier)}",
    )


def _turn(earlier: Losses, old: Part, new: Part) -> Turn:
    other = urlencode({"beside_point": old.code})
    return Turn(
        new.code,
        new.text,
        old.loss,
        new.loss,
        new.query_applied,
        old.query_applied,
        f"{new.query_applied}&{_other(earlier)}&{other}",
    )


def _other(earlier: Losses) -> str:
    """What names the sheets of the other round in the address of those of both."""
    plan, version = earlier.choice.narrowing.plan, earlier.version.pk
    return urlencode({"beside": plan, "beside_version": version})


def beside(choice: Choice, asked: str | None) -> Rounds | None:
    """The round that is asked for, or the one before, beside this; None where one has no results.

    By the version that scored most sheets of each.
    """
    other = choice.beside(asked)
    earlier, now = versions(other) if other else [], versions(choice)
    if not (earlier and now):
        return None
    return rounds(losses(other, earlier[0], by_place=False), losses(choice, now[0], by_place=False))


def turns(choice: Choice, asked: str | None) -> Sequence[Turn]:
    """The points of both rounds; none where there is nothing to compare."""
    found = beside(choice, asked)
    return found.turns if found else ()


@dataclass(frozen=True)
class Own:
    """What the units of one place said of themselves, and what was found there."""

    name: str
    units: int
    same: int
    high: int
    low: int
    apart: int
    said: Fraction
    found: Fraction
    query: str

    def differing(self, how: str) -> str:
        """The query of the sheets that have points where both said the same, more or less."""
        return f"{self.query}&own={how}"

    @property
    def bars(self) -> tuple[str, str]:
        """How long the bars of both are."""
        return bar(self.said), bar(self.found)

    @property
    def said_percent(self) -> str:
        return percent(self.said)

    @property
    def found_percent(self) -> str:
        return percent(self.found)

    @property
    def told(self) -> str:
        """What was found less what was said."""
        return signed(self.found - self.said)


def own_checks(choice: Choice) -> list[Own]:
    """自查 beside 督导 by place, where both have a 得分率."""
    made = choice.summed(_own_by_place)
    names = choice.names([path for path, *_ in made])
    return [
        Own(
            names.get(path, path),
            units,
            *counts,
            Fraction(said, units * MILLION),
            Fraction(seen, units * MILLION),
            choice.sheets(**choice.spot(path), checked=1),
        )
        for path, units, *counts, said, seen in made
    ]


def _own_by_place(choice: Choice) -> QuerySet:
    found = SelfComparison.objects.within(choice.scope, P.VISIT_REVIEW).present()
    found = choice.narrowing.of(confirmed(found, VISIT), VISIT)
    scored = {f"{VISIT}rate__isnull": False, "check_sheet__visit__rate__isnull": False}
    sums: dict[str, Any] = {name: Sum(name) for name in ("same", "high", "low", "apart")}
    sums["said"] = millionths(Sum("check_sheet__visit__rate"))
    sums["found"] = millionths(Sum(f"{VISIT}rate"))
    rows = found.filter(**scored).annotate(row=Left(f"{VISIT}place", choice.level)).values("row")
    rows = rows.annotate(units=Count("pk"), **sums).order_by("row")
    return rows.values_list("row", "units", *sums)


@dataclass(frozen=True)
class Problems:
    """The problems found at one scoring point, and what became of them."""

    code: str
    text: str
    problems: int
    units: int
    fixed: int
    hazards: int
    closed: int
    query: str

    def became(self, what: str) -> str:
        """The query of the sheets behind what became of them."""
        return f"{self.query}&became={what}"

    def bar(self, count: int, most: int) -> str:
        """How long the bar of a count is, beside the point with most problems."""
        return bar(Fraction(count, most))


def problems(choice: Choice) -> list[Problems]:
    """存在问题 of the confirmed sheets by scoring point, most first; 隐患 that came of them."""
    return [
        Problems(point or "", wording or "没有对应到得分点的", *counts, _behind(choice, point))
        for point, wording, *counts in choice.summed(_by_point)
    ]


def _by_point(choice: Choice) -> QuerySet:
    code, text = f"{FINDING}criterion__code", f"{FINDING}criterion__text"
    status = f"{FINDING}hazard__status__in"
    sums = {
        "n": Count(f"{FINDING}pk"),
        "units": Count("pk", distinct=True),
        "fixed": Count(f"{FINDING}pk", filter=Q(**{f"{FINDING}fixed_on__isnull": False})),
        "hazards": Count(f"{FINDING}hazard"),
        "closed": Count(f"{FINDING}hazard", filter=Q(**{status: STRUCK_OFF})),
    }
    standing = {f"{FINDING}pk__isnull": False, f"{FINDING}withdrawn_at": None}
    rows = choice.visits.filter(sheets__revision=F("revision"), **standing)
    rows = rows.values(code, text).annotate(**sums).order_by("-n", code)
    return rows.values_list(code, text, *sums)


def _behind(choice: Choice, code: str | None) -> str:
    return choice.sheets(finding=code or NO_POINT)
