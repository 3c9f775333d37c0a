"""An Excel list of hazards as it was read."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import Q

from orgs.models import Organization
from orgs.roles import Permission
from orgs.scope import Clause, Scope, ScopedQuerySet

HANDLE = frozenset({Permission.HAZARD_HANDLE})


class HazardListQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """A list somebody uploaded is theirs alone."""
        own = Q(uploaded_by=scope.user_id, unit=scope.organization_id)
        yield Clause(scope.permissions & HANDLE, own)


class HazardList(models.Model):
    """A list between its check and its writing; one file is written once for one unit."""

    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField("文件名", max_length=200)
    sheet = models.CharField("工作表", max_length=60)
    digest = models.CharField("内容哈希", max_length=64)
    rows = models.JSONField("读到的行")  # {"header": [...], "rows": [[5, [...]], ...]}
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    written_at = models.DateTimeField("写入时间", null=True, blank=True)
    written = models.PositiveIntegerField("写入行数", default=0)

    objects = HazardListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "隐患导入"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "digest"],
                condition=Q(written_at__isnull=False),
                name="hazard_list_written_once",
            )
        ]

    def __str__(self):
        return self.filename
