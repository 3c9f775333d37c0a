"""The statistics of a province's round and of a nation's, and the sums they are read from.

Run: python -m benchmarks.analysis_pages [rounds of the nation] [--kept database]

A province: 16 cities, 136 counties, 544 enterprises. A nation: 333 cities, 3,000 counties, 12,000
enterprises, five rounds. Two million: a province where each county has 336 enterprises. Each sheet
has 44 answers. Times are medians in ms, wall (processor); the last lines set what is read of a
round's points against the live GROUP BY of its answers, which must say the same.
"""

import random
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from benchmarks import crowd, ground
from benchmarks.visit_list import asking, both, told

BATCH = 5_000
TEAMS = 16
KIND = "enterprise_union"
PAGES = ("scores", "losses", "compared", "teams", "sheets")
# A third of the points are lost, a third halved; forty reasons for each point.
ANSWERS = """
INSERT INTO scoring_answer
    (sheet_id, criterion_id, state, version, inputs, not_applicable, points, reason, note)
SELECT sheet, point, 'agreed', 1, '{{}}', false, full_marks * mark / 2.0,
    CASE WHEN mark < 2 THEN '示例原因 ' || ((sheet * 31 + point) % 40) ELSE '' END, ''
FROM (
    SELECT s.id AS sheet, c.id AS point, c.points AS full_marks, (s.id * 7 + c.id * 13) % 3 AS mark
    FROM plans_visit v
    JOIN scoring_scoresheet s ON s.visit_id = v.id
    JOIN rubrics_section x ON x.version_id = v.version_id
    JOIN rubrics_item i ON i.section_id = x.id
    JOIN rubrics_criterion c ON c.item_id = i.id
    WHERE v.plan_id = {plan}
) AS marked
"""


@dataclass(frozen=True)
class Size:
    """How large a round is, and how many enterprises a county has."""

    name: str
    cities: int
    counties: int
    firms: int
    rounds: int
    first: int  # segment of its first city

    @property
    def number(self) -> int:
        """The number of its newest round."""
        return self.first * 10 + self.rounds - 1


def main(rounds: int, kept: str = "") -> None:
    """All, page by page."""
    ground.stand(kept)
    sizes = [
        Size("province", 16, 136, 4, 1, 100),
        Size("nation", 333, 3_000, 4, rounds, 200),
        Size("two million", 16, 136, 336, 1, 600),
    ]
    world = _world(sizes)
    print(f"{ground.engine()}, median ms wall (processor)")
    print(f"{'':12}" + "".join(f"{name:>18}" for name in (*PAGES, "board")))
    made = {size: _plan(size.number) for size in sizes}
    for size, plan in made.items():
        times = (told(*both(asking(world, "province", page), times=5)) for page in _pages(plan))
        print(f"{size.name:12}" + "".join(f"{one:>18}" for one in times), flush=True)
    for size, plan in made.items():
        _compare(world, size, plan)
    ground.leave(kept)


def _pages(plan: Any) -> list[str]:
    from django.urls import reverse

    found = [f"{reverse(f'analysis:{name}')}?plan={plan.pk}&kind={KIND}" for name in PAGES]
    return [*found, f"{reverse('scoring:board')}?plan={plan.pk}"]


def _plan(number: int) -> Any:
    from plans.models import Plan

    return Plan.objects.unscoped(reason="a database to measure on").get(round_number=number)


def _world(sizes: list[Size]) -> Any:
    """What is kept of an earlier run, or everything anew."""
    from types import SimpleNamespace

    from orgs.models import User

    if User.objects.exists():
        people = User.objects.filter(role="province_staff", is_active=True)
        return SimpleNamespace(province=people.order_by("pk").first())
    return _filled(sizes)


def _filled(sizes: list[Size]) -> Any:
    from benchmarks.papers import long_version
    from scoring import sums
    from tests.cast import build_world

    world = build_world()
    world.version = long_version()
    for size in sizes:
        units = _units(world, size)
        for n in range(size.rounds):
            _round(world, size, units, n)
    sums.recount()
    crowd.analyze()
    return world


def _compare(world: Any, size: Size, plan: Any) -> None:
    """One line: a round's points, everywhere and by city, as they are kept and counted live."""
    from django.http import QueryDict

    from analysis import losses
    from analysis.choice import Choice
    from scoring.filters import ResultForm

    scope = world.province.scope
    form = ResultForm(QueryDict(f"plan={plan.pk}&kind={KIND}"), scope=scope)
    choice = Choice(scope, form, form.narrowing)
    [version] = losses.versions(choice)
    kept, here = _timed(lambda: losses.kept_by_point(choice, version, choice.level), 9)
    page, whole = _timed(lambda: losses.kept_by_point(choice, version, choice.whole), 9)
    live, there = _timed(lambda: losses.live_by_point(choice, version), 3)
    answers = sum(loss.sheets for loss in (places[""] for places in whole.values()))
    print(
        f"{size.name}, {answers:,} answers by point and city: kept {kept:.1f} ms, live "
        f"{live:,.0f} ms, {live / kept:,.0f}x; by point alone {page:.1f} ms, {live / page:,.0f}x; "
        f"{'the same' if here == there else 'NOT THE SAME'}"
    )


def _timed(work: Callable[[], Any], times: int) -> tuple[float, Any]:
    """The median in ms, after one call to warm up; and what it gave."""
    found, spent = work(), []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return sorted(spent)[times // 2], found


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
                region=counties[n // size.firms],
                industry=industries[n % 4],
                size=sizes[n % 3],
            )
            for n in range(size.counties * size.firms)
        ),
        batch_size=BATCH,
    )


def _round(world: Any, size: Size, units: list[Any], n: int) -> None:
    from django.db import connection

    from plans.models import Team, Visit
    from scoring.models import Scoresheet
    from tests.factories import plans

    union, number = world.orgs["province_union"], size.first * 10 + n
    plan = plans.plan(union, world.province, version=world.version, year=2030, round_number=number)
    teams = Team.objects.bulk_create(
        Team(plan=plan, order=order, name=f"第{order}督导组") for order in range(1, TEAMS + 1)
    )
    phase, chance = plan.phases.get(), random.Random(number)
    visits = Visit.objects.bulk_create(
        (
            _visit(world, plan, phase, teams[at % TEAMS], unit, chance.randint(4_000, 10_000))
            for at, unit in enumerate(units)
        ),
        batch_size=BATCH,
    )
    Scoresheet.objects.bulk_create(
        (Scoresheet(visit=visit, version=world.version) for visit in visits), batch_size=BATCH
    )
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS.format(plan=plan.pk))


def _visit(world: Any, plan: Any, phase: Any, team: Any, unit: Any, rate: int) -> Any:
    from django.utils import timezone

    from plans.models import Visit

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
        total=Decimal(rate) / 100,
        applicable=100,
        rate=Decimal(rate) / 10_000,
        content_hash="0" * 64,
        submitted_at=timezone.now(),
        submitted_by=world.leader,
    )


if __name__ == "__main__":
    asked = ArgumentParser()
    asked.add_argument("rounds", type=int, nargs="?", default=5)
    asked.add_argument("--kept", default="")
    main(**vars(asked.parse_args()))
