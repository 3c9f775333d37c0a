"""Changes of a draft: one outline after the other, each of which can be taken back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.record import record
from chabaocu.edits import ChangedError
from chabaocu.errors import Refused, StaleState
from rubrics.actions import STREAM
from rubrics.fixture import told
from rubrics.models import GIVEN_OUT, DraftStep, Rubric, Section, Version
from rubrics.outline import Outline, outline_of, read
from rubrics.tree import put_sections

CHANGED = "这份草稿刚有人改过。您填的没有保存，都还在；请对照现在的内容再存一次。"
FIXED = ("code", "number")
HEAD = (
    "annex",
    "title",
    "issuer",
    "source",
    "unit_label",
    "section_label",
    "not_applicable",
    "total",
    "layout",
)


@transaction.atomic
def edit(version: Version, outline: Outline, *, by: Any, what: str, seen: int) -> None:
    """Make the draft say ``outline``, in one transaction, with what it said before kept.

    ``seen`` is the revision from which the outline was made: ChangedError if the draft has been
    changed since, StaleState if it is no draft any more. ``what`` names the change in words.
    """
    _turn(version, seen)
    before = _stored(version)
    fixed = FIXED if is_first(version) else (*FIXED, "target")
    if any(getattr(before, name) != getattr(outline, name) for name in fixed):
        raise Refused("代码、版次和适用对象不随草稿改动。")
    DraftStep.objects.create(
        version=version,
        revision=seen,
        outline=told(before),
        what=what[:120],
        at=timezone.now(),
        by=by,
    )
    _put(version, outline, by)
    record("rubric.edit", version, by=by, stream=STREAM, after={"what": what})


@transaction.atomic
def undo(version: Version, *, by: Any, seen: int) -> DraftStep:
    """Take back the newest change that has not been taken back; again, the one before it."""
    step = newest_step(version)
    if step is None:
        raise Refused("没有可以撤销的改动。")
    outline = read(step.outline)
    _turn(version, seen)
    DraftStep.objects.filter(pk=step.pk).update(is_undone=True)
    _put(version, outline, by)
    record("rubric.undo", version, by=by, stream=STREAM, after={"what": step.what})
    return step


def newest_step(version: Version) -> DraftStep | None:
    """What 撤销 would take back."""
    return DraftStep.objects.filter(version=version, is_undone=False).first()


def as_seen(version: Version, seen: int) -> Outline | None:
    """What the draft said at an earlier revision; None where that was not kept (after 撤销)."""
    step = DraftStep.objects.filter(version=version, revision=seen).first()
    return read(step.outline) if step else None


def is_first(version: Version) -> bool:
    """Whether no version of the table was ever given out: then the table itself may change."""
    issued = Version._base_manager.filter(rubric=version.rubric_id, status__in=GIVEN_OUT)
    return not issued.exists()


def _turn(version: Version, seen: int) -> None:
    """Compare and set: the first statement of the change, and the row is held from here on."""
    draft = Version._base_manager.filter(pk=version.pk, status=Version.Status.DRAFT)
    if not draft.filter(revision=seen).update(revision=seen + 1):
        raise ChangedError(CHANGED) if draft.exists() else StaleState


def _stored(version: Version) -> Outline:
    return outline_of(Version.objects.with_tree().get(pk=version.pk))


def _put(version: Version, outline: Outline, by: Any) -> None:
    head = {name: getattr(outline, name) for name in HEAD} | {"changed_by": by}
    plain = {name: dict(getattr(outline, name)) for name in ("heads", "scheme")}
    Version.objects.filter(pk=version.pk).update(methods=list(outline.methods), **head, **plain)
    if is_first(version):
        facts = {"title": outline.title, "target": outline.target}
        Rubric.objects.filter(pk=version.rubric_id).update(**facts)
    Section.objects.filter(version=version).delete()
    put_sections(version, outline)
    version.refresh_from_db()
