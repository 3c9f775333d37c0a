"""Where apps above are told of a move; they register, so that hazards imports none."""

from collections.abc import Callable

from hazards.models import HazardEvent

Moved = Callable[[HazardEvent], None]
_ON_MOVED: list[Moved] = []


def on_moved(callback: Moved) -> Moved:
    """Call ``callback(event)`` inside the transaction of every move from now on."""
    if callback not in _ON_MOVED:
        _ON_MOVED.append(callback)
    return callback


def tell_moved(event: HazardEvent) -> None:
    """Tell all who registered; what one raises undoes the move."""
    for callback in _ON_MOVED:
        callback(event)
