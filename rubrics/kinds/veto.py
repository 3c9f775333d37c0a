"""veto: 否决项; hit, it zeroes the sheet or its section, or bars a grade."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rubrics.kinds.outcome import Choice, InvalidInput, Outcome, only

INPUT = "hit"
LABELS = {"no": "未触犯", "yes": "触犯"}
EFFECTS = {"sheet": "全表记 0 分", "section": "本项目记 0 分", "grade": "不得评为"}
REASON = "触犯的事实"


def score(points: Decimal, params: Mapping[str, Any], inputs: object) -> Outcome:
    """No points of its own: ``{"hit": "yes"}``; what it costs is settled with the totals."""
    said = only(inputs, INPUT, _asked)
    if not isinstance(said, str) or said not in LABELS:
        raise InvalidInput(_asked())
    hit = said == "yes"
    text = f"触犯否决项，{effect_of(params)}" if hit else "未触犯否决项"
    return Outcome(Decimal(0), text, {INPUT: said}, vetoes=hit)


def read(value: str) -> Any:
    """The input that a form's field stands for."""
    return value


def choices(points: Decimal, params: Mapping[str, Any]) -> tuple[Choice, ...]:
    """未触犯 first: it is the usual case."""
    return tuple(Choice({INPUT: said}, label, Decimal(0)) for said, label in LABELS.items())


def words(points: Decimal, params: Mapping[str, Any]) -> str:
    """How the point is judged, in one line."""
    return f"否决项，触犯即{effect_of(params)}"


def faults(points: Decimal, params: Mapping[str, Any]) -> list[str]:
    """What is wrong with the parameters, before the table may be published."""
    found = ["否决项不能有分值"] if points else []
    if params.get("effect") not in EFFECTS:
        found.append("没有写明否决的后果")
    if params.get("effect") == "grade" and not params.get("grade"):
        found.append("没有写明不得评为哪一级")
    return found


def effect_of(params: Mapping[str, Any]) -> str:
    """What follows when it is hit, in words."""
    return EFFECTS[params["effect"]] + params.get("grade", "")


def _asked() -> str:
    return "请选触犯或未触犯。"
