"""Write an event in the transaction of the change it tells of."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import models, transaction
from django.utils import timezone

from audit.canonical import canonical_json
from audit.models import AuditEvent, Stream, digest
from chabaocu.prepared import Insert, Select, Slot, Update

# Every change of the system ends with these three; see docs/adr/0005.
HELD = Select(
    lambda: (
        Stream.objects.select_for_update()
        .filter(name=Slot("name"))
        .values_list("pk", "length", "head")
    )
)
APPEND = Insert(lambda: AuditEvent)
GROW = Update(lambda: Stream.objects.filter(pk=Slot("pk")), "length", "head")


class Subject(NamedTuple):
    """What an event is about, where no object was read: the model's label, the key, its name."""

    type: str
    id: object
    label: str


def record(
    action: str,
    target: models.Model | Subject,
    *,
    by: Any,
    stream: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Append one event to ``stream``; must run inside the transaction of the change.

    ``by`` is the acting user, or None for a job of the system. ``stream`` names the chain, such
    as ``visit-12``. Raises TransactionManagementError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an audit event belongs to its change")
    if not isinstance(target, Subject):
        target = Subject(target._meta.label_lower, target.pk, str(target))
    chain, length, head = HELD.first(name=stream) or _begun(stream)
    event = {
        "seq": length + 1,
        "at": timezone.now(),
        "actor_id": by.pk if by else None,
        "actor_name": str(by) if by else "系统",
        "action": action,
        "target_type": target.type,
        "target_id": str(target.id),
        "target_label": target.label[:200],
        "before": _plain(before),
        "after": _plain(after),
        "reason": reason,
        "prev_hash": head,
    }
    hash = digest(**event)
    APPEND.run(stream=chain, hash=hash, **event)
    GROW.run(pk=chain, length=event["seq"], head=hash)


def _begun(stream: str) -> tuple[int, int, str]:
    """The chain held, made if it is new, by whoever comes first."""
    Stream.objects.get_or_create(name=stream)
    return HELD.first(name=stream)


def _plain(data: Mapping[str, Any] | None) -> dict[str, Any]:
    """The data as JSON gives it back, so that the stored row hashes as the written one did."""
    return json.loads(canonical_json(dict(data))) if data else {}
