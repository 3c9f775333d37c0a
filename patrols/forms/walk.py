"""What was found on a patrol: up to five hazards on one page, each as short as a report."""

from typing import Any

from django import forms

from hazards.models import Hazard
from patrols.actions import Finding

SLOTS = 5
NO_KIND = "请选一类：是什么隐患。"
NOTHING = "选了“其他”，请写一句是什么。"
EMPTY = "还没有写隐患；没有发现的，请返回点“没有发现隐患”。"


class FindingForm(forms.Form):
    """One hazard; a form that nothing was typed into is none."""

    kind = forms.ChoiceField(
        label="是什么",
        choices=[("", "请选择"), *Hazard.Kind.choices],
        required=False,
        widget=forms.Select({"class": "form-select"}),
    )
    text = forms.CharField(
        label="补充一句（可不写）",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2, "class": "form-control", "placeholder": "看到什么"}),
    )
    where = forms.CharField(
        label="具体位置（可不写）",
        max_length=100,
        required=False,
        widget=forms.TextInput({"class": "form-control", "placeholder": "如：东侧第二个阀门"}),
    )

    def __init__(self, *args: Any, photos: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.photos = list(photos)

    @property
    def is_said(self) -> bool:
        """Whether anything was typed, chosen or photographed."""
        return bool(self.photos) or any(self.cleaned_data.values())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("text") or data.get("where") or self.photos) and not data.get("kind"):
            self.add_error("kind", NO_KIND)
        if data.get("kind") == Hazard.Kind.OTHER and not data.get("text", "").strip():
            self.add_error("text", NOTHING)
        return data

    @property
    def finding(self) -> Finding:
        """As the action takes it; the kind alone says enough."""
        data = self.cleaned_data
        kind = Hazard.Kind(data["kind"])
        where = data["where"].strip()
        return Finding(kind, data["text"].strip() or kind.label, where, tuple(self.photos))


class WalkForm:
    """The page's id and its slots for hazards, checked together."""

    def __init__(self, patrol_id: str, data: Any = None, files: Any = None) -> None:
        self.patrol_id = patrol_id
        self.is_bound = data is not None
        self.slots = [
            FindingForm(
                data,
                prefix=f"f{n}",
                photos=files.getlist(f"f{n}-photos") if files else (),
            )
            for n in range(SLOTS)
        ]

    def is_valid(self) -> bool:
        """Whether every slot that was used is well filled, and one was used at least."""
        return self.is_bound and all([slot.is_valid() for slot in self.slots]) and bool(self.said)

    @property
    def said(self) -> list[Finding]:
        """The hazards in their order."""
        return [slot.finding for slot in self.slots if slot.is_valid() and slot.is_said]

    @property
    def error(self) -> str:
        """What is wrong with the page as a whole."""
        if not self.is_bound or any(slot.errors for slot in self.slots):
            return ""
        return "" if self.said else EMPTY

    @property
    def first_error(self) -> str:
        """The first thing that is wrong, in one line."""
        found = [words for slot in self.slots for said in slot.errors.values() for words in said]
        return found[0] if found else self.error
