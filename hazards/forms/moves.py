"""The form of a move: what the table says it needs, in the table's order."""

from typing import Any

from django import forms

from hazards.advice import Advice
from hazards.forms.fields import FIELDS
from hazards.models import Hazard
from hazards.workflow import Move

STEP = "step"  # which step the page showed; a later one is refused by the action


class MoveForm(forms.Form):
    """What one move asks for; begins with what is advised, or as the hazard stands."""

    def __init__(
        self, *args: Any, move: Move, hazard: Hazard, advice: Advice | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.move = move
        for name in move.fields:
            field = FIELDS[name](hazard)
            field.required = name in move.needs
            field.initial = getattr(hazard, name, None)
            if advice and name in advice.initial:
                field.initial = advice.initial[name]
            self.fields[name] = field
