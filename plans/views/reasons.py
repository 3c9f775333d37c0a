"""The one shape of a deed that takes a reason: refused without one, told, then back to a page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from chabaocu.errors import telling
from plans.forms.base import ReasonForm


def with_reason(
    request: HttpRequest, deed: Callable[[str], object], *, missing: str, done: str, to: tuple
) -> HttpResponse:
    """Do the deed with the reason that was typed and go to the page ``to``.

    Without a reason nothing is done: ``missing`` says what is wanted; ``done`` is told after it.
    """
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, missing)
    else:
        with telling(request):
            deed(form.cleaned_data["reason"])
            messages.success(request, done)
    return redirect(*to)
