"""Add a file to its holder, take it away again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from attachments import storage
from attachments.files import LARGEST, Checked, check
from attachments.models import Attachment
from audit.record import record
from chabaocu.errors import Refused, StaleState

MOST_PER_SLOT = 20
REUSED = "这次上传的编号已用于别的文件，请重新选择文件。"
FULL = f"每处最多 {MOST_PER_SLOT} 个文件，请先移除不用的。"


def add(
    upload: UploadedFile,
    *,
    holder_type: str,
    holder_id: int,
    slot: str,
    upload_id: UUID,
    by: Any,
    stream: str,
    hold: Callable[[], None] = lambda: None,
    then: Callable[[Attachment], object] = lambda made: None,
    checking: Callable[[str, bytes], Checked] = check,
) -> Attachment:
    """Check and keep an uploaded file, exactly once per ``upload_id``.

    Raises UnsafeFile (a Refused) for a file that may not come in. The same id again returns the
    attachment it made; for another place or person it is refused. The event goes to ``stream``.
    ``hold`` begins the transaction that writes the row: it takes the holder, or raises Refused.
    ``then`` ends it, with what the row is for; if that is refused, there is no row either.
    ``checking`` says what may come in here, and as what it is kept.
    """
    place = {"holder_type": holder_type, "holder_id": holder_id, "slot": slot, "uploaded_by": by}
    if made := _made(upload_id, place):
        return made
    _check_room(place)
    checked = checking(upload.name or "", upload.read(LARGEST + 1))
    sha256 = _keep(checked)
    try:
        with transaction.atomic():
            hold()
            made = _store(checked, sha256, place, upload_id, by, stream)
            then(made)
            return made
    except IntegrityError:
        made = _made(upload_id, place)
        if made is None:
            raise
        return made


@transaction.atomic
def archive(
    checked: Checked, *, holder_type: str, holder_id: int, by: Any, stream: str
) -> Attachment:
    """Keep an original as it was handed in, unchanged.

    Its app has checked it in its own way: what ``files.check`` lets in, it makes anew.
    """
    place = {"holder_type": holder_type, "holder_id": holder_id, "slot": "", "uploaded_by": by}
    return _store(checked, _keep(checked), place, uuid4(), by, stream)


@transaction.atomic
def remove(attachment: Attachment, *, by: Any, stream: str) -> None:
    """Take a file out of sight; the content stays, for what was signed or issued with it."""
    rows = Attachment.objects.filter(pk=attachment.pk, removed_at=None)
    if not rows.update(removed_at=timezone.now(), removed_by=by):
        raise StaleState
    record("attachment.remove", attachment, by=by, stream=stream, before=_told(attachment))


def nth_id(first: UUID, number: int) -> UUID:
    """The id of the n-th file sent under one id, so that a second sending keeps nothing twice."""
    return UUID(int=(first.int + number) % 2**128)


def _made(upload_id: UUID, place: dict[str, Any]) -> Attachment | None:
    made = Attachment.objects.filter(upload_id=upload_id).first()
    if made and any(getattr(made, name) != value for name, value in place.items()):
        raise Refused(REUSED)
    return made


def _check_room(place: dict[str, Any]) -> None:
    here = {name: place[name] for name in ("holder_type", "holder_id", "slot")}
    if Attachment.objects.live().filter(**here).count() >= MOST_PER_SLOT:
        raise Refused(FULL)


def _keep(checked: Checked) -> str:
    """Content first, row after: a content without a row is harmless, a row without is not."""
    sha256 = storage.digest(checked.data)
    storage.keep(checked.data, storage.path_of(sha256))
    if checked.thumb:
        storage.keep(checked.thumb, storage.thumb_path_of(sha256))
    return sha256


def _store(
    checked: Checked, sha256: str, place: dict[str, Any], upload_id: UUID, by: Any, stream: str
) -> Attachment:
    made = Attachment.objects.create(
        kind=checked.kind,
        sha256=sha256,
        content_type=checked.content_type,
        size=len(checked.data),
        width=checked.width,
        height=checked.height,
        name=checked.name,
        upload_id=upload_id,
        **place,
    )
    record("attachment.add", made, by=by, stream=stream, after=_told(made))
    return made


def _told(attachment: Attachment) -> dict[str, Any]:
    return {
        "slot": attachment.slot,
        "name": attachment.name,
        "sha256": attachment.sha256,
        "size": attachment.size,
    }
