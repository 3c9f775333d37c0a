"""Forms of one part of a draft: the table's head, a section, an item, a scoring point."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from rubrics.editing import Part, Place
from rubrics.kinds import RuleKind
from rubrics.kinds.params import ASKED, FLAG, SPARE, Param, read, rows_in, shown
from rubrics.models import Version

TWO_LINES = forms.Textarea(attrs={"rows": 2})
POINTS = {"max_digits": 7, "decimal_places": 2, "min_value": Decimal(0)}


class LinesField(forms.CharField):
    """One text a line, as the issued table has them."""

    widget = forms.Textarea({"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, (list, tuple)) else value

    def to_python(self, value: Any) -> tuple[str, ...]:
        lines = (super().to_python(value) or "").replace("\r\n", "\n").split("\n")
        return tuple(line for line in lines if line.strip())


class PartForm(forms.Form):
    """Shows and reads the fields of a part; what it does not name stays as it is."""

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        names = list(self.base_fields)
        initial = {name: getattr(part, name) for name in names if hasattr(part, name)}
        super().__init__(*args, initial=initial, **kwargs)


class HeadForm(PartForm):
    """What stands above and beside the table."""

    annex = forms.CharField(label="附件号", max_length=20)
    title = forms.CharField(label="表题", max_length=120)
    unit_label = forms.CharField(label="单位栏", max_length=40)
    section_label = forms.CharField(label="项目栏", max_length=20, strip=False)
    layout = forms.ChoiceField(label="表式", choices=Version.Layout.choices)
    not_applicable = forms.ChoiceField(label="不适用的处理", choices=Version.NotApplicable.choices)
    total = forms.DecimalField(label="标明的总分", **POINTS)
    methods = LinesField(label="督导方法，全表一栏，一行一条", required=False)


class SectionForm(PartForm):
    """项目."""

    name = forms.CharField(label="项目", max_length=40, strip=False)
    points = forms.DecimalField(label="标明的分值（没有就空着）", required=False, **POINTS)
    methods = LinesField(label="督导方法，一行一条", required=False)


class ItemForm(PartForm):
    """督导内容."""

    label = forms.CharField(label="印出的序号（与次序不同时）", max_length=8, required=False)
    heading = forms.CharField(
        label="内容（得分点另有一栏时）",
        required=False,
        strip=False,
        widget=TWO_LINES,
    )
    points = forms.DecimalField(label="标明的分值", **POINTS)
    methods = LinesField(label="督导方法，一行一条", required=False)


class PointForm(PartForm):
    """得分点 with the parameters of its kind; the kind that is typed decides which are asked."""

    code = forms.CharField(label="点号", max_length=12)
    text = forms.CharField(label="原文", strip=False, widget=forms.Textarea({"rows": 4}))
    points = forms.DecimalField(label="分值", **POINTS)
    kind = forms.ChoiceField(label="计分方式", choices=RuleKind.choices)

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        super().__init__(*args, part=part, **kwargs)
        typed = self.data.get("kind", part.kind)
        self.chosen = typed if typed in ASKED else part.kind
        stored = shown(part.kind, part.params) if self.chosen == part.kind else {}
        self.told: Mapping[str, str] = self.data if "kind" in self.data else stored
        self.wrong: dict[str, str] = {}

    def clean_text(self) -> str:
        """A browser sends CR LF; the wording is kept with LF."""
        return self.cleaned_data["text"].replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        said["params"], self.wrong = read(self.chosen, self.told)
        if self.wrong:
            raise forms.ValidationError("计分参数没有填对，请看标出的地方。")
        return said

    @property
    def asked(self) -> list[dict[str, Any]]:
        """The fields of the chosen kind, as the page shows them."""
        return [self._cell(param, param.name) for param in ASKED[self.chosen].fields]

    @property
    def table(self) -> dict[str, Any] | None:
        """The rows of the chosen kind, with some to spare."""
        asked = ASKED[self.chosen]
        if not asked.table:
            return None
        rows = range(rows_in(self.chosen, self.told) + SPARE)
        cells = [[self._cell(c, f"{row}-{c.name}") for c in asked.columns] for row in rows]
        return {"title": asked.title, "columns": asked.columns, "rows": cells}

    def _cell(self, param: Param, name: str) -> dict[str, Any]:
        said = {"value": self.told.get(name, ""), "error": self.wrong.get(name, "")}
        return {"name": name, "param": param, "is_flag": param.type == FLAG, **said}


class SplitForm(forms.Form):
    """One point made two: both texts and what each is worth."""

    first_text = forms.CharField(label="前一段原文", strip=False, widget=TWO_LINES)
    first_points = forms.DecimalField(label="前一段分值", **POINTS)
    second_text = forms.CharField(label="后一段原文", strip=False, widget=TWO_LINES)
    second_points = forms.DecimalField(label="后一段分值", **POINTS)

    def halves(self) -> tuple[tuple[str, Decimal], tuple[str, Decimal]]:
        """The two as ``rubrics.editing.split`` takes them."""
        said = self.cleaned_data
        return tuple(
            (said[f"{side}_text"].replace("\r\n", "\n"), said[f"{side}_points"])
            for side in ("first", "second")
        )


FORMS = (HeadForm, SectionForm, ItemForm, PointForm)  # by how deep the place is


def form_for(place: Place, part: Part, data: Mapping[str, Any] | None = None) -> PartForm:
    """The form of what stands there."""
    return FORMS[len(place)](data, part=part)
