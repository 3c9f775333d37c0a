"""The review desk: the list of papers, and one visit's papers laid open."""

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from attachments.models import Attachment
from chabaocu.lists import Each, Keyset, Page, bounded_counts, told
from orgs.access import fetch, requires
from orgs.roles import Permission as P
from orgs.scope import Scope
from plans.models import Visit
from rubrics.models import Version
from scoring import comments, freeze, history, self_check
from scoring.blank import issued
from scoring.filters import ALL, STATES, Narrowing, ReviewForm, states_of
from scoring.guards import refusal
from scoring.last_round import last_sheet, same_points
from scoring.lines import day_of, lines
from scoring.models import Scoresheet, SelfComparison
from scoring.review import Beside, Draft, draft
from scoring.rights import may
from scoring.self_comparison import signed
from scoring.sides import Paper, paper
from scoring.workflow import MOVES, Move, label_of, moves_for

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
    """The visit, if this person reviews it or fills it; who only sees its result, may not."""
    queryset = Visit.objects.select_related(
        "plan", "team", "target", "region__parent", "phase", "submitted_by", "vetted_by"
    )
    visit = fetch(queryset, request.user, pk=pk)
    for permission in (P.VISIT_REVIEW, P.VISIT_FILL):
        if may(visit, request.user, permission):
            return visit
    raise PermissionDenied


def papers_page(
    request: HttpRequest, visit: Visit, *, status: int = 200, **typed: Any
) -> HttpResponse:
    """The page of one visit; ``typed`` brings back what a refused form held, and why."""
    sheets = list(visit.sheets.select_related("version").order_by("revision"))
    context = {
        "visit": visit,
        "sheets": sheets,
        "moves": _moves(visit, request.user),
        "history": [(event, label_of(event.move)) for event in visit.events.select_related("by")],
        **_neighbours(request.user, visit),
        **typed,
    }
    if sheets:
        context |= _papers(request, visit, _asked(request, sheets))
    return render(request, "scoring/review_visit.html", context, status=status)


def _moves(visit: Visit, user: Any) -> list[tuple[Move, str]]:
    """The reviewer's buttons, each with what forbids it now.

    What can be returned needs no 更正 beside it.
    """
    moves = [move for move in moves_for(visit, user) if move.permission == P.VISIT_REVIEW]
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
    remarks = list(comments.of_visit(visit))
    own = _own(request.user, sheet)
    made = _draft(visit, sheet, remarks, request.user, own)
    point = made.chosen(request.POST.get("point") or request.GET.get("point"))
    return {
        "sheet": sheet,
        "is_present": sheet.revision == visit.revision,
        "draft": made,
        "texts": history.frozen_texts(made.content),
        "point": point,
        "said": [*zip(made.papers, point.sides, strict=True)],
        "point_findings": [f for f in made.content["findings"] if f["code"] == point.code],
        "remarks": remarks,
        "open_remarks": comments.still_open(remarks),
        "may_write": sheet.revision == visit.revision and comments.may_write(visit, request.user),
        "signatures": sheet.signatures.filter(voided_at=None).select_related("user"),
        "is_reviewer": request.user.may(P.VISIT_REVIEW),
        "self_comparison": own,
        "self_change": signed(own.change) if own else "",
        "no_self_check": _lacks_check(sheet),
    }


def _own(user: Any, sheet: Scoresheet) -> SelfComparison | None:
    """What the unit said of itself beside these papers, for those who may compare them."""
    if not sheet.visit.self_check_id:
        return None
    rows = SelfComparison.objects.permitted(user, P.VISIT_REVIEW)
    return rows.select_related("check_sheet", "sheet").filter(sheet=sheet).first()


def _lacks_check(sheet: Scoresheet) -> bool:
    asked = sheet.visit.self_check_id
    return bool(asked) and self_check.sheet_of(asked) is None


def _draft(
    visit: Visit, sheet: Scoresheet, remarks: list, user: Any, own: SelfComparison | None
) -> Draft:
    version = issued(sheet.version_id, sheet.version.content_hash)
    content = sheet.frozen or freeze.content(sheet)
    files = Attachment.objects.filter(holder_type=freeze.HOLDER, holder_id=visit.pk).live()
    beside = Beside(
        comments=remarks,
        files=files.exclude(slot__startswith="signature:"),
        marks=sheet.marks.select_related("criterion", "user"),
        papers=[*_beside(visit, version, content, user, own)],
    )
    return draft(version, content, beside)


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


def _neighbours(user, visit: Visit) -> dict[str, Any]:
    """Where this visit stands among those that wait for review, and which is the next one."""
    waiting = Visit.objects.permitted(user, P.VISIT_REVIEW).filter(
        plan=visit.plan_id, status=Visit.Status.SUBMITTED
    )
    here = Q(place__gt=visit.place) | Q(place=visit.place, pk__gt=visit.pk)
    after = waiting.filter(here, place__gte=visit.place).order_by(*ORDER)
    back = Q(place__lt=visit.place) | Q(place=visit.place, pk__lt=visit.pk)
    before = waiting.filter(back, place__lte=visit.place).order_by("-place", "-pk")
    named = ("place", "pk", "target__name")
    total, passed = bounded_counts([waiting, before])
    is_waiting = visit.status == Visit.Status.SUBMITTED
    return {
        "waiting": told(total) if total else "",
        "place": told(passed + 1) if is_waiting else None,
        "previous": before.values_list(*named).first(),
        "following": after.values_list(*named).first(),
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
