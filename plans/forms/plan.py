"""One form a step of the plan."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from orgs.models import Organization, User
from plans.drafts import BASIS
from plans.forms.base import DateInput, PlainHelper
from plans.models import Phase, Plan
from plans.targets import targets_of
from rubrics.models import Version

METHODS = ["查阅资料", "实地走访", "座谈交流", "个别交流", "明查暗访", "随机提问"]
DATES = {"starts_on": DateInput, "visits_end_on": DateInput}


def check_dates(form: forms.Form, first: str, last: str, message: str) -> None:
    """Say at the later field that two dates are out of order."""
    start, end = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if start and end and end < start:
        form.add_error(last, message)


class CreateForm(forms.ModelForm):
    """The few things that make a draft; the rest follows step by step."""

    class Meta:
        model = Plan
        fields = ["year", "round_number", "starts_on", "visits_end_on"]
        widgets = DATES

    def __init__(self, *args: Any, next_round: int = 1, **kwargs: Any) -> None:
        today = timezone.localdate()
        initial = {
            "year": today.year,
            "round_number": next_round,
            "starts_on": today + timedelta(days=7),
            "visits_end_on": today + timedelta(days=14),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.helper = PlainHelper(self)

    @staticmethod
    def this_year() -> int:
        return timezone.localdate().year

    def clean(self) -> dict[str, Any]:
        check_dates(self, "starts_on", "visits_end_on", "督导完成日期不能早于开始日期。")
        return self.cleaned_data


class BasisForm(forms.ModelForm):
    """依据与时间: the texts of the plan."""

    methods = forms.MultipleChoiceField(
        label="督导方式",
        required=False,
        choices=[(m, m) for m in METHODS],
        widget=forms.CheckboxSelectMultiple,
    )
    other_methods = forms.CharField(
        label="其他督导方式", required=False, max_length=100, help_text="多个用顿号分开。"
    )

    class Meta:
        model = Plan
        fields = BASIS
        widgets = DATES | {
            "basis": forms.Textarea({"rows": 4}),
            "tasks": forms.Textarea({"rows": 6}),
            "contents": forms.Textarea({"rows": 7}),
            "requirements": forms.Textarea({"rows": 9}),
        }
        help_texts = {
            "starts_on": "督导从这一天起。",
            "visits_end_on": "所有督导在这一天前完成（含当天）。",
            "materials_days": "督导结束后几天内报齐材料；2017年方案四（四）为1周。",
            "four_eyes": "不勾选时，一人确认即可；督导组成员从来不能确认本组的材料。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["methods"] = [m for m in self.instance.methods if m in METHODS]
        self.initial["other_methods"] = "、".join(
            m for m in self.instance.methods if m not in METHODS
        )
        self.helper = PlainHelper(self)

    def clean(self) -> dict[str, Any]:
        check_dates(self, "starts_on", "visits_end_on", "督导完成日期不能早于开始日期。")
        data = self.cleaned_data
        others = data.pop("other_methods", "").replace("，", "、").split("、")
        data["methods"] = data.get("methods", []) + [m.strip() for m in others if m.strip()]
        return data


class RubricsForm(forms.Form):
    """评分表与对象: a published version for each kind of target."""

    def __init__(self, *args: Any, plan: Plan, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = {rubric.target: rubric.version_id for rubric in plan.rubrics.all()}
        usable = Version.objects.visible_to(user).usable_by(user.scope)
        published = usable.select_related("rubric")
        for target, label in targets_of(plan):
            self.fields[target] = forms.ModelChoiceField(
                published.filter(rubric__target=target),
                label=label,
                required=False,
                empty_label="请选择评分表",
                initial=chosen.get(target),
            )
            self.fields[target].label_from_instance = _version_label
        self.helper = PlainHelper(self)


def _version_label(version: Version) -> str:
    return f"{version.annex}《{version.title}》第{version.number}版，{version.total:f}分"


class RuleForm(forms.Form):
    """抽取规则, a sentence with fields in it; the shape is that of Plan.sampling."""

    REPEATS = [
        ("in_principle", "原则上不再重复"),
        ("always", "一律不再重复"),
        ("off", "可以再抽"),
    ]
    per_city = forms.IntegerField(label="每个市抽几个县（市、区）", min_value=1, max_value=20)
    key_at_least = forms.IntegerField(label="至少几个重点监管县", min_value=0, max_value=20)
    avoid_repeats = forms.ChoiceField(label="本年度已抽查过的", choices=REPEATS)
    per_county = forms.IntegerField(label="每个县（市、区）抽几家", min_value=1, max_value=50)
    high_risk = forms.TypedChoiceField(
        label="行业风险",
        choices=[("1", "高危行业"), ("", "不限")],
        coerce=bool,
        empty_value=False,
        required=False,
    )
    private = forms.TypedChoiceField(
        label="所有制",
        choices=[("1", "非公"), ("", "不限")],
        coerce=bool,
        empty_value=False,
        required=False,
    )
    small_or_medium = forms.TypedChoiceField(
        label="规模",
        choices=[("1", "中小企业"), ("", "不限")],
        coerce=bool,
        empty_value=False,
        required=False,
    )
    industry = forms.ChoiceField(label="行业", choices=Organization.Industry.choices)
    industry_at_least = forms.IntegerField(label="至少几家", min_value=0, max_value=50)

    COUNTIES = ("per_city", "key_at_least", "avoid_repeats")
    ENTERPRISES = (
        "per_county",
        "high_risk",
        "private",
        "small_or_medium",
        "industry",
        "industry_at_least",
    )

    def __init__(self, *args: Any, sampling: dict[str, Any], **kwargs: Any) -> None:
        stored = sampling.get("counties", {}) | sampling.get("enterprises", {})
        flags = ("high_risk", "private", "small_or_medium")
        initial = {k: ("1" if v else "") if k in flags else v for k, v in stored.items()}
        super().__init__(*args, initial=initial, **kwargs)
        for name, field in self.fields.items():
            bad = self.is_bound and name in self.errors
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs["class"] = f"{kind} is-invalid" if bad else kind
            field.widget.attrs["aria-label"] = field.label

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        self._at_most("key_at_least", "per_city", "至少的重点监管县数不能多于每市抽的县数。")
        self._at_most("industry_at_least", "per_county", "至少的家数不能多于每县抽的家数。")
        return data

    def _at_most(self, small: str, large: str, message: str) -> None:
        low, high = self.cleaned_data.get(small), self.cleaned_data.get(large)
        if low is not None and high is not None and low > high:
            self.add_error(small, message)

    @property
    def sampling(self) -> dict[str, Any]:
        """The rule as the plan stores it."""
        data = self.cleaned_data
        return {
            "counties": {name: data[name] for name in self.COUNTIES},
            "enterprises": {name: data[name] for name in self.ENTERPRISES},
        }


class PhaseForm(forms.Form):
    """One stretch of the plan; an empty row is no phase."""

    name = forms.CharField(label="阶段", max_length=40)
    # A browser always sends a choice: an untouched row must send the initial one.
    scorer = forms.ChoiceField(
        label="评分人", choices=Phase.Scorer.choices, initial=Phase.Scorer.TEAM
    )
    starts_on = forms.DateField(label="开始日期", widget=DateInput)
    ends_on = forms.DateField(label="结束日期", widget=DateInput)

    def clean(self) -> dict[str, Any]:
        check_dates(self, "starts_on", "ends_on", "阶段的结束日期不能早于开始日期。")
        return self.cleaned_data


PhaseFormSet = forms.formset_factory(PhaseForm, extra=2, can_delete=True, max_num=12)
