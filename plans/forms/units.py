"""抽取规则 of a plan that draws units as such, or names them: a line for each kind."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms

from plans.unit_rules import PER_LABELS, POOL_LABELS, TARGETS, Per, Pool, UnitsRule

WAYS = [("", "不督导"), ("listed", "逐个确定"), ("drawn", "随机抽取")]


class Line(NamedTuple):
    """The fields of one kind of target."""

    label: str
    way: forms.BoundField
    per: forms.BoundField
    pool: forms.BoundField
    choose: forms.BoundField


class UnitsRuleForm(forms.Form):
    """Which kinds are visited, and how each is chosen; the shape is that of Plan.sampling."""

    def __init__(self, *args: Any, sampling: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(sampling), **kwargs)
        for target, (label, _) in TARGETS.items():
            self._add(f"{target}_way", forms.ChoiceField(choices=WAYS, required=False), label)
            per = forms.ChoiceField(choices=[(one.value, PER_LABELS[one]) for one in Per])
            self._add(f"{target}_per", per, f"{label}，按什么分组")
            pool = forms.ChoiceField(choices=[(one.value, POOL_LABELS[one]) for one in Pool])
            self._add(f"{target}_pool", pool, f"{label}，从哪些里抽")
            number = forms.IntegerField(min_value=1, max_value=999, required=False)
            self._add(f"{target}_choose", number, f"{label}，抽几家")

    def _add(self, name: str, field: forms.Field, label: str) -> None:
        field.required, field.label = False, label
        kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
        field.widget.attrs |= {"class": kind, "aria-label": label}
        self.fields[name] = field

    @property
    def lines(self) -> Iterator[Line]:
        """One line a kind, for the page."""
        for target, (label, _) in TARGETS.items():
            yield Line(label, *(self[f"{target}_{name}"] for name in Line._fields[1:]))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for target, (label, _) in TARGETS.items():
            if data.get(f"{target}_way") == "drawn" and not data.get(f"{target}_choose"):
                self.add_error(f"{target}_choose", f"{label}随机抽取，请填抽几家（1–999）。")
        if not any(data.get(f"{target}_way") for target in TARGETS):
            raise forms.ValidationError("至少选一类督导对象。")
        return data

    @property
    def sampling(self) -> dict[str, Any]:
        """The rule as the plan stores it."""
        data = self.cleaned_data
        drawn = [
            {
                "target": target,
                "choose": data[f"{target}_choose"],
                "per": data[f"{target}_per"] or Per.ISSUER.value,
                "pool": data[f"{target}_pool"] or Pool.REACH.value,
            }
            for target in TARGETS
            if data[f"{target}_way"] == "drawn"
        ]
        listed = [target for target in TARGETS if data[f"{target}_way"] == "listed"]
        return UnitsRule.from_json({"drawn": drawn, "listed": listed}).to_json()


def _initial(sampling: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {f"{target}_way": "listed" for target in sampling.get("listed", ())}
    for one in sampling.get("drawn", ()):
        target = one["target"]
        found[f"{target}_way"] = "drawn"
        found |= {f"{target}_{name}": one[name] for name in ("choose", "per", "pool")}
    return found
