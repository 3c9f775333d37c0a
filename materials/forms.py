"""The form of a piece that is handed in, and the search over 典型经验."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from audit.canonical import sha256
from materials.actions import tagged
from materials.models import SEPARATOR, Material
from orgs.models import Organization


class UnitChoice(forms.ModelChoiceField):
    """A unit with the place it stands in, since names repeat across counties."""

    def label_from_instance(self, obj: Organization) -> str:
        return f"{obj.name}（{obj.region.name}）"


class MaterialForm(forms.Form):
    """What it is, whose it is, and what it is called; the files come beside it."""

    material_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="种类", choices=Material.Kind.choices)
    unit = UnitChoice(Organization.objects.none(), label="单位", empty_label="请选择是哪个单位的")
    title = forms.CharField(
        label="标题",
        max_length=100,
        required=False,
        help_text="不写就用“单位＋种类”。",
    )
    summary = forms.CharField(
        label="摘要",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="典型经验请写两三句：做了什么，有什么效果。以后按这里的字查找。",
    )
    tags = forms.CharField(
        label="标签", max_length=80, required=False, help_text="用空格或顿号分开，如：班组 奖励兑现"
    )

    def __init__(self, *args: Any, units: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units

    @property
    def said(self) -> dict[str, str]:
        """The piece in the words of ``materials.actions.hand_in``."""
        data = self.cleaned_data
        label = Material.Kind(data["kind"]).label
        return {
            "kind": data["kind"],
            "title": data["title"].strip() or f"{data['unit']}{label}"[:100],
            "summary": data["summary"].strip(),
            "tags": tagged(data["tags"]),
        }


class DescribeForm(forms.Form):
    """摘要 and 标签 of a piece that is in, and what they were on the page."""

    summary = MaterialForm.base_fields["summary"]
    tags = MaterialForm.base_fields["tags"]
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, material: Material, typed: Mapping[str, str] | None = None) -> "DescribeForm":
        """As it stands, or with what was typed; either way over what is seen now."""
        stands = {"summary": material.summary, "tags": " ".join(material.tag_list)}
        told = {name: (typed or stands).get(name, "") for name in stands}
        return cls(initial=told | {"seen": seen(material)}, auto_id="describe-%s")

    def is_late(self, material: Material) -> bool:
        """Whether somebody wrote something else than this since the page was made."""
        said = self.cleaned_data["summary"].strip(), tagged(self.cleaned_data["tags"])
        stands = material.summary, material.tags
        return self.cleaned_data["seen"] != seen(material) and said != stands


def seen(material: Material) -> str:
    """What tells whether 摘要 or 标签 changed since a page was made."""
    return sha256([material.summary, material.tags])[:16]


class ExperienceFilter(forms.Form):
    """Words and a tag."""

    q = forms.CharField(
        label="找经验",
        max_length=40,
        required=False,
        widget=forms.TextInput(
            {
                "class": "form-control",
                "placeholder": "标题、摘要、标签、单位里的字",
                "type": "search",
            }
        ),
    )
    tag = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def of(self, found: QuerySet[Material]) -> QuerySet[Material]:
        """Those that hold every word and the tag; a wrong value narrows nothing."""
        data = self.cleaned_data if self.is_valid() else {}
        if tag := data.get("tag"):
            found = found.filter(tags__contains=f"{SEPARATOR}{tag}{SEPARATOR}")
        for word in data.get("q", "").split():
            found = found.filter(
                Q(title__icontains=word)
                | Q(summary__icontains=word)
                | Q(unit__name__icontains=word)
                | Q(tags__icontains=word)
            )
        return found
