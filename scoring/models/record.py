"""督导工作记录表: its texts (see rubrics.record_forms), and the problems as separate entries."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from rubrics.models import Criterion
from scoring.models.sheet import Scoresheet, SheetPartQuerySet


class RecordText(models.Model):
    """One text of the record, saved on its own like a scoring point."""

    class Field(models.TextChoices):
        HIGHLIGHTS = "highlights", "工作亮点"
        PROBLEMS = "problems", "存在的问题"
        SUGGESTIONS = "suggestions", "意见建议"
        CITIES = "cities", "对各市医务工会活动督导情况"
        UNITS = "units", "进单位开展活动情况"
        MEASURES = "measures", "整改措施和时限"

    sheet = models.ForeignKey(Scoresheet, on_delete=models.CASCADE, related_name="texts")
    field = models.CharField("栏目", max_length=12, choices=Field.choices)
    text = models.TextField("内容", blank=True)
    version = models.PositiveIntegerField("版本", default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("时间", null=True, blank=True)

    objects = SheetPartQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "记录表内容"
        constraints = [models.UniqueConstraint(fields=["sheet", "field"], name="record_text_once")]

    def __str__(self):
        return self.get_field_display()


class Finding(models.Model):
    """存在问题清单 entry: a problem found, and the 督导意见 given with it."""

    sheet = models.ForeignKey(Scoresheet, on_delete=models.CASCADE, related_name="findings")
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    order = models.PositiveSmallIntegerField("序号")
    text = models.TextField("问题")
    advice = models.TextField("督导意见", blank=True)
    # 问题台账 (源5 四（二）：明确整改责任、措施、时限), kept after the papers are handed in
    responsible = models.CharField("整改责任", max_length=100, blank=True)
    measures = models.TextField("整改措施", blank=True)
    due_on = models.DateField("整改时限", null=True, blank=True)
    fixed_on = models.DateField("整改完成", null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField("时间", default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    objects = SheetPartQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "存在问题"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="finding_withdrawn_pair",
            )
        ]

    def __str__(self):
        return self.text[:40]
