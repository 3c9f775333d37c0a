"""Read from the layout of a form where each value stands, and in what type.

A value is an element with ``data-value``: a cell of a table, a span behind its label, a block.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ROUNDING = 0.01  # px


@dataclass(frozen=True)
class Place:
    """The box of a value on the page, in CSS pixels, and how high its text may be."""

    left: float
    top: float
    width: float
    room: float
    is_middle: bool
    type: str

    @property
    def declarations(self) -> str:
        """As a style sheet says it; ``top`` of a centred value is its middle."""
        middle = "transform: translateY(-50%); " if self.is_middle else ""
        where = f"left: {self.left!r}px; top: {self.top!r}px; width: {self.width!r}px"
        return f"{where}; {middle}{self.type}"


def places(page: Any) -> dict[str, Place]:
    """The places of a form's values by name."""
    found: dict[str, Place] = {}
    for name, box, block, line in _values(page._page_box, None, None):
        if name not in found:
            found[name] = _place(box, block, line)
    return found


def heights(page: Any) -> dict[str, float]:
    """How high each value of a page came out."""
    found: dict[str, float] = {}
    for name, box, _, _ in _values(page._page_box, None, None):
        found.setdefault(name, box.height)
    return found


def owners(page: Any) -> set[str]:
    """Whose values stand on the page: ``data-page`` of all that is on it."""
    elements = (getattr(box, "element", None) for box in page._page_box.descendants())
    found = {element.get("data-page") for element in elements if hasattr(element, "get")}
    return found - {None}


def fits(place: Place, height: float) -> bool:
    """Whether a value of this height leaves everything around it where it is."""
    return height <= place.room + ROUNDING


def _values(box: Any, block: Any, line: Any) -> Iterator[tuple[str, Any, Any, Any]]:
    """(name, box, the block it stands in, the line it stands in) of everything under ``box``."""
    element = getattr(box, "element", None)
    name = element.get("data-value") if hasattr(element, "get") else None
    if name:
        yield name, box, block, line
    is_line = type(box).__name__ == "LineBox"
    for child in getattr(box, "children", ()):
        if is_line:
            yield from _values(child, block, box)
        else:
            yield from _values(child, box if line is None else block, line)


def _place(box: Any, block: Any, line: Any) -> Place:
    if line is not None:
        return _behind_label(box, block, line)
    first = next((b for b in box.descendants() if type(b).__name__ == "LineBox"), None)
    if first is None:
        return Place(box.content_box_x(), box.content_box_y(), box.width, box.height, False, "")
    if type(box).__name__ == "TableCellBox":
        return _in_cell(box, first)
    width = block.content_box_x() + block.width - box.content_box_x()
    return Place(
        box.content_box_x(), box.content_box_y(), width, box.height, False, _type(box.style)
    )


def _behind_label(box: Any, block: Any, line: Any) -> Place:
    """The rest of the line; a second line would move what follows."""
    left = box.content_box_x()
    width = block.content_box_x() + block.width - left
    return Place(left, line.position_y, width, line.height, False, _type(box.style))


def _in_cell(cell: Any, line: Any) -> Place:
    """All of the cell inside its padding; the row is as high as its other cells make it."""
    style = cell.style
    around = cell.border_top_width + cell.border_bottom_width
    room = (
        cell.border_height() - around - style["padding_top"].value - style["padding_bottom"].value
    )
    is_middle = style["vertical_align"] == "middle"
    top = line.position_y + (line.height / 2 if is_middle else 0)
    return Place(cell.content_box_x(), top, cell.width, room, is_middle, _type(style))


def _type(style: Any) -> str:
    """The computed type of a box as declarations."""
    families = ", ".join(f'"{family}"' for family in style["font_family"])
    height = style["line_height"]
    lines = height if isinstance(height, int | float | str) else f"{height.value!r}px"
    return (
        f"font-family: {families}; font-size: {style['font_size']!r}px;"
        f" font-weight: {style['font_weight']}; line-height: {lines};"
        f" text-align: {style['text_align_all']}; white-space: {style['white_space']}"
    )
