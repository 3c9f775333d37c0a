"""What apps above tell the first page and the cards; they register, so that plans imports none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from plans.models import Visit


@dataclass(frozen=True)
class Progress:
    """How far the present draft of a visit is, for its card."""

    total: Decimal
    record_done: int  # of the steps of its record's form
    lacks: str  # by name, in words; empty when nothing is missing


Tell = Callable[[Iterable[Visit]], dict[int, Progress]]
_TELLERS: list[Tell] = []


def tells_progress(teller: Tell) -> Tell:
    """Ask ``teller`` from now on; it answers for many visits at once, by their ids."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)
    return teller


def progress_of(visits: Iterable[Visit]) -> dict[int, Progress]:
    """The progress of those visits that have papers."""
    visits = list(visits)
    found: dict[int, Progress] = {}
    for teller in _TELLERS:
        found |= teller(visits)
    return found


@dataclass(frozen=True)
class Card:
    """Something to do, or done, on the first page: ``page`` is the name of an address."""

    tone: str  # ok, info, warn, danger
    icon: str
    head: str
    title: str
    text: str
    page: str
    label: str


TellHome = Callable[[Any, date], list[Card]]
_HOME_TELLERS: list[TellHome] = []


def tells_home(teller: TellHome) -> TellHome:
    """Ask ``teller`` from now on what the first page says to a person on a day."""
    if teller not in _HOME_TELLERS:
        _HOME_TELLERS.append(teller)
    return teller


def home_cards(user: Any, today: date) -> list[Card]:
    """What all who registered say to this person, in the order in which they registered."""
    return [card for teller in _HOME_TELLERS for card in teller(user, today)]
