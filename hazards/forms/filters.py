"""What the ledger can be narrowed by."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import Q, QuerySet

from hazards.models import Hazard
from hazards.models.hazard import OPEN

S, G = Hazard.Status, Hazard.Grade
# tab → its word; what each of them holds is said in Wanted.of
TABS = {
    "mine": "我的待办",
    "open": "未销号",
    "overdue": "逾期",
    "major": "重大未销号",
    "finding": "督导转入",
    "done": "已销号",
    "all": "全部",
}


@dataclass(frozen=True)
class Wanted:
    """One narrowing of the ledger; a list is kept by it."""

    tab: str = "open"
    q: str = ""
    grade: str = ""
    kind: str = ""
    status: str = ""

    def of(self, hazards: QuerySet[Hazard], today: date) -> QuerySet[Hazard]:
        """Those of the hazards that meet every choice."""
        hazards = self._of_tab(hazards, today)
        for name in ("grade", "kind", "status"):
            if chosen := getattr(self, name):
                hazards = hazards.filter(**{name: chosen})
        if self.q:
            hazards = hazards.filter(
                Q(number__startswith=self.q)
                | Q(text__icontains=self.q)
                | Q(where__icontains=self.q)
                | Q(unit__name__icontains=self.q)
            )
        return hazards

    def _of_tab(self, hazards: QuerySet[Hazard], today: date) -> QuerySet[Hazard]:
        is_open = Q(status__in=OPEN)
        ways = {
            "mine": Q(),  # the rows themselves are others, see hazards.waiting
            "open": is_open,
            "overdue": is_open & Q(due_on__lt=today),
            "major": is_open & Q(grade=G.MAJOR),
            "finding": Q(source=Hazard.Source.FINDING),
            "done": Q(status__in=[S.CLOSED, S.REWARDED]),
            "all": Q(),
        }
        return hazards.filter(ways[self.tab])


def _choices(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    select = forms.Select({"class": "form-select"})
    choices = [("", "全部"), *choices]
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=select)


class LedgerFilter(forms.Form):
    """The filters above the ledger; a wrong value filters nothing."""

    tab = forms.ChoiceField(choices=TABS.items(), required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label="找隐患",
        required=False,
        max_length=40,
        widget=forms.TextInput({"class": "form-control", "placeholder": "编号、隐患、地点、单位"}),
    )
    grade = _choices("级别", G.choices)
    kind = _choices("种类", Hazard.Kind.choices)
    status = _choices("状态", S.choices)

    @property
    def wanted(self) -> Wanted:
        chosen = self.cleaned_data if self.is_valid() else {}
        return Wanted(**{name: value for name, value in chosen.items() if value})
