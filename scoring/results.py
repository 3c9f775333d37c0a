"""督导结果 as a list: ranked for the issuer, plain for units that were released theirs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Count, QuerySet
from django.http import HttpRequest, QueryDict

from orgs.roles import Permission as P
from plans.models import Plan, Visit
from rubrics.models import Rubric
from scoring.filters import PlaceFilter
from scoring.ranking import Rank, Score, ranks

S = Visit.Status
DONE = {S.CONFIRMED, S.ARCHIVED}
RANKED_ORDER = ("-rate", "-total", "pk")
RELEASED_ORDER = ("-released_at", "-pk")


def _rounds(request: HttpRequest) -> QuerySet[Plan]:
    return rounds(request.user)


class ResultFilter(PlaceFilter):
    """One round and one kind of unit at a time: only they are comparable."""

    plan = django_filters.ModelChoiceFilter(queryset=_rounds, label="轮次", empty_label=None)
    kind = django_filters.ChoiceFilter(
        field_name="target_kind", choices=Rubric.Target.choices, label="对象", empty_label=None
    )


@dataclass(frozen=True)
class Listing:
    """The rows of a page or a file, in order, and how they rank."""

    filter: PlaceFilter
    visits: QuerySet[Visit]
    order: tuple[str, ...]
    ranks: Mapping[Score, Rank]
    excluded: Mapping[str, int]  # why → how many are not ranked
    data: QueryDict

    @property
    def is_ranked(self) -> bool:
        return self.order == RANKED_ORDER

    def rank(self, visit: Visit) -> Rank | None:
        return self.ranks.get((visit.rate, visit.total))

    def rows(self, visits: Iterable[Visit]) -> Iterator[tuple[Visit, Rank | None]]:
        """The visits with their ranks."""
        return ((visit, self.rank(visit)) for visit in visits)


def rounds(user: Any) -> QuerySet[Plan]:
    """The rounds this person ranks, the newest first."""
    plans = Plan.objects.permitted(user, P.BOARD_VIEW).exclude(status=Plan.Status.DRAFT)
    return plans.order_by("-year", "-round_number", "-pk")


def listing(request: HttpRequest) -> Listing:
    """What ``request`` asks for, within the person's scope."""
    return _ranked(request) if request.user.may(P.VISIT_REVIEW) else _released(request)


def _ranked(request: HttpRequest) -> Listing:
    data = request.GET.copy()
    newest = rounds(request.user).first()
    data.setdefault("plan", str(newest.pk) if newest else "")
    data.setdefault("kind", Rubric.Target.COUNTY_UNION)
    visits = Visit.objects.permitted(request.user, P.VISIT_REVIEW).exclude(status=S.CANCELLED)
    narrowed = ResultFilter(data, visits, request=request)
    if not narrowed.is_valid() or newest is None:
        return Listing(narrowed, visits.none(), RANKED_ORDER, {}, {}, data)
    found = narrowed.qs
    chosen = narrowed.form.cleaned_data
    everyone = visits.filter(plan=chosen["plan"], target_kind=chosen["kind"])
    return Listing(
        filter=narrowed,
        visits=_with_names(found.filter(status__in=DONE, rate__isnull=False)),
        order=RANKED_ORDER,
        ranks=_ranks(everyone),
        excluded={
            "未确认": found.exclude(status__in=DONE).count(),
            "各点都不适用": found.filter(status__in=DONE, rate=None).count(),
        },
        data=data,
    )


def _released(request: HttpRequest) -> Listing:
    """Only what was released; no ranks, since a rank speaks of others."""
    visits = Visit.objects.permitted(request.user, P.RESULT_VIEW).filter(
        released_at__isnull=False, status__in=DONE
    )
    narrowed = PlaceFilter(request.GET, visits, request=request)
    return Listing(narrowed, _with_names(narrowed.qs), RELEASED_ORDER, {}, {}, request.GET)


def _with_names(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    return visits.select_related("plan", "target", "region__parent", "team", "version")


def _ranks(everyone: QuerySet[Visit]) -> Mapping[Score, Rank]:
    """Ranks among all confirmed of the round and kind, whatever the list is narrowed to."""
    scored = everyone.filter(status__in=DONE, rate__isnull=False).order_by()
    counted = scored.values_list("rate", "total").annotate(n=Count("pk"))
    return ranks(((rate, total), n) for rate, total, n in counted)
