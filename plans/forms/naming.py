"""Which units a phase visits: narrow the list, then tick."""

from typing import Any

from django import forms

from orgs.models import Organization
from plans.actions.naming import free_units, named_in
from plans.models import Phase, Plan

SHOWN = 200  # a page of ticks; the search narrows what is beyond


class NarrowForm(forms.Form):
    """The phase, the kind of unit, and a piece of the name."""

    phase = forms.ModelChoiceField(Phase.objects.none(), label="阶段", empty_label=None)
    kind = forms.ChoiceField(label="对象", required=False)
    q = forms.CharField(label="名称", max_length=60, required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_phases = [phase for phase in plan.phases.all() if named_in(plan, phase)]
        self.fields["phase"].queryset = plan.phases.filter(pk__in=[p.pk for p in open_phases])
        kinds = {kind: label for phase in open_phases for kind, label in named_in(plan, phase)}
        self.fields["kind"].choices = list(kinds.items())
        self.phases, self.plan = open_phases, plan
        for name, field in self.fields.items():
            choice = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
            field.widget.attrs["class"] = "form-select" if choice else "form-control"
            field.widget.attrs["id"] = f"narrow-{name}"

    @property
    def chosen(self) -> tuple[Phase | None, str]:
        """What the page shows: as asked, else the first phase and its first kind."""
        data = self.cleaned_data if self.is_valid() else {}
        phase = data.get("phase") or next(iter(self.phases), None)
        kinds = dict(named_in(self.plan, phase)) if phase else {}
        kind = data.get("kind", "")
        return phase, kind if kind in kinds else next(iter(kinds), "")


class UnitsForm(forms.Form):
    """The ticked units, of those that are free."""

    units = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label="单位",
        error_messages={"required": "请勾选要添加的单位。"},
    )

    def __init__(self, *args: Any, plan: Plan, phase: Phase, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = free_units(plan, phase, kind)
