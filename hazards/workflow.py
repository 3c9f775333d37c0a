"""The handling of a hazard: one table of moves, from the flow chart of 源2 with 源3 四、五.

Buttons, permission checks, the forms' fields, the diagrams and the exhaustive test come from
MOVES. What a move changes beside the state is in ``hazards.effects``, keyed by the same names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from hazards.models.hazard import OPEN, Hazard
from orgs.roles import Permission

P = Permission
S = Hazard.Status
GENERAL, MAJOR = Hazard.Grade.GENERAL, Hazard.Grade.MAJOR
NOTHING: Mapping[str, Any] = MappingProxyType({})

# 群众性隐患治理责任清楚、措施有力、资金到位、时限明确、预案科学 (源2 附件2)
FIVE = ("duty", "measures", "funds", "due_on", "emergency_plan")
# 整改责任、措施、资金、期限、应急预案、监控“六落实” (源3《挂牌督办办法》第七条)
SIX = (*FIVE, "monitoring")


@dataclass(frozen=True, eq=False)
class Move:
    """One way to go on: from any of ``sources`` to ``target``, by who has ``permission``.

    ``major`` is the permission for a 重大 hazard, where somebody else acts then. ``grade`` and
    ``only`` narrow the hazards it is open to. ``needs`` names the fields that must be filled,
    ``may`` those that can be (see hazards.forms.fields); ``guard`` a rule of ``hazards.guards``.
    A ``system`` move follows from another one and has no button; a ``returning`` one gives work
    back, and is drawn as such. One for ``many`` may be made on a selection of the ledger: it asks
    for nothing that differs from hazard to hazard, and nobody signs with it for what they saw.
    """

    name: str
    sources: frozenset[str]
    target: str
    permission: Permission
    label: str
    consequence: str
    who: str
    major: Permission | None = None
    grade: str = ""
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    guard: str = ""
    only: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    system: bool = False
    returning: bool = False
    many: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields of its form, in their order."""
        return (*self.needs, *self.may)

    def permission_on(self, hazard: Hazard) -> Permission:
        """Who does it for this hazard."""
        return self.major if self.major and hazard.is_major else self.permission

    def is_open(self, hazard: Hazard) -> bool:
        """Whether the state of the hazard allows it."""
        return (
            hazard.status in self.sources
            and self.grade in ("", hazard.grade)
            and all(getattr(hazard, name) == value for name, value in self.only.items())
        )


UNIT_OFFICE = "单位安全管理部门"
UNIT_UNION = "单位工会"
UPPER_UNION = "上级工会"
REGULATOR = "政府职能部门"
REPORTED = frozenset({S.REPORTED})
REGISTERED = frozenset({S.REGISTERED})
JUDGING = frozenset({S.JUDGING})
PLANNING = frozenset({S.PLANNING})
RECTIFYING = frozenset({S.RECTIFYING})
ACCEPTING = frozenset({S.ACCEPTING})
GRADED = frozenset(OPEN - {S.REPORTED, S.REGISTERED})

