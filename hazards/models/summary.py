"""The figures of a region as they were counted last."""

from collections.abc import Iterator

from django.db import models

from orgs.roles import Permission
from orgs.scope import NOTHING, Clause, Scope, ScopedQuerySet, path_range


class HazardSummaryQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """The 总工会 of a region, of all in it."""
        region = path_range("place", scope.path) if scope.is_territorial else NOTHING
        yield Clause(scope.permissions & {Permission.HAZARD_VIEW}, region)


class HazardSummary(models.Model):
    """What one region comes to; counted anew once a day (hazards.figures)."""

    place = models.CharField("区划路径", max_length=15, unique=True)
    parent = models.CharField("上级路径", max_length=12, db_index=True)
    as_of = models.DateTimeField("数据截至")
    figures = models.JSONField("数")

    objects = HazardSummaryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "隐患统计"
        ordering = ["place"]

    def __str__(self):
        return self.place
