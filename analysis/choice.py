"""What a page of statistics speaks of: one round, one kind of unit, perhaps one place.

Only confirmed results count, and only of 督导: the same rows that 督导结果 ranks.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict

from chabaocu.prepared import Select
from orgs.models import Region
from orgs.roles import Permission as P
from orgs.scope import WIDTH, Scope, path_range
from plans.models import Visit
from rubrics.models import Rubric
from scoring.filters import OWN, Narrowing, ResultForm, rounds_of
from scoring.results import RANKED_ORDER, Listing
from scoring.standings import DONE, RANKED

COUNTY, DEEPEST = 3 * WIDTH, 4 * WIDTH  # 县, 乡镇
LEVELS = {2 * WIDTH: "市", COUNTY: "县（市、区）", DEEPEST: "乡镇（街道）"}
T = Rubric.Target
FIRMS = frozenset({T.ENTERPRISE_UNION, T.MEDICAL_UNIT, T.PRODUCER, T.INDUSTRY})


def counted(scope: Scope) -> QuerySet[Visit]:
    """The 督导 whose confirmed results this person's statistics are made of."""
    return confirmed(Visit.objects.within(scope, P.VISIT_REVIEW))


def confirmed(rows: QuerySet, at: str = "") -> QuerySet:
    """Of visits, or of rows whose visit is ``at`` a path, those of a confirmed 督导."""
    return rows.filter(**{f"{at}scorer": RANKED, f"{at}status__in": sorted(DONE)}).order_by()


