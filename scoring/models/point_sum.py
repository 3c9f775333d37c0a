"""What the confirmed sheets of a round say of each scoring point, kept by place."""

from django.db import models

from plans.models import Plan
from rubrics.models import Criterion, Rubric, Version
from scoring.models.standing import StandingQuerySet

# Whatever is counted has answers, whose constraint protects it; indexes would only cost.
ANSWERED = {"db_constraint": False, "db_index": False, "related_name": "+"}


class Kept(models.Model):
    """Of one round and kind of unit, in a place of one level, by one version of a table.

    ``level`` is how many digits of a visit's place are told apart: 0 (the whole round), 6 (市) or
    9 (县). Each sheet is counted once at each level, so that no page adds up places.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, db_index=False, related_name="+")
    target_kind = models.CharField("对象", max_length=30, choices=Rubric.Target.choices)
    level = models.PositiveSmallIntegerField("层级")
    place = models.CharField("区划路径", max_length=12, blank=True)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, **ANSWERED)
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, **ANSWERED)
    sheets = models.IntegerField("份数")

    objects = StandingQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.place} {self.criterion_id} × {self.sheets}"


class PointSum(Kept):
    """One scoring point: how many sheets, and what they add up to (scoring.sums)."""

    is_scored = models.BooleanField("有得分率")  # else it was only judged: 符合, 部分, 不符合
    excused = models.IntegerField("不适用")
    short = models.IntegerField("失分份数")
    gained = models.DecimalField("得分", max_digits=14, decimal_places=2)
    yes = models.IntegerField("是")
    partly = models.IntegerField("部分")
    no = models.IntegerField("否")

    class Meta:
        verbose_name = verbose_name_plural = "各得分点合计"
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "plan",
                    "target_kind",
                    "level",
                    "place",
                    "version",
                    "criterion",
                    "is_scored",  # last: SQLite finds nothing by a bare boolean
                ],
                name="point_sum_once",
            )
        ]


class ReasonSum(Kept):
    """One reason for losing points, and on how many sheets it stands."""

    digest = models.CharField("摘要", max_length=32)  # an index holds no text of any length
    reason = models.TextField("理由")

    class Meta:
        verbose_name = verbose_name_plural = "失分原因合计"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "target_kind", "level", "place", "version", "criterion", "digest"],
                name="reason_sum_once",
            )
        ]
        indexes = [
            models.Index(
                "plan",
                "target_kind",
                "level",
                "place",
                "version",
                "criterion",
                models.F("sheets").desc(),
                "digest",
                name="reason_sum_most",
            )
        ]
