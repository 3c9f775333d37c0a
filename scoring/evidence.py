"""Photos and files behind a draft: added and removed only while it can be filled."""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from attachments import actions as files
from attachments.models import Attachment
from scoring import freeze, signatures
from scoring.models import Scoresheet


def add(
    sheet: Scoresheet, upload: UploadedFile, *, slot: str, upload_id: UUID, by: Any
) -> Attachment:
    """Keep a file of a scoring point; what was signed without it no longer stands.

    The file is checked first, which takes time; then the draft is held, and the row, the audit
    event and the void signatures are written in one short transaction.
    """
    return files.add(
        upload,
        holder_type=freeze.HOLDER,
        holder_id=sheet.visit_id,
        slot=slot,
        upload_id=upload_id,
        by=by,
        stream=sheet.visit.stream,
        hold=partial(signatures.hold, sheet),
    )


@transaction.atomic
def remove(sheet: Scoresheet, file: Attachment, *, by: Any) -> None:
    """Take a file away, and void what was signed with it."""
    signatures.hold(sheet)
    files.remove(file, by=by, stream=sheet.visit.stream)
