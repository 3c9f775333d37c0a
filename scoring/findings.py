"""存在问题清单: problems as entries of their own, each with its 督导意见."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from audit.canonical import sha256
from audit.record import record
from chabaocu.errors import Refused, StaleState
from rubrics.evaluate import Outcome, score_point
from rubrics.kinds.outcome import spelled
from rubrics.models import Criterion
from scoring import actions, signatures
from scoring.models import Answer, Finding, Scoresheet
from scoring.texts import live_findings

LONGEST = 2000
CHANGED = "这一条刚被别人改过，您写的还在下面，请对照后再保存。"


@dataclass(frozen=True)
class LostPoint:
    """A scoring point below the best: where a problem may come from."""

    code: str
    text: str
    cost: str  # 扣 1 分, or how it was judged
    reason: str
    taken: bool  # already an entry


def lost_points(sheet: Scoresheet) -> list[LostPoint]:
    """Every agreed point below full marks or not good, in the order of the sheet."""
    taken = set(sheet.findings.filter(withdrawn_at=None).values_list("criterion_id", flat=True))
    answers = sheet.answers.filter(state=Answer.State.AGREED, points__isnull=False)
    ordered = answers.select_related("criterion").order_by(
        "criterion__item__number", "criterion__order"
    )
    return [
        LostPoint(
            answer.criterion.code,
            answer.criterion.text,
            _cost(answer),
            answer.reason,
            answer.criterion_id in taken,
        )
        for answer in ordered
        if _outcome(answer).falls_short(answer.criterion.points)
    ]


def _outcome(answer: Answer) -> Outcome:
    point = answer.criterion
    if not answer.inputs:
        return Outcome(answer.points, "", {})
    return score_point(point.kind, point.points, point.params, answer.inputs)


def _cost(answer: Answer) -> str:
    if lost := answer.criterion.points - answer.points:
        return f"扣 {spelled(lost)} 分"
    return _outcome(answer).explanation


def fingerprint(finding: Finding) -> str:
    """What an edit form carries along, to tell whether the entry changed meanwhile."""
    return sha256([finding.text, finding.advice])


@transaction.atomic
def add(sheet: Scoresheet, *, by: Any, text: str, advice: str = "", code: str = "") -> Finding:
    """Add an entry at the end, from a lost point where ``code`` names one."""
    signatures.hold(sheet)
    if sheet.findings.filter(withdrawn_at=None, text=text).exists():
        raise Refused("已有一条同样的问题，没有重复添加。")
    last = sheet.findings.aggregate(last=Max("order"))["last"] or 0
    finding = Finding.objects.create(
        sheet=sheet,
        criterion=_criterion(sheet, code),
        order=last + 1,
        text=text,
        advice=advice,
        created_by=by,
    )
    return _finish(finding, "finding.add", by)


@transaction.atomic
def edit(finding: Finding, *, by: Any, text: str, advice: str, seen: str) -> Finding:
    """Change text and advice, if the entry is still as the editor ``seen`` it."""
    signatures.hold(finding.sheet)
    _reload(finding)
    if seen != fingerprint(finding):
        raise Refused(CHANGED)
    before = _said(finding)
    finding.text, finding.advice = text, advice
    finding.save(update_fields=["text", "advice"])
    return _finish(finding, "finding.edit", by, before=before)


@transaction.atomic
def move_up(finding: Finding, *, by: Any) -> Finding:
    """Change places with the entry before; the first stays where it is."""
    signatures.hold(finding.sheet)
    _reload(finding)
    rows = live_findings(finding.sheet)
    place = [row.pk for row in rows].index(finding.pk)
    if place:
        rows.insert(place - 1, rows.pop(place))
        for order, row in enumerate(rows, start=1):
            Finding.objects.filter(pk=row.pk).update(order=order)
    return _finish(finding, "finding.move", by)


@transaction.atomic
def withdraw(finding: Finding, *, by: Any) -> Finding:
    """Take an entry back; it stays in the history."""
    signatures.hold(finding.sheet)
    _reload(finding)
    finding.withdrawn_by, finding.withdrawn_at = by, timezone.now()
    finding.save(update_fields=["withdrawn_by", "withdrawn_at"])
    return _finish(finding, "finding.withdraw", by, before=_said(finding))


def _reload(finding: Finding) -> None:
    finding.refresh_from_db()
    if finding.withdrawn_at:
        raise StaleState


def _finish(
    finding: Finding, action: str, by: Any, before: dict[str, Any] | None = None
) -> Finding:
    stream = finding.sheet.visit.stream
    after = {} if finding.withdrawn_at else _said(finding)
    record(action, finding, by=by, stream=stream, before=before, after=after)
    actions.follow(finding.sheet.visit, by=by)
    return finding


def _said(finding: Finding) -> dict[str, Any]:
    return {"order": finding.order, "text": finding.text, "advice": finding.advice}


def _criterion(sheet: Scoresheet, code: str) -> Criterion | None:
    if not code:
        return None
    points = Criterion.objects.filter(item__section__version=sheet.version_id, code=code)
    if not (found := points.first()):
        raise Refused(f"这份评分表里没有得分点 {code}。")
    return found
