"""The form of a report: where, what, and whether the name is hidden from the workshop."""

from typing import Any

from django import forms

from hazards.models import Hazard, Place

# What each kind covers, as the tiles say it.
KINDS = {
    Hazard.Kind.LEAK: ("droplet-half", "气、水、油、物料"),
    Hazard.Kind.GUARD: ("shield-exclamation", "护栏、护罩、劳保"),
    Hazard.Kind.POWER: ("lightning", "线路、开关、接地"),
    Hazard.Kind.PASSAGE: ("door-open", "消防通道、安全出口"),
    Hazard.Kind.EQUIPMENT: ("gear-wide-connected", "异响、超温、漏电"),
    Hazard.Kind.CONDUCT: ("person-exclamation", "违章指挥、违规作业、违反劳动纪律"),
    Hazard.Kind.HEALTH: ("lungs", "粉尘、毒物、噪声、高温"),
    Hazard.Kind.OTHER: ("three-dots", "写一句是什么"),
}
NOWHERE = "请说在哪里：点一处，或写一句。"
NOTHING = "选了“其他”，请写一句是什么。"


class ReportForm(forms.Form):
    """A report as a worker gives it; the kind alone says enough, except for 其他."""

    report_id = forms.UUIDField(widget=forms.HiddenInput)
    place = forms.ModelChoiceField(Place.objects.none(), required=False)
    where = forms.CharField(
        label="写一句在哪里",
        max_length=100,
        required=False,
        widget=forms.TextInput({"placeholder": "如：2号泵房东侧", "autocomplete": "off"}),
    )
    text = forms.CharField(
        label="补充一句（可不写）",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2, "placeholder": "看到什么、多严重"}),
    )
    kind = forms.ChoiceField(
        choices=Hazard.Kind.choices, error_messages={"required": "请点一类：是什么隐患。"}
    )
    hides_name = forms.BooleanField(label="不向车间显示我的姓名", required=False)

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("place") and not data.get("where", "").strip():
            self.add_error("where", NOWHERE)
        if data.get("kind") == Hazard.Kind.OTHER and not data.get("text", "").strip():
            self.add_error("text", NOTHING)
        return data

    @property
    def said(self) -> dict[str, Any]:
        """The report in the words of ``hazards.actions.report``."""
        data = self.cleaned_data
        kind = Hazard.Kind(data["kind"])
        return {
            "report_id": data["report_id"],
            "place": data["place"],
            "where": data["where"] or str(data["place"]),
            "kind": kind,
            "text": data["text"] or kind.label,
            "hides_name": data["hides_name"],
        }
