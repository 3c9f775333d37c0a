"""A visit's sheet: begin it, and find the draft that counts."""

from typing import Any

from chabaocu.errors import StaleState
from plans.models import Visit
from scoring import actions
from scoring.models import Scoresheet


def start(visit: Visit, *, by: Any) -> Scoresheet:
    """Begin the first draft, or return the present one if somebody began it already."""
    try:
        return actions.start(visit, by=by)
    except StaleState:
        visit.refresh_from_db()
        sheet = present(visit)
        if sheet is None:
            raise
        return sheet


def present(visit: Visit) -> Scoresheet | None:
    """The draft that counts now; None where filling has not begun."""
    return visit.sheets.filter(revision=visit.revision).first()
