"""Answer an action: the changed piece of the page for htmx, a redirect for a plain form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def respond(
    request: HttpRequest, partial: str, context: dict[str, Any], *, to: str, status: int = 200
) -> HttpResponse:
    """Render ``partial`` for htmx; otherwise go ``to`` the page that shows the outcome."""
    if request.htmx:
        return render(request, partial, context, status=status)
    return redirect(to)
