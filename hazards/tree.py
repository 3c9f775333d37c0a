"""A unit's places as a tree, each below what it lies in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from hazards.models import Place


def tree(places: Iterable[Place]) -> list[tuple[int, Place]]:
    """(depth, place) from the top down; what lies in none of them stands at the top."""
    found = sorted(places, key=lambda place: (place.order, place.pk))
    known = {place.pk for place in found}
    below: dict[int | None, list[Place]] = defaultdict(list)
    for place in found:
        below[place.parent_id if place.parent_id in known else None].append(place)
    return list(_walk(below, None, 0))


def _walk(below: dict, above: int | None, depth: int) -> Iterator[tuple[int, Place]]:
    for place in below[above]:
        yield depth, place
        yield from _walk(below, place.pk, depth + 1)
