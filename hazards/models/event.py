"""What happened to a hazard, step by step: added to, never changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from audit.models import AppendOnlyModel
from hazards.models.hazard import Hazard


class HazardEvent(AppendOnlyModel):
    """One move of a hazard: who, when, from where to where, and what was said with it."""

    hazard = models.ForeignKey(Hazard, on_delete=models.PROTECT, related_name="events")
    move = models.CharField("操作", max_length=20)
    source = models.CharField("原状态", max_length=10, blank=True)
    target = models.CharField("新状态", max_length=10, choices=Hazard.Status.choices)
    attempt = models.PositiveSmallIntegerField("第几次验收", default=0)
    # null: the system, or a report without an account
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("时间", default=timezone.now)
    note = models.TextField("说明", blank=True)
    said = models.JSONField("所填", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "隐患经过"
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.move} {self.at:%m-%d %H:%M}"


class Urging(AppendOnlyModel):
    """催办: somebody who watches over a hazard asked for its next step; once a day for each."""

    hazard = models.ForeignKey(Hazard, on_delete=models.PROTECT, related_name="urgings")
    day = models.DateField("日期", default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", default=timezone.now)
    told = models.CharField("催了谁", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "催办"
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["hazard", "day"], name="urged_once_a_day")]

    def __str__(self):
        return f"{self.hazard_id} {self.day}"


class Escalation(AppendOnlyModel):
    """One step of a missed deadline upward; each step once for one deadline."""

    class Step(models.TextChoices):
        REMINDER = "reminder", "到期提醒"
        RESPONSIBLE = "responsible", "责任人"
        UNIT = "unit", "单位"
        COUNTY = "county", "县级工会"
        CITY = "city", "市级工会"

    hazard = models.ForeignKey(Hazard, on_delete=models.PROTECT, related_name="escalations")
    due_on = models.DateField("期限")
    step = models.CharField("报到", max_length=12, choices=Step.choices)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "逾期上报"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hazard", "due_on", "step"], name="escalated_once")
        ]

    def __str__(self):
        return f"{self.get_step_display()} {self.due_on}"
