"""The papers of a visit: one table of moves (《域》4：状态).

Buttons, permission checks, the diagram in the docs and the exhaustive test all come from MOVES.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from orgs.roles import Permission
from plans.models import Phase, Visit
from scoring.rights import may

P = Permission
S = Visit.Status
SELF = Phase.Scorer.SELF
SENT = frozenset(Phase.Scorer.values) - {SELF}


@dataclass(frozen=True)
class Move:
    """One way to go on: from any of ``sources`` to ``target``, by who has ``permission``.

    ``only`` narrows the rows of the compare-and-set further: by a value, or a set of values;
    ``guard`` names a rule of ``scoring.guards``; a ``system`` move follows from a save and has no
    button. ``asked`` names what a plan must ask for before there is the move at all.
    """

    name: str
    sources: frozenset[str]
    target: str
    permission: Permission
    label: str
    consequence: str
    needs_note: bool = False
    guard: str = ""
    system: bool = False
    new_revision: bool = False
    asked: str = ""
    only: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def lookups(self) -> dict[str, Any]:
        """``only`` as conditions of a query."""
        return dict(self._lookups())

    def _lookups(self) -> Iterator[tuple[str, Any]]:
        for name, wanted in self.only.items():
            many = isinstance(wanted, frozenset)
            yield (f"{name}__in", sorted(wanted)) if many else (name, wanted)

    def fits(self, visit: Visit) -> bool:
        """Whether the visit, as it is, meets sources and ``only``."""
        return (
            visit.status in self.sources
            and all(_is(getattr(visit, name), wanted) for name, wanted in self.only.items())
            and (not self.asked or getattr(visit.plan, self.asked))
        )


def _is(value: Any, wanted: Any) -> bool:
    return value in wanted if isinstance(wanted, frozenset) else value == wanted


BY_TEAM = MappingProxyType({"scorer": SENT})
BY_UNIT = MappingProxyType({"scorer": SELF})
_TABLE = [
    Move(
        "start",
        frozenset({S.PLANNED}),
        S.FILLING,
        P.VISIT_FILL,
        "开始填写",
        "建立评分表和记录表，督导组成员都可以填写。",
        guard="in_time",
    ),
    Move(
        "complete",
        frozenset({S.FILLING}),
        S.SIGNING,
        P.VISIT_FILL,
        "填写完成",
        "评分表和记录表都已填完，等待组长和记录人签字。",
        system=True,
    ),
    Move(
        "incomplete",
        frozenset({S.SIGNING}),
        S.FILLING,
        P.VISIT_FILL,
        "改回填写",
        "有内容改为未填，补齐后再签字。",
        system=True,
    ),
    Move(
        "submit",
        frozenset({S.SIGNING, S.RETURNED}),
        S.SUBMITTED,
        P.VISIT_SUBMIT,
        "提交",
        "提交后锁定，改动须写明原因，另存为新的一稿。",
        guard="complete",
        only=BY_TEAM,
    ),
    Move(
        "file",
        frozenset({S.SIGNING, S.RETURNED}),
        S.FILED,
        P.VISIT_SUBMIT,
        "报送自查",
        "报送后锁定；督导组开始填写以前可以撤回更正，另存为新的一稿。",
        guard="complete_in_time",
        only=BY_UNIT,
    ),
    Move(
        "take_back",
        frozenset({S.FILED}),
        S.RETURNED,
        P.VISIT_SUBMIT,
        "撤回更正",
        "原稿保留可查，另存为新的一稿，改好后重新签字、报送。",
        needs_note=True,
        new_revision=True,
        guard="in_time",
        only=BY_UNIT,
    ),
    Move(
        "recall",
        frozenset({S.SUBMITTED}),
        S.RETURNED,
        P.VISIT_SUBMIT,
        "撤回更正",
        "原稿保留可查，另存为新的一稿，改好后重新签字、提交。",
        needs_note=True,
        new_revision=True,
    ),
    Move(
        "return",
        frozenset({S.SUBMITTED}),
        S.RETURNED,
        P.VISIT_REVIEW,
        "退回",
        "连同审核意见退给督导组，另存为新的一稿，改好后重新签字、提交。",
        needs_note=True,
        new_revision=True,
    ),
    Move(
        "vet",
        frozenset({S.SUBMITTED}),
        S.SUBMITTED,
        P.VISIT_REVIEW,
        "初审",
        "本方案要求两人审核：初审后由另一人确认。",
        guard="may_vet",
        only=MappingProxyType({"vetted_at": None}),
        asked="four_eyes",
    ),
    Move(
        "confirm",
        frozenset({S.SUBMITTED}),
        S.CONFIRMED,
        P.VISIT_REVIEW,
        "确认",
        "计入统计和排名；尚不下发，被督导单位看不到。",
        guard="confirmable",
    ),
    Move(
        "release",
        frozenset({S.CONFIRMED}),
        S.CONFIRMED,
        P.VISIT_REVIEW,
        "下发",
        "被督导单位及其上级工会可以看到得分、问题和督导意见。",
        only=MappingProxyType({"released_at": None}),
    ),
    Move(
        "correct",
        frozenset({S.SUBMITTED, S.CONFIRMED}),
        S.RETURNED,
        P.VISIT_REVIEW,
        "更正",
        "原稿保留可查，另存为新的一稿；已下发的结果在重新确认、下发前不再显示。",
        needs_note=True,
        new_revision=True,
    ),
    Move(
        "archive",
        frozenset({S.CONFIRMED}),
        S.ARCHIVED,
        P.VISIT_REVIEW,
        "归档",
        "归档后不再更正。",
    ),
]
MOVES: Mapping[str, Move] = MappingProxyType({move.name: move for move in _TABLE})
# what is noted in a visit's history and moves its papers no further
BESIDE = {"cancel": "取消", "mismatch": "结果不一致"}


def label_of(name: str) -> str:
    """The Chinese word of a move, for histories; an unknown name stays as it is."""
    return MOVES[name].label if name in MOVES else BESIDE.get(name, name)


def open_moves(visit: Visit) -> list[Move]:
    """The moves of people that the present state allows, in the table's order."""
    return [move for move in _TABLE if not move.system and move.fits(visit)]


def moves_for(visit: Visit, user: Any) -> list[Move]:
    """What this person may do now with this visit: the buttons of its pages."""
    permitted = {
        permission
        for permission in {move.permission for move in open_moves(visit)}
        if may(visit, user, permission)
    }
    return [move for move in open_moves(visit) if move.permission in permitted]
