"""Where apps above are told of a submission; they register, so that scoring imports none."""

from collections.abc import Callable
from typing import Any

from scoring.models import Scoresheet

Submitted = Callable[[Scoresheet, Any], None]
_ON_SUBMITTED: list[Submitted] = []


def on_submitted(callback: Submitted) -> Submitted:
    """Call ``callback(sheet, by)`` inside the transaction of every submission from now on."""
    if callback not in _ON_SUBMITTED:
        _ON_SUBMITTED.append(callback)
    return callback


def tell_submitted(sheet: Scoresheet, by: Any) -> None:
    """Tell all who registered; what one raises undoes the submission."""
    for callback in _ON_SUBMITTED:
        callback(sheet, by)
