"""问题台账: every problem of a round with who mends it, how, by when, and whether it is done.

《高青县工业和信息化局安全生产大检查工作实施方案》二 (建立问题台账，加强问题整改) and 四（二）
(建立工作台账，明确整改责任、措施、时限). The entries are the 存在问题 of papers that are handed in.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from audit.record import record
from chabaocu import edits
from chabaocu.errors import Refused, StaleState
from orgs.roles import Permission as P
from plans.models import Plan
from scoring.models import Finding
from scoring.verification import HANDED_IN

REMEDY = ("responsible", "measures", "due_on", "fixed_on")
ORDER = ("sheet_id", "order", "pk")
CHANGED = "finding.remedy"
STATES = {"open": "未定措施", "mending": "整改中", "late": "已逾期", "fixed": "已整改"}


def state_of(finding: Finding, today: date) -> str:
    """The key of STATES that a problem is in."""
    if finding.fixed_on:
        return "fixed"
    if finding.due_on and finding.due_on < today:
        return "late"
    return "mending" if finding.measures else "open"


def within(state: str, today: date) -> Q:
    """The rows of one state; the same rule as ``state_of``, in the database."""
    late = Q(fixed_on=None, due_on__lt=today)
    rest = Q(fixed_on=None) & (Q(due_on=None) | Q(due_on__gte=today))
    return {
        "fixed": Q(fixed_on__isnull=False),
        "late": late,
        "mending": rest & ~Q(measures=""),
        "open": rest & Q(measures=""),
    }.get(state, Q())


def problems(plan: Plan, user: Any) -> QuerySet[Finding]:
    """The problems in the present drafts of the round's papers, as far as handed in."""
    rows = Finding.objects.permitted(user, P.VISIT_REVIEW).filter(
        sheet__visit__plan=plan,
        sheet__visit__status__in=HANDED_IN,
        sheet__revision=F("sheet__visit__revision"),
        withdrawn_at=None,
    )
    return rows.select_related("sheet__visit__target", "sheet__visit__region", "criterion")


@dataclass(frozen=True)
class Entry:
    """One line of the ledger."""

    finding: Finding
    state: str

    @property
    def label(self) -> str:
        return STATES[self.state]

    @classmethod
    def of(cls, finding: Finding) -> "Entry":
        return cls(finding, state_of(finding, timezone.localdate()))


def fingerprint(finding: Finding) -> str:
    """What the edit form of an entry carries along."""
    return edits.fingerprint(finding, *REMEDY)


@transaction.atomic
def save_remedy(
    finding: Finding,
    *,
    by: Any,
    responsible: str,
    measures: str,
    due_on: date | None,
    fixed_on: date | None,
    seen: str | None = None,
) -> None:
    """Store who mends a problem, how, by when, and when it was done.

    Raises ChangedError if the entry says otherwise than ``seen``; StaleState once its papers are
    open again.
    """
    held = Finding.objects.select_for_update(of=("self",)).filter(pk=finding.pk, withdrawn_at=None)
    row = held.select_related("sheet__visit").first()
    visit = row and row.sheet.visit
    if row is None or visit.status not in HANDED_IN or row.sheet.revision != visit.revision:
        raise StaleState
    edits.check(seen, fingerprint(row))
    _check(responsible, measures, fixed_on)
    changes = dict(zip(REMEDY, (responsible, measures, due_on, fixed_on), strict=True))
    before = {name: getattr(row, name) for name in REMEDY}
    Finding.objects.filter(pk=row.pk).update(**changes)
    record(CHANGED, row, by=by, stream=visit.stream, before=before, after=changes)
    finding.refresh_from_db()


def _check(responsible: str, measures: str, fixed_on: date | None) -> None:
    if fixed_on and not (responsible.strip() and measures.strip()):
        raise Refused("写明整改责任和整改措施以后，才能记整改完成。")
    if fixed_on and fixed_on > timezone.localdate():
        raise Refused("整改完成的日期不能晚于今天。")
