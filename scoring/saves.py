"""The save protocol: every point and every text is saved on its own, exactly once.

A save carries an id minted by the page and the version of the slot it started from. The same id
again gets the same reply and has no second effect; the same id with other content is refused.
A slot (a scoring point, a text of the record) *decides* what a save does, from rows it reads;
this module writes the decision, the reply and the audit event in one transaction, and only if
the sheet is still as the slot read it (compare-and-set on ``Scoresheet.edits``).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from audit.record import record
from chabaocu.errors import Refused, StaleState
from plans.models import Visit
from scoring import actions, signatures, statements
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
class Decision:
    """What a slot decided. Nothing is written yet.

    ``write`` changes the slot's own rows and returns False if somebody was faster. ``sheet`` and
    ``visit`` are the columns to change there.
    """

    status: int
    reply: dict[str, Any]
    target: models.Model
    action: str = ""
    write: Callable[[], bool] = lambda: True
    sheet: dict[str, Any] = field(default_factory=dict)
    visit: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        return self.status == ACCEPTED


@dataclass(frozen=True)
class Reply:
    """What the page is told; ``again`` when this id was answered before."""

    status: int
    body: dict[str, Any]
    again: bool = False


Decide = Callable[[Scoresheet, Incoming, Any], Decision]
REFUSALS = (Refused, ValueError, ObjectDoesNotExist)  # what a slot says no with


class _OvertakenError(Exception):
    """Somebody saved in between: read again and decide again."""


def accept(sheet: Scoresheet, incoming: Incoming, *, by: Any, decide: Decide) -> Reply:
    """Take one save in, once. ``sheet`` comes with its visit.

    Raises Refused when the papers are locked, and whatever ``decide`` raises for content that
    cannot be stored (InvalidInput); nothing is changed then. An id that was answered before gets
    its answer even if the papers have been locked since.
    """
    for attempt in range(TRIES):
        if attempt:
            sheet = Scoresheet.objects.select_related("visit", "version").get(pk=sheet.pk)
        try:
            check_open(sheet)
            decision = decide(sheet, incoming, by)
            with transaction.atomic():
                _write(sheet, incoming, decision, by)
        except _OvertakenError:
            continue
        except (IntegrityError, Refused, ValueError):
            if answered := _answered(sheet, incoming, by):
                return answered
            raise
        return Reply(decision.status, decision.reply)
    raise StaleState


def accept_all(
    sheet: Scoresheet, jobs: Sequence[tuple[Incoming, Decide]], *, by: Any
) -> list[Reply | Exception]:
    """Take several saves of one sheet in, in their order and in one transaction.

    Each is accepted or refused by itself: what ``accept`` would raise for one stands in its
    place. If somebody gets in between all the same, each is taken in on its own.
    """
    try:
        return _together(sheet.pk, jobs, by)
    except (_OvertakenError, StaleState, IntegrityError):
        return [_alone(sheet, incoming, decide, by) for incoming, decide in jobs]


@transaction.atomic
def _together(pk: int, jobs: Sequence[tuple[Incoming, Decide]], by: Any) -> list[Reply | Exception]:
    # Held as an edit holds it: a save that has written its id already may still take its turn.
    Scoresheet.objects.select_for_update(no_key=True).get(pk=pk)
    sheet = Scoresheet.objects.select_related("visit", "version").get(pk=pk)
    kept = _known(jobs)
    told: list[Reply | Exception] = []
    for incoming, decide in jobs:
        again = _answered(sheet, incoming, by) if incoming.id in kept else None
        told.append(again or _in_line(sheet, incoming, decide, by))
        if isinstance(told[-1], Reply):
            kept.add(incoming.id)
    return told


def _known(jobs: Sequence[tuple[Incoming, Decide]]) -> set[UUID]:
    """Of these ids, those that were answered before."""
    ids = [incoming.id for incoming, _ in jobs]
    return set(Save.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _in_line(sheet: Scoresheet, incoming: Incoming, decide: Decide, by: Any) -> Reply | Exception:
    """The next save of a sheet that is held; ``sheet`` then stands as this save left it."""
    try:
        check_open(sheet)
        decision = decide(sheet, incoming, by)
    except REFUSALS as refused:
        return refused
    _write(sheet, incoming, decision, by)
    if decision.accepted:
        sheet.edits += 1
        for name, value in decision.visit.items():
            setattr(sheet.visit, name, value)
    return Reply(decision.status, decision.reply)


def _alone(sheet: Scoresheet, incoming: Incoming, decide: Decide, by: Any) -> Reply | Exception:
    fresh = Scoresheet.objects.select_related("visit", "version").get(pk=sheet.pk)
    try:
        return accept(fresh, incoming, by=by, decide=decide)
    except (*REFUSALS, StaleState) as refused:
        return refused


def check_open(sheet: Scoresheet) -> None:
    """Raise Refused unless this draft can be filled now."""
    if sheet.visit.status == Visit.Status.PLANNED:
        raise Refused(NOT_STARTED)
    if sheet.frozen_at or not sheet.visit.is_editable:
        raise Refused(LOCKED)


def _answered(sheet: Scoresheet, incoming: Incoming, by: Any) -> Reply | None:
    kept = Save.objects.filter(pk=incoming.id).first()
    if kept is None:
        return None
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


def _write(sheet: Scoresheet, incoming: Incoming, decision: Decision, by: Any) -> None:
    """The id first: the database itself lets it in only once."""
    statements.KEEP.run(
        id=incoming.id,
        sheet=sheet.pk,
        user=by.pk,
        slot=incoming.slot,
        base_version=incoming.base,
        body=incoming.body,
        status=decision.status,
        reply=decision.reply,
        at=timezone.now(),
    )
    if decision.accepted:
        _take_turn(sheet, decision)
        if not decision.write():
            raise _OvertakenError
        _tell(sheet, decision, by)


def _take_turn(sheet: Scoresheet, decision: Decision) -> None:
    """Count the edit, if nobody edited, submitted or froze the sheet since it was read."""
    turn = statements.turn(*decision.sheet)
    if not turn.run(pk=sheet.pk, seen=sheet.edits, edits=sheet.edits + 1, **decision.sheet):
        raise _OvertakenError


def _tell(sheet: Scoresheet, decision: Decision, by: Any) -> None:
    visit = sheet.visit
    if any(getattr(visit, name) != value for name, value in decision.visit.items()):
        Visit.objects.filter(pk=visit.pk).update(**decision.visit)
    record(
        decision.action,
        decision.target,
        by=by,
        stream=visit.stream,
        before=decision.before,
        after=decision.after,
    )
    _follow(sheet, decision, by)


def _follow(sheet: Scoresheet, decision: Decision, by: Any) -> None:
    """A change voids what was signed; 填写中 and 待签字 follow what is filled."""
    visit = sheet.visit
    if visit.status in SIGNED:
        signatures.void(sheet)
    answered = decision.visit.get("answered", visit.answered)
    if visit.status == Visit.Status.SIGNING or answered >= visit.questions:
        actions.follow(visit, by=by)
