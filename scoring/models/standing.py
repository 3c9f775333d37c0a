"""How many confirmed results of a round have which score, kept with every move."""

from collections.abc import Iterator

from django.db import models
from django.db.models import Q

from orgs.roles import Permission as P
from orgs.scope import Clause, Scope, ScopedQuerySet
from plans.models import Plan
from rubrics.models import Rubric


class StandingQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """A rank speaks of all visits of a round, so whoever issued it sees it, and nobody else."""
        yield Clause(scope.permissions & {P.VISIT_REVIEW}, Q(plan__issuer=scope.organization_id))


class Standing(models.Model):
    """One score of one round and kind of unit, and how many have it (scoring.standings)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="standings")
    target_kind = models.CharField("对象", max_length=30, choices=Rubric.Target.choices)
    rate = models.DecimalField("得分率", max_digits=7, decimal_places=6)
    total = models.DecimalField("总得分", max_digits=7, decimal_places=2)
    visits = models.PositiveIntegerField("份数", default=0)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "得分分布"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "target_kind", "rate", "total"], name="standing_score_once"
            )
        ]

    def __str__(self):
        return f"{self.total} × {self.visits}"
