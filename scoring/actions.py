"""What people do with a visit's papers as a whole; the moves are in scoring.workflow."""

from copy import copy
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from audit.record import record
from chabaocu.errors import Refused, StaleState
from plans.models import Visit, VisitEvent
from scoring import freeze, hooks, standings
from scoring.completeness import unfilled
from scoring.guards import SAME_HAND, refusal
from scoring.models import Answer, RecordText, Scoresheet
from scoring.record_forms import form_of
from scoring.revisions import new_revision
from scoring.self_check import asked_of, keep_comparison
from scoring.workflow import MOVES, Move

UNSUBMITTED = {
    "total": None,
    "applicable": None,
    "rate": None,
    "grade": "",
    "verdicts": None,
    "content_hash": "",
    "submitted_at": None,
    "submitted_by": None,
    "vetted_at": None,
    "vetted_by": None,
    "confirmed_at": None,
    "confirmed_by": None,
    "released_at": None,
    "released_by": None,
}


@transaction.atomic
def start(visit: Visit, *, by: Any) -> Scoresheet:
    """Begin the first draft: one open answer a scoring point, one empty text a box."""
    _move(visit, "start", by=by)
    sheet = Scoresheet.objects.create(visit=visit, version_id=visit.version_id)
    criteria = [c.pk for c in _criteria(visit)]
    check = None if visit.is_self else asked_of(visit)
    Answer.objects.bulk_create(Answer(sheet=sheet, criterion_id=pk) for pk in criteria)
    boxes = form_of(visit).boxes
    RecordText.objects.bulk_create(RecordText(sheet=sheet, field=box.field) for box in boxes)
    Visit.objects.filter(pk=visit.pk).update(questions=len(criteria), answered=0, self_check=check)
    visit.refresh_from_db()
    return sheet


@transaction.atomic
def follow(visit: Visit, *, by: Any) -> None:
    """Let 填写中 and 待签字 follow what is filled; called after every save, by who saved."""
    wanted = {Visit.Status.FILLING: "complete", Visit.Status.SIGNING: "incomplete"}
    visit.refresh_from_db(fields=["status", "revision"])
    if visit.status not in wanted:
        return
    name = wanted[visit.status]
    if (name == "complete") == (not unfilled(present(visit))):
        _move(visit, name, by=by)


@transaction.atomic
def submit(visit: Visit, *, by: Any) -> Scoresheet:
    """Freeze and lock the papers; Refused names what is missing, StaleState who was first.

    Answers, result, record, signatures, hash, event and issued documents: one transaction.
    """
    return _hand_in(visit, "submit", by=by)


@transaction.atomic
def file_check(visit: Visit, *, by: Any) -> Scoresheet:
    """Freeze and lock a unit's 自查 as ``submit`` does; nobody reviews it.

    Refused once somebody who was sent has begun at the unit.
    """
    return _hand_in(visit, "file", by=by)


@transaction.atomic
def return_visit(visit: Visit, *, by: Any, note: str) -> Scoresheet:
    """Send submitted papers back to the team, with comments, as a new draft."""
    return _reopen(visit, "return", by=by, note=note)


@transaction.atomic
def recall(visit: Visit, *, by: Any, reason: str) -> Scoresheet:
    """The team takes its own submitted papers back to correct them, as a new draft."""
    return _reopen(visit, "recall", by=by, note=reason)


@transaction.atomic
def take_back(visit: Visit, *, by: Any, reason: str) -> Scoresheet:
    """The unit takes its filed 自查 back to correct it, as a new draft, before the team begins."""
    return _reopen(visit, "take_back", by=by, note=reason)


@transaction.atomic
def correct(visit: Visit, *, by: Any, reason: str) -> Scoresheet:
    """Reopen submitted or confirmed papers as a new draft; a released result is hidden again."""
    return _reopen(visit, "correct", by=by, note=reason)


@transaction.atomic
def vet(visit: Visit, *, by: Any) -> None:
    """初审: read and found right by one reviewer; another confirms."""
    _move(visit, "vet", by=by, vetted_at=timezone.now(), vetted_by=by)


