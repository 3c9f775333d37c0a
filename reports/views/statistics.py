"""Statistics as Excel files."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_GET

from analysis import compared, judged, losses, teams
from analysis.choice import RoundForm, chosen
from analysis.scores import grouped, way_of, ways
from analysis.spread import spread
from orgs.access import requires
from orgs.roles import Permission as P
from reports.views.lists import workbook
from reports.workbooks.compared import TABLES, write_compared
from reports.workbooks.statistics import write_losses, write_ranking, write_teams


@require_GET
@requires(P.VISIT_REVIEW)
def score_workbook(request: HttpRequest) -> FileResponse:
    """The ranking exactly as chosen on its page, all rows of it."""
    choice = chosen(request)
    by = way_of(choice, request.GET)
    found = ways(choice)[by], grouped(choice, by, choice.before)
    return workbook("得分率排名.xlsx", write_ranking, found)


@require_GET
@requires(P.VISIT_REVIEW)
def team_workbook(request: HttpRequest) -> FileResponse:
    """The comparison of a round's teams, with every number of its page."""
    scope = request.user.scope
    plan = RoundForm(request.GET, scope=scope).chosen
    verdict = teams.verdict(plan, scope) if plan else None
    rows = teams.rows(verdict, teams.names(plan, scope)) if verdict else []
    return workbook("各组尺度.xlsx", write_teams, rows)


@require_GET
@requires(P.VISIT_REVIEW)
def loss_workbook(request: HttpRequest) -> FileResponse:
    """失分率 of every point, everywhere and by place, as chosen on its page."""
    choice = chosen(request)
    offered = losses.versions(choice)
    found = losses.losses(choice, losses.wanted(offered, request.GET)) if offered else None
    return workbook("失分率.xlsx", write_losses, found)


@require_GET
@requires(P.VISIT_REVIEW)
def compared_workbook(request: HttpRequest, table: str) -> FileResponse:
    """One of the tables of 对比 or 符合率, as chosen on its page."""
    if table not in TABLES:
        raise Http404
    choice = chosen(request)
    other = choice.beside(request.GET.get("with"))
    rows = {
        "turns": lambda: compared.turns(choice, request.GET.get("with")),
        "own": lambda: compared.own_checks(choice),
        "problems": lambda: compared.problems(choice),
        "spread": lambda: spread(choice).bins,
        "judged-spread": lambda: judged.spread(choice),
        "judged": lambda: judged.groups(choice, way_of(choice, request.GET), other),
        "judged-points": lambda: judged.points(choice),
    }[table]()
    name, *_ = TABLES[table]
    return workbook(f"{name}.xlsx", write_compared, (table, rows))
