"""Cancel one visit; the draw does it too, when it replaces who was to be visited."""

from django.db import transaction

from audit.record import record
from chabaocu.errors import Refused, StaleState
from orgs.models import User
from plans.models import Visit, VisitEvent
from plans.models.visit import EDITABLE

S = Visit.Status


@transaction.atomic
def cancel_visit(visit: Visit, *, by: User, reason: str) -> None:
    """Record why a drawn unit is not visited; its papers, if any, stay as they are."""
    rows = Visit.objects.filter(pk=visit.pk, status=visit.status, status__in=EDITABLE)
    source = visit.status
    if not rows.update(status=S.CANCELLED, cancelled_reason=reason):
        raise StaleState
    if not reason.strip():
        raise Refused("请写明取消这次督导的理由。")
    VisitEvent.objects.create(
        visit=visit, move="cancel", source=source, target=S.CANCELLED, by=by, note=reason
    )
    visit.refresh_from_db()
    before, after = {"status": source}, {"status": S.CANCELLED}
    record(
        "visit.cancel", visit, by=by, stream=visit.stream, before=before, after=after, reason=reason
    )
