"""Finding hazards by words: in the hazard itself, by its unit, by who is responsible."""

import json
from datetime import timedelta
from functools import reduce
from operator import and_

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from hazards import kept_words
from hazards.models import Hazard
from orgs.models import Organization, User
from orgs.scope import Scope

NAMES = 50  # units and people that a word may mean; a word that means more says nothing
FEW = 3_000  # hazards that are looked at one by one; a commoner word is met soon on the way
RECENT = timedelta(days=3)
BATCH = 2_000
LISTED = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT value::bigint FROM json_array_elements_text(%s::json)",
}


def ways(q: str, scope: Scope, place: str = "") -> list[Q]:
    """Each way in which the words may mean a hazard; none where nothing was asked.

    ``place`` is the path that the person or the filter keeps to; without one the hazards are
    few enough to be asked one by one.
    """
    words = q.split()
    if not words:
        return []
    found = [_held(words, place)]
    known = Organization.objects.within(scope).filter(name__icontains=q.strip())
    if units := list(known.order_by().values_list("pk", flat=True)[:NAMES]):
        found.append(Q(unit__in=units))
    if hands := [pk for (pk,) in named(q.strip()).values_list("pk")[:NAMES]]:
        found.append(Q(responsible__in=hands))
    return found


def named(name: str) -> QuerySet[User]:
    """The keys of people by a piece of their name; what they answer for is shown in scope only."""
    people = User.objects.unscoped(reason="whose hazards are shown is said by their scope")
    return people.select_related(None).filter(name__icontains=name).order_by().values("pk")


def keep(hazards: QuerySet[Hazard] | list[Hazard]) -> None:
    """Make these hazards findable by what they say now; the caller's transaction."""
    kept_words.keep(
        kept_words.Said(h.pk, h.region_path, (h.number, h.where, h.text)) for h in hazards
    )


def catch_up() -> None:
    """Keep the words of whatever was written lately, however it was written."""
    lately = Hazard.objects.unscoped(reason="every hazard can be searched")
    lately = lately.filter(reported_at__gte=timezone.now() - RECENT).order_by("pk")
    pks = list(lately.values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        keep(lately.filter(pk__in=pks[start : start + BATCH]))


def _held(words: list[str], place: str) -> Q:
    """Hazards that say every word: by their kept pairs, or one by one where most may."""
    said = reduce(and_, (_says(word) for word in words))
    pks = kept_words.find(words, place=place, limit=FEW) if place else None
    if pks is None:
        return said
    return Q(pk__in=RawSQL(LISTED[connection.vendor], [json.dumps(pks)])) & said


def _says(word: str) -> Q:
    return Q(number__icontains=word) | Q(text__icontains=word) | Q(where__icontains=word)
