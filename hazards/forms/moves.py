"""The form of a move: what the table says it needs, in the table's order."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone

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
            field.initial = _begin(name, move, hazard)
            if advice and name in advice.initial:
                field.initial = advice.initial[name]
            self.fields[name] = field

    def typed(self) -> Iterator[tuple[str, str]]:
        """What was filled in, each by its label and as it was said, right or wrong."""
        for field in self if self.is_bound else ():
            said = field.value()
            words = said if isinstance(said, list) else [said]
            choices = {str(key): label for key, label in getattr(field.field, "choices", ())}
            if text := "、".join(str(choices.get(str(word), word)) for word in words if word):
                yield str(field.label), text


def _begin(name: str, move: Move, hazard: Hazard) -> Any:
    """As the hazard stands; a deadline that is over, or is to be put off, is asked for anew."""
    kept = getattr(hazard, name, None)
    if name == "due_on" and kept and (move.guard == "later" or kept < timezone.localdate()):
        return None
    return kept
