"""The ledger and the figures over a million hazards of 160 counties and 3,000 units.

Run: python -m benchmarks.hazards [rows] [piece of a name]

Each page is asked for through all middleware, with its template, as its reader would ask;
``OFFSET`` is the bare query of the same rows with Django's Paginator. Times are the median of
five in ms, wall and processor.
"""

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from benchmarks import ground
from benchmarks.crowd import _counties, analyze
from benchmarks.visit_list import both, told

TIMES = 5
UNITS, DAYS, BATCH = 3_000, 1_500, 5_000
# in a thousand hazards: most are struck off, some wait for something
STATES = {"closed": 700, "rewarded": 90, "dismissed": 60, "rectifying": 70, "accepting": 20}
STATES |= {"planning": 20, "registered": 15, "reported": 15, "forwarded": 5, "judging": 5}
MIXED = [state for state, share in STATES.items() for _ in range(share)]
OPEN_DAYS = 90  # what is open was reported lately
PARTS = ("法兰", "阀门", "护栏", "配电箱", "灭火器", "安全阀", "叉车", "氯气瓶", "电缆", "扶梯")
PARTS += (
    "液位计",
    "压力表",
    "通道",
    "急停按钮",
    "吊钩",
    "脚手架",
    "乙炔瓶",
    "报警器",
    "接地线",
    "皮带",
)
FAULTS = ("滴漏", "锈蚀", "松动", "缺失", "失灵", "校验过期", "堵塞", "未固定", "破损", "无标识")
RARE = "围堰裂缝"  # one in 10,000
PEOPLE = {
    "province": "province",
    "city": "bench_city",
    "county": "bench_county",
    "unit": "bench_unit",
}
LISTS = {
    "first page": {},
    "by report, all": {"tab": "all"},
    "overdue": {"tab": "overdue"},
    "major, open": {"tab": "major"},
    "done": {"tab": "done"},
    "one state": {"status": "judging"},
    "one kind": {"kind": "health"},
    "source, all": {"tab": "all", "source": "finding"},
    "level": {"level": "unit"},
    "industry": {"industry": "coal"},
    "a week, all": {"tab": "all", "since": "2025-03-03", "until": "2025-03-09"},
    "kind+source+grade, all": {"tab": "all", "kind": "health", "source": "code", "grade": "major"},
    "two characters": {"tab": "all", "q": "法兰"},
    "rare word": {"tab": "all", "q": "围堰"},
    "two words, open": {"q": "阀门 锈蚀"},
    "nowhere": {"tab": "all", "q": "龙门"},
}


def main(rows: int, wanted: str = "", kept: str = "") -> None:
    """Fill, measure, print."""
    ground.stand(kept)
    fill_once(rows)
    print(f"{ground.engine()}, {rows:,} hazards, {UNITS:,} units; ms wall (processor)")
    print(f"{'':28}" + "".join(f"{who:>16}" for who in PEOPLE))
    for name, path, query in pages():
        if wanted in name:
            times = (both(asking(who, query, path), times=TIMES) for who in PEOPLE)
            print(f"{name:28}" + "".join(told(*one) for one in times), flush=True)
    print_depth()
    ground.leave(kept)


def pages() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Name, address and filter of each page that is measured."""
    from django.urls import reverse
    from django.utils import timezone

    from hazards import figures

    yield "an empty page", reverse("plans:account"), {}
    for name, query in LISTS.items():
        yield name, reverse("hazards:hazard_list"), query
    began = time.perf_counter()
    figures.refresh(timezone.localdate())
    print(f"the figures of all regions are counted in {time.perf_counter() - began:.0f} s")
    yield "figures", reverse("hazards:figures"), {}


def fill_once(rows: int) -> None:
    """Fill, unless the database was kept; one that was filled half-way is of no use."""
    from hazards.models import Hazard

    held = Hazard.objects.unscoped(reason="a database to measure on").count()
    if held not in (0, rows):
        raise SystemExit(f"the kept database holds {held:,} hazards, not {rows:,}: drop it")
    if not held:
        fill(rows)


def fill(rows: int) -> Any:
    """The cast's world, and in each of 160 counties its share of the hazards."""
    from tests.cast import build_world

    world = build_world()
    units = _units(_counties(world))
    hands = _people(units)
    began, made = time.perf_counter(), []
    for hazard in _hazards(rows, units, hands):
        made.append(hazard)
        if len(made) == BATCH:
            _keep(made)
            made = []
    _keep(made)
    print(f"filled in {time.perf_counter() - began:.0f} s", flush=True)
    analyze()
    return world


def _keep(hazards: list[Any]) -> None:
    from django.db import transaction

    from hazards import search
    from hazards.models import Hazard

    with transaction.atomic():
        search.keep(Hazard.objects.bulk_create(hazards))


def _units(counties: list[Any]) -> list[Any]:
    from orgs.models import Organization
    from tests.factories.orgs import credit_code

    industries = Organization.Industry.values
    return Organization.objects.bulk_create(
        Organization(
            kind="enterprise",
            name=f"示例企业{n}",
            name_initials=f"slqy{n}",
            region=counties[n % len(counties)],
            credit_code=credit_code(10**6 + n),
            industry=industries[n * 7 % len(industries)],
        )
        for n in range(UNITS)
    )


