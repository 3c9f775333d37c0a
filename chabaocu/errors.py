"""Pages for what went wrong, in words that say what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class StaleState(Exception):
    """Somebody else moved it first: nothing was changed, the person is told so."""

    message = "状态已被他人更新，请看最新情况后再操作。"


class Refused(Exception):
    """A rule forbids it; the message says which and what to do. Nothing was changed."""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's secret is missing or old: what was typed is still on the page before."""
    return render(request, "403_csrf.html", status=403)
