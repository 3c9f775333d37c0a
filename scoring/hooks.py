"""Where apps above are told of a submission, inside its transaction, and add to a board."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from chabaocu.hooks import Hook
from plans.models import Plan
from scoring.models import Scoresheet
from scoring.owed import Pieces

on_submitted: Hook[[Scoresheet, Any]] = Hook()

TellPieces = Callable[[Plan, Any, date], Iterable[Pieces]]
_TELLERS: list[TellPieces] = []


def tells_pieces(teller: TellPieces) -> TellPieces:
    """Ask ``teller`` from now on what is handed in beside the papers of a round."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)
    return teller


def pieces_of(plan: Plan, user: Any, today: date) -> list[Pieces]:
    """What the places of a round hand in, as far as this person takes it in."""
    return [one for teller in _TELLERS for one in teller(plan, user, today)]
