"""What confirmed sheets say of each scoring point, added up as they are confirmed and reopened.

A page of statistics over millions of answers reads some hundred rows. ``count`` is called by
scoring.standings, in the transaction of the move; ``live`` counts anew from the answers, by the
same queries. The database adds: who confirm at once both count, and rows are always taken in one
order, the whole round first, so that nobody waits for somebody who waits for them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, F, Model, Q, QuerySet, Sum, Value
from django.db.models.functions import MD5, Coalesce, Left
from django.db.models.lookups import IsNull

from plans.models import Phase, Visit
from rubrics.kinds import verdict
from scoring.models import Answer, PointSum, ReasonSum

DONE = frozenset({Visit.Status.CONFIRMED, Visit.Status.ARCHIVED})
RANKED = Phase.Scorer.TEAM
LEVELS = (0, 6, 9)  # the whole round, its cities, its counties
VISIT = "sheet__visit__"
SHORT = Q(points__lt=F("criterion__points"))
Row = tuple[Any, ...]
Sums = dict[Row, Row]


@dataclass(frozen=True)
class Kind:
    """One table of sums: by what its rows are told apart beside place and point, and the sums."""

    model: type[Model]
    among: Q
    by: Mapping[str, Any]
    sums: Mapping[str, Any]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell its rows apart."""
        return ("plan_id", "target_kind", "level", "place", "version_id", "criterion_id", *self.by)

    def of(self, answers: QuerySet[Answer], **known: Any) -> QuerySet:
        """Key and sums of these answers, each at every level."""
        first, *rest = (self._at(answers.filter(self.among), level, known) for level in LEVELS)
        return first.union(*rest, all=True)

    def _at(self, answers: QuerySet[Answer], level: int, known: Mapping[str, Any]) -> QuerySet:
        row = Left(f"{VISIT}place", level) if level else Value("")
        by = {f"by_{name}": known.get(name, made) for name, made in self.by.items()}
        found = answers.order_by().annotate(level=Value(level), row=row, **by)
        start = (f"{VISIT}plan", f"{VISIT}target_kind", "level", "row")
        key = (*start, f"{VISIT}version", "criterion", *by)
        sums = {f"sum_{name}": made for name, made in self.sums.items()}
        return found.values(*key).annotate(**sums).values_list(*key, *sums)

    def add(self, found: QuerySet, change: int) -> None:
        """Write rows of ``of`` into the table; what is there already grows by them."""
        sql, params = found.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(self._upsert(sql, change), params)

    def _upsert(self, counted: str, change: int) -> str:
        q, meta = connection.ops.quote_name, self.model._meta
        table, key, sums = q(meta.db_table), [*map(q, self.key)], [*map(q, self.sums)]
        columns = ", ".join([*key, *sums])
        chosen = ", ".join([*key, *(f"{change} * {name}" for name in sums)])
        once = ", ".join(q(meta.get_field(name).column) for name in meta.constraints[0].fields)
        grown = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in sums)
        return (
            f"WITH counted ({columns}) AS ({counted}) INSERT INTO {table} ({columns}) "
            f"SELECT {chosen} FROM counted WHERE true ORDER BY {', '.join(key)} "
            f"ON CONFLICT ({once}) DO UPDATE SET {grown}"
        )

    def kept(self) -> Sums:
        """What stands in the table."""
        rows = self.model.objects.exclude(sheets=0).values_list(*self.key, *self.sums)
        return self._by_key(rows)

    def live(self) -> Sums:
        """The same counted from the answers."""
        return self._by_key(self.of(_confirmed()))

    def _by_key(self, rows: QuerySet) -> Sums:
        """Amounts have two decimals; SQLite adds in binary."""
        size = len(self.key)
        return {row[:size]: tuple(round(n, 2) for n in row[size:]) for row in rows}


def _said(said: str) -> Count:
    return Count("pk", filter=Q(**{f"inputs__{verdict.INPUT}": said}))


POINTS = Kind(
    PointSum,
    Q(),
    {"is_scored": IsNull(F(f"{VISIT}rate"), False)},
    {
        "sheets": Count("pk"),
        "excused": Count("pk", filter=Q(not_applicable=True)),
        "short": Count("pk", filter=SHORT),
        "gained": Coalesce(Sum("points"), Decimal(0)),
        **{said: _said(said) for said in verdict.LABELS},
    },
)
REASONS = Kind(
    ReasonSum,
    SHORT & ~Q(reason=""),
    {"digest": MD5("reason"), "reason": F("reason")},
    {"sheets": Count("pk")},
)
KINDS = (POINTS, REASONS)


def has_result(visit: Visit) -> bool:
    """Whether a confirmed visit is counted: 督导, scored or judged."""
    return visit.scorer == RANKED and (visit.rate is not None or visit.verdicts is not None)


def count(visit: Visit, change: int) -> None:
    """Let the answers of a visit's draft come in (+1) or go out (-1).

    ``visit`` is as the move found it: its row may know of the next draft already.
    """
    if not has_result(visit):
        return
    answers = Answer.objects.filter(sheet__visit=visit.pk, sheet__revision=visit.revision)
    for kind in KINDS:
        kind.add(kind.of(answers, is_scored=Value(visit.rate is not None)), change)


def faults() -> Iterator[str]:
    """Where what is kept disagrees with the answers, in words."""
    for kind in KINDS:
        kept, live, name = kind.kept(), kind.live(), kind.model._meta.verbose_name
        for key in sorted(key for key in kept | live if kept.get(key) != live.get(key)):
            told = "，".join(f"{of} {value}" for of, value in zip(kind.key, key, strict=True))
            yield f"{name} {told}：记为 {_told(kept, key)}，实为 {_told(live, key)}"


def recount() -> None:
    """Write all sums anew."""
    for kind in KINDS:
        kind.model.objects.all().delete()
        kind.add(kind.of(_confirmed()), 1)


def _confirmed() -> QuerySet[Answer]:
    """Every answer of a confirmed 督导 that has a result."""
    present = Answer.objects.filter(sheet__revision=F(f"{VISIT}revision"))
    confirmed = {f"{VISIT}scorer": RANKED, f"{VISIT}status__in": sorted(DONE)}
    rated = Q(**{f"{VISIT}rate__isnull": False})
    return present.filter(rated | Q(**{f"{VISIT}verdicts__isnull": False}), **confirmed)


def _told(sums: Sums, key: Row) -> str:
    return "、".join(map(str, sums[key])) if key in sums else "没有"
