"""The editor of a draft: one page, one small form for what is open, each change saved by itself.

Every address that changes something takes ``at`` (what is open), ``anchor`` (what finds it again)
and ``seen`` (the revision the page showed). The page says what became of it: it is what a script
of the page swaps in, too.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from chabaocu.edits import ChangedError
from chabaocu.errors import Refused, StaleState, told
from orgs.access import fetch, requires
from orgs.roles import Permission as P
from rubrics import drafts, editing, sums
from rubrics.editing import NoPlace, Place
from rubrics.editor_page import Late, page
from rubrics.models import Version
from rubrics.outline import Outline, outline_of, read
from rubrics.part_forms import PartForm, SplitForm
from rubrics.spots import Spot

TRIES = 3  # a save that touches nothing a colleague has just changed goes on top of it
Change = Callable[[Outline, Place], tuple[Outline, Place]]


@require_GET
@requires(P.RUBRIC_MANAGE)
def version_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a tree, its sums, the printed form, and the form of what is open."""
    version = _version(request, pk)
    if version.status != Version.Status.DRAFT:
        return redirect("rubrics:version_detail", pk)
    return page(request, version, Spot.read(request.GET.get("at", "")))


@require_POST
@requires(P.RUBRIC_MANAGE)
def part_kind(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a point with what the chosen kind asks; nothing is saved."""
    version = _version(request, pk)
    if version.status != Version.Status.DRAFT:
        return _ended(request, pk)
    outline = outline_of(version)
    try:
        spot = _spot(request, outline)
        form = spot.form(outline, request.POST)
    except NoPlace:
        return _gone(request, version)
    form.forgive()
    return page(request, version, spot, form=form, is_tried=True)


@require_POST
@requires(P.RUBRIC_MANAGE)
def part_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the form of what is open; a late one shows both values."""
    return _save(request, pk, "改", lambda outline, place: (outline, place))


@require_POST
@requires(P.RUBRIC_MANAGE)
def part_next(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the form, and add the next part behind what is open."""
    return _save(request, pk, "改并接着加", _behind)


@require_POST
@requires(P.RUBRIC_MANAGE)
def part_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new part inside what is open, at its end."""
    return _change(request, pk, "增加", editing.added)


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
    to = Spot.read(request.POST.get("to", "")).place
    return _change(request, pk, "移到别处", lambda o, at: editing.moved_to(o, at, to))


@require_POST
@requires(P.RUBRIC_MANAGE)
def part_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Without what is open; 撤销 brings it back."""
    return _change(request, pk, "删去", lambda o, at: (editing.removed(o, at), at[:-1]))


@require_POST
@requires(P.RUBRIC_MANAGE)
def part_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """The open point and the one behind it made one."""
    return _change(request, pk, "合并", lambda o, at: (editing.merged(o, at), at))


@require_POST
@requires(P.RUBRIC_MANAGE)
def part_split(request: HttpRequest, pk: int) -> HttpResponse:
    """The open point made two, without a letter or a point lost."""
    form = SplitForm(request.POST)

    def split(outline: Outline, at: Place) -> tuple[Outline, Place]:
        return editing.split(outline, at, *form.halves()), at

    if form.is_valid():
        return _change(request, pk, "拆分", split, typed=form)
    version, spot = _version(request, pk), Spot.read(request.POST.get("at", ""))
    if version.status != Version.Status.DRAFT:
        return _ended(request, pk)
    return page(request, version, spot, split=form, status=422)


@require_POST
@requires(P.RUBRIC_MANAGE)
def codes_recode(request: HttpRequest, pk: int) -> HttpResponse:
    """Every point's code anew from where it stands."""
    return _change(request, pk, "重编点号", lambda o, at: (editing.recoded(o), at))


@require_POST
@requires(P.RUBRIC_MANAGE)
def sums_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Every stated sum made what its parts come to."""
    return _change(request, pk, "按合计填分值", lambda o, at: (sums.adopted(o), at))


@require_POST
@requires(P.RUBRIC_MANAGE)
def version_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last change back."""
    version, spot = _version(request, pk), Spot.read(request.POST.get("at", ""))
    try:
        step = drafts.undo(version, by=request.user, seen=_seen(request))
    except ChangedError:
        return page(request, version, spot, late=Late("撤销"), status=409)
    except StaleState:
        return _ended(request, pk)
    except Refused as refused:
        messages.error(request, told(refused))
    else:
        messages.success(request, f"已撤销：{step.what}。")
        spot = spot.found(read(step.outline), request.POST.get("anchor", "")) or Spot()
    return redirect(_here(pk, spot))


def _save(request: HttpRequest, pk: int, verb: str, go_on: Change) -> HttpResponse:
    """Store the form on top of what stands, unless what it says was changed meanwhile."""
    for _ in range(TRIES):
        version = _version(request, pk)
        if version.status != Version.Status.DRAFT:
            return _ended(request, pk)
        try:
            return _put(request, version, verb, go_on)
        except ChangedError:
            continue  # changed between the reading and the writing
        except NoPlace:
            break
        except StaleState:
            return _ended(request, pk)
    return _gone(request, version)


def _put(request: HttpRequest, version: Version, verb: str, go_on: Change) -> HttpResponse:
    outline = outline_of(version)
    spot = _spot(request, outline)
    form = spot.form(outline, request.POST, is_first=drafts.is_first(version))
    if not form.is_valid():
        return page(request, version, spot, form=form, status=422)
    made = form.put(outline, spot.place)
    if made != outline and _is_late(request, version, spot, form, outline):
        return page(request, version, spot, form=form, late=Late("保存"), status=409)
    went = _stored(request, version, verb, spot, outline, go_on(made, spot.place))
    return redirect(_here(version.pk, went))


def _behind(outline: Outline, place: Place) -> tuple[Outline, Place]:
    """A new part of the same kind behind this one."""
    if not place:
        raise NoPlace(place)
    return editing.added(outline, place[:-1], place[-1])


def _stored(request, version, verb, spot, outline, changed) -> Spot:
    """Where to go on; what changes nothing, such as a second press, leaves no step."""
    made, place = changed
    if made != outline:
        what = f"{verb}{spot.name} {spot.number}".strip()
        drafts.edit(version, made, by=request.user, what=what, seen=version.revision)
    return spot if spot.side else Spot(place)


def _is_late(
    request: HttpRequest, version: Version, spot: Spot, form: PartForm, outline: Outline
) -> bool:
    """Whether somebody changed just this part since the page was made."""
    seen = _seen(request)
    if seen == version.revision:
        return False
    was = drafts.as_seen(version, seen)
    try:
        stood = was and _spot(request, was).part(was)
    except NoPlace:
        stood = None
    return stood is None or form.facts(stood) != form.facts(spot.part(outline))


def _change(
    request: HttpRequest, pk: int, verb: str, make: Change, typed: SplitForm | None = None
) -> HttpResponse:
    """One change of the table as the page showed it; told where it went."""
    version, spot = _version(request, pk), Spot.read(request.POST.get("at", ""))
    if version.status != Version.Status.DRAFT:
        return _ended(request, pk)
    if _seen(request) != version.revision:
        return page(request, version, spot, split=typed, late=Late(verb), status=409)
    outline = outline_of(version)
    try:
        spot = _spot(request, outline)
        went = _stored(request, version, verb, spot, outline, make(outline, spot.place))
    except NoPlace:
        messages.error(request, "这里不能这样改：已经到头，或没有这个位置。")
        went = spot
    except ChangedError:
        return page(request, _version(request, pk), spot, split=typed, late=Late(verb), status=409)
    except StaleState:
        return _ended(request, pk)
    except ValueError as fault:
        typed.add_error(None, str(fault))
        return page(request, version, spot, split=typed, status=422)
    return redirect(_here(pk, went))


def _spot(request: HttpRequest, outline: Outline) -> Spot:
    """What the page had open, where it is now; NoPlace where somebody removed it."""
    spot = Spot.read(request.POST.get("at", ""))
    found = spot.found(outline, request.POST.get("anchor", ""))
    if found is None:
        raise NoPlace(spot.place)
    return found


def _gone(request: HttpRequest, version: Version) -> HttpResponse:
    """Somebody removed what was open: what was typed is shown, to be kept by hand."""
    return page(request, version, Spot(), late=Late("保存", _typed(request.POST)), status=409)


def _typed(data: QueryDict) -> list[str]:
    hidden = {"csrfmiddlewaretoken", "at", "anchor", "seen"}
    return [text for name, text in data.items() if name not in hidden and text.strip()]


def _ended(request: HttpRequest, pk: int) -> HttpResponse:
    messages.error(request, "这一版已不是草稿，什么也没有改。要改就照它出新版次。")
    return redirect("rubrics:version_detail", pk)


def _version(request: HttpRequest, pk: int) -> Version:
    return fetch(Version.objects.with_tree(), request.user, P.RUBRIC_MANAGE, pk=pk)


def _seen(request: HttpRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else -1


def _here(pk: int, spot: Spot) -> str:
    return f"{reverse('rubrics:version_edit', args=[pk])}?at={spot}"
