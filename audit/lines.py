"""Rows of 变更记录, in the words the page prints."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.timezone import localtime

from audit.labels import ACTIONS, FIELDS
from audit.models import AuditEvent
from chabaocu.prepared import Rows

COLUMNS = ("pk", "at", "actor_name", "action", "target_type", "target_id", "target_label")
COLUMNS += ("before", "after", "reason", "stream__name", "seq")
EVENTS = Rows(AuditEvent.objects.all, *COLUMNS)


class Change(NamedTuple):
    """One value, before and after."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event of the list."""

    at: str
    actor_name: str
    action: str
    label: str
    target_type: str
    target_id: str
    target_label: str
    changes: list[Change]
    reason: str
    stream: str
    seq: int


def event_lines(pks: list[int]) -> dict[int, EventLine]:
    """The lines of these events."""
    return {
        pk: EventLine(
            f"{localtime(at):%Y-%m-%d %H:%M:%S}",
            actor,
            action,
            ACTIONS.get(action, action),
            *target,
            changes(before, after),
            reason,
            stream,
            seq,
        )
        for pk, at, actor, action, *target, before, after, reason, stream, seq in EVENTS.of(pks)
    }


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """Each value that is told, before and after."""
    names = dict.fromkeys([*before, *after])
    return [Change(FIELDS.get(n, n), before.get(n), after.get(n, "—")) for n in names]
