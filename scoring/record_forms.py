"""What 附件3 and 附件4 say that is not filled by hand (源1 附件3、附件4)."""

from dataclasses import dataclass
from decimal import Decimal

from plans.models import Visit
from rubrics.models import Rubric
from scoring.models import Scoresheet


@dataclass(frozen=True)
class RecordForm:
    """How one of the two issued forms is headed and how it names the unit."""

    annex: str
    union: str

    @property
    def title(self) -> tuple[str, str]:
        return "省总工会“查保促”活动", f"督导工作记录表（{self.union}）"

    @property
    def unit_label(self) -> str:
        return f"所到{self.union}"

    @property
    def situation(self) -> str:
        return f"对{self.union}督导情况"


FORMS = {
    Rubric.Target.COUNTY_UNION: RecordForm("附件3", "县级以上工会"),
    Rubric.Target.ENTERPRISE_UNION: RecordForm("附件4", "企业工会"),
}


@dataclass(frozen=True)
class Facts:
    """自动带入: what comes from the visit and the sheet."""

    time: str
    unit: str
    total: Decimal
    full: Decimal
    members: tuple[tuple[str, str], ...]  # name, role in words; empty for 组员


def form_of(visit: Visit) -> RecordForm:
    """The issued form for this kind of target."""
    return FORMS[Rubric.Target(visit.target_kind)]


def facts_of(visit: Visit, sheet: Scoresheet) -> Facts:
    """Time, unit, total and members as they stand now."""
    members = visit.team.members.select_related("user").order_by("pk") if visit.team else ()
    return Facts(
        time=time_of(visit),
        unit=visit.target.name,
        total=sheet.total,
        full=visit.version.total,
        members=tuple(
            (m.user.name, "" if m.role == "member" else m.get_role_display()) for m in members
        ),
    )


def time_of(visit: Visit) -> str:
    """2017年12月5日 09:00–11:30, as far as it is known."""
    if visit.visit_on is None:
        return ""
    day = f"{visit.visit_on.year}年{visit.visit_on.month}月{visit.visit_on.day}日"
    if visit.starts_at and visit.ends_at:
        return f"{day} {visit.starts_at:%H:%M}–{visit.ends_at:%H:%M}"
    return day
