"""A new table from nothing, or after one that is there."""

from dataclasses import replace
from typing import Any

from django import forms

from orgs.models import User
from rubrics import editing
from rubrics.choices import Layout, NotApplicable
from rubrics.models import Rubric, Version
from rubrics.outline import Outline, outline_of
from rubrics.reading.corrections import SLUG


class NewTableForm(forms.Form):
    """What a table is called and whom it is for; everything else is filled in the editor."""

    title = forms.CharField(label="表题", max_length=120)
    code = forms.CharField(
        label="代码",
        max_length=60,
        help_text="小写字母、数字和连字符，以后不改，例如 jiashi-2026-producer。",
    )
    target = forms.ChoiceField(label="适用对象", choices=Rubric.Target.choices)
    layout = forms.ChoiceField(label="表式", choices=Layout.choices)
    annex = forms.CharField(label="附件号", max_length=20, initial="附件1")
    unit_label = forms.CharField(label="单位栏", max_length=40, initial="单位名称")
    issuer = forms.CharField(label="发文单位", max_length=80)
    source = forms.CharField(label="出处", max_length=200, help_text="文件名和文号。")
    after = forms.ModelChoiceField(
        Version.objects.none(),
        label="照哪一张起草",
        required=False,
        empty_label="从空表开始",
        help_text="选了就照抄它的内容、栏目和计分规则，再逐处改。",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("issuer", user.organization.name)
        issued = Version.objects.visible_to(user).exclude(status=Version.Status.CANCELLED)
        self.fields["after"].queryset = issued.select_related("rubric")
        self.fields["after"].label_from_instance = _label

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if not SLUG.fullmatch(code):
            raise forms.ValidationError("只用小写字母、数字和连字符，不以连字符开头或结尾。")
        taken = Rubric.objects.unscoped(reason="a code names one table in the whole system")
        if taken.filter(code=code).exists():
            raise forms.ValidationError("这个代码已经有表在用，请另取；要改已有的表就出新版次。")
        return code

    def outline(self) -> tuple[Outline, list[str]]:
        """The table to begin with, and the contradictions accepted in what it is copied from."""
        said = {name: self.cleaned_data[name] for name in self.fields if name != "after"}
        after = self.cleaned_data["after"]
        if after is None:
            return editing.begun(_empty(said)), []
        copied = outline_of(Version.objects.with_tree().get(pk=after.pk))
        del said["layout"]
        return replace(copied, number=1, **said), after.accepted_mismatches


def _empty(said: dict[str, str]) -> Outline:
    return Outline(
        **said,
        number=1,
        section_label="项目",
        methods=(),
        not_applicable=NotApplicable.RATE_ONLY.value,
        total=editing.ZERO,
        sections=(),
    )


def _label(version: Version) -> str:
    return f"{version.annex}《{version.title}》第{version.number}版"
