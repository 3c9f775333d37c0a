"""The last confirmed result of the same unit, for who reviews the present one."""

from typing import Any

from django.db.models import F
from django.utils import timezone

from orgs.roles import Permission as P
from plans.models import Visit
from rubrics.models import Criterion, Version
from scoring.models import Scoresheet
from scoring.standings import DONE


def last_sheet(visit: Visit, user: Any) -> Scoresheet | None:
    """Its frozen papers, if this person may see that result; the latest of an earlier round."""
    seen = Visit.objects.permitted(user, P.RESULT_VIEW)
    same = seen.filter(
        target=visit.target_id,
        target_kind=visit.target_kind,
        scorer=visit.scorer,
        status__in=DONE,
        submitted_at__lt=visit.submitted_at or timezone.now(),
    ).exclude(plan=visit.plan_id)
    sheets = Scoresheet.objects.unscoped(reason="the papers of a result in scope")
    found = sheets.filter(visit__in=same.values("pk"), revision=F("visit__revision"))
    return found.select_related("visit__plan", "version").order_by("-visit__submitted_at").first()


def same_points(present: Version, other: Version) -> set[str]:
    """The codes under which both tables ask the same, by code and wording."""
    wording = {
        criterion.code: criterion.text
        for section in present.sections.all()
        for item in section.items.all()
        for criterion in item.criteria.all()
    }
    if present.pk == other.pk:
        return set(wording)
    points = Criterion.objects.filter(item__section__version=other.pk, code__in=wording)
    texts = points.values_list("code", "text")
    return {code for code, text in texts if text == wording[code]}
