"""The demo's hazards: one enterprise's ledger, with a hazard in every state."""

from datetime import date, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from chabaocu.demo.clock import clock
from chabaocu.demo.people import ENTERPRISE
from chabaocu.demo.photos import photo
from chabaocu.demo.units import REGULATOR
from hazards import actions, evidence
from hazards.escalation import escalate
from hazards.guards import AFTER
from hazards.models import Hazard, Place
from orgs.models import Organization, User

PLACES = {"一车间": ("2号泵房", "1号罐区", "反应釜平台"), "二车间": ("配电室", "灌装线")}
GENERAL = ("register", "grade_general", "plan", "offer", "accept", "witness", "reward")
MAJOR = ("register", "grade_major", "no_stop", "forward", "file", "inspect", "offer", "accept")
MAJOR += ("witness",)
LISTED = ("register", "grade_major", "advise_stop", "answer_stop", "forward", "file", "list")
LISTED += ("check_six", "offer", "report_off", "check_off", "accept", "witness", "sign_off")
BY = {
    "register": "anquan1",
    "grade_general": "anquan1",
    "grade_major": "anquan1",
    "plan": "anquan1",
    "offer": "zhigong",
    "no_stop": "gonghui1",
    "advise_stop": "gonghui1",
    "answer_stop": "anquan1",
    "forward": "gonghui1",
    "file": "xian1",
    **dict.fromkeys(("inspect", "list", "check_six"), "yingji1"),
    **dict.fromkeys(("report_off", "check_off", "sign_off"), "yingji1"),
    "reward": "gonghui1",
}
# who accepts depends on the grade
HANDS = {"general": ("anquan1", "gonghui1"), "major": ("yingji1", "xian1")}
# what, where, kind, the road and how many of its moves were made, days ago, days to rectify
SKETCHES = (
    ("法兰滴漏，地面有积水", "2号泵房", "leak", GENERAL, 7, 40, 5),
    ("平台护栏松动一处", "反应釜平台", "guard", GENERAL, 6, 33, 5),
    ("液位计玻璃管裂纹", "1号罐区", "equipment", GENERAL, 4, 12, 16),
    ("配电室无挡鼠板", "配电室", "power", GENERAL, 3, 9, 6),
    ("灌装线急停按钮失灵", "灌装线", "equipment", GENERAL, 3, 4, 10),
    ("消防通道堆放托盘", "二车间", "passage", GENERAL, 2, 2, 0),
    ("应急照明故障3处", "二车间", "power", GENERAL, 1, 1, 0),
    ("氯气瓶未固定", "灌装线", "conduct", GENERAL, 0, 0, 0),
    ("罐区东侧围堰贯通裂缝", "1号罐区", "equipment", MAJOR, 7, 24, 30),
    ("可燃气体探测器失效", "反应釜平台", "equipment", MAJOR, 6, 15, 30),
    ("安全阀校验过期", "2号泵房", "equipment", MAJOR, 4, 6, 20),
    ("受限空间作业未办许可", "反应釜平台", "conduct", MAJOR, 2, 3, 0),
    ("泵房排水沟盖板缺失", "2号泵房", "guard", GENERAL, 7, 62, 5),
    ("灌装线光栅失灵", "灌装线", "equipment", GENERAL, 6, 28, 6),
    ("液氨储罐根部阀裂纹", "1号罐区", "leak", LISTED, 8, 25, 12),
    ("防爆区电气不防爆", "灌装线", "power", LISTED, 14, 50, 30),
    ("反应釜超压联锁失效", "反应釜平台", "equipment", LISTED, 7, 9, 30),
)
BY_OFFICER = {1, 3, 6, 9}  # which of them the safety officer found


def load_hazards(*, today: date) -> None:
    """Report and handle the hazards that are not there yet."""
    unit = Organization.objects.unscoped(reason="demo").get(name=ENTERPRISE)
    people = {u.username: u for u in User.objects.unscoped(reason="demo").filter(is_active=True)}
    places = _places(unit)
    for number, sketch in enumerate(SKETCHES):
        id = uuid5(NAMESPACE_URL, f"demo-hazard-{number}")
        if not Hazard.objects.unscoped(reason="demo").filter(report_id=id).exists():
            _load(number, id, sketch, unit, people, places, today)
    escalate(today)


