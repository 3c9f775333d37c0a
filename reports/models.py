"""Issued documents, and the background jobs that make books of them."""

from collections.abc import Iterator

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from audit.models import AppendOnlyModel
from briefs.models import Brief
from feedback.models import Letter
from hazards.models import Hazard, HazardEvent
from orgs.scope import Clause, Scope, ScopedQuerySet
from scoring.models import Scoresheet


class IssuedDocument(AppendOnlyModel):
    """A paper as it was issued: its frozen context, its code, its bytes by hash.

    It stays reproducible after the data changed; whoever holds the paper can check its code.
    """

    class Kind(models.TextChoices):
        SCORESHEET = "scoresheet", "评分表"
        RECORD = "record", "督导工作记录表"

    code = models.CharField("核验码", max_length=16, unique=True)
    kind = models.CharField("文书", max_length=12, choices=Kind.choices)
    sheet = models.ForeignKey(Scoresheet, on_delete=models.PROTECT, related_name="documents")
    context = models.JSONField("冻结内容", encoder=DjangoJSONEncoder)
    content_hash = models.CharField("内容哈希", max_length=64)
    issued_at = models.DateTimeField("签发时间", default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "kind"], name="document_once_a_draft")
        ]

    def __str__(self):
        return self.code

    @property
    def is_latest(self) -> bool:
        """Whether the visit's papers still stand as this draft."""
        visit = self.sheet.visit
        return visit.revision == self.sheet.revision and visit.content_hash != ""


class Rendering(AppendOnlyModel):
    """The bytes of an issued paper as PDF: made once, kept by hash, served as they are."""

    document = models.OneToOneField(
        IssuedDocument, on_delete=models.PROTECT, related_name="rendering"
    )
    sha256 = models.CharField("文件哈希", max_length=64)
    size = models.PositiveIntegerField("字节数")
    made_at = models.DateTimeField("生成时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "文书文件"

    def __str__(self):
        return f"{self.document} {self.sha256[:12]}"


class JobQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        yield Clause(frozenset({"job.view"}), Q(owner=scope.user_id))


class Job(models.Model):
    """Slow work with progress: taken up again after a crash, its effect happens once."""

    class Status(models.TextChoices):
        WAITING = "waiting", "排队中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "未完成"
        CANCELLED = "cancelled", "已取消"

    kind = models.CharField("任务", max_length=30)
    key = models.CharField("唯一键", max_length=120, unique=True)
    title = models.CharField("名称", max_length=160)
    arguments = models.JSONField("参数", default=dict)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.WAITING)
    done = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    message = models.CharField("说明", max_length=300, blank=True)
    file_name = models.CharField("文件名", max_length=160, blank=True)
    created_at = models.DateTimeField("建立时间", default=timezone.now)
    heartbeat_at = models.DateTimeField("心跳", null=True, blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        ordering = ["-created_at"]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status in {self.Status.WAITING, self.Status.RUNNING}


class Asked(models.Model):
    """How often one asker, or one code, was asked for in one stretch of time (reports.throttle)."""

    key = models.CharField("键", max_length=64, primary_key=True)
    stretch = models.PositiveIntegerField("时段", db_index=True)
    times = models.PositiveSmallIntegerField("次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "核验次数"

    def __str__(self):
        return f"{self.stretch} × {self.times}"


class FrozenPaper(AppendOnlyModel):
    """A paper as it was issued: its frozen context under a code (reports.freezing)."""

    code = models.CharField("核验码", max_length=16, unique=True)
    context = models.JSONField("冻结内容", encoder=DjangoJSONEncoder)
    content_hash = models.CharField("内容哈希", max_length=64)
    issued_at = models.DateTimeField("签发时间", default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self):
        return self.code


class HazardPaper(FrozenPaper):
    """A letter or file about a hazard, issued with the move that calls for it.

    Like a document of a sheet it is frozen under a code, and stays as it was when the hazard
    moves on.
    """

    class Kind(models.TextChoices):
        NOTICE = "notice", "安全隐患整改通知书"
        STOP = "stop", "停止作业建议书"
        LISTING = "listing", "挂牌督办通知书"
        ACCEPTANCE = "acceptance", "安全隐患整改验收单"
        DELISTING = "delisting", "销号通知"
        FILE = "file", "安全隐患档案"

    kind = models.CharField("文书", max_length=12, choices=Kind.choices)
    hazard = models.ForeignKey(Hazard, on_delete=models.PROTECT, related_name="papers")
    event = models.ForeignKey(HazardEvent, on_delete=models.PROTECT, related_name="papers")

    class Meta:
        verbose_name = verbose_name_plural = "隐患文书"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "kind"], name="hazard_paper_once_a_move")
        ]


class BriefPaper(FrozenPaper):
    """A 督导检查报告 as it was issued, frozen under a code; each edition has its own."""

    brief = models.OneToOneField(Brief, on_delete=models.PROTECT, related_name="paper")

    class Meta:
        verbose_name = verbose_name_plural = "印发的报告"
        ordering = ["-pk"]


class LetterPaper(FrozenPaper):
    """督导意见 or the answer to it, issued with the move that sends it."""

    class Kind(models.TextChoices):
        LETTER = "letter", "督导意见"
        ANSWER = "answer", "整改情况的答复"

    kind = models.CharField("文书", max_length=10, choices=Kind.choices)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="papers")
    step = models.PositiveIntegerField("第几步")

    class Meta:
        verbose_name = verbose_name_plural = "督导意见文书"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "kind", "step"], name="letter_paper_once_a_move"
            )
        ]


class LayoutCheck(models.Model):
    """What the last 版面检查 of a report measured (reports.layout_check)."""

    brief = models.OneToOneField(Brief, on_delete=models.CASCADE, related_name="layout")
    state = models.CharField("内容哈希", max_length=64)  # of the words it was made of
    figures = models.JSONField("量得的数", default=list)
    at = models.DateTimeField("检查时间", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "版面检查"

    def __str__(self):
        return str(self.brief)
