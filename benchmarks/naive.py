"""What a good Django developer would write first; what ours is measured against."""

import json

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


def naive_view(request, pk, code):
    """The same save with the means one reaches for first: get, update_or_create, Sum, save."""
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
        open_points = visit.questions - visit.answered
        reply = {"total": str(sheet.total), "open": open_points, "version": answer.version}
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
