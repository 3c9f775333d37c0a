"""Photos of a hazard: before, and after for each attempt."""

from collections.abc import Iterable
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from attachments import actions as files
from attachments.models import Attachment
from hazards.guards import HOLDER
from hazards.models import Hazard
from orgs.models import User

BEFORE = "before"


def add(
    hazard: Hazard, upload: UploadedFile, *, slot: str, upload_id: UUID, by: User | None
) -> Attachment:
    """Keep a photo or file of the hazard, once per ``upload_id``."""
    return files.add(
        upload,
        holder_type=HOLDER,
        holder_id=hazard.pk,
        slot=slot,
        upload_id=upload_id,
        by=by,
        stream=hazard.stream,
    )


def add_before(hazard: Hazard, uploads: Iterable[UploadedFile], *, by: User | None) -> None:
    """Keep what came with the report; a second sending of the same report keeps nothing twice."""
    for number, upload in enumerate(uploads, start=1):
        id = files.nth_id(hazard.report_id, number)
        add(hazard, upload, slot=BEFORE, upload_id=id, by=by)


def of(hazard: Hazard) -> QuerySet[Attachment]:
    """What is kept of the hazard, in the order it came."""
    held = Attachment.objects.live().filter(holder_type=HOLDER, holder_id=hazard.pk)
    return held.select_related("uploaded_by")
