"""Log in, log out, change the password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from orgs.actions import passwords
from orgs.forms.session import LoginForm, PasswordForm

log_in = LoginView.as_view(
    template_name="orgs/login.html",
    authentication_form=LoginForm,
    redirect_authenticated_user=True,
)
log_out = LogoutView.as_view()


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
