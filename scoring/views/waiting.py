"""What waits on the person's own device: the page is empty, their browser fills it."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plans.models import Team


@require_GET
def waiting(request):
    teams = Team.objects.visible_to(request.user).filter(members__user=request.user)
    context = {"team": teams.order_by("-pk").first()}
    return render(request, "scoring/waiting.html", context)


@login_not_required
@never_cache
@require_GET
def offline_worker(request):
    """The script that opens kept pages without a network; at the root, for the whole site."""
    return render(
        request, "scoring/offline_worker.js", content_type="text/javascript; charset=utf-8"
    )
