"""挂牌督办台账: the hazards under 挂牌督办, each with how far its 销号 has come.

《山东省重大安全生产隐患挂牌督办办法》 (源3): a ledger (第六条), 六落实 and the 销号 report
(第七条), the check on the spot (第八条), the signed 销号 document (第九条); those who do not
rectify in time are 通报批评 (第十条).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet

from hazards.models import Hazard
from hazards.models.hazard import OPEN
from orgs.roles import Permission as P
from orgs.scope import Scope

TABS = {"open": "督办中", "late": "逾期", "off": "已销号", "all": "全部"}
ORDER = ("-pk",)
BY_GOVERNMENT = ("government", "due_on", "pk")
ARTICLE = "《山东省重大安全生产隐患挂牌督办办法》第十条"


@dataclass(frozen=True)
class Listing:
    """One line of the ledger."""

    hazard: Hazard
    late: int  # days past the deadline, 0 while there is time or when it is struck off
    left: int | None  # days until the deadline, None when late or struck off

    @classmethod
    def of(cls, hazard: Hazard, today: date) -> "Listing":
        days = hazard.days_left(today)
        is_late = days is not None and days < 0
        return cls(hazard, -days if is_late else 0, None if is_late else days)

    @property
    def name(self) -> str:
        """重大安全生产隐患名称, as the notice names it."""
        return f"{self.hazard.unit.name}{self.hazard.where}：{self.hazard.text}"

    @property
    def stage(self) -> str:
        """What it waits for, or that it is struck off."""
        hazard = self.hazard
        if hazard.delisted_at:
            return "已销号"
        if hazard.status != Hazard.Status.ACCEPTING:
            return "整改中" if hazard.six_checked_at else "待核查六落实"
        if not hazard.off_reported_at:
            return "待报送销号报告"
        if not hazard.off_checked_at:
            return "待现场核查"
        return "待签发销号文件" if hazard.is_signed else "待验收、工会监督"


@dataclass(frozen=True)
class Blamed:
    """The overdue listings of one government."""

    government: str
    listings: list[Listing]


def within(tab: str, today: date) -> Q:
    """The rows of one tab."""
    is_open = Q(status__in=OPEN)
    return {
        "open": is_open,
        "late": is_open & Q(due_on__lt=today),
        "off": ~is_open,
    }.get(tab, Q())


def parts(scope: Scope, tab: str, words: str, today: date) -> list[QuerySet[Hazard]]:
    """What this person sees of them under a tab, found by words; one queryset a way to see it."""
    found = within(tab, today)
    if words:
        found &= (
            Q(listing_number__icontains=words)
            | Q(government__icontains=words)
            | Q(unit__name__icontains=words)
            | Q(text__icontains=words)
        )
    return [part.listed().filter(found) for part in Hazard.objects.parts(scope, P.HAZARD_VIEW)]


def rows(scope: Scope, tab: str, words: str, today: date) -> QuerySet[Hazard]:
    """The same rows as one queryset, the newest first: for files."""
    first, *more = parts(scope, tab, words, today)
    for part in more:
        first = first | part
    return first.select_related("unit__region").distinct().order_by(*ORDER)


def overdue(scope: Scope, today: date) -> list[Blamed]:
    """通报批评名单: who is behind, government by government, the longest overdue first."""
    found = rows(scope, "late", "", today).order_by(*BY_GOVERNMENT)
    listings = lines(found, today)
    return [
        Blamed(name, [*some]) for name, some in groupby(listings, lambda x: x.hazard.government)
    ]


def lines(hazards: Iterable[Hazard], today: date) -> Iterator[Listing]:
    """The hazards as lines of the ledger."""
    return (Listing.of(hazard, today) for hazard in hazards)
