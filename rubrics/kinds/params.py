"""What each rule kind asks to be told: one form and one table row by row. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from rubrics.kinds import RuleKind, veto

NUMBER, WHOLE, TEXT, FLAG = "number", "whole", "text", "flag"
SPARE = 2  # empty rows below a table


@dataclass(frozen=True)
class Param:
    """One parameter: a field of the form, or a column of its table."""

    name: str
    label: str
    type: str = NUMBER
    is_required: bool = True
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Asked:
    """The parameters of a kind; ``table`` names the one that is a list of rows."""

    fields: tuple[Param, ...] = ()
    table: str = ""
    title: str = ""
    columns: tuple[Param, ...] = ()


UNIT = Param("unit", "单位（次、家、处、年……）", TEXT)
STEP = Param("step", "每格几分", is_required=False)
SPILLS = Param("spills", "扣完后在本类目内扣", FLAG, is_required=False)
ASKED: dict[str, Asked] = {
    RuleKind.AWARD: Asked((STEP,)),
    RuleKind.TIERS: Asked(
        (Param("none_label", "都没有达到叫什么", TEXT, is_required=False),),
        "levels",
        "级别，从高到低",
        (Param("label", "级别", TEXT), Param("points", "得分")),
    ),
    RuleKind.COUNT: Asked(
        (UNIT,),
        "steps",
        "档次，从多到少，最后一档从 0 起",
        (Param("at_least", "至少", WHOLE), Param("label", "叫什么", TEXT), Param("points", "得分")),
    ),
    RuleKind.DEDUCT: Asked(
        (UNIT, Param("each", "每次扣几分"), Param("cap", "扣满几分为止", is_required=False), SPILLS)
    ),
    RuleKind.BANDS: Asked(
        (Param("name", "比率的名称", TEXT),),
        "bands",
        "各档，界限从低到高",
        (Param("below", "低于 %"), Param("minus", "扣几分")),
    ),
    RuleKind.CHOSEN: Asked((Param("low", "最少扣"), Param("high", "最多扣"), STEP, SPILLS)),
    RuleKind.VERDICT: Asked(
        (Param("good", "哪一方为符合", TEXT, False, (("yes", "是"), ("no", "否"))),)
    ),
    RuleKind.VETO: Asked(
        (
            Param("effect", "触犯的后果", TEXT, True, tuple(veto.EFFECTS.items())),
            Param("grade", "不得评为哪一级", TEXT, is_required=False),
        )
    ),
}


def read(kind: str, data: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The parameters that form fields stand for, and what is wrong, by field name.

    Fields are named as ``names`` names them; a row whose cells are all empty is no row.
    """
    asked, found, wrong = ASKED[kind], {}, {}
    for param in asked.fields:
        _take(param, data.get(param.name, ""), found, wrong, param.name)
    if asked.table:
        found[asked.table] = []
        for number in range(rows_in(kind, data)):
            cells = {c: data.get(f"{number}-{c.name}", "") for c in asked.columns}
            if any(value.strip() for value in cells.values()):
                row: dict[str, Any] = {}
                for column, value in cells.items():
                    _take(column, value, row, wrong, f"{number}-{column.name}")
                found[asked.table].append(row)
    return found, wrong


def shown(kind: str, params: Mapping[str, Any]) -> dict[str, str]:
    """What the form's fields show for these parameters; the inverse of ``read``."""
    asked = ASKED[kind]
    told = {param.name: _text(params.get(param.name, "")) for param in asked.fields}
    for number, row in enumerate(params.get(asked.table, ())):
        for column in asked.columns:
            told[f"{number}-{column.name}"] = _text(row.get(column.name, ""))
    return told


def rows_in(kind: str, data: Mapping[str, str]) -> int:
    """How many rows of the table the fields fill."""
    asked = ASKED[kind]
    number = 0
    while any(f"{number}-{column.name}" in data for column in asked.columns):
        number += 1
    return number


def _take(param: Param, value: str, into: dict[str, Any], wrong: dict[str, str], name: str) -> None:
    text = value.strip()
    if param.choices and text and text not in dict(param.choices):
        wrong[name] = "请从所列的里选。"
    elif not text:
        if param.is_required:
            wrong[name] = f"请填{param.label}。"
    elif param.type == FLAG:
        into[param.name] = True
    elif param.type == NUMBER and not _is_number(text):
        wrong[name] = "请填数字，最多两位小数。"
    elif param.type == WHOLE and not (text.isascii() and text.isdecimal() and len(text) < 6):
        wrong[name] = "请填整数。"
    else:
        into[param.name] = int(text) if param.type == WHOLE else text


def _is_number(text: str) -> bool:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    return number.is_finite() and 0 <= number < 100000 and -number.as_tuple().exponent <= 2


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return str(value)
