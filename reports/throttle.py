"""How often the public page may be asked: one count in the database, for all workers together.

Nobody's address is kept: a row carries a keyed hash, and goes when its ten minutes are over.
"""

import time
from collections.abc import Callable

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from reports.models import Asked

STRETCH = 600  # seconds that are counted together
PER_ADDRESS, PER_CODE = 60, 20  # questions in one stretch


def too_often(what: str, limit: int) -> bool:
    """Count one more question; True for every one beyond ``limit``, however many ask at once."""
    stretch = int(time.time()) // STRETCH
    key = salted_hmac("reports.throttle", f"{stretch} {what}", algorithm="sha256").hexdigest()
    row = Asked.objects.filter(key=key)
    if _counted(row, limit):
        return False
    if row.exists():
        return True
    Asked.objects.filter(stretch__lt=stretch).delete()
    Asked.objects.bulk_create([Asked(key=key, stretch=stretch)], ignore_conflicts=True)
    return not _counted(row, limit)


def _counted(row, limit: int) -> bool:
    """One statement compares and counts: two workers never take the same last question."""
    return bool(row.filter(times__lt=limit).update(times=F("times") + 1))


class CountLooks:
    """Counts who looks codes up; stands outside ReadOnlyGet, as sessions and log-ins do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    @cached_property
    def page(self) -> str:
        return reverse("reports:verify")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page, path = self.page, request.path_info
        if path.startswith(page) and path != page:
            address = request.META.get("REMOTE_ADDR", "")
            request.is_too_often = too_often(f"from {address}", PER_ADDRESS)
        return self.get_response(request)
