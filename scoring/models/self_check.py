"""A 自查 beside the papers of those who came: counted once, when the papers are handed in."""

from collections.abc import Iterator

from django.db import models
from django.db.models import F, Q

from audit.models import AppendOnlyModel, AppendOnlyQuerySet
from orgs.roles import Permission
from orgs.scope import Clause, Scope, ScopedQuerySet
from plans.models import TeamMember, Visit
from scoring.models.sheet import Scoresheet

P = Permission
DONE = [Visit.Status.CONFIRMED, Visit.Status.ARCHIVED]


class SelfComparisonQuerySet(AppendOnlyQuerySet, ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """The issuer, and the unit once its result is released.

        Whoever fills the papers reads it no earlier than they are confirmed: till then they know
        only of the points that they have marked (scoring.self_check).
        """
        joined = TeamMember.objects.filter(user=scope.user_id).values("team")
        visits = Visit._base_manager.filter(team__in=joined).exclude(status__in=DONE)
        own = Q(sheet__visit__in=visits.values("pk"))
        issued = Q(sheet__visit__plan__issuer=scope.organization_id)
        yield Clause(scope.permissions & {P.VISIT_REVIEW}, issued & ~own)
        told = Q(sheet__visit__target=scope.organization_id)
        told &= Q(sheet__visit__released_at__isnull=False)
        yield Clause(scope.permissions & {P.RESULT_VIEW}, told)

    def present(self):
        """Of the papers as they stand, no earlier drafts."""
        return self.filter(sheet__revision=F("sheet__visit__revision"))


class SelfComparison(AppendOnlyModel):
    """How far a unit's 自查 was from what was found; the points stay in the two frozen sheets."""

    sheet = models.OneToOneField(
        Scoresheet, on_delete=models.PROTECT, related_name="self_comparison"
    )
    check_sheet = models.ForeignKey(Scoresheet, on_delete=models.PROTECT, related_name="+")
    same = models.PositiveSmallIntegerField("一致")
    high = models.PositiveSmallIntegerField("偏高")
    low = models.PositiveSmallIntegerField("偏低")
    apart = models.PositiveSmallIntegerField("无法比较")
    change = models.DecimalField("差", max_digits=7, decimal_places=2)
    over = models.JSONField("各项高出")  # item → points

    objects = SelfComparisonQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "自查对照"

    def __str__(self):
        return f"一致 {self.same}、偏高 {self.high}、偏低 {self.low}"
