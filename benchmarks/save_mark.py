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

    from chabaocu import urls

    urls.urlpatterns.append(path("naive/<int:pk>/<slug:code>/", naive_view, name="naive"))
    client = Client()
    client.force_login(world.member, backend="django.contrib.auth.backends.ModelBackend")

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


def naive_view(request, pk, code):
    """The same save with the means one reaches for first: get, update_or_create, Sum, save."""
    from django.db import transaction
    from django.db.models import Sum
    from django.http import JsonResponse
    from django.utils import timezone

    from audit.record import record
    from orgs.access import fetch
    from orgs.roles import Permission
    from rubrics.evaluate import score_point
    from rubrics.models import Criterion
    from scoring.models import Answer, Mark, Save, Scoresheet

    data = json.loads(request.body)
    with transaction.atomic():
        sheet = fetch(Scoresheet, request.user, Permission.VISIT_FILL, pk=pk)
        sheet = Scoresheet.objects.select_for_update().get(pk=sheet.pk)
        criterion = Criterion.objects.get(item__section__version=sheet.version, code=code)
        outcome = score_point(criterion.kind, criterion.points, criterion.params, data["inputs"])
        said = {"inputs": dict(outcome.inputs), "points": outcome.points, "reason": data["reason"]}
        Mark.objects.update_or_create(
            sheet=sheet, criterion=criterion, user=request.user, defaults=said
        )
        now = timezone.now()
        answer, _ = Answer.objects.update_or_create(
            sheet=sheet,
            criterion=criterion,
            defaults=said | {"state": "agreed", "by": request.user, "at": now},
        )
        answer.version += 1
        answer.save()
        sheet.total = sheet.answers.aggregate(Sum("points"))["points__sum"]
        sheet.edits += 1
        sheet.save()
        visit = sheet.visit
        visit.answered = sheet.answers.filter(state="agreed").count()
        visit.save()
        record("answer.save", answer, by=request.user, stream=visit.stream, after=data["inputs"])
        reply = {"total": str(sheet.total), "open": visit.questions - visit.answered}
        Save.objects.create(
            id=data["id"],
            sheet=sheet,
            user=request.user,
            slot=f"point:{code}",
            base_version=data["base"],
            body=data,
            status=200,
            reply=reply,
        )
    return JsonResponse(reply)


if __name__ == "__main__":
    main()
