"""The page of the editor: what stands in the draft, and the form of what is open."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rubrics import drafts, editing
from rubrics.editing import NoPlace
from rubrics.kinds import RuleKind
from rubrics.mismatches import mismatches, total_of
from rubrics.models import DraftStep, Version
from rubrics.outline import CriterionOutline, Outline, outline_of
from rubrics.part_forms import PartForm, SplitForm
from rubrics.spots import SIDES, Spot
from rubrics.sums import sums

ENDS = "；，。"  # where a clause ends


@dataclass
class Late:
    """A press that came after somebody else's change: what was pressed, and what was typed."""

    verb: str
    typed: list[str] = field(default_factory=list)


def page(
    request: HttpRequest,
    version: Version,
    spot: Spot,
    *,
    form: PartForm | None = None,
    split: SplitForm | None = None,
    late: Late | None = None,
    is_tried: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The editor with ``spot`` open, or the table's head where nothing stands there any more."""
    outline, is_first = outline_of(version), drafts.is_first(version)
    try:
        standing = spot.form(outline, is_first=is_first)
    except NoPlace:
        spot, form, split = Spot(), None, None
        standing = spot.form(outline, is_first=is_first)
    form = form or standing
    tree = _tree(outline, spot)
    here = next((n for n, row in enumerate(tree) if row["is_open"]), 0)
    is_point = spot.depth == len(editing.CHILDREN)
    context = {
        "version": version,
        "outline": outline,
        "found": mismatches(outline),
        "total": total_of(outline),
        "sum": sums(outline)[()],
        "tree": tree,
        "before": tree[here - 1]["spot"] if here else None,
        "behind": tree[here + 1]["spot"] if here + 1 < len(tree) else None,
        "spot": spot,
        "at": str(spot),
        "anchor": spot.anchor(outline),
        "form": form,
        "is_point": is_point,
        "split": split or _proposed(spot.part(outline)) if is_point else None,
        "targets": _targets(outline, spot),
        "late": late,
        "is_tried": is_tried,
        "unlike": list(form.unlike(standing)) if late and form is not standing else [],
        "step": drafts.newest_step(version),
        "last": _last(version),
    }
    return render(request, "rubrics/version_edit.html", context, status=status)


def _last(version: Version) -> DraftStep | None:
    """The newest change, taken back or not: who made it, and when."""
    return DraftStep.objects.filter(version=version).select_related("by").first()


def _proposed(point: CriterionOutline) -> SplitForm:
    """Cut behind the first sign that ends a clause."""
    ends = [point.text.find(sign) for sign in ENDS if sign in point.text[:-1]]
    cut = min(ends, default=len(point.text) // 2) + 1
    texts = {"first_text": point.text[:cut], "second_text": point.text[cut:]}
    return SplitForm(initial=texts)


def _tree(outline: Outline, chosen: Spot) -> list[dict[str, Any]]:
    """Every spot in order, the table's own sides first, each with its sum."""
    found = sums(outline)
    spots = [Spot(), *(Spot(side=side) for side in SIDES)]
    spots += [Spot(place) for place, _ in editing.places(outline)]
    return [
        {
            "spot": spot,
            "part": spot.part(outline),
            "is_open": spot == chosen,
            "sum": None if spot.side else found[spot.place],
            "kind": RuleKind(spot.part(outline).kind).label if spot.depth == 3 else "",
        }
        for spot in spots
    ]


def _targets(outline: Outline, spot: Spot) -> list[tuple[str, str]]:
    """Where the open part may go, named."""
    if spot.depth < 2:
        return []
    return [
        (str(Spot(at)), f"第{part.number}项" if len(at) == 2 else part.name)
        for at, part in editing.places(outline)
        if len(at) == spot.depth - 1 and at != spot.place[:-1]
    ]
