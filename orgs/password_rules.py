"""Rules for a new password whose wording Django has not in Chinese."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LengthValidator(MinimumLengthValidator):
    """Long enough; nothing is asked of its classes of characters."""

    def get_error_message(self) -> str:
        return f"密码太短，至少要 {self.min_length} 个字。"

    def get_help_text(self) -> str:
        return f"至少 {self.min_length} 个字。"
