"""Rule kinds: one pure module each, one line here."""

from django.db.models import TextChoices


class RuleKind(TextChoices):
    """How a scoring point turns what the inspector enters into points."""

    AWARD = "award", "按点给分"
    TIERS = "tiers", "按最高级别"
    COUNT = "count", "按次数"
