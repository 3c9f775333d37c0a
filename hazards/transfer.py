"""督导转入: a problem found on a visit becomes a hazard of the visited unit."""

from uuid import NAMESPACE_URL, uuid4, uuid5

from django.db import transaction

from attachments.models import Attachment
from chabaocu.errors import Refused
from hazards import actions, evidence
from hazards.guards import HOLDER
from hazards.models import Hazard
from orgs.models import User
from scoring.models import Finding

TAKEN = "这个问题已经转为隐患 {}，不重复转。"
NO_UNIT = "只有企业、事业单位的问题可以转为隐患。"


@transaction.atomic
def transfer(finding: Finding, *, by: User, where: str, kind: str) -> Hazard:
    """Report the problem as a hazard of its unit, once, with the photos of its scoring point."""
    visit = finding.sheet.visit
    if not visit.target.is_workplace:
        raise Refused(NO_UNIT)
    if taken := Hazard.objects.filter(finding=finding).first():
        raise Refused(TAKEN.format(taken.number))
    hazard = actions.report(
        visit.target,
        by=by,
        report_id=uuid5(NAMESPACE_URL, f"finding-{finding.pk}"),
        where=where,
        text=finding.text[:1000],
        kind=kind,
        source=Hazard.Source.FINDING,
        finding=finding,
    )
    _carry_photos(finding, hazard, by)
    return hazard


def _carry_photos(finding: Finding, hazard: Hazard, by: User) -> None:
    """The same content under a new holder: what the unit sees, it sees through the hazard."""
    if finding.criterion is None:
        return
    held = Attachment.objects.live().filter(
        holder_type="visit", holder_id=finding.sheet.visit_id, slot=finding.criterion.code
    )
    for photo in held.filter(kind=Attachment.Kind.PHOTO):
        photo.pk, photo._state.adding = None, True
        photo.holder_type, photo.holder_id, photo.slot = HOLDER, hazard.pk, evidence.BEFORE
        photo.upload_id, photo.uploaded_by = uuid4(), by
        photo.save()
