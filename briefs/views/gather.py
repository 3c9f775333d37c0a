"""归集: the highlights, problems and suggestions of a round's records, sorted on one page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from briefs import sorting
from briefs.collected import SHOWS, collected, undecided
from briefs.models import LONGEST, Brief
from briefs.views.editor import brief_of
from chabaocu.errors import Refused, telling
from chabaocu.sent import key, keys

LATE = "有的句子刚有人改过，您写的还在，请对照后再存。"


@require_GET
def gather(request: HttpRequest, pk: int) -> HttpResponse:
    """One part of it: groups of alike sentences, and those that were taken."""
    brief = brief_of(request, pk)
    if not brief.is_draft:
        return redirect("briefs:brief_detail", brief.pk)
    return _page(request, brief, request.GET)


@require_POST
def gather_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring in what was confirmed since."""
    brief = brief_of(request, pk)
    with telling(request):
        came = sorting.again(brief, by=request.user)
        messages.success(request, f"新摘到 {came} 句。" if came else "没有新的句子。")
    return _back(request, brief)


@require_POST
def excerpts_decide(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Take, leave out or put back what is chosen."""
    brief = brief_of(request, pk)
    with telling(request):
        sorting.decide(brief, deed, _chosen(request, brief), by=request.user)
    return _back(request, brief)


@require_POST
def excerpts_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """One sentence for all that are chosen."""
    brief = brief_of(request, pk)
    with telling(request):
        sorting.merge(brief, _chosen(request, brief), by=request.user)
    return _back(request, brief)


@require_POST
def excerpts_arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """The order and the wording of what was taken."""
    brief = brief_of(request, pk)
    order = _moved(keys(request.POST.getlist("order")), request)
    texts = {key: _text(request, key) for key in order}
    try:
        late = sorting.arrange(brief, order, texts, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _back(request, brief)
    if late:
        typed = {key: texts[key][1] for key in late}
        return _page(request, brief, request.POST, typed, LATE)
    return _back(request, brief)


def _page(request, brief: Brief, data, typed=None, error: str = "") -> HttpResponse:
    found = collected(
        brief, data.get("part", ""), data.get("show", ""), data.get("page", ""), typed
    )
    context = {"brief": brief, "found": found, "shows": SHOWS, "error": error, "longest": LONGEST}
    return render(request, "briefs/gather.html", context, status=409 if error else 200)


def _moved(order: list[int], request: HttpRequest) -> list[int]:
    """With the one whose arrow was pressed one place up or down."""
    for way, step in (("up", -1), ("down", 1)):
        if (pk := key(request.POST.get(way))) in order:
            at = order.index(pk)
            order.insert(min(max(at + step, 0), len(order) - 1), order.pop(at))
    return order


def _chosen(request: HttpRequest, brief: Brief) -> list[int]:
    """The sentence whose own button was pressed, all undecided of a group, or what is ticked."""
    if only := keys(request.POST.getlist("only")):
        return only
    if group := keys(request.POST.getlist("group")):
        return undecided(brief, request.POST.get("part", ""), group[0])
    return keys(request.POST.getlist("excerpt"))


def _text(request: HttpRequest, key: int) -> tuple[str, str]:
    said = (request.POST.get(f"{name}-{key}", "") for name in ("was", "text"))
    was, typed = (" ".join(one.split())[:LONGEST] for one in said)
    return was, typed


def _back(request: HttpRequest, brief: Brief) -> HttpResponse:
    here = {name: request.POST[name] for name in ("part", "show", "page") if name in request.POST}
    return redirect(f"{reverse('briefs:gather', args=[brief.pk])}?{urlencode(here)}")
