"""Which numbers of reports by workers may be told: none from which a person could be guessed.

Beside each number of a table stands how many hazards there were in all, below the table the
total. A number from 1 to 4 is not told, nor is any of fewer than 5 hazards: of one hazard even
"some" says who. What is hidden must not follow from the rest either: where it would, the
smallest of the other numbers is hidden too, and where that does not help nothing is told. Pure.
"""

from collections.abc import Sequence
from typing import NamedTuple

FEWEST = 5  # reports, or hazards, among which nobody stands out

OPEN = 3  # so far apart are the least and the most that a hidden number may be


class Share(NamedTuple):
    """So many hazards, so many of them reported by workers."""

    hazards: int
    workers: int


Told = list[int | None]


def told(whole: Share, tables: Sequence[Sequence[Share]]) -> list[Told] | None:
    """The numbers that may be told, None where one is hidden; None where not even the total may.

    Every table breaks the same whole down.
    """
    if _is_small(whole):
        return None
    found = [_told(rows) for rows in tables]
    return None if None in found else [one for one in found if one is not None]


def _told(rows: Sequence[Share]) -> Told | None:
    hidden = {at for at, row in enumerate(rows) if _is_small(row)}
    others = [at for at in range(len(rows)) if at not in hidden]
    others.sort(key=lambda at: rows[at].workers)
    while not _is_open([rows[at] for at in hidden]):
        if not others:
            return None
        hidden.add(others.pop(0))
    return [None if at in hidden else row.workers for at, row in enumerate(rows)]


def _is_small(row: Share) -> bool:
    return 0 < row.hazards < FEWEST or 0 < row.workers < FEWEST


def _is_open(hidden: Sequence[Share]) -> bool:
    """Whether each may still be several numbers for who knows their sum; of no report, none is."""
    hazards = sum(row.hazards for row in hidden)
    workers = sum(row.workers for row in hidden)
    return workers == 0 or all(
        min(row.hazards, workers) - max(0, workers - (hazards - row.hazards))
        >= min(row.hazards, OPEN)
        for row in hidden
    )