_TABLE = [
    Move(
        "withdraw",
        REPORTED,
        S.DISMISSED,
        P.HAZARD_FOLLOW,
        "撤回",
        "登记以前，上报的人可以撤回报错的。",
        "发现人",
        needs=("reason",),
        guard="own_report",
        returning=True,
    ),
    Move(
        "register",
        REPORTED,
        S.REGISTERED,
        P.HAZARD_HANDLE,
        "登记台账",
        "记入隐患台账，等待评估定级。",
        UNIT_OFFICE,
        may=("kind", "text", "note"),
        many=True,
    ),
    Move(
        "dismiss",
        REPORTED,
        S.DISMISSED,
        P.HAZARD_HANDLE,
        "不属实，不予登记",
        "上报的人看得到理由；工会可以重新打开。",
        UNIT_OFFICE,
        needs=("reason",),
        returning=True,
    ),
    Move(
        "duplicate",
        frozenset({S.REPORTED, S.REGISTERED}),
        S.DISMISSED,
        P.HAZARD_HANDLE,
        "重复上报",
        "并入先报的那一条；上报的人看得到它的进展，不重复奖励。",
        UNIT_OFFICE,
        needs=("duplicate_of",),
        may=("note",),
        guard="earlier",
        returning=True,
    ),
    Move(
        "grade_general",
        REGISTERED,
        S.PLANNING,
        P.HAZARD_HANDLE,
        "定为一般隐患",
        "由单位职能部门制定整改方案。",
        UNIT_OFFICE,
        may=("note",),
        many=True,
    ),
    Move(
        "grade_major",
        REGISTERED,
        S.JUDGING,
        P.HAZARD_HANDLE,
        "定为重大隐患",
        "由单位工会研判是否会立即导致安全事故。",
        UNIT_OFFICE,
        needs=("note",),
    ),
    Move(
        "advise_stop",
        JUDGING,
        S.PLANNING,
        P.HAZARD_UNION,
        "会立即导致事故，建议立即停止作业",
        "停止作业建议送单位负责人，单位答复后才能上报方案。",
        UNIT_UNION,
        needs=("stop_advice",),
    ),
    Move(
        "no_stop",
        JUDGING,
        S.PLANNING,
        P.HAZARD_UNION,
        "不会立即导致事故",
        "不停止作业，由单位制定六落实方案。",
        UNIT_UNION,
        needs=("note",),
    ),
    Move(
        "answer_stop",
        PLANNING,
        S.PLANNING,
        P.HAZARD_HANDLE,
        "答复停止作业建议",
        "写明是否停止作业、何时停止；工会和上级工会都看得到。",
        "单位负责人",
        grade=MAJOR,
        needs=("stop_answer",),
        only=MappingProxyType({"stop_is_open": True}),
    ),
    Move(
        "plan",
        PLANNING,
        S.RECTIFYING,
        P.HAZARD_HANDLE,
        "下达整改方案",
        "责任人照方案整改，到期前提醒，逾期逐级上报。",
        UNIT_OFFICE,
        grade=GENERAL,
        needs=("level", "responsible", *FIVE),
        guard="future",
    ),
    Move(
        "forward",
        PLANNING,
        S.FORWARDED,
        P.HAZARD_UNION,
        "六落实方案上报上级工会",
        "上级工会建立档案，并报告政府职能部门。",
        UNIT_UNION,
        grade=MAJOR,
        needs=("responsible", *SIX),
        guard="forwardable",
    ),
    Move(
        "file",
        frozenset({S.FORWARDED}),
        S.RECTIFYING,
        P.HAZARD_FILE,
        "建立档案，报告政府职能部门",
        "政府职能部门可以检查、挂牌督办，并参加验收。",
        UPPER_UNION,
        grade=MAJOR,
        needs=("regulator",),
        may=("committee", "note"),
    ),
    Move(
        "inspect",
        RECTIFYING,
        S.RECTIFYING,
        P.HAZARD_SUPERVISE,
        "到单位检查",
        "检查情况记入档案。",
        REGULATOR,
        grade=MAJOR,
        needs=("note",),
    ),
    Move(
        "list",
        RECTIFYING,
        S.RECTIFYING,
        P.HAZARD_SUPERVISE,
        "挂牌督办",
        "下达挂牌督办通知书，按通知书的期限整改。",
        "政府职能部门、安委会",
        grade=MAJOR,
        needs=("listing_number", "matter", "government", "due_on", "signer"),
        may=("note",),
        guard="future",
        only=MappingProxyType({"listed_at": None}),
    ),
    # 整改责任、措施、资金、期限、应急预案、监控“六落实” (源3《挂牌督办办法》第七条)
    Move(
        "check_six",
        RECTIFYING,
        S.RECTIFYING,
        P.HAZARD_SUPERVISE,
        "核查六落实",
        "六项都落实后才能申请验收；没落实的写在经过里，落实后再核查。",
        "政府职能部门、安委会",
        grade=MAJOR,
        needs=("note",),
        may=("lacking",),
        only=MappingProxyType({"is_listed": True, "six_checked_at": None}),
    ),
    Move(
        "offer",
        RECTIFYING,
        S.ACCEPTING,
        P.HAZARD_RECTIFY,
        "整改完成，申请验收",
        "职能部门验收，工会监督签字，都通过才销号。",
        "整改责任人",
        needs=("note",),
        guard="shown",
    ),
    Move(
        "extend",
        RECTIFYING,
        S.RECTIFYING,
        P.HAZARD_HANDLE,
        "延长期限",
        "原期限和理由留在经过里。",
        UNIT_OFFICE,
        major=P.HAZARD_SUPERVISE,
        needs=("due_on", "reason"),
        guard="later",
    ),
    # 写出隐患整改销号报告 (源3《挂牌督办办法》第七条)
    Move(
        "report_off",
        ACCEPTING,
        S.ACCEPTING,
        P.HAZARD_SUPERVISE,
        "报送销号报告",
        "责任政府确认整改符合安全生产要求后报送；接着组织专家现场核查。",
        "政府职能部门（代责任政府）",
        grade=MAJOR,
        needs=("note",),
        only=MappingProxyType({"is_listed": True, "off_reported_at": None}),
    ),
    # 组织专家对隐患整改情况进行现场核实 (源3《挂牌督办办法》第八条)
    Move(
        "check_off",
        ACCEPTING,
        S.ACCEPTING,
        P.HAZARD_SUPERVISE,
        "现场核查",
        "写出核查情况；核查后职能部门才能验收。",
        "行业主管部门",
        grade=MAJOR,
        needs=("experts", "note"),
        only=MappingProxyType({"is_reported_off": True, "off_checked_at": None}),
    ),
    Move(
        "accept",
        ACCEPTING,
        S.ACCEPTING,
        P.HAZARD_HANDLE,
        "职能部门验收通过",
        "工会监督也签字后销号；挂牌督办的还要签发销号文件。",
        "职能部门",
        major=P.HAZARD_SUPERVISE,
        may=("note",),
        guard="other_hand",
        only=MappingProxyType({"accepted_at": None, "is_checked": True}),
    ),
    Move(
        "witness",
        ACCEPTING,
        S.ACCEPTING,
        P.HAZARD_UNION,
        "工会监督签字",
        "职能部门也验收通过后销号。",
        "工会",
        major=P.HAZARD_FILE,
        may=("note",),
        guard="other_hand",
        only=MappingProxyType({"witnessed_at": None}),
    ),
    # 起草整改销号文件，报请签发后发责任政府销号 (源3《挂牌督办办法》第九条)
    Move(
        "sign_off",
        ACCEPTING,
        S.ACCEPTING,
        P.HAZARD_SUPERVISE,
        "签发销号文件",
        "发责任政府销号，隐患随即销号、归档。",
        "政府职能部门、安委会",
        grade=MAJOR,
        needs=("delisting_number", "signer"),
        may=("note",),
        only=MappingProxyType({"is_listed": True, "is_signed": True, "delisted_at": None}),
    ),
    Move(
        "close",
        ACCEPTING,
        S.CLOSED,
        P.HAZARD_VIEW,
        "销号",
        "记入档案；对发现人的奖励进入待办。",
        "系统",
        system=True,
    ),
    Move(
        "reject",
        ACCEPTING,
        S.RECTIFYING,
        P.HAZARD_HANDLE,
        "职能部门验收不通过",
        "写明理由，另定期限，继续整改。",
        "职能部门",
        major=P.HAZARD_SUPERVISE,
        needs=("reason", "due_on"),
        guard="judged_anew",
        returning=True,
    ),
    Move(
        "object",
        ACCEPTING,
        S.RECTIFYING,
        P.HAZARD_UNION,
        "工会监督不通过",
        "写明理由，另定期限，继续整改。",
        "工会",
        major=P.HAZARD_FILE,
        needs=("reason", "due_on"),
        guard="judged_anew",
        returning=True,
    ),
    Move(
        "regrade_general",
        GRADED,
        S.PLANNING,
        P.HAZARD_HANDLE,
        "改定为一般隐患",
        "回到制定整改方案；原来的方案和挂牌留在经过里。",
        UNIT_OFFICE,
        major=P.HAZARD_FILE,
        grade=MAJOR,
        needs=("reason",),
        returning=True,
    ),
    Move(
        "regrade_major",
        GRADED,
        S.JUDGING,
        P.HAZARD_HANDLE,
        "改定为重大隐患",
        "重新研判、制定六落实方案、上报上级工会。",
        UNIT_OFFICE,
        grade=GENERAL,
        needs=("reason",),
        returning=True,
    ),
    Move(
        "reward",
        frozenset({S.CLOSED}),
        S.REWARDED,
        P.HAZARD_REWARD,
        "奖励发现人",
        "记入奖励台账；同一隐患只奖一次。",
        UNIT_UNION,
        needs=("amount",),
        may=("note",),
        guard="rewardable",
    ),
    Move(
        "reopen",
        frozenset({S.CLOSED, S.REWARDED}),
        S.RECTIFYING,
        P.HAZARD_FILE,
        "重新打开",
        "已销号的隐患重新整改；原来的验收留在经过里。",
        UPPER_UNION,
        needs=("reason", "due_on"),
        guard="future",
        returning=True,
    ),
    Move(
        "restore",
        frozenset({S.DISMISSED}),
        S.REPORTED,
        P.HAZARD_UNION,
        "重新受理",
        "不予登记的隐患重新交单位登记。",
        UNIT_UNION,
        needs=("reason",),
        guard="not_withdrawn",
        returning=True,
    ),
]
MOVES: Mapping[str, Move] = MappingProxyType({move.name: move for move in _TABLE})
REPORT = "report"  # how a hazard begins; no move, for there is nothing yet to move


def label_of(name: str) -> str:
    """The Chinese word of a move, for histories; an unknown name stays as it is."""
    return "发现并上报" if name == REPORT else MOVES[name].label if name in MOVES else name


def open_moves(hazard: Hazard) -> list[Move]:
    """The moves of people that the present state allows, in the table's order."""
    return [move for move in _TABLE if not move.system and move.is_open(hazard)]


def moves_for(hazard: Hazard, user: Any) -> list[Move]:
    """What this person may do now with this hazard: the buttons of its page."""
    wanted = {move: move.permission_on(hazard) for move in open_moves(hazard)}
    held = {
        permission
        for permission in set(wanted.values())
        if Hazard.objects.permitted(user, permission).filter(pk=hazard.pk).exists()
    }
    return [move for move, permission in wanted.items() if permission in held]
