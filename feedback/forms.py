"""What a unit writes of each problem; the term of letters that are sent; the list's filter."""

from collections.abc import Mapping
from datetime import date, timedelta

from django import forms
from django.utils import timezone

from feedback.actions import Said
from feedback.models import Letter, LetterEntry
from plans.forms.base import DateInput

TERM = timedelta(days=15)  # offered when letters are sent; the issuer sets the day
FUTURE = "整改完成日期不能晚于今天；还没改好请留空，写明打算。"


class EntryForm(forms.Form):
    """整改情况 of one problem, and the day it was done."""

    answer = forms.CharField(
        label="整改情况",
        max_length=1000,
        required=False,
        widget=forms.Textarea(
            {
                "class": "form-control",
                "rows": 3,
                "placeholder": "怎么改的、谁负责；没改完的写打算和时间",
            }
        ),
    )
    done_on = forms.DateField(
        label="整改完成日期", required=False, widget=DateInput({"class": "form-control"})
    )

    def clean_done_on(self) -> date | None:
        day = self.cleaned_data["done_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(FUTURE)
        return day


class AnswerForm:
    """The forms of all entries of a letter, as one."""

    def __init__(self, letter: Letter, data: Mapping[str, str] | None = None) -> None:
        entries = letter.entries.select_related("finding__criterion").order_by("order")
        self.rows = [(entry, _form(entry, data)) for entry in entries]

    def is_valid(self) -> bool:
        return all([form.is_valid() for _, form in self.rows])

    @property
    def errors(self) -> bool:
        return any(form.errors for _, form in self.rows)

    @property
    def said(self) -> dict[int, Said]:
        """By entry, what was written of it."""
        return {entry.pk: Said(**form.cleaned_data) for entry, form in self.rows}


class SendForm(forms.Form):
    """Until when the units answer."""

    due_on = forms.DateField(label="答复期限", widget=DateInput)

    @classmethod
    def offered(cls) -> "SendForm":
        return cls(initial={"due_on": timezone.localdate() + TERM})


def _form(entry: LetterEntry, data: Mapping[str, str] | None) -> EntryForm:
    stands = {"answer": entry.answer, "done_on": entry.done_on}
    return EntryForm(data, prefix=str(entry.pk), initial=stands)
