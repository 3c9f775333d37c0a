"""Hazards in every state, made with the moves people use."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from attachments.models import Attachment
from hazards import actions
from hazards.guards import AFTER, HOLDER
from hazards.models import Hazard
from hazards.workflow import MOVES
from tests.cast import World

S, G = Hazard.Status, Hazard.Grade
FIVE = {
    "duty": "示例：机修班长负责",
    "measures": "示例：更换法兰垫片并试压",
    "funds": "无需资金",
    "emergency_plan": "示例：泄漏处置预案",
}
SIX = FIVE | {"monitoring": "示例：每两小时巡查一次"}
# How a hazard of each grade gets to each state: (who, move), one after the other.
BEGINNING = [("officer", "register")]
ROAD = {
    G.GENERAL: [
        *BEGINNING,
        ("officer", "grade_general"),
        ("officer", "plan"),
        ("worker", "offer"),
        ("officer", "accept"),
        ("unit_union", "witness"),
        ("unit_union", "reward"),
    ],
    G.MAJOR: [
        *BEGINNING,
        ("officer", "grade_major"),
        ("unit_union", "advise_stop"),
        ("officer", "answer_stop"),
        ("unit_union", "forward"),
        ("county_a1", "file"),
        ("worker", "offer"),
        ("regulator", "accept"),
        ("county_a1", "witness"),
        ("unit_union", "reward"),
    ],
}


# a listed one: 挂牌 to 销号 (源3《挂牌督办办法》第五条至第九条)
LISTED = [
    *ROAD[G.MAJOR][:6],
    ("regulator", "list"),
    ("regulator", "check_six"),
    ("worker", "offer"),
    ("regulator", "report_off"),
    ("regulator", "check_off"),
    ("regulator", "accept"),
    ("county_a1", "witness"),
    ("regulator", "sign_off"),
    ("unit_union", "reward"),
]


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


def reported(world: World, **fields) -> Hazard:
    """What a worker of 甲一县's enterprise found."""
    given = {"where": "2号泵房", "text": "示例：法兰滴漏", "report_id": uuid4()} | fields
    return actions.report(world.orgs["enterprise_a1"], by=world.officer, **given)


def report_at(world: World, unit: str, person: str, **fields) -> Hazard:
    """What somebody found at another unit."""
    given = {"where": "1号库", "text": "示例：线缆老化", "report_id": uuid4()} | fields
    return actions.report(world.orgs[unit], by=world.people[person], **given)


def said(world: World, hazard: Hazard, name: str) -> dict:
    """A well filled form of a move."""
    values = SIX | {
        "reason": "示例理由",
        "note": "示例说明",
        "stop_advice": "示例：立即停止罐区动火",
        "stop_answer": "示例：已停止",
        "level": "team",
        "responsible": world.worker,
        "due_on": (hazard.due_on or in_days(3)) + timedelta(days=1),
        "regulator": world.orgs["regulator_a"],
        "listing_number": "示例督〔2026〕1 号",
        "matter": "示例：更换罐体并整体试压",
        "government": "甲市人民政府",
        "signer": "示例主任",
        "experts": "示例专家三人",
        "delisting_number": "示例督〔2026〕2 号",
        "amount": 100,
    }
    if name == "duplicate":
        values["duplicate_of"] = Hazard.objects.order_by("pk").first()
    return {field: values[field] for field in MOVES[name].needs}


def photo_after(hazard: Hazard, by) -> Attachment:
    """A picture of the rectified place."""
    return Attachment.objects.create(
        kind="photo",
        sha256="0" * 64,
        content_type="image/jpeg",
        size=1,
        name="示例.jpg",
        holder_type=HOLDER,
        holder_id=hazard.pk,
        slot=AFTER,
        upload_id=uuid4(),
        uploaded_by=by,
    )


def moved(world: World, hazard: Hazard, *steps: tuple[str, str]) -> Hazard:
    """The hazard after these moves of these people."""
    for person, name in steps:
        by = world.people[person]
        if name == "offer":
            photo_after(hazard, by)
        actions.move(hazard, name, by=by, **said(world, hazard, name))
    return hazard


def in_state(world: World, status: str, grade: str = G.GENERAL, **fields) -> Hazard:
    """A hazard that went the straight way to ``status``; a 重大 one by the longer road."""
    hazard = reported(world, **fields)
    if status == S.DISMISSED:
        return moved(world, hazard, ("officer", "dismiss"))
    for step in ROAD[grade]:
        if hazard.status == status:
            return hazard
        moved(world, hazard, step)
    return hazard


def listed(world: World, behind: str = "list", **fields) -> Hazard:
    """A hazard under 挂牌督办, after the move ``behind`` of its straight road."""
    hazard = reported(world, **fields)
    for step in LISTED:
        moved(world, hazard, step)
        if step[1] == behind:
            break
    return hazard
