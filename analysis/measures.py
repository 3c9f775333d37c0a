"""What a number adds up over its sheets: told again on their page, in all and sheet by sheet."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, IntegerField, Q, QuerySet, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, NullIf

from analysis.scores import HUNDRED, MILLION, SUMS, Sums, millionths, units
from analysis.shares import percent, signed
from plans.models import Visit
from rubrics.kinds.outcome import spelled
from rubrics.kinds.verdict import GRADES

ANSWER, FINDING, COMPARED = "sheets__answers__", "sheets__findings__", "sheets__self_comparison__"
COULD = units(Sum(f"{ANSWER}criterion__points"), HUNDRED)
LOST = units(
    Sum(F(f"{ANSWER}criterion__points") - Coalesce(f"{ANSWER}points", Decimal(0))), HUNDRED
)


def said(grade: str) -> Cast:
    """How many points of a visit were judged so."""
    return Cast(KeyTextTransform(grade, "verdicts"), IntegerField())


def share() -> Any:
    """符合率 of a visit in whole percent, what is left over cut off; none where nothing was."""
    good, *others = (Coalesce(said(grade), 0) for grade in GRADES)
    return good * 100 / NullIf(sum(others, good), 0)


@dataclass(frozen=True)
class Measure:
    """So many things of each visit; ``rows`` are visits joined to what is counted or added up."""

    words: str
    rows: QuerySet[Visit]
    value: Any
    word: Callable[[int], str] = str
    of: Any = None  # what ``value`` is a share of
    share: str = ""

    def each(self, pks: Iterable[int]) -> dict[int, str]:
        """By visit, in words; nothing for a visit that has none."""
        rows = self.rows.filter(pk__in=list(pks)).order_by().values("pk")
        found = rows.annotate(measured=self.value).values_list("pk", "measured")
        return {pk: self.word(n) for pk, n in found if n is not None}

    def total(self, visits: QuerySet[Visit]) -> tuple[int, Fraction | None]:
        """Of all these visits, and its share."""
        rows = self.rows.filter(pk__in=visits.order_by().values("pk"))
        asked = {"measured": self.value} | ({"of": self.of} if self.of is not None else {})
        found = rows.aggregate(**asked)
        n, of = found["measured"] or 0, found.get("of")
        return n, Fraction(n, of) if of else None


def problems(rows: QuerySet[Visit], words: str) -> Measure:
    """How many problems; ``rows`` are joined to those that count."""
    return Measure(words, rows, Count(f"{FINDING}pk"))


def lost(rows: QuerySet[Visit]) -> Measure:
    """The points lost, and 失分率; ``rows`` are joined to the answers that count."""
    return Measure("失去的分", rows, LOST, hundredths, COULD, "失分率")


def good(rows: QuerySet[Visit], which: Q) -> Measure:
    """The judgements of one point that are good, and 符合率; ``rows`` are joined to all of them."""
    answers = Count(f"{ANSWER}pk")
    return Measure("符合", rows, Count(f"{ANSWER}pk", filter=which), of=answers, share="符合率")


def compared(rows: QuerySet[Visit], name: str, words: str) -> Measure:
    """The points of which a unit said the same, more or less than was found."""
    return Measure(f"{words}的得分点", rows, Sum(f"{COMPARED}{name}"))


def judged(rows: QuerySet[Visit], grade: str) -> Measure:
    """The points that were judged so."""
    return Measure(f"判为{GRADES[grade]}的点", rows, Sum(said(grade)))


def hundredths(n: int) -> str:
    return spelled(Decimal(n) / HUNDRED)


@dataclass(frozen=True)
class Told:
    """A number in words, and what it is."""

    number: str
    words: str


@dataclass(frozen=True)
class Summary:
    """What the sheets of a number come to: every way in which a page tells them."""

    count: int
    rate: Fraction | None  # by which two rounds are compared
    told: tuple[Told, ...]

    def less(self, other: "Summary") -> str:
        """By how much its rate is higher, with its sign."""
        return signed(None if None in (self.rate, other.rate) else self.rate - other.rate)


def scored(visits: QuerySet[Visit]) -> Summary:
    """Of results that have a 得分率."""
    found = visits.order_by().aggregate(**SUMS)
    if not found["sheets"]:
        return Summary(0, None, ())
    sums = Sums(found["sheets"], found["rates"], found["totals"])
    ends = [percent(Fraction(found[end], MILLION)) for end in ("low", "high")]
    told = Told(sums.percent, "平均得分率"), Told(sums.mean, "平均总得分")
    return Summary(sums.sheets, sums.rate, (*told, Told("～".join(ends), "最低～最高")))


def verdicts(visits: QuerySet[Visit]) -> Summary:
    """Of results that were judged."""
    sums = {grade: Sum(said(grade)) for grade in GRADES}
    found = visits.order_by().aggregate(sheets=Count("pk"), **sums)
    counts: Mapping[str, int] = {grade: found[grade] or 0 for grade in GRADES}
    every = sum(counts.values())
    rate = Fraction(counts["good"], every) if every else None
    told = [Told(str(n), GRADES[grade]) for grade, n in counts.items()]
    return Summary(found["sheets"], rate, (Told(percent(rate), "符合率"), *told))


def beside_own(summary: Summary, rows: QuerySet[Visit], visits: QuerySet[Visit]) -> Summary:
    """The same with what the units said of themselves; ``rows`` are joined to the comparison."""
    among = rows.filter(pk__in=visits.order_by().values("pk"))
    own = among.aggregate(own=millionths(Sum(f"{COMPARED}check_sheet__visit__rate")))["own"]
    if not summary.count or own is None:
        return summary
    mean = Fraction(own, summary.count * MILLION)
    more = Told(percent(mean), "自查平均得分率"), Told(signed(summary.rate - mean), "督导减自查")
    return replace(summary, told=(*summary.told, *more))


def measured(summary: Summary, measure: Measure, visits: QuerySet[Visit]) -> Summary:
    """The same with what the number itself adds up; its share is then what rounds differ by."""
    n, share = measure.total(visits)
    more = [Told(measure.word(n), measure.words)]
    if share is not None:
        more.insert(0, Told(percent(share), measure.share))
        summary = replace(summary, rate=share)
    return replace(summary, told=(*more, *summary.told))
