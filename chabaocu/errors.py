"""Pages for what went wrong, in words that say what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest


class StaleState(Exception):
    """Somebody else moved it first: nothing was changed, the person is told so."""

    message = "状态已被他人更新，请看最新情况后再操作。"


class Refused(Exception):
    """A rule forbids it; the message says which and what to do. Nothing was changed."""


def told(error: Exception) -> str:
    """What the person reads of a refusal."""
    return str(error) or StaleState.message


@contextmanager
def telling(request: HttpRequest) -> Iterator[None]:
    """Turn a refusal into a message on the next page; the rest of the block is not run."""
    try:
        yield
    except (Refused, StaleState) as error:
        messages.error(request, told(error))


def wants_json(request: HttpRequest) -> bool:
    """A script asks, not a person's browser window."""
    return "application/json" in request.headers.get("Accept", "")
