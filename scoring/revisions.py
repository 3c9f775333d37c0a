"""A new draft from a frozen one: the old stays as it is, the new is editable again."""

from typing import Any

from plans.models import Visit
from scoring.models import Answer, Finding, Mark, RecordText, Scoresheet


def new_revision(visit: Visit, *, reason: str) -> Scoresheet:
    """Copy answers, marks, texts and standing findings of the last draft; signatures stay behind.

    Versions are copied too, so that a page opened before still knows what it started from.
    """
    last = visit.sheets.latest("revision")
    sheet = Scoresheet.objects.create(
        visit=visit,
        revision=last.revision + 1,
        version_id=last.version_id,
        reason=reason,
        total=last.total,
    )
    _copy(Answer, last.answers.all(), sheet)
    _copy(Mark, last.marks.all(), sheet)
    _copy(RecordText, last.texts.all(), sheet)
    _copy(Finding, last.findings.filter(withdrawn_at=None), sheet)
    return sheet


def _copy(model: Any, rows: Any, sheet: Scoresheet) -> None:
    copies = list(rows)
    for row in copies:
        row.pk, row.sheet, row._state.adding = None, sheet, True
    model.objects.bulk_create(copies)
