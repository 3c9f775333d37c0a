"""督导检查报告: about a round, drafted from its data, written on by people, issued once."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from orgs.models import Organization, Region
from orgs.roles import Permission, Role
from orgs.scope import Clause, Scope, ScopedQuerySet
from plans.models import Plan, Visit
from plans.models.plan import unions_below

P = Permission
WRITERS = frozenset({P.PLAN_MANAGE, P.VISIT_REVIEW, P.RESULT_VIEW})
READ = frozenset({P.RESULT_VIEW})
# 公文要素 beside the text; empty, they are left out of the paper (GB/T 9704-2012 7.2 to 7.4).
ELEMENTS = ("reference", "signer", "addressee", "copies")
HEAD = ("title", *ELEMENTS)
LONGEST = 2000  # characters of a sentence: as many as a problem of a record may have
READERS = {Role.PROVINCE_STAFF, Role.UNION_STAFF, Role.UNION_ADMIN}


class BriefQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """Who issued the round writes it; issued, it is read by the 总工会 it is about.

        And by those above the issuer. What a 产业工会 reports of its round stays its own.
        """
        yield Clause(scope.permissions & WRITERS, Q(plan__issuer=scope.organization_id))
        if scope.role in READERS and scope.is_territorial:
            issued = Q(status=Brief.Status.ISSUED)
            kind = Organization.Kind.UNION
            here = Q(issued, place=scope.path, plan__issuer__kind=kind)
            yield Clause(scope.permissions & READ, here)
            below = Q(issued, plan__issuer__in=unions_below(scope))
            yield Clause(scope.permissions & READ, below)


class Brief(models.Model):
    """One report of one round about one place; a later edition is a row of its own.

    While it is a draft its row is held by whoever changes anything of it, so that nothing is
    written once it is issued. Never deleted: it is cancelled with a reason.
    """

    class Kind(models.TextChoices):
        INSPECTION = "inspection", "督导检查报告"
        ACTION = "action", "督导帮扶行动报告"

    class Status(models.TextChoices):
        DRAFT = "draft", "起草中"
        ISSUED = "issued", "已印发"
        CANCELLED = "cancelled", "已作废"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="briefs")
    kind = models.CharField("种类", max_length=10, choices=Kind.choices)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="briefs", verbose_name="范围"
    )
    # The region's path, which never changes: who may read is asked of it.
    place = models.CharField("区划路径", max_length=12, editable=False)
    edition = models.PositiveSmallIntegerField("第几版", default=1)
    title = models.CharField("标题", max_length=120)
    reference = models.CharField("发文字号", max_length=40, blank=True)
    signer = models.CharField("签发人", max_length=40, blank=True)
    addressee = models.CharField("主送机关", max_length=200, blank=True)
    copies = models.CharField("抄送", max_length=300, blank=True)
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.DRAFT)
    content_hash = models.CharField("内容哈希", max_length=64, blank=True)
    reason = models.TextField("作废理由", max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="起草人"
    )
    created_at = models.DateTimeField("起草时间", default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField("作废时间", null=True, blank=True)

    objects = BriefQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督导检查报告"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["place", "status", "id"], name="brief_of_a_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind", "region", "edition"], name="brief_edition_once"
            ),
            models.UniqueConstraint(
                fields=["plan", "kind", "region"],
                condition=Q(status="draft"),
                name="brief_one_draft",
                violation_error_message="这一份报告正在起草。",
            ),
            models.CheckConstraint(
                condition=Q(status="draft")
                | Q(status="cancelled")
                | Q(issued_at__isnull=False, issued_by__isnull=False) & ~Q(content_hash=""),
                name="brief_issued_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(reason=""),
                name="brief_cancelled_with_a_reason",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def stream(self) -> str:
        """The audit chain of this report."""
        return f"brief-{self.pk}"


class Chapter(models.Model):
    """One chapter: what was drafted from the data, and what it says now.

    ``version`` grows with every save; a save that started from another one is refused.
    """

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="chapters")
    slug = models.CharField("来源", max_length=20, blank=True)  # of briefs.drafting; "" by hand
    order = models.PositiveSmallIntegerField("次序")
    heading = models.CharField("标题", max_length=60, blank=True)
    is_numbered = models.BooleanField("编号", default=True)
    text = models.TextField("正文", max_length=20000, blank=True)
    drafted = models.TextField("拟稿", blank=True)  # the text as it was drafted last
    figures = models.JSONField("所用的数", default=list)  # as they stood when last looked at
    version = models.PositiveIntegerField("版本", default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="修改人"
    )
    at = models.DateTimeField("修改时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "报告章节"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.heading or "引言"

    @property
    def is_rewritten(self) -> bool:
        """Whether somebody wrote on what was drafted."""
        return self.text != self.drafted


class Excerpt(models.Model):
    """One sentence of one record, gathered for a part of a report and sorted by hand."""

    class Part(models.TextChoices):
        HIGHLIGHTS = "highlights", "亮点"
        PROBLEMS = "problems", "问题"
        SUGGESTIONS = "suggestions", "建议"

    class State(models.TextChoices):
        OPEN = "open", "未定"
        TAKEN = "taken", "采用"
        LEFT = "left", "不采用"
        MERGED = "merged", "并入"

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="excerpts")
    part = models.CharField("归到", max_length=12, choices=Part.choices)
    origin = models.CharField("出处", max_length=60)  # which record's which sentence
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    said = models.TextField("原文")
    text = models.TextField("文字", max_length=LONGEST)
    group = models.PositiveIntegerField("相近的一组", default=0)
    state = models.CharField("取舍", max_length=10, choices=State.choices, default=State.OPEN)
    into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    order = models.PositiveIntegerField("次序", default=0)
    is_gone = models.BooleanField("原记录已更正", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "摘录"
        ordering = ["group", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["brief", "part", "origin"], name="excerpt_once"),
            models.CheckConstraint(
                condition=Q(state="merged", into__isnull=False)
                | ~Q(state="merged") & Q(into__isnull=True),
                name="excerpt_merged_into_one",
            ),
        ]

    def __str__(self):
        return self.text[:40]
