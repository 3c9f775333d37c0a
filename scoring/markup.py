"""The points of a sheet as markup: laid out once a version, their values put in for each page."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString

from chabaocu import fragments
from chabaocu.stencils import Stencil, values_in
from rubrics.models import Version
from scoring.blank import blank_of
from scoring.layout import PointView

POINT, VALUES = "scoring/_sheet_point.jinja", "scoring/_sheet_values.jinja"
END = "\n<<end>>"


def drawn(
    version: Version, points: Sequence[PointView], context: Mapping[str, Any]
) -> dict[str, SafeString]:
    """The markup of each point by its code; ``context`` is what the view knows beside them."""
    na_rule = version.get_not_applicable_display()
    stencils = _stencils(version.pk, version.content_hash, na_rule, context["editable"])
    values = fragments.render(VALUES, {**context, "points": points}).split(END)
    return {
        point.code: stencils[point.code].filled(values_in(its))
        for point, its in zip(points, values[:-1], strict=True)
    }


@lru_cache(maxsize=100)
def _stencils(pk: int, content_hash: str, na_rule: str, editable: bool) -> Mapping[str, Stencil]:  # noqa: FBT001 (a key of the cache)
    same = {"editable": editable, "na_rule": na_rule}
    return {
        point.code: Stencil(fragments.render(POINT, same | {"b": point}))
        for section in blank_of(pk, content_hash)
        for item in section.items
        for point in item.points
    }
