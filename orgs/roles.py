"""Roles and what they may do, in code: readable in one place, tested as a table."""

from enum import StrEnum

from django.db.models import TextChoices


class Permission(StrEnum):
    """What a person may do; where they may do it is said by the scope of each model."""

    ORG_VIEW = "org.view"
    ORG_MANAGE = "org.manage"
    USER_MANAGE = "user.manage"
    RUBRIC_VIEW = "rubric.view"
    RUBRIC_MANAGE = "rubric.manage"
    PLAN_VIEW = "plan.view"
    PLAN_MANAGE = "plan.manage"
    DRAW_RUN = "draw.run"
    VISIT_VIEW = "visit.view"
    VISIT_FILL = "visit.fill"
    VISIT_SETTLE = "visit.settle"  # decide where two marks differ (组长裁定)
    VISIT_SIGN = "visit.sign"
    VISIT_SUBMIT = "visit.submit"
    VISIT_REVIEW = "visit.review"
    SELF_CHECK = "self.check"  # fill the table for one's own unit (自查)
    RESULT_VIEW = "result.view"
    BOARD_VIEW = "board.view"
    AUDIT_VIEW = "audit.view"
    HAZARD_REPORT = "hazard.report"
    HAZARD_FOLLOW = "hazard.follow"  # one's own report: what becomes of it
    HAZARD_VIEW = "hazard.view"
    HAZARD_HANDLE = "hazard.handle"  # the unit's 安全管理部门: 登记、定级、方案、验收
    HAZARD_RECTIFY = "hazard.rectify"
    HAZARD_UNION = "hazard.union"  # the unit's 工会: 停止作业建议、上报、监督
    HAZARD_REWARD = "hazard.reward"
    HAZARD_FILE = "hazard.file"  # the 工会 above: 建档、报告、监督、重新打开
    HAZARD_SUPERVISE = "hazard.supervise"  # 政府职能部门, 安委会办公室
    HAZARD_SETUP = "hazard.setup"  # places, policies and reward rules of one's own unit


P = Permission


class Role(TextChoices):
    """The global role of an account; team roles are given per plan."""

    SYSTEM_ADMIN = "system_admin", "系统管理员"
    PROVINCE_STAFF = "province_staff", "省级工会工作人员"
    UNION_STAFF = "union_staff", "工会工作人员"
    UNION_ADMIN = "union_admin", "单位管理员"
    SAFETY_OFFICER = "safety_officer", "企业安全员"
    TIPOFF_OFFICER = "tipoff_officer", "举报专办员"
    REGULATOR = "regulator", "职能部门工作人员"
    WORKER = "worker", "职工"


class TeamRole(TextChoices):
    """What a person does in one supervision team (源1 四(一)：督导组原则上由3人组成)."""

    LEADER = "leader", "组长"
    RECORDER = "recorder", "记录人"
    MEMBER = "member", "组员"


# Whom an administrator may appoint, and whose account they may touch: never above their own level.
# 举报专办员 is approved by the provincial union.
GRANTS: dict[str, frozenset[str]] = {
    Role.SYSTEM_ADMIN: frozenset(Role.values),
    Role.UNION_ADMIN: frozenset(
        {Role.UNION_ADMIN, Role.UNION_STAFF, Role.SAFETY_OFFICER, Role.REGULATOR, Role.WORKER}
    ),
}

VIEWER = frozenset({P.ORG_VIEW, P.VISIT_VIEW, P.RESULT_VIEW})
# At one's own unit, or in the region one's union stands for: the model's clauses say which.
UNION = frozenset({P.HAZARD_REPORT, P.HAZARD_VIEW, P.HAZARD_UNION, P.HAZARD_REWARD, P.HAZARD_FILE})
ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.SYSTEM_ADMIN: frozenset(
        {P.ORG_VIEW, P.ORG_MANAGE, P.USER_MANAGE, P.RUBRIC_VIEW, P.RUBRIC_MANAGE, P.AUDIT_VIEW}
    ),
    Role.PROVINCE_STAFF: VIEWER
    | {P.RUBRIC_VIEW, P.RUBRIC_MANAGE, P.PLAN_VIEW, P.PLAN_MANAGE}
    | {P.DRAW_RUN, P.VISIT_REVIEW, P.BOARD_VIEW}
    | {P.HAZARD_VIEW, P.HAZARD_FILE},
    Role.UNION_STAFF: VIEWER | UNION | {P.PLAN_VIEW, P.RUBRIC_VIEW, P.SELF_CHECK},
    Role.UNION_ADMIN: VIEWER
    | {P.ORG_MANAGE, P.USER_MANAGE, P.PLAN_VIEW, P.RUBRIC_VIEW, P.HAZARD_SETUP, P.SELF_CHECK},
    Role.SAFETY_OFFICER: VIEWER
    | {
        P.SELF_CHECK,
        P.HAZARD_REPORT,
        P.HAZARD_VIEW,
        P.HAZARD_HANDLE,
        P.HAZARD_RECTIFY,
        P.HAZARD_SETUP,
    },
    Role.REGULATOR: frozenset({P.ORG_VIEW, P.HAZARD_VIEW, P.HAZARD_SUPERVISE}),
    Role.TIPOFF_OFFICER: frozenset({P.ORG_VIEW}),
    Role.WORKER: frozenset({P.HAZARD_REPORT}),
}

FILLER = frozenset({P.VISIT_VIEW, P.VISIT_FILL, P.RESULT_VIEW})
TEAM_PERMISSIONS: dict[str, frozenset[Permission]] = {
    TeamRole.LEADER: FILLER | {P.VISIT_SETTLE, P.VISIT_SIGN, P.VISIT_SUBMIT},
    TeamRole.RECORDER: FILLER | {P.VISIT_SIGN, P.VISIT_SUBMIT},
    TeamRole.MEMBER: FILLER,
}
# What the people of a unit may do with its own 自查: all of them, since a small firm has but one.
SELF_PERMISSIONS = FILLER | {P.VISIT_SETTLE, P.VISIT_SIGN, P.VISIT_SUBMIT}


def permissions_of(role: str) -> frozenset[Permission]:
    """What the global role grants; an unknown role grants nothing."""
    return ROLE_PERMISSIONS.get(role, frozenset())


def holders_of(permission: Permission) -> list[str]:
    """The global roles that grant it."""
    return [role for role, granted in ROLE_PERMISSIONS.items() if permission in granted]


def grants_of(role: str) -> frozenset[str]:
    """The roles this role may appoint; most appoint nobody."""
    return GRANTS.get(role, frozenset())
