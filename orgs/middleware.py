"""Session rules: idle sessions end, and a first password is changed before anything else."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

SEEN = "seen"
REFRESH_SECONDS = 60  # one session write a minute at most


class SessionRules:
    """End a session that was idle too long; hold a person at the password page while they must."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._note_activity(request)
        if request.user.is_authenticated and self._must_change_password(request):
            return redirect("orgs:password_change")
        return self.get_response(request)

    @staticmethod
    def _note_activity(request: HttpRequest) -> None:
        now = int(timezone.now().timestamp())
        seen = request.session.get(SEEN, now)
        if now - seen > settings.SESSION_IDLE_SECONDS:
            logout(request)
        elif SEEN not in request.session or now - seen > REFRESH_SECONDS:
            request.session[SEEN] = now

    @staticmethod
    def _must_change_password(request: HttpRequest) -> bool:
        allowed = {reverse("orgs:password_change"), reverse("orgs:logout")}
        return request.user.must_change_password and request.path not in allowed
