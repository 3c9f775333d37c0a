"""Teams and declarations of interest."""

from itertools import groupby
from typing import Any

from django import forms

from orgs.models import Organization, Region, User
from orgs.roles import TeamRole
from plans.forms.base import PlainHelper
from plans.models import Plan, Team
from plans.people import in_reach
from plans.source import ORDINALS

MEMBERS = ("member_1", "member_2", "member_3", "member_4")


class PersonField(forms.ModelChoiceField):
    """A select of people, under the names of their units."""

    def label_from_instance(self, person: User) -> str:
        return person.name


def grouped(people: list[User]) -> list[tuple[str, Any]]:
    """Choices of people by unit, an empty one first."""
    units = groupby(people, key=lambda person: person.organization)
    return [("", "—")] + [(str(unit), [(p.pk, p.name) for p in group]) for unit, group in units]


class TeamForm(forms.Form):
    """One team: 组长, 记录人, 组员, its cities."""

    name = forms.CharField(label="名称", max_length=40)
    leader = PersonField(User.objects.none(), label="组长")
    recorder = PersonField(User.objects.none(), label="记录人")
    member_1 = PersonField(User.objects.none(), label="组员", required=False)
    member_2 = PersonField(User.objects.none(), label="组员（二）", required=False)
    member_3 = PersonField(User.objects.none(), label="组员（三）", required=False)
    member_4 = PersonField(User.objects.none(), label="组员（四）", required=False)
    size_reason = forms.CharField(
        label="人数不为3的理由",
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text="方案四（一）：各督导组原则上由3人组成。是3人的不用填。",
    )
    cities = forms.ModelMultipleChoiceField(
        Region.objects.none(),
        label="负责的市",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, plan: Plan, cities: Any, team: Team | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=_initial(plan, team), **kwargs)
        people = in_reach(plan)
        choices = grouped(list(people))
        for name in ("leader", "recorder", *MEMBERS):
            self.fields[name].queryset = people
            self.fields[name].choices = choices
        self.fields["cities"].queryset = cities
        self.helper = PlainHelper(self)

    def clean(self) -> dict[str, Any]:
        """One role a person; the size asks for a reason at its own field."""
        roles: dict[User, str] = {}
        for name in ("leader", "recorder", *MEMBERS):
            person = self.cleaned_data.pop(name, None)
            if person is None:
                continue
            if person in roles:
                self.add_error(name, f"{person.name}已选为{TeamRole(roles[person]).label}。")
            roles[person] = name if name in TeamRole.values else TeamRole.MEMBER
        if len(roles) != 3 and not self.errors and not self.cleaned_data["size_reason"].strip():
            message = f"现在是 {len(roles)} 人，原则上由3人组成；确需如此请写明理由。"
            self.add_error("size_reason", message)
        return self.cleaned_data | {"roles": roles}


def _initial(plan: Plan, team: Team | None) -> dict[str, Any]:
    if team is None:
        number = plan.teams.count() + 1
        word = ORDINALS[number] if number < len(ORDINALS) else number
        return {"name": f"第{word}督导组"}
    initial: dict[str, Any] = {"name": team.name, "size_reason": team.size_reason}
    initial["cities"] = [city.pk for city in team.cities.all()]
    members = iter(MEMBERS)
    for row in team.members.all():
        is_member = row.role == TeamRole.MEMBER
        initial[next(members, "") if is_member else row.role] = row.user_id
    return initial


class RecusalForm(forms.Form):
    """A person, a unit by its name, and why."""

    person = PersonField(User.objects.none(), label="人员")
    unit = forms.CharField(
        label="回避的单位",
        max_length=100,
        help_text="单位全称，或统一社会信用代码。",
    )
    reason = forms.CharField(
        label="事由",
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "请写明为什么须回避。"},
    )

    def __init__(self, *args: Any, plan: Plan, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = in_reach(plan)
        self.fields["person"].queryset = people
        self.fields["person"].choices = grouped(list(people))
        self.user = user
        self.helper = PlainHelper(self)

    def clean_unit(self) -> Organization:
        text = self.cleaned_data["unit"].strip()
        units = Organization.objects.visible_to(self.user).active()
        found = list(units.filter(credit_code=text)[:1] or units.filter(name=text)[:2])
        if len(found) > 1:
            raise forms.ValidationError(f"有多个单位名为“{text}”，请改填统一社会信用代码。")
        if not found:
            raise forms.ValidationError(f"您的范围内没有名为“{text}”的单位，请核对全称。")
        return found[0]
