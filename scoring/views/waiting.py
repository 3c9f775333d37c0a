"""What waits on the person's own device: the page is empty, their browser fills it."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from plans.models import Team


@require_GET
def waiting(request):
    teams = Team.objects.visible_to(request.user).filter(members__user=request.user)
    context = {"team": teams.order_by("-pk").first()}
    return render(request, "scoring/waiting.html", context)
