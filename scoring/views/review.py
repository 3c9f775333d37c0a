"""The review desk: the list of papers, and one visit's papers laid open."""

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from chabaocu.lists import Each, Keyset, Page, told
from orgs.access import requires
from orgs.roles import Permission as P
from orgs.scope import Scope
from plans.models import Visit
from rubrics.models import Version
from scoring import comments, freeze, history, self_check
from scoring import review_reads as reads
from scoring.filters import ALL, STATES, Narrowing, ReviewForm, states_of
from scoring.guards import refusal
from scoring.last_round import last_sheet, same_points
from scoring.lines import day_of, lines
from scoring.models import Scoresheet, SelfComparison
from scoring.review import Beside, Draft, draft
from scoring.self_comparison import signed
from scoring.sides import Paper, paper
from scoring.workflow import MOVES, Move, label_of, open_moves

ORDER = ("place", "pk")


@require_GET
@requires(P.VISIT_REVIEW)
def review_list(request: HttpRequest) -> HttpResponse:
    """The papers this person reviews; without a state asked for, those that wait for them."""
    data = request.GET.copy()
    status = data.setdefault("status", Visit.Status.SUBMITTED)
    scope = request.user.scope
    form = ReviewForm(data, scope=scope)
    narrowing = form.narrowing
    counts = dict(zip(states_of(ALL), _keys(scope, narrowing, ALL).counts(), strict=True))
    page = _keys(scope, narrowing, status).page(
        data,
        load=partial(lines, page="scoring:visit_review", comments=True),
        count=sum(counts[state] for state in states_of(status)),
    )
    context = {"form": form, "page": page, "tabs": _tabs(counts, data), "status": status}
    context["bulk"] = _bulk_moves(status, page)
    return render(request, "scoring/review_list.html", context)


def _bulk_moves(status: str, page: Page) -> list[Move]:
    """What can be done at once with papers of this tab."""
    names = {Visit.Status.SUBMITTED: ["confirm", "return"], Visit.Status.CONFIRMED: ["release"]}
    found = list(names.get(status, ())) if page.rows else []
    if "confirm" in found and any(line.four_eyes for line in page.rows):
        found.insert(0, "vet")
    return [MOVES[name] for name in found]


@lru_cache(maxsize=512)
def _keys(scope: Scope, narrowing: Narrowing, tab: str) -> Keyset:
    """The visits of a tab in the order of divisions, state by state, each along an index."""
    visits = narrowing.of(Visit.objects.within(scope, P.VISIT_REVIEW))
    return Keyset([Each(visits, {"status": states_of(tab)})], ORDER)


@require_GET
def visit_review(request: HttpRequest, pk: int) -> HttpResponse:
    """The papers of one visit, read-only, for its reviewers and its team."""
    return papers_page(request, readable(request, pk))


def readable(request: HttpRequest, pk: int) -> Visit:
    """The visit, if this person reviews it or fills it; who only sees its result, may not.

    It knows both: ``may_review`` and ``may_fill``.
    """
    visit = request.user.is_active and reads.first(reads.visible(request.user.scope), pk=pk)
    if not visit:
        raise Http404
    if not (visit.may_review or visit.may_fill):
        raise PermissionDenied
    return visit


def papers_page(
    request: HttpRequest, visit: Visit, *, status: int = 200, **typed: Any
) -> HttpResponse:
    """The page of a ``readable`` visit; ``typed`` is what a refused form held, and why."""
    sheets = reads.SHEETS.rows(visit=visit.pk)
    context = {
        "visit": visit,
        "sheets": sheets,
        "moves": _moves(visit, request.user) if visit.may_review else [],
        "history": [(event, label_of(event.move)) for event in reads.EVENTS.rows(visit=visit.pk)],
        **(_neighbours(request.user, visit) if visit.may_review else {}),
        **typed,
    }
    if sheets:
        context |= _papers(request, visit, _asked(request, sheets))
    return render(request, "scoring/review_visit.html", context, status=status)


def _moves(visit: Visit, user: Any) -> list[tuple[Move, str]]:
    """The reviewer's buttons, each with what forbids it now.

    What can be returned needs no 更正 beside it.
    """
    moves = [move for move in open_moves(visit) if move.permission == P.VISIT_REVIEW]
    returnable = any(move.name == "return" for move in moves)
    shown = [move for move in moves if not (returnable and move.name == "correct")]
    return [(move, refusal(visit, move, user)) for move in shown]


