"""Which periods of a place were patrolled and which were missed: pure, today is an argument."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clocks.due import IsWorkday
from patrols.periods import Period, periods


class State(StrEnum):
    """How a period stands."""

    DONE = "done"
    MISSED = "missed"
    OPEN = "open"  # still time
    AHEAD = "ahead"
    FREE = "free"  # only rest days: nothing is due


@dataclass(frozen=True)
class Rule:
    """How often, from when to when, and whether rest days count."""

    every: str
    starts_on: date
    ends_on: date | None = None
    rest_days: bool = False


@dataclass(frozen=True)
class Cell:
    """One period of a place and how it stands."""

    period: Period
    state: State


@dataclass(frozen=True)
class Tally:
    """How many patrols were due by now, and how many of those were done."""

    due: int
    done: int

    @property
    def missed(self) -> int:
        return self.due - self.done

    @property
    def rate(self) -> Decimal | None:
        """The share done; None where nothing was due."""
        return Decimal(self.done) / self.due if self.due else None


def cells(
    rules: Iterable[Rule],
    done: AbstractSet[date],
    *,
    life: Period,
    window: Period,
    today: date,
    is_workday: IsWorkday,
) -> list[Cell]:
    """The periods that meet ``window``, in order, each as far as a rule and the place last.

    ``done`` are the days on which the place was patrolled; ``life`` is from when to when it is in
    use. A period in which the rule or the place began or ended is due for what is left of it, and
    not at all where that is rest days only.
    """
    found = []
    for rule in rules:
        for whole in periods(rule.every, window.first, window.last):
            part = whole.within(rule.starts_on, rule.ends_on or whole.last)
            part = part and part.within(life.first, life.last)
            if part and part.within(window.first, window.last):
                found.append(Cell(part, _state(part, rule, done, today, is_workday)))
    return sorted(found, key=lambda cell: cell.period.first)


def tally(found: Iterable[Cell]) -> Tally:
    """What was due and done among these; what is still open or free counts for neither."""
    states = [cell.state for cell in found]
    done = states.count(State.DONE)
    return Tally(done + states.count(State.MISSED), done)


def _state(
    period: Period, rule: Rule, done: AbstractSet[date], today: date, is_workday: IsWorkday
) -> State:
    if any(day in done for day in period.days()):
        return State.DONE
    if not rule.rest_days and not any(is_workday(day) for day in period.days()):
        return State.FREE
    if period.first > today:
        return State.AHEAD
    return State.MISSED if period.last < today else State.OPEN
