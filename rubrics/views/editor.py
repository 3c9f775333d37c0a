"""The editor of a draft: one page, one small form for the part that is chosen."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from chabaocu.edits import CHANGED, ChangedError, differences
from chabaocu.errors import Refused, telling
from orgs.access import fetch, requires
from orgs.roles import Permission as P
from rubrics import drafts, editing
from rubrics.editing import NoPlace, Place
from rubrics.kinds import RuleKind
from rubrics.mismatches import mismatches, total_of
from rubrics.models import Version
from rubrics.outline import Outline, outline_of
from rubrics.paper import paper
from rubrics.part_forms import SplitForm, form_for

NAMES = ("表头", "项目", "督导内容", "得分点")
Change = Callable[[Outline, Place], tuple[Outline, Place]]


@require_GET
@requires(P.RUBRIC_MANAGE)
def version_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a tree, its sums, the printed form, and the form of the chosen part."""
    version = _draft(request, pk)
    if version.status != Version.Status.DRAFT:
        return redirect("rubrics:version_detail", pk)
    data = request.GET if "kind" in request.GET else None
    return _page(request, version, _place(request.GET.get("at", "")), data=data)


@require_POST
@requires(P.RUBRIC_MANAGE)
def part_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the form of one part; a late one shows both values."""
    version, place = _draft(request, pk), _place(request.POST.get("at", ""))
    outline = outline_of(version)
    try:
        form = form_for(place, editing.part(outline, place), request.POST)
    except NoPlace:
        return _lost(request, pk)
    if version.status != Version.Status.DRAFT:
        return _lost(request, pk)
    if _seen(request) != version.revision:
        return _page(request, version, place, data=request.POST, status=409)
    if not form.is_valid():
        return _page(request, version, place, data=request.POST, status=422)
    made = editing.changed(outline, place, **form.cleaned_data)
    try:
        drafts.edit(version, made, by=request.user, what=_what("改", place), seen=version.revision)
    except ChangedError:
        return _page(request, _draft(request, pk), place, data=request.POST, status=409)
    return redirect(_here(pk, place))


@require_POST
@requires(P.RUBRIC_MANAGE)
def part_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new part inside the chosen one, at its end."""
    return _change(request, pk, "增加", lambda outline, at: editing.added(outline, at))


