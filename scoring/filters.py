"""What lists of visits can be narrowed by: round, place, kind of unit, state."""

import django_filters
from django.db.models import QuerySet

from chabaocu.lists import Each
from orgs.models import Region
from orgs.roles import Permission as P
from orgs.scope import path_range
from plans.models import Plan, Visit
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


def _rounds(request) -> QuerySet[Plan]:
    """The rounds whose visits this person reviews."""
    plans = Plan.objects.permitted(request.user, P.BOARD_VIEW)
    return plans.exclude(status=Plan.Status.DRAFT)


class PlaceFilter(django_filters.FilterSet):
    """City and county as selects; a county's choices are those of its city."""

    kind = django_filters.ChoiceFilter(
        field_name="target_kind", choices=Rubric.Target.choices, label="对象", empty_label="全部"
    )
    city = django_filters.ChoiceFilter(method="within", label="市", empty_label="全部")
    county = django_filters.ChoiceFilter(method="within", label="县（市、区）", empty_label="全部")

    class Meta:
        model = Visit
        fields: list[str] = []

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        regions = Region.objects.visible_to(self.request.user).filter(valid_to=None)
        place = self.data.get("city") or self.data.get("county", "")[:6]
        self.filters["city"].extra["choices"] = _choices(regions, Region.Level.CITY)
        self.filters["county"].extra["choices"] = (
            _choices(regions.filter(path_range("path", place)), Region.Level.COUNTY)
            if place.isascii() and place.isdigit() and len(place) == len("001001")
            else []
        )

    def narrow(self, visits: QuerySet[Visit]) -> QuerySet[Visit]:
        """These visits under the same filters as ``qs``."""
        return self.filter_queryset(visits) if self.is_valid() else visits.none()

    def within(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(path_range("place", value))


class ReviewFilter(PlaceFilter):
    """The reviewer's list."""

    plan = django_filters.ModelChoiceFilter(queryset=_rounds, label="轮次", empty_label="全部")
    status = django_filters.ChoiceFilter(
        method="in_state",
        label="状态",
        choices=[(ALL, "全部"), *((state, label) for state, (label, _) in STATES.items())],
        empty_label=None,
    )

    def in_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """The list is read state by state, so that each is read along an index (see ``parts``)."""
        return queryset

    def parts(self, tab: str) -> list[Each]:
        """The visits of a tab under the other filters, state by state."""
        return [Each(self.qs, {"status": states_of(tab)})]


def states_of(tab: str) -> list[str]:
    """The states that a tab shows; an unknown tab shows none, and the field says why."""
    if tab == ALL:
        return [state for _, states in STATES.values() for state in states]
    return list(STATES[tab][1]) if tab in STATES else []


def _choices(regions: QuerySet[Region], level: str) -> list[tuple[str, str]]:
    return list(regions.filter(level=level).order_by("path").values_list("path", "name"))
