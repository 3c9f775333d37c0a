"""奖励台账: its filters and its lines, the same for the page and the Excel file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from hazards.history import HIDDEN
from hazards.models import Hazard
from orgs.roles import Permission as P
from rewards.models import Reward

RELATED = ("hazard", "unit", "granted_by", "paid_by")
ORDER = ("-pk",)
TABS = {"all": "全部", "unpaid": "待发放", "paid": "已发放"}
PAID = {"unpaid": Q(paid_at=None), "paid": Q(paid_at__isnull=False)}
SUMMED = 5_000  # of more lines the sum is not told
REASON = "keys from a query in scope"


@dataclass(frozen=True)
class Line:
    """One reward as this reader may see it."""

    pk: int
    hazard_pk: int
    number: str
    unit: str
    text: str
    grade: str
    finder: str
    proposed: Decimal | None
    amount: Decimal
    note: str
    granted_by: str
    granted_at: datetime
    paid_by: str
    paid_at: datetime | None
    receipt: str
    may_pay: bool

    @property
    def differs(self) -> bool:
        """Whether something else was granted than the rule says."""
        return self.proposed is not None and self.proposed != self.amount


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput({"type": "date", "class": "form-control"}, "%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class LedgerForm(forms.Form):
    """The filters above the ledger; a wrong value filters nothing."""

    tab = forms.ChoiceField(choices=TABS.items(), required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label="找奖励",
        required=False,
        max_length=40,
        widget=forms.TextInput({"class": "form-control", "placeholder": "隐患编号、隐患、单位"}),
    )
    grade = forms.ChoiceField(
        label="级别",
        required=False,
        choices=[("", "全部"), *Hazard.Grade.choices],
        widget=forms.Select({"class": "form-select"}),
    )
    since = _day("批准从")
    until = _day("到")

    @property
    def wanted(self) -> dict[str, Any]:
        """What was chosen, as far as it can be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def chosen(rewards: QuerySet[Reward], wanted: dict[str, Any]) -> QuerySet[Reward]:
    """Those that meet every choice."""
    rewards = rewards.filter(PAID.get(wanted.get("tab", ""), Q()))
    if grade := wanted.get("grade"):
        rewards = rewards.filter(hazard__grade=grade)
    if since := wanted.get("since"):
        rewards = rewards.filter(granted_at__gte=_midnight(since))
    if until := wanted.get("until"):
        rewards = rewards.filter(granted_at__lte=_midnight(until, time.max))
    if q := wanted.get("q"):
        text = Q(hazard__number__startswith=q) | Q(hazard__text__icontains=q)
        rewards = rewards.filter(text | Q(unit__name__icontains=q))
    return rewards


def ledger(user: Any, params: Any) -> QuerySet[Reward]:
    """The rewards this person may see, under the filters of an address."""
    return chosen(Reward.objects.permitted(user, P.HAZARD_VIEW), LedgerForm(params).wanted)


def every_line(rewards: QuerySet[Reward], user: Any) -> Iterator[Line]:
    """All lines in the order of the page, however many."""
    found = rewards.select_related(*RELATED).order_by(*ORDER).iterator(chunk_size=2000)
    return lines(found, user)


def lines(rewards: Iterable[Reward], user: Any) -> Iterator[Line]:
    """Rewards as this reader may see them: a hidden name is told to the union that pays."""
    pays = user.organization_id if user.may(P.HAZARD_REWARD) else None
    return (_line(reward, reward.unit_id == pays, user) for reward in rewards)


def load(pks: list[int], user: Any) -> dict[int, Line]:
    """The lines of these rewards, whose keys come from a query in the person's scope."""
    rows = Reward.objects.unscoped(reason=REASON).filter(pk__in=pks).select_related(*RELATED)
    return {line.pk: line for line in lines(rows, user)}


def total(rewards: QuerySet[Reward]) -> Decimal | None:
    """The sum of the amounts; None where there are too many to add up at once."""
    amounts = list(rewards.order_by().values_list("amount", flat=True)[: SUMMED + 1])
    return sum(amounts, Decimal()) if len(amounts) <= SUMMED else None


def _line(reward: Reward, pays: bool, user: Any) -> Line:
    hazard = reward.hazard
    is_told = pays or not hazard.hides_name or reward.recipient_id == user.pk
    return Line(
        pk=reward.pk,
        hazard_pk=hazard.pk,
        number=hazard.number,
        unit=reward.unit.name,
        text=hazard.text,
        grade=hazard.get_grade_display(),
        finder=reward.recipient_name if is_told else f"职工（{HIDDEN}）",
        proposed=reward.proposed,
        amount=reward.amount,
        note=reward.note,
        granted_by=str(reward.granted_by),
        granted_at=reward.granted_at,
        paid_by=str(reward.paid_by or ""),
        paid_at=reward.paid_at,
        receipt=reward.receipt if is_told else "",
        may_pay=pays and reward.paid_at is None and reward.recipient_id != user.pk,
    )


def _midnight(day: date, at: time = time.min) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
