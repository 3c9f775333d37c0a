"""Where apps above are told of an issued report; they register, so that briefs imports none."""

from collections.abc import Callable

from briefs.models import Brief

Issued = Callable[[Brief], None]
_ON_ISSUED: list[Issued] = []


def on_issued(callback: Issued) -> Issued:
    """Call ``callback(brief)`` inside the transaction of every issue from now on."""
    if callback not in _ON_ISSUED:
        _ON_ISSUED.append(callback)
    return callback


def tell_issued(brief: Brief) -> None:
    """Tell all who registered; what one raises undoes the issue."""
    for callback in _ON_ISSUED:
        callback(brief)
