"""The draw and its proof: frozen list, seed, ranking, and every run that was made."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from audit.models import AppendOnlyModel
from orgs.models import Organization, Region
from orgs.roles import Permission
from orgs.scope import Clause, Scope, ScopedQuerySet
from plans.models.plan import ISSUER, Plan

P = Permission


class DrawQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        yield Clause(scope.permissions & ISSUER, Q(plan__issuer=scope.organization_id))


class Draw(models.Model):
    """One run of one stage: 冻结名单 → 两人录种子 → 抽取 → (公布 | 作废)."""

    class Stage(models.TextChoices):
        COUNTIES = "counties", "抽县（市、区）"
        ENTERPRISES = "enterprises", "抽企业"
        # units as such: a stage is called as its kind of target (plans.unit_rules)
        MEDICAL_CITY = "medical_city", "抽各市医务工会"
        MEDICAL_UNIT = "medical_unit", "抽医疗卫生单位"
        PRODUCER = "producer", "抽生产经营单位"
        TOWN = "town", "抽镇（街道）"
        OFFICE = "office", "抽局业务科室"
        INDUSTRY = "industry", "抽相关企业"

    class Status(models.TextChoices):
        FROZEN = "frozen", "名单已冻结"
        DRAWN = "drawn", "已抽取"
        VOID = "void", "已作废"

    class SeedSource(models.TextChoices):
        DICE = "dice", "现场掷骰"
        LOTTERY = "lottery", "公开彩票号码"
        BEACON = "beacon", "公开随机数"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="draws")
    stage = models.CharField("环节", max_length=12, choices=Stage.choices)
    # A supplementary draw: of the enterprises of one county that came in by replacement.
    county = models.ForeignKey(
        "Pick",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supplements",
        verbose_name="补充抽取的县（市、区）",
    )
    run = models.PositiveSmallIntegerField("第几次运行")
    status = models.CharField("状态", max_length=10, choices=Status.choices)
    # What was frozen, as text: the hash is of these very characters.
    frozen_list = models.TextField("冻结名单")
    list_hash = models.CharField("名单哈希", max_length=64)
    frozen_at = models.DateTimeField("冻结时间", default=timezone.now)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    seed_source = models.CharField("种子来源", max_length=10, choices=SeedSource.choices)
    seed_source_detail = models.CharField("来源说明", max_length=200)
    seed = models.CharField("种子", max_length=200, blank=True)
    algorithm = models.CharField("算法", max_length=20)
    result = models.JSONField("结果", null=True, blank=True)
    code = models.CharField("核验短码", max_length=12, unique=True)
    drawn_at = models.DateTimeField("抽取时间", null=True, blank=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    void_reason = models.TextField("作废理由", blank=True)

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "抽取"
        ordering = ["plan", "stage", "run"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "stage", "run"], name="draw_run_once"),
            models.UniqueConstraint(
                fields=["plan", "stage"],
                condition=~Q(status="void") & Q(county=None),
                name="draw_one_standing",
                violation_error_message="这个环节已有有效的抽取。",
            ),
            models.UniqueConstraint(
                fields=["county"],
                condition=~Q(status="void") & Q(county__isnull=False),
                name="draw_one_supplement",
                violation_error_message="这个县（市、区）已有有效的补充抽取。",
            ),
            models.CheckConstraint(
                condition=Q(county=None) | Q(stage="enterprises"),
                name="draw_supplement_of_enterprises",
            ),
            models.CheckConstraint(
                condition=Q(status="frozen", drawn_at=None)
                | Q(status="void", void_reason__gt="", voided_by__isnull=False)
                | Q(status="drawn", drawn_at__isnull=False, drawn_by__isnull=False, seed__gt=""),
                name="draw_status_has_stamps",
            ),
        ]

    def __str__(self):
        return f"{self.plan} {self.get_stage_display()}第{self.run}次"

    @property
    def title(self) -> str:
        """2017年“查保促”工作第二次督导 · 县（市、区）抽取."""
        return f"{self.plan.title} · {self.label}"

    @property
    def label(self) -> str:
        """县（市、区）抽取, 企业抽取, or 某县企业补充抽取."""
        if self.county_id:
            return f"{self.county}企业补充抽取"
        return f"{self.get_stage_display().removeprefix('抽')}抽取"


class SeedEntry(AppendOnlyModel):
    """The digits as one person typed them; two equal entries by two people make the seed."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="seed_entries")
    digits = models.CharField("数字", max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("录入时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "种子录入"
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.by} {self.at:%H:%M:%S}"


class PickQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        yield Clause(scope.permissions & ISSUER, Q(draw__plan__issuer=scope.organization_id))

    def standing(self):
        """The picks that are to be visited: drawn, or drawn as a replacement, in a valid draw."""
        return self.filter(
            draw__status=Draw.Status.DRAWN,
            status__in=[Pick.Status.DRAWN, Pick.Status.SUBSTITUTE],
        )


class Pick(models.Model):
    """One candidate's place in the ranking of its group, and what became of it."""

    class Status(models.TextChoices):
        DRAWN = "drawn", "抽中"
        RESERVE = "reserve", "候补"
        REPLACED = "replaced", "已替换"
        SUBSTITUTE = "substitute", "替换抽中"
        ENDED = "ended", "随县终止"  # its county was replaced

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="picks")
    group = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="picks"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="picks"
    )
    rank = models.PositiveSmallIntegerField("位次")
    status = models.CharField("状态", max_length=10, choices=Status.choices)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    reason = models.TextField("替换理由", blank=True)

    objects = PickQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "抽取结果"
        ordering = ["draw", "group__path", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "group", "rank"], name="pick_rank_once"),
            models.CheckConstraint(
                condition=Q(region__isnull=False, organization=None)
                | Q(region=None, organization__isnull=False),
                name="pick_is_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["replaced", "ended"]) | ~Q(reason=""),
                name="pick_gone_with_reason",
                violation_error_message="替换须写明理由。",
            ),
        ]

    def __str__(self):
        return str(self.region or self.organization)
