"""Save one mark: ours against the view one would write first, on the same database.

    python benchmarks/save_mark.py          # DATABASE_URL chooses the database

Both do the same work: check who may, score, keep the mark, the answer, the total, the progress,
the save itself and the audit event. "View" is the view alone, "stack" is all middleware; what
this process computed is told beside the time, which on a busy machine is mostly waiting.
"""

import json
import time
from statistics import median, quantiles
from uuid import uuid4

from ground import engine, leave, stand

TIMES = 200


def main() -> None:
    stand()
    from benchmarks.papers import long_version
    from scoring import sheets
    from tests.cast import build_world

    world = build_world()
    world.visit.version = long_version()
    world.visit.save()
    sheet = sheets.start(world.visit, by=world.leader)
    print(f"save one mark on {engine()}, {TIMES} times each: p50 / p95 ms")
    for level, runs in (("view", by_view(world, sheet)), ("stack", by_stack(world, sheet))):
        ours, naive = in_turn(*runs)
        print(f"  {level:5}  ours {ours[0]:6.2f} / {ours[1]:6.2f}", end="   ")
        print(f"naive {naive[0]:6.2f} / {naive[1]:6.2f}   {naive[0] / ours[0]:.1f}×;", end=" ")
        print(f"computed {ours[2]:.2f}, naive {naive[2]:.2f}: {naive[2] / ours[2]:.1f}×")
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
    """The same through every middleware, called as the server calls it."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import Client, RequestFactory
    from django.urls import path, reverse

    from benchmarks.naive import naive_view
    from chabaocu import urls

    urls.urlpatterns.append(path("naive/<int:pk>/<slug:code>/", naive_view, name="naive"))
    client = Client()
    client.force_login(world.member, backend="orgs.sessions.AccountBackend")
    token, session = "a" * 32, client.cookies["sessionid"].value
    cookies = {"cookie": f"sessionid={session}; csrftoken={token}", "x-csrftoken": token}
    factory, server = RequestFactory(headers=cookies), WSGIHandler()

    def answer(environ):
        response = server(environ, lambda *_: None)
        response.close()
        return response

    def call(address):
        def run(n):
            sent = factory.post(address, body(world, n), content_type="application/json")
            return lambda: answer(sent.environ)

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
    """Of each: median and 95th percentile of its time, and the median of what it computed.

    They are called in turn so that a busy machine is fair to both.
    """
    spent = [[] for _ in runs]
    for n in range(TIMES + 20):
        for run, times in zip(runs, spent, strict=True):
            call = run(n)
            start, computed = time.perf_counter(), time.process_time()
            response = call()
            computed = time.process_time() - computed
            times.append(((time.perf_counter() - start) * 1000, computed * 1000))
            assert response.status_code == 200, response.content
    return [_told(*zip(*times[20:], strict=True)) for times in spent]


def _told(waited, computed):
    cuts = quantiles(waited, n=20)
    return cuts[9], cuts[18], median(computed)


if __name__ == "__main__":
    main()
