"""Bring in a table: keep what was read, correct it, store it as a draft. All of it or nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from audit.record import record
from chabaocu.errors import Refused, StaleState
from rubrics.actions import STREAM, store
from rubrics.fixture import told
from rubrics.mismatches import mismatches
from rubrics.models import Intake, Version
from rubrics.outline import Outline, read
from rubrics.reading.corrections import missing
from rubrics.reading.source import GUESSED, QUESTION
from rubrics.reading.template import Filled


@transaction.atomic
def keep(filled: Filled, *, by: Any, filename: str, data: bytes) -> Intake:
    """What was read of a file; sums that differ are found anew whenever they are shown."""
    reading = filled.reading
    sums = {str(m) for m in mismatches(reading.outline)}
    kept = Intake.objects.create(
        filename=filename[-200:],
        sha256=hashlib.sha256(data).hexdigest(),
        outline=told(reading.outline),
        lines=[[line.place, line.text] for line in reading.lines],
        places=dict(reading.places),
        notes=[asdict(note) for note in reading.notes if note.text not in sums],
        accepted=[text for text in filled.accepted if text in sums],
        uploaded_by=by,
    )
    record("rubric.read", kept, by=by, stream=STREAM, after={"sha256": kept.sha256})
    return kept


@transaction.atomic
def correct(
    intake: Intake,
    outline: Outline,
    *,
    by: Any,
    revision: int,
    settled: Iterable[int],
    accepted: Iterable[str],
) -> None:
    """What the person corrected and approved; StaleState where another page saved meanwhile."""
    rows = Intake.objects.filter(pk=intake.pk, stored_at=None, revision=revision)
    changed = rows.update(
        outline=told(outline),
        settled=sorted(n for n in settled if 0 <= n < len(intake.notes)),
        accepted=[str(m) for m in mismatches(outline) if str(m) in set(accepted)],
        revision=F("revision") + 1,
    )
    if not changed:
        raise StaleState
    intake.refresh_from_db()
    record("rubric.correct", intake, by=by, stream=STREAM, after={"revision": intake.revision})


@transaction.atomic
def store_draft(intake: Intake, *, by: Any) -> Version:
    """The table as the next draft of its code; refused while anything is not settled."""
    if not Intake.objects.filter(pk=intake.pk, stored_at=None).update(stored_at=timezone.now()):
        raise StaleState
    outline = read(intake.outline)
    if lacking := missing(outline):
        raise Refused("".join(lacking.values()))
    if left := len(open_notes(intake)) + len(open_sums(intake, outline)):
        raise Refused(f"还有 {left} 处要核对，没有存成草稿。")
    newest = Version.objects.unscoped(reason="numbers of a table run through").filter(
        rubric__code=outline.code
    )
    number = (newest.aggregate(most=Max("number"))["most"] or 0) + 1
    version = store(replace(outline, number=number), by=by, accepted=intake.accepted)
    Intake.objects.filter(pk=intake.pk).update(version=version)
    return version


def open_notes(intake: Intake) -> list[int]:
    """The questions and guesses that nobody approved, by their place."""
    return [
        n
        for n, note in enumerate(intake.notes)
        if note["kind"] in (QUESTION, GUESSED) and n not in intake.settled
    ]


def open_sums(intake: Intake, outline: Outline) -> list[str]:
    """The contradictions that were not accepted as issued."""
    return [str(m) for m in mismatches(outline) if str(m) not in intake.accepted]
