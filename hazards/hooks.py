"""Where apps above are told of a move, inside its transaction."""

from chabaocu.hooks import Hook
from hazards.models import HazardEvent

on_moved: Hook[[HazardEvent]] = Hook()
