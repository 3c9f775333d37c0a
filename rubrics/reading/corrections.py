"""What a person corrects on the page: field by field, into the outline. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from rubrics.kinds import KINDS
from rubrics.outline import CriterionOutline, ItemOutline, Outline, SectionOutline
from rubrics.reading.notation import Unreadable, parse

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
LONGEST = {
    "code": 60,
    "title": 120,
    "issuer": 80,
    "source": 200,
    "annex": 20,
    "unit_label": 40,
    "section_label": 20,
}
WORDS = {
    "code": "代码",
    "title": "表题",
    "target": "适用对象",
    "issuer": "发文单位",
    "source": "出处",
    "annex": "附件号",
    "unit_label": "单位栏",
    "section_label": "项目栏",
}


@dataclass
class Corrected:
    """The outline as corrected, and what is wrong, by the name of the field."""

    outline: Outline
    errors: dict[str, str] = field(default_factory=dict)


def corrected(outline: Outline, typed: Mapping[str, str], targets: set[str]) -> Corrected:
    """The outline with what was typed; a field that is missing stays as it was."""
    made = Corrected(outline)
    values = {name: typed.get(name, getattr(outline, name)).strip() for name in WORDS}
    for name, value in values.items():
        if name in LONGEST and len(value) > LONGEST[name]:
            made.errors[name] = f"{WORDS[name]}有 {len(value)} 个字，最多 {LONGEST[name]} 个。"
    if values["code"] and not SLUG.fullmatch(values["code"]):
        made.errors["code"] = "代码只用小写字母、数字和连字符，如 shishi-fujian3。"
    if values["target"] and values["target"] not in targets:
        made.errors["target"] = "请从列出的对象中选。"
    total = _points(made, "total", typed, outline.total)
    count = iter(range(1, 10_000))
    sections = tuple(
        _section(made, n, section, typed, count) for n, section in enumerate(outline.sections, 1)
    )
    made.outline = replace(outline, **values, total=total, sections=sections)
    return made


def missing(outline: Outline) -> dict[str, str]:
    """What must be said before the table can be stored."""
    found = {n: f"请填{word}。" for n, word in WORDS.items() if not getattr(outline, n)}
    if long := [s.name for s in outline.sections if len(s.name) > 40]:
        found["sections"] = f"项目名称最多 40 个字：“{long[0][:20]}……”"
    codes = [c.code for item in outline.items for c in item.criteria]
    if any(len(code) > 12 for code in codes) or any(len(i.label) > 8 for i in outline.items):
        found["sections"] = "点号最多 12 个字，印出的序号最多 8 个字。"
    return found


def _section(
    made: Corrected, n: int, section: SectionOutline, typed: Mapping[str, str], count: Any
) -> SectionOutline:
    points = section.points
    if points is not None:
        points = _points(made, f"section-{n}", typed, points)
    items = tuple(_item(made, item, typed, count) for item in section.items)
    return replace(section, points=points, items=items)


def _item(made: Corrected, item: ItemOutline, typed: Mapping[str, str], count: Any) -> ItemOutline:
    criteria = tuple(_criterion(made, next(count), c, typed) for c in item.criteria)
    changed = replace(item, criteria=criteria)
    if not item.heading and item.points == item.worth:
        return replace(changed, points=changed.worth)
    return replace(changed, points=_points(made, f"item-{item.number}", typed, item.points))


def _criterion(
    made: Corrected, n: int, criterion: CriterionOutline, typed: Mapping[str, str]
) -> CriterionOutline:
    kind = typed.get(f"kind-{n}", criterion.kind)
    if kind not in KINDS:
        made.errors[f"kind-{n}"] = "请从列出的计分方式中选。"
        kind = criterion.kind
    params = criterion.params
    if f"params-{n}" in typed:
        try:
            params = parse(typed[f"params-{n}"])
        except Unreadable as fault:
            made.errors[f"params-{n}"] = f"{fault}。"
    points = _points(made, f"points-{n}", typed, criterion.points)
    try:
        KINDS[kind].faults(points, params)
    except (ArithmeticError, KeyError, TypeError, ValueError, AttributeError):
        made.errors[f"params-{n}"] = "参数里应是数的地方写了别的，请核对。"
        params = criterion.params
    return replace(criterion, kind=kind, points=points, params=params)


def _points(made: Corrected, name: str, typed: Mapping[str, str], now: Decimal) -> Decimal:
    if name not in typed:
        return now
    try:
        value = Decimal(typed[name].strip().removesuffix("分"))
        if not value.is_finite() or not 0 <= value < 100_000 or value != round(value, 2):
            raise InvalidOperation
    except InvalidOperation:
        made.errors[name] = "要填 0 到 99999 的数，最多两位小数。"
        return now
    return value
