"""A page with one form that asks before something is done, and says why it was not."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chabaocu.errors import Refused, StaleState


class Asking:
    """The form of a request: shown, sent with gaps (422), refused or too late (409), or done.

    ``late`` is what a person reads where somebody else was first. What was typed stays.
    """

    def __init__(
        self,
        request: HttpRequest,
        form: Callable[..., BaseForm],
        *,
        late: str = StaleState.message,
    ) -> None:
        self.request, self.late, self.error = request, late, ""
        self.done: Any = None  # what the deed gave
        self.form = form(request.POST if request.method == "POST" else None)

    def does(self, deed: Callable[..., object]) -> bool:
        """Whether it was sent whole and done; ``deed`` takes what the form says, by name."""
        if not self.form.is_valid():
            return False
        try:
            self.done = deed(**self.form.cleaned_data)
        except (Refused, StaleState) as stopped:
            self.error = str(stopped) or self.late
        return not self.error

    def page(self, template: str, **context: Any) -> HttpResponse:
        """The page with the form, and what stopped it."""
        status = 409 if self.error else 422 if self.form.errors else 200
        context |= {"form": self.form, "error": self.error}
        return render(self.request, template, context, status=status)