@transaction.atomic
def confirm(visit: Visit, *, by: Any) -> None:
    """Accept the papers; never by a member of the team, nor by who did the 初审 asked for."""
    if visit.vetted_by_id == by.pk:  # told before the database refuses it
        raise Refused(SAME_HAND)
    _move(visit, "confirm", by=by, confirmed_at=timezone.now(), confirmed_by=by)


@transaction.atomic
def release(visit: Visit, *, by: Any) -> None:
    """Let the inspected unit and its unions see the confirmed result."""
    _move(visit, "release", by=by, released_at=timezone.now(), released_by=by)


@transaction.atomic
def archive(visit: Visit, *, by: Any) -> None:
    """Close the papers for good."""
    _move(visit, "archive", by=by)


def present(visit: Visit) -> Scoresheet:
    """The draft that counts now; earlier ones stay readable."""
    return visit.sheets.get(revision=visit.revision)


def _hold(visit: Visit) -> Scoresheet:
    """Take the draft that is to be submitted, so that no save comes between check and seal."""
    sheets = Scoresheet.objects.filter(visit=visit, revision=visit.revision, frozen_at=None)
    if not sheets.update(edits=F("edits")):
        raise StaleState
    return present(visit)


def _hand_in(visit: Visit, name: str, *, by: Any) -> Scoresheet:
    """Freeze the draft and store its result with the move."""
    sheet = _hold(visit)
    frozen = freeze.seal(sheet)
    _move(
        visit,
        name,
        by=by,
        total=Decimal(frozen["total"]),
        applicable=Decimal(frozen["applicable"]),
        rate=frozen["rate"] and Decimal(frozen["rate"]),
        grade=frozen["grade"],
        verdicts=frozen["verdicts"] or None,
        content_hash=sheet.content_hash,
        submitted_at=sheet.frozen_at,
        submitted_by=by,
    )
    keep_comparison(sheet)
    hooks.on_submitted.tell(sheet, by)
    return sheet


def _reopen(visit: Visit, name: str, *, by: Any, note: str) -> Scoresheet:
    _move(visit, name, by=by, note=note, revision=F("revision") + 1, **UNSUBMITTED)
    return new_revision(visit, reason=note.strip())


def _move(visit: Visit, name: str, *, by: Any, note: str = "", **changes: Any) -> None:
    """Compare and set, check the move's guard, write event and audit; all or nothing."""
    move, source = MOVES[name], visit.status
    if move.needs_note and not note.strip():
        raise Refused(f"{move.label}须写明理由。")
    before = {"status": source, "revision": visit.revision}
    if not _claim(visit, move, changes):
        raise StaleState
    if why := refusal(visit, move, by):
        raise Refused(why)
    found = copy(visit)
    visit.refresh_from_db()
    standings.moved(found, visit)
    VisitEvent.objects.create(
        visit=visit, move=name, source=source, target=move.target, by=by, note=note.strip()
    )
    record(
        f"visit.{name}",
        visit,
        by=by,
        stream=visit.stream,
        before=before,
        after={
            "status": visit.status,
            "revision": visit.revision,
            "total": visit.total,
            "content_hash": visit.content_hash,
        },
        reason=note.strip(),
    )


def _claim(visit: Visit, move: Move, changes: dict[str, Any]) -> bool:
    """Whether this caller was first: the state is set only where it is still as it was seen."""
    seen = Visit.objects.filter(pk=visit.pk, revision=visit.revision, status=visit.status)
    seen = seen.filter(vetted_by=visit.vetted_by_id)
    rows = seen.filter(status__in=move.sources, **move.lookups)
    return bool(rows.update(status=move.target, **changes))


def _criteria(visit: Visit) -> list[Any]:
    version = type(visit.version).objects.with_tree().get(pk=visit.version_id)
    return [
        criterion
        for section in version.sections.all()
        for item in section.items.all()
        for criterion in item.criteria.all()
    ]
