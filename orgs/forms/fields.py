"""Fields that offer only what lies inside the person's scope."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator

from orgs.models import Organization, Region
from orgs.scope import WIDTH

NUMBERED = re.compile(r"#(\d+)$")


PICK = {"class": "form-select form-select-sm"}
Wanted = tuple[tuple[str, Any], ...]  # what a list is narrowed to, and kept by


def filled(form: forms.Form) -> dict[str, Any]:
    """What is filled in a filter; nothing while a field is wrong."""
    given = form.cleaned_data if form.is_valid() else {}
    return {name: value for name, value in given.items() if value}


class _Regions(ModelChoiceIterator):
    """Names and keys alone: a select of a province would else make two hundred objects."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for pk, path, name in self.queryset.values_list("pk", "path", "name"):
            yield pk, indented(path, name)


def indented(path: str, name: str) -> str:
    """A division under the one it belongs to."""
    return "　" * (len(path) // WIDTH - 1) + name


class RegionChoice(forms.ModelChoiceField):
    """A division of the person's own subtree, indented by level."""

    iterator = _Regions

    def label_from_instance(self, region: Region) -> str:
        return indented(region.path, region.name)


class UnitField(forms.CharField):
    """One unit, typed by name or picked from the offers; ``units`` is set by the form."""

    units = Organization.objects.none()

    def clean(self, value: str) -> Organization | None:
        text = super().clean(value)
        if not text:
            return None
        found = list(self._matching(text)[:2])
        if not found:
            raise ValidationError("没有这个单位，或不在您的范围。请填全称，或从列表里选。")
        if len(found) > 1:
            raise ValidationError("有几个单位同名，请从列表里选一个（带 # 号的）。")
        return found[0]

    def _matching(self, text: str):
        units = self.units.active()
        if numbered := NUMBERED.search(text):
            return units.filter(pk=numbered[1])
        return units.filter(name=text)

    def prepare_value(self, value):
        """A stored unit shows with its number, so that a name used twice stays clear."""
        if isinstance(value, int):
            value = Organization.objects.unscoped(reason="the stored value").get(pk=value)
        return offer(value) if isinstance(value, Organization) else value


def offer(unit: Organization) -> str:
    """The text that means exactly this unit."""
    return f"{unit.name} #{unit.pk}"
