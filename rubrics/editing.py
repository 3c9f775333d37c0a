"""Changes of a table as functions outline → outline. Pure.

A place is (section,), (section, item) or (section, item, point), each counted from 0. Items are
numbered through after every change; the codes of points stay with their points, because they
tell which point of one version is which of another (``recoded`` gives them anew).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from rubrics import scheme
from rubrics.outline import CriterionOutline, ItemOutline, Outline, SectionOutline

Place = tuple[int, ...]
Part = SectionOutline | ItemOutline | CriterionOutline
ZERO = Decimal(0)
CHILDREN = ("sections", "items", "criteria")  # by how deep the place of the parent is
MOST_DEPTH = 3


class NoPlace(ValueError):
    """There is no such place in the table, or nothing can go there."""


def part(outline: Outline, place: Place) -> Part:
    """The section, item or point that stands there."""
    found: Any = outline
    for depth, index in enumerate(place):
        children = getattr(found, CHILDREN[depth])
        if not 0 <= index < len(children):
            raise NoPlace(place)
        found = children[index]
    return found


def changed(outline: Outline, place: Place, **fields: Any) -> Outline:
    """The table with these fields of one part changed; the table's own at the place ()."""
    return numbered(_put(outline, place, replace(part(outline, place), **fields)))


def added(outline: Outline, parent: Place, after: int | None = None) -> tuple[Outline, Place]:
    """A new empty part behind the ``after``-th child of ``parent``, or at its end; and its place.

    A new section has an item, a new item a point: the printed form has no empty rows.
    """
    children = _children(outline, parent)
    at = len(children) if after is None else after + 1
    blank = _blank(outline, parent)
    made = _with_children(outline, parent, (*children[:at], blank, *children[at:]))
    if not parent:
        made = _weighed(made, {order: order + 1 for order in range(at + 1, len(children) + 1)})
    return numbered(made), (*parent, at)


def begun(outline: Outline) -> Outline:
    """A table without any part, with its first section, item and point."""
    made, _ = added(outline, ())
    return made


def removed(outline: Outline, place: Place) -> Outline:
    """Without that part, and without its points in the groups of the scheme."""
    gone = {point.code for point in _points(part(outline, place))}
    left = _without(outline, place)
    if len(place) == 1:
        later = range(place[0] + 2, len(outline.sections) + 1)
        left = _weighed(left, {place[0] + 1: 0} | {order: order - 1 for order in later})
    said = {point.code for point in _points(left)}
    return numbered(regrouped(left, {code: "" for code in gone - said}))


def moved(outline: Outline, place: Place, step: int) -> tuple[Outline, Place]:
    """One place up (-1) or down (1) among its kind; past the end it goes into the neighbour."""
    *parent, index = place
    count = len(_children(outline, tuple(parent)))
    if 0 <= index + step < count:
        return _swapped(outline, tuple(parent), index, index + step), (*parent, index + step)
    neighbour = _neighbour(outline, tuple(parent), step)
    if neighbour is None:
        raise NoPlace(place)
    at = 0 if step > 0 else len(_children(outline, neighbour))
    return moved_to(outline, place, neighbour, at)


def moved_to(
    outline: Outline, place: Place, parent: Place, at: int | None = None
) -> tuple[Outline, Place]:
    """Into another item or section: at its end, or before its ``at``-th part."""
    if len(parent) != len(place) - 1:
        raise NoPlace(parent)
    going, children = part(outline, place), list(_children(outline, parent))
    index = len(children) if at is None else at
    if parent == place[:-1]:
        raise NoPlace(parent)
    children.insert(index, going)
    made = _without(_with_children(outline, parent, tuple(children)), place)
    return numbered(made), (*parent, index)


def split(
    outline: Outline, place: Place, first: tuple[str, Decimal], second: tuple[str, Decimal]
) -> Outline:
    """One point made two; together they say what it said, to the letter, and are worth as much.

    ValueError where they do not.
    """
    point = part(outline, place)
    if first[0] + second[0] != point.text or not first[0] or not second[0]:
        raise ValueError("两段合起来要与原来的文字一字不差，每段都不能空")
    if first[1] + second[1] != point.points:
        raise ValueError(f"两段的分值合起来要等于原来的 {point.points:f} 分")
    item = part(outline, place[:-1])
    made = replace(point, text=second[0], points=second[1], code=_free_code(outline, item))
    kept = replace(point, text=first[0], points=first[1])
    points = item.criteria
    index = place[-1]
    return changed(
        outline, place[:-1], criteria=(*points[:index], kept, made, *points[index + 1 :])
    )


def merged(outline: Outline, place: Place) -> Outline:
    """A point and the one behind it in its item made one: its code, kind and parameters stay."""
    item, index = part(outline, place[:-1]), place[-1]
    if index + 1 >= len(item.criteria):
        raise NoPlace(place)
    point, following = item.criteria[index : index + 2]
    whole = replace(point, text=point.text + following.text, points=point.points + following.points)
    points = (*item.criteria[:index], whole, *item.criteria[index + 2 :])
    made = changed(outline, place[:-1], criteria=points)
    return regrouped(made, {following.code: ""})


def recoded(outline: Outline) -> Outline:
    """Every point's code anew from where it stands: 7-2, or 8 where the item has one point."""
    names: dict[str, str] = {}
    sections = tuple(
        replace(section, items=tuple(_recoded_item(item, names) for item in section.items))
        for section in outline.sections
    )
    return regrouped(replace(outline, sections=sections), names)


