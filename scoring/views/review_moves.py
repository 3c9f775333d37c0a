"""What a reviewer presses on a visit's papers: comments and moves, each a POST of its own."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from chabaocu.errors import Refused, StaleState
from orgs.access import fetch
from orgs.roles import Permission as P
from plans.models import Visit
from rubrics.models import Criterion
from scoring import actions, comments
from scoring.models import Comment, Scoresheet
from scoring.views.review import papers_page, readable
from scoring.workflow import MOVES


class CommentForm(forms.Form):
    """A remark on one point, or on the whole draft where no point is named."""

    point = forms.CharField(max_length=12, required=False)
    text = forms.CharField(
        max_length=2000,
        error_messages={"required": "请写下意见。", "max_length": "意见最多 2000 字，请分开写。"},
    )


@require_POST
def comment_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Remark on a point of the draft that was on the page."""
    visit = readable(request, pk)
    form = CommentForm(request.POST)
    text = request.POST.get("text", "")
    if not form.is_valid():
        error = " ".join(form.errors.get("text", form.errors.get("point", [])))
        return papers_page(request, visit, status=422, comment_text=text, comment_error=error)
    if not comments.may_write(visit, request.user):
        return _comment_refused(request, visit, text)
    sheet = get_object_or_404(visit.sheets.select_related("visit"), revision=visit.revision)
    try:
        _as_seen(request, visit)
        comments.add(sheet, by=request.user, text=text, criterion=_criterion(sheet, form))
    except StaleState:
        return _comment_refused(request, visit, text)
    messages.success(request, "意见已记下，退回时一并送达督导组。")
    return redirect(_page(visit, form.cleaned_data["point"]))


@require_POST
def comment_resolve(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Settle one comment."""
    visit = fetch(Visit, request.user, P.VISIT_REVIEW, pk=pk)
    remarks = Comment.objects.visible_to(request.user).select_related("sheet__visit", "criterion")
    comment = get_object_or_404(remarks, pk=comment_pk, sheet__visit=visit)
    try:
        comments.resolve(comment, by=request.user)
    except StaleState as stale:
        messages.error(request, stale.message)
    return redirect(_page(visit, comment.criterion.code if comment.criterion else ""))


@require_POST
def visit_return(request: HttpRequest, pk: int) -> HttpResponse:
    """退回: back to the team with the open comments, as a new draft."""
    return _press(request, pk, "return", _with_note(actions.return_visit, "note"))


@require_POST
def visit_vet(request: HttpRequest, pk: int) -> HttpResponse:
    """初审: the first of the two reviewers the plan asks for."""
    return _press(request, pk, "vet", actions.vet)


@require_POST
def visit_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """确认: the result counts."""
    return _press(request, pk, "confirm", actions.confirm)


@require_POST
def visit_release(request: HttpRequest, pk: int) -> HttpResponse:
    """下发: the inspected unit and its unions see the result."""
    return _press(request, pk, "release", actions.release)


@require_POST
def visit_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """更正: reopen as a new draft; a released result is hidden until it is released again."""
    return _press(request, pk, "correct", _with_note(actions.correct, "reason"))


@require_POST
def visit_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """归档: closed for good."""
    return _press(request, pk, "archive", actions.archive)


def _with_note(action: Callable, name: str) -> Callable:
    def acting(visit: Visit, *, by: Any, note: str) -> Any:
        return action(visit, by=by, **{name: note})

    return acting


def _press(request: HttpRequest, pk: int, name: str, action: Callable) -> HttpResponse:
    """Make the move on the draft that was on the page; a refusal keeps what was typed."""
    move = MOVES[name]
    visit = fetch(
        Visit.objects.select_related("plan", "region"), request.user, move.permission, pk=pk
    )
    note = request.POST.get("note", "")
    extra = {"note": note} if move.needs_note else {}
    try:
        _as_seen(request, visit)
        action(visit, by=request.user, **extra)
    except (StaleState, Refused) as refusal:
        error = getattr(refusal, "message", str(refusal))
        status = 409 if isinstance(refusal, StaleState) else 422
        typed = {"move_error": error, "moved": name, "note": note}
        return papers_page(request, readable(request, pk), status=status, **typed)
    messages.success(request, f"已{move.label}：{visit.target}。")
    return redirect(_page(visit))


def _as_seen(request: HttpRequest, visit: Visit) -> None:
    """The draft and state on the person's page are still those of the visit."""
    seen = (request.POST.get("revision"), request.POST.get("status"))
    if seen != (str(visit.revision), visit.status):
        raise StaleState("seen")


def _comment_refused(request: HttpRequest, visit: Visit, text: str) -> HttpResponse:
    error = f"{StaleState.message}您写的意见还在下面，没有保存。"
    return papers_page(request, visit, status=409, comment_text=text, comment_error=error)


def _criterion(sheet: Scoresheet, form: CommentForm) -> Criterion | None:
    code = form.cleaned_data["point"]
    if not code:
        return None
    return get_object_or_404(Criterion, item__section__version=sheet.version_id, code=code)


def _page(visit: Visit, point: str = "") -> str:
    url = reverse("scoring:visit_review", args=[visit.pk])
    return f"{url}?point={point}#point" if point else url
