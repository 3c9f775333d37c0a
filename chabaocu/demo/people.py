"""The demo's people: each role once at least, and eight teams of three."""

from typing import NamedTuple

from django.contrib.auth.hashers import make_password

from chabaocu.demo import PASSWORD
from chabaocu.demo.units import INDUSTRIAL_UNIONS, REGULATOR, industrial_union_name
from orgs.models import Organization, User
from orgs.roles import Role

TEAMS = 8
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
CITY, COUNTY, OTHER_COUNTY = "滨州市", "阳信县", "惠民县"
ENTERPRISE = "阳信瑞禾化工有限公司（示例）"
OTHER_ENTERPRISE = "惠民瑞禾化工有限公司（示例）"
MEDICAL = industrial_union_name("医务")


class Account(NamedTuple):
    """One demo account: who it is and what to try with it."""

    username: str
    name: str
    unit: str
    role: Role
    about: str


OFFICE = (
    Account("admin", "管演示", "山东省总工会", Role.SYSTEM_ADMIN, "用户、单位、系统管理"),
    Account("sheng1", "魏示例", "山东省总工会", Role.PROVINCE_STAFF, "方案、抽取、审核、下发"),
    Account("sheng2", "蒋示例", "山东省总工会", Role.PROVINCE_STAFF, "抽取的第二位见证人"),
    Account("shi1", "蔡示例", f"{CITY}总工会", Role.UNION_STAFF, "看本市已下发的结果"),
    Account("shiguan", "贾示例", f"{CITY}总工会", Role.UNION_ADMIN, "管本市的单位和用户"),
    Account("xian1", "丁示例", f"{COUNTY}总工会", Role.UNION_STAFF, "看本县已下发的结果"),
    Account("xianguan", "薛示例", f"{COUNTY}总工会", Role.UNION_ADMIN, "管本县的单位和用户"),
    Account("xian2", "叶示例", f"{OTHER_COUNTY}总工会", Role.UNION_STAFF, "邻县，看不到别县"),
    Account("anquan1", "阎示例", ENTERPRISE, Role.SAFETY_OFFICER, "企业看自己的结果"),
    Account("anquan2", "余示例", OTHER_ENTERPRISE, Role.SAFETY_OFFICER, "邻县企业"),
    Account("jubao", "潘示例", f"{CITY}总工会", Role.TIPOFF_OFFICER, "举报专办"),
    Account("zhigong", "杜示例", ENTERPRISE, Role.WORKER, "拍照上报隐患，看办到哪一步"),
    Account("gonghui1", "段示例", ENTERPRISE, Role.UNION_STAFF, "企业工会：监督验收、奖励"),
    Account("yingji1", "侯示例", REGULATOR[1], Role.REGULATOR, "职能部门：检查、挂牌、验收"),
    Account("yiwu1", "尹示例", MEDICAL, Role.PROVINCE_STAFF, "省医务工会自己的一轮：方案、抽取"),
    Account("yiwu2", "姚演示", MEDICAL, Role.PROVINCE_STAFF, "省医务工会抽取的第二位见证人"),
    Account("yiwu3", "邵样例", MEDICAL, Role.UNION_STAFF, "省医务工会督导组组员"),
    Account("yiwu4", "熊示例", MEDICAL, Role.PROVINCE_STAFF, "省医务工会审核、下发：那一轮要两人"),
    Account("yiwu5", "白示例", MEDICAL, Role.PROVINCE_STAFF, "省医务工会审核的另一人"),
)
TEAM_PLACES = (("zuzhang", "示例", "组长"), ("jilu", "演示", "记录人"), ("zuyuan", "样例", "组员"))


def team_accounts() -> list[Account]:
    """Three people a team, from the industrial unions in turn."""
    rows = []
    for number in range(1, TEAMS + 1):
        unit = industrial_union_name(INDUSTRIAL_UNIONS[number % len(INDUSTRIAL_UNIONS)])
        for place, (prefix, given, title) in enumerate(TEAM_PLACES):
            name = SURNAMES[(number - 1) * len(TEAM_PLACES) + place] + given
            about = f"第{number}督导组{title}"
            rows.append(Account(f"{prefix}{number}", name, unit, Role.UNION_STAFF, about))
    return rows


def accounts() -> list[Account]:
    """Every demo account, in the order in which they are shown."""
    return [*OFFICE, *team_accounts()]


def load_people() -> None:
    """Store the accounts that are not there yet; all have the demo password."""
    known = set(User.objects.unscoped(reason="demo").values_list("username", flat=True))
    password = make_password(PASSWORD)
    units = {
        unit.name: unit
        for unit in Organization.objects.unscoped(reason="demo").filter(
            name__in={account.unit for account in accounts()}
        )
    }
    User.objects.bulk_create(
        User(
            username=account.username,
            name=account.name,
            organization=units[account.unit],
            role=account.role,
            phone=f"1380000{number:04}",
            password=password,
        )
        for number, account in enumerate(accounts(), start=1)
        if account.username not in known
    )
