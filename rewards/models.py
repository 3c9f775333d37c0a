"""A unit's rules of reward, and the ledger of what was granted by them."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from hazards.models import Hazard
from orgs.models import Organization
from orgs.roles import Permission
from orgs.scope import Clause, Scope, ScopedQuerySet

P = Permission
AT_HOME = frozenset({P.HAZARD_VIEW, P.HAZARD_REWARD})
OWN = frozenset({P.HAZARD_VIEW, P.HAZARD_REWARD, P.HAZARD_SETUP})
ABOVE = frozenset({P.HAZARD_VIEW})


class RuleQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """The unit's own people alone."""
        yield Clause(scope.permissions & OWN, Q(unit=scope.organization_id))


class Rule(models.Model):
    """What a unit pays for a hazard of one grade found from a day on; never changed, only followed.

    Only the first report of a hazard is rewarded: 对同一举报事项不重复进行奖励 (源3《举报管理办法》
    第十六条). Whose duty it is anyway gets nothing, where the rule says so (same article).
    """

    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="reward_rules", verbose_name="单位"
    )
    grade = models.CharField("级别", max_length=10, choices=Hazard.Grade.choices)
    amount = models.DecimalField("奖励金额", max_digits=8, decimal_places=2)
    excludes_officers = models.BooleanField("负有安全管理职责的人不奖励", default=False)
    excludes_patrols = models.BooleanField("排查任务中发现的不奖励", default=False)
    valid_from = models.DateField("从哪天起", default=timezone.localdate)
    ended_on = models.DateField("到哪天止", null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="规定人"
    )
    set_at = models.DateTimeField("规定时间", default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField("停止理由", max_length=200, blank=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "奖励规定"
        ordering = ["unit_id", "-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "grade", "valid_from"],
                condition=Q(ended_on=None),
                name="reward_rule_once_a_day",
                violation_error_message="从这一天起已经有规定，请先停止它。",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="reward_rule_pays"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by=None, reason="")
                | Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(reason=""),
                name="reward_rule_ended_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.get_grade_display()}隐患奖励 {self.amount} 元"

    @property
    def stream(self) -> str:
        """The audit chain of the unit's rewards."""
        return f"rewards-{self.unit_id}"


class RewardQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """The unit; the unions above, for their ledgers."""
        yield Clause(scope.permissions & AT_HOME, Q(unit=scope.organization_id))
        elsewhere = ~Q(unit=scope.organization_id)
        yield Clause(scope.permissions & ABOVE, scope.region("region_path") & elsewhere)
        if not scope.is_territorial:
            kin = Organization._base_manager.filter(parent=scope.organization_id)
            yield Clause(scope.permissions & ABOVE, Q(unit__in=kin.values("pk")))


class Reward(models.Model):
    """One line of the 奖励台账: granted with the move of its hazard, paid later.

    A hazard has one at most: the database refuses the second.
    """

    hazard = models.OneToOneField(
        Hazard, on_delete=models.PROTECT, related_name="reward", verbose_name="隐患"
    )
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="rewards", verbose_name="单位"
    )
    region_path = models.CharField("区划路径", max_length=12, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recipient_name = models.CharField("发现人", max_length=40)
    rule = models.ForeignKey(
        Rule, on_delete=models.PROTECT, null=True, blank=True, related_name="rewards"
    )
    # what the rule said that day; null where the unit had none
    proposed = models.DecimalField(
        "规定金额", max_digits=8, decimal_places=2, null=True, blank=True
    )
    amount = models.DecimalField("奖励金额", max_digits=8, decimal_places=2)
    note = models.TextField("说明", blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="批准人"
    )
    granted_at = models.DateTimeField("批准时间", default=timezone.now)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    paid_at = models.DateTimeField("发放时间", null=True, blank=True)
    receipt = models.CharField("领取凭据", max_length=200, blank=True)

    objects = RewardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "奖励"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="reward_pays"),
            models.CheckConstraint(
                condition=Q(proposed=None) | Q(amount=F("proposed")) | ~Q(note=""),
                name="reward_differs_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(recipient=None) | ~Q(recipient=F("granted_by")),
                name="reward_not_to_oneself",
            ),
            models.CheckConstraint(
                condition=Q(paid_at=None, paid_by=None, receipt="")
                | Q(paid_at__isnull=False, paid_by__isnull=False) & ~Q(receipt=""),
                name="reward_paid_with_receipt",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "id"], name="reward_unit"),
            models.Index(fields=["region_path", "id"], name="reward_region"),
        ]

    def __str__(self):
        return f"{self.hazard.number} {self.amount} 元"

    @property
    def stream(self) -> str:
        """The audit chain of the unit's rewards."""
        return f"rewards-{self.unit_id}"
