"""Logging in, and choosing a password."""

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError


class LoginForm(AuthenticationForm):
    """Account and password; which of the two was wrong is never said."""

    error_messages = {
        "invalid_login": "账号或密码不对，请核对后再试。连续输错 5 次将锁定 15 分钟。",
        "inactive": "账号或密码不对，请核对后再试。连续输错 5 次将锁定 15 分钟。",
    }

    def clean_username(self) -> str:
        """Accounts are lower case: another spelling must not give five more tries."""
        return self.cleaned_data["username"].lower()


class PasswordForm(PasswordChangeForm):
    """The old password, and a new one twice."""

    error_messages = {
        "password_mismatch": "两次填的新密码不一样，请重填。",
        "password_incorrect": "原密码不对，请重填。",
    }

    def clean_new_password2(self) -> str:
        """A change that changes nothing is none."""
        new = self.cleaned_data.get("new_password2", "")
        if new and self.user.check_password(new):
            raise ValidationError("新密码与原密码相同，请换一个。", code="same")
        return new
