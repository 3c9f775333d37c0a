"""督导结果 as a list: ranked for the issuer, plain for units that were released theirs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache, partial

from django.db.models import QuerySet, Sum
from django.http import HttpRequest, QueryDict

from chabaocu.lists import Each, Keyset, Page, told, totals
from chabaocu.prepared import Select, Slot
from orgs.roles import Permission as P
from orgs.scope import Scope
from plans.models import Visit
from scoring.filters import Narrowing, PlaceForm, ResultForm
from scoring.lines import Line, lines
from scoring.models import Standing
from scoring.ranking import Rank, Score, ranks
from scoring.standings import DONE, RANKED

S = Visit.Status
Order = tuple[str, ...]
RANKED_ORDER: Order = ("-rate", "-total", "pk")
JUDGED_ORDER: Order = ("place", "pk")
RELEASED_ORDER: Order = ("-released_at", "-pk")
CONFIRMED = {"status": sorted(DONE)}
UNCONFIRMED = {"status": [state for state in S if state not in DONE | {S.CANCELLED, S.FILED}]}
RATE = Standing._meta.get_field("rate")
LOWEST, HIGHEST = Decimal("-9.999999"), Decimal("9.999999")  # that its column holds


@dataclass(frozen=True)
class Listing:
    """The rows of a page or a file, in order, and how they rank."""

    form: PlaceForm
    scope: Scope
    narrowing: Narrowing
    order: Order

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

    @property
    def data(self) -> QueryDict:
        return self.form.data

    @property
    def visits(self) -> QuerySet[Visit]:
        """Every row, for a file."""
        seen = Visit.objects.within(self.scope, P.RESULT_VIEW)
        seen = _ranked(self.scope) if self.is_desk else seen
        rows = _listed(self.narrowing.of(seen), self.order).filter(status__in=DONE)
        return rows.select_related("plan", "target", "region__parent", "team", "version")

    def rows(self, visits: Iterable[Visit]) -> Iterator[tuple[Visit, Rank | None]]:
        """The visits with their ranks, for a file."""
        found = self._ranks() if self.is_ranked else {}
        return ((visit, found.get((visit.rate, visit.total))) for visit in visits)

    def page(self) -> Page:
        """The page asked for."""
        target = "scoring:visit_review" if self.is_desk else "scoring:visit_result"
        count = self._totals[0] if self.is_desk else None
        keys = _keys(self.scope, self.narrowing, self.order)
        return keys.page(self.data, load=partial(lines, page=target), count=count)

    def lines(self, page: Page) -> list[tuple[Line, str]]:
        """The rows of a page with their ranks in words."""
        rates = [line.score[0] for line in page]
        found = self._ranks(min(rates), max(rates)) if rates and self.is_ranked else {}
        return [(line, str(found.get(line.score, ""))) for line in page]

    def excluded(self) -> dict[str, str]:
        """Why visits are not ranked, and how many."""
        _, unconfirmed, scoreless = self._totals
        return {"未确认": told(unconfirmed), "各点都不适用": told(scoreless)}

    @cached_property
    def _totals(self) -> list[int]:
        listed = _keys(self.scope, self.narrowing, self.order)
        return totals(listed, *_unranked(self.scope, self.narrowing))

    def _ranks(self, low: Decimal = LOWEST, high: Decimal = HIGHEST) -> Mapping[Score, Rank]:
        """The ranks of these rates among all confirmed of the round and kind.

        Whatever the list is narrowed to. Scores with a better rate are only summed.
        """
        wanted = {"plan": self.narrowing.plan, "kind": self.narrowing.kind}
        better = _better(self.scope).first(high=high, **wanted)
        kept = _between(self.scope).rows(low=low, high=high, **wanted)
        counted = (((rate, total), visits) for rate, total, visits in kept)
        return ranks(counted, above=better[0] if better else 0)


def listing(request: HttpRequest) -> Listing:
    """What ``request`` asks for, within the person's scope."""
    scope = request.user.scope
    if P.VISIT_REVIEW not in scope.permissions:
        form = PlaceForm(request.GET, scope=scope)
        return Listing(form, scope, form.narrowing, RELEASED_ORDER)
    form = ResultForm(request.GET, scope=scope)
    narrowing = form.narrowing
    return Listing(form, scope, narrowing, _order(scope, narrowing))


def _order(scope: Scope, narrowing: Narrowing) -> Order:
    """By rank; a round of checklists has scores for no rank and is listed by place."""
    if _scored(scope).first(plan=narrowing.plan, kind=narrowing.kind):
        return RANKED_ORDER
    return JUDGED_ORDER if _keys(scope, narrowing, JUDGED_ORDER).length() else RANKED_ORDER


def _ranked(scope: Scope) -> QuerySet[Visit]:
    """The 督导 of the rounds this person reviews; neither 帮扶 nor 复核 is ranked beside them."""
    return Visit.objects.within(scope, P.VISIT_REVIEW).filter(scorer=RANKED)


def _listed(visits: QuerySet[Visit], order: Order) -> QuerySet[Visit]:
    """Those of the visits that belong in a list of this order, once they are confirmed."""
    if order == RELEASED_ORDER:
        return visits.filter(released_at__isnull=False)
    if order == JUDGED_ORDER:
        return visits.filter(rate=None, verdicts__isnull=False)
    return visits.filter(rate__isnull=False)


@lru_cache(maxsize=512)
def _keys(scope: Scope, narrowing: Narrowing, order: Order) -> Keyset:
    """What is listed; for units each way in which they see a result along its own index.

    Released there is only what was released; no ranks, since a rank speaks of others.
    """
    if order == RELEASED_ORDER:
        seen = Visit.objects.parts(scope, P.RESULT_VIEW)
    else:
        seen = [_ranked(scope)]
    parts = [_listed(narrowing.of(part), order) for part in seen]
    return Keyset([Each(part, CONFIRMED) for part in parts], order)


@lru_cache(maxsize=512)
def _unranked(scope: Scope, narrowing: Narrowing) -> tuple[Keyset, Keyset]:
    """What is not confirmed, and what has no score."""
    found = narrowing.of(_ranked(scope))
    scoreless = found.filter(rate=None, verdicts__isnull=True)
    return Keyset([Each(found, UNCONFIRMED)]), Keyset([Each(scoreless, CONFIRMED)])


def _standings(scope: Scope) -> QuerySet[Standing]:
    """The scores of one round and kind of unit, and how many have each."""
    kept = Standing.objects.within(scope, P.VISIT_REVIEW).filter(visits__gt=0).order_by()
    return kept.filter(plan=Slot("plan"), target_kind=Slot("kind"))


@lru_cache(maxsize=512)
def _scored(scope: Scope) -> Select:
    return Select(lambda: _standings(scope).values_list("pk")[:1])


@lru_cache(maxsize=512)
def _better(scope: Scope) -> Select:
    """How many are above a rate."""
    above = _standings(scope).filter(rate__gt=Slot("high", RATE)).values("plan")
    return Select(lambda: above.annotate(better=Sum("visits")).values_list("better"))


@lru_cache(maxsize=512)
def _between(scope: Scope) -> Select:
    among = _standings(scope).filter(rate__gte=Slot("low", RATE), rate__lte=Slot("high", RATE))
    return Select(lambda: among.values_list("rate", "total", "visits"))
