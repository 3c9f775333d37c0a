"""Rule kinds: one pure module each, one line here."""

from collections.abc import Mapping
from decimal import Decimal
from types import ModuleType
from typing import Any

from django.db.models import TextChoices

from rubrics.kinds import award, bands, chosen, count, deduct, tiers, verdict, veto


class RuleKind(TextChoices):
    """How a scoring point turns what the inspector enters into points."""

    AWARD = "award", "按点给分"
    TIERS = "tiers", "按最高级别"
    COUNT = "count", "按次数"
    DEDUCT = "deduct", "逐次扣分"
    BANDS = "bands", "按比率分档"
    CHOSEN = "chosen", "范围内扣分"
    VERDICT = "verdict", "是否判断"
    VETO = "veto", "否决项"


# Each offers INPUT, the name of its one input, and score, read, choices, words and faults.
KINDS: dict[str, ModuleType] = {
    RuleKind.AWARD: award,
    RuleKind.TIERS: tiers,
    RuleKind.COUNT: count,
    RuleKind.DEDUCT: deduct,
    RuleKind.BANDS: bands,
    RuleKind.CHOSEN: chosen,
    RuleKind.VERDICT: verdict,
    RuleKind.VETO: veto,
}

SCORED = (*(kind for kind in RuleKind if kind not in (RuleKind.VERDICT, RuleKind.VETO)),)


def reason_of(kind: str) -> str:
    """What the words that explain a mark below the best are called."""
    return getattr(KINDS[kind], "REASON", "扣分的原因")


def words_of(kind: str, points: Decimal, params: Mapping[str, Any]) -> str:
    """How a point is scored, in one line; of a draft, that it cannot be said yet."""
    try:
        return KINDS[kind].words(points, params)
    except (KeyError, ArithmeticError, ValueError, TypeError):
        return "参数还不全"


def inputs_of(kind: str, value: str) -> dict[str, Any]:
    """The inputs that one field of a form stands for; nothing typed is nothing said."""
    return {KINDS[kind].INPUT: KINDS[kind].read(value)} if value else {}


def value_of(kind: str, inputs: Mapping[str, Any]) -> str:
    """What the field shows for these inputs; the inverse of ``inputs_of``."""
    if not inputs:
        return ""
    shown = getattr(KINDS[kind], "shown", str)
    return shown(next(iter(inputs.values())))
