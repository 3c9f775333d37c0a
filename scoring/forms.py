"""Shapes of what the record's pages send; the rules are in the actions."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate

from scoring.findings import LONGEST
from scoring.strokes import InvalidStrokesError, parse

PASSWORD_WRONG = "密码不对，没有签上，请再输一次。"


class TextForm(forms.Form):
    """One save of one text: the page's id, the version it started from, and the text."""

    id = forms.UUIDField()
    base = forms.IntegerField(min_value=0)
    text = forms.CharField(required=False, strip=False)


class FindingForm(forms.Form):
    """One problem and the 督导意见 that goes with it."""

    text = forms.CharField(
        label="问题",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "请写明问题。",
            "max_length": f"问题最多 {LONGEST} 字，请删减。",
        },
    )
    advice = forms.CharField(
        label="督导意见",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"督导意见最多 {LONGEST} 字，请删减。"},
    )
    code = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class SignForm(forms.Form):
    """A signature: drawn or not, with the password asked again."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    strokes = forms.CharField(required=False, widget=forms.HiddenInput)
    password = forms.CharField(
        strip=False,
        max_length=128,
        widget=forms.PasswordInput,
        error_messages={"required": "请输入登录密码。"},
    )

    def __init__(self, *args: Any, request: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_strokes(self) -> list:
        """The lines drawn; nothing at all means signing by password alone."""
        text = self.cleaned_data["strokes"]
        if text in ("", "[]"):
            return []
        try:
            return parse(text)
        except InvalidStrokesError as error:
            raise forms.ValidationError(str(error)) from None

    def clean_password(self) -> str:
        """Asked through the same door as a log-in, so that guesses are counted and locked."""
        password = self.cleaned_data["password"]
        username = self.request.user.get_username()
        found = authenticate(self.request, username=username, password=password)
        if found is None or found.pk != self.request.user.pk:
            raise forms.ValidationError(PASSWORD_WRONG)
        return ""


class ScanForm(forms.Form):
    """The scan of a page signed in ink."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    upload_id = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(error_messages={"required": "请选择签字页的照片或扫描件。"})


class ReasonForm(forms.Form):
    """Why submitted papers are opened again."""

    reason = forms.CharField(
        label="更正理由",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明更正理由。"},
    )