@dataclass(frozen=True)
class Choice:
    """One page's choice, from its address."""

    scope: Scope
    form: ResultForm | None
    narrowing: Narrowing

    def rows(self, build: Callable[..., QuerySet], *how: Any, **values: Any) -> list[Any]:
        """The rows of ``build(choice, *how)``, a function of a module.

        It is compiled once for all who stand and choose alike: it is given ``shape``, whose
        values are slots, and may have slots of its own for ``values``.
        """
        return self._rows(build, how, values, plan_once=True)

    def summed(self, build: Callable[..., QuerySet], *how: Any, **values: Any) -> list[Any]:
        """The same of what adds up thousands of visits, and is planned each time for its values."""
        return self._rows(build, how, values, plan_once=False)

    def _rows(self, build: Callable, how: tuple, values: dict, *, plan_once: bool) -> list[Any]:
        if self.narrowing.is_wrong:
            return []
        mine = self.scope.values | self.narrowing.values
        return compiled(build, self.shape, *how, plan_once=plan_once).rows(**mine, **values)

    @cached_property
    def shape(self) -> "Choice":
        """The same choice by whatever values; see ``Scope.shape``."""
        return Choice(self.scope.shape, None, self.narrowing.shape)

    @property
    def results(self) -> QuerySet[Visit]:
        """The confirmed results that are spoken of, scored or judged."""
        return self.narrowing.of(counted(self.scope))

    @property
    def visits(self) -> QuerySet[Visit]:
        """Those that are scored."""
        return self.results.filter(rate__isnull=False)

    @property
    def place(self) -> str:
        """The path of the place that was chosen; else of the person's own region."""
        return max([self.scope.path, *self.narrowing.places], key=len)

    def kept(self, model: type[Model], level: int) -> QuerySet:
        """The sums of a level (scoring.sums) that are made of the same results as ``visits``."""
        chosen = self.narrowing
        if chosen.is_wrong:
            return model.objects.none()
        rows = model.objects.within(self.scope, P.VISIT_REVIEW).filter(sheets__gt=0)
        for path in chosen.places:
            rows = rows.filter(path_range("place", path))
        if chosen.is_own:
            rows = rows.filter(place=chosen.places[-1])
        return rows.filter(plan=chosen.plan, target_kind=chosen.kind, level=level).order_by()

    @property
    def whole(self) -> int:
        """The level whose one place is all that was chosen: the round, a city or a county.

        What a city has itself stands among its counties.
        """
        return COUNTY if self.narrowing.is_own else max(map(len, self.narrowing.places), default=0)

    @property
    def level(self) -> int:
        """How long the paths are by which results are told apart: the places in this place."""
        return min(len(self.place) + WIDTH, DEEPEST)

    @property
    def firms(self) -> bool:
        """Whether these units have an industry and a size."""
        return self.narrowing.kind in FIRMS

    @property
    def before(self) -> "Choice | None":
        """The same of the round before."""
        rounds = [int(pk) for pk, _ in self.form.fields["plan"].choices]
        later = rounds[rounds.index(self.narrowing.plan) + 1 :] if self.narrowing.plan else []
        return replace(self, narrowing=replace(self.narrowing, plan=later[0])) if later else None

    @property
    def others(self) -> list[tuple[int, str]]:
        """The other rounds that this person may compare it with."""
        rounds = self.form.fields["plan"].choices
        return [(int(pk), title) for pk, title in rounds if int(pk) != self.narrowing.plan]

    def beside(self, asked: str | None) -> "Choice | None":
        """The same of the round that is asked for; of the one before where none is."""
        found = next((pk for pk, _ in self.others if str(pk) == asked), None)
        if found is None:
            return self.before
        return replace(self, narrowing=replace(self.narrowing, plan=found))

    @cached_property
    def excluded(self) -> Mapping[str, str]:
        """Why visits are not counted, and how many."""
        return Listing(self.form, self.scope, self.narrowing, RANKED_ORDER).excluded()

    @cached_property
    def _round(self) -> str:
        return urlencode({"plan": self.narrowing.plan, "kind": self.narrowing.kind})

    @cached_property
    def _here(self) -> str:
        if not self.narrowing.places:
            return self._round
        return f"{self._round}&{'at' if self.narrowing.is_own else 'place'}={self.place}"

    def sheets(self, **more: object) -> str:
        """The query string of the sheets behind a number of this page."""
        asked = {name: value for name, value in more.items() if value is not None}
        here = (
            self._round if asked.keys() & {"place", "at"} else self._here
        )  # a place in this place
        return f"{here}&{urlencode(asked)}" if asked else here

    def spot(self, path: str, level: int = 0) -> dict[str, str]:
        """The condition of the sheets that stand in a row of a level, by default the page's.

        Where the path is shorter, these are units that lie in no place of that level.
        """
        return {"place" if len(path) == (level or self.level) else "at": path}

    def names(self, paths: Collection[str], level: int = 0) -> dict[str, str]:
        """What the rows of a level are called, by default the page's."""
        named = self._names(paths)
        own = {path for path in named if len(path) < (level or self.level)}
        return {path: name + OWN if path in own else name for path, name in named.items()}

    def _names(self, paths: Collection[str]) -> dict[str, str]:
        """The form offers most of them, others may stand no longer."""
        fields = self.form.fields
        offered = dict(fields["county"].choices) | dict(fields["city"].choices)
        named = {path: offered[path] for path in paths if path in offered}
        if others := [path for path in paths if path not in named]:
            regions = Region.objects.within(self.scope).filter(path__in=others)
            named |= dict(regions.values_list("path", "name"))
        return named


@lru_cache(maxsize=512)
def compiled(
    build: Callable[..., QuerySet], shape: Choice | Scope, *how: Any, plan_once: bool
) -> Select:
    """What ``build`` asks for those who stand or choose so, compiled once."""
    return Select(lambda: build(shape, *how), plan_once=plan_once)


class RoundForm(forms.Form):
    """One round, whole."""

    plan = forms.ChoiceField(label="轮次")

    def __init__(self, data: QueryDict, *, scope: Scope) -> None:
        rounds = rounds_of(scope)
        data = data.copy()
        data.setdefault("plan", str(rounds[0][0]) if rounds else "")
        super().__init__(data)
        self.fields["plan"].choices = rounds
        self.fields["plan"].required = bool(rounds)

    @property
    def chosen(self) -> int | None:
        """The key of the round; nothing where it is none of those offered."""
        return int(self.cleaned_data["plan"] or 0) or None if self.is_valid() else None


def chosen(request: HttpRequest) -> Choice:
    """What ``request`` asks for, within the person's scope."""
    scope = request.user.scope
    form = ResultForm(request.GET, scope=scope)
    return Choice(scope, form, form.narrowing)
