"""Rows of long lists of visits, in the words the page prints.

A list prints a dozen words of each visit. They are read as plain values, with one query for each
kind of name, and put into words here: fifty visits as objects, with the plan, team, unit and
regions of each, and as many filters in the template would cost ten times as much.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Model
from django.utils.timezone import localtime

from chabaocu.lists import addresses
from chabaocu.templatetags.ui import percent, points
from chabaocu.templatetags.ui import total as one_decimal
from orgs.models import Region, User
from plans.models import Plan, Team, Visit
from plans.templatetags.visits import status_chip
from rubrics.models import Version
from scoring.models import Comment

FIELDS = ("pk", "plan", "team", "region", "version", "submitted_by", "target__name", "visit_on")
FIELDS += ("status", "revision", "submitted_at", "released_at", "total", "applicable", "rate")
REASON = "the names beside visits in scope"
DASH = "—"


@dataclass(frozen=True, slots=True)
class Line:
    """One visit of a list; all words, but for what a rank is looked up by."""

    pk: int
    url: str
    name: str
    place: str
    plan: str
    team: str
    day: str
    status: str
    draft: str
    submitted: str
    submitter: str
    released: str
    total: str
    full: str
    applicable: str
    percent: str
    comments: str
    score: tuple[Decimal | None, Decimal | None]


def lines(pks: list[int], *, page: str, comments: bool = False) -> dict[int, Line]:
    """The lines of these visits, whose keys come from a query in the person's scope.

    ``page`` names the address a line leads to.
    """
    rows = list(Visit.objects.unscoped(reason=REASON).filter(pk__in=pks).values_list(*FIELDS))
    counts = _open_comments(pks) if comments else {}
    return {line.pk: line for line in _worded(rows, counts, page)}


def _worded(rows: list[tuple], counts: dict[int, int], page: str) -> Iterator[Line]:
    _, plans, teams, regions, versions, people, *_ = zip(*rows, strict=True) if rows else [()] * 6
    names = _Names.of(plans, teams, regions, versions, people)
    address = addresses(page)
    for pk, plan, team, region, version, person, name, day, *rest in rows:
        status, revision, submitted, released, total, applicable, rate = rest
        yield Line(
            pk=pk,
            url=address(pk),
            name=name,
            place=names.places[region],
            plan=names.plans[plan],
            team=names.teams.get(team, DASH),
            day=day_of(day),
            status=status_chip(status),
            draft=f"第 {revision} 稿" if revision > 1 else "",
            submitted=moment_of(submitted),
            submitter=names.people.get(person, ""),
            released=moment_of(released),
            total=one_decimal(total),
            full="" if total is None else points(names.full[version]),
            applicable=points(applicable),
            percent=percent(rate),
            comments=str(counts.get(pk, "")),
            score=(rate, total),
        )


@dataclass(frozen=True)
class _Names:
    """What stands beside the visits of one page."""

    plans: dict[int, str]
    teams: dict[int, str]
    places: dict[int, str]
    full: dict[int, Decimal]
    people: dict[int, str]

    @classmethod
    def of(cls, plans, teams, regions, versions, people) -> "_Names":
        return cls(
            _names(Plan, "title", plans),
            _names(Team, "name", teams),
            _places(regions),
            _names(Version, "total", versions),
            _names(User, "name", people),
        )


def _names(model: type[Model], field: str, pks: Iterable[int | None]) -> dict[int, Any]:
    if not (wanted := set(pks) - {None}):
        return {}
    rows = model._default_manager.unscoped(reason=REASON).filter(pk__in=wanted).order_by()
    return dict(rows.values_list("pk", field))


def _places(pks: Iterable[int]) -> dict[int, str]:
    """甲市 甲一县 for a county, the name alone above it."""
    rows = Region.objects.unscoped(reason=REASON).filter(pk__in=set(pks)).order_by()
    return {
        pk: f"{above} {name}" if level == Region.Level.COUNTY and above else name
        for pk, level, name, above in rows.values_list("pk", "level", "name", "parent__name")
    }


def _open_comments(pks: list[int]) -> dict[int, int]:
    """How many comments of each visit are not settled."""
    still = Comment.objects.unscoped(reason=REASON).filter(sheet__visit__in=pks, resolved_at=None)
    counted = still.order_by().values_list("sheet__visit").annotate(n=Count("pk"))
    return dict(counted)


def day_of(day: date | None) -> str:
    """2017年12月5日; — where there is none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else DASH


def moment_of(at: datetime | None) -> str:
    """12月5日 16:40; nothing where there is none."""
    return f"{(here := localtime(at)).month}月{here.day}日 {here:%H:%M}" if at else ""
