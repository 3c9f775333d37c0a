"""What pages are told of a point: how it stands, who gave what, and when."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any

from django.utils import timezone

from rubrics.evaluate import Point, score_point
from rubrics.kinds import SCORED
from scoring.figures import Row
from scoring.marks import Given


def answer_state(point: Point, row: Row, at: str, by: str, explanation: str) -> dict[str, Any]:
    """One point as pages are told of it."""
    return {
        "code": point.code,
        "version": row.version,
        "state": row.state,
        "settled": bool(row.settled_by),
        **said(row.inputs, row.not_applicable, row.gained),
        "explanation": explanation,
        "reason": row.reason,
        "note": row.note,
        "by": by,
        "at": at,
        "done": row.is_done,
    }


def mark_state(point: Point, mark: Given, name: str, at: str) -> dict[str, Any]:
    """One member's mark as pages are told of it."""
    return {
        "user": mark.user_id,
        "name": name,
        **said(mark.inputs, mark.not_applicable, mark.points),
        "judged": "" if point.kind in SCORED else explained(point, mark.inputs),
        "reason": mark.reason,
        "note": mark.note,
        "at": at,
    }


def recorded(mark: Given | None) -> dict[str, Any]:
    """A mark as the audit keeps it."""
    if mark is None:
        return {}
    told = said(mark.inputs, mark.not_applicable, mark.points)
    return told | {"reason": mark.reason, "note": mark.note}


def explained(point: Point, inputs: Mapping[str, Any]) -> str:
    """Why the point has the points it has, in words; nothing while nothing was entered."""
    if not inputs:
        return ""
    return score_point(point.kind, point.points, point.params, inputs).explanation


def said(inputs: Mapping[str, Any], not_applicable: bool, points: Decimal | None) -> dict[str, Any]:
    """What was entered and what it is worth."""
    return {
        "inputs": inputs,
        "not_applicable": not_applicable,
        "points": None if points is None else f"{points.normalize():f}",
    }


def clock(at: datetime | None, today: date | None = None, zone: tzinfo | None = None) -> str:
    """10:42 today; 12月5日 10:42 on another day.

    Who asks for many says the day and the zone, which else are looked up for each.
    """
    if at is None:
        return ""
    local = at.astimezone(zone or timezone.get_current_timezone())
    time = f"{local.hour:02}:{local.minute:02}"
    if local.date() == (today or timezone.localdate()):
        return time
    return f"{local.month}月{local.day}日 {time}"
