"""The scoresheet of a visit, filled by three people at once."""

from collections.abc import Iterator

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from audit.models import AppendOnlyModel
from orgs.scope import Clause, Scope, ScopedQuerySet, through
from plans.models import Visit
from plans.models.visit import WORKING
from rubrics.models import POINTS, Criterion, Version


class PapersQuerySet(ScopedQuerySet):
    """Rows of a draft are seen by those who fill or review the visit.

    The inspected unit and its region, once the result is released, see the visit, its result
    and its issued papers; marks, comments and drafts stay among those who work on them.
    """

    path_to_visit = "visit"

    def clauses(self, scope: Scope) -> Iterator[Clause]:
        for clause in Visit.objects.all().clauses(scope):
            if clause.grants & WORKING:
                yield Clause(clause.grants, through(self.path_to_visit, clause.rows))


class SheetPartQuerySet(PapersQuerySet):
    path_to_visit = "sheet__visit"


class Scoresheet(models.Model):
    """One draft (稿) of a visit's papers: 评分表 and 记录表 together."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="sheets")
    revision = models.PositiveSmallIntegerField("第几稿", default=1)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="sheets")
    reason = models.TextField("更正理由", blank=True)
    edits = models.PositiveIntegerField("改动数", default=0)  # grows with every accepted save
    total = models.DecimalField("总得分", **POINTS, default=0)
    frozen = models.JSONField("冻结内容", null=True, blank=True, encoder=DjangoJSONEncoder)
    content_hash = models.CharField("内容哈希", max_length=64, blank=True)
    frozen_at = models.DateTimeField("冻结时间", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", default=timezone.now)

    objects = PapersQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评分表（填报）"
        ordering = ["visit", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "revision"], name="sheet_revision_once"),
            models.CheckConstraint(
                condition=Q(revision=1) | ~Q(reason=""),
                name="sheet_correction_with_reason",
                violation_error_message="更正须写明理由。",
            ),
            models.CheckConstraint(
                condition=Q(frozen_at=None, content_hash="")
                | Q(frozen_at__isnull=False) & ~Q(content_hash=""),
                name="sheet_frozen_is_hashed",
            ),
        ]

    def __str__(self):
        return f"{self.visit} 第{self.revision}稿"


class Answer(models.Model):
    """The sheet's answer to one scoring point, as it follows from its members' marks."""

    class State(models.TextChoices):
        OPEN = "open", "未填"
        AGREED = "agreed", "已填"
        DISPUTED = "disputed", "待组长裁定"

    sheet = models.ForeignKey(
        Scoresheet, on_delete=models.CASCADE, related_name="answers", db_index=False
    )  # answer_once begins with it
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="answers")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField("版本", default=0)
    inputs = models.JSONField("填报", default=dict)
    not_applicable = models.BooleanField("不适用", default=False)
    points = models.DecimalField("得分", **POINTS, null=True, blank=True)
    reason = models.TextField("理由", blank=True)
    note = models.TextField("备注", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("时间", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SheetPartQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "得分"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="answer_once"),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=0), name="answer_points_not_negative"
            ),
        ]

    def __str__(self):
        return f"得分点 {self.criterion}"


class Mark(models.Model):
    """What one member gave one point; it is kept beside the others' (域8：三人打分，一个结果)."""

    sheet = models.ForeignKey(
        Scoresheet, on_delete=models.CASCADE, related_name="marks", db_index=False
    )  # mark_once_a_member begins with it
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="marks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    inputs = models.JSONField("填报", default=dict)
    not_applicable = models.BooleanField("不适用", default=False)
    points = models.DecimalField("得分", **POINTS, null=True, blank=True)
    reason = models.TextField("理由", blank=True)
    note = models.TextField("备注", blank=True)
    at = models.DateTimeField("时间", default=timezone.now)

    objects = SheetPartQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "组员打分"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion", "user"], name="mark_once_a_member"
            )
        ]

    def __str__(self):
        return f"{self.user} {self.criterion}：{self.points}"


class Save(AppendOnlyModel):
    """One save as it reached us, accepted or refused, with the reply it got.

    The page mints the id; the same id again gets the same reply and has no second effect.
    """

    id = models.UUIDField("编号", primary_key=True)
    # save_history begins with the sheet; whose a save is, is asked once the save is found.
    sheet = models.ForeignKey(
        Scoresheet, on_delete=models.CASCADE, related_name="saves", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    slot = models.CharField("位置", max_length=40)  # point:7-2 or text:highlights
    base_version = models.PositiveIntegerField("所据版本")
    body = models.JSONField("内容", encoder=DjangoJSONEncoder)
    status = models.PositiveSmallIntegerField("结果")  # 200 accepted, 409 stale
    reply = models.JSONField("答复", encoder=DjangoJSONEncoder)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "保存记录"
        ordering = ["at"]
        indexes = [models.Index(fields=["sheet", "slot", "at"], name="save_history")]

    def __str__(self):
        return f"{self.slot} {self.status}"


class Presence(models.Model):
    """Where a member's cursor is right now; of interest for seconds, never a record."""

    sheet = models.ForeignKey(Scoresheet, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    slot = models.CharField("位置", max_length=40)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "正在填写"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "user"], name="presence_once_a_member")
        ]

    def __str__(self):
        return f"{self.user_id} {self.slot}"
