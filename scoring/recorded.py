"""How 变更记录 tells what a mark was made of, and where a file was put."""

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
    tell_field("slot", _slot)


def _inputs(inputs: dict[str, Any]) -> str:
    """What was entered; points themselves are told as 得分."""
    [(name, value)] = inputs.items()
    if name == verdict.INPUT:
        return verdict.LABELS.get(value, value)
    if name == veto.INPUT:
        return "触犯" if value else "未触犯"
    return INPUTS[name].format(value) if name in INPUTS else ""


def _slot(slot: str) -> str:
    if slot.startswith(SIGNATURE):
        return f"{TeamRole(slot.removeprefix(SIGNATURE)).label}签字"
    return f"得分点 {slot}"
