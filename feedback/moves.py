"""What becomes of a letter: one table of moves."""

from dataclasses import dataclass

from feedback.models import Letter
from orgs.roles import Permission as P

S = Letter.Status


@dataclass(frozen=True)
class Move:
    """One way to go on, by who has ``permission`` on the letter; ``asks`` names its fields."""

    name: str
    sources: frozenset[str]
    target: str
    permission: P
    label: str
    consequence: str
    asks: tuple[str, ...] = ()


MOVES = {
    move.name: move
    for move in (
        Move(
            "answer",
            frozenset({S.SENT, S.RETURNED}),
            S.ANSWERED,
            P.SELF_CHECK,
            "报送答复",
            "报送后由发文工会审阅，不能再改；退回后可以改了再报。",
        ),
        Move(
            "close",
            frozenset({S.ANSWERED}),
            S.CLOSED,
            P.VISIT_REVIEW,
            "办结",
            "答复属实、整改到位；单位看得到已办结。",
        ),
        Move(
            "return",
            frozenset({S.ANSWERED}),
            S.RETURNED,
            P.VISIT_REVIEW,
            "退回重答",
            "单位看得到理由和新的期限。",
            ("reason", "due_on"),
        ),
        Move(
            "withdraw",
            frozenset({S.SENT, S.RETURNED, S.ANSWERED, S.CLOSED}),
            S.WITHDRAWN,
            P.VISIT_REVIEW,
            "撤回",
            "发错了的、督导材料更正过的才撤回：单位不再看到，答复和理由仍可查；可以重新发出。",
            ("reason",),
        ),
    )
}


def moves_for(letter: Letter, granted: frozenset[P]) -> list[Move]:
    """The moves open to who has these permissions on it, in the order of the table."""
    return [
        move
        for move in MOVES.values()
        if letter.status in move.sources and move.permission in granted
    ]
