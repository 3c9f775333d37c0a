"""How 变更记录 tells what a mark was made of, and where a file was put."""

import re
from typing import Any

from audit.words import tell_field
from orgs.roles import TeamRole
from rubrics.kinds import bands, chosen, count, deduct, tiers, verdict, veto

INPUTS = {
    tiers.INPUT: "{}",
    count.INPUT: "{} 次",
    deduct.INPUT: "{} 次",
    bands.INPUT: "{}%",
    chosen.INPUT: "扣 {} 分",
}
SIGNATURE = "signature:"


def register() -> None:
    """Tell the record; called once when the app is loaded."""
    tell_field("inputs", _inputs)
    tell_field("marks", _marks)
    tell_field("slot", _slot)


def _inputs(inputs: dict[str, Any]) -> str:
    """What was entered; points themselves are told as 得分."""
    [(name, value)] = inputs.items()
    if name == verdict.INPUT:
        return verdict.LABELS.get(value, value)
    if name == veto.INPUT:
        return "触犯" if value else "未触犯"
    return INPUTS[name].format(value) if name in INPUTS else ""


def _marks(marks: dict[str, Any]) -> str:
    """The marks of a request, each point on a line: 1-1：1.5 分，缺影像资料."""
    given = ((code, mark) for code, mark in marks.items() if mark)
    return "\n".join(f"{code}：{_mark(mark)}" for code, mark in sorted(given, key=_place))


def _place(given: tuple[str, Any]) -> list[int]:
    """The order of the table: JSON may have kept another."""
    return [int(number) for number in re.findall(r"\d+", given[0])]


def _mark(mark: dict[str, Any]) -> str:
    words = "清空"
    if mark["not_applicable"]:
        words = "不适用"
    elif mark["inputs"]:
        words = _inputs(mark["inputs"]) or f"{mark['points']} 分"
    return "，".join(text for text in (words, mark["reason"], mark["note"]) if text)


def _slot(slot: str) -> str:
    if slot.startswith(SIGNATURE):
        return f"{TeamRole(slot.removeprefix(SIGNATURE)).label}签字"
    return f"得分点 {slot}"
