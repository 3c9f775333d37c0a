"""What each part of a table says it is worth, and what its parts come to. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from rubrics import scheme
from rubrics.editing import Place, places
from rubrics.evaluate import points_in
from rubrics.outline import CriterionOutline, ItemOutline, Outline, SectionOutline
from rubrics.totals import worth

STATED = re.compile(r"（([0-9]+(?:\.[0-9]+)?)分）")


@dataclass(frozen=True)
class Sum:
    """The points of one part; ``stated`` is None where the table does not say them."""

    found: Decimal
    stated: Decimal | None

    @property
    def agrees(self) -> bool:
        """Whether the table does not contradict itself here."""
        return self.stated is None or self.stated == self.found


def sums(outline: Outline) -> Mapping[Place, Sum]:
    """The sum of every part by its place, and of the whole table at ()."""
    found = {place: sum_of(part) for place, part in places(outline)}
    return found | {(): Sum(promised(outline), outline.total)}


def sum_of(part: SectionOutline | ItemOutline | CriterionOutline) -> Sum:
    """A section against its items, an item against its points, a point against its wording."""
    if isinstance(part, SectionOutline):
        return Sum(sum((item.worth for item in part.items), Decimal(0)), part.points)
    if isinstance(part, ItemOutline):
        return Sum(part.worth, part.points)
    said = STATED.search(part.text)
    return Sum(part.points, Decimal(said[1]) if said else None)


def adopted(outline: Outline) -> Outline:
    """Every stated sum made what its parts come to; a section that states none states none."""
    sections = tuple(
        replace(
            section,
            items=tuple(replace(item, points=item.worth) for item in section.items),
            points=None if section.points is None else sum_of(section).found,
        )
        for section in outline.sections
    )
    made = replace(outline, sections=sections)
    return replace(made, total=promised(made))


def promised(outline: Outline) -> Decimal:
    """Full marks as the scheme leaves them: groups capped, bonus none, sections weighed."""
    said = scheme.read(outline.scheme)
    return said.scale.points if said.scale else worth(points_in(outline), said)
