"""When the units check themselves, for a plan that was issued without such a phase."""

from django import forms

from plans.forms.base import DateInput, PlainHelper


class SelfCheckForm(forms.Form):
    """The first and the last day."""

    starts_on = forms.DateField(label="开始日期", widget=DateInput)
    ends_on = forms.DateField(label="结束日期", widget=DateInput)
    helper = PlainHelper()
