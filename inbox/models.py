"""What people are told: one notice for one person, once."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from orgs.scope import Clause, Scope, ScopedQuerySet

OWN = frozenset({"notice.read"})


class NoticeQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        yield Clause(OWN, Q(person=scope.user_id))

    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """Something this person has to do or asked to know; ``key`` makes it once, whoever tells it.

    ``about`` names what it is about, so that what was done meanwhile stops waiting. By mail it
    goes out once at most: it is taken before it is sent (inbox.mail).
    """

    class Kind(models.TextChoices):
        TODO = "todo", "待办"
        LATE = "late", "期限"
        NEWS = "news", "进展"

    class Mail(models.TextChoices):
        NONE = "none", "不发"
        WAITING = "waiting", "待发"
        SENDING = "sending", "发送中"
        SENT = "sent", "已发"
        FAILED = "failed", "没有发出"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField("类别", max_length=8, choices=Kind.choices)
    about = models.CharField("关于", max_length=40)
    key = models.CharField("唯一键", max_length=80)
    text = models.CharField("内容", max_length=200)
    link = models.CharField("页面", max_length=200)
    made_at = models.DateTimeField("时间", default=timezone.now)
    read_at = models.DateTimeField("已读", null=True, blank=True)
    mail = models.CharField("邮件", max_length=8, choices=Mail.choices, default=Mail.NONE)
    mail_tries = models.PositiveSmallIntegerField("发送次数", default=0)
    mail_at = models.DateTimeField("邮件时间", null=True, blank=True)  # next try, or sent

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["person", "id"], name="notice_person"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["about"], condition=Q(read_at=None), name="notice_about"),
            models.Index(fields=["mail_at"], condition=Q(mail="waiting"), name="notice_mail"),
        ]

    def __str__(self):
        return self.text


def unread() -> Subquery:
    """How many notices an account has not read; read together with the account."""
    waiting = Notice.objects.filter(person=OuterRef("pk"), read_at=None).order_by()
    return Subquery(waiting.values("person").annotate(n=Count("pk")).values("n"))
