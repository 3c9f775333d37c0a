"""督导方案: what one round of supervision is, and by which rules it draws."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from orgs.models import Organization
from orgs.roles import Permission
from orgs.scope import Clause, Scope, ScopedQuerySet
from plans.source import Source
from plans.sources import source_of
from rubrics.models import Rubric, Version

P = Permission
ISSUER = {P.PLAN_VIEW, P.PLAN_MANAGE, P.DRAW_RUN, P.BOARD_VIEW}


def unions_below(scope: Scope) -> models.QuerySet:
    """The 总工会 beneath a person's own: their rounds are read, and led by nobody from above.

    Not the 产业工会 that has its seat there: what it issues stays its own.
    """
    unions = Organization._base_manager.filter(kind=Organization.Kind.UNION)
    if not scope.is_territorial:
        return unions.none()
    own = Q(pk=scope.organization_id)
    return unions.filter(scope.region("region__path")).exclude(own).values("pk")


class PlanQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """The issuer's people; its teams; 总工会 above the issuer; units told of a result."""
        yield Clause(scope.permissions & ISSUER, Q(issuer=scope.organization_id))
        plans = self.model._base_manager
        taking_part = plans.filter(teams__members__user=scope.user_id)
        yield Clause(
            frozenset({P.PLAN_VIEW}),
            Q(pk__in=taking_part.values("pk")) & ~Q(status=Plan.Status.DRAFT),
        )
        below = Q(issuer__in=unions_below(scope)) & ~Q(status=Plan.Status.DRAFT)
        yield Clause(scope.permissions & {P.PLAN_VIEW}, below)
        told = plans.filter(visits__target=scope.organization_id, visits__released_at__isnull=False)
        yield Clause(scope.permissions & {P.PLAN_VIEW}, Q(pk__in=told.values("pk")))


class Plan(models.Model):
    """One round: 2017年“查保促”工作第二次督导."""

    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "已发布"
        CLOSED = "closed", "已结束"
        CANCELLED = "cancelled", "已取消"

    title = models.CharField("方案名称", max_length=120)
    # of plans.sources, whose wording stands beside the steps; empty for one that was begun empty
    template = models.CharField("所套模板", max_length=20, blank=True)
    year = models.PositiveSmallIntegerField("年度")
    round_number = models.PositiveSmallIntegerField("第几次")
    issuer = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="plans", verbose_name="发文单位"
    )
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.DRAFT)
    basis = models.TextField("依据", blank=True)
    tasks = models.TextField("督导任务和时间安排", blank=True)  # 源1 一
    starts_on = models.DateField("开始日期")
    visits_end_on = models.DateField("督导完成日期")  # 源1 一：12月8日前
    materials_days = models.PositiveSmallIntegerField("材料报送期限（天）", default=7)  # 源1 四(四)
    contents = models.TextField("督导内容", blank=True)
    methods = models.JSONField("督导方式", default=list)
    requirements = models.TextField("督导要求", blank=True)
    # who filled never confirms; asked for here, one reviewer checks and another confirms
    four_eyes = models.BooleanField("审核须由两人：一人初审，另一人确认", default=False)
    # The rule of the draw, shape in plans.sampling.SamplingRule
    sampling = models.JSONField("抽取规则", default=dict)
    relaxed_reason = models.TextField("放开“原则上不再重复”的理由", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    cancelled_reason = models.TextField("取消理由", blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督导方案"
        ordering = ["-year", "-round_number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "year", "round_number"],
                condition=~Q(status="cancelled"),
                name="plan_round_once_a_year",
                violation_error_message="本年度这一次督导已有方案。",
            ),
            models.CheckConstraint(
                condition=Q(visits_end_on__gte=F("starts_on")),
                name="plan_dates_in_order",
                violation_error_message="督导完成日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="plan_published_pair",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def stream(self) -> str:
        """The audit chain of this plan."""
        return f"plan-{self.pk}"

    @property
    def methods_sentence(self) -> str:
        """采取查阅资料、实地走访、座谈交流和个别交流等方式，确保督导效果。"""
        return self.source.methods_sentence(self.methods)

    @property
    def source(self) -> Source:
        """The issued plan whose wording stands beside this one."""
        return source_of(self.template)

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT


class Phase(models.Model):
    """A stretch of a plan, and who scores in it (自查自纠, 帮扶, 督导, 复核)."""

    class Scorer(models.TextChoices):
        NOBODY = "nobody", "不评分"
        SELF = "self", "单位自查"
        HELPERS = "helpers", "帮扶组"
        TEAM = "team", "督导组"
        RECHECK = "recheck", "复核组"

    # What those who are sent do at a unit.
    DEEDS = {Scorer.TEAM: "督导", Scorer.HELPERS: "帮扶", Scorer.RECHECK: "复核"}

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="phases")
    order = models.PositiveSmallIntegerField("次序")
    name = models.CharField("阶段", max_length=40)
    scorer = models.CharField("评分人", max_length=10, choices=Scorer.choices, default=Scorer.TEAM)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")

    class Meta:
        verbose_name = verbose_name_plural = "阶段"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="phase_order_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="phase_dates_in_order",
                violation_error_message="阶段的结束日期不能早于开始日期。",
            ),
        ]

    def __str__(self):
        return self.name


class PlanRubric(models.Model):
    """Which published version scores which kind of target in this plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="rubrics")
    target = models.CharField("对象", max_length=30, choices=Rubric.Target.choices)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="plans")

    class Meta:
        verbose_name = verbose_name_plural = "方案的评分表"
        constraints = [
            models.UniqueConstraint(fields=["plan", "target"], name="plan_rubric_once_a_target")
        ]

    def __str__(self):
        return f"{self.get_target_display()}：{self.version}"
