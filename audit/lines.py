"""Rows of 变更记录, in the words the page prints."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils.timezone import localtime

from audit.models import AuditEvent
from audit.sentences import Part, sentence
from audit.words import NOTHING, in_words, is_hash, label_of
from chabaocu.prepared import Rows

COLUMNS = ("pk", "at", "actor_id", "actor_name", "action", "target_type", "target_id")
COLUMNS += ("target_label", "before", "after", "reason", "stream__name", "seq")
EVENTS = Rows(AuditEvent.objects.all, *COLUMNS)
SUBJECTS = {"visit": "plans.visit", "plan": "plans.plan"}  # whose chain a stream's name says it is
WEEKDAYS = "一二三四五六日"
LONG = 160  # of a text so long the page shows the beginning
UNTOLD = {"user.change": "改的是电话或邮箱，号码不记入"}


class Change(NamedTuple):
    """One value, before and after, in words; ``before`` is "" where nothing stood."""

    name: str
    before: str
    after: str
    is_hash: bool = False

    @property
    def is_long(self) -> bool:
        return len(self.before) + len(self.after) > LONG

    @property
    def beginning(self) -> str:
        return f"{self.after[: LONG // 2]}…"


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event of the list."""

    day: str
    hour: str
    at: str
    actor: Part
    sentence: tuple[Part, ...]
    changes: list[Change]
    reason: str
    chain: Part
    action: str
    target_label: str
    subject: str

    @property
    def text(self) -> str:
        """The sentence without its links."""
        return "".join(part.text for part in self.sentence)


def event_lines(pks: list[int]) -> dict[int, EventLine]:
    """The lines of these events."""
    rows = EVENTS.of(pks)
    subjects = _subjects({stream for *_, stream, _ in rows})
    return {pk: _line(subjects, *row) for pk, *row in rows}


def by_day(lines: list[EventLine]) -> list[tuple[str, list[EventLine]]]:
    """The lines of a page, each day's together."""
    return [(day, list(rows)) for day, rows in groupby(lines, key=lambda line: line.day)]


def _line(
    subjects: dict[str, str],
    at: Any,
    actor_id: int | None,
    actor: str,
    action: str,
    kind: str,
    key: str,
    label: str,
    before: dict[str, Any],
    after: dict[str, Any],
    reason: str,
    stream: str,
    seq: int,
) -> EventLine:
    local, subject = localtime(at), subjects.get(stream, stream)
    return EventLine(
        f"{local.year}年{local.month}月{local.day}日 星期{WEEKDAYS[local.weekday()]}",
        f"{local:%H:%M:%S}",
        local.isoformat(timespec="seconds"),
        Part(actor, urlencode({"actor": actor_id}) if actor_id else ""),
        sentence(
            action,
            object=Part(label, urlencode({"type": kind, "id": key})),
            subject=Part(subject, urlencode({"stream": stream})),
        ),
        _changes(kind, before, after, label) or _untold(action),
        reason,
        Part(f"{stream} #{seq}", urlencode({"stream": stream})),
        action,
        label,
        subject,
    )


def _changes(kind: str, before: dict, after: dict, label: str) -> list[Change]:
    """What changed, less the name that the sentence gives already."""
    told = changes(kind, before, after)
    return [one for one in told if one.before or one.after != label]


def changes(kind: str, before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """Each value that is another than before; fingerprints last.

    A value that was and is nothing tells nothing, and neither does 否 or 0 where nothing stood.
    """
    names = dict.fromkeys([*before, *after])
    told = [_change(kind, name, before.get(name), after.get(name)) for name in names]
    return sorted((one for one in told if one.before != one.after), key=lambda one: one.is_hash)


def _change(kind: str, name: str, was: Any, now: Any) -> Change:
    if was is None and now in (False, 0):
        now = None
    before, after = in_words(kind, name, was), in_words(kind, name, now)
    stood = "" if before == NOTHING != after else before
    return Change(label_of(kind, name), stood, after, is_hash(now))


def _untold(action: str) -> list[Change]:
    return [Change("联系方式", "", UNTOLD[action])] if action in UNTOLD else []


def _subjects(streams: set[str]) -> dict[str, str]:
    """Whose chain each of these is: the unit visited, the plan, by what its own events call it."""
    keys: dict[tuple[str, str], str] = {}
    for stream in streams:
        kind, _, key = stream.rpartition("-")
        if kind in SUBJECTS:
            keys[SUBJECTS[kind], key] = stream
    named = AuditEvent.objects.filter(
        target_type__in={kind for kind, _ in keys}, target_id__in={key for _, key in keys}
    ).order_by("seq")
    rows = named.values_list("target_type", "target_id", "target_label")
    return {keys[kind, key]: label for kind, key, label in rows if (kind, key) in keys}
