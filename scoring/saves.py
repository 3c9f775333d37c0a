"""The save protocol: every point and every text is saved on its own, exactly once.

A save carries an id minted by the page and the version of the slot it started from. The same id
again gets the same reply and has no second effect; the same id with other content is refused.
The slots of a request (scoring points, a text of the record) *decide* what its saves do, from
rows they read; this module writes the decision, the replies and the audit event in one
transaction, and only if the sheet is still as it was read (compare-and-set on
``Scoresheet.edits``). One save or two hundred: a request reads once and writes once.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from audit.record import Subject, record
from chabaocu.errors import Refused, StaleState
from plans.models import Visit
from scoring import actions, guards, signatures, statements
from scoring.models import Save, Scoresheet

TRIES = 8
ACCEPTED, CONFLICT = 200, 409
NOT_STARTED = "还没有开始填写，请先点“开始填写”。"
SIGNED = {Visit.Status.SIGNING, Visit.Status.RETURNED}
LOCKED = "已提交，不能再改；退回后才能修改。您填的内容还在本机。"
REUSED = "这次保存的编号已用于别的内容，什么也没有改；请刷新页面再填。"


@dataclass(frozen=True)
class Incoming:
    """One save as the page sent it; ``body`` is its content in plain JSON."""

    id: UUID
    slot: str
    base: int
    body: dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What the page is told; ``again`` when this id was answered before."""

    status: int
    body: dict[str, Any]
    again: bool = False


@dataclass(frozen=True)
class Change:
    """What the accepted saves of a request change together. Nothing is written yet.

    ``write`` changes the slots' own rows and returns False if somebody was faster. ``sheet`` and
    ``visit`` are the columns to change there; ``saves`` says how many edits the sheet counts.
    """

    write: Callable[[], bool]
    action: str
    target: models.Model | Subject
    before: dict[str, Any]
    after: dict[str, Any]
    saves: int = 1
    sheet: dict[str, Any] = field(default_factory=dict)
    visit: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """For each save, in order, its reply or what refuses it; and what the accepted ones change."""

    told: list[Reply | Exception]
    change: Change | None = None


Decide = Callable[[Scoresheet, Sequence[Any], Any], Decision]
REFUSALS = (Refused, ValueError, ObjectDoesNotExist)  # what a slot says no with


class _OvertakenError(Exception):
    """Somebody saved in between: read again and decide again."""


def accept(sheet: Scoresheet, incoming: Incoming, *, by: Any, decide: Decide) -> Reply:
    """Take one save in, once. ``sheet`` comes with its visit and version.

    Raises Refused when the papers are locked, and whatever ``decide`` refuses the save with
    (InvalidInput); nothing is changed then. An id that was answered before gets its answer even
    if the papers have been locked since.
    """
    (told,) = _take_in(sheet, [incoming], by, decide)
    if isinstance(told, Exception):
        raise told
    return told


def accept_all(
    sheet: Scoresheet, saves: Sequence[Incoming], *, by: Any, decide: Decide
) -> list[Reply | Exception]:
    """Take several saves of one sheet in, in one transaction.

    Each is accepted or refused by itself: what ``accept`` would raise for one stands in its
    place. A slot or an id that comes a second time is taken in after all others.
    """
    told: list[Reply | Exception] = [StaleState()] * len(saves)
    waiting = dict(enumerate(saves))
    while waiting:
        part = _apart(waiting)
        try:
            for n, one in zip(part, _take_in(sheet, [*part.values()], by, decide), strict=True):
                told[n] = one
        except StaleState:
            break
        waiting = {n: save for n, save in waiting.items() if n not in part}
    return told


def check_open(sheet: Scoresheet) -> None:
    """Raise Refused unless this draft can be filled now."""
    if sheet.visit.status == Visit.Status.PLANNED:
        raise Refused(NOT_STARTED)
    if sheet.frozen_at or not sheet.visit.is_editable:
        raise Refused(LOCKED)
    if guards.begun(sheet.visit):
        raise Refused(guards.TOO_LATE)


def _apart(waiting: dict[int, Incoming]) -> dict[int, Incoming]:
    """The first saves among which no slot and no id comes twice."""
    part: dict[int, Incoming] = {}
    seen: set[UUID | str] = set()
    for n, save in waiting.items():
        if seen.isdisjoint((save.id, save.slot)):
            part[n] = save
        seen |= {save.id, save.slot}
    return part


def _take_in(
    sheet: Scoresheet, saves: Sequence[Incoming], by: Any, decide: Decide
) -> list[Reply | Exception]:
    """Decide on what was read without holding it; whoever is overtaken holds the sheet first."""
    for attempt in range(TRIES):
        try:
            return (
                _held(sheet.pk, saves, by, decide) if attempt else _freely(sheet, saves, by, decide)
            )
        except _OvertakenError:
            continue
        except IntegrityError:  # an id that was answered before, or just now
            if attempt == TRIES - 1:
                raise
    raise StaleState


