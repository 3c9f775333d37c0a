"""What the ledger can be narrowed by, as it stands in an address."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from chabaocu.prepared import Select
from hazards.ledger import HIDDEN, ORDERS, TABS, Wanted
from hazards.models import Hazard
from hazards.models.hazard import CITY
from orgs.models import Organization, Region
from orgs.roles import Permission as P
from orgs.scope import PathSlot, Scope, path_range

EVERY = ("", "全部")
ROWS = ("unit", "city", "county")  # what they choose from is read from the database
ELSEWHERE = ("tab", "order", "q")  # of these the page has controls of its own
DAYS = ("since", "until", "due_since", "due_until", "closed_since", "closed_until")


def _choices(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    select = forms.Select({"class": "form-select"})
    return forms.ChoiceField(label=label, required=False, choices=[EVERY, *choices], widget=select)


def _day(label: str) -> forms.DateField:
    day = forms.DateInput({"type": "date", "class": "form-control"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=day)


class LedgerFilter(forms.Form):
    """The filters above the ledger; a wrong value filters nothing and says what is wrong.

    The names of places are read when they are shown or asked about, not before.
    """

    tab = forms.ChoiceField(
        choices=[*TABS.items(), *HIDDEN.items()], required=False, widget=forms.HiddenInput
    )
    order = forms.ChoiceField(
        choices=[(name, name) for name in ORDERS], required=False, widget=forms.HiddenInput
    )
    q = forms.CharField(label="在台账中找", required=False, max_length=40)
    grade = _choices("级别", Hazard.Grade.choices)
    status = _choices("状态", Hazard.Status.choices)
    city = _choices("市", [])
    county = _choices("县（市、区）", [])
    kind = _choices("种类", Hazard.Kind.choices)
    level = _choices("整改层级", Hazard.Level.choices)
    source = _choices("来源", Hazard.Source.choices)
    industry = _choices("行业", Organization.Industry.choices)
    person = forms.CharField(
        label="责任人",
        required=False,
        max_length=40,
        widget=forms.TextInput({"class": "form-control"}),
    )
    since, until = _day("发现日期从"), _day("发现日期到")
    due_since, due_until = _day("期限从"), _day("期限到")
    closed_since, closed_until = _day("销号日期从"), _day("销号日期到")
    failed = forms.BooleanField(label="验收未通过过", required=False)
    unit = forms.ModelChoiceField(
        Organization.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, data: QueryDict, *, scope: Scope) -> None:
        super().__init__(data)
        if self.data.get("unit"):
            self.fields["unit"].queryset = _units(scope)
        if not scope.governs or len(scope.path) > CITY:
            del self.fields["city"], self.fields["county"]
            return
        place = self.data.get("city") or self.data.get("county", "")[:CITY]
        if len(scope.path) == CITY:
            del self.fields["city"]
            place = scope.path
        else:
            self.fields["city"].choices = cache(
                lambda: [EVERY, *_cities(scope.shape).rows(**scope.values)]
            )
        self.fields["county"].choices = cache(lambda: [EVERY, *_counties_of(scope, place)])

    @property
    def wanted(self) -> Wanted:
        """What is chosen, as far as it is well formed."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        if unit := chosen.get("unit"):
            chosen["unit"] = unit.pk
        return Wanted(**chosen)

    def controls(self) -> list[forms.BoundField]:
        """The fields behind the button 筛选."""
        return [field for field in self.visible_fields() if field.name not in ELSEWHERE]

    def chips(self) -> Iterator[tuple[str, str]]:
        """What is chosen in words, and the address without it."""
        self.is_valid()
        for name, value in self.cleaned_data.items():
            if value and name not in ELSEWHERE:
                yield f"{self._label(name)} {self._word(name, value)}".strip(), self._without(name)

    def _label(self, name: str) -> str:
        return "单位" if name == "unit" else str(self.fields[name].label)

    def _word(self, name: str, value: Any) -> str:
        if name == "failed":
            return ""
        choices = dict(getattr(self.fields[name], "choices", ())) if name != "unit" else {}
        return str(choices.get(value, value))

    def _without(self, name: str) -> str:
        query = self.data.copy()
        for gone in (name, "county" if name == "city" else name, "after", "before"):
            query.pop(gone, None)
        return query.urlencode()


def wanted_of(query: str, scope: Scope) -> Wanted:
    """What an address asks for; read once where it names no row, for rows may come and go."""
    read = _read.__wrapped__ if any(name in QueryDict(query) for name in ROWS) else _read
    return read(query, scope)


@lru_cache(maxsize=512)
def _read(query: str, scope: Scope) -> Wanted:
    return LedgerFilter(QueryDict(query), scope=scope).wanted


def _units(scope: Scope) -> QuerySet[Organization]:
    """The units below a 总工会; of anybody else those whose hazards they see."""
    if scope.is_territorial:
        return Organization.objects.within(scope)
    seen = Hazard.objects.within(scope, P.HAZARD_VIEW).order_by().values("unit")
    known = Organization.objects.unscoped(reason="units whose hazards are in scope")
    return known.filter(Q(pk=scope.organization_id) | Q(pk__in=seen))


def _counties_of(scope: Scope, city: str) -> list[Any]:
    if len(city) != CITY or not (city.isascii() and city.isdigit()):
        return []
    return _counties(scope.shape).rows(**scope.values, city=city)


@lru_cache(maxsize=64)
def _cities(scope: Scope) -> Select:
    regions = Region.objects.within(scope).filter(level=Region.Level.CITY, valid_to=None)
    return Select(lambda: regions.order_by("path").values_list("path", "name"))


@lru_cache(maxsize=64)
def _counties(scope: Scope) -> Select:
    below = path_range("path", PathSlot("city", CITY))
    regions = Region.objects.within(scope).filter(below, valid_to=None)
    regions = regions.filter(level=Region.Level.COUNTY)
    return Select(lambda: regions.order_by("path").values_list("path", "name"))
