"""Open the review page of one visit beside the last round: queries, the processor's time, bytes.

    python -m benchmarks.review_page          # DATABASE_URL chooses the database

44 points, each marked by two people; a result of the round before with the same table, ten
remarks. The target is 20 ms of this process.
"""

import gzip
from time import process_time

from benchmarks import ground, open_sheet, papers

REMARKS, TIMES, ROUNDS = 10, 20, 3
TARGET = 20  # ms


def main() -> None:
    ground.stand()
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from tests.cast import build_world

    world = build_world()
    visit = stand(world)
    client = Client()
    client.force_login(world.province, backend="orgs.sessions.AccountBackend")
    address = reverse("scoring:visit_review", args=[visit.pk])
    client.get(address)
    asked = []
    with connection.execute_wrapper(lambda run, *call: asked.append(call[0]) or run(*call)):
        page = client.get(address)
    assert "上轮" in page.content.decode()
    spent = min(_computed(client, address) for _ in range(ROUNDS))
    size, zipped = len(page.content) / 1024, len(gzip.compress(page.content, 6)) / 1024
    print(f"the review page of {papers.POINTS} points on {ground.engine()}, all middleware:")
    print(f"  {len(asked)} queries, {spent:.1f} ms of this process (target {TARGET})", end=", ")
    print(f"{size:.0f} KB, {zipped:.0f} KB zipped")
    ground.leave()


def _computed(client, address: str) -> float:
    """Milliseconds of this process for one page."""
    start = process_time()
    for _ in range(TIMES):
        client.get(address)
    return (process_time() - start) * 1000 / TIMES


def stand(world):
    """A submitted visit of a unit that was confirmed in the round before, with remarks."""
    from scoring import actions, comments
    from tests.factories import plans

    version = papers.long_version()
    issuer, by = world.orgs["province_union"], world.province
    earlier = plans.plan(issuer, by, version=version, round_number=1, title="示例：上一轮")
    before = plans.visit(earlier, world.team, world.visit.target)
    actions.confirm(_handed_in(world, before, version), by=world.province2)
    visit = _handed_in(world, world.visit, version)
    sheet = actions.present(visit)
    for answer in sheet.answers.select_related("criterion")[:REMARKS]:
        text = "示例：请核对佐证。"
        comments.add(sheet, by=world.province, text=text, criterion=answer.criterion)
    return visit


def _handed_in(world, visit, version):
    """Filled, signed by two, submitted."""
    from scoring import actions
    from tests.factories import papers as desk

    sheet = open_sheet.filled_sheet(world, version, visit)
    desk.fill(sheet, world.recorder, {})
    actions.follow(visit, by=world.member)
    desk.sign(sheet, "leader", world.leader)
    desk.sign(sheet, "recorder", world.recorder)
    visit.refresh_from_db()
    actions.submit(visit, by=world.leader)
    return visit


if __name__ == "__main__":
    main()