def _people(units: list[Any]) -> list[Any]:
    """Who rectifies at each unit; one union of a city and of a county, and one unit's officer."""
    from orgs.models import Organization, User

    county = units[0].region
    unions = Organization.objects.bulk_create(
        Organization(kind="union", name=f"{place}总工会", region=place)
        for place in (county.parent, county)
    )
    made = [_user(f"hand{n}", unit, "safety_officer") for n, unit in enumerate(units)]
    made += [_user("bench_city", unions[0], "union_staff")]
    made += [_user("bench_county", unions[1], "union_staff")]
    made += [_user("bench_unit", units[0], "safety_officer")]
    return User.objects.bulk_create(made, batch_size=BATCH)[: len(units)]


def _user(name: str, unit: Any, role: str) -> Any:
    from orgs.models import User

    return User(username=name, name=f"示例{name}", organization=unit, role=role, password="!")


def _hazards(rows: int, units: list[Any], hands: list[Any]) -> Iterator[Any]:
    from django.utils import timezone

    now = timezone.now()
    for n in range(rows):
        # the newest last, as they come; what is open among the newest
        age = DAYS * (rows - n) // rows
        state = MIXED[n * 379 % 1000]
        if state not in {"closed", "rewarded", "dismissed"} and age > OPEN_DAYS * 2:
            state = "closed"
        yield _hazard(n, state, now - timedelta(days=age, minutes=n % 600), units, hands)


def _hazard(n: int, state: str, at: datetime, units: list[Any], hands: list[Any]) -> Any:
    from hazards.models import Hazard

    unit_at = n * 7919 % len(units)
    unit, hand = units[unit_at], hands[unit_at]
    fields: dict[str, Any] = {}
    if state not in {"reported", "registered", "dismissed"}:
        fields["grade"] = "major" if n * 31 % 20 == 0 else "general"
    if state in {"rectifying", "accepting", "closed", "rewarded"}:
        due = at.date() + timedelta(days=n * 13 % 30 + 5)
        fields |= {"due_on": due, "responsible": hand, "level": Hazard.Level.values[n * 17 % 4]}
    if state in {"closed", "rewarded"}:
        closed = at + timedelta(days=n * 11 % 40 + 1)
        fields |= {"closed_at": closed, "offered_by_id": 1, "accepted_by_id": 2}
        failures = int(n * 41 % 9 == 0)
        fields |= {"witnessed_by_id": 3, "attempt": 1 + failures, "failures": failures}
    text = f"示例：{PARTS[n * 3 % 20]}{FAULTS[n * 7 % 10]}，{n % 37}号"
    return Hazard(
        number=f"37{n % 160:04}-{at.year}-{n:07}",
        unit=unit,
        region_path=unit.region.path,
        where=f"{n % 9 + 1}号车间{PARTS[n * 11 % 20]}旁",
        kind=Hazard.Kind.values[n * 5 % 8],
        text=text if n % 10_000 else f"{text}{RARE}",
        source=Hazard.Source.values[n * 23 % 6],
        report_id=UUID(int=n),
        reported_at=at,
        status=state,
        **fields,
    )


def asking(who: str, query: dict[str, str], path: str = "/hazards/"):
    """Ask for a page as that person."""
    from django.test import Client

    from orgs.models import User

    client = Client()
    user = User.objects.get(username=PEOPLE[who])
    client.force_login(user, backend="orgs.sessions.AccountBackend")
    address = f"{path}?{urlencode(query)}"

    def ask() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    return ask


def print_depth() -> None:
    """The first page, one at 95 %, and the same rows by OFFSET and COUNT, for the province."""
    from django.core.paginator import Paginator
    from django.http import QueryDict
    from django.utils import timezone

    from chabaocu.lists import link
    from hazards import ledger
    from hazards.ledger import ORDERS, Wanted
    from orgs.models import User

    scope = User.objects.get(username=PEOPLE["province"]).scope
    for tab in ("open", "all"):
        wanted = Wanted(tab=tab)
        found = ledger.rows(scope, wanted, timezone.localdate())
        names = [name.removeprefix("-") for name in ORDERS[wanted.sort]]
        total = found.count()
        key = found.values_list(*names)[total * 95 // 100]
        key = tuple(str(one) if isinstance(one, date) else one for one in key)
        query = dict(QueryDict(link(QueryDict(f"tab={tab}"), "after", key)).items())
        first, deep = (both(asking("province", one)) for one in ({"tab": tab}, query))
        pages = Paginator(found, 50)
        offset = both(partial(_turn, pages), times=3)
        print(f"{tab}: first {told(*first)}, at 95 % {told(*deep)}, deep/first", end="")
        print(f" {deep[0] / first[0]:.2f}, OFFSET {offset[0]:.0f}, {offset[0] / deep[0]:.1f}x")


def _turn(pages: Any) -> None:
    list(pages.page(pages.num_pages * 95 // 100))


if __name__ == "__main__":
    asked = ArgumentParser()
    asked.add_argument("rows", type=int, nargs="?", default=1_000_000)
    asked.add_argument("wanted", nargs="?", default="")
    asked.add_argument("--kept", default="")
    main(**vars(asked.parse_args()))
