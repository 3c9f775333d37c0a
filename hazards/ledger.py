"""隐患台账: which hazards a person's filter means, for the page, the counts, files and figures.

``rows`` is the one answer to "what does this filter hold for this person"; ``parts`` gives the
same rows as a list that is read by key (chabaocu.lists). Scope comes first in both. What is
made of the ``shape`` of a scope and a filter is one list for all who narrow in the same way.
"""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import DateField, DateTimeField, Q, QuerySet
from django.utils import timezone

from chabaocu.lists import Each, Part
from chabaocu.prepared import Slot
from hazards import waiting
from hazards.models import Hazard
from hazards.models.hazard import OPEN, in_place
from hazards.search import Meant, meant, named
from orgs.roles import Permission as P
from orgs.scope import PathSlot, Scope

S, G = Hazard.Status, Hazard.Grade
MINE = "mine"
TABS = {
    MINE: "我的待办",
    "open": "未销号",
    "overdue": "逾期",
    "major": "重大未销号",
    "week": "本周到期",
    "finding": "督导转入",
    "done": "已销号",
    "all": "全部",
}
HIDDEN = {"counted": "有效隐患"}  # what figures count: shown when a figure leads to it
DONE = frozenset({S.CLOSED, S.REWARDED})
EVERY = frozenset(S)
# the other tabs hold what is open
STATES = {"finding": EVERY, "done": DONE, "all": EVERY, "counted": EVERY - {S.DISMISSED}}
NEWEST, BY_DAY = ("-pk",), ("due_order", "pk")
ORDERS = {"new": NEWEST, "due": BY_DAY}
DAY = timedelta(days=1)
DATE, MOMENT = DateField(), DateTimeField()
TODAY = Slot("today", DATE)
PLACES = ("city", "county")
DATES = ("due_since", "due_until")
SHAPED = ("tab", "order", "q", "failed")  # these are no values of a statement: they shape it


@dataclass(frozen=True)
class Wanted:
    """One narrowing of the ledger; every value but ``tab`` may be missing."""

    tab: str = "open"
    order: str = ""
    q: str = ""
    grade: str = ""
    kind: str = ""
    status: str = ""
    level: str = ""
    source: str = ""
    industry: str = ""
    city: str = ""
    county: str = ""
    unit: int | None = None
    person: str = ""
    since: date | None = None
    until: date | None = None
    due_since: date | None = None
    due_until: date | None = None
    closed_since: date | None = None
    closed_until: date | None = None
    failed: bool = False

    @property
    def statuses(self) -> list[str]:
        """The states its rows may be in, in the table's order."""
        if isinstance(self.status, Slot):
            return [self.status]
        states = STATES.get(self.tab, OPEN)
        return [s for s in S if s in states and self.status in ("", s)]

    @property
    def sort(self) -> str:
        """As chosen; else what is still open by its deadline, the rest by when it was reported."""
        if self.order in ORDERS:
            return self.order
        return "new" if self.tab in STATES else "due"

    @property
    def places(self) -> list[str]:
        return [path for path in (self.city, self.county) if path]

    @property
    def shape(self) -> "Wanted":
        """The same narrowing by whatever values: slots in their places; see ``Scope.shape``.

        A state that the tab does not hold stays: it finds nothing.
        """
        chosen = {name: _slot(name, value) for name, value in self.values.items()}
        if not self.statuses:
            chosen.pop("status")
        return replace(self, q="", **chosen)

    @property
    def values(self) -> dict[str, Any]:
        """What stands in those slots."""
        names = (field.name for field in fields(self) if field.name not in SHAPED)
        return {name: value for name in names if (value := getattr(self, name))}

    @property
    def is_plain(self) -> bool:
        """Whether nothing is chosen beside the tab and the order."""
        return self == Wanted(tab=self.tab, order=self.order)

    def conditions(self, today: date | Slot) -> Q:
        """What its rows meet beside the states and the words."""
        found = self._days() & self._of_tab(today)
        for name in ("grade", "kind", "level", "source", "unit"):
            if chosen := getattr(self, name):
                found &= Q(**{name: chosen})
        for path in self.places:
            found &= in_place(path)
        if self.industry:
            found &= Q(unit__industry=self.industry)
        if self.person:
            found &= Q(responsible__in=named(self.person))
        return found & Q(failures__gt=0) if self.failed else found

    def _days(self) -> Q:
        """Between days, the last one included."""
        found = between("reported_at", self.since, self.until)
        found &= between("closed_at", self.closed_since, self.closed_until)
        found &= Q(due_on__gte=self.due_since) if self.due_since else Q()
        return found & Q(due_on__lte=self.due_until) if self.due_until else found

    def _of_tab(self, today: date | Slot) -> Q:
        return {
            "overdue": Q(due_order__lt=today),
            "major": Q(grade=G.MAJOR),
            "week": Q(due_order__gte=today, due_order__lte=_made(_sunday, today, DATE)),
            "finding": Q(source=Hazard.Source.FINDING),
        }.get(self.tab, Q())