def _places(unit: Organization) -> dict[str, Place]:
    made = {}
    for name, posts in PLACES.items():
        shop = Place.objects.get_or_create(unit=unit, name=name, parent=None, level="workshop")[0]
        made[name] = shop
        for post in posts:
            found = Place.objects.get_or_create(unit=unit, name=post, parent=shop, level="post")
            made[post] = found[0]
    return made


def _load(number, id: UUID, sketch, unit, people, places, today: date) -> None:
    """One hazard, one move a day from the day it was reported."""
    text, where, kind, road, count, ago, days = sketch
    day = today - timedelta(days=ago)
    finder = people["anquan1" if number in BY_OFFICER else "zhigong"]
    with clock(day, "08:15"):
        hazard = actions.report(
            unit,
            by=finder,
            report_id=id,
            where=where,
            text=f"{text}（示例）",
            kind=kind,
            place=places[where],
            source="officer" if number in BY_OFFICER else "worker",
        )
        _photograph(hazard, evidence.BEFORE, number, finder)
    for n, name in enumerate(road[:count]):
        with clock(min(day + timedelta(days=n // 2), today), f"{9 + n % 8:02}:30"):
            _move(hazard, name, people, day + timedelta(days=days), number)


def _move(hazard: Hazard, name: str, people, due_on: date, number: int) -> None:
    hand = {"accept": 0, "witness": 1}.get(name)
    by = people[BY[name] if hand is None else HANDS[hazard.grade][hand]]
    if name == "offer":
        _photograph(hazard, AFTER, number + 1, by)
    if name == "reward" and hazard.reported_by_id == by.pk:
        return
    actions.move(
        hazard, name, by=by, **_said(name, people, due_on) | _listing(hazard, name, due_on)
    )


def _said(name: str, people, due_on: date) -> dict:
    five = {
        "duty": "机修班长负责（示例）",
        "measures": "更换部件，恢复原状并试运行",
        "funds": "2000元，车间安全费用",
        "due_on": due_on,
        "emergency_plan": "按本单位泄漏处置预案",
    }
    regulator = Organization.objects.unscoped(reason="demo").get(name=REGULATOR[1])
    return {
        "grade_major": {"note": "可能造成泄漏，影响全厂（示例）"},
        "no_stop": {"note": "已采取隔离措施，暂不停止作业（示例）"},
        "plan": five | {"level": "team", "responsible": people["zhigong"]},
        "forward": five
        | {"responsible": people["zhigong"], "monitoring": "24小时值守，每2小时巡查"},
        "file": {"regulator": regulator},
        "inspect": {"note": "现场核查，方案可行，按期整改（示例）"},
        "offer": {"note": "已按方案整改，试运行正常（示例）"},
        "reward": {"amount": 200},
    }.get(name, {})


def _listing(hazard: Hazard, name: str, due_on: date) -> dict:
    """What 挂牌督办 asks for, by the office of the hazard's city."""
    number = f"示例督〔{due_on.year}〕{hazard.pk}号"
    return {
        "advise_stop": {"stop_advice": "立即停止罐区及灌装线作业，撤出人员（示例）"},
        "answer_stop": {"stop_answer": "已停止作业，人员已撤出（示例）"},
        "list": {
            "listing_number": number,
            "matter": "整体更换并试压，整改期间停用（示例）",
            "government": f"{hazard.unit.region.parent.name}人民政府",
            "due_on": due_on,
            "signer": "示例主任",
        },
        "check_six": {"note": "责任、措施、资金、期限、应急预案、监控都已落实（示例）"},
        "report_off": {"note": "整改结束，符合安全生产要求（示例）"},
        "check_off": {"experts": "示例专家三人", "note": "现场核实，整改完毕（示例）"},
        "sign_off": {
            "delisting_number": f"示例督〔{due_on.year}〕销{hazard.pk}号",
            "signer": "示例主任",
        },
    }.get(name, {})


def _photograph(hazard: Hazard, slot: str, number: int, by: User) -> None:
    id = uuid5(NAMESPACE_URL, f"demo-hazard-photo-{hazard.report_id}-{slot}")
    evidence.add(hazard, photo(number), slot=slot, upload_id=id, by=by)
