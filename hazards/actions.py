"""What people do with a hazard: report it, then move it on (hazards.workflow)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from audit.record import record
from chabaocu.errors import Refused, StaleState
from hazards import notices, search
from hazards.effects import changes_of
from hazards.guards import GUARDS
from hazards.hooks import on_moved
from hazards.models import Hazard, HazardEvent, Place
from hazards.numbers import next_numbers
from hazards.words import label
from hazards.workflow import MOVES, REPORT, Move
from orgs.models import Organization, User


@transaction.atomic
def report(
    unit: Organization,
    *,
    by: User | None,
    report_id: UUID,
    where: str,
    text: str,
    source: str = Hazard.Source.WORKER,
    place: Place | None = None,
    **fields: Any,
) -> Hazard:
    """Report a hazard of ``unit``, exactly once per ``report_id``.

    ``by`` is None for a report by code without an account. The same id again returns the hazard
    it made; for another unit or person it is refused.
    """
    if made := _made(report_id, unit, by):
        return made
    if unit.closed_on:
        raise Refused(f"{unit}已停用，不能上报。")
    said = {"where": where.strip() or str(place or ""), "text": text.strip(), "source": source}
    try:
        with transaction.atomic():
            return _report(unit, by, report_id=report_id, place=place, **said, **fields)
    except IntegrityError:  # the same tap arrived twice at once: the other one was first
        if made := _made(report_id, unit, by):
            return made
        raise


@transaction.atomic
def move(hazard: Hazard, name: str, *, by: Any, **said: Any) -> Hazard:
    """Make one move with what its form says; the hazard as it stands afterwards.

    Raises Refused for a missing field or a rule that forbids it, StaleState where somebody else
    moved it since ``hazard`` was read. The last signature of an acceptance strikes it off: the
    second hand's, or that of the 销号 document of a listed hazard.
    """
    step = MOVES[name]
    _check_said(step, said)
    _make(hazard, step, by, said)
    if hazard.status == Hazard.Status.ACCEPTING and hazard.is_settled:
        _make(hazard, MOVES["close"], None, {})
    return hazard


def _report(unit: Organization, by: User | None, **fields: Any) -> Hazard:
    """A new hazard with its number, its first event and its record."""
    hazard = Hazard.objects.create(
        number=next_numbers(unit.region, timezone.localdate())[0],
        unit=unit,
        region_path=unit.region.path,
        reported_by=by,
        **fields,
    )
    search.keep([hazard])
    HazardEvent.objects.create(hazard=hazard, move=REPORT, target=hazard.status, by=by)
    told = {"number": hazard.number, "unit": unit.name, "where": hazard.where, "text": hazard.text}
    # an anonymous report is told of the hazard, never of the person
    record("hazard.report", hazard, by=_named(hazard, by), stream=hazard.stream, after=told)
    notices.after_report(hazard, by=by)
    return hazard


def _made(report_id: UUID, unit: Organization, by: User | None) -> Hazard | None:
    made = Hazard.objects.filter(report_id=report_id).first()
    if made and (made.unit_id != unit.pk or made.reported_by_id != (by and by.pk)):
        raise Refused("这次上报的编号已经用过，请重新上报。")
    return made


def _named(hazard: Hazard, by: User | None) -> User | None:
    return None if hazard.hides_name else by


def _check_said(step: Move, said: Mapping[str, Any]) -> None:
    """Every field the table asks for is there, and none it does not know."""
    if unknown := set(said) - set(step.fields):
        raise TypeError(f"{step.name} takes no {', '.join(sorted(unknown))}")
    for name in step.needs:
        if not str(said.get(name) or "").strip():
            raise Refused(f"{step.label}须填写{label(name)}。")


def _make(hazard: Hazard, step: Move, by: Any, said: Mapping[str, Any]) -> None:
    """Take the hazard, check the guard, change it, tell history and audit; all or nothing."""
    if not step.is_open(hazard) or not _claim(hazard):
        raise StaleState
    if step.guard and (refusal := GUARDS[step.guard](hazard, by, said)):
        raise Refused(refusal)
    before, now = _standing(hazard), timezone.now()
    changes = changes_of(step.name, said, by, now)
    Hazard.objects.filter(pk=hazard.pk).update(status=step.target, **changes)
    hazard.refresh_from_db()
    if "text" in changes:
        search.keep([hazard])
    _tell(hazard, step, by, now, said, before)
    notices.after_move(hazard, step, by=by)


def _claim(hazard: Hazard) -> bool:
    """Whether this caller was first: the step is counted only where it is still as it was seen."""
    seen = Hazard.objects.filter(pk=hazard.pk, step=hazard.step, status=hazard.status)
    return bool(seen.update(step=hazard.step + 1))


def _tell(
    hazard: Hazard,
    step: Move,
    by: Any,
    at: datetime,
    said: Mapping[str, Any],
    before: Mapping[str, Any],
) -> None:
    note = str(said.get("reason") or said.get("note") or "").strip()
    plain = {name: _plain(value) for name, value in said.items() if value not in ("", None)}
    event = HazardEvent.objects.create(
        hazard=hazard,
        move=step.name,
        source=before["status"],
        target=step.target,
        attempt=hazard.attempt,
        by=by,
        at=at,
        note=note,
        said=plain,
    )
    record(
        f"hazard.{step.name}",
        hazard,
        by=by,
        stream=hazard.stream,
        before=before,
        after=plain | _standing(hazard),
        reason=note,
    )
    on_moved.tell(event)


def _standing(hazard: Hazard) -> dict[str, Any]:
    return {"status": hazard.status, "grade": hazard.grade, "due_on": hazard.due_on}


def _plain(value: Any) -> Any:
    """What was said, for the history: a row by its name, a day by its ISO form."""
    if isinstance(value, models.Model):
        return str(value)
    return value.isoformat() if isinstance(value, date) else str(value)
