"""The rows of a version's sections, items and scoring points, written from its outline."""

from rubrics.models import Criterion, Item, Section, Version
from rubrics.outline import ItemOutline, Outline, SectionOutline


def put_sections(version: Version, outline: Outline) -> None:
    """Write the parts of a draft that has none."""
    for order, section in enumerate(outline.sections, 1):
        _store_section(version, order, section)


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
