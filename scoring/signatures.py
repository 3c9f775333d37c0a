"""Which signatures stand. One truth: a signature stands while what it signed is unchanged."""

from typing import Any

from django.utils import timezone

from plans.models import Visit
from scoring import freeze
from scoring.freeze import content_hash
from scoring.models import Scoresheet, Signature, Signer

BY_TEAM = (Signer.LEADER, Signer.RECORDER)
BY_UNIT = (Signer.UNIT,)
CHANGED = "签字后内容有改动"


def signers_of(visit: Visit) -> tuple[Signer, ...]:
    """Who signs the papers: 组长 and 记录人; under a 自查 one person, who answers for the unit."""
    return BY_UNIT if visit.is_self else BY_TEAM


def standing(sheet: Scoresheet) -> dict[str, Signature]:
    """The signatures that stand now, by role; under a frozen draft for ever."""
    signatures = list(sheet.signatures.filter(voided_at=None).select_related("user", "image"))
    if not signatures:
        return {}
    present = sheet.frozen["signed_hash"] if sheet.frozen else content_hash(sheet)
    return {s.role: s for s in signatures if s.content_hash == present}


def hold(sheet: Scoresheet) -> None:
    """Take the draft for a change of what is signed; raises Refused as ``freeze.hold`` does."""
    freeze.hold(sheet)
    void(sheet)


def void(sheet: Scoresheet, reason: str = CHANGED) -> int:
    """Stamp the signatures of a changed draft as void; how many there were."""
    return Signature.objects.filter(sheet=sheet, voided_at=None).update(**stamp(reason))


def stamp(reason: str) -> dict[str, Any]:
    """The columns that void a signature now."""
    return {"voided_at": timezone.now(), "voided_reason": reason}
