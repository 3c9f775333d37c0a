"""Read from a layout which cell has how many characters on which page."""

from collections import defaultdict
from typing import Any

Run = tuple[int, int]


def page_parts(document: Any) -> list[set[int]]:
    """For each page of the layout, the numbers of the parts that have something on it."""
    return [
        {int(cell.split(":")[0]) for cell, _ in _cells(page._page_box, None)}
        for page in document.pages
    ]


def measure_cells(document: Any) -> dict[str, list[Run]]:
    """Characters (no spaces) of each ``data-cell``, page by page."""
    found: dict[str, list[Run]] = defaultdict(list)
    for number, page in enumerate(document.pages):
        counts: dict[str, int] = defaultdict(int)
        for cell, text in _cells(page._page_box, None):
            counts[cell] += sum(not char.isspace() for char in text)
        for cell, count in counts.items():
            found[cell.split(":")[1]].append((number, count))
    return {cell: [run for run in runs if run[1]] or runs[:1] for cell, runs in found.items()}


def _cells(box: Any, cell: str | None):
    """(cell, text) of everything under ``box``; an empty cell gives one empty text."""
    element = getattr(box, "element", None)
    own = element.get("data-cell") if hasattr(element, "get") else None
    if own and own != cell:
        cell = own
        yield cell, ""
    if cell and hasattr(box, "text"):
        yield cell, box.text or ""
    for child in getattr(box, "children", ()):
        yield from _cells(child, cell)
