"""The last confirmed result of the same unit, for who reviews the present one."""

from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import F
from django.utils import timezone

from chabaocu.prepared import Select, Slot
from orgs.roles import Permission as P
from orgs.scope import Scope
from plans.models import Visit
from rubrics.models import Criterion, Version
from scoring.blank import blank
from scoring.models import Scoresheet
from scoring.standings import DONE

BEFORE = Visit._meta.get_field("submitted_at")


def last_sheet(visit: Visit, user: Any) -> Scoresheet | None:
    """Its frozen papers, if this person may see that result; the latest of an earlier round."""
    asked = {
        "target": visit.target_id,
        "kind": visit.target_kind,
        "scorer": visit.scorer,
        "plan": visit.plan_id,
        "before": visit.submitted_at or timezone.now(),
    }
    try:
        return _last(user.scope).first(**asked)
    except EmptyResultSet:  # who stands there sees no result at all
        return None


@lru_cache(maxsize=512)
def _last(scope: Scope) -> Select:
    """Compiled once for the scope that asks."""
    same = Visit.objects.within(scope, P.RESULT_VIEW).filter(
        target=Slot("target"),
        target_kind=Slot("kind"),
        scorer=Slot("scorer"),
        status__in=sorted(DONE),
        submitted_at__lt=Slot("before", BEFORE),
    )
    earlier = same.exclude(plan=Slot("plan")).order_by().values("pk")
    sheets = Scoresheet.objects.unscoped(reason="the papers of a result in scope")
    found = sheets.filter(visit__in=earlier, revision=F("visit__revision"))
    found = found.select_related("visit__plan", "version").order_by("-visit__submitted_at")
    return Select(lambda: found[:1])


def same_points(present: Version, other: Version) -> set[str]:
    """The codes under which both tables ask the same, by code and wording."""
    points = (p for section in blank(present) for item in section.items for p in item.points)
    wording = {point.code: point.text for point in points}
    if present.pk == other.pk:
        return set(wording)
    asked = Criterion.objects.filter(item__section__version=other.pk, code__in=wording)
    texts = asked.values_list("code", "text")
    return {code for code, text in texts if text == wording[code]}
