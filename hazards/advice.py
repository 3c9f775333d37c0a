"""What apps above advise on the form of a move; they register, so that hazards imports none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hazards.models import Hazard


@dataclass(frozen=True)
class Advice:
    """What the form begins with, what stands above it, and why the move will be refused, if so."""

    initial: Mapping[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    refusal: str = ""


Adviser = Callable[[Hazard], Advice]
_ADVISERS: dict[str, Adviser] = {}


def advises(move: str, adviser: Adviser) -> None:
    """Ask ``adviser`` from now on before the form of this move is shown."""
    _ADVISERS[move] = adviser


def advice_on(hazard: Hazard, move: str) -> Advice | None:
    """What is advised for this move of this hazard; None where nobody has a say."""
    adviser = _ADVISERS.get(move)
    return adviser(hazard) if adviser else None
