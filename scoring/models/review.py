"""Signatures under a draft, and the reviewer's comments on it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from attachments.models import Attachment
from rubrics.models import Criterion
from scoring.models.sheet import Scoresheet, SheetPartQuerySet


class Signer(models.TextChoices):
    """As what somebody signs: two of the team, or one for the unit that checked itself."""

    LEADER = "leader", "组长"
    RECORDER = "recorder", "记录人"
    UNIT = "unit", "单位负责人"


class Signature(models.Model):
    """An internal sign-off of sheet and record together, by content hash; a change voids it."""

    class Method(models.TextChoices):
        DRAWN = "drawn", "屏幕手写并核验密码"
        PASSWORD = "password", "核验密码，纸面补签"
        SCAN = "scan", "上传纸质签字页"

    sheet = models.ForeignKey(Scoresheet, on_delete=models.CASCADE, related_name="signatures")
    role = models.CharField("身份", max_length=10, choices=Signer.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    method = models.CharField("方式", max_length=10, choices=Method.choices)
    strokes = models.JSONField("笔迹", default=list, blank=True)
    image = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    content_hash = models.CharField("所签内容哈希", max_length=64)
    signed_at = models.DateTimeField("签字时间", default=timezone.now)
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_reason = models.CharField("作废原因", max_length=100, blank=True)

    objects = SheetPartQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "签字"
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "role"], condition=Q(voided_at=None), name="signature_one_standing"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["leader", "recorder", "unit"]),
                name="signature_by_who_answers",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} {self.user}"


class Comment(models.Model):
    """A reviewer's remark on one point, one text, or the whole draft."""

    sheet = models.ForeignKey(Scoresheet, on_delete=models.CASCADE, related_name="comments")
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField("意见")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", default=timezone.now)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField("了结时间", null=True, blank=True)

    objects = SheetPartQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审核意见"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolved_pair",
            )
        ]

    def __str__(self):
        return self.text[:40]
