"""办到哪一步了: the straight road of a hazard, for who reported it."""

from hazards.models import Hazard

ROAD = ["reported", "registered", "planning", "rectifying", "accepting", "closed", "rewarded"]
MARKS = [("is-ok", "check-circle-fill"), ("is-on", "record-circle"), ("later", "circle")]
OFF = [("is-ok", "check-circle-fill", "已上报"), ("is-on", "x-circle", "不予登记")]


def road(hazard: Hazard) -> list[tuple[str, str, str]]:
    """Each state of the straight road: done, here, or still to come; and its word."""
    labels = dict(Hazard.Status.choices)
    here = {"judging": "planning", "forwarded": "planning"}.get(hazard.status, hazard.status)
    if here not in ROAD:
        return OFF
    at = ROAD.index(here)
    return [(*MARKS[(n > at) + (n >= at)], labels[state]) for n, state in enumerate(ROAD)]
