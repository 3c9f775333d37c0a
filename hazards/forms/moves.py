"""The form of a move: what the table says it needs, in the table's order."""

from typing import Any

from django import forms

from hazards.forms.fields import FIELDS
from hazards.models import Hazard
from hazards.workflow import Move

STEP = "step"  # which step the page showed; a later one is refused by the action


class MoveForm(forms.Form):
    """What one move asks for, with the standing values of the hazard to begin with."""

    def __init__(self, *args: Any, move: Move, hazard: Hazard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.move = move
        for name in move.fields:
            field = FIELDS[name](hazard)
            field.required = name in move.needs
            field.initial = getattr(hazard, name, None)
            self.fields[name] = field
