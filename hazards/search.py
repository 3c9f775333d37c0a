"""Finding hazards by words: in the hazard itself, by its unit, by who is responsible."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import reduce
from operator import and_
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from chabaocu.prepared import Slot
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


@dataclass(frozen=True)
class Meant:
    """What words may mean: hazards that say them all, or those of a unit or a person so called.

    The keys are JSON, and empty where there are none; ``pks`` are the few that may say the words,
    or empty where every hazard on the way is asked.
    """

    words: tuple[Any, ...] = ()
    pks: Any = ""
    units: Any = ""
    hands: Any = ""

    def ways(self) -> list[Q]:
        """Each way in which the words mean a hazard; none where nothing was asked."""
        if not self.words:
            return []
        said = reduce(and_, (_says(word) for word in self.words))
        found = [Q(pk__in=_listed(self.pks)) & said if self.pks else said]
        found += [Q(unit__in=_listed(self.units))] if self.units else []
        return found + ([Q(responsible__in=_listed(self.hands))] if self.hands else [])

    @property
    def shape(self) -> "Meant":
        """The same with slots, whatever was asked in as many words; see ``Scope.shape``."""
        words = tuple(Slot(f"word {n}") for n, _ in enumerate(self.words))
        kinds = [name for name in ("pks", "units", "hands") if getattr(self, name)]
        return replace(self, words=words, **{name: Slot(name) for name in kinds})

    @property
    def values(self) -> dict[str, str]:
        """What stands in those slots."""
        words = {f"word {n}": word for n, word in enumerate(self.words)}
        return words | {"pks": self.pks, "units": self.units, "hands": self.hands}


def meant(q: str, scope: Scope, place: str = "") -> Meant:
    """What this person may mean by these words.

    ``place`` is the path that the person or the filter keeps to; without one the hazards are
    few enough to be asked one by one.
    """
    words = tuple(q.split())
    if not words:
        return Meant()
    pks = kept_words.find(words, place=place, limit=FEW) if place else None
    known = Organization.objects.within(scope).filter(name__icontains=q.strip())
    units = list(known.order_by().values_list("pk", flat=True)[:NAMES])
    hands = [pk for (pk,) in named(q.strip()).values_list("pk")[:NAMES]]
    few = "" if pks is None else json.dumps(pks)
    return Meant(words, few, json.dumps(units) if units else "", json.dumps(hands) if hands else "")


def named(name: Any) -> QuerySet[User]:
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


def _listed(keys: Any) -> RawSQL:
    """The keys of a JSON list as rows."""
    return RawSQL(LISTED[connection.vendor], [keys])


def _says(word: Any) -> Q:
    return Q(number__icontains=word) | Q(text__icontains=word) | Q(where__icontains=word)
