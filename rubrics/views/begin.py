"""新建评分表: a table that was never in the system."""

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from chabaocu.errors import Refused
from orgs.access import requires
from orgs.roles import Permission as P
from rubrics import actions
from rubrics.new_form import NewTableForm

TAKEN = "这个代码刚有人用了，请另取一个。"


@require_http_methods(["GET", "POST"])
@requires(P.RUBRIC_MANAGE)
def rubric_new(request: HttpRequest) -> HttpResponse:
    """Name the table, then fill it in the editor."""
    data = request.POST if request.method == "POST" else None
    form = NewTableForm(data, user=request.user)
    if form.is_valid():
        outline, accepted = form.outline()
        try:
            version = actions.store(outline, by=request.user, accepted=accepted)
        except (Refused, IntegrityError):  # between the form's look and the storing
            form.add_error("code", TAKEN)
        else:
            return redirect("rubrics:version_edit", version.pk)
    return render(
        request, "rubrics/rubric_new.html", {"form": form}, status=422 if form.errors else 200
    )
