"""Forms of a unit's own rules: how often, who, and why no longer."""

from typing import Any

from django import forms
from django.utils import timezone

from orgs.models import User
from patrols.sources import LABELS, allowed


class PolicyForm(forms.Form):
    """How often a level is patrolled; the choices are what the sources let it be."""

    every = forms.ChoiceField(label="排查频次", widget=forms.RadioSelect)
    rest_days = forms.BooleanField(
        label="休息日也排查",
        required=False,
        help_text="连续生产的单位选这一项；不选的，只有休息日的一期不用查。",
    )
    starts_on = forms.DateField(
        label="从哪天起",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text="今天或以后。",
    )

    def __init__(self, *args: Any, unit: Any, level: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["every"].choices = [(e.value, LABELS[e]) for e in allowed(unit, level)]
        self.fields["starts_on"].initial = timezone.localdate()


class ReasonForm(forms.Form):
    """Why something ends or is taken back."""

    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea({"rows": 2}))


class DutyForm(forms.Form):
    """Whose duty a place is."""

    person = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        empty_label="不固定人",
        widget=forms.Select({"class": "form-select form-select-sm"}),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
