"""One deed on many hazards of the ledger: each by itself, and of each is told what became of it.

What may be done with many are 催办 and the moves the table marks so. Who may do it is asked of
every row, and a row that moved since it was shown is left alone.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from chabaocu.errors import Refused, StaleState
from hazards import actions, urging
from hazards.history import ICONS
from hazards.models import Hazard
from hazards.waiting import OWNED
from hazards.workflow import MOVES, Move
from orgs.roles import Permission as P

MOST = 200  # rows at once
ELSEWHERE = "由{}办，不在您的权限内。"
NOT_NOW = "现在是“{}”，不能办这一步。"
NOT_YOURS = "不由您督办。"
MOVED = "刚有人办了下一步，没有动它。"
WHOLE = ("unit__region", "responsible")


@dataclass(frozen=True)
class Deed:
    """What can be done with many: its word, whose it is, why a row is left out, and the doing."""

    name: str
    label: str
    consequence: str
    permissions: frozenset[P]
    refuse: Callable[[Any, frozenset[P]], str]
    do: Callable[[Hazard, Any, str], object]
    takes_note: bool = False

    @property
    def icon(self) -> str:
        """As it stands in 经过."""
        return ICONS[self.name]


@dataclass(frozen=True)
class Row:
    """One hazard of a selection, and why nothing is done with it; empty where something is."""

    hazard: Hazard
    why: str


def rows_of(deed: Deed, user: Any, pks: Collection[int]) -> list[Row]:
    """What would become of each of these hazards, in their order; those out of sight are left."""
    seen = Hazard.objects.permitted(user, P.HAZARD_VIEW).filter(pk__in=pks)
    seen = seen.annotate(is_urged=urging.urged_today()).select_related(*WHOLE)
    found = {hazard.pk: hazard for hazard in seen}
    held = _held(deed, user, found)
    order = [pk for pk in dict.fromkeys(pks) if pk in found]
    return [Row(found[pk], deed.refuse(found[pk], held[pk])) for pk in order]


def do_all(deed: Deed, *, by: Any, shown: Mapping[int, int], note: str = "") -> list[Row]:
    """Do it with every hazard that is still at the step that was shown; what became of each."""
    return [Row(row.hazard, _one(deed, by, row, shown, note)) for row in rows_of(deed, by, shown)]


def offered(permissions: Collection[P]) -> list[Deed]:
    """The deeds somebody with these permissions may do with some hazard."""
    return [deed for deed in DEEDS.values() if deed.permissions & set(permissions)]


def _one(deed: Deed, by: Any, row: Row, shown: Mapping[int, int], note: str) -> str:
    if row.hazard.step != shown[row.hazard.pk]:
        return MOVED
    if row.why:
        return row.why
    try:
        deed.do(row.hazard, by, note)
    except (Refused, StaleState) as error:
        return str(error) or MOVED
    return ""


def _held(deed: Deed, user: Any, pks: Iterable[int]) -> dict[int, frozenset[P]]:
    """Which of the deed's permissions the person has on each of these rows."""
    held: dict[int, set[P]] = {pk: set() for pk in pks}
    for permission in sorted(deed.permissions & user.scope.permissions):
        rows = Hazard.objects.permitted(user, permission).filter(pk__in=held)
        for pk in rows.values_list("pk", flat=True):
            held[pk].add(permission)
    return {pk: frozenset(found) for pk, found in held.items()}


def _urging() -> Deed:
    def refuse(hazard: Any, held: frozenset[P]) -> str:
        if not hazard.is_open:
            return urging.CLOSED.format(hazard.get_status_display())
        if not held:
            return NOT_YOURS
        return urging.ALREADY if hazard.is_urged else ""

    return Deed(
        name="urge",
        label="催办",
        consequence="请办下一步的人收到消息；同一条隐患一天只催一次，记入经过。",
        permissions=frozenset(OWNED),
        refuse=refuse,
        do=lambda hazard, by, note: urging.urge(hazard, by=by),
    )


def _moving(move: Move) -> Deed:
    def refuse(hazard: Any, held: frozenset[P]) -> str:
        if not move.is_open(hazard):
            return NOT_NOW.format(hazard.get_status_display())
        return "" if move.permission_on(hazard) in held else ELSEWHERE.format(move.who)

    return Deed(
        name=move.name,
        label=move.label,
        consequence=move.consequence,
        permissions=frozenset({move.permission, move.major or move.permission}),
        refuse=refuse,
        do=lambda hazard, by, note: actions.move(hazard, move.name, by=by, note=note),
        takes_note=True,
    )


DEEDS: Mapping[str, Deed] = {
    deed.name: deed
    for deed in [_urging(), *(_moving(move) for move in MOVES.values() if move.many)]
}
