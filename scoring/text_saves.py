"""Save one text of the record by the save protocol: slot ``text:<field>``."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone

from scoring.models import RecordText, Scoresheet
from scoring.replies import clock
from scoring.saves import ACCEPTED, CONFLICT, Change, Decision, Incoming, Reply, accept

LONGEST = 5000
STALE = "这一栏已有人改过，您写的没有覆盖，请选一个。"


class InvalidTextError(ValueError):
    """The text cannot be stored; the message says why in Chinese."""


def save_text(sheet: Scoresheet, field: str, text: str, *, by: Any, id: UUID, base: int) -> Reply:
    """Save one box of the record; a stale save comes back as a conflict with both texts.

    Raises InvalidTextError for a text that is too long and Refused when the papers are locked.
    The refused text stays in the history.
    """
    text = text.replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise InvalidTextError(f"最多 {LONGEST} 字，现在 {len(text)} 字，请删减后再保存。")
    incoming = Incoming(id=id, slot=f"text:{field}", base=base, body={"text": text})
    return accept(sheet, incoming, by=by, decide=partial(decide, field=field, text=text))


def decide(
    sheet: Scoresheet, saves: Sequence[Incoming], by: Any, *, field: str, text: str
) -> Decision:
    """Accept what started from the present version, or says the same as it; else a conflict."""
    (incoming,) = saves
    row = RecordText.objects.select_related("by").get(sheet=sheet, field=field)
    if incoming.base != row.version and text != row.text:
        return Decision([_stale(row, text, by)])
    at = timezone.now()
    told = {
        "field": field,
        "text": text,
        "version": row.version + 1,
        "by": str(by),
        "at": clock(at),
    }
    change = Change(
        write=partial(_store, row, text, by, at),
        action="text.save",
        target=row,
        before={"field": field, "text": row.text},
        after={"field": field, "text": text},
    )
    return Decision([Reply(ACCEPTED, told)], change)


def _stale(row: RecordText, mine: str, by: Any) -> Reply:
    reply = {
        "error": "stale",
        "message": STALE,
        "field": row.field,
        "version": row.version,
        "mine": {"text": mine, "name": str(by)},
        "theirs": {
            "text": row.text,
            "name": str(row.by) if row.by else "",
            "at": clock(row.at),
        },
    }
    return Reply(CONFLICT, reply)


def _store(row: RecordText, text: str, by: Any, at: Any) -> bool:
    rows = RecordText.objects.filter(pk=row.pk, version=row.version)
    return bool(rows.update(text=text, by=by, at=at, version=row.version + 1))
