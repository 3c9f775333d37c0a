"""A round of many results, and its numbers counted anew from the raw answers.

Nothing here reads a stored total or rate, and nothing is counted by the database: the answers of
each confirmed sheet are scored again by the pure engine and added up as fractions.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils import timezone

from orgs.models import Organization
from plans.models import Visit
from rubrics.evaluate import Given, Outcome, Result, evaluate, points_of
from rubrics.models import Criterion, Version
from scoring import actions, standings, sums
from scoring.models import Answer, Scoresheet
from scoring.tables import table_of
from tests.cast import World
from tests.factories import papers, plans
from tests.factories.orgs import EnterpriseFactory, OrganizationFactory

# what is entered for 1-1 (2), 1-2 (3), 2 (tiers 5/3/1/0), 3 (count 2/1/0); None is 不适用
MARKS = [
    ("2", "3", 0, 2),
    ("1.5", "3", 1, 2),
    ("2", "2", 0, None),
    ("0", "2.5", None, 1),
    ("1.5", "3", 1, 2),
    ("2", "1", 2, 0),
    (None, "3", 0, 2),
    ("1", "0.5", 1, 1),
]
INDUSTRIES = ["chemical", "coal", "chemical", ""]
SIZES = ["large", "medium", "micro", "small", ""]


def inputs(marks: tuple) -> dict[str, dict | None]:
    """The marks as they are entered."""
    first, second, level, count = marks
    return {
        "1-1": None if first is None else {"points": first},
        "1-2": None if second is None else {"points": second},
        "2": None if level is None else {"level": level},
        "3": None if count is None else {"count": count},
    }


def fill(sheet, given: dict[str, dict | None], by) -> None:
    """Every point answered; those that do not apply with a reason."""
    papers.fill(sheet, by, {code: said for code, said in given.items() if said})
    for code in (code for code, said in given.items() if said is None):
        row = sheet.answers.get(criterion__code=code)
        fields = {"not_applicable": True, "points": None, "reason": "本单位没有"}
        sheet.answers.filter(pk=row.pk).update(state="agreed", by=by, version=1, **fields)


def confirmed(world: World, visit: Visit, marks: tuple) -> Visit:
    """The visit with these marks, confirmed."""
    handed_in(world, visit, marks)
    actions.confirm(visit, by=world.province)
    return visit


def handed_in(world: World, visit: Visit, marks: tuple) -> Visit:
    """The visit with these marks, submitted."""
    sheet = papers.started(visit, world.leader)
    fill(sheet, inputs(marks), world.member)
    Visit.objects.filter(pk=visit.pk).update(answered=visit.questions)
    actions.follow(visit, by=world.member)
    papers.sign(sheet, "leader", world.leader)
    papers.sign(sheet, "recorder", world.recorder)
    visit.refresh_from_db()
    actions.submit(visit, by=world.leader)
    return visit


def held(world: World, units: int = 8) -> list[Visit]:
    """A round: so many enterprises and half as many county unions over three counties.

    Beside them an unfinished visit and one that is only submitted. Written as the actions leave
    it, which tests of single sheets go through.
    """
    places = [world.regions[f"county_{name}"] for name in ("a1", "a2", "b1")]
    made = []
    for n in range(units):
        firm = EnterpriseFactory(
            name=f"示例统计企业{n}",
            region=places[n % 3],
            industry=INDUSTRIES[n % 4],
            size=SIZES[n % 5],
        )
        made.append(stored(world, firm, MARKS[n % len(MARKS)]))
        if n % 2:
            union = OrganizationFactory(name=f"示例统计工会{n}", region=places[n % 3])
            made.append(stored(world, union, MARKS[-1 - n % len(MARKS)]))
    stored(world, EnterpriseFactory(region=places[0]), MARKS[5], status="submitted")
    standings.recount()
    return made


def stored(
    world: World, unit: Organization, marks: tuple, *, status: str = "confirmed", **fields
) -> Visit:
    """The papers of one visit, as they are once they were handed in and perhaps confirmed."""
    visit = plans.visit(fields.pop("plan", world.plan), fields.pop("team", world.team), unit)
    return scored(world, visit, inputs(marks), status=status, **fields)


def scored(
    world: World, visit: Visit, given: dict, *, status: str = "confirmed", **fields
) -> Visit:
    """The same of a visit at hand; None says 不适用, what is not given was left open."""
    version = Version.objects.with_tree().get(pk=visit.version_id)
    result = table_of(version).result({code: said(one) for code, one in given.items()})
    sheet = Scoresheet.objects.create(
        visit=visit,
        version=version,
        total=result.total,
        frozen={},
        content_hash="0" * 64,
        frozen_at=timezone.now(),
    )
    Answer.objects.bulk_create(
        Answer(
            sheet=sheet,
            criterion=point,
            state="agreed" if point.code in given else "open",
            inputs=given.get(point.code) or {},
            not_applicable=given.get(point.code, {}) is None,
            points=gained.points if (gained := result.by_code[point.code]) else None,
            reason=_reason(point, gained) if point.code in given else "",
        )
        for section in version.sections.all()
        for item in section.items.all()
        for point in item.criteria.all()
    )
    Visit.objects.filter(pk=visit.pk).update(
        status=status,
        total=result.total,
        applicable=result.applicable,
        rate=result.rate,
        verdicts=dict(result.verdicts) or None,
        content_hash="0" * 64,
        submitted_at=timezone.now(),
        submitted_by=world.leader,
        **fields,
    )
    visit.refresh_from_db()
    if visit.status in standings.DONE:
        sums.count(visit, +1)
    return visit


def said(one: dict | None) -> Given:
    return Given({}, not_applicable=True) if one is None else Given(one)


def _reason(point: Criterion, gained: Outcome | None) -> str:
    """A reason for each loss, the same for equal losses; and for what does not apply."""
    if gained is None:
        return "本单位没有"
    lost = point.points - gained.points
    return f"示例原因：少 {lost}" if lost else ""


def corrected(world: World) -> Visit:
    """Confirmed with some marks, corrected, and confirmed with others; all by the actions."""
    firm = EnterpriseFactory(name="示例更正企业", region=world.regions["county_a1"])
    visit = confirmed(world, plans.visit(world.plan, world.team, firm), MARKS[0])
    sheet = actions.correct(visit, by=world.province, reason="示例更正")
    fill(sheet, inputs(MARKS[7]), world.member)
    actions.follow(visit, by=world.member)
    papers.sign(sheet, "leader", world.leader)
    papers.sign(sheet, "recorder", world.recorder)
    visit.refresh_from_db()
    actions.submit(visit, by=world.leader)
    actions.confirm(visit, by=world.province)
    return visit


@dataclass
class Recounted:
    """One confirmed 督导, scored anew."""

    visit: Visit
    result: Result

    @property
    def rate(self) -> Fraction:
        """Six places, as a rate is stored."""
        return Fraction(self.result.rate)


def recounted(plan, kind: str) -> list[Recounted]:
    """Every confirmed 督导 of a round and kind, from the inputs of its last draft."""
    visits = Visit.objects.filter(plan=plan, target_kind=kind, scorer="team")
    visits = visits.filter(status__in=["confirmed", "archived"]).select_related("target__region")
    found = [Recounted(visit, _scored(visit)) for visit in visits]
    return [one for one in found if one.result.rate is not None]


def _scored(visit: Visit) -> Result:
    sheet = visit.sheets.order_by("revision").last()
    version = Version.objects.with_tree().get(pk=sheet.version_id)
    given = {
        answer.criterion.code: Given(answer.inputs, answer.not_applicable)
        for answer in sheet.answers.select_related("criterion")
    }
    return evaluate(points_of(version), given)


def plain(html: str) -> str:
    """A page without the links around numbers that count something else than sheets."""
    return re.sub(r'<a class="an-n"[^>]*>(.*?)</a>', r"\1", html)


def by(key: Callable[[Visit], str], found: list[Recounted]) -> dict[str, list[Recounted]]:
    groups: defaultdict[str, list[Recounted]] = defaultdict(list)
    for one in found:
        groups[key(one.visit)].append(one)
    return dict(groups)


def means(found: list[Recounted]) -> tuple[int, Fraction, Fraction]:
    """How many, their mean 得分率 and mean 总得分."""
    rates = sum((one.rate for one in found), Fraction(0))
    totals = sum((Fraction(one.result.total) for one in found), Fraction(0))
    return len(found), rates / len(found), totals / len(found)


def percent(value: Fraction) -> str:
    """Rounded half up by counting halves, not by the code under test."""
    tenths = (value * 2000 + 1).numerator // ((value * 2000 + 1).denominator * 2)
    return f"{tenths // 10}.{tenths % 10}%"


def ranking(groups: dict[str, list[Recounted]]) -> Iterator[tuple[str, str, int]]:
    """(key, place in words, sheets), each rank one more than the groups that are better."""
    scores = {key: means(found)[1:] for key, found in groups.items()}
    for key, score in scores.items():
        better = sum(other > score for other in scores.values())
        shared = sum(other == score for other in scores.values()) > 1
        yield key, f"{better + 1}{' 并列' if shared else ''}", len(groups[key])