def _freely(
    sheet: Scoresheet, saves: Sequence[Incoming], by: Any, decide: Decide
) -> list[Reply | Exception]:
    decision = _decision(sheet, saves, by, decide)
    with transaction.atomic():
        _write(sheet, saves, decision, by)
    refused = [s for s, one in zip(saves, decision.told, strict=True) if not _is_reply(one)]
    kept = _kept(refused) if refused else {}
    return [
        _answered(sheet, save, kept[save.id], by) if save.id in kept else one
        for save, one in zip(saves, decision.told, strict=True)
    ]


@transaction.atomic
def _held(pk: int, saves: Sequence[Incoming], by: Any, decide: Decide) -> list[Reply | Exception]:
    # Held as an edit holds it: whoever has written an id of another sheet is not waited for.
    Scoresheet.objects.select_for_update(no_key=True).get(pk=pk)
    sheet = statements.AGAIN.first(pk=pk)
    kept = _kept(saves)
    fresh = [save for save in saves if save.id not in kept]
    decision = _decision(sheet, fresh, by, decide)
    _write(sheet, fresh, decision, by)
    told = iter(decision.told)
    return [
        _answered(sheet, save, kept[save.id], by) if save.id in kept else next(told)
        for save in saves
    ]


def _decision(sheet: Scoresheet, saves: Sequence[Incoming], by: Any, decide: Decide) -> Decision:
    try:
        check_open(sheet)
    except Refused as refused:
        return Decision([refused] * len(saves))
    return decide(sheet, saves, by) if saves else Decision([])


def _is_reply(told: Reply | Exception) -> bool:
    return isinstance(told, Reply)


def _kept(saves: Iterable[Incoming]) -> dict[UUID, Save]:
    """Of these, what was answered before."""
    return Save.objects.in_bulk([save.id for save in saves])


def _answered(sheet: Scoresheet, incoming: Incoming, kept: Save, by: Any) -> Reply:
    same = (kept.sheet_id, kept.user_id, kept.slot, kept.base_version, kept.body) == (
        sheet.pk,
        by.pk,
        incoming.slot,
        incoming.base,
        incoming.body,
    )
    if not same:
        return Reply(CONFLICT, {"error": "reused", "message": REUSED})
    return Reply(kept.status, kept.reply, again=True)


def _write(sheet: Scoresheet, saves: Sequence[Incoming], decision: Decision, by: Any) -> None:
    """Turn first, then ids, which the database itself lets in only once.

    In this order nobody waits for a sheet with an id in hand that the one before him may ask for.
    """
    change = decision.change
    if change:
        _take_turn(sheet, change)
    _keep(sheet, saves, decision.told, by)
    if change:
        if not change.write():
            raise _OvertakenError
        _tell(sheet, change, by)


def _take_turn(sheet: Scoresheet, change: Change) -> None:
    """Count the edits, if nobody edited, submitted or froze the sheet since it was read."""
    turn, edits = statements.turn(*change.sheet), sheet.edits + change.saves
    if not turn.run(pk=sheet.pk, seen=sheet.edits, edits=edits, **change.sheet):
        raise _OvertakenError


def _keep(
    sheet: Scoresheet, saves: Sequence[Incoming], told: Sequence[Reply | Exception], by: Any
) -> None:
    now = timezone.now()
    statements.KEEP.run_all(
        [
            {
                "id": save.id,
                "sheet": sheet.pk,
                "user": by.pk,
                "slot": save.slot,
                "base_version": save.base,
                "body": save.body,
                "status": reply.status,
                "reply": reply.body,
                "at": now,
            }
            for save, reply in zip(saves, told, strict=True)
            if _is_reply(reply)
        ]
    )


def _tell(sheet: Scoresheet, change: Change, by: Any) -> None:
    visit = sheet.visit
    if any(getattr(visit, name) != value for name, value in change.visit.items()):
        statements.PROGRESS.run(pk=visit.pk, **change.visit)
    record(
        change.action,
        change.target,
        by=by,
        stream=visit.stream,
        before=change.before,
        after=change.after,
    )
    _follow(sheet, change, by)


def _follow(sheet: Scoresheet, change: Change, by: Any) -> None:
    """A change voids what was signed; 填写中 and 待签字 follow what is filled."""
    visit = sheet.visit
    if visit.status in SIGNED:
        signatures.void(sheet)
    answered = change.visit.get("answered", visit.answered)
    if visit.status == Visit.Status.SIGNING or answered >= visit.questions:
        actions.follow(visit, by=by)
