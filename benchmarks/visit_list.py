"""A list of 100,000 visits: first page and page 1,900, by key against OFFSET and COUNT.

Run: ./run python benchmarks/visit_list.py [rows]
"""

import json
import sys
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from benchmarks import ground


def main(rows: int) -> None:
    """Fill, measure, print."""
    ground.stand()
    from django.core.paginator import Paginator
    from django.http import QueryDict

    from chabaocu.lists import keyset_page
    from plans.models import Visit

    world = fill(rows)
    order = ("visit_on", "pk")

    def visits():
        seen = Visit.objects.visible_to(world.province).filter(visit_on__isnull=False)
        return seen.select_related("target", "region", "team")

    deep = visits().order_by(*order)[rows * 95 // 100]
    after = QueryDict(mutable=True)
    after["after"] = f'["{deep.visit_on}",{deep.pk}]'
    first_ms = ground.milliseconds(lambda: list(keyset_page(visits(), QueryDict(), order=order)))
    deep_ms = ground.milliseconds(lambda: list(keyset_page(visits(), after, order=order)))
    pages = Paginator(visits().order_by(*order), 50)

    def offset():
        return list(Paginator(visits().order_by(*order), 50).page(pages.num_pages * 95 // 100))

    offset_ms = ground.milliseconds(offset, times=5)
    print(f"{ground.engine()}, {rows:,} visits, 50 a page, median ms")
    print(f"first page by key      {first_ms:8.1f}")
    print(f"page at 95 % by key    {deep_ms:8.1f}   {deep_ms / first_ms:.2f}x the first")
    print(f"page at 95 % by OFFSET {offset_ms:8.1f}   {offset_ms / deep_ms:.1f}x by key")
    pages_of(world, rows)
    ground.leave()


def pages_of(world, rows: int) -> None:
    """The two lists themselves, with all middleware and their templates: first page and deep."""
    from django.test import Client
    from django.urls import reverse

    from plans.models import Visit

    client = Client()
    client.force_login(world.province, backend="orgs.sessions.AccountBackend")
    orders = {
        "scoring:review_list": (("region__path", "pk"), "status=all"),
        "scoring:result_list": (("-rate", "-total", "pk"), "kind=enterprise_union"),
    }
    for name, (order, query) in orders.items():
        first = f"{reverse(name)}?{query}"
        found = Visit.objects.filter(rate__isnull=False).order_by(*order)
        names = [field.removeprefix("-") for field in order]
        deep = found.values_list(*names)[rows * 95 // 100]
        after = json.dumps([str(v) if isinstance(v, Decimal) else v for v in deep])
        there = f"{first}&{urlencode({'after': after})}"
        for address in (first, there):
            page = client.get(address)
            assert page.content.count(b'<th scope="row"') == 50, address
        first_ms = ground.milliseconds(lambda url=first: client.get(url), times=7)
        deep_ms = ground.milliseconds(lambda url=there: client.get(url), times=7)
        print(f"{first:40} first {first_ms:8.1f}   at 95 % {deep_ms:8.1f}", end="")
        print(f"   {deep_ms / first_ms:.2f}x the first")


def fill(rows: int):
    """The cast's world with many more enterprises, each visited once."""
    from django.utils import timezone

    from orgs.models import Organization
    from plans.models import Visit
    from tests.cast import build_world
    from tests.factories.orgs import credit_code

    world = build_world()
    county = world.regions["county_a2"]
    units = Organization.objects.bulk_create(
        (
            Organization(
                kind="enterprise",
                name=f"示例企业{n}",
                region=county,
                credit_code=credit_code(10**6 + n),
            )
            for n in range(rows)
        ),
        batch_size=5000,
    )
    phase, version = world.plan.phases.get(), world.version
    Visit.objects.bulk_create(
        (
            Visit(
                plan=world.plan,
                phase=phase,
                team=world.other_team,
                target=unit,
                region=county,
                target_kind="enterprise_union",
                version=version,
                visit_on=date(2017, 12, 1) + timedelta(days=n % 8),
                status="confirmed",
                total=Decimal(n % 100) / 2,
                applicable=50,
                rate=Decimal(n % 100) / 100,
                content_hash="0" * 64,
                submitted_at=timezone.now(),
                submitted_by=world.leader,
            )
            for n, unit in enumerate(units)
        ),
        batch_size=5000,
    )
    analyze()
    return world


def analyze() -> None:
    """Let the planner know how much there is, as a database in use does."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
