"""Open a sheet, every point marked by two people, in each layout: queries, server time, bytes.

    python -m benchmarks.open_sheet          # DATABASE_URL chooses the database

The target is at most 10 queries and 12 ms for 44 points. Zipped is what a phone fetches.
"""

import gzip
from time import process_time
from uuid import uuid4

from benchmarks.ground import engine, leave, milliseconds, stand
from benchmarks.papers import long_version

# Of the official tables those of 省医务工会, 高青 and 石狮; the last has 44 points.
OFFICIAL = {
    "checklist": "yiwu-city",
    "questions": "gaoqing-office",
    "details": "shishi-fujian3-producer",
}


def main() -> None:
    stand()
    from django.db import transaction
    from django.test import Client

    from tests.cast import build_world
    from tests.factories import tables

    world = build_world()
    client = Client()
    client.force_login(world.member, backend="orgs.sessions.AccountBackend")
    versions = {"scores": long_version()}
    versions |= {layout: tables.official(code) for layout, code in OFFICIAL.items()}
    print(f"open a sheet on {engine()}, all middleware:")
    for layout, version in versions.items():
        with transaction.atomic():
            measure(client, filled_sheet(world, version), layout)
            transaction.set_rollback(True)  # the visit is as new for the next layout
    leave()


def measure(client, sheet, layout: str) -> None:
    """One line: what this sheet takes."""
    from django.db import connection
    from django.urls import reverse

    address = reverse("scoring:sheet", args=[sheet.visit_id])
    client.get(address)
    asked = []
    with connection.execute_wrapper(lambda run, *call: asked.append(call[0]) or run(*call)):
        page = client.get(address)
    spent = milliseconds(lambda: client.get(address), 50)
    start = process_time()
    for _ in range(20):
        client.get(address)
    computed = (process_time() - start) * 50
    points, size = sheet.answers.count(), len(page.content) / 1024
    zipped = len(gzip.compress(page.content, 6)) / 1024
    print(f"  {layout:9} {points} points: {len(asked)} queries, {spent:.1f} ms", end=" ")
    print(f"({computed:.1f} ms of this process), {size:.0f} KB, {zipped:.0f} KB zipped")


def filled_sheet(world, version, visit=None):
    """A sheet of this version (of the cast's visit) on which two people said the same of all."""
    from scoring import sheets
    from scoring.answers import save_point
    from scoring.entries import Entry
    from scoring.models import Scoresheet
    from tests.factories import tables

    visit = tables.bind(visit or world.visit, version)
    visit.refresh_from_db()
    sheet = sheets.start(visit, by=world.leader)
    for person in (world.leader, world.member):
        for answer in sheet.answers.select_related("criterion"):
            point = answer.criterion
            fresh = Scoresheet.objects.select_related("visit", "version").get(pk=sheet.pk)
            entry = Entry(_inputs(point), reason="示例扣分原因")
            save_point(fresh, point.code, entry, by=person, id=uuid4(), base=answer.version)
    return sheet


def _inputs(point):
    from rubrics.kinds import inputs_of
    from tests.factories import tables

    value = "0.5" if point.kind == "award" else tables.worst(point)
    return inputs_of(point.kind, value)


if __name__ == "__main__":
    main()
