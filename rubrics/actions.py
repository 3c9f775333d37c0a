"""Changes people make to rubrics: store a draft, publish it, retire it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.record import record
from chabaocu.errors import Refused, StaleState
from rubrics.mismatches import mismatches
from rubrics.models import Criterion, Item, Rubric, Section, Version
from rubrics.outline import ItemOutline, Outline, SectionOutline, outline_of

STREAM = "rubrics"


@transaction.atomic
def store(outline: Outline, *, by: Any, accepted: Iterable[str] = ()) -> Version:
    """A new draft with the outline's content; ``accepted`` are contradictions left as issued."""
    rubric, _ = Rubric.objects.get_or_create(
        code=outline.code,
        defaults={
            "title": outline.title,
            "target": outline.target,
            "issuer": outline.issuer,
            "source": outline.source,
        },
    )
    version = Version.objects.create(
        rubric=rubric,
        number=outline.number,
        annex=outline.annex,
        title=outline.title,
        unit_label=outline.unit_label,
        section_label=outline.section_label,
        methods=list(outline.methods),
        not_applicable=outline.not_applicable,
        total=outline.total,
        layout=outline.layout,
        heads=dict(outline.heads),
        scheme=dict(outline.scheme),
        accepted_mismatches=list(accepted),
    )
    for order, section in enumerate(outline.sections, 1):
        _store_section(version, order, section)
    record("rubric.store", version, by=by, stream=STREAM, after={"number": version.number})
    return version


@transaction.atomic
def publish(version: Version, *, by: Any) -> None:
    """Draft → published, with its content hash; refused while a contradiction is not accepted."""
    outline = outline_of(Version.objects.with_tree().get(pk=version.pk))
    left = [str(m) for m in mismatches(outline) if str(m) not in version.accepted_mismatches]
    if left:
        raise Refused("评分表前后不符，不能发布：" + "；".join(left))
    changed = Version.objects.filter(pk=version.pk, status=Version.Status.DRAFT).update(
        status=Version.Status.PUBLISHED,
        content_hash=outline.content_hash,
        published_at=timezone.now(),
        published_by=by,
    )
    if not changed:
        raise StaleState
    record("rubric.publish", version, by=by, stream=STREAM, after={"hash": outline.content_hash})
    version.refresh_from_db()


@transaction.atomic
def retire(version: Version, *, by: Any) -> None:
    """Published → retired: no new plan takes it; sheets filled in it stay as they are."""
    # the base manager: the one change a published version allows
    changed = Version._base_manager.filter(pk=version.pk, status=Version.Status.PUBLISHED).update(
        status=Version.Status.RETIRED
    )
    if not changed:
        raise StaleState
    record("rubric.retire", version, by=by, stream=STREAM)
    version.refresh_from_db()


def _store_section(version: Version, order: int, section: SectionOutline) -> None:
    stored = Section.objects.create(
        version=version,
        order=order,
        name=section.name,
        points=section.points,
        methods=list(section.methods),
    )
    for item in section.items:
        _store_item(stored, item)


def _store_item(section: Section, item: ItemOutline) -> None:
    stored = Item.objects.create(
        section=section,
        number=item.number,
        label=item.label,
        heading=item.heading,
        points=item.points,
        methods=list(item.methods),
    )
    Criterion.objects.bulk_create(
        Criterion(
            item=stored,
            order=order,
            code=c.code,
            text=c.text,
            kind=c.kind,
            points=c.points,
            params=dict(c.params),
        )
        for order, c in enumerate(item.criteria, 1)
    )
