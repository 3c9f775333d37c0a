"""Rows of long lists of visits, in the words the page prints.

A list prints a dozen words of each visit. They are read as plain values, in one statement that is
compiled once, and put into words here: fifty visits as objects, with the plan, team, unit and
regions of each, and as many filters in the template would cost ten times as much.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import localtime

from chabaocu.lists import addresses
from chabaocu.prepared import Rows
from chabaocu.templatetags.ui import percent, points
from chabaocu.templatetags.ui import total as one_decimal
from orgs.models import Region
from plans.models import Phase, Visit
from plans.templatetags.visits import status_chip
from scoring.figures import counted
from scoring.models import Comment

FIELDS = ("pk", "target__name", "region__level", "region__name", "region__parent__name")
FIELDS += ("plan__title", "team__name", "submitted_by__name", "version__total", "visit_on")
FIELDS += ("status", "revision", "submitted_at", "vetted_by__name", "released_at")
FIELDS += ("total", "applicable", "rate", "grade", "verdicts", "scorer", "plan__four_eyes")
REASON = "keys from a query in scope"
VISITS = Rows(lambda: Visit.objects.unscoped(reason=REASON), *FIELDS)
COMMENTS = Rows(
    lambda: Comment.objects.unscoped(reason=REASON).filter(resolved_at=None),
    "sheet__visit",
    key="sheet__visit__pk",
)
DASH = "—"


@dataclass(frozen=True, slots=True)
class Line:
    """One visit of a list; all words, but for what a rank is looked up by."""

    pk: int
    url: str
    name: str
    deed: str  # 帮扶 or 复核; nothing for 督导
    place: str
    plan: str
    team: str
    day: str
    status: str
    draft: str
    submitted: str
    submitter: str
    four_eyes: bool  # whether two must review it
    vetter: str  # who did the 初审 of what waits
    released: str
    total: str
    full: str
    applicable: str
    percent: str  # for a checklist how many are good, partly and bad
    grade: str
    comments: str
    score: tuple[Decimal | None, Decimal | None]


def lines(pks: list[int], *, page: str, comments: bool = False) -> dict[int, Line]:
    """The lines of these visits, whose keys come from a query in the person's scope.

    ``page`` names the address a line leads to.
    """
    open_comments = Counter(visit for (visit,) in COMMENTS.of(pks)) if comments else Counter()
    return {line.pk: line for line in _worded(VISITS.of(pks), open_comments, addresses(page))}


def _worded(
    rows: list[tuple], comments: Mapping[int, int], address: Callable[[int], str]
) -> Iterator[Line]:
    for pk, name, level, region, above, plan, team, person, full, day, *rest in rows:
        status, revision, submitted, vetter, released, total, applicable, rate, *judged_as = rest
        grade, verdicts, scorer, four_eyes = judged_as
        judged = bool(verdicts) and not applicable
        yield Line(
            pk=pk,
            url=address(pk),
            name=name,
            deed="" if scorer == Phase.Scorer.TEAM else Phase.DEEDS.get(scorer, ""),
            place=f"{above} {region}" if level == Region.Level.COUNTY and above else region,
            plan=plan,
            team=team or DASH,
            day=day_of(day),
            status=status_chip(status),
            draft=f"第 {revision} 稿" if revision > 1 else "",
            submitted=moment_of(submitted),
            submitter=person or "",
            four_eyes=four_eyes,
            vetter=vetter or "",
            released=moment_of(released),
            total=DASH if judged else one_decimal(total),
            full="" if total is None or judged else points(full),
            applicable=DASH if judged else points(applicable),
            percent=counted(verdicts) if judged else percent(rate),
            grade=grade,
            comments=str(comments[pk] or ""),
            score=(rate, total),
        )


def day_of(day: date | None) -> str:
    """2017年12月5日; — where there is none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else DASH


def moment_of(at: datetime | None) -> str:
    """12月5日 16:40; nothing where there is none."""
    return f"{(here := localtime(at)).month}月{here.day}日 {here:%H:%M}" if at else ""
