"""Other dates for a published plan."""

from typing import Any

from django import forms

from plans.forms.base import DateInput, PlainHelper, ReasonForm
from plans.models import Plan


class DatesForm(ReasonForm):
    """The end of the plan, both ends of each phase, and why."""

    visits_end_on = forms.DateField(label="督导完成日期", widget=DateInput)
    field_order = ["visits_end_on"]

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, initial={"visits_end_on": plan.visits_end_on}, **kwargs)
        self._phases = list(plan.phases.all())
        for phase in self._phases:
            for end, label in [("starts_on", "开始日期"), ("ends_on", "结束日期")]:
                field = forms.DateField(
                    label=f"{phase.name}{label}", widget=DateInput, initial=getattr(phase, end)
                )
                self.fields[f"{end}_{phase.pk}"] = field
        self.helper = PlainHelper(self)

    @property
    def days(self) -> list[Any]:
        """The fields of the phases, as the page lays them out."""
        return [self[name] for name in self.fields if name not in ("visits_end_on", "reason")]

    def clean(self) -> dict[str, Any]:
        """The windows of the phases by their ids, in the place of single days."""
        data = self.cleaned_data
        windows = {
            phase.pk: tuple(data.pop(f"{end}_{phase.pk}", None) for end in ("starts_on", "ends_on"))
            for phase in self._phases
        }
        return data | {"phases": windows}
