"""The statistics of a province's round and of a nation's, through all middleware.

Run: python -m benchmarks.analysis_pages [rounds of the nation]

A province: 16 cities, 136 counties, 544 enterprises. A nation: 333 cities, 3,000 counties, 12,000
enterprises, five rounds, each sheet with its answers. Times are medians in ms, wall (processor).
"""

import random
import sys
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from benchmarks import crowd, ground
from benchmarks.visit_list import asking, both, told

BATCH = 5_000
TEAMS = 16
POINTS = (2, 3, 5, 2)  # of the small table
KIND = "enterprise_union"


@dataclass(frozen=True)
class Size:
    """How large a round is; in each county four enterprises."""

    name: str
    cities: int
    counties: int
    rounds: int
    first: int  # segment of its first city


def main(rounds: int) -> None:
    """Both, page by page."""
    ground.stand()
    from tests.cast import build_world

    world = build_world()
    sizes = [Size("province", 16, 136, 1, 100), Size("nation", 333, 3_000, rounds, 200)]
    made = {size: fill(world, size) for size in sizes}
    crowd.analyze()
    from django.urls import reverse

    print(f"{ground.engine()}, median ms wall (processor)")
    names = ["scores", "losses", "teams", "sheets"]
    print(f"{'':12}" + "".join(f"{name:>18}" for name in names))
    for size, plan in made.items():
        pages = [f"{reverse(f'analysis:{name}')}?plan={plan.pk}&kind={KIND}" for name in names]
        times = (told(*both(asking(world, "province", page), times=5)) for page in pages)
        print(f"{size.name:12}" + "".join(f"{time:>18}" for time in times))
    ground.leave()


def fill(world: Any, size: Size) -> Any:
    """The units, and a plan for each round; returns the newest."""
    units = _units(world, size)
    return [_round(world, size, units, n) for n in range(size.rounds)][-1]


def _units(world: Any, size: Size) -> list[Any]:
    from orgs.models import Organization, Region

    top = world.regions["province"]
    cities = Region.objects.bulk_create(
        Region(
            name=f"示例{size.name}{n}市", path=f"001{size.first + n:03}", level="city", parent=top
        )
        for n in range(size.cities)
    )
    counties = Region.objects.bulk_create(
        Region(
            name=f"示例{n}县",
            path=f"{cities[n % size.cities].path}{n // size.cities + 1:03}",
            level="county",
            parent=cities[n % size.cities],
        )
        for n in range(size.counties)
    )
    industries, sizes = ("chemical", "coal", "mining", "food"), ("large", "medium", "small")
    return Organization.objects.bulk_create(
        (
            Organization(
                kind="enterprise",
                name=f"示例{size.name}企业{n}",
                region=counties[n // 4],
                industry=industries[n % 4],
                size=sizes[n % 3],
            )
            for n in range(size.counties * 4)
        ),
        batch_size=BATCH,
    )


def _round(world: Any, size: Size, units: list[Any], n: int) -> Any:
    from plans.models import Team, Visit
    from scoring.models import Scoresheet
    from tests.factories import plans

    union = world.orgs["province_union"]
    number = size.first * 10 + n
    plan = plans.plan(union, world.province, version=world.version, year=2030, round_number=number)
    teams = Team.objects.bulk_create(
        Team(plan=plan, order=order, name=f"第{order}督导组") for order in range(1, TEAMS + 1)
    )
    phase, chance = plan.phases.get(), random.Random(n)
    marks = [_marks(chance) for _ in units]
    visits = Visit.objects.bulk_create(
        (
            _visit(world, plan, phase, teams[at % TEAMS], unit, marks[at])
            for at, unit in enumerate(units)
        ),
        batch_size=BATCH,
    )
    sheets = Scoresheet.objects.bulk_create(
        (Scoresheet(visit=visit, version=world.version) for visit in visits), batch_size=BATCH
    )
    _answers(world, sheets, marks)
    return plan


def _marks(chance: random.Random) -> list[Decimal]:
    return [Decimal(chance.randint(points, points * 2)) / 2 for points in POINTS]


def _visit(world: Any, plan: Any, phase: Any, team: Any, unit: Any, marks: list[Decimal]) -> Any:
    from django.utils import timezone

    from plans.models import Visit

    total = sum(marks)
    return Visit(
        plan=plan,
        phase=phase,
        team=team,
        target=unit,
        region=unit.region,
        place=unit.region.path,
        target_kind=KIND,
        version=world.version,
        status="confirmed",
        total=total,
        applicable=sum(POINTS),
        rate=(total / sum(POINTS)).quantize(Decimal("0.000001")),
        content_hash="0" * 64,
        submitted_at=timezone.now(),
        submitted_by=world.leader,
    )


def _answers(world: Any, sheets: list[Any], marks: list[list[Decimal]]) -> None:
    from rubrics.models import Criterion
    from scoring.models import Answer

    found = Criterion.objects.filter(item__section__version=world.version)
    criteria = list(found.order_by("item__number", "order"))
    Answer.objects.bulk_create(
        (
            Answer(
                sheet=sheet,
                criterion=criterion,
                state="agreed",
                points=points,
                reason="" if points == criterion.points else f"示例原因 {points}",
            )
            for sheet, row in zip(sheets, marks, strict=True)
            for criterion, points in zip(criteria, row, strict=True)
        ),
        batch_size=BATCH,
    )


if __name__ == "__main__":
    main(*[int(given) for given in sys.argv[1:2]] or [5])
