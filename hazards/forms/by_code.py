"""The form behind a code on a wall: what it is, and a name or none."""

from typing import Any

from django import forms

from hazards.forms.report import NOTHING
from hazards.models import Hazard

MOST_PHOTOS = 5


class CodeReportForm(forms.Form):
    """A report at a known place by somebody without an account."""

    report_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        choices=Hazard.Kind.choices, error_messages={"required": "请点一类：是什么隐患。"}
    )
    text = forms.CharField(
        label="补充一句（可不写）",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2, "placeholder": "具体在哪里、看到什么、多严重"}),
    )
    reporter_name = forms.CharField(
        label="姓名（可不写）",
        max_length=40,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text="写了姓名，查实后单位才找得到您、给您奖励。",
    )
    hides_name = forms.BooleanField(label="姓名只给本单位工会看，不给车间看", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == Hazard.Kind.OTHER and not data.get("text", "").strip():
            self.add_error("text", NOTHING)
        return data

    @property
    def said(self) -> dict[str, Any]:
        """The report in the words of ``hazards.actions.report``."""
        data = dict(self.cleaned_data)
        data["reporter_name"] = data["reporter_name"].strip()
        data["text"] = data["text"].strip() or Hazard.Kind(data["kind"]).label
        return data
