"""Counties that came in by replacement after the enterprises were drawn: who still needs a draw."""

import json
from typing import Any

from orgs.models import Region
from plans.models import Draw, Pick, Plan
from plans.pools import WHY, county_picks, drawn_counties, region_code

STANDING = [Draw.Status.FROZEN, Draw.Status.DRAWN]


def awaiting_supplement(plan: Plan) -> list[Pick]:
    """The standing substitute counties whose enterprises no standing draw has a list of."""
    came_in = _without_draw(plan).select_related("region", "replaces__region")
    waiting = list(came_in.order_by("group__path", "rank"))
    main = plan.draws.filter(stage=Draw.Stage.ENTERPRISES, county=None, status__in=STANDING)
    if not waiting or (first := main.first()) is None:
        return []
    listed = frozen_counties(first)
    return [pick for pick in waiting if pick.region_id not in listed]


def without_supplement(plan: Plan) -> list[Region]:
    """The counties whose enterprises are drawn together: all but those with a draw of their own."""
    own = county_picks().filter(draw__plan=plan, supplements__status__in=STANDING)
    apart = set(own.values_list("region", flat=True))
    return [county for county in drawn_counties(plan) if county.pk not in apart]


def frozen_counties(draw: Draw) -> set[int]:
    """The counties whose enterprises a draw has on its list."""
    return {group["id"] for group in json.loads(draw.frozen_list)["groups"]}


def occasion(county: Pick) -> dict[str, Any]:
    """Why there is a supplementary draw, as its frozen list and its proof tell it."""
    gone = county.replaces
    return {
        "counties": county.draw.code,
        "list_hash": county.draw.list_hash,
        "out": {"code": region_code(gone.region), "name": gone.region.name},
        "in": {"code": region_code(county.region), "name": county.region.name},
        "reason": gone.reason,
    }


def _without_draw(plan: Plan):
    drawn = Draw.objects.unscoped(reason=WHY).filter(county__isnull=False, status__in=STANDING)
    came_in = county_picks().filter(draw__plan=plan, status=Pick.Status.SUBSTITUTE)
    return came_in.exclude(pk__in=drawn.values("county"))
