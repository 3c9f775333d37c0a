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
# reports by the code on a wall: a workshop may share one address, and no address fills a code
REPORTS_PER_ADDRESS, REPORTS_PER_CODE = 20, 60


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
    """Counts who looks codes up and who reports without an account.

    Stands outside ReadOnlyGet, as sessions and log-ins do. The views read ``is_too_often``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    @cached_property
    def page(self) -> str:
        return reverse("reports:verify")

    @cached_property
    def wall(self) -> str:
        return reverse("hazards:code", args=["_"]).removesuffix("_/")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path, address = request.path_info, request.META.get("REMOTE_ADDR", "")
        if path.startswith(self.page) and path != self.page:
            request.is_too_often = too_often(f"from {address}", PER_ADDRESS)
        elif request.method == "POST" and path.startswith(self.wall):
            request.is_too_often = _reports_too_often(address, path)
        return self.get_response(request)


def _reports_too_often(address: str, path: str) -> bool:
    by_address = too_often(f"report from {address}", REPORTS_PER_ADDRESS)
    return by_address or too_often(f"report by {path}", REPORTS_PER_CODE)
