"""What a draft says, as plain data: signed by hash, and frozen when it is submitted.

``content`` is canonical: equal papers give equal data on both databases, points as text with
two decimals, times in UTC. ``content_hash`` is what a signature binds.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from attachments.models import Attachment
from audit.canonical import sha256
from chabaocu.errors import Refused
from plans.models import Visit
from plans.models.visit import EDITABLE
from rubrics.evaluate import Given, Result
from rubrics.kinds.outcome import spelled
from rubrics.models import Criterion, Version
from rubrics.record_forms import form_for
from scoring.models import Answer, Scoresheet
from scoring.tables import table_of
from scoring.texts import printed_texts

HOLDER = "visit"
LOCKED = "这一稿已提交锁定，不能再改。须更正时，请组长撤回更正，或由审核人员退回。"
CENT = Decimal("0.01")


def hold(sheet: Scoresheet) -> None:
    """Take the draft for one change, as the first statement of the change's transaction.

    Counts the change and keeps others out until it is committed. Raises Refused once the draft
    is frozen, or its visit no longer takes changes.
    """
    visit = Visit.objects.filter(pk=OuterRef("visit_id"), status__in=EDITABLE)
    # frozen_at stands beside the subquery: a waiting writer must see it again after the wait
    rows = Scoresheet.objects.filter(Exists(visit), pk=sheet.pk, frozen_at=None)
    if not rows.update(edits=F("edits") + 1):
        raise Refused(LOCKED)


def content(sheet: Scoresheet) -> dict[str, Any]:
    """Everything the two signers answer for: 评分表, 记录表 and the files behind them."""
    visit = Visit.objects.select_related("plan__issuer", "phase", "target", "region", "team").get(
        pk=sheet.visit_id
    )
    version = Version.objects.with_tree().get(pk=sheet.version_id)
    answers = {a.criterion.code: a for a in sheet.answers.select_related("criterion", "by")}
    result = scored(version, answers.values())
    return {
        "plan": {"title": visit.plan.title, "issuer": visit.plan.issuer.name},
        "visit": _visit(visit),
        "version": _version(version),
        "members": _members(visit),
        "revision": sheet.revision,
        "reason": sheet.reason,
        "points": _points(version, answers, result),
        **_sums(version, result),
        "texts": printed_texts(sheet, form_for(visit.target_kind, by_unit=visit.is_self)),
        "findings": _findings(sheet),
        "attachments": _attachments(sheet),
    }


def content_hash(sheet: Scoresheet) -> str:
    """The hash a signature binds: of the papers as they are now, signatures left out."""
    return sha256(content(sheet))


def scored(version: Version, answers: Iterable[Answer]) -> Result:
    """The result of agreed answers; an open or disputed point counts as not answered."""
    given = {
        answer.criterion.code: Given(answer.inputs, answer.not_applicable)
        for answer in answers
        if answer.state == Answer.State.AGREED
    }
    return table_of(version).result(given)


def seal(sheet: Scoresheet) -> dict[str, Any]:
    """Freeze the draft with its standing signatures; the caller holds it and has checked it.

    Afterwards ``frozen``, ``content_hash`` and ``frozen_at`` never change again.
    """
    frozen = content(sheet)
    frozen["signed_hash"] = sha256(frozen)
    frozen["signatures"] = [
        {
            "role": signature.role,
            "name": signature.user.name,
            "method": signature.method,
            "signed_at": signature.signed_at.isoformat(),
            "strokes": signature.strokes,
            "scan": signature.image.sha256 if signature.image else "",
        }
        for signature in sheet.signatures.filter(
            voided_at=None, content_hash=frozen["signed_hash"]
        ).select_related("user", "image")
    ]
    sheet.frozen, sheet.content_hash = frozen, sha256(frozen)
    sheet.total, sheet.frozen_at = Decimal(frozen["total"]), timezone.now()
    sheet.save(update_fields=["frozen", "content_hash", "total", "frozen_at"])
    return frozen


def _visit(visit: Visit) -> dict[str, Any]:
    return {
        "target": visit.target.name,
        "target_kind": visit.target_kind,
        "region": visit.region.name,
        "phase": visit.phase.name,
        "team": visit.team.name if visit.team else "",
        "date": visit.visit_on.isoformat() if visit.visit_on else "",
        "starts_at": visit.starts_at.strftime("%H:%M") if visit.starts_at else "",
        "ends_at": visit.ends_at.strftime("%H:%M") if visit.ends_at else "",
        **({"scorer": visit.scorer} if visit.is_self else {}),
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "code": version.rubric.code,
        "number": version.number,
        "annex": version.annex,
        "title": version.title,
        "unit_label": version.unit_label,
        "layout": version.layout,
        "heads": version.heads,
        "total": _plain(version.total),
        "content_hash": version.content_hash,
    }


def _members(visit: Visit) -> list[dict[str, str]]:
    if visit.team is None:
        return []
    members = visit.team.members.select_related("user").order_by("pk")
    return [
        {"name": member.user.name, "role": member.role, "label": member.get_role_display()}
        for member in members
    ]


def _points(version: Version, answers: dict[str, Answer], result: Result) -> list[dict[str, Any]]:
    return [
        _point(item.number, criterion, answers.get(criterion.code), result)
        for section in version.sections.all()
        for item in section.items.all()
        for criterion in item.criteria.all()
    ]


def _point(
    item: int, criterion: Criterion, answer: Answer | None, result: Result
) -> dict[str, Any]:
    answer = answer or Answer(criterion=criterion)
    outcome = result.by_code[criterion.code]
    return {
        "code": criterion.code,
        "item": item,
        "kind": criterion.kind,
        "max": _plain(criterion.points),
        "state": answer.state,
        "inputs": answer.inputs,
        "points": _plain(outcome.points) if outcome else None,
        "explanation": outcome.explanation if outcome else "",
        "verdict": outcome.verdict if outcome else "",
        "vetoed": bool(outcome and outcome.vetoes),
        "short": bool(outcome and outcome.falls_short(criterion.points)),
        "not_applicable": answer.not_applicable,
        "reason": answer.reason,
        "note": answer.note,
        "by": answer.by.name if answer.by else "",
        "at": answer.at.isoformat() if answer.at else "",
    }


def _sums(version: Version, result: Result) -> dict[str, Any]:
    return {
        "items": [
            {
                "number": item.number,
                "section": section.name,
                "max": _plain(item.points),
                "points": _plain(result.items[item.number]),
            }
            for section in version.sections.all()
            for item in section.items.all()
        ],
        "adjustments": [
            {"name": one.name, "points": spelled(one.points), "section": one.section}
            for one in result.adjustments
        ],
        "grade": result.grade,
        "verdicts": dict(result.verdicts),
        "total": _plain(result.total),
        "applicable": _plain(result.applicable),
        "rate": None if result.rate is None else str(result.rate),
        **_settled(result),
    }


def _settled(result: Result) -> dict[str, Any]:
    """What tables with a scheme or with judgements come to besides; of others, nothing."""
    told = {
        "adjustments": [
            {"name": change.name, "points": _plain(change.points)} for change in result.adjustments
        ],
        "grade": result.grade,
        "verdicts": dict(result.verdicts),
    }
    return {name: part for name, part in told.items() if part}


def _findings(sheet: Scoresheet) -> list[dict[str, Any]]:
    findings = sheet.findings.filter(withdrawn_at=None).select_related("criterion")
    return [
        {
            "number": number,
            "code": finding.criterion.code if finding.criterion else "",
            "text": finding.text,
            "advice": finding.advice,
        }
        for number, finding in enumerate(findings, start=1)
    ]


def _attachments(sheet: Scoresheet) -> list[dict[str, str]]:
    """The evidence; a scan of the signed page is part of the signature, not of what is signed."""
    files = Attachment.objects.filter(holder_type=HOLDER, holder_id=sheet.visit_id).live()
    return [
        {"slot": file.slot, "sha256": file.sha256, "name": file.name}
        for file in files.exclude(slot__startswith="signature:").order_by("slot", "pk")
    ]


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else str(value.quantize(CENT, ROUND_HALF_UP))
