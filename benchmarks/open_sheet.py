"""Open a sheet of 44 points, every point marked by two people: queries and server time.

    python benchmarks/open_sheet.py          # DATABASE_URL chooses the database

The target is at most 10 queries and 12 ms.
"""

from time import process_time

from ground import engine, leave, milliseconds, stand
from papers import POINTS, long_version


def main() -> None:
    stand()
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    visit, member = filled_sheet()
    client = Client()
    client.force_login(member, backend="orgs.sessions.AccountBackend")
    address = reverse("scoring:sheet", args=[visit.pk])
    client.get(address)
    asked = []
    with connection.execute_wrapper(lambda run, *call: asked.append(call[0]) or run(*call)):
        page = client.get(address)
    spent = milliseconds(lambda: client.get(address), 50)
    start = process_time()
    for _ in range(20):
        client.get(address)
    computed = (process_time() - start) * 50
    print(f"open a sheet of {POINTS} points on {engine()}, all middleware:", end=" ")
    print(f"{len(asked)} queries, {spent:.1f} ms ({computed:.1f} ms of this process),", end=" ")
    print(f"{len(page.content) / 1024:.0f} KB")
    leave()


def filled_sheet():
    from uuid import uuid4

    from plans.models import Visit
    from scoring import sheets
    from scoring.answers import save_point
    from scoring.entries import Entry
    from scoring.models import Scoresheet
    from tests.cast import build_world

    world = build_world()
    version = long_version()
    Visit.objects.filter(pk=world.visit.pk).update(version=version)
    world.visit.refresh_from_db()
    sheet = sheets.start(world.visit, by=world.leader)
    for person in (world.leader, world.member):
        for answer in sheet.answers.select_related("criterion").filter(criterion__kind="award"):
            fresh = Scoresheet.objects.select_related("visit").get(pk=sheet.pk)
            entry = Entry({"points": "1.5"}, reason="示例扣分原因")
            save_point(
                fresh, answer.criterion.code, entry, by=person, id=uuid4(), base=answer.version
            )
    return Visit.objects.get(pk=world.visit.pk), world.member


if __name__ == "__main__":
    main()
