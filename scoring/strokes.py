"""A drawn signature: lines of points in a fixed box, checked, and drawn as SVG paths. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 1200, 480  # the box the page scales to, whatever the screen
MOST_TEXT = 120_000
MOST_LINES = 300
MOST_POINTS = 6_000
FEWEST_POINTS = 8
MARGIN = 16

Line = list[list[int]]


class InvalidStrokesError(ValueError):
    """What came in is no signature; the message says in Chinese what to do."""


@dataclass(frozen=True)
class Drawing:
    """A signature as SVG: the box that holds it, and one path a line."""

    viewbox: str
    paths: tuple[str, ...]


def parse(text: str) -> list[Line]:
    """The lines of a signature as the page sends them: ``[[[x, y], …], …]`` in whole numbers.

    Raises InvalidStrokesError for what is not that, is too long, or is hardly more than a dot.
    """
    if len(text) > MOST_TEXT:
        raise InvalidStrokesError("签名的笔画太多，请重写。")
    try:
        lines = json.loads(text or "[]")
    except (ValueError, RecursionError):
        raise InvalidStrokesError("签名没有传完整，请重写。") from None
    if not isinstance(lines, list) or not all(map(_is_line, lines)):
        raise InvalidStrokesError("签名没有传完整，请重写。")
    count = sum(map(len, lines))
    if len(lines) > MOST_LINES or count > MOST_POINTS:
        raise InvalidStrokesError("签名的笔画太多，请重写。")
    if count < FEWEST_POINTS:
        raise InvalidStrokesError("还没有签名，请在方框里手写。")
    return lines


def draw(lines: Sequence[Line]) -> Drawing | None:
    """Paths and the box around them; None where nothing was drawn."""
    points = [point for line in lines for point in line]
    if not points:
        return None
    left, top = (min(p[i] for p in points) - MARGIN for i in (0, 1))
    right, bottom = (max(p[i] for p in points) + MARGIN for i in (0, 1))
    box = f"{left} {top} {right - left} {bottom - top}"
    return Drawing(box, tuple(map(_path, lines)))


def _is_line(line: object) -> bool:
    return isinstance(line, list) and bool(line) and all(map(_is_point, line))


def _is_point(point: object) -> bool:
    if not isinstance(point, list) or len(point) != 2:
        return False
    x, y = point
    return type(x) is int and type(y) is int and 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def _path(line: Line) -> str:
    (x, y), rest = line[0], line[1:] or line
    return f"M{x} {y}" + "".join(f"L{x} {y}" for x, y in rest)
