"""A province with as many visits, units, accounts and events as a list is asked to page through."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

CITIES, COUNTIES = 16, 10
DAYS = 400
ROUND = 12_000  # visits of a nation's round
A_CITY, A_DAY = 3, 4  # teams of it in each city, visits a day in each county
FIRST = date(2017, 1, 1)
# In each hundred visits: most are done, some wait for review, some are under way.
STATES = {"confirmed": 60, "archived": 10, "submitted": 12, "returned": 3, "signing": 3}
STATES |= {"filling": 6, "planned": 6}
MIXED = [state for state, share in STATES.items() for _ in range(share)]
WITH_RESULT = {"confirmed", "archived", "submitted"}
BATCH = 5000


def fill(rows: int) -> Any:
    """The cast's world, and in each of 160 counties its share of ``rows`` of everything."""
    from tests.cast import build_world

    world = build_world()
    counties = _counties(world)
    units = _units(counties, rows)
    _people(units)
    _visits(world, units)
    _events(world, rows)
    world.nation = _nation(world, units[:ROUND])
    analyze()
    return world


def analyze() -> None:
    """Let the planner know how much there is, as the worker does; and PostgreSQL does by itself."""
    from django.db import connection

    from chabaocu.sqlite3 import statistics

    statistics.refresh()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _counties(world: Any) -> list[Any]:
    from tests.factories.orgs import region

    top, made = world.regions["province"], []
    for c in range(10, 10 + CITIES):
        city = region(f"示例{c}市", f"001{c:03}", parent=top)
        made += [
            region(f"示例{c}市{n}县", f"001{c:03}{n:03}", parent=city)
            for n in range(1, COUNTIES + 1)
        ]
    return made


def _units(counties: list[Any], rows: int) -> list[Any]:
    from orgs.models import Organization
    from tests.factories.orgs import credit_code

    return Organization.objects.bulk_create(
        (
            Organization(
                kind="enterprise",
                name=f"示例企业{n}",
                name_initials=f"slqy{n}",
                region=counties[n % len(counties)],
                credit_code=credit_code(10**6 + n),
                industry="chemical",
                size="medium",
            )
            for n in range(rows)
        ),
        batch_size=BATCH,
    )


def _people(units: list[Any]) -> None:
    from orgs.models import User

    User.objects.bulk_create(
        (
            User(
                username=f"shili{n}",
                name=f"示例人员{n}",
                name_initials=f"slry{n}",
                organization=unit,
                role="safety_officer",
                password="!",
            )
            for n, unit in enumerate(units)
        ),
        batch_size=BATCH,
    )


def _visits(world: Any, units: list[Any]) -> None:
    from plans.models import Visit

    phase = world.plan.phases.get()
    Visit.objects.bulk_create(
        (_visit(world, phase, n, unit) for n, unit in enumerate(units)), batch_size=BATCH
    )


def _visit(world: Any, phase: Any, n: int, unit: Any) -> Any:
    from django.utils import timezone

    from plans.models import Visit

    state = MIXED[n * 37 % 100]
    fields: dict[str, Any] = {}
    if state in WITH_RESULT:
        total = Decimal(n * 7919 % 101) / 2
        fields |= {
            "total": total,
            "applicable": 50,
            "rate": total / 50,
            "content_hash": "0" * 64,
            "submitted_at": timezone.now() - timedelta(minutes=n),
            "submitted_by": world.other_leader,
        }
    return Visit(
        plan=world.plan,
        phase=phase,
        team=world.other_team,
        target=unit,
        region=unit.region,
        place=unit.region.path,
        target_kind="enterprise_union",
        version=world.version,
        visit_on=FIRST + timedelta(days=n % DAYS),
        status=state,
        questions=44,
        answered=n % 45,
        **fields,
    )


def _nation(world: Any, units: list[Any]) -> Any:
    """A round of its own over so many units, with teams of three, county by county."""
    from plans.models import Visit
    from tests.factories.orgs import UserFactory
    from tests.factories.plans import plan, team

    union = world.orgs["province_union"]
    made = plan(union, world.province, version=world.version, year=2016)
    count = CITIES * A_CITY
    people = UserFactory.create_batch(3 * count, organization=union, role="union_staff")
    teams = [team(made, *people[n * 3 : n * 3 + 3], order=n + 1) for n in range(count)]
    phase = made.phases.get()
    visits = [_visit(world, phase, n, unit) for n, unit in enumerate(units)]
    for n, visit in enumerate(visits):
        turn, county = divmod(n, CITIES * COUNTIES)
        visit.plan, visit.team = made, teams[county // COUNTIES * A_CITY + turn % A_CITY]
        visit.visit_on = FIRST + timedelta(days=turn // A_DAY)
    Visit.objects.bulk_create(visits, batch_size=BATCH)
    return made


def _events(world: Any, rows: int) -> None:
    from django.utils import timezone

    from audit.models import AuditEvent, Stream

    stream = Stream.objects.create(name="benchmark", length=rows)
    now = timezone.now()
    AuditEvent.objects.bulk_create(
        (
            AuditEvent(
                stream=stream,
                seq=n,
                at=now - timedelta(seconds=n),
                actor_id=world.leader.pk,
                actor_name=world.leader.name,
                action="visit.confirm",
                target_type="plans.visit",
                target_id=str(n),
                target_label=f"示例企业{n}",
                before={"status": "submitted"},
                after={"status": "confirmed", "total": "35.0"},
                prev_hash="0" * 64,
                hash="0" * 64,
            )
            for n in range(rows)
        ),
        batch_size=BATCH,
    )
