"""Spread visits over days and hours: pure, the days are an argument."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar

T = TypeVar("T")
H = time.fromisoformat
HOURS = {
    1: [("09:00", "11:30")],
    2: [("09:00", "11:30"), ("14:00", "16:30")],
    3: [("09:00", "11:30"), ("14:00", "15:30"), ("16:00", "17:30")],
    4: [("08:30", "10:00"), ("10:30", "12:00"), ("14:00", "15:30"), ("16:00", "17:30")],
}


@dataclass(frozen=True)
class Slot:
    """A day, and hours where a day has few enough visits to name them."""

    day: date
    starts_at: time | None = None
    ends_at: time | None = None


def spread(things: Sequence[T], days: Sequence[date]) -> list[tuple[T, Slot]]:
    """Each thing with its slot, in the given order, as evenly as whole visits allow.

    Neighbours stay together, so that the visits of one county fall on the same day or the next.
    """
    if not things or not days:
        return []
    slots = []
    base, more = divmod(len(things), len(days))
    for index, day in enumerate(days):
        slots += day_slots(day, base + (index < more))
    return list(zip(things, slots, strict=True))


def day_slots(day: date, count: int) -> list[Slot]:
    """``count`` slots of one day; beyond four only the day is set."""
    if count not in HOURS:
        return [Slot(day)] * count
    return [Slot(day, H(start), H(end)) for start, end in HOURS[count]]
