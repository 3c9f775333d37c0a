"""Bring in a table: keep what was read, correct it, store it as a draft. All of it or nothing."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from attachments import actions as files
from attachments import storage
from attachments.files import DOCUMENT, Checked, clean_name
from attachments.models import Attachment
from audit.record import record
from chabaocu.errors import Refused, StaleState
from rubrics.actions import STREAM, hold, rubric_of, store
from rubrics.fixture import told
from rubrics.mismatches import mismatches
from rubrics.models import INTAKE, Intake, Rubric, Version
from rubrics.outline import Outline, read
from rubrics.reading.corrections import missing
from rubrics.reading.source import GUESSED, QUESTION
from rubrics.reading.template import Filled

OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    ".docx": f"{OFFICE}wordprocessingml.document",
    ".xlsx": f"{OFFICE}spreadsheetml.sheet",
    ".json": "application/json",
    ".pdf": "application/pdf",
}
ACCEPTED = "导入时对照原件核对，照印。"
PLAIN = "text/plain; charset=utf-8"


@transaction.atomic
def keep_all(found: Iterable[Filled], *, by: Any, filename: str, data: bytes) -> list[Intake]:
    """Each table that was read of one file, to be checked by itself."""
    return [keep(filled, by=by, filename=filename, data=data) for filled in found]


@transaction.atomic
def keep(filled: Filled, *, by: Any, filename: str, data: bytes) -> Intake:
    """What was read of a file, and the file as it came, under its hash.

    Sums that differ are found anew whenever they are shown.
    """
    reading = filled.reading
    sums = {str(m) for m in mismatches(reading.outline)}
    kept = Intake.objects.create(
        filename=filename[-200:],
        sha256=storage.digest(data),
        outline=told(reading.outline),
        lines=[[line.place, line.text] for line in reading.lines],
        places=dict(reading.places),
        notes=[asdict(note) for note in reading.notes if note.text not in sums],
        accepted=[text for text in filled.accepted if text in sums],
        uploaded_by=by,
    )
    record("rubric.read", kept, by=by, stream=STREAM, after={"sha256": kept.sha256})
    _archive(kept, data, by)
    return kept


def _archive(kept: Intake, data: bytes, by: Any) -> None:
    name = clean_name(kept.filename)
    suffix = PurePath(name).suffix.lower()
    if suffix not in (*TYPES, ".txt"):
        name = f"{name}.txt"  # pasted text has no name of its own
    checked = Checked(DOCUMENT, name, TYPES.get(suffix, PLAIN), data)
    files.archive(checked, holder_type=INTAKE, holder_id=kept.pk, by=by, stream=STREAM)


def original_of(intake: Intake, user: Any) -> Attachment | None:
    """The file it was read from, for those who may fetch it."""
    seen = Attachment.objects.visible_to(user).live()
    return seen.filter(holder_type=INTAKE, holder_id=intake.pk).first()


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
    number = _next_number(_held(outline, by))
    version = store(replace(outline, number=number), by=by, accepted=intake.accepted)
    Intake.objects.filter(pk=intake.pk).update(version=version)
    note = {"why": ACCEPTED, "by": str(by), "at": timezone.now().isoformat()}
    noted = dict.fromkeys(version.accepted_mismatches, note)
    Version._base_manager.filter(pk=version.pk).update(acceptances=noted)
    version.refresh_from_db()
    return version


def _held(outline: Outline, by: Any) -> Rubric:
    """The rubric of this code, made where there is none, and held: drafts come one by one."""
    return hold(rubric_of(outline, by).pk)


def _next_number(rubric: Rubric) -> int:
    return (rubric.versions.aggregate(most=Max("number"))["most"] or 0) + 1


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
