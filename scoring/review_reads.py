"""What the page of one visit's papers reads, compiled once for the scope that asks.

Nothing is decided here: scope comes from the querysets as everywhere, rules from the callers.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, Exists, OuterRef, Q
from django.db.models.functions import Cast

from attachments.models import Attachment
from chabaocu.lists import Keyset
from chabaocu.prepared import Select, Slot
from orgs.roles import Permission as P
from orgs.scope import Scope
from plans.models import Visit
from plans.models.visit import VisitEvent
from scoring.freeze import HOLDER
from scoring.models import Comment, Mark, Scoresheet, SelfComparison, Signature

HEAD = ("plan", "team", "target", "region__parent", "submitted_by", "vetted_by")
SAID = ("text", "at", "resolved_at", "sheet__revision", "criterion__code")
SAID += ("by__name", "resolved_by__name")
WAITING = ("place", "pk", "target__name")

SHEETS = Select(
    lambda: (
        Scoresheet.objects.unscoped(reason="the papers of a visit in hand")
        .filter(visit=Slot("visit"))
        .select_related("version")
        .order_by("revision")
    )
)
EVENTS = Select(
    lambda: (
        VisitEvent.objects.filter(visit=Slot("visit"))
        .select_related("by")
        .only("move", "source", "target", "at", "note", "by__name")
    )
)
REMARKS = Select(
    lambda: (
        Comment.objects.filter(sheet__visit=Slot("visit"))
        .select_related("sheet", "criterion", "by", "resolved_by")
        .only(*SAID)
    )
)
MARKS = Select(
    lambda: (
        Mark.objects.filter(sheet=Slot("sheet"), criterion__code=Slot("code"))
        .select_related("user")
        .only("points", "not_applicable", "reason", "at", "user__name")
    )
)
SIGNATURES = Select(
    lambda: (
        Signature.objects.filter(sheet=Slot("sheet"), voided_at=None)
        .select_related("user")
        .only("role", "method", "signed_at", "user__name")
    )
)
FILES = Select(
    lambda: (
        Attachment.objects.filter(holder_type=HOLDER, holder_id=Slot("visit"))
        .live()
        .exclude(slot__startswith="signature:")
        .only("kind", "name", "slot", "uploaded_at")
    )
)


def first(asking: Select, **values: Any) -> Any | None:
    """The first row; None, too, where the scope that asks can never see one."""
    try:
        return asking.first(**values)
    except EmptyResultSet:
        return None


@lru_cache(maxsize=512)
def visible(scope: Scope) -> Select:
    """A visit with all that stands in the page's head, and what this person may do with it."""
    seen = Visit.objects.within(scope).filter(pk=Slot("pk")).select_related(*HEAD)
    asked = {"may_review": P.VISIT_REVIEW, "may_fill": P.VISIT_FILL}
    held = {
        # cast: what nobody in this scope can have is a parameter, which PostgreSQL would call text
        name: Cast(Exists(Visit.objects.within(scope, p).filter(pk=OuterRef("pk"))), BooleanField())
        for name, p in asked.items()
    }
    return Select(lambda: seen.annotate(**held).order_by())


@lru_cache(maxsize=512)
def compared(scope: Scope) -> Select:
    """What the unit said of itself beside a sheet."""
    rows = SelfComparison.objects.within(scope, P.VISIT_REVIEW).filter(sheet=Slot("sheet"))
    return Select(lambda: rows.select_related("check_sheet"))


@dataclass(frozen=True)
class Waiting:
    """The papers of a round that wait for review, about the one that is open."""

    counts: Keyset  # all, and those before it
    before: Select
    after: Select


@lru_cache(maxsize=512)
def waiting(scope: Scope) -> Waiting:
    """In the order of divisions; ``plan``, ``place`` and ``pk`` say which one is open."""
    plan, place, pk = Slot("plan"), Slot("place"), Slot("pk")
    visits = Visit.objects.within(scope, P.VISIT_REVIEW)
    rows = visits.filter(plan=plan, status=Visit.Status.SUBMITTED)
    above = rows.filter(Q(place__lt=place) | Q(place=place, pk__lt=pk), place__lte=place)
    below = rows.filter(Q(place__gt=place) | Q(place=place, pk__gt=pk), place__gte=place)
    return Waiting(
        Keyset([rows, above]),
        Select(lambda: above.order_by("-place", "-pk").values_list(*WAITING)[:1]),
        Select(lambda: below.order_by("place", "pk").values_list(*WAITING)[:1]),
    )
