"""自查 of a round as a list: who filed what, and how it compares with what was found there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from chabaocu.templatetags.ui import total
from orgs.models import Organization
from orgs.roles import Permission as P
from plans.models import Phase, Plan, Visit
from plans.self_checks import closed
from rubrics.models import Item, Rubric
from scoring.figures import counted
from scoring.filters import EVERY, PlaceForm
from scoring.models import SelfComparison
from scoring.self_comparison import signed

S = Visit.Status
CLASSES = Organization.SizeClass
ORDER = ("place", "pk")
DASH = "—"
CHUNK = 500
STATES = {"filed": "已报送", "open": "还没有报送", "late": "逾期没有报送", "missed": "没有报送"}
TONES = {"filed": "ok", "open": "idle", "late": "danger", "missed": "danger"}
FILED = {"filed": "已报送", "open": "没有报送"}
LEANS = {"high": "自查总分偏高", "low": "自查总分偏低", "level": "总分相同"}
BANDS = {"high": Q(change__lt=0), "low": Q(change__gt=0), "level": Q(change=0)}


class SelfCheckForm(PlaceForm):
    """Place, kind, class of size, whether filed, and how it compares."""

    size = forms.ChoiceField(label="三类企业", required=False, choices=[EVERY, *CLASSES.choices])
    filed = forms.ChoiceField(label="自查", required=False, choices=[EVERY, *FILED.items()])
    lean = forms.ChoiceField(label="对照", required=False, choices=[EVERY, *LEANS.items()])

    def of(self, visits: QuerySet[Visit], user: Any) -> QuerySet[Visit]:
        """Those of the 自查 that meet every choice; a choice that is not offered finds nothing."""
        visits, chosen = self.narrowing.of(visits), self.cleaned_data
        if size := chosen.get("size"):
            visits = visits.filter(target__size_class=size)
        if filed := chosen.get("filed"):
            is_filed = Q(status=S.FILED)
            visits = visits.filter(is_filed if filed == "filed" else ~is_filed)
        if lean := chosen.get("lean"):
            found = comparisons(user).filter(BANDS[lean])
            visits = visits.filter(pk__in=found.values("check_sheet__visit"))
        return visits


@dataclass(frozen=True)
class Row:
    """One unit: its 自查, and the papers it is compared with, as far as the reader may know."""

    check: Visit
    state: str
    said: str
    sent: Visit | None
    comparison: SelfComparison | None

    @property
    def label(self) -> str:
        return STATES[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def size(self) -> str:
        return self.check.target.get_size_class_display() or DASH

    @property
    def found(self) -> str:
        """What was found there; only beside a 自查 that was filed."""
        return result_of(self.comparison.sheet.visit) if self.comparison else DASH

    @property
    def change(self) -> str:
        return signed(self.comparison.change) if self.comparison else DASH

    @property
    def why(self) -> str:
        """Why nothing is compared."""
        if self.comparison:
            return ""
        if self.state in ("missed", "late"):
            return "没有报送自查，不对照"
        return "督导材料提交后对照" if self.state == "filed" else DASH


def checks(plan: Plan, user: Any) -> QuerySet[Visit]:
    """The 自查 asked in a round."""
    rows = Visit.objects.permitted(user, P.PLAN_MANAGE).filter(plan=plan, scorer=Phase.Scorer.SELF)
    return rows.exclude(status=S.CANCELLED)


def comparisons(user: Any) -> QuerySet[SelfComparison]:
    """What this person, as issuer, may know of comparisons."""
    return SelfComparison.objects.permitted(user, P.VISIT_REVIEW).present()


def with_rows(visits: Iterable[Visit], user: Any, today: date) -> list[Row]:
    """These 自查 as rows, in their order."""
    visits = list(visits)
    keys = [visit.pk for visit in visits]
    readable = Visit.objects.permitted(user, P.RESULT_VIEW).filter(pk__in=keys)
    read, late = set(readable.values_list("pk", flat=True)), closed(visits)
    found = _compared(keys, user)
    sent = _sent(keys)
    return [
        Row(
            visit,
            _state(visit, visit.pk in late, today),
            result_of(visit) if visit.pk in read and visit.status == S.FILED else DASH,
            sent.get(visit.pk),
            found.get(visit.pk),
        )
        for visit in visits
    ]


def loaded(pks: Iterable[int]) -> dict[int, Visit]:
    """The visits of keys that come from a query in scope, with what a row tells."""
    rows = Visit.objects.unscoped(reason="keys from a query in scope").filter(pk__in=pks)
    rows = rows.select_related("target", "region__parent", "phase", "version")
    return {visit.pk: visit for visit in rows}


def every_row(visits: QuerySet[Visit], user: Any, today: date) -> Iterator[Row]:
    """All rows of a list, for a file."""
    keys = list(visits.order_by(*ORDER).values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        found = loaded(part)
        yield from with_rows([found[pk] for pk in part], user, today)


def result_of(visit: Visit) -> str:
    """Its total, or for a checklist how many of each."""
    judged = bool(visit.verdicts) and not visit.applicable
    return counted(visit.verdicts) if judged else total(visit.total)


def _state(visit: Visit, is_closed: bool, today: date) -> str:
    if visit.status == S.FILED:
        return "filed"
    if is_closed:
        return "missed"
    return "late" if visit.phase.ends_on < today else "open"


def _compared(keys: Sequence[int], user: Any) -> dict[int, SelfComparison]:
    """By 自查; the comparison with 督导 where there are several."""
    rows = comparisons(user).filter(check_sheet__visit__in=keys)
    rows = rows.select_related("check_sheet", "sheet__visit").defer(
        "check_sheet__frozen", "sheet__frozen"
    )
    ordered = sorted(rows, key=lambda one: (_is_ranked(one.sheet.visit), one.pk))
    return {one.check_sheet.visit_id: one for one in ordered}


def _sent(keys: Sequence[int]) -> dict[int, Visit]:
    """Who came after each 自查, as far as they have begun."""
    rows = Visit.objects.unscoped(reason="who came after these 自查").filter(self_check__in=keys)
    rows = rows.exclude(status=S.CANCELLED)
    ordered = sorted(rows, key=lambda one: (_is_ranked(one), one.pk))
    return {one.self_check_id: one for one in ordered}


def _is_ranked(visit: Visit) -> bool:
    return visit.scorer == Phase.Scorer.TEAM


@dataclass(frozen=True)
class Over:
    """One 督导内容 on which units were above what was found, and by how much together."""

    kind: str
    label: str
    text: str
    units: int
    points: Decimal


def overestimated(plan: Plan, user: Any, kind: str = "") -> list[Over]:
    """The items of a round's tables, most overestimated first; of one kind of unit, or all."""
    rows = comparisons(user).filter(sheet__visit__plan=plan)
    if kind in Rubric.Target.values:
        rows = rows.filter(sheet__visit__target_kind=kind)
    sums: dict[tuple[int, str, int], list[Decimal]] = {}
    for version, target, over in rows.values_list(
        "sheet__version", "sheet__visit__target_kind", "over"
    ):
        for item, points in over.items():
            sums.setdefault((version, target, int(item)), []).append(Decimal(points))
    items = _items({version for version, *_ in sums})
    made = [_over(key, found, items) for key, found in sums.items()]
    above = [one for one in made if one.units]
    return sorted(above, key=lambda one: (-one.points, -one.units, one.kind, one.label))


def _items(versions: Iterable[int]) -> dict[tuple[int, int], Item]:
    rows = Item.objects.filter(section__version__in=versions).select_related("section")
    return {(one.section.version_id, one.number): one for one in rows.prefetch_related("criteria")}


def _over(
    key: tuple[int, str, int], found: Sequence[Decimal], items: Mapping[tuple[int, int], Item]
) -> Over:
    version, target, number = key
    item, above = items[version, number], [points for points in found if points > 0]
    label = item.label or str(item.number)
    kind = Rubric.Target(target).label
    return Over(kind, label, item.text, len(above), sum(above, Decimal(0)))