@require_POST
@requires(P.RUBRIC_MANAGE)
def part_up(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up."""
    return _change(request, pk, "上移", lambda outline, at: editing.moved(outline, at, -1))


@require_POST
@requires(P.RUBRIC_MANAGE)
def part_down(request: HttpRequest, pk: int) -> HttpResponse:
    """One place down."""
    return _change(request, pk, "下移", lambda outline, at: editing.moved(outline, at, 1))


@require_POST
@requires(P.RUBRIC_MANAGE)
def part_move(request: HttpRequest, pk: int) -> HttpResponse:
    """To the end of another item or section."""
    to = _place(request.POST.get("to", ""))
    return _change(request, pk, "移到别处", lambda o, at: editing.moved_to(o, at, to))


@require_POST
@requires(P.RUBRIC_MANAGE)
def part_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Without the chosen part; 撤销 brings it back."""
    return _change(request, pk, "删去", lambda o, at: (editing.removed(o, at), at[:-1]))


@require_POST
@requires(P.RUBRIC_MANAGE)
def part_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen point and the one behind it made one."""
    return _change(request, pk, "合并", lambda o, at: (editing.merged(o, at), at))


@require_POST
@requires(P.RUBRIC_MANAGE)
def part_split(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen point made two, without a letter or a point lost."""
    form = SplitForm(request.POST)
    if not form.is_valid():
        at = _place(request.POST.get("at", ""))
        return _split_again(request, pk, at, form)

    def split(outline: Outline, at: Place) -> tuple[Outline, Place]:
        return editing.split(outline, at, *form.halves()), at

    try:
        return _change(request, pk, "拆分", split)
    except ValueError as fault:
        form.add_error(None, str(fault))
        return _split_again(request, pk, _place(request.POST.get("at", "")), form)


@require_POST
@requires(P.RUBRIC_MANAGE)
def codes_recode(request: HttpRequest, pk: int) -> HttpResponse:
    """Every point's code anew from where it stands."""
    return _change(request, pk, "重编点号", lambda o, at: (editing.recoded(o), at))


@require_POST
@requires(P.RUBRIC_MANAGE)
def version_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last change back."""
    version = _draft(request, pk)
    with telling(request):
        step = drafts.undo(version, by=request.user, seen=_seen(request))
        messages.success(request, f"已撤销：{step.what}。")
    return redirect(_here(pk, ()))


def _change(request: HttpRequest, pk: int, verb: str, make: Change) -> HttpResponse:
    """One change of the table as the page showed it; told where it went."""
    version, place = _draft(request, pk), _place(request.POST.get("at", ""))
    went = place
    with telling(request):
        if _seen(request) != version.revision:
            raise ChangedError(CHANGED)
        try:
            made, went = make(outline_of(version), place)
        except NoPlace:
            raise Refused("这里不能这样改：已经到头，或没有这个位置。") from None
        drafts.edit(version, made, by=request.user, what=_what(verb, place), seen=_seen(request))
    return redirect(_here(pk, went))


def _page(
    request: HttpRequest, version: Version, place: Place, *, data=None, split=None, status=200
) -> HttpResponse:
    outline = outline_of(version)
    try:
        part = editing.part(outline, place)
    except NoPlace:
        place, part = (), outline
    form = form_for(place, part, data)
    if status == 200 and data is not None:
        form.errors.clear()  # another kind was chosen; nothing has been sent yet
    late = list(differences(form, form_for(place, part))) if status == 409 else None
    context = {
        "version": version,
        "outline": outline,
        "paper": paper(outline),
        "found": mismatches(outline),
        "total": total_of(outline),
        "tree": _tree(outline, place),
        "at": _spelled(place),
        "name": NAMES[len(place)],
        "depth": len(place),
        "inner": NAMES[len(place) + 1] if len(place) < 3 else "",
        "form": form,
        "split": split or _proposed(part) if len(place) == 3 else None,
        "targets": _targets(outline, place),
        "late": late,
        "step": drafts.newest_step(version),
    }
    return render(request, "rubrics/version_edit.html", context, status=status)


def _proposed(point) -> SplitForm:
    """Cut behind the first sign that ends a clause."""
    ends = [point.text.find(sign) for sign in "；，。" if sign in point.text[:-1]]
    cut = min(ends, default=len(point.text) // 2) + 1
    texts = {"first_text": point.text[:cut], "second_text": point.text[cut:]}
    return SplitForm(initial=texts)


def _split_again(request: HttpRequest, pk: int, at: Place, form: SplitForm) -> HttpResponse:
    version = _draft(request, pk)
    if version.status != Version.Status.DRAFT:
        return _lost(request, pk)
    return _page(request, version, at, split=form, status=422)


def _tree(outline: Outline, chosen: Place) -> list[dict]:
    return [
        {
            "at": _spelled(place),
            "depth": len(place),
            "part": part,
            "is_chosen": place == chosen,
            "kind": RuleKind(part.kind).label if len(place) == 3 else "",
        }
        for place, part in editing.places(outline)
    ]


def _targets(outline: Outline, place: Place) -> list[tuple[str, str]]:
    """Where the chosen part may go, named."""
    if len(place) < 2:
        return []
    return [
        (_spelled(at), f"第{part.number}项" if len(at) == 2 else part.name)
        for at, part in editing.places(outline)
        if len(at) == len(place) - 1 and at != place[:-1]
    ]


def _draft(request: HttpRequest, pk: int) -> Version:
    return fetch(Version.objects.with_tree(), request.user, P.RUBRIC_MANAGE, pk=pk)


def _lost(request: HttpRequest, pk: int) -> HttpResponse:
    messages.error(request, "这一处已经不在草稿里，请看最新的内容。")
    return redirect("rubrics:version_detail", pk)


def _place(text: str) -> Place:
    parts = text.split(".") if text else []
    return tuple(int(part) for part in parts[:3] if part.isascii() and part.isdecimal())


def _spelled(place: Place) -> str:
    return ".".join(map(str, place))


def _seen(request: HttpRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else -1


def _what(verb: str, place: Place) -> str:
    return verb + NAMES[len(place)] + (f" {'.'.join(str(n + 1) for n in place)}" if place else "")


def _here(pk: int, place: Place) -> str:
    return f"{reverse('rubrics:version_edit', args=[pk])}?at={_spelled(place)}"
