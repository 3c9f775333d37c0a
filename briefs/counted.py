"""The data of a round for a report: read where the statistics read them, told once.

Nothing is scored here; every number comes with the address of the page it stands on.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from analysis.choice import LEVELS, Choice
from analysis.compared import problems
from analysis.losses import losses, versions
from analysis.scores import altogether, grouped
from briefs.facts import Facts, Kind, Lost, Place
from briefs.models import Brief
from feedback.models import Letter
from orgs.models import Organization, Region
from orgs.roles import Permission as P
from orgs.scope import Scope, path_range
from plans.models import Plan, TeamMember, Visit
from rubrics.kinds.outcome import spelled
from rubrics.models import Rubric
from scoring.filters import Narrowing, ResultForm
from scoring.standings import DONE, RANKED

WORST = 5  # points that are named for each kind of unit
CITY = 6  # digits of a city's path
COUNTED = ("target_kind", "planned", "done")
JUDGED = ("good", "partly", "bad")


def facts_of(brief: Brief, scope: Scope) -> Facts:
    """Everything a draft of this report is made of, as it stands now."""
    return facts(brief.plan, brief.region, scope, with_units=brief.kind == Brief.Kind.ACTION)


def facts(plan: Plan, region: Region, scope: Scope, *, with_units: bool = False) -> Facts:
    """The same of a round and a place; ``with_units`` counts units by size and industry too."""
    visits = visits_of(plan, region, scope).filter(scorer=RANKED)
    kinds = list(_kinds(plan, region, scope, visits))
    days = visits.filter(status__in=DONE).aggregate(first=Min("visit_on"), last=Max("visit_on"))
    return Facts(
        plan=plan.title,
        issuer=plan.issuer.name,
        place=region.name,
        basis=plan.basis,
        begins=_day(days["first"]),
        ends=_day(days["last"]),
        methods=plan.methods_sentence.partition("，")[0].rstrip("。"),
        contents=plan.contents,
        kinds=kinds,
        **_teams(plan, visits),
        **(_units(visits) if with_units else {}),
        **_letters(plan, region, scope),
    )


def visits_of(plan: Plan, region: Region, scope: Scope) -> QuerySet[Visit]:
    """What those who were sent did in a place, for who leads the round."""
    seen = Visit.objects.within(scope, P.VISIT_REVIEW).by_teams().filter(plan=plan)
    return seen.filter(path_range("place", region.path)).exclude(status=Visit.Status.CANCELLED)


def choices_of(plan: Plan, region: Region, scope: Scope) -> Callable[[str], Choice]:
    """The page of statistics about a kind of unit there; one form is asked for all kinds."""
    form = ResultForm(QueryDict(urlencode({"plan": plan.pk})), scope=scope)
    places = () if region.path == scope.path else (region.path,)
    return lambda kind: Choice(scope, form, Narrowing(plan.pk, kind, places))


def _kinds(plan: Plan, region: Region, scope: Scope, visits: QuerySet[Visit]) -> Iterator[Kind]:
    done = Count("pk", filter=Q(status__in=DONE))
    rows = visits.order_by().values("target_kind").annotate(planned=Count("pk"), done=done)
    counts = {kind: (planned, n) for kind, planned, n in rows.values_list(*COUNTED)}
    judged = _judged(visits) if counts else {}
    choice = choices_of(plan, region, scope)
    for kind in Rubric.Target:
        if kind in counts:
            yield _kind(choice(kind), *counts[kind], judged.get(kind))


def _kind(choice: Choice, planned: int, confirmed: int, judged: tuple | None) -> Kind:
    groups = grouped(choice, "place")
    sums = altogether(groups)
    here = {"plan": choice.narrowing.plan, "kind": choice.narrowing.kind, **_narrowed(choice)}
    every = reverse("scoring:review_list") + "?" + urlencode(here | {"scorer": RANKED})
    found = problems(choice) if confirmed else []
    sheets = reverse("analysis:sheets")
    page = urlencode(here)
    return Kind(
        label=Rubric.Target(choice.narrowing.kind).label,
        planned=planned,
        confirmed=confirmed,
        every_address=f"{every}&status=all",
        confirmed_address=f"{every}&status=confirmed",
        sheets=sums.sheets,
        rate=sums.percent,
        total=sums.mean,
        address=f"{sheets}?{choice.sheets()}",
        ranking_address=f"{reverse('analysis:scores')}?{page}",
        ranked_by=LEVELS[choice.level],
        ranking=[
            Place(
                group.name,
                str(group.rank),
                group.sums.sheets,
                group.sums.percent,
                group.sums.mean,
                f"{sheets}?{group.query}",
            )
            for group in groups
        ],
        problems=sum(one.problems for one in found),
        fixed=sum(one.fixed for one in found),
        hazards=sum(one.hazards for one in found),
        closed=sum(one.closed for one in found),
        problems_address=f"{reverse('analysis:compared')}?{page}",
        judged=judged,
        **(_lost(choice, page) if sums.sheets else {}),
    )


def _narrowed(choice: Choice) -> dict[str, str]:
    """The place as the filters of lists and statistics name it."""
    if not choice.narrowing.places:
        return {}
    return {"city" if len(choice.place) == CITY else "county": choice.place}


def _lost(choice: Choice, page: str) -> dict:
    """The points with the highest 失分率, by the table that scored most of these sheets."""
    version = versions(choice)[0]
    found = losses(choice, version, by_place=False).most[:WORST]
    sheets = reverse("analysis:sheets")
    return {
        "full": spelled(version.total),
        "lost_address": f"{reverse('analysis:losses')}?{page}",
        "lost": [
            Lost(
                point.text.rstrip("。；"),
                point.loss.percent,
                point.loss.points,
                point.loss.short,
                f"{sheets}?{point.query}",
            )
            for point in found
        ],
    }


def _judged(visits: QuerySet[Visit]) -> dict[str, tuple[int, int, int]]:
    """符合, 部分符合, 不符合 of confirmed checklists, by kind of unit."""
    rows = visits.filter(status__in=DONE, rate=None, verdicts__isnull=False).order_by()
    found: dict[str, Counter[str]] = {}
    for kind, verdicts in rows.values_list("target_kind", "verdicts"):
        found.setdefault(kind, Counter()).update(verdicts)
    return {kind: tuple(counts[name] for name in JUDGED) for kind, counts in found.items()}


def _teams(plan: Plan, visits: QuerySet[Visit]) -> dict:
    """The teams that were there, and how many people in them."""
    teams = visits.filter(status__in=DONE, team__isnull=False).order_by().values("team")
    people = TeamMember.objects.filter(team__plan=plan, team__in=teams)
    counts = people.aggregate(
        teams=Count("team", distinct=True), people=Count("user", distinct=True)
    )
    return {**counts, "teams_address": reverse("plans:plan_teams", args=[plan.pk])}


def _units(visits: QuerySet[Visit]) -> dict:
    """Those visited by 三类企业 and by industry, as the register has them."""
    told = {}
    for name, field, choices in (
        ("sizes", "target__size_class", Organization.SizeClass.choices),
        ("industries", "target__industry", Organization.Industry.choices),
    ):
        rows = visits.order_by().values(field).annotate(n=Count("target", distinct=True))
        counts = dict(rows.values_list(field, "n"))
        told[name] = [(label, counts[key]) for key, label in choices if counts.get(key)]
    return told


def _letters(plan: Plan, region: Region, scope: Scope) -> dict:
    """督导意见 of the round to units of this place."""
    letters = Letter.objects.within(scope, P.VISIT_REVIEW).live().filter(plan=plan).order_by()
    letters = letters.filter(path_range("place", region.path))
    awaited = Q(status__in=[Letter.Status.SENT, Letter.Status.RETURNED])
    counts = letters.aggregate(
        letters=Count("pk"),
        awaited=Count("pk", filter=awaited),
        late=Count("pk", filter=awaited & Q(due_on__lt=timezone.localdate())),
        closed=Count("pk", filter=Q(status=Letter.Status.CLOSED)),
    )
    here = urlencode({"state": "all", "plan": plan.pk, "place": region.path})
    address = f"{reverse('feedback:letter_list')}?{here}"
    return {**counts, "letters_address": address}


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
