"""Where the parts of a chart stand, in the units of its viewBox. Pure."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

BAR = 200  # width of the bar of a table row
WIDE, HIGH = 304, 180
LEFT, RIGHT, TOP, FLOOR = 30, 4, 14, 156
LINES = 4


def bar(share: Fraction | None) -> str:
    """How long the bar of a share is; never longer than its track."""
    return f"{float(min(max(share or 0, 0), 1) * BAR):.1f}"


@dataclass(frozen=True)
class Column:
    """One column of a histogram, its number above it and its label below."""

    x: str
    y: str
    width: str
    height: str
    middle: str
    above: str
    value: int
    label: str


@dataclass(frozen=True)
class Line:
    """A line of the grid and the number it stands for."""

    y: str
    value: int


@dataclass(frozen=True)
class Histogram:
    """The columns of a histogram and its grid; the axis begins at 0."""

    columns: Sequence[Column]
    lines: Sequence[Line]
    width: int = WIDE
    height: int = HIGH
    left: int = LEFT
    floor: int = FLOOR
    right: int = WIDE - RIGHT


def histogram(values: Sequence[tuple[str, int]]) -> Histogram:
    """Columns of the same width; where there are many, every other label is left out."""
    step = _step(max((value for _, value in values), default=0))
    top = step * LINES
    lines = [Line(f"{_y(n * step, top):.1f}", n * step) for n in range(LINES + 1)]
    return Histogram([*_columns(values, top)], lines)


def _columns(values: Sequence[tuple[str, int]], top: int) -> Iterator[Column]:
    slot = (WIDE - LEFT - RIGHT) / max(len(values), 1)
    every = 1 + len(values) // 7
    for n, (label, value) in enumerate(values):
        x, y = LEFT + n * slot, _y(value, top)
        yield Column(
            x=f"{x + slot * 0.15:.1f}",
            y=f"{y:.1f}",
            width=f"{slot * 0.7:.1f}",
            height=f"{FLOOR - y:.1f}",
            middle=f"{x + slot / 2:.1f}",
            above=f"{y - 4:.1f}",
            value=value,
            label=label if n % every == 0 else "",
        )


def _y(value: int, top: int) -> float:
    return FLOOR - (FLOOR - TOP) * value / top


@dataclass(frozen=True)
class Interval:
    """One interval of a chart: its middle, its ends, and the height at which it stands."""

    name: str
    middle: str
    low: str
    high: str
    y: int
    is_apart: bool
    value: str


@dataclass(frozen=True)
class Intervals:
    """Intervals below each other over one axis, 0 in its middle."""

    rows: Sequence[Interval]
    lines: Sequence[tuple[str, str]]  # where a line stands, and the number under it
    zero: str
    floor: int
    width: int = 640
    left: int = 132
    right: int = 580

    @property
    def height(self) -> int:
        return self.floor + 34


def intervals(found: Sequence[tuple[str, float, float, float, bool]]) -> Intervals:
    """From name, low, middle, high and whether it stands apart; the axis reaches as far as any."""
    reach = max((abs(end) for _, low, _, high, _ in found for end in (low, high)), default=1.0)
    step = _step(math.ceil(reach * 2))
    top = step * LINES / 2

    def x(value: float) -> str:
        half = (Intervals.right - Intervals.left) / 2
        return f"{Intervals.left + half * (1 + value / top):.1f}"

    rows = [
        Interval(name, x(middle), x(low), x(high), 42 + 27 * n, is_apart, f"{middle:.1f}")
        for n, (name, low, middle, high, is_apart) in enumerate(found)
    ]
    ticks = [top * n / 2 for n in range(-2, 3)]
    lines = [(x(tick), f"{tick:+g}".replace("-", "−") if tick else "0") for tick in ticks]
    return Intervals(rows, lines, x(0), 42 + 27 * len(found) - 6)


def _step(most: int) -> int:
    """A round distance of lines: 1, 2, 5, 10, 20, 50 …"""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * LINES >= most:
                return step
        size *= 10
