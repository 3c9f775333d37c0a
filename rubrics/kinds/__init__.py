"""Rule kinds: one pure module each, one line here."""

from types import ModuleType

from django.db.models import TextChoices

from rubrics.kinds import award, count, tiers


class RuleKind(TextChoices):
    """How a scoring point turns what the inspector enters into points."""

    AWARD = "award", "按点给分"
    TIERS = "tiers", "按最高级别"
    COUNT = "count", "按次数"


# Each offers score(points, params, inputs), choices(points, params) and faults(points, params).
KINDS: dict[str, ModuleType] = {
    RuleKind.AWARD: award,
    RuleKind.TIERS: tiers,
    RuleKind.COUNT: count,
}