def _asked(request: HttpRequest, sheets: list[Scoresheet]) -> Scoresheet:
    """The draft asked for by ``revision=``, or the present one."""
    wanted = request.GET.get("revision")
    if not wanted:
        return sheets[-1]
    for sheet in sheets:
        if str(sheet.revision) == wanted:
            return sheet
    raise Http404


def _papers(request: HttpRequest, visit: Visit, sheet: Scoresheet) -> dict[str, Any]:
    remarks = reads.REMARKS.rows(visit=visit.pk)
    own = _own(request.user, visit, sheet)
    made = _draft(visit, sheet, remarks, request.user, own)
    point = made.chosen(request.POST.get("point") or request.GET.get("point"))
    is_present = sheet.revision == visit.revision
    return {
        "sheet": sheet,
        "is_present": is_present,
        "draft": made,
        "texts": history.frozen_texts(made.content),
        "point": point,
        "point_marks": reads.MARKS.rows(sheet=sheet.pk, code=point.code),
        "said": [*zip(made.papers, point.sides, strict=True)],
        "point_findings": [f for f in made.content["findings"] if f["code"] == point.code],
        "remarks": remarks,
        "open_remarks": comments.still_open(remarks),
        "may_write": is_present and _may_write(visit),
        "signatures": reads.SIGNATURES.rows(sheet=sheet.pk),
        "is_reviewer": request.user.may(P.VISIT_REVIEW),
        "self_comparison": own,
        "self_change": signed(own.change) if own else "",
        "no_self_check": own is None and _lacks_check(visit),
    }


def _may_write(visit: Visit) -> bool:
    held = {P.VISIT_REVIEW: visit.may_review, P.VISIT_FILL: visit.may_fill}
    return bool(held.get(comments.WRITERS.get(visit.status)))


def _own(user: Any, visit: Visit, sheet: Scoresheet) -> SelfComparison | None:
    """What the unit said of itself beside these papers, for those who may compare them."""
    if not visit.self_check_id:
        return None
    return reads.first(reads.compared(user.scope), sheet=sheet.pk)


def _lacks_check(visit: Visit) -> bool:
    asked = visit.self_check_id
    return bool(asked) and self_check.sheet_of(asked) is None


def _draft(
    visit: Visit, sheet: Scoresheet, remarks: list, user: Any, own: SelfComparison | None
) -> Draft:
    content = sheet.frozen or freeze.content(sheet)
    beside = Beside(
        comments=remarks,
        files=reads.FILES.rows(visit=visit.pk),
        papers=[*_beside(visit, sheet.version, content, user, own)],
    )
    return draft(sheet.version, content, beside)


def _beside(
    visit: Visit, version: Version, content: Any, user: Any, own: SelfComparison | None
) -> Iterator[Paper]:
    """自查 and the last round's result, as far as this person may see them."""
    if own:
        filed = own.check_sheet
        codes = [point["code"] for point in filed.frozen["points"]]
        about = f"{day_of(localtime(filed.frozen_at).date())}报送"
        yield paper("自查", about, filed.frozen, content, codes)
    if last := last_sheet(visit, user):
        same = same_points(version, last.version)
        yield paper("上轮", last.visit.plan.title, last.frozen, content, same)


def _neighbours(user: Any, visit: Visit) -> dict[str, Any]:
    """Where this visit stands among those that wait for review, and which is the next one."""
    waiting = reads.waiting(user.scope)
    here = {"plan": visit.plan_id, "place": visit.place, "pk": visit.pk}
    total, passed = waiting.counts.counts(here)
    is_waiting = visit.status == Visit.Status.SUBMITTED
    return {
        "waiting": told(total) if total else "",
        "place": told(passed + 1) if is_waiting else None,
        "previous": waiting.before.first(**here),
        "following": waiting.after.first(**here),
    }


def _tabs(counts: dict[str, int], data: QueryDict) -> list[dict[str, Any]]:
    """One tab a state with its count under the other filters, and one for all."""
    labels = {status: label for status, (label, _) in STATES.items()} | {ALL: "全部"}
    return [
        {
            "status": status,
            "label": label,
            "count": told(sum(counts[state] for state in states_of(status))),
            "query": _with(data, status=status).urlencode(),
        }
        for status, label in labels.items()
    ]


def _with(data: QueryDict, *, status: str) -> QueryDict:
    """The same filters in another state, on its first page."""
    query = data.copy()
    for old in ("after", "before"):
        query.pop(old, None)
    query["status"] = status
    return query
