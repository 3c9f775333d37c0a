"""The ledger and the figures over a million hazards of 160 counties and 3,000 units.

Run: python -m benchmarks.hazards [rows] [piece of a name] [--kept database]

Each page is asked for through all middleware, with its template, as its reader would ask: by
somebody in a process that has not listed in this way yet (``shape``), then for the first time by
the neighbour who is measured (``new``), then again. Depth is told of the bare list, keys, lines
and count, against the bare query of the same rows with Django's Paginator. The file is written
by the job's own function. Times are ms; of what is asked again the median of five.

``--kept`` names a database that is filled once and stays: a file of SQLite, a name on PostgreSQL.
"""

import os
import re
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from benchmarks import copies, ground
from benchmarks.crowd import COUNTIES, _counties, analyze
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
PEOPLE = {  # who is measured, and who asked before
    "province": ("province", "province2"),
    "city": ("bench_city", "bench_city2"),
    "county": ("bench_county", "bench_county2"),
    "unit": ("bench_unit", "bench_unit2"),
}
COPIES = 5  # every hazard stands so often, one behind the other
DEEP = {  # narrowings whose last pages are asked for, by the province
    "open": {},
    "all": {"tab": "all"},
    "all, one kind": {"tab": "all", "kind": "health"},
    "all, one source": {"tab": "all", "source": "finding"},
    "all, one city": {"tab": "all", "city": "001010"},
    "open, one grade": {"grade": "major"},
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
    readers()
    load = os.getloadavg()[0]
    print(f"{ground.engine()}, {rows:,} hazards, {UNITS:,} units, load {load:.1f}")
    print("processor of a new shape, of a new person; again: wall (processor)", flush=True)
    print(f"{'':26}" + "".join(f"{who:>26}" for who in PEOPLE))
    for name, path, query in pages():
        if wanted in name:
            times = "".join(f"{told_of(who, query, path):>26}" for who in PEOPLE)
            print(f"{name:26}{times}", flush=True)
    if not wanted or wanted in "depth":
        print_depth()
    if not wanted or wanted in "file":
        print_file()
    ground.leave(kept)


def told_of(who: str, query: dict[str, str], path: str) -> str:
    """A page asked for by the neighbour, by whom it is measured, and again."""
    shape, new = (processor(asking(name, query, path)) for name in reversed(PEOPLE[who]))
    wall, again = both(asking(PEOPLE[who][0], query, path), times=TIMES)
    return f"{shape:.0f} {new:.0f} {wall:.1f} ({again:.1f})"


def processor(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


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
    print(f"the figures of all regions are counted in {time.perf_counter() - began:.1f} s")
    yield "figures", reverse("hazards:figures"), {}


def fill_once(rows: int) -> None:
    """Fill, unless the database was kept; one that was filled half-way is of no use."""
    from hazards.models import Hazard

    held = Hazard.objects.unscoped(reason="a database to measure on").count()
    if held not in (0, rows):
        raise SystemExit(f"the kept database holds {held:,} hazards, not {rows:,}: drop it")
    if held:
        analyze()  # a migration may have changed what the planner knew
    else:
        fill(rows)


def fill(rows: int) -> Any:
    """The cast's world, and in each of 160 counties its share of the hazards."""
    from hazards import kept_words
    from hazards.models import Hazard
    from tests.cast import build_world

    world = build_world()
    units = _units(_counties(world))
    hands = _people(units)
    began, made = time.perf_counter(), []
    if rows % COPIES:
        raise SystemExit(f"the rows come in {COPIES}s")
    for hazard in _hazards(rows // COPIES, units, hands):
        made.append(hazard)
        if len(made) == BATCH:
            _keep(made)
            made = []
    _keep(made)
    copies.multiply(Hazard, kept_words.TABLE, COPIES)
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
    """Who rectifies at each unit."""
    from orgs.models import User

    made = [_user(f"hand{n}", unit, "safety_officer") for n, unit in enumerate(units)]
    return User.objects.bulk_create(made, batch_size=BATCH)


def readers() -> None:
    """Who is measured at the first unit, its county, its city; their neighbours in another."""
    from orgs.models import Organization, User

    units = Organization.objects.filter(name__in=("示例企业0", f"示例企业{COUNTIES}"))
    for ending, unit in zip(("", "2"), units.order_by("pk"), strict=True):
        county = unit.region
        people = {"county": _union(county), "city": _union(county.parent), "unit": unit}
        for place, where in people.items():
            role = "safety_officer" if where == unit else "union_staff"
            if not User.objects.filter(username=f"bench_{place}{ending}").exists():
                _user(f"bench_{place}{ending}", where, role).save()


def _union(place: Any) -> Any:
    from orgs.models import Organization

    known = {"kind": "union", "region": place}
    return Organization.objects.get_or_create(known, **known, name=f"{place}总工会")[0]


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
        pk=n * COPIES + 1,
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


def asking(name: str, query: dict[str, str], path: str = "/hazards/"):
    """Ask for a page as that person."""
    from django.test import Client

    from orgs.models import User

    client = Client()
    user = User.objects.get(username=name)
    client.force_login(user, backend="orgs.sessions.AccountBackend")
    address = f"{path}?{urlencode(query)}"

    def ask() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    return ask


def print_depth() -> None:
    """The first page, one at 95 %, and the same rows by OFFSET and COUNT, for the province."""
    from django.core.paginator import Paginator
    from django.utils import timezone

    from hazards import ledger
    from hazards.ledger import Wanted
    from hazards.paging import Listing
    from orgs.models import User

    scope, today = User.objects.get(username="province").scope, timezone.localdate()
    for name, narrowing in DEEP.items():
        wanted = Wanted(**narrowing)
        found = ledger.rows(scope, wanted, today)
        listing, total = Listing(scope, wanted, today), found.count()
        if not total:
            continue
        deep = _link(found, wanted, total * 95 // 100)
        times = [both(partial(_listed, listing, where), times=TIMES) for where in ("", deep)]
        offset = both(partial(_turn, Paginator(found, 50)), times=1)[0]
        first, last = times
        print(f"{name:18}{total:>10,}: first {told(*first)}, at 95 % {told(*last)},", end="")
        print(f" OFFSET {offset:.0f}, {offset / last[0]:.1f}x", flush=True)


def _link(found: Any, wanted: Any, at: int) -> str:
    """The address behind the row at this place."""
    from django.http import QueryDict

    from chabaocu.lists import link
    from hazards.ledger import ORDERS

    names = [name.removeprefix("-") for name in ORDERS[wanted.sort]]
    key = found.values_list(*names)[at]
    return link(QueryDict(""), "after", [str(one) if isinstance(one, date) else one for one in key])


def _listed(listing: Any, where: str) -> None:
    from django.http import QueryDict

    from hazards.lines import hazard_lines

    load = partial(hazard_lines, today=listing.today)
    assert listing.page(QueryDict(where), load=load, count=listing.counts([])[""]).rows


def _turn(pages: Any) -> None:
    list(pages.page(pages.num_pages * 95 // 100))


def print_file() -> None:
    """The ledger as Excel, a part of it and the whole: time, and how far memory rose."""
    from django.utils import timezone

    from hazards.columns import USUAL
    from orgs.models import User
    from reports.hazard_exports import chosen
    from reports.workbooks.hazards import write_hazards

    user, today = User.objects.get(username="province"), timezone.localdate()
    for address in ("tab=open", "tab=all&kind=health", "tab=all"):
        found = chosen(address, user)
        Path("/proc/self/clear_refs").write_text("5")  # forget the most that was held before
        before, began = held("VmRSS"), time.perf_counter()
        with TemporaryFile() as file:
            write_hazards(file, found, USUAL, today=today)
            size = file.tell() / 2**20
        spent = time.perf_counter() - began
        print(
            f"file of {address:20}{found.count():>10,} rows: {spent:.0f} s, {size:.1f} MB;", end=""
        )
        print(f" memory {before} MB, at most {held('VmHWM')} MB", flush=True)


def held(name: str) -> int:
    """What the process holds, or the most it held, in MB."""
    found = re.search(rf"{name}:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) // 1024


if __name__ == "__main__":
    asked = ArgumentParser()
    asked.add_argument("rows", type=int, nargs="?", default=1_000_000)
    asked.add_argument("wanted", nargs="?", default="")
    asked.add_argument("--kept", default="")
    main(**vars(asked.parse_args()))
