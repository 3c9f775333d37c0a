"""A version as the JSON of fixtures/rubrics: ``rubrics.outline.read`` gives it back. Pure."""

from collections.abc import Iterable
from typing import Any

from rubrics.kinds.outcome import spelled
from rubrics.outline import HEAD, CriterionOutline, ItemOutline, Outline, SectionOutline


def told(outline: Outline, accepted: Iterable[str] = ()) -> dict[str, Any]:
    """Everything the version says, points as texts; what it does not say is left out."""
    data: dict[str, Any] = {"code": outline.code, "number": outline.number}
    data |= {name: getattr(outline, name) for name in HEAD[1:]}
    if outline.layout != "scores":
        data["layout"] = outline.layout
    for name in ("heads", "scheme"):
        if part := dict(getattr(outline, name)):
            data[name] = part
    data["methods"] = list(outline.methods)
    if accepted := list(accepted):
        data["accepted_mismatches"] = accepted
    data["total"] = spelled(outline.total)
    return data | {"sections": [_section(section) for section in outline.sections]}


def _section(section: SectionOutline) -> dict[str, Any]:
    data: dict[str, Any] = {"name": section.name}
    if section.points is not None:
        data["points"] = spelled(section.points)
    if section.methods:
        data["methods"] = list(section.methods)
    return data | {"items": [_item(item) for item in section.items]}


def _item(item: ItemOutline) -> dict[str, Any]:
    data: dict[str, Any] = {"number": item.number, "points": spelled(item.points)}
    for name in ("label", "heading"):
        if said := getattr(item, name):
            data[name] = said
    if item.methods:
        data["methods"] = list(item.methods)
    return data | {"criteria": [_criterion(c) for c in item.criteria]}


def _criterion(criterion: CriterionOutline) -> dict[str, Any]:
    data: dict[str, Any] = {"code": criterion.code, "text": criterion.text}
    data |= {"kind": criterion.kind, "points": spelled(criterion.points)}
    return data | ({"params": dict(criterion.params)} if criterion.params else {})
