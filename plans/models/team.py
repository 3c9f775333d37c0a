"""督导组, its members, and who must stay away from which unit."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import Q

from orgs.models import Organization, Region
from orgs.roles import Permission, TeamRole
from orgs.scope import Clause, Scope, ScopedQuerySet
from plans.models.plan import ISSUER, Plan

P = Permission


class TeamQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        yield Clause(scope.permissions & ISSUER, Q(plan__issuer=scope.organization_id))
        joined = TeamMember.objects.filter(user=scope.user_id).values("team")
        yield Clause(frozenset({P.PLAN_VIEW}), Q(pk__in=joined))


class Team(models.Model):
    """Three people in principle (源1 四(一)); another size is allowed with a recorded reason."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="teams")
    order = models.PositiveSmallIntegerField("次序")
    name = models.CharField("名称", max_length=40)  # 第三督导组
    cities = models.ManyToManyField(Region, related_name="+", blank=True, verbose_name="负责的市")
    size_reason = models.TextField("人数不为3的理由", blank=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督导组"
        ordering = ["plan", "order"]
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="team_order_once")]

    def __str__(self):
        return self.name


class TeamMember(models.Model):
    """A person in a team: one 组长 and one 记录人 each, a person in one team of a plan."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField("分工", max_length=10, choices=TeamRole.choices)

    class Meta:
        verbose_name = verbose_name_plural = "督导组成员"
        ordering = ["team", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "user"], name="member_once_in_team"),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(role="leader"),
                name="team_one_leader",
                violation_error_message="一个督导组只有一名组长。",
            ),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(role="recorder"),
                name="team_one_recorder",
                violation_error_message="一个督导组只有一名记录人。",
            ),
        ]

    def __str__(self):
        return f"{self.user}（{self.get_role_display()}）"


class RecusalQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """The person; those who lead rounds in which the person inspects, or who noted it."""
        yield Clause(frozenset({P.PLAN_VIEW}), Q(user=scope.user_id))
        leads = Q(user__memberships__team__plan__issuer=scope.organization_id)
        noted = Q(declared_by__organization=scope.organization_id)
        yield Clause(scope.permissions & {P.PLAN_MANAGE}, leads | noted)

    def standing(self):
        return self.filter(withdrawn_at=None)


class Recusal(models.Model):
    """回避: a declared interest of a person in a unit (one's own unit and its parent need none)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recusals"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="recusals"
    )
    reason = models.TextField("事由")
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    declared_at = models.DateTimeField("申报时间", auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("撤销时间", null=True, blank=True)
    withdrawn_reason = models.TextField("撤销理由", blank=True)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "回避"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization"],
                condition=Q(withdrawn_at=None),
                name="recusal_once",
                violation_error_message="这个人对这个单位已申报回避。",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_reason=""),
                name="recusal_withdrawn_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.user} 回避 {self.organization}"
