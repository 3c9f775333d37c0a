"""Changes of a draft: one outline after the other, each of which can be taken back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.record import record
from chabaocu.edits import ChangedError
from chabaocu.errors import Refused, StaleState
from rubrics.actions import STREAM
from rubrics.fixture import told
from rubrics.models import DraftStep, Section, Version
from rubrics.outline import Outline, outline_of, read
from rubrics.tree import put_sections

CHANGED = "这份草稿刚有人改过。您填的没有保存，都还在；请对照现在的内容再存一次。"
FIXED = ("code", "number", "target", "issuer", "source")  # of the rubric, not of one version
HEAD = (
    "annex",
    "title",
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
    if any(getattr(before, name) != getattr(outline, name) for name in FIXED):
        raise Refused("代码、版次、对象、发文单位和出处不随草稿改动。")
    DraftStep.objects.create(
        version=version,
        revision=seen,
        outline=told(before),
        what=what[:120],
        at=timezone.now(),
        by=by,
    )
    _put(version, outline)
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
    _put(version, outline)
    record("rubric.undo", version, by=by, stream=STREAM, after={"what": step.what})
    return step


def newest_step(version: Version) -> DraftStep | None:
    """What 撤销 would take back."""
    return DraftStep.objects.filter(version=version, is_undone=False).first()


def _turn(version: Version, seen: int) -> None:
    """Compare and set: the first statement of the change, and the row is held from here on."""
    draft = Version._base_manager.filter(pk=version.pk, status=Version.Status.DRAFT)
    if not draft.filter(revision=seen).update(revision=seen + 1):
        raise ChangedError(CHANGED) if draft.exists() else StaleState


def _stored(version: Version) -> Outline:
    return outline_of(Version.objects.with_tree().get(pk=version.pk))


def _put(version: Version, outline: Outline) -> None:
    head = {name: getattr(outline, name) for name in HEAD}
    plain = {name: dict(getattr(outline, name)) for name in ("heads", "scheme")}
    Version.objects.filter(pk=version.pk).update(methods=list(outline.methods), **head, **plain)
    Section.objects.filter(version=version).delete()
    put_sections(version, outline)
    version.refresh_from_db()
