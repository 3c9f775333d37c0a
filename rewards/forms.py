"""Forms of rewards."""

from django import forms
from django.utils import timezone

from hazards.models import Hazard
from rewards.proposals import ARTICLE


class RuleForm(forms.Form):
    """What a unit pays for hazards of one grade."""

    grade = forms.ChoiceField(label="级别", choices=[("", "请选择"), *Hazard.Grade.choices])
    amount = forms.DecimalField(label="奖励金额（元）", min_value=1, max_digits=8, decimal_places=2)
    excludes_officers = forms.BooleanField(
        label="负有安全管理职责的人（安全员、督导人员）发现的不奖励",
        required=False,
        help_text=f"{ARTICLE}：举报人是对安全生产监督管理负有特定责任和义务的人……不予奖励。",
    )
    excludes_patrols = forms.BooleanField(
        label="排查任务中发现的不奖励",
        required=False,
        help_text="岗位、班组日常排查中发现的也要鼓励的，不选这一项。",
    )
    valid_from = forms.DateField(
        label="从哪天起",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text="这天起上报的隐患按这条规定；以前报的按以前的。",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = timezone.localdate()


class EndForm(forms.Form):
    """Why a rule ends."""

    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea({"rows": 2}))


class PayForm(forms.Form):
    """What proves that it was handed over."""

    receipt = forms.CharField(
        label="领取凭据",
        max_length=200,
        help_text="如签收单编号、转账流水号；本人签收的写“本人签收”。",
    )


class ClaimForm(forms.Form):
    """The name of who reported without one."""

    name = forms.CharField(
        label="您的姓名",
        max_length=40,
        help_text="只用来发奖励，写下以后不能再改；单位工会看得到。",
        widget=forms.TextInput({"autocomplete": "name"}),
    )
