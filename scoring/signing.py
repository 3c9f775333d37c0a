"""组长 and 记录人 sign sheet and record together (《域》8：一个内容哈希).

A 自查 is signed once, by one of the unit's people: whoever signs confirms, under their own name
and for the unit, that the table says what the unit found. It replaces no seal of the unit.

A signature is an internal sign-off: it binds the content hash of the draft, and stands while the
draft says the same. The password was asked again by the caller, except for a scan of the paper.
"""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from attachments import actions as files
from attachments.models import Attachment
from audit.record import record
from chabaocu.errors import Refused
from orgs.models import User
from orgs.roles import Permission
from plans.models import Visit
from scoring import actions, freeze, signatures
from scoring.completeness import unfilled
from scoring.models import Scoresheet, Signature, Signer
from scoring.signatures import signers_of, standing
from scoring.strokes import Line

Method = Signature.Method
RESIGNED = "重新签字"
BY_TWO = "只有本组的组长和记录人签字。"


def role_of(visit: Visit, user: Any) -> str | None:
    """Which signature this person gives here: 组长, 记录人 or 单位负责人; None gives none."""
    if visit.is_self:
        return Signer.UNIT if answers_for(visit, user) else None
    member = visit.team.members.filter(user=user).first() if visit.team_id else None
    return member.role if member and member.role in signers_of(visit) else None


def answers_for(visit: Visit, user: Any) -> bool:
    """Whether a 自查 is this person's unit's own, and theirs to sign."""
    permitted = Visit.objects.permitted(user, Permission.VISIT_SIGN)
    return visit.is_self and permitted.filter(pk=visit.pk).exists()


def signer(visit: Visit, role: str) -> User | None:
    """The person whose signature ``role`` is; None while the team has none."""
    if not visit.team_id:
        return None
    member = visit.team.members.select_related("user").filter(role=role).first()
    return member.user if member else None


@transaction.atomic
def sign(sheet: Scoresheet, *, by: Any, seen: str, strokes: list[Line] | None = None) -> Signature:
    """Sign as what one is in the team, drawn or (without strokes) by password alone.

    ``seen`` is the content hash of the page that was signed: if the papers have changed since,
    nothing is signed.
    """
    role = role_of(sheet.visit, by)
    if role is None:
        raise Refused("自查由本单位的人员签字。" if sheet.visit.is_self else BY_TWO)
    method = Method.DRAWN if strokes else Method.PASSWORD
    freeze.hold(sheet)
    return _add(sheet, role, by, by=by, seen=seen, method=method, strokes=strokes or [])


def sign_by_scan(
    sheet: Scoresheet, role: str, upload: UploadedFile, *, by: Any, seen: str, upload_id: UUID
) -> None:
    """Take the scan of the paper that ``role`` signed in ink; either signer may bring it.

    The scan is checked first, which takes time; then the draft is held, and file and signature
    are stored together or not at all. The same ``upload_id`` again has no second effect.
    """
    user = by if sheet.visit.is_self else signer(sheet.visit, role)
    check(sheet, role, user, seen=seen)

    def sign_with(image: Attachment) -> None:
        _add(sheet, role, user, by=by, seen=seen, method=Method.SCAN, image=image)

    files.add(
        upload,
        holder_type=freeze.HOLDER,
        holder_id=sheet.visit_id,
        slot=f"signature:{role}",
        upload_id=upload_id,
        by=by,
        stream=sheet.visit.stream,
        hold=partial(freeze.hold, sheet),
        then=sign_with,
    )


def check(sheet: Scoresheet, role: str, user: User | None, *, seen: str) -> None:
    """Raise Refused unless ``user`` can sign now as ``role`` what the page showed."""
    if user is None:
        raise Refused(f"督导组还没有{Signer(role).label}，请先在方案里指定。")
    if sheet.frozen_at or not sheet.visit.is_editable:
        raise Refused(freeze.LOCKED)
    if gaps := unfilled(sheet):
        raise Refused(f"还差 {len(gaps)} 项没有填，补齐后再签字：{gaps[0].label}。")
    if seen != freeze.content_hash(sheet):
        raise Refused("内容刚有改动，还没有签上。请看过现在的内容再签。")


def _add(
    sheet: Scoresheet, role: str, user: Any, *, by: Any, seen: str, **fields: Any
) -> Signature:
    """Store a signature of the draft that the caller holds."""
    check(sheet, role, user, seen=seen)
    _refuse_same_person(sheet, role, user)
    sheet.signatures.filter(role=role, voided_at=None).update(**signatures.stamp(RESIGNED))
    signature = Signature.objects.create(
        sheet=sheet, role=role, user=user, content_hash=seen, **fields
    )
    record(
        "signature.add",
        signature,
        by=by,
        stream=sheet.visit.stream,
        after={"role": role, "user": f"{user}#{user.pk}", "method": signature.method, "hash": seen},
    )
    actions.follow(sheet.visit, by=by)
    return signature


def _refuse_same_person(sheet: Scoresheet, role: str, user: Any) -> None:
    signed = standing(sheet)
    for other in signers_of(sheet.visit):
        if other != role and other in signed and signed[other].user_id == user.pk:
            raise Refused(f"{other.label}和{Signer(role).label}不能是同一人。")
