"""Is one team stricter than the others?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from analysis import drawing
from analysis import teams as told
from analysis.choice import RoundForm
from analysis.strictness import Basis, Verdict
from orgs.access import requires
from orgs.roles import Permission as P
from orgs.scope import Scope


@require_GET
@requires(P.VISIT_REVIEW)
def teams(request: HttpRequest) -> HttpResponse:
    """The teams of a round beside each other, and what can be said of them."""
    form = RoundForm(request.GET, scope=request.user.scope)
    context = {"form": form, "plan": form.chosen, **_compared(form.chosen, request.user.scope)}
    return render(request, "analysis/teams.html", context)


def _compared(plan: int | None, scope: Scope) -> dict:
    verdict = told.verdict(plan, scope) if plan else None
    if not verdict:
        return {"rows": []}
    rows = told.rows(verdict, told.names(plan, scope))
    return {
        "verdict": verdict,
        "is_checked": verdict.basis == Basis.CHECKS,
        "rows": rows,
        "stands_out": any(row.stands_out for row in rows),
        "headline": told.headline(verdict, rows),
        "details": told.details(verdict, rows),
        "judged": sum(row.effect.effect is not None for row in rows),
        "chart": _chart(verdict, rows),
    }


def _chart(verdict: Verdict, rows: list[told.Row]) -> drawing.Intervals | None:
    if verdict.doubt:
        return None
    judged = [row for row in rows if row.effect.effect is not None]
    return drawing.intervals(
        [
            (row.name, row.effect.low, row.effect.effect, row.effect.high, row.stands_out)
            for row in judged
        ]
    )
