"""verdict: 是, 部分 or 否, with 评价 in words; it scores nothing and is counted."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rubrics.kinds.outcome import Choice, InvalidInput, Outcome, only

INPUT = "verdict"
LABELS = {"yes": "是", "partly": "部分", "no": "否"}
COUNTED = {"yes": "good", "partly": "partly", "no": "bad"}
GRADES = {"good": "符合", "partly": "部分", "bad": "不符合"}
REASON = "评价"
TURNED = {"yes": "bad", "partly": "partly", "no": "good"}


def score(points: Decimal, params: Mapping[str, Any], inputs: object) -> Outcome:
    """No points; ``{"verdict": "yes"}``. Where 是 is the bad answer (是否存在…), ``good`` is no."""
    said = only(inputs, INPUT, _asked)
    if not isinstance(said, str) or said not in LABELS:
        raise InvalidInput(_asked())
    return Outcome(Decimal(0), LABELS[said], {INPUT: said}, verdict=counted(params)[said])


def counted(params: Mapping[str, Any]) -> Mapping[str, str]:
    """What each answer counts as: good, partly or bad."""
    return TURNED if params.get("good") == "no" else COUNTED


def read(value: str) -> Any:
    """The input that a form's field stands for."""
    return value


def choices(points: Decimal, params: Mapping[str, Any]) -> tuple[Choice, ...]:
    """是, 部分 and 否."""
    return tuple(Choice({INPUT: said}, label, Decimal(0)) for said, label in LABELS.items())


def words(points: Decimal, params: Mapping[str, Any]) -> str:
    """How the point is judged, in one line."""
    good = LABELS[params.get("good", "yes")]
    return f"选是、部分或否，“{good}”为符合；不计分，写评价"


def faults(points: Decimal, params: Mapping[str, Any]) -> list[str]:
    """What is wrong with the parameters, before the table may be published."""
    found = ["只作判断的点不能有分值"] if points else []
    if params.get("good", "yes") not in ("yes", "no"):
        found.append("符合的一方须是“是”或“否”")
    return found


def _asked() -> str:
    return "请选是、部分或否。"
