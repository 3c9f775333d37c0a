"""Each contradiction beside the part it is of, with the arithmetic in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rubrics.kinds.outcome import spelled
from rubrics.mismatches import mismatches
from rubrics.outline import ItemOutline, Outline, SectionOutline


@dataclass(frozen=True)
class Contradiction:
    """``where`` is the part as mismatches name it; the two ways out are ``keep`` and ``change``."""

    where: str
    text: str
    why: str = ""
    keep: str = "原文如此，照印，按得分点计分"
    change: str = "改正上面的分值或计分方式"


def contradictions(outline: Outline) -> list[Contradiction]:
    """Every contradiction of the table, told in words."""
    told = dict(_explained(outline))
    found = []
    for mismatch in mismatches(outline):
        why, keep, change = told.get(mismatch.where, ("", "", ""))
        plain = Contradiction(mismatch.where, str(mismatch))
        found.append(
            Contradiction(mismatch.where, str(mismatch), why, keep, change) if why else plain
        )
    return found


def _explained(outline: Outline) -> Iterator[tuple[str, tuple[str, str, str]]]:
    for section in outline.sections:
        for item in section.items:
            if item.points != item.worth:
                yield f"第{item.number}项", _item(section, item)
        added = sum((item.worth for item in section.items), Decimal(0))
        if section.points is not None and section.points != added:
            yield f"项目“{section.name}”", _section(section, added)


def _item(section: SectionOutline, item: ItemOutline) -> tuple[str, str, str]:
    """题头 2 分，分项合计 4 分: which of the two the section's own points agree with."""
    stated, worth = spelled(item.points), spelled(item.worth)
    parts = "+".join(spelled(c.points) for c in item.criteria) or "0"
    why = f"标明 {stated} 分，得分点 {parts} = {worth} 分。"
    if section.points is not None:
        added = sum((one.worth for one in section.items), Decimal(0))
        other = added - item.worth + item.points
        why += (
            f"按 {worth} 分，本部分共 {spelled(added)} 分；按 {stated} 分共 {spelled(other)} 分；"
        )
        why += f"本部分标明 {spelled(section.points)} 分。"
    return (
        why,
        f"本项 {worth} 分，按得分点合计，题头照印",
        f"本项 {stated} 分，按题头，改各点的分值",
    )


def _section(section: SectionOutline, added: Decimal) -> tuple[str, str, str]:
    parts = "+".join(spelled(item.worth) for item in section.items) or "0"
    stated = spelled(section.points or Decimal(0))
    why = f"标明 {stated} 分，各项 {parts} = {spelled(added)} 分。"
    return why, f"本部分 {spelled(added)} 分，按各项合计，原文照印", "改各点的分值，或改标明的分值"
