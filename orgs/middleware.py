"""Session rules: who must log in, when a session ends, and when a password must be changed."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

BEGAN, SEEN = "began", "seen"
REFRESH_SECONDS = 60  # one session write a minute at most
EXPIRED = "登录已过期，请重新登录，登录后回到刚才的页面。"


class LoginRequired(LoginRequiredMiddleware):
    """Ask for a login, and come back afterwards to the page the person was on."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        """A piece of a page gets 401, so that the page stays as it is with what was typed."""
        if request.htmx or "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"error": EXPIRED}, status=401)
        return redirect_to_login(_page_of(request), str(settings.LOGIN_URL))


def _page_of(request: HttpRequest) -> str:
    """The address to come back to: for a POST, the page its form stood on."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referrer, {request.get_host()}):
        return reverse("home")
    page = urlsplit(referrer)
    return f"{page.path}?{page.query}" if page.query else page.path


class SessionRules:
    """End a session that is idle or too old; hold a person at the password page while they must."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._end_or_note(request)
        if request.user.is_authenticated and self._must_change_password(request):
            return redirect("orgs:password_change")
        return self.get_response(request)

    @staticmethod
    def _end_or_note(request: HttpRequest) -> None:
        """Idle time slides, the working day does not: it is counted from the login."""
        now = int(timezone.now().timestamp())
        began = request.session.setdefault(BEGAN, now)
        seen = request.session.setdefault(SEEN, now)
        idle, age = now - seen, now - began
        if idle > settings.SESSION_IDLE_SECONDS or age > settings.SESSION_COOKIE_AGE:
            logout(request)
            messages.info(request, EXPIRED)
        elif idle > REFRESH_SECONDS:
            request.session[SEEN] = now

    @staticmethod
    def _must_change_password(request: HttpRequest) -> bool:
        allowed = {reverse("orgs:password_change"), reverse("orgs:logout")}
        return request.user.must_change_password and request.path not in allowed
