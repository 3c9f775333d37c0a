"""督导结果 as a list: ranked for the issuer, plain for units that were released theirs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from chabaocu.lists import Each, Page, Part, bounded_counts, keyset_page, told
from orgs.roles import Permission as P
from plans.models import Plan, Visit
from rubrics.models import Rubric
from scoring.filters import PlaceFilter
from scoring.lines import Line, lines
from scoring.models import Standing
from scoring.ranking import Rank, Score, ranks
from scoring.standings import DONE

S = Visit.Status
RANKED_ORDER = ("-rate", "-total", "pk")
JUDGED_ORDER = ("place", "pk")
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
    parts: Sequence[Part]  # the same without common rows, each to be read along an index
    order: tuple[str, ...]
    ranks: Mapping[Score, Rank]
    excluded: Mapping[str, str]  # why → how many are not ranked
    data: QueryDict

    @property
    def is_ranked(self) -> bool:
        return self.order == RANKED_ORDER

    @property
    def is_judged(self) -> bool:
        """Whether these are checklists: counted and not ranked."""
        return self.order == JUDGED_ORDER

    @property
    def is_desk(self) -> bool:
        """Whether the issuer reads it, who sees teams and what is not released."""
        return self.is_ranked or self.is_judged

    def rows(self, visits: Iterable[Visit]) -> Iterator[tuple[Visit, Rank | None]]:
        """The visits with their ranks, for a file."""
        return ((visit, self.ranks.get((visit.rate, visit.total))) for visit in visits)

    def page(self) -> Page:
        """The page asked for."""
        target = "scoring:visit_review" if self.is_desk else "scoring:visit_result"
        return keyset_page(
            self.parts, self.data, order=self.order, load=partial(lines, page=target)
        )

    def lines(self, page: Page) -> list[tuple[Line, str]]:
        """The rows of a page with their ranks in words."""
        return [(line, str(self.ranks.get(line.score, ""))) for line in page]


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
    visits = Visit.objects.permitted(request.user, P.VISIT_REVIEW)
    narrowed = ResultFilter(data, visits, request=request)
    if not narrowed.is_valid() or newest is None:
        return Listing(narrowed, visits.none(), [], RANKED_ORDER, {}, {}, data)
    found = narrowed.qs
    chosen = narrowed.form.cleaned_data
    standings = Standing.objects.permitted(request.user, P.VISIT_REVIEW)
    ranked = _ranks(standings.filter(plan=chosen["plan"], target_kind=chosen["kind"]))
    judged = found.filter(rate=None, verdicts__isnull=False)
    is_judged = not ranked and judged.filter(status__in=DONE).exists()
    shown = judged if is_judged else found.filter(rate__isnull=False)
    return Listing(
        filter=narrowed,
        visits=_with_names(shown.filter(status__in=DONE)),
        parts=_by_state([shown]),
        order=JUDGED_ORDER if is_judged else RANKED_ORDER,
        ranks=ranked,
        excluded=_excluded(found),
        data=data,
    )


def _released(request: HttpRequest) -> Listing:
    """Only what was released; no ranks, since a rank speaks of others."""
    visits = Visit.objects.permitted(request.user, P.RESULT_VIEW).filter(status__in=DONE)
    narrowed = PlaceFilter(request.GET, visits.filter(released_at__isnull=False), request=request)
    parts = [
        narrowed.narrow(part.filter(released_at__isnull=False))
        for part in Visit.objects.parts(request.user, P.RESULT_VIEW)
    ]
    whole = _with_names(narrowed.qs)
    return Listing(narrowed, whole, _by_state(parts), RELEASED_ORDER, {}, {}, request.GET)


def _by_state(parts: Iterable[QuerySet[Visit]]) -> list[Each]:
    return [Each(part, {"status": sorted(DONE)}) for part in parts]


def _with_names(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    return visits.select_related("plan", "target", "region__parent", "team", "version")


def _ranks(standings: QuerySet[Standing]) -> Mapping[Score, Rank]:
    """Ranks among all confirmed of the round and kind, whatever the list is narrowed to."""
    counted = standings.filter(visits__gt=0).order_by().values_list("rate", "total", "visits")
    return ranks(((rate, total), n) for rate, total, n in counted)


def _excluded(found: QuerySet[Visit]) -> dict[str, str]:
    """Why visits are not ranked, and how many."""
    others = [state for state in S if state not in DONE | {S.CANCELLED}]
    open_ones, scoreless = (
        Each(found, {"status": others}),
        found.filter(rate=None, verdicts__isnull=True),
    )
    counts = bounded_counts([open_ones, Each(scoreless, {"status": sorted(DONE)})])
    unconfirmed, scoreless = sum(counts[: len(others)]), sum(counts[len(others) :])
    return {"未确认": told(unconfirmed), "各点都不适用": told(scoreless)}