def rows(scope: Scope, wanted: Wanted, today: date) -> QuerySet[Hazard]:
    """Every hazard that the filter holds for this person, in its order: for files."""
    found = reduce(or_, _seen(scope, wanted))
    found = found.filter(wanted.conditions(today), status__in=wanted.statuses)
    if ways := asked(scope, wanted).ways():
        found = found.filter(reduce(or_, ways))
    return found.order_by(*ORDERS[wanted.sort])


def asked(scope: Scope, wanted: Wanted) -> Meant:
    """What the words of the filter mean to this person; sought in the smallest place."""
    place = max([scope.path, *wanted.places], key=len) if scope.is_territorial else ""
    return meant(wanted.q, scope, place)


def parts(scope: Scope, wanted: Wanted, words: Meant, today: date | Slot) -> list[Part]:
    """The same rows as parts, each of which an index holds in order."""
    found = _ways(scope, wanted, words, today)
    # in one state as they are, or few: what a unit sees is put in order, not walked to in order
    if wanted.tab == MINE or words.words or not scope.governs:
        return [part.filter(status__in=wanted.statuses) for part in found]
    return [Each(part, {"status": wanted.statuses}) for part in found]


def counted(scope: Scope, wanted: Wanted, today: date | Slot) -> list[Part]:
    """The same rows, but for the words, as parts to count: in no order, so that fewer do."""
    found = _ways(scope, wanted, Meant(), today)
    return [part.filter(status__in=wanted.statuses) for part in found]


def between(field: str, since: date | Slot | None, until: date | Slot | None) -> Q:
    """From the first moment of a day to the last of another."""
    found = Q(**{f"{field}__gte": _made(_midnight, since, MOMENT)}) if since else Q()
    return found & Q(**{f"{field}__lt": _made(_next_midnight, until, MOMENT)}) if until else found


def _made(step: Any, day: date | Slot, field: DateField) -> Any:
    """What ``step`` makes of a day, now or when its slot is filled."""
    return Slot(day.name, field, step) if isinstance(day, Slot) else step(day)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _next_midnight(day: date) -> datetime:
    return _midnight(day + DAY)


def _sunday(day: date) -> date:
    return day + DAY * (6 - day.weekday())


def _slot(name: str, value: Any) -> Slot:
    if name in PLACES:
        return PathSlot(name, len(value))
    return Slot(name, DATE if name in DATES else None)


def _seen(scope: Scope, wanted: Wanted) -> list[QuerySet[Hazard]]:
    """What waits for this person, or all they see; each way to come to see a row by itself."""
    if wanted.tab == MINE:
        return waiting.parts(scope) or [Hazard.objects.none()]
    return Hazard.objects.parts(scope, P.HAZARD_VIEW)


def _ways(scope: Scope, wanted: Wanted, words: Meant, today: date | Slot) -> list[QuerySet[Hazard]]:
    found = [part.filter(wanted.conditions(today)) for part in _seen(scope, wanted)]
    ways = words.ways()
    return [part.filter(way) for part in found for way in ways] if ways else found
