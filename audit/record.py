"""Write an event in the transaction of the change it tells of."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from audit.canonical import canonical_json
from audit.models import AuditEvent, Stream


def record(
    action: str,
    target: models.Model,
    *,
    by: Any,
    stream: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> AuditEvent:
    """Append one event to ``stream``; must run inside the transaction of the change.

    ``by`` is the acting user, or None for a job of the system. ``stream`` names the chain, such
    as ``visit-12``. Raises TransactionManagementError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an audit event belongs to its change")
    chain, _ = Stream.objects.select_for_update().get_or_create(name=stream)
    event = AuditEvent(
        stream=chain,
        seq=chain.length + 1,
        at=timezone.now(),
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "系统",
        action=action,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target)[:200],
        before=_plain(before),
        after=_plain(after),
        reason=reason,
        prev_hash=chain.head,
    )
    event.hash = event.digest()
    event.save(force_insert=True)
    chain.length, chain.head = event.seq, event.hash
    chain.save(update_fields=["length", "head"])
    return event


def _plain(data: Mapping[str, Any] | None) -> dict[str, Any]:
    """The data as JSON gives it back, so that the stored row hashes as the written one did."""
    return json.loads(canonical_json(dict(data or {})))
