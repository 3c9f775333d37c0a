"""省医务工会's own round: hospitals that hang below it, all drawn, one replaced with its reason.

An 产业工会 issues for its own units only; what it holds stays its own.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, repeat

from chabaocu.demo.clock import clock
from chabaocu.demo.papers import fill_all, finish, half_fill
from chabaocu.demo.people import MEDICAL
from orgs.models import Organization, Region, User
from orgs.pinyin import initials
from orgs.roles import TeamRole
from plans import draws
from plans.actions import plan as plans
from plans.actions.team import save_team
from plans.actions.visit import create_visits, replace_visit, schedule
from plans.models import Draw, Plan, Visit
from plans.workdays import workdays
from scoring import actions as papers

K = Organization.Kind
HOSPITALS = ("第一人民医院", "中医医院", "妇幼保健院")
STAGES = ("medical_city", "medical_unit")
SEED = "51930274860192837465"
WITNESSED = "示例：会场十面骰 20 次，两人各自录入"
PREPARED, BEGUN, LASTS = timedelta(days=14), timedelta(days=7), timedelta(days=21)
RULE = {
    "drawn": [
        {"target": "medical_city", "choose": 2, "per": "issuer", "pool": "reach"},
        {"target": "medical_unit", "choose": 1, "per": "city", "pool": "reach"},
    ],
    "listed": [],
}
REASON = "示例：医院正在接受等级评审，不能安排督导，按方案七另抽并记录原因。"


REVIEWERS = ("yiwu4", "yiwu5")  # no members of the team; the second 初审s, the first confirms
# what the visits before today came to, the earliest first; any further ones are submitted
DEEDS = ("released", "confirmed", "vetted", "signed", "disputed")
ROLES = {
    "yiwu1": TeamRole.LEADER,
    "yiwu2": TeamRole.RECORDER,
    "yiwu3": TeamRole.MEMBER,
}


def load_medical(top: Region, *, today: date) -> bool:
    """Store the round, begun a week before ``today``; False when there is one already."""
    issuer = Organization.objects.unscoped(reason="demo").get(name=MEDICAL)
    if Plan.objects.unscoped(reason="demo").filter(issuer=issuer).exists():
        return False
    places = _cities(top)
    for city in places:
        _units(issuer, city)
    people = _people()
    plan = _published(issuer, people, today - BEGUN)
    _drawn(plan, people)
    _sent(plan, people, places, today)
    users = User.objects.unscoped(reason="demo").filter(username__in=REVIEWERS)
    _filled(plan, list(users.order_by("username")), today)
    return True


def _cities(top: Region) -> list[Region]:
    regions = Region.objects.unscoped(reason="demo").filter(parent=top, valid_to=None)
    return list(regions.filter(level=Region.Level.CITY).order_by("path"))


def _units(issuer: Organization, city: Region) -> None:
    union = _unit(K.INDUSTRIAL_UNION, f"{city.name}医务工会（示例）", city, issuer)
    for name in HOSPITALS:
        _unit(K.INSTITUTION, f"{city.name}演示{name}（示例）", city, union, industry="medical")


def _unit(kind: str, name: str, place: Region, parent: Organization, **more) -> Organization:
    return Organization.objects.create(
        kind=kind,
        name=name,
        name_initials=initials(name),
        region=place,
        parent=parent,
        is_demo=True,
        **more,
    )


def _people() -> list[User]:
    users = User.objects.unscoped(reason="demo").filter(username__in=ROLES)
    return list(users.select_related("organization__region").order_by("username"))


def _published(issuer: Organization, people: list[User], first: date) -> Plan:
    with clock(first - PREPARED, "09:00"):
        plan = plans.create(
            issuer,
            by=people[0],
            year=first.year,
            round_number=1,
            starts_on=first,
            visits_end_on=first + LASTS,
            template="medical",
        )
        plans.save_draft(plan, by=people[0], sampling=RULE, four_eyes=True)
        plans.publish(plan, by=people[0])
    plan.refresh_from_db()
    return plan


def _drawn(plan: Plan, people: list[User]) -> None:
    for stage in STAGES:
        with clock(plan.starts_on - BEGUN, "09:30"):
            draw = draws.freeze(
                plan,
                by=people[0],
                stage=stage,
                seed_source=Draw.SeedSource.DICE,
                seed_source_detail=WITNESSED,
            )
            for person in people[:2]:
                draws.enter_seed(draw, by=person, digits=SEED)
                draw.refresh_from_db()
            draws.run(draw, by=people[0])


def _sent(plan: Plan, people: list[User], cities: list[Region], today: date) -> None:
    """One team with a visit today, whatever the day; one unit is replaced with its reason."""
    with clock(plan.starts_on, "09:00"):
        roles = {person: ROLES[person.username] for person in people}
        save_team(plan, by=people[0], name="医务督导组", roles=roles, cities=cities)
        create_visits(plan, by=people[0])
        days = {*workdays(plan.starts_on, plan.visits_end_on), today}
        schedule(plan, by=people[0], days=sorted(days))
    hospitals = [visit for visit in _visits(plan) if visit.target_kind == "medical_unit"]
    replace_visit(hospitals[-1].pick, by=people[0], reason=REASON)


def _visits(plan: Plan) -> list[Visit]:
    visits = Visit.objects.unscoped(reason="demo").filter(plan=plan).exclude(team=None)
    related = visits.select_related("team", "target", "plan", "pick__draw__plan")
    return list(related.order_by("visit_on", "pk"))


def _filled(plan: Plan, reviewers: list[User], today: date) -> None:
    """Papers in every state for the days that are over, and today's half filled."""
    visits = [visit for visit in _visits(plan) if visit.visit_on <= today]
    for visit, deed in zip(visits, _deeds(visits, today), strict=True):
        if deed == "today":
            half_fill(visit, disputed=False)
        elif deed == "disputed":
            half_fill(visit, disputed=True)
        elif deed == "signed":
            fill_all(visit, photos=1)
        else:
            finish(visit, photos=1)
            _reviewed(visit, deed, *reviewers)


def _deeds(visits: list[Visit], today: date) -> Iterator[str]:
    over = sum(visit.visit_on < today for visit in visits)
    done = chain(DEEDS, repeat("submitted"))
    return (next(done) if n < over else "today" for n, _ in enumerate(visits))


def _reviewed(visit: Visit, deed: str, confirmer: User, vetter: User) -> None:
    """Two reviewers, as the plan asks."""
    if deed == "submitted":
        return
    with clock(visit.visit_on, "21:00"):
        papers.vet(visit, by=vetter)
        if deed == "vetted":
            return
        visit.refresh_from_db()
        papers.confirm(visit, by=confirmer)
        if deed == "released":
            papers.release(visit, by=confirmer)
