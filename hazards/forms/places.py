"""The forms of a unit's places."""

from typing import Any

from django import forms

from hazards.models import Place


class NameForm(forms.Form):
    """What a place is called."""

    name = forms.CharField(
        label="名称",
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "请写名称。"},
    )


class PlaceForm(NameForm):
    """A new place: its level, its name, and what it lies in."""

    level = forms.ChoiceField(label="层级", choices=Place.Level.choices, initial="workshop")
    parent = forms.ModelChoiceField(
        Place.objects.none(), label="在哪里面", required=False, empty_label="（直接属于本单位）"
    )
    field_order = ("level", "parent", "name")

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = places.exclude(level=Place.Level.POST)