def numbered(outline: Outline) -> Outline:
    """Items numbered through the whole table, from 1."""
    count, sections = 0, []
    for section in outline.sections:
        items = tuple(
            replace(item, number=count + place) for place, item in enumerate(section.items, 1)
        )
        count += len(items)
        sections.append(replace(section, items=items))
    return replace(outline, sections=tuple(sections))


def places(outline: Outline) -> Iterator[tuple[Place, Part]]:
    """Every part with its place, in issued order, the whole before its parts."""
    for s, section in enumerate(outline.sections):
        yield (s,), section
        for i, item in enumerate(section.items):
            yield (s, i), item
            for c, criterion in enumerate(item.criteria):
                yield (s, i, c), criterion


def regrouped(outline: Outline, names: Mapping[str, str]) -> Outline:
    """The scheme's groups with other codes; a code that becomes "" leaves its group."""
    said = scheme.read(outline.scheme)
    groups = []
    for group in said.groups:
        codes = tuple(filter(None, (names.get(code, code) for code in group.codes)))
        if codes:
            groups.append(replace(group, codes=codes))
    return replace(outline, scheme=replace(said, groups=tuple(groups)).plain())


def anchor(outline: Outline, place: Place) -> str:
    """The code by which a part is found again after others have come or gone: its first point's."""
    return next((point.code for point in _points(part(outline, place))), "") if place else ""


def found(outline: Outline, depth: int, code: str) -> Place | None:
    """Where the part of that depth now stands whose first point has this code."""
    for place, one in places(outline):
        if len(place) == depth and next((p.code for p in _points(one)), "") == code:
            return place
    return None


def _children(outline: Outline, parent: Place) -> tuple[Any, ...]:
    if len(parent) >= MOST_DEPTH:
        raise NoPlace(parent)
    return getattr(part(outline, parent), CHILDREN[len(parent)])


def _with_children(outline: Outline, parent: Place, children: tuple[Any, ...]) -> Outline:
    name = CHILDREN[len(parent)]
    return _put(outline, parent, replace(part(outline, parent), **{name: children}))


def _put(outline: Outline, place: Place, new: Any) -> Any:
    """The table with another part at the place, built from the inside out."""
    if not place:
        return new
    *parent, index = place
    children = list(_children(outline, tuple(parent)))
    children[index] = new
    return _with_children(outline, tuple(parent), tuple(children))


def _without(outline: Outline, place: Place) -> Outline:
    *parent, index = place
    part(outline, place)
    children = _children(outline, tuple(parent))
    return _with_children(outline, tuple(parent), (*children[:index], *children[index + 1 :]))


def _swapped(outline: Outline, parent: Place, one: int, other: int) -> Outline:
    children = list(_children(outline, parent))
    children[one], children[other] = children[other], children[one]
    made = numbered(_with_children(outline, parent, tuple(children)))
    return made if parent else _weighed(made, {one + 1: other + 1, other + 1: one + 1})


def _weighed(outline: Outline, orders: Mapping[int, int]) -> Outline:
    """The weights follow their sections to other orders; 0 is a section that is gone."""
    said = scheme.read(outline.scheme)
    weights = {orders.get(order, order): weight for order, weight in said.weights.items()}
    weights.pop(0, None)
    return replace(outline, scheme=replace(said, weights=weights).plain())


def _neighbour(outline: Outline, parent: Place, step: int) -> Place | None:
    """The next part of the parent's kind, through the whole table."""
    kin = [place for place, _ in places(outline) if len(place) == len(parent) and parent]
    if parent not in kin:
        return None
    index = kin.index(parent) + step
    return kin[index] if 0 <= index < len(kin) else None


def _blank(outline: Outline, parent: Place) -> Part:
    if len(parent) == MOST_DEPTH - 1:
        return _blank_point(_free_code(outline, part(outline, parent)))
    point = _blank_point(_unused(outline, str(len(outline.items) + 1)))
    item = ItemOutline(0, ZERO, (point,))
    return item if parent else SectionOutline("新项目", (item,))


def _blank_point(code: str) -> CriterionOutline:
    return CriterionOutline(code, "（在这里写原文）", "award", ZERO, {"step": "0.5"})


def _free_code(outline: Outline, item: ItemOutline) -> str:
    """The next code of an item: 7-3 behind 7-2, and 8-2 behind 8."""
    stem = item.criteria[0].code.partition("-")[0] if item.criteria else str(item.number)
    used = {point.code for point in _points(outline)}
    count = len(item.criteria) + 1
    while f"{stem}-{count}" in used:
        count += 1
    return f"{stem}-{count}"


def _unused(outline: Outline, wanted: str) -> str:
    used = {point.code for point in _points(outline)}
    count = int(wanted)
    while any(code.partition("-")[0] == str(count) for code in used):
        count += 1
    return str(count)


def _points(whole: Any) -> Iterator[CriterionOutline]:
    """The points in an outline, a section, an item, or the point itself."""
    if isinstance(whole, CriterionOutline):
        yield whole
        return
    depth = (Outline, SectionOutline, ItemOutline).index(type(whole))
    for child in getattr(whole, CHILDREN[depth]):
        yield from _points(child)


def _recoded_item(item: ItemOutline, names: dict[str, str]) -> ItemOutline:
    points = []
    for order, point in enumerate(item.criteria, 1):
        code = f"{item.number}-{order}" if len(item.criteria) > 1 else f"{item.number}"
        names[point.code] = code
        points.append(replace(point, code=code))
    return replace(item, criteria=tuple(points))
