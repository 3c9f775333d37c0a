"""The pieces of the demo's rounds: the finished one has nearly all, the present one some."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Max
from docx import Document

from chabaocu.demo.clock import clock
from materials import actions
from materials.models import Material
from materials.table import team_at, units_of
from orgs.models import Organization, Region, User
from orgs.roles import TeamRole
from plans.models import Plan

K = Material.Kind
EVERY_NTH_MISSES = 7
EXPERIENCES = (
    ("示例：班前五分钟查隐患", "班组每天上岗前查一遍，查到的当天报、当天改。", "班组、查隐患"),
    ("示例：隐患奖励当月兑现", "把奖励写进年度预算，职工报一条、核一条、发一条。", "奖励兑现"),
    ("示例：工会监督员挂牌上岗", "每个车间一名监督员，名字和电话写在入口。", "监督员、车间"),
    ("示例：用手机拍照上报", "拍一张照片就能报，职工看得到处理到哪一步。", "职工参与、奖励兑现"),
)
RETURNED = "示例：缺单位盖章，请补盖后重新报送。"


def load_materials(*, today: date) -> None:
    """Hand in what is not there yet, by the recorder of the team that was there."""
    for plan in Plan.objects.unscoped(reason="demo").filter(template="shandong"):
        if not plan.materials.exists():
            _load(plan, today)


def _load(plan: Plan, today: date) -> None:
    last = plan.visits.aggregate(last=Max("visit_on"))["last"]
    done = last is not None and last < today
    first = None
    for number, (unit, kind) in enumerate(_wanted(plan)):
        misses = number % EVERY_NTH_MISSES == EVERY_NTH_MISSES - 1 and plan.year == today.year
        if misses or (not done and number % 3):
            continue
        made = _handed_in(plan, unit, kind, number, last if done else today)
        first = first or made
    if first and not done:
        actions.move(first, "return", by=plan.created_by, reason=RETURNED)


def _wanted(plan: Plan) -> Iterator[tuple[Organization, str]]:
    """The unions of a round with what each owes, in the order of divisions."""
    for unit in units_of(plan, plan.created_by).filter(kind=Organization.Kind.UNION):
        yield unit, K.BRIEFING
        yield unit, K.EXPERIENCE
        if unit.region.level == Region.Level.CITY:
            yield unit, K.REPORT


def _handed_in(plan: Plan, unit: Organization, kind: str, number: int, day: date) -> Material:
    team = team_at(plan, unit, plan.created_by)
    title, summary, tags = EXPERIENCES[number % len(EXPERIENCES)]
    if kind != K.EXPERIENCE:
        title, summary, tags = f"示例：{unit}{K(kind).label}", "", ""
    with clock(day, "16:00"):
        return actions.hand_in(
            plan,
            unit,
            team=team,
            material_id=uuid5(NAMESPACE_URL, f"demo-material-{plan.pk}-{number}"),
            uploads=[_word(title, summary)],
            by=_recorder(plan, team),
            kind=kind,
            title=title,
            summary=summary,
            tags=actions.tagged(tags),
        )


def _recorder(plan: Plan, team) -> User:
    return team.members.get(role=TeamRole.RECORDER).user if team else plan.created_by


def _word(title: str, text: str) -> SimpleUploadedFile:
    document, out = Document(), BytesIO()
    document.add_heading(title)
    document.add_paragraph(text or "示例：这里是报送的全文。")
    document.save(out)
    return SimpleUploadedFile(f"{title.removeprefix('示例：')}.docx", out.getvalue())
