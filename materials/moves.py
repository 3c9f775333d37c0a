"""What becomes of a piece that was handed in: one table of moves."""

from dataclasses import dataclass

from materials.models import Material
from orgs.roles import Permission as P

S = Material.Status


@dataclass(frozen=True)
class Move:
    """One way to go on, by who has one of ``permissions`` on the piece; most ask for a reason."""

    name: str
    sources: frozenset[str]
    target: str
    permissions: frozenset[P]
    label: str
    consequence: str
    needs_reason: bool = True


HELD, RETURNED = frozenset({S.HELD}), frozenset({S.RETURNED})
DESK, BOTH = frozenset({P.VISIT_REVIEW}), frozenset({P.VISIT_REVIEW, P.VISIT_FILL})
MOVES = {
    move.name: move
    for move in (
        Move("return", HELD, S.RETURNED, DESK, "退回", "督导组看得到理由，改好后重新报送。"),
        Move(
            "refile",
            RETURNED,
            S.HELD,
            BOTH,
            "重新报送",
            "新文件和原来的文件都留着，状态改回已收。",
            needs_reason=False,
        ),
        Move(
            "withdraw",
            HELD | RETURNED,
            S.WITHDRAWN,
            BOTH,
            "作废",
            "报错了的才作废：不再计入已收，文件和理由仍可查。",
        ),
    )
}


def moves_for(material: Material, granted: frozenset[P]) -> list[Move]:
    """The moves open to who has these permissions on it, in the order of the table."""
    return [
        move
        for move in MOVES.values()
        if material.status in move.sources and move.permissions & granted
    ]
