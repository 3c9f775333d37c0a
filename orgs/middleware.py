"""Session rules: who must log in, when a session ends, and when a password must be changed."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from chabaocu.errors import wants_json
from orgs.carried import Carried, carry
from orgs.forms.session import LoginForm

BEGAN, SEEN = "began", "seen"
REFRESH_SECONDS = 60  # one session write a minute at most
PAGE_PERSON = "X-Page-Person"
UNASKED = "X-Unasked"  # a page that keeps up by itself proves nobody in front of it
EXPIRED = "登录已过期，请重新登录，登录后回到刚才的页面。"
OTHER = "这台设备上现在登录的是{name}，这一页是另一个账号打开的，什么也没有保存。"
FIRST_PASSWORD = "请先修改临时密码，再接着填；填的内容还在本机。"


class LoginRequired(LoginRequiredMiddleware):
    """Ask for a login, and come back afterwards to the page the person was on."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        """A piece of a page gets 401, so that the page stays as it is with what was typed."""
        if request.htmx or wants_json(request):
            return JsonResponse({"error": "expired", "message": EXPIRED}, status=401)
        if carried := carry(request):
            return login_page(request, carried)
        return redirect_to_login(_page_of(request), str(settings.LOGIN_URL))


def login_page(request: HttpRequest, carried: Carried) -> HttpResponse:
    """The login page itself, in answer to a form, with what was typed; a redirect would lose it."""
    context = {"form": LoginForm(request), "next": _page_of(request), "carried": carried}
    response = render(request, "orgs/login.html", context, status=401)
    add_never_cache_headers(response)
    return response


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
            if wants_json(request):
                return JsonResponse({"error": "password", "message": FIRST_PASSWORD}, status=403)
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
        elif idle > REFRESH_SECONDS and UNASKED not in request.headers:
            request.session[SEEN] = now

    @staticmethod
    def _must_change_password(request: HttpRequest) -> bool:
        if not request.user.must_change_password:
            return False
        return request.path not in {reverse("orgs:password_change"), reverse("orgs:logout")}


class SamePerson:
    """What a page sends is kept only in the name of the person who opened that page.

    Pages say in a header whose they are; another account may have logged in beside them since.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page_of = request.headers.get(PAGE_PERSON, "")
        if page_of and request.user.is_authenticated and page_of != str(request.user.pk):
            told = {"error": "other", "message": OTHER.format(name=request.user.name)}
            return JsonResponse(told, status=401)
        response = self.get_response(request)
        if request.user.is_authenticated:
            response[PAGE_PERSON] = str(request.user.pk)  # the browser keeps nobody else's page
        return response
