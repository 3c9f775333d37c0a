"""Append-only, hash-chained events: who did what to which object.

Events form one chain per *stream* (a plan, a visit, the units of the site), so that people who
work on different visits do not queue behind each other. A changed, removed or re-ordered event
breaks its stream's chain; a cut tail disagrees with the stream's stored head.
"""

import hmac
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from audit.canonical import canonical_json
from audit.labels import ACTIONS

GENESIS = "0" * 64
AUDIT_VIEW = "audit.view"  # the value of orgs.roles.Permission.AUDIT_VIEW


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or delete what is append-only."""


class AppendOnlyQuerySet(models.QuerySet):
    """A queryset that can add and read, nothing else."""

    def update(self, **changes):
        raise AppendOnlyError(self.model.__name__)

    def delete(self):
        raise AppendOnlyError(self.model.__name__)

    def bulk_update(self, objs, fields, batch_size=None):
        raise AppendOnlyError(self.model.__name__)


class AppendOnlyModel(models.Model):
    """A row that is written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnlyError(type(self).__name__)


class Stream(models.Model):
    """The head of one chain of events; its row is the lock that keeps the sequence gapless."""

    name = models.CharField("链", max_length=80, unique=True)
    length = models.PositiveIntegerField("事件数", default=0)
    head = models.CharField("链头", max_length=64, default=GENESIS)

    class Meta:
        verbose_name = verbose_name_plural = "记录链"

    def __str__(self):
        return self.name


class AuditEventQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        """For those who audit: what the people of their subtree did; at the top, all there is.

        What no person did (jobs, set-up) is told at the top alone. The account knows its subtree,
        since audit stands below orgs.
        """
        if not user.may(AUDIT_VIEW):
            return self.none()
        return self.all() if user.is_at_the_top else self.filter(actor_id__in=user.people_below)


class AuditEvent(AppendOnlyModel):
    """One change by one person (or by a named job), with what it was before and after."""

    stream = models.ForeignKey(
        Stream, on_delete=models.PROTECT, related_name="events", db_index=False
    )  # audit_event_seq_once begins with it
    seq = models.PositiveIntegerField("序号")
    at = models.DateTimeField("时间", default=timezone.now, db_index=True)
    # Plain columns: the event outlives the account, and audit stands below orgs.
    actor_id = models.BigIntegerField("操作人编号", null=True, db_index=True)
    actor_name = models.CharField("操作人", max_length=80)
    action = models.CharField("操作", max_length=60, db_index=True)
    target_type = models.CharField("对象类型", max_length=60)
    target_id = models.CharField("对象编号", max_length=40)
    target_label = models.CharField("对象", max_length=200)
    before = models.JSONField("变更前", default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField("变更后", default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField("理由", blank=True)
    prev_hash = models.CharField("前一哈希", max_length=64)
    hash = models.CharField("哈希", max_length=64)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "变更记录"
        ordering = ["stream_id", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="audit_event_seq_once")
        ]
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_event_target")]

    def __str__(self):
        return f"{self.stream_id}#{self.seq} {self.action}"

    @property
    def action_label(self) -> str:
        """The action in words."""
        return ACTIONS.get(self.action, self.action)

    def digest(self) -> str:
        """The hash this row must carry, from its content and its predecessor."""
        return digest(**{name: getattr(self, name) for name in HASHED})


HASHED = ("seq", "at", "actor_id", "actor_name", "action", "target_type", "target_id")
HASHED += ("target_label", "before", "after", "reason", "prev_hash")


def digest(**event: Any) -> str:
    """The hash of an event, given by its columns ``HASHED``."""
    body = {
        "seq": event["seq"],
        "at": event["at"].isoformat(timespec="microseconds"),
        "actor": [event["actor_id"], event["actor_name"]],
        "action": event["action"],
        "target": [event["target_type"], event["target_id"], event["target_label"]],
        "before": event["before"],
        "after": event["after"],
        "reason": event["reason"],
        "prev": event["prev_hash"],
    }
    return hmac.digest(_key(), canonical_json(body).encode(), "sha256").hex()


def _key() -> bytes:
    return f"audit:{settings.SECRET_KEY}".encode()
