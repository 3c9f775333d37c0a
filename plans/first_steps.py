"""What a system administrator of a fresh system does first, and which of it is done."""

from typing import NamedTuple

from orgs.models import Organization, Region, User
from orgs.roles import Role


class FirstStep(NamedTuple):
    """One thing to do before a first round, and where."""

    title: str
    about: str
    done: bool
    button: str
    page: str


def first_steps(user: User) -> list[FirstStep]:
    """The steps in their order; none for other roles, and none once all of them are done."""
    if user.role != Role.SYSTEM_ADMIN:
        return []
    steps = [*_steps(user)]
    return [] if all(step.done for step in steps) else steps


def _steps(user: User) -> tuple[FirstStep, ...]:
    users, units = User.objects.visible_to(user), Organization.objects.visible_to(user)
    counties = Region.objects.visible_to(user).filter(is_key_chemical=True)
    return (
        FirstStep(
            "给省级工会工作人员开通账号",
            "方案、抽取、审核由他们办。种子须两个人各自录入，所以至少开两个账号；"
            "进督导组的人，在所属工会名下开“工会工作人员”。",
            users.filter(role=Role.PROVINCE_STAFF, is_active=True).exists(),
            "新增用户",
            "orgs:user_create",
        ),
        FirstStep(
            "导入企业名册",
            "区划和各级总工会已经装好。企业从 Excel 模板导入，先检查，有一处不对就一行都不写。",
            units.filter(kind=Organization.Kind.ENTERPRISE).exists(),
            "从 Excel 导入",
            "orgs:import_upload",
        ),
        FirstStep(
            "标出危险化学品重点监管县",
            "抽县的规则要用。在“系统管理”的行政区划里，按官方名单逐县勾选。",
            counties.exists(),
            "去标记",
            "admin:orgs_region_changelist",
        ),
    )
