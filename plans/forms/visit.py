"""Who goes where and when."""

from typing import Any

from django import forms

from plans.forms.base import DateInput, PlainHelper, TimeInput
from plans.models import Team, Visit


class AssignForm(forms.Form):
    """A team, a day, hours."""

    team = forms.ModelChoiceField(Team.objects.none(), label="督导组", empty_label="请选择督导组")
    visit_on = forms.DateField(label="督导日期", required=False, widget=DateInput)
    starts_at = forms.TimeField(label="开始时间", required=False, widget=TimeInput)
    ends_at = forms.TimeField(label="结束时间", required=False, widget=TimeInput)

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        names = ("team", "visit_on", "starts_at", "ends_at")
        initial = {name: getattr(visit, name) for name in names}
        super().__init__(*args, initial=initial, **kwargs)
        plan = visit.plan
        self.fields["team"].queryset = plan.teams.order_by("order")
        first, last = plan.starts_on.isoformat(), plan.visits_end_on.isoformat()
        self.fields["visit_on"].widget.attrs |= {"min": first, "max": last}
        self.helper = PlainHelper(self)
