"""What the forms of this app share: crispy without its own form tag, dates as the browser asks."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms


class PlainHelper(FormHelper):
    """The page writes the form tag and the buttons."""

    form_tag = False
    disable_csrf = True  # the page's form tag carries it
    error_text_inline = True


class DateInput(forms.DateInput):
    """A date as the browser's own picker gives it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day as the browser's own picker gives it."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class ReasonForm(forms.Form):
    """A reason that is written down with the deed."""

    reason = forms.CharField(
        label="理由",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "请写明理由，它会和记录一起保存。"},
    )
    helper = PlainHelper()
