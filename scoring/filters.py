"""What lists of visits can be narrowed by: round, kind of unit, place, state.

Plain forms: a list is asked for all day long, and a filter set made for each request would cost
more than its rows. What is offered is read by statements compiled once for each scope.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import QueryDict

from chabaocu.prepared import Select, Slot
from orgs.models import Region
from orgs.roles import Permission as P
from orgs.scope import PathSlot, Scope, path_range
from plans.models import Phase, Plan, PlanRubric, Visit
from rubrics.models import Rubric

S = Visit.Status
ALL = "all"
STATES: dict[str, tuple[str, list[str]]] = {
    S.SUBMITTED: ("待审核", [S.SUBMITTED]),
    S.RETURNED: ("已退回", [S.RETURNED]),
    S.CONFIRMED: ("已确认", [S.CONFIRMED, S.ARCHIVED]),
    S.PLANNED: ("未开始", [S.PLANNED]),
    S.FILLING: ("填写中", [S.FILLING]),
    S.SIGNING: ("待签字", [S.SIGNING]),
}
EVERY = ("", "全部")
OWN = "本级"  # of a place that has units itself, in none of the places below it
CITY = len("001001")
KINDS = Rubric.Target.choices
DEEDS = [*Phase.DEEDS.items()]
NEWEST = ("-year", "-round_number", "-pk")
NAMED = ("plan", "kind", "scorer")
Choices = Sequence[tuple[Any, str]]


@dataclass(frozen=True)
class Narrowing:
    """What was chosen; a list is kept by it."""

    plan: int | None = None
    kind: str = ""
    places: tuple[str, ...] = ()
    scorer: str = ""
    is_own: bool = False  # of the last place its own units alone
    is_wrong: bool = False  # a choice that is not offered finds nothing

    @cached_property
    def shape(self) -> "Narrowing":
        """The same narrowing by whatever values: slots in their places; see ``Scope.shape``."""
        slots = {name: Slot(name) for name in NAMED if getattr(self, name)}
        places = (PathSlot(f"place {n}", len(path)) for n, path in enumerate(self.places))
        return replace(self, places=tuple(places), **slots)

    @property
    def values(self) -> dict[str, Any]:
        """What stands in the slots of ``shape``."""
        places = {f"place {n}": path for n, path in enumerate(self.places)}
        return places | {name: getattr(self, name) for name in NAMED}

    def of(self, visits: QuerySet[Any], at: str = "") -> QuerySet[Any]:
        """Those of the visits that meet every choice; or of rows whose visit is ``at`` a path."""
        if self.is_wrong:
            return visits.none()
        if self.plan:
            visits = visits.filter(**{f"{at}plan": self.plan})
        if self.kind:
            visits = visits.filter(**{f"{at}target_kind": self.kind})
        if self.scorer:
            visits = visits.filter(**{f"{at}scorer": self.scorer})
        for path in self.places:
            visits = visits.filter(path_range(f"{at}place", path))
        if self.is_own:
            visits = visits.filter(**{f"{at}place": self.places[-1]})
        return visits


class PlaceForm(forms.Form):
    """Kind of unit, city and county as selects; the counties are those of the city.

    The city itself stands before them, for units of its own.
    """

    kind = forms.ChoiceField(label="对象", required=False, choices=[EVERY, *KINDS])
    city = forms.ChoiceField(label="市", required=False)
    county = forms.ChoiceField(label="县（市、区）", required=False)

    def __init__(self, data: QueryDict, *, scope: Scope) -> None:
        super().__init__(data)
        place = self.data.get("city") or self.data.get("county", "")[:CITY]
        self.fields["city"].choices = [EVERY, *_cities(scope).rows()]
        self.fields["county"].choices = [EVERY, *_counties_of(scope, place)]

    @property
    def narrowing(self) -> Narrowing:
        """What is chosen; the fields say what is wrong with it."""
        if not self.is_valid():
            return Narrowing(is_wrong=True)
        chosen = self.cleaned_data
        city, county, scorer = chosen["city"], chosen["county"], chosen.get("scorer", "")
        places = tuple(dict.fromkeys(filter(None, (city, county))))
        plan = int(chosen.get("plan") or 0) or None
        return Narrowing(plan, chosen["kind"], places, scorer, is_own=len(county) == CITY)


class ReviewForm(PlaceForm):
    """The reviewer's list."""

    plan = forms.ChoiceField(label="轮次", required=False)
    scorer = forms.ChoiceField(label="工作", required=False, choices=[EVERY, *DEEDS])
    field_order = ("plan", "scorer", "kind", "city", "county")

    def __init__(self, data: QueryDict, *, scope: Scope) -> None:
        super().__init__(data, scope=scope)
        self.fields["plan"].choices = [EVERY, *rounds_of(scope)]


class ResultForm(PlaceForm):
    """One round and one kind of unit at a time: only they are comparable."""

    plan = forms.ChoiceField(label="轮次")
    kind = forms.ChoiceField(label="对象", choices=KINDS)
    field_order = ("plan", "kind", "city", "county")

    def __init__(self, data: QueryDict, *, scope: Scope) -> None:
        rounds = _rounds(scope).rows()
        kinds = {str(pk): kind for pk, _, kind in rounds}
        data = data.copy()
        data.setdefault("plan", next(iter(kinds), ""))
        data.setdefault("kind", kinds.get(data["plan"]) or Rubric.Target.COUNTY_UNION)
        super().__init__(data, scope=scope)
        self.fields["plan"].choices = [(pk, title) for pk, title, _ in rounds]
        self.fields["plan"].required = bool(rounds)


def states_of(tab: str) -> list[str]:
    """The states that a tab shows; an unknown one shows none."""
    if tab == ALL:
        return [state for _, states in STATES.values() for state in states]
    return list(STATES[tab][1]) if tab in STATES else []


def rounds_of(scope: Scope) -> Choices:
    """The rounds whose visits this person reviews and ranks, the newest first."""
    return [(pk, title) for pk, title, _ in _rounds(scope).rows()]


def _counties_of(scope: Scope, city: str) -> Choices:
    if len(city) != CITY or not (city.isascii() and city.isdigit()):
        return []
    return [(city, f"市{OWN}"), *_counties(scope, city).rows()]


@lru_cache(maxsize=512)
def _rounds(scope: Scope) -> Select:
    """Key, title and the kind of unit that a round is opened with."""
    plans = Plan.objects.within(scope, P.BOARD_VIEW).exclude(status=Plan.Status.DRAFT)
    bound = PlanRubric.objects.filter(plan=OuterRef("pk")).order_by("target")
    opened = plans.annotate(kind=Subquery(bound.values("target")[:1]))
    return Select(lambda: opened.order_by(*NEWEST).values_list("pk", "title", "kind"))


@lru_cache(maxsize=512)
def _cities(scope: Scope) -> Select:
    return _named(Region.objects.within(scope).filter(level=Region.Level.CITY))


@lru_cache(maxsize=512)
def _counties(scope: Scope, city: str) -> Select:
    within = path_range("path", city)
    return _named(Region.objects.within(scope).filter(within, level=Region.Level.COUNTY))


def _named(regions: QuerySet[Region]) -> Select:
    standing = regions.filter(valid_to=None).order_by("path")
    return Select(lambda: standing.values_list("path", "name"))
