"""Every long list over 100,000 rows: first page and page at 95 %, against OFFSET and COUNT.

Run: python -m benchmarks.visit_list [rows] [piece of an address or name]

The pages are asked for through all middleware, with their templates; ``OFFSET`` is the bare query
of the same rows with Django's Paginator, without page or template. The empty page is the account
page of an inspector: what any page costs before its list. The pages of a round of 12,000 visits,
a nation's, follow: its schedule, one team of it, its board by city and county, its plan.
"""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks import crowd, ground

DEEP = 95  # per cent
TIMES = 9
ROWS = (b'<th scope="row"', b'"line-link"', b'"audit-hour"')  # how a row begins, page by page


@dataclass(frozen=True)
class List:
    """A page, who asks for it, and the rows it lists."""

    person: str
    address: str
    rows: Any
    order: Sequence[str]
    related: Sequence[str] = ()


def main(rows: int, wanted: str = "") -> None:
    """Fill, measure, print; only what has ``wanted`` in its name."""
    ground.stand()
    world = crowd.fill(rows)
    print(f"{ground.engine()}, {rows:,} rows, 50 a page, median ms wall (processor)")
    print(f"{'':34}{'first':>16}{'at 95 %':>16}{'deep/first':>12}{'OFFSET':>14}{'OFFSET/ours':>13}")
    print(f"{'an empty page':34}{told(*both(asking(world, 'leader', account())))}")
    for page in lists(world):
        if wanted in page.address:
            print_list(world, page)
    for name, (person, address) in others(world).items():
        if wanted in name:
            print(f"{name:34}{told(*both(asking(world, person, address)))}")
    ground.leave()


def others(world: Any) -> dict[str, tuple[str, str]]:
    """Pages that are no list, by name: who asks for them, and where."""
    from django.urls import reverse

    nation = world.nation
    schedule, board = reverse("plans:visit_schedule", args=[nation.pk]), reverse("scoring:board")
    team = nation.teams.first().pk
    return {
        "/ as province": ("province", "/"),
        "/ as leader": ("leader", "/"),
        "/plans/ as province": ("province", reverse("plans:plan_list")),
        "schedule of 12,000": ("province", schedule),
        "schedule of 12,000, one team": ("province", f"{schedule}?team={team}"),
        "board of 12,000 by city": ("province", f"{board}?plan={nation.pk}"),
        "board of 12,000 by county": ("province", f"{board}?plan={nation.pk}&by=county"),
        "plan of 12,000": ("province", reverse("plans:plan_detail", args=[nation.pk])),
    }


def account() -> str:
    from django.urls import reverse

    return reverse("plans:account")


def lists(world: Any) -> list[List]:
    """The long lists of the site."""
    from django.urls import reverse

    from audit.models import AuditEvent
    from orgs.models import Organization, User
    from plans.models import Visit

    beside = ("plan", "team", "target", "region__parent", "version")
    visits = Visit.objects.visible_to(world.province)
    scored = visits.filter(rate__isnull=False, status__in=["confirmed", "archived"])
    mine = Visit.objects.visible_to(world.other_leader).filter(visit_on__isnull=False)
    review, tasks = reverse("scoring:review_list"), reverse("plans:task_list")
    results = reverse("scoring:result_list")
    units = Organization.objects.visible_to(world.province).active()
    people = User.objects.visible_to(world.admin).filter(is_active=True)
    place, day = ("place", "pk"), ("visit_on", "pk")
    score = ("-rate", "-total", "pk")
    to_do = mine.filter(status__in=["planned", "filling", "signing", "returned"])
    by_name = ("region__path", "name_initials", "pk")
    by_unit = ("organization__region__path", "organization_id", "pk")
    return [
        List("province", review, visits.filter(status="submitted"), place, beside),
        List("province", f"{review}?status=all", visits, place, beside),
        List("province", f"{results}?kind=enterprise_union", scored, score, beside),
        List("other_leader", f"{tasks}?group=todo", to_do, day, beside),
        List("province", reverse("orgs:organization_list"), units, by_name, ("region__parent",)),
        List("admin", reverse("orgs:user_list"), people, by_unit, ("organization__region",)),
        List("admin", reverse("audit:event_list"), AuditEvent.objects.all(), ("-at", "-pk")),
    ]


def print_list(world: Any, page: List) -> None:
    """One line: the first page, the deep one, and the same rows by OFFSET and COUNT."""
    from django.core.paginator import Paginator

    there = deep_address(page)
    first, deep = (asking(world, page.person, url, rows=50) for url in (page.address, there))
    found = page.rows.select_related(*page.related) if page.related else page.rows
    pages = Paginator(found.order_by(*page.order), 50)
    number = pages.num_pages * DEEP // 100

    def by_offset() -> None:
        list(Paginator(found.order_by(*page.order), 50).page(number))

    here, far, offset = both(first), both(deep), both(by_offset, times=3)
    name = f"{page.address} as {page.person}"[:33]
    print(f"{name:34}{told(*here)}{told(*far)}{far[0] / here[0]:11.2f}x", end="")
    print(f"{offset[0]:14.1f}{offset[0] / far[0]:12.1f}x")


def deep_address(page: List) -> str:
    """The page behind the row at 95 %."""
    from django.http import QueryDict

    from chabaocu.lists import link

    names = [field.removeprefix("-") for field in page.order]
    keys = page.rows.order_by(*page.order).values_list(*names)
    path, _, query = page.address.partition("?")
    return f"{path}?{link(QueryDict(query), 'after', keys[page.rows.count() * DEEP // 100])}"


def asking(world: Any, person: str, address: str, rows: int = 0) -> Callable[[], None]:
    """Ask for the page as that person; it must answer, and with that many rows."""
    from django.test import Client

    client = Client()
    client.force_login(getattr(world, person), backend="orgs.sessions.AccountBackend")

    def ask() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, address
        found = sum(answer.content.count(row) for row in ROWS)
        assert not rows or found == rows, (address, found)

    return ask


def both(work: Callable[[], None], times: int = TIMES) -> tuple[float, float]:
    """The median wall and processor time of one call, in ms, after one call to warm up."""
    work()
    wall, processor = [], []
    for _ in range(times):
        began, used = time.perf_counter(), time.process_time()
        work()
        wall.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - used) * 1000)
    return median(wall), median(processor)


def told(wall: float, processor: float) -> str:
    return f"{wall:8.1f} ({processor:4.1f})"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, *sys.argv[2:3])
