"""对比: a round beside an earlier one, 自查 beside 督导, problems and what became of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from analysis.choice import chosen
from analysis.compared import beside, own_checks, problems
from orgs.access import requires
from orgs.roles import Permission as P


@require_GET
@requires(P.VISIT_REVIEW)
def compared(request: HttpRequest) -> HttpResponse:
    """``with`` names the other round; the one before where it names none that there is."""
    choice = chosen(request)
    context = {
        "choice": choice,
        "others": choice.others,
        "other": choice.beside(request.GET.get("with")),
        "rounds": beside(choice, request.GET.get("with")),
        "own": own_checks(choice),
        "problems": problems(choice),
        "query": request.GET.urlencode(),
    }
    return render(request, "analysis/compared.html", context)
