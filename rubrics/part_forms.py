"""Forms of one part of a draft: the table's head, a section, an item, a scoring point."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from chabaocu.edits import Difference, differences
from rubrics import editing
from rubrics.choices import Layout
from rubrics.editing import Part, Place
from rubrics.heads import HEADS, NAMES
from rubrics.kinds import RuleKind
from rubrics.kinds.outcome import spelled
from rubrics.kinds.params import ASKED, FLAG, SPARE, Param, read, rows_in, shown
from rubrics.models import Rubric
from rubrics.outline import Outline

TWO_LINES = forms.Textarea(attrs={"rows": 2})
POINTS = {"max_digits": 7, "decimal_places": 2, "min_value": Decimal(0)}


class PointsField(forms.DecimalField):
    """Points as people type them on a phone's number keys."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, **POINTS | kwargs)

    def prepare_value(self, value: Any) -> Any:
        """2, not 2.00; what was typed stays as typed."""
        return spelled(value) if isinstance(value, Decimal) else value


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

    def __init__(self, data: Any = None, *, part: Part, is_first: bool = False) -> None:
        self.part, self.is_first = part, is_first
        super().__init__(data, initial=self.facts(part))

    @classmethod
    def facts(cls, part: Part) -> dict[str, Any]:
        """What the part says in the fields of this form."""
        return {name: getattr(part, name) for name in cls.base_fields}

    def put(self, outline: Outline, place: Place) -> Outline:
        """The table with what was typed; for a valid form."""
        return editing.changed(outline, place, **self.cleaned_data)

    def unlike(self, standing: "PartForm") -> Iterator[Difference]:
        """What was typed beside what stands, where the two differ."""
        yield from differences(self, standing)


class HeadForm(PartForm):
    """What stands above the table; whom it is for, until a version of it has been given out."""

    title = forms.CharField(label="表题", max_length=120)
    annex = forms.CharField(label="附件号", max_length=20)
    unit_label = forms.CharField(label="单位栏", max_length=40)
    layout = forms.ChoiceField(label="表式", choices=Layout.choices)
    total = PointsField(label="标明的总分")
    methods = LinesField(label="督导方法，全表一栏，一行一条", required=False)
    target = forms.ChoiceField(label="适用对象", choices=Rubric.Target.choices)
    issuer = forms.CharField(label="发文单位", max_length=80)
    source = forms.CharField(label="出处", max_length=200)

    def __init__(self, data: Any = None, *, part: Part, is_first: bool = False) -> None:
        super().__init__(data, part=part, is_first=is_first)
        if not is_first:
            del self.fields["target"]


class HeadsForm(PartForm):
    """What the columns are called; an empty one keeps its usual name."""

    section_label = forms.CharField(label="项目栏", max_length=20, strip=False)

    def __init__(self, data: Any = None, *, part: Outline, is_first: bool = False) -> None:
        super().__init__(data, part=part)
        for name, usual in HEADS[part.layout].items():
            self.fields[f"head-{name}"] = forms.CharField(
                label=NAMES[name] + (f"，不填印“{usual}”" if usual else ""),
                max_length=20,
                required=False,
                strip=False,
                initial=part.heads.get(name, ""),
                widget=forms.TextInput({"placeholder": usual}),
            )

    @classmethod
    def facts(cls, part: Part) -> dict[str, Any]:
        return {"section_label": part.section_label, "heads": dict(part.heads)}

    def put(self, outline: Outline, place: Place) -> Outline:
        said = self.cleaned_data
        typed = {name: said[f"head-{name}"] for name in HEADS[outline.layout]}
        kept = {name: text for name, text in outline.heads.items() if name not in typed}
        heads = kept | {name: text for name, text in typed.items() if text.strip()}
        return editing.changed(outline, (), section_label=said["section_label"], heads=heads)


class SectionForm(PartForm):
    """项目."""

    name = forms.CharField(label="项目", max_length=40, strip=False)
    points = PointsField(label="标明的分值（没有就空着）", required=False)
    methods = LinesField(label="督导方法，一行一条", required=False)


class ItemForm(PartForm):
    """督导内容."""

    points = PointsField(label="标明的分值")
    label = forms.CharField(label="印出的序号（与次序不同时）", max_length=8, required=False)
    heading = forms.CharField(
        label="内容（得分点另有一栏时）",
        required=False,
        strip=False,
        widget=TWO_LINES,
    )
    methods = LinesField(label="督导方法，一行一条", required=False)


class PointForm(PartForm):
    """得分点 with the parameters of its kind; the kind that is typed decides which are asked."""

    text = forms.CharField(label="原文", strip=False, widget=forms.Textarea({"rows": 4}))
    points = PointsField(label="分值")
    code = forms.CharField(label="点号", max_length=12)
    kind = forms.ChoiceField(label="计分方式", choices=RuleKind.choices)

    def __init__(self, data: Any = None, *, part: Part, is_first: bool = False) -> None:
        super().__init__(data, part=part)
        typed = self.data.get("kind", part.kind)
        self.chosen = typed if typed in ASKED else part.kind
        stored = shown(part.kind, part.params) if self.chosen == part.kind else {}
        self.told: Mapping[str, str] = self.data if "kind" in self.data else stored
        self.wrong: dict[str, str] = {}

    @classmethod
    def facts(cls, part: Part) -> dict[str, Any]:
        return super().facts(part) | {"params": dict(part.params)}

    def clean_text(self) -> str:
        """A browser sends CR LF; the wording is kept with LF."""
        return self.cleaned_data["text"].replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        said["params"], self.wrong = read(self.chosen, self.told)
        if self.wrong:
            raise forms.ValidationError("计分参数没有填对，请看标出的地方。")
        return said

    def put(self, outline: Outline, place: Place) -> Outline:
        made = super().put(outline, place)
        return editing.regrouped(made, {self.part.code: self.cleaned_data["code"]})

    def unlike(self, standing: "PointForm") -> Iterator[Difference]:
        yield from super().unlike(standing)
        theirs = dict(standing.answers())
        for label, typed in self.answers():
            if typed != theirs.get(label, ""):
                yield Difference(label, theirs.get(label, ""), typed)

    def answers(self) -> Iterator[tuple[str, str]]:
        """The parameters as labelled on the page."""
        asked = ASKED[self.chosen]
        for param in asked.fields:
            yield param.label, self.told.get(param.name, "").strip()
        for row in range(rows_in(self.chosen, self.told)):
            for column in asked.columns:
                typed = self.told.get(f"{row}-{column.name}", "").strip()
                yield f"{asked.title} 第{row + 1}行 {column.label}", typed

    def forgive(self) -> None:
        """Say nothing of what is missing: another kind was chosen, nothing has been sent yet."""
        self.errors.clear()
        self.wrong.clear()

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
    first_points = PointsField(label="前一段分值")
    second_text = forms.CharField(label="后一段原文", strip=False, widget=TWO_LINES)
    second_points = PointsField(label="后一段分值")

    def halves(self) -> tuple[tuple[str, Decimal], tuple[str, Decimal]]:
        """The two as ``rubrics.editing.split`` takes them."""
        said = self.cleaned_data
        return tuple(
            (said[f"{side}_text"].replace("\r\n", "\n"), said[f"{side}_points"])
            for side in ("first", "second")
        )
