"""Changes people make to rubrics: store a draft, publish it, retire it, draft the next one."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from audit.record import record
from chabaocu.errors import Refused, StaleState
from orgs.roles import Permission
from rubrics.mismatches import mismatches
from rubrics.models import Rubric, Version
from rubrics.outline import Outline, outline_of
from rubrics.tree import put_sections

STREAM = "rubrics"


@transaction.atomic
def store(outline: Outline, *, by: Any, accepted: Iterable[str] = ()) -> Version:
    """A new draft with the outline's content; ``accepted`` are contradictions left as issued.

    A table belongs to the unit of whoever stores its first draft, or to everybody (``by`` None);
    refused where its code is another unit's.
    """
    return _drafted(rubric_of(outline, by), outline, by, accepted)


def _drafted(rubric: Rubric, outline: Outline, by: Any, accepted: Iterable[str]) -> Version:
    version = Version.objects.create(
        rubric=rubric,
        number=outline.number,
        annex=outline.annex,
        title=outline.title,
        issuer=outline.issuer,
        source=outline.source,
        unit_label=outline.unit_label,
        section_label=outline.section_label,
        methods=list(outline.methods),
        not_applicable=outline.not_applicable,
        total=outline.total,
        layout=outline.layout,
        heads=dict(outline.heads),
        scheme=dict(outline.scheme),
        accepted_mismatches=list(accepted),
        changed_by=by,
    )
    put_sections(version, outline)
    record("rubric.store", version, by=by, stream=STREAM, after={"number": version.number})
    return version


def rubric_of(outline: Outline, by: Any) -> Rubric:
    """The rubric with the outline's code, made of its head where there is none yet."""
    facts: dict[str, Any] = {"title": outline.title, "target": outline.target}
    facts["organization"] = by.organization if by else None
    rubric, is_new = Rubric.objects.get_or_create(code=outline.code, defaults=facts)
    own = Rubric.objects.permitted(by, Permission.RUBRIC_MANAGE) if by else Rubric.objects.all()
    if not is_new and not own.filter(pk=rubric.pk).exists():
        raise Refused(f"代码 {outline.code} 已有别的单位在用，请另取一个。")
    if rubric.target != outline.target:
        raise Refused(
            f"代码 {rubric.code} 已是“{rubric.title}”（{rubric.get_target_display()}）。"
            "是它的新版就选同样的适用对象，不是就换一个代码。"
        )
    return rubric


@transaction.atomic
def publish(version: Version, *, by: Any, seen: int | None = None) -> None:
    """Draft → published, with its content hash; refused while a contradiction is not accepted.

    Two people have seen what is published: whoever changed the draft last does not publish it.
    ``seen`` is the revision the page showed; StaleState if the draft has been changed since.
    """
    stored = Version.objects.with_tree().get(pk=version.pk)
    outline = outline_of(stored)
    left = unaccepted(stored, outline)
    if left and stored.status == Version.Status.DRAFT:
        raise Refused("评分表前后不符，不能发布：" + "；".join(left))
    if by and by.pk == stored.changed_by_id and stored.status == Version.Status.DRAFT:
        raise Refused("最后改动这份草稿的是您，请另一位同事核对后发布。")
    _move(
        version,
        Version.Status.DRAFT,
        revision=stored.revision if seen is None else seen,
        status=Version.Status.PUBLISHED,
        content_hash=outline.content_hash,
        published_at=timezone.now(),
        published_by=by,
    )
    record("rubric.publish", version, by=by, stream=STREAM, after={"hash": outline.content_hash})


def unaccepted(version: Version, outline: Outline) -> list[str]:
    """The contradictions of a version that nobody has accepted, in words."""
    return [str(m) for m in mismatches(outline) if str(m) not in version.accepted_mismatches]


@transaction.atomic
def accept(version: Version, *, by: Any, mismatch: str, why: str, seen: int | None = None) -> None:
    """Leave a contradiction of the draft as its issuer printed it, with a note."""
    stored = Version.objects.with_tree().get(pk=version.pk)
    if not why.strip():
        raise Refused("请写明为什么照印：例如“原件如此，已向发文单位核实”。")
    if mismatch not in unaccepted(stored, outline_of(stored)):
        raise StaleState
    note = {"why": why.strip(), "by": str(by), "at": timezone.now().isoformat()}
    _move(
        version,
        Version.Status.DRAFT,
        revision=stored.revision if seen is None else seen,
        accepted_mismatches=[*stored.accepted_mismatches, mismatch],
        acceptances=stored.acceptances | {mismatch: note},
        changed_by=by,
    )
    said = {"mismatch": mismatch}
    record("rubric.accept", version, by=by, stream=STREAM, after=said, reason=note["why"])


@transaction.atomic
def retire(version: Version, *, by: Any, reason: str = "") -> None:
    """Published → retired: no new plan takes it; sheets filled in it stay as they are."""
    _end(version, Version.Status.PUBLISHED, Version.Status.RETIRED, by=by, reason=reason)
    record("rubric.retire", version, by=by, stream=STREAM, reason=reason)


@transaction.atomic
def cancel(version: Version, *, by: Any, reason: str) -> None:
    """Draft → cancelled: it stays to be read, its number is not given again."""
    if not reason.strip():
        raise Refused("请写明作废的理由。")
    _end(version, Version.Status.DRAFT, Version.Status.CANCELLED, by=by, reason=reason)
    record("rubric.cancel", version, by=by, stream=STREAM, reason=reason)


@transaction.atomic
def redraft(version: Version, *, by: Any) -> Version:
    """A draft of the next number that says what the published version says."""
    rubric = hold(version.rubric_id)
    if version.status not in (Version.Status.PUBLISHED, Version.Status.RETIRED):
        raise StaleState
    if draft := rubric.versions.filter(status=Version.Status.DRAFT).first():
        raise Refused(f"第{draft.number}版已在起草，请接着改，或先把它作废。")
    source = Version.objects.with_tree().get(pk=version.pk)
    newest = rubric.versions.aggregate(newest=Max("number"))["newest"]
    outline = replace(outline_of(source), number=newest + 1)
    draft = _drafted(rubric, outline, by, source.accepted_mismatches)
    Version.objects.filter(pk=draft.pk).update(acceptances=source.acceptances)
    draft.refresh_from_db()
    return draft


def hold(pk: int) -> Rubric:
    """The rubric, held until the transaction ends: who numbers a version comes one by one."""
    return Rubric._base_manager.select_for_update().get(pk=pk)


def _end(version: Version, source: str, target: str, *, by: Any, reason: str) -> None:
    ended = {"ended_at": timezone.now(), "ended_by": by, "end_reason": reason.strip()}
    _move(version, source, status=target, **ended)


def _move(version: Version, source: str, *, revision: int | None = None, **changes: Any) -> None:
    """Compare and set; every change of a draft makes it the next revision."""
    # the base manager: the named moves are the one way to change an issued version
    rows = Version._base_manager.filter(pk=version.pk, status=source)
    if revision is not None:
        rows = rows.filter(revision=revision)
        changes["revision"] = revision + 1
    if not rows.update(**changes):
        raise StaleState
    version.refresh_from_db()
