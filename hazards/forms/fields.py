"""One form field for each name the table of moves uses."""

from collections.abc import Callable

from django import forms
from django.db.models import QuerySet

from hazards.models import Hazard
from hazards.workflow import SIX
from orgs.models import Organization, User
from orgs.scope import path_range

CITY = 6  # digits of a city's path


def _text(label: str, rows: int = 3, help: str = "", longest: int = 1000) -> forms.Field:
    area = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, max_length=longest, widget=area, help_text=help)


def _line(label: str, longest: int, help: str = "") -> forms.Field:
    return forms.CharField(label=label, max_length=longest, help_text=help)


def _day(label: str) -> forms.Field:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


def _one_of(label: str, rows: QuerySet, help: str = "") -> forms.Field:
    return forms.ModelChoiceField(rows, label=label, empty_label="请选择", help_text=help)


def _choice(label: str, choices: type) -> forms.Field:
    return forms.ChoiceField(label=label, choices=[("", "请选择"), *choices.choices])


def _people(hazard: Hazard) -> QuerySet:
    """The unit's own people, who may be given the work."""
    everybody = User.objects.unscoped(reason="who plans a unit's work names its people")
    return everybody.filter(organization=hazard.unit_id, is_active=True).order_by("pk")


def _earlier(hazard: Hazard) -> QuerySet:
    kin = Hazard.objects.unscoped(reason="who registers a unit's hazards sees them all")
    kin = kin.filter(unit=hazard.unit_id, pk__lt=hazard.pk)
    return kin.filter(duplicate_of=None).exclude(status=Hazard.Status.DISMISSED).order_by("-pk")


def _offices(kind: str) -> Callable[[Hazard], QuerySet]:
    """Offices of the hazard's city and of the levels above it."""

    def offices(hazard: Hazard) -> QuerySet:
        path = hazard.region_path
        near = path_range("region__path", path[:CITY])
        found = Organization.objects.unscoped(reason="offices of the state are public")
        found = found.active().filter(kind=kind)
        return found.filter(near) | found.filter(region__path=path[:3])

    return offices


class LackingField(forms.MultipleChoiceField):
    """Which of the six are not settled yet, said as one line; nothing ticked is all settled."""

    def __init__(self) -> None:
        six = [str(Hazard._meta.get_field(name).verbose_name) for name in SIX]
        super().__init__(
            label="还没落实的",
            choices=[(name, name) for name in six],
            widget=forms.CheckboxSelectMultiple,
            help_text="都落实了就不用选。",
        )

    def clean(self, value: list[str]) -> str:
        return "、".join(super().clean(value))


Make = Callable[[Hazard], forms.Field]
FIELDS: dict[str, Make] = {
    "reason": lambda h: _text("理由"),
    "note": lambda h: _text("说明"),
    "kind": lambda h: _choice("种类", Hazard.Kind),
    "text": lambda h: _text("隐患"),
    "duplicate_of": lambda h: _one_of("先报的那一条", _earlier(h)),
    "stop_advice": lambda h: _text("停止作业建议", help="哪里、什么作业、为什么、停到什么时候。"),
    "stop_answer": lambda h: _text("单位答复", help="是否停止作业，什么时候停的。"),
    "level": lambda h: _choice("整改层级", Hazard.Level),
    "responsible": lambda h: _one_of("整改责任人", _people(h), "能登录的本单位人员。"),
    "duty": lambda h: _line("责任", 100, "谁负责，负什么责。"),
    "measures": lambda h: _text("措施"),
    "funds": lambda h: _line("资金", 100, "多少、从哪里来；不用花钱的写“无需资金”。"),
    "due_on": lambda h: _day("期限"),
    "emergency_plan": lambda h: _text("应急预案", 2, "整改期间出事怎么办。"),
    "monitoring": lambda h: _text("监控", 2, "整改期间谁看着、多久看一次。"),
    "regulator": lambda h: _one_of("政府职能部门", _offices("regulator")(h)),
    "committee": lambda h: _one_of(
        "提请挂牌督办", _offices("committee_office")(h), "提请安委会挂牌督办的，选安委会办公室。"
    ),
    "listing_number": lambda h: _line("挂牌督办文号", 40, "如：鲁安督〔2026〕17号"),
    "matter": lambda h: _text("督办事项", help="督办什么、整改到什么程度。"),
    "government": lambda h: _line("责任政府", 60),
    "signer": lambda h: _line("签发人", 40, "如：安委会主任、副主任的姓名。"),
    "lacking": lambda h: LackingField(),
    "experts": lambda h: _line("核查专家", 100, "组织了哪些专家。"),
    "delisting_number": lambda h: _line("销号文号", 40, "如：鲁安督〔2026〕29号"),
    "amount": lambda h: forms.DecimalField(
        label="奖励金额（元）", min_value=0, max_digits=8, decimal_places=2
    ),
}
