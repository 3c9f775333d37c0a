"""The form of a table's scheme: groups, weights, scale, grades, and what 不适用 does."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from rubrics import editing
from rubrics.choices import NotApplicable
from rubrics.editing import Part, Place
from rubrics.evaluate import points_in
from rubrics.outline import Outline
from rubrics.part_forms import PartForm, PointsField
from rubrics.scheme import RULES, Grade, Group, Scale, Scheme, faults, read

SPARE = 2  # empty rows below each table
RULE_WORDS = dict(zip(RULES, ("累计封顶", "只取最高"), strict=True))
GROUP, GRADE = ("name", "rule", "points", "codes", "bonus"), ("name", "at_least")
SIGNS = str.maketrans({sign: " " for sign in "、，,；;"})


class SchemeForm(PartForm):
    """计分规则, on the outline itself; rows whose names are empty are no rows."""

    not_applicable = forms.ChoiceField(label="不适用的得分点", choices=NotApplicable.choices)
    scale = PointsField(label="总分折算成几分制（不折算就空着）", required=False)
    places = forms.TypedChoiceField(
        label="折算后保留几位小数", choices=[(n, f"{n} 位") for n in range(3)], coerce=int
    )

    def __init__(self, data: Any = None, *, part: Outline, is_first: bool = False) -> None:
        self.outline, self.said = part, read(part.scheme)
        super().__init__(data, part=part)
        self.initial |= {"scale": self.said.scale and self.said.scale.points, "places": 1}
        if self.said.scale:
            self.initial["places"] = self.said.scale.places
        self._add_weights()
        self.group_rows = self._rows("group", self.said.groups, _group_fields)
        self.grade_rows = self._rows("grade", self.said.grades, _grade_fields)

    @classmethod
    def facts(cls, part: Part) -> dict[str, Any]:
        return {"not_applicable": part.not_applicable, "scheme": dict(part.scheme)}

    @property
    def weights(self) -> list[BoundField]:
        """One for each section."""
        return [self[name] for name in self.fields if name.startswith("weight-")]

    @property
    def groups(self) -> list[list[BoundField]]:
        """The rows of the groups, some to spare."""
        return [[self[f"group-{row}-{name}"] for name in GROUP] for row in self.group_rows]

    @property
    def grades(self) -> list[list[BoundField]]:
        """The rows of the grades, some to spare."""
        return [[self[f"grade-{row}-{name}"] for name in GRADE] for row in self.grade_rows]

    @property
    def plain_fields(self) -> list[BoundField]:
        return [self[name] for name in self.base_fields]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.errors:
            return said
        said["scheme"] = self._scheme(said)
        sections = {point.code: point.section for point in points_in(self.outline)}
        for fault in faults(said["scheme"], sections):
            self.add_error(None, f"{fault}。")
        return said

    def put(self, outline: Outline, place: Place) -> Outline:
        said = self.cleaned_data
        plain = said["scheme"].plain()
        return editing.changed(outline, (), scheme=plain, not_applicable=said["not_applicable"])

    def _add_weights(self) -> None:
        for order, section in enumerate(self.outline.sections, 1):
            self.fields[f"weight-{order}"] = PointsField(
                label=section.name, required=False, initial=self.said.weights.get(order)
            )

    def _rows(self, what: str, stored: tuple, fields: Any) -> range:
        sent = {name.split("-")[1] for name in self.data if name.startswith(f"{what}-")}
        count = max([len(stored) + SPARE, *(int(n) + 1 for n in sent if n.isdecimal())])
        for row in range(min(count, 60)):
            one = stored[row] if row < len(stored) else None
            for name, field in fields(one).items():
                self.fields[f"{what}-{row}-{name}"] = field
        return range(min(count, 60))

    def _scheme(self, said: dict[str, Any]) -> Scheme:
        weights = {
            order: said[f"weight-{order}"]
            for order in range(1, len(self.outline.sections) + 1)
            if said[f"weight-{order}"] not in (None, Decimal(1))
        }
        return Scheme(
            groups=tuple(self._groups(said)),
            weights=weights,
            scale=Scale(said["scale"], said["places"]) if said["scale"] else None,
            grades=tuple(self._grades(said)),
        )

    def _groups(self, said: dict[str, Any]) -> Iterator[Group]:
        for row in self.group_rows:
            name, rule, points, codes, bonus = (said[f"group-{row}-{n}"] for n in GROUP)
            if name:
                cap = points or Decimal(0) if rule == "cap" else Decimal(0)
                yield Group(name, rule, tuple(codes.translate(SIGNS).split()), cap, bonus)

    def _grades(self, said: dict[str, Any]) -> Iterator[Grade]:
        for row in self.grade_rows:
            name, at_least = (said[f"grade-{row}-{n}"] for n in GRADE)
            if name:
                yield Grade(name, at_least or Decimal(0))


def _group_fields(group: Group | None) -> dict[str, forms.Field]:
    said = group or Group("", "cap", ())
    return {
        "name": forms.CharField(label="组名", required=False, max_length=40, initial=said.name),
        "rule": forms.ChoiceField(
            label="怎样计", choices=RULE_WORDS.items(), initial=said.rule, required=False
        ),
        "points": PointsField(label="最多几分", required=False, initial=said.points or None),
        "codes": forms.CharField(
            label="得分点", required=False, max_length=400, initial="、".join(said.codes)
        ),
        "bonus": forms.BooleanField(label="满分之外", required=False, initial=said.bonus),
    }


def _grade_fields(grade: Grade | None) -> dict[str, forms.Field]:
    return {
        "name": forms.CharField(
            label="等级", required=False, max_length=20, initial=grade.name if grade else ""
        ),
        "at_least": PointsField(
            label="几分起", required=False, initial=grade.at_least if grade else None
        ),
    }
