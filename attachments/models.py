"""Photos and files: kept by content, checked on the way in, served by one view only."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from attachments.holders import holder_clauses
from orgs.scope import Clause, Scope, ScopedQuerySet


class AttachmentQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """Seen by whoever sees the thing that holds it; holders register themselves."""
        yield from holder_clauses(scope)

    def live(self):
        return self.filter(removed_at=None)


class Attachment(models.Model):
    """One file as one holder (a visit, a plan) keeps it; equal content is stored once."""

    class Kind(models.TextChoices):
        PHOTO = "photo", "照片"
        DOCUMENT = "document", "文件"

    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    sha256 = models.CharField("内容哈希", max_length=64, db_index=True)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("字节数")
    width = models.PositiveIntegerField("宽", null=True, blank=True)
    height = models.PositiveIntegerField("高", null=True, blank=True)
    name = models.CharField("文件名", max_length=200)
    holder_type = models.CharField("所属类别", max_length=40)
    holder_id = models.PositiveBigIntegerField("所属编号")
    slot = models.CharField("位置", max_length=40, blank=True)  # a criterion's code, a signature
    upload_id = models.UUIDField(
        "上传编号", unique=True
    )  # minted by the page: once, whatever happens
    # null: by somebody without an account, with a report by code
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField("上传时间", default=timezone.now)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField("移除时间", null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "佐证"
        ordering = ["uploaded_at", "pk"]
        indexes = [models.Index(fields=["holder_type", "holder_id"], name="attachment_holder")]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="attachment_removed_pair",
            )
        ]

    def __str__(self):
        return self.name
