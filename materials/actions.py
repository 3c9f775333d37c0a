"""Hand a piece in, return it, hand it in again, withdraw it."""

from collections.abc import Sequence
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from attachments import actions as files
from attachments.models import Attachment
from attachments.office import check_paper
from audit.record import record
from chabaocu.errors import Refused, StaleState
from materials.models import HOLDER, SEPARATOR, Material
from materials.moves import MOVES
from materials.table import place_of
from orgs.models import Organization, User
from plans.models import Plan, Team

NO_FILE = "请选择要报送的文件。"
USED = "这次报送的编号已经用过，请重新打开报送页。"
NO_REASON = "请写明{move}的理由，对方看得到。"


@transaction.atomic
def hand_in(
    plan: Plan,
    unit: Organization,
    *,
    team: Team | None,
    material_id: UUID,
    uploads: Sequence[UploadedFile],
    by: User,
    **said: str,
) -> Material:
    """Keep a piece with its files, exactly once per ``material_id``; all of it or nothing.

    ``said`` are kind, title, summary and tags. Raises Refused (UnsafeFile) with what to do.
    """
    if made := Material.objects.filter(material_id=material_id).first():
        return _same(made, plan, by)
    if not uploads:
        raise Refused(NO_FILE)
    fields = {"unit": unit, "place": place_of(plan, unit), "team": team, "filed_by": by, **said}
    try:
        with transaction.atomic():
            made = Material.objects.create(plan=plan, material_id=material_id, **fields)
    except IntegrityError:  # sent twice in the same moment
        return _same(Material.objects.get(material_id=material_id), plan, by)
    told = {"kind": made.kind, "title": made.title, "unit": unit.name}
    record("material.hand_in", made, by=by, stream=plan.stream, after=told)
    _keep(made, uploads, by, first=0)
    return made


@transaction.atomic
def move(
    material: Material,
    name: str,
    *,
    by: User,
    reason: str = "",
    uploads: Sequence[UploadedFile] = (),
) -> None:
    """Make one move of the table; StaleState where somebody else made one first."""
    step = MOVES[name]
    if step.needs_reason and not reason.strip():
        raise Refused(NO_REASON.format(move=step.label))
    if material.status not in step.sources:
        raise StaleState
    rows = Material.objects.filter(pk=material.pk, status=material.status)
    said = reason.strip() if step.needs_reason else ""
    if not rows.update(status=step.target, reason=said, moved_by=by, moved_at=timezone.now()):
        raise StaleState
    before = {"status": material.status}
    material.refresh_from_db()
    _keep(material, uploads, by, first=files_of(material).count())
    record(
        f"material.{name}",
        material,
        by=by,
        stream=material.plan.stream,
        before=before,
        after={"status": material.status},
        reason=said,
    )


@transaction.atomic
def describe(material: Material, *, summary: str, tags: str, by: User) -> None:
    """Write 摘要 and 标签 anew, so that others find it; StaleState where somebody else just did.

    Saying what it says already changes nothing.
    """
    told = {"summary": summary.strip(), "tags": tagged(tags)}
    before = {"summary": material.summary, "tags": material.tags}
    if told == before:
        return
    rows = Material.objects.live().filter(pk=material.pk, **before)
    if not rows.update(**told):
        raise StaleState
    stream = material.plan.stream
    record("material.describe", material, by=by, stream=stream, before=before, after=told)


def files_of(material: Material):
    """Its files, in the order they came."""
    held = Attachment.objects.live().filter(holder_type=HOLDER, holder_id=material.pk)
    return held.select_related("uploaded_by")


def tagged(text: str) -> str:
    """Tags as they are kept, each between separators, so that one is found without its likes."""
    tags = dict.fromkeys(filter(None, text.replace("，", " ").replace("、", " ").split()))
    return f"{SEPARATOR}{SEPARATOR.join(tags)}{SEPARATOR}" if tags else ""


def _same(made: Material, plan: Plan, by: User) -> Material:
    if (made.plan_id, made.filed_by_id) != (plan.pk, by.pk):
        raise Refused(USED)
    return made


def _keep(material: Material, uploads: Sequence[UploadedFile], by: User, *, first: int) -> None:
    """Ids follow from the piece's own, so that a second sending keeps nothing twice."""
    for number, upload in enumerate(uploads, start=first + 1):
        files.add(
            upload,
            holder_type=HOLDER,
            holder_id=material.pk,
            slot="",
            upload_id=files.nth_id(material.material_id, number),
            by=by,
            stream=material.plan.stream,
            checking=check_paper,
        )
