"""Log in, log out, change the password; log in again without leaving the page."""

from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from chabaocu.errors import wants_json
from orgs.actions import passwords
from orgs.carried import carry, is_ours, unpack
from orgs.forms.session import LoginForm, PasswordForm
from orgs.middleware import login_page

NOT_SAME = "请用打开这一页的账号登录。换账号请先退出。"
OLD_PAGE = "页面放得太久了，请重新登录后再保存；填的内容还在。"


class _LogIn(LoginView):
    """Log in; a form that was sent without a session is shown again, to be sent on."""

    template_name = "orgs/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    @method_decorator([login_not_required, sensitive_post_parameters(), never_cache])
    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and (carried := self._carried()):
            return _offer(request, carried)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        response = super().form_valid(form)
        carried = self._carried()
        return _offer(self.request, carried) if carried else response

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"carried": self._carried()}

    def _carried(self):
        return unpack(self.request.POST.get("carried", ""))


log_in = _LogIn.as_view()
log_out = LogoutView.as_view()


@login_not_required
@sensitive_post_parameters()
@never_cache
@require_POST
def log_in_again(request):
    """The password again, for a page that stays open: the same account, or nothing happens."""
    form = LoginForm(request, request.POST)
    if not form.is_valid():
        message = " ".join(form.non_field_errors()) or "请输入密码。"
        return JsonResponse({"message": message}, status=400)
    user = form.get_user()
    if str(user.pk) != request.POST.get("person"):
        return JsonResponse({"message": NOT_SAME}, status=400)
    login(request, user)
    return JsonResponse({"csrf": get_token(request)})


def csrf_failure(request, reason=""):
    """The form's secret is missing or old: what our own page sent is shown, to be sent on."""
    if wants_json(request):
        return JsonResponse({"error": "csrf", "message": OLD_PAGE}, status=403)
    carried = carry(request) if is_ours(request) and not _is_for_anybody(request) else None
    if carried is None:
        return render(request, "403_csrf.html", status=403)
    if not request.user.is_authenticated:
        return login_page(request, carried)
    return _offer(request, carried, status=403)


def _offer(request, carried, *, status=200):
    """Show what was typed, with one button that sends it on."""
    return render(request, "orgs/carried.html", {"carried": carried}, status=status)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def password_change(request):
    form = PasswordForm(request.user, request.POST or None)
    if form.is_valid():
        passwords.change_password(request.user, form.cleaned_data["new_password1"], by=request.user)
        update_session_auth_hash(request, request.user)
        messages.success(request, "密码已修改，其他设备上的登录已全部退出。")
        return redirect("home")
    return render(request, "orgs/password_change.html", {"form": form})


def _is_for_anybody(request):
    """A form of a public page: whoever sent it need not log in to send it again."""
    match = request.resolver_match
    is_public = match and not getattr(match.func, "login_required", True)
    return is_public and match.view_name != "orgs:login"
