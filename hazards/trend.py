"""Found and struck off week by week, as columns in the units of a viewBox. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 760, 200
LEFT, RIGHT, TOP, FLOOR = 40, 8, 12, 172
LINES = 4  # of the grid, above the axis
SHARE = 0.38  # of a week's width that one column takes
EVERY = 4  # weeks from one label to the next


@dataclass(frozen=True)
class Column:
    """One week: two columns side by side, the label below where there is one."""

    week: date
    found: int
    closed: int
    x: str
    beside: str
    width: str
    found_y: str
    found_height: str
    closed_y: str
    closed_height: str
    label: str


@dataclass(frozen=True)
class Trend:
    """The chart; ``lines`` are heights of the grid with the number each stands for."""

    columns: Sequence[Column]
    lines: Sequence[tuple[str, int]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = FLOOR


def trend(weeks: Sequence[date], found: Mapping[str, int], closed: Mapping[str, int]) -> Trend:
    """The columns of these weeks, by their Mondays; the axis begins at 0."""
    rows = [(day, found.get(day.isoformat(), 0), closed.get(day.isoformat(), 0)) for day in weeks]
    step = _step(max((max(a, b) for _, a, b in rows), default=0))
    lines = [(_told(_y(step * n, step)), step * n) for n in range(LINES + 1)]
    return Trend([_column(n, len(rows), step, *row) for n, row in enumerate(rows)], lines)


def _column(n: int, weeks: int, step: int, day: date, found: int, closed: int) -> Column:
    wide = (WIDTH - LEFT - RIGHT) / weeks
    x = LEFT + wide * (n + 0.5 - SHARE)
    return Column(
        week=day,
        found=found,
        closed=closed,
        x=_told(x),
        beside=_told(x + wide * SHARE),
        width=_told(wide * SHARE),
        found_y=_told(_y(found, step)),
        found_height=_told(FLOOR - _y(found, step)),
        closed_y=_told(_y(closed, step)),
        closed_height=_told(FLOOR - _y(closed, step)),
        label="" if (weeks - 1 - n) % EVERY else f"{day.month}月{day.day}日",
    )


def _y(value: int, step: int) -> float:
    return FLOOR - (FLOOR - TOP) * value / (step * LINES)


def _told(value: float) -> str:
    return f"{value:.1f}"


def _step(most: int) -> int:
    """A round step of the grid whose multiples reach the highest column."""
    step = 1
    while step * LINES < most:
        step = {"1": step * 2, "2": step * 5 // 2, "5": step * 2}[str(step)[0]]
    return step
