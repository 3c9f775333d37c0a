"""What a move changes beside the state: pure functions of what was said, keyed by move.

Each answers the columns to set; ``hazards.actions`` writes them in the compare-and-set of the
move. Who signs an acceptance is set here, and here alone.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import F

from hazards.workflow import FIVE, SIX

Said = Mapping[str, Any]
Changes = dict[str, Any]
Effect = Callable[[Said, Any, datetime], Changes]

UNSIGNED: Changes = {
    "offered_by": None,
    "accepted_by": None,
    "accepted_at": None,
    "witnessed_by": None,
    "witnessed_at": None,
    "off_reported_at": None,
    "off_checked_at": None,
    "delisting_number": "",
    "delisted_at": None,
}
UNPLANNED: Changes = {
    "level": "",
    "responsible": None,
    "duty": "",
    "measures": "",
    "funds": "",
    "due_on": None,
    "emergency_plan": "",
    "monitoring": "",
}
UNSTOPPED: Changes = {
    "stop_advice": "",
    "stop_advised_at": None,
    "stop_answer": "",
    "stop_answered_at": None,
}
UNFILED: Changes = {
    "regulator": None,
    "committee": None,
    "listing_number": "",
    "listed_at": None,
    "matter": "",
    "government": "",
    "six_checked_at": None,
}
ANEW: Changes = UNPLANNED | UNSTOPPED | UNFILED | UNSIGNED


def _as_said(*names: str) -> Effect:
    """Just what was filled in; an optional field left empty changes nothing."""
    return lambda said, by, now: {name: said[name] for name in names if said.get(name)}


def _stamped(stamp: str, *names: str) -> Effect:
    """What was filled in, and when."""
    return lambda said, by, now: {name: said[name] for name in names} | {stamp: now}


def _checked(said: Said, by: Any, now: datetime) -> Changes:
    """六落实 is checked once nothing is lacking any more."""
    return {} if said.get("lacking") else {"six_checked_at": now}


def _signed(hand: str, stamp: str) -> Effect:
    return lambda said, by, now: {hand: by, stamp: now}


def _offer(said: Said, by: Any, now: datetime) -> Changes:
    return UNSIGNED | {"offered_by": by, "attempt": F("attempt") + 1}


def _again(said: Said, by: Any, now: datetime) -> Changes:
    """Back to 整改 until another day; the signatures of the attempt fall."""
    return UNSIGNED | {"due_on": said["due_on"]}


def _failed(said: Said, by: Any, now: datetime) -> Changes:
    return _again(said, by, now) | {"failures": F("failures") + 1}


def _graded(grade: str) -> Effect:
    return lambda said, by, now: ANEW | {"grade": grade}


def _reopened(said: Said, by: Any, now: datetime) -> Changes:
    return _again(said, by, now) | {"closed_at": None}


EFFECTS: dict[str, Effect] = {
    "register": _as_said("kind", "text"),
    "duplicate": _as_said("duplicate_of"),
    "grade_general": _graded("general"),
    "grade_major": _graded("major"),
    "advise_stop": _stamped("stop_advised_at", "stop_advice"),
    "answer_stop": _stamped("stop_answered_at", "stop_answer"),
    "plan": _as_said("level", "responsible", *FIVE),
    "forward": lambda said, by, now: (
        {name: said[name] for name in ("responsible", *SIX)} | {"level": "unit"}
    ),
    "file": _as_said("regulator", "committee"),
    "list": _stamped("listed_at", "listing_number", "matter", "government", "due_on"),
    "check_six": _checked,
    "extend": _as_said("due_on"),
    "offer": _offer,
    "report_off": _stamped("off_reported_at"),
    "check_off": _stamped("off_checked_at"),
    "sign_off": _stamped("delisted_at", "delisting_number"),
    "accept": _signed("accepted_by", "accepted_at"),
    "witness": _signed("witnessed_by", "witnessed_at"),
    "close": lambda said, by, now: {"closed_at": now},
    "reject": _failed,
    "object": _failed,
    "regrade_general": _graded("general"),
    "regrade_major": _graded("major"),
    "reopen": _reopened,
    "restore": lambda said, by, now: {"duplicate_of": None},
}


def changes_of(name: str, said: Said, by: Any, now: datetime) -> Changes:
    """The columns a move sets beside ``status`` and ``step``."""
    return EFFECTS[name](said, by, now) if name in EFFECTS else {}
