"""Rounds driven through the actions people use: a finished one, one being filled, last year's."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from chabaocu.demo.cast import Cast
from chabaocu.demo.clock import clock
from chabaocu.demo.earlier import load_earlier
from chabaocu.demo.papers import begin, fill_all, finish, half_fill, remark
from chabaocu.demo.people import TEAMS
from chabaocu.demo.self_checks import check_themselves
from chabaocu.demo.units import union_of
from orgs.models import Region
from plans import draws
from plans.actions import plan as plans
from plans.actions.team import save_team
from plans.actions.visit import create_visits, schedule
from plans.models import Draw, Plan, Visit
from plans.workdays import workdays
from scoring import actions as papers

FINISHED_DAYS, PRESENT_DAYS = 12, 19  # from a Monday to a Friday, and to the Friday after next
WEEKS_APART = 8
BEHIND = 4  # working days of the present round that are over
# What the visits of each team have come to, the earliest first: 确 confirmed, 交 submitted,
# 退 returned with remarks, 签 signed by the leader alone, 议 half filled with a point in dispute,
# 半 half filled, 始 begun; the last is today's. The later teams are not as far.
PROGRESS = (
    "确确交交退签半始议",
    "确确交交签半半始议",
    "确确交退签半议始半",
    "确交交签签半议始半",
    "确确交签半议始半半",
    "确交退签半议始半半",
    "确交签半议始半半半",
    "交交半议始始半半始",
)
SMALL_RULE = {
    "counties": {"per_city": 1, "key_at_least": 0, "avoid_repeats": "in_principle"},
    "enterprises": {
        "per_county": 1,
        "high_risk": True,
        "private": True,
        "small_or_medium": True,
        "industry": "chemical",
        "industry_at_least": 1,
    },
}
DICE = {
    Draw.Stage.COUNTIES: "40718263955810392746",
    Draw.Stage.ENTERPRISES: "85209314670026183549",
}
HOURS = {Draw.Stage.COUNTIES: "09:30", Draw.Stage.ENTERPRISES: "14:30"}
FOUR_WEEKS = timedelta(weeks=4)  # has so many working days even with the longest holiday
A_DAY, REVIEWED = timedelta(days=1), timedelta(days=7)
PLANNED, DRAWN, SENT = timedelta(days=14), timedelta(days=10), timedelta(days=7)  # before it begins
NOTE = "示例：有的扣分原因太笼统，请按各条意见补齐后再提交。"
WITNESSED = "示例：会场十面骰 20 次，两人各自录入"


def load_rounds(top: Region, *, today: date) -> bool:
    """Store the rounds, dated around ``today``; False when the union has plans already."""
    issuer = union_of(top)
    if Plan.objects.unscoped(reason="demo").filter(issuer=issuer).exists():
        return False
    monday = today - timedelta(days=today.weekday())
    cast = Cast()
    first = monday - timedelta(weeks=WEEKS_APART)
    _finished(cast, first, today.year)
    begun = workdays(today - FOUR_WEEKS, today - timedelta(days=1))[-BEHIND]
    load_earlier(_present(cast, begun, today), cast)
    return True


def _finished(cast: Cast, first: date, year: int) -> None:
    """Thirty-two visits, all confirmed and released; the counties are then drawn already."""
    last = first + timedelta(days=FINISHED_DAYS - 1)
    plan = _published(cast, first, last, year=year, number=1, rule=SMALL_RULE)
    _drawn(plan, cast, workdays(first, last))
    for visit in _visits(plan):
        _confirmed(visit, cast)
        with clock(last + REVIEWED, "15:00"):
            papers.release(visit, by=cast.staff)
    with clock(last + REVIEWED, "17:00"):
        plans.close(plan, by=cast.staff)


def _present(cast: Cast, first: date, today: date) -> Plan:
    """The round of source 1 in its middle: 160 visits, papers in every state."""
    last = first + timedelta(days=PRESENT_DAYS - 1)
    plan = _published(cast, first, last, year=today.year, number=2, rule=None)
    # Today has visits even on a Sunday, so that an inspector's first page has something to show.
    _drawn(plan, cast, sorted({*workdays(first, last), today}))
    deeds = _deeds(cast)
    visits = _visits(plan)
    of_first = [visit for visit in visits if visit.team.order == 1]
    check_themselves(plan, of_first, cast.staff, today=today)
    for number, progress in enumerate(PROGRESS, 1):
        own = [visit for visit in visits if visit.team.order == number]
        for visit, letter in zip(own, progress, strict=False):
            deeds[letter](visit)
    return plan


def _deeds(cast: Cast) -> dict[str, Callable[[Visit], object]]:
    """What each letter of PROGRESS does to a visit."""
    return {
        "确": lambda visit: _confirmed(visit, cast),
        "交": partial(finish, photos=1),
        "退": lambda visit: _returned(visit, cast),
        "签": fill_all,
        "议": partial(half_fill, disputed=True),
        "半": partial(half_fill, disputed=False),
        "始": begin,
    }


def _confirmed(visit: Visit, cast: Cast) -> None:
    finish(visit)
    with clock(visit.visit_on + A_DAY, "10:00"):
        papers.confirm(visit, by=cast.staff)


def _returned(visit: Visit, cast: Cast) -> None:
    finish(visit)
    with clock(visit.visit_on + A_DAY, "10:30"):
        remark(visit, by=cast.staff)
        papers.return_visit(visit, by=cast.staff, note=NOTE)


def _published(
    cast: Cast, first: date, last: date, *, year: int, number: int, rule: dict | None
) -> Plan:
    with clock(first - PLANNED, "09:00"):
        plan = _draft(cast, first, last, year=year, number=number)
        if rule:
            plans.save_draft(plan, by=cast.staff, sampling=rule)
    with clock(first - PLANNED, "15:30"):
        plans.publish(plan, by=cast.staff)
    plan.refresh_from_db()
    return plan


def _draft(cast: Cast, first: date, last: date, *, year: int, number: int) -> Plan:
    return plans.create(
        cast.staff.organization,
        by=cast.staff,
        year=year,
        round_number=number,
        starts_on=first,
        visits_end_on=last,
        template="shandong",
    )


def _drawn(plan: Plan, cast: Cast, days: list[date]) -> None:
    """Draw counties and enterprises, set up the teams, and give every visit its day."""
    for stage, hour in HOURS.items():
        with clock(plan.starts_on - DRAWN, hour):
            _draw(plan, cast, stage)
    with clock(plan.starts_on - SENT, "09:00"):
        _sent(plan, cast, days)


def _sent(plan: Plan, cast: Cast, days: list[date]) -> None:
    """The teams with their cities, the visits with their days."""
    cities = Region.objects.unscoped(reason="demo").filter(level=Region.Level.CITY, valid_to=None)
    groups = list(cities.filter(parent=plan.issuer.region).order_by("path"))
    for number in range(1, TEAMS + 1):
        save_team(
            plan,
            by=cast.staff,
            name=f"第{number}督导组",
            roles=cast.team(number),
            cities=groups[number - 1 :: TEAMS],
        )
    create_visits(plan, by=cast.staff)
    schedule(plan, by=cast.staff, days=days)


def _draw(plan: Plan, cast: Cast, stage: str) -> None:
    draw = draws.freeze(
        plan,
        by=cast.staff,
        stage=stage,
        seed_source=Draw.SeedSource.DICE,
        seed_source_detail=WITNESSED,
    )
    for person in (cast.staff, cast.witness):
        draws.enter_seed(draw, by=person, digits=DICE[stage])
        draw.refresh_from_db()
    draws.run(draw, by=cast.staff)


def _visits(plan: Plan) -> list[Visit]:
    visits = plan.visits.exclude(team=None).select_related("team", "target", "plan")
    return list(visits.order_by("visit_on", "starts_at", "pk"))
