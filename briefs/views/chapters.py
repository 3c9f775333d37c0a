"""Chapters: add one, move it, leave it out, look at its numbers, take a new draft."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from briefs import actions
from briefs.drafting import Drafted
from briefs.models import Brief, Chapter
from briefs.page import changes
from briefs.typed import print_of, version_of
from briefs.views.editor import brief_of, page, saved
from chabaocu.errors import Refused, StaleState, told
from rubrics.differences import words

CHANGED = "数据刚又变了，请看下面的新拟稿再决定。"


@require_POST
def chapter_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A chapter at the end, written by hand."""
    brief = brief_of(request, pk)
    heading = request.POST.get("new_heading", "").strip()[:60]
    if not heading:
        return _after(request, brief, None, "请先写新章节的标题。")
    return _after(request, brief, lambda: actions.add(brief, heading, by=request.user))


@require_POST
def place(request: HttpRequest, pk: int, chapter: int, way: str) -> HttpResponse:
    """Up, down, or out; what was typed meanwhile is kept first."""
    brief = brief_of(request, pk)
    one = _chapter(brief, chapter)
    return _after(request, brief, lambda: actions.place(one, way, by=request.user), at=chapter)


@require_POST
def check(request: HttpRequest, pk: int, chapter: int) -> HttpResponse:
    """The numbers as they are now were looked at."""
    brief = brief_of(request, pk)
    one = _chapter(brief, chapter)
    fresh = _fresh(request, brief, one)
    return _after(request, brief, lambda: actions.check(one, fresh, by=request.user), at=chapter)


@require_POST
def draft(request: HttpRequest, pk: int, chapter: int) -> HttpResponse:
    """Keep what was typed, then show the chapter beside how it would be drafted now."""
    brief = brief_of(request, pk)
    _chapter(brief, chapter)
    kept, error = saved(request, brief)
    if error or not kept.is_whole:
        return page(request, brief, kept, error)
    return redirect("briefs:chapter_redraft", brief.pk, chapter)


@require_http_methods(["GET", "POST"])
def redraft(request: HttpRequest, pk: int, chapter: int) -> HttpResponse:
    """The text and the new draft beside each other; taken only by a press."""
    brief = brief_of(request, pk)
    one = _chapter(brief, chapter)
    fresh = _fresh(request, brief, one)
    if request.method == "GET":
        return _beside(request, brief, one, fresh)
    if request.POST.get("print") != print_of("", fresh.text):
        return _beside(request, brief, one, fresh, CHANGED)
    try:
        version = version_of(request.POST.get("version"))
        actions.redraft(one, fresh, version=version, by=request.user)
    except (Refused, StaleState) as error:
        one.refresh_from_db()
        return _beside(request, brief, one, fresh, told(error))
    messages.success(request, f"“{one}”已换成新拟稿。")
    return _to(brief, chapter)


def _beside(
    request: HttpRequest, brief: Brief, one: Chapter, fresh: Drafted, error: str = ""
) -> HttpResponse:
    context = {
        "brief": brief,
        "chapter": one,
        "fresh": fresh,
        "pieces": words(one.text, fresh.text),
        "changes": changes(one, fresh),
        "print": print_of("", fresh.text),
        "error": error,
    }
    return render(request, "briefs/chapter_redraft.html", context, status=409 if error else 200)


def _after(request: HttpRequest, brief: Brief, act, error: str = "", at: int = 0) -> HttpResponse:
    """Keep what was typed, then act; whatever is refused, nothing typed is lost."""
    kept, refusal = saved(request, brief)
    if refusal or not kept.is_whole:
        return page(request, brief, kept, refusal)
    if act:
        try:
            act()
        except (Refused, StaleState) as refused:
            error = told(refused)
    if error:
        return page(request, brief, kept, error)
    return _to(brief, at)


def _to(brief: Brief, chapter: int) -> HttpResponse:
    place = f"#c{chapter}" if chapter else ""
    return redirect(reverse("briefs:brief_edit", args=[brief.pk]) + place)


def _chapter(brief: Brief, pk: int) -> Chapter:
    found = brief.chapters.select_related("by").filter(pk=pk).first()
    if found is None:
        raise Http404
    found.brief = brief
    return found


def _fresh(request: HttpRequest, brief: Brief, one: Chapter) -> Drafted:
    """How it would be drafted now; a chapter written by hand has no such page."""
    found = actions.redrafted(brief, one, request.user.scope)
    if found is None:
        raise Http404
    return found
