"""我的待办: the hazards in which the next expected move is this person's, by the table."""

from django.db.models import Q

from hazards.models import Hazard
from hazards.workflow import GENERAL, MAJOR, MOVES, Move, open_moves
from orgs.roles import Permission

# what may be done at any time is nobody's next deed
ASIDE = frozenset({"withdraw", "dismiss", "duplicate", "extend", "inspect", "list", "reward"})


def waiting(permission: Permission) -> list[Q]:
    """Where holders of ``permission`` make the next expected move; no row meets two of them."""
    found = [_rows(move, permission) for move in MOVES.values() if _is_expected(move)]
    return list(dict.fromkeys(rows for rows in found if rows is not None))


def expected_moves(hazard: Hazard) -> list[Move]:
    """The moves that are expected next, whoever makes them; the reward of a closed one too."""
    is_found = hazard.reported_by_id or hazard.reporter_name
    return [
        move
        for move in open_moves(hazard)
        if _is_expected(move) or (move.name == "reward" and is_found)
    ]


def _is_expected(move: Move) -> bool:
    return not (move.system or move.returning or move.name in ASIDE)


def _rows(move: Move, permission: Permission) -> Q | None:
    """Where this move is open and done with this permission; None where never."""
    asked = {GENERAL: move.permission, MAJOR: move.major or move.permission}
    grades = [g for g, who in asked.items() if who == permission and move.grade in ("", g)]
    if not grades:
        return None
    rows = Q(status__in=sorted(move.sources))
    if len(grades) == 1:
        rows &= Q(grade=grades[0])
    for name, value in move.only.items():
        rows &= ASKED.get(name) or Q(**{name: value})
    return rows


# conditions of the table that are no column
ASKED = {
    "stop_is_open": Q(stop_advised_at__isnull=False, stop_answered_at=None),
    "is_listed": Q(listed_at__isnull=False),
    "is_reported_off": Q(off_reported_at__isnull=False),
    "is_checked": Q(listed_at=None) | Q(off_checked_at__isnull=False),
    "is_signed": Q(accepted_at__isnull=False, witnessed_at__isnull=False),
}
OWNED = (
    Permission.HAZARD_HANDLE,
    Permission.HAZARD_UNION,
    Permission.HAZARD_FILE,
    Permission.HAZARD_SUPERVISE,
)


def parts(scope) -> list:
    """What waits for a person, one queryset for each way in which it does."""
    return [
        seen.filter(rows)
        for permission in OWNED
        if permission in scope.permissions
        for seen in Hazard.objects.parts(scope, permission)
        for rows in waiting(permission)
    ]
