"""Save one mark: ours against the view one would write first, on the same database.

    python benchmarks/save_mark.py          # DATABASE_URL chooses the database

Both do the same work: check who may, score, keep the mark, the answer, the total, the progress,
the save itself and the audit event. "View" is the view alone, "stack" is all middleware.
"""

import json
import time
from statistics import quantiles
from uuid import uuid4

from ground import engine, leave, stand

TIMES = 300


def main() -> None:
    stand()
    from scoring import sheets
    from tests.cast import build_world

    world = build_world()
    sheet = sheets.start(world.visit, by=world.leader)
    print(f"save one mark on {engine()}, {TIMES} times each: p50 / p95 ms")
    for level, runs in (("view", by_view(world, sheet)), ("stack", by_stack(world, sheet))):
        ours, naive = in_turn(*runs)
        print(f"  {level:5}  ours {ours[0]:6.2f} / {ours[1]:6.2f}", end="   ")
        print(f"naive {naive[0]:6.2f} / {naive[1]:6.2f}   {naive[0] / ours[0]:.1f}×")
    leave()


def by_view(world, sheet):
    """The two views called directly, the person's account read already."""
    from django.test import RequestFactory

    from benchmarks.naive import naive_view
    from scoring.views.sheet import point_save

    factory = RequestFactory()

    def call(view):
        def run(n):
            request = factory.post("/", body(world, n), content_type="application/json")
            request.user = world.member
            return lambda: view(request, sheet.pk, "1-1")

        return run

    return call(point_save), call(naive_view)


def by_stack(world, sheet):
    """The same through every middleware."""
    from django.test import Client
    from django.urls import path, reverse

    from benchmarks.naive import naive_view
    from chabaocu import urls

    urls.urlpatterns.append(path("naive/<int:pk>/<slug:code>/", naive_view, name="naive"))
    client = Client()
    client.force_login(world.member, backend="orgs.sessions.AccountBackend")

    def call(address):
        def run(n):
            sent = body(world, n)
            return lambda: client.post(address, sent, content_type="application/json")

        return run

    return (
        call(reverse("scoring:point_save", args=[sheet.pk, "1-1"])),
        call(reverse("naive", args=[sheet.pk, "1-1"])),
    )


def body(world, n):
    from scoring.models import Answer

    base = Answer.objects.values_list("version", flat=True).get(criterion__code="1-1")
    given = {"points": "2" if n % 2 else "1.5"}
    return json.dumps({"id": str(uuid4()), "base": base, "inputs": given, "reason": "示例"})


def in_turn(*runs):
    """Median and 95th percentile of each, called in turn so that a busy machine is fair."""
    spent = [[] for _ in runs]
    for n in range(TIMES + 20):
        for run, times in zip(runs, spent, strict=True):
            call = run(n)
            start = time.perf_counter()
            response = call()
            times.append((time.perf_counter() - start) * 1000)
            assert response.status_code == 200, response.content
    cuts = [quantiles(times[20:], n=20) for times in spent]
    return [(cut[9], cut[18]) for cut in cuts]


if __name__ == "__main__":
    main()
