"""What the record says that is not filled by hand: its short rows, from visit and sheet."""

from dataclasses import dataclass
from decimal import Decimal

from orgs.models import Region
from plans.models import Visit
from rubrics.record_forms import RecordForm, form_for
from scoring.figures import counted, rows_of, shown, weigh
from scoring.models import Scoresheet
from scoring.tables import table_of


@dataclass(frozen=True)
class Facts:
    """自动带入: what comes from the visit and the sheet."""

    time: str
    place: str
    unit: str
    result: str  # 41.5, or 符合 12 · 部分 2 · 不符合 1 for a checklist
    full: Decimal
    members: tuple[tuple[str, str], ...]  # name, role in words; empty for 组员


def form_of(visit: Visit) -> RecordForm:
    """The form for this kind of target."""
    return form_for(visit.target_kind, by_unit=visit.is_self)


def facts_of(visit: Visit, sheet: Scoresheet) -> Facts:
    """Time, place, unit, total and members as they stand now."""
    members = visit.team.members.select_related("user").order_by("pk") if visit.team else ()
    return Facts(
        time=time_of(visit),
        place=place_of(visit.region),
        unit=visit.target.name,
        result=_result(visit, sheet),
        full=visit.version.total,
        members=tuple(
            (m.user.name, "" if m.role == "member" else m.get_role_display()) for m in members
        ),
    )


def _result(visit: Visit, sheet: Scoresheet) -> str:
    table = table_of(visit.version)
    if not table.judges:
        return shown(sheet.total)
    found = weigh(rows_of(sheet, table), table)
    return counted(found.result.verdicts) if found.result else ""


def place_of(region: Region) -> str:
    """所到市、县: 甲市 甲一县 for a county, the name alone above it."""
    below = region.level == Region.Level.COUNTY and region.parent
    return f"{region.parent.name} {region.name}" if below else region.name


def time_of(visit: Visit) -> str:
    """2017年12月5日 09:00–11:30, as far as it is known."""
    if visit.visit_on is None:
        return ""
    day = f"{visit.visit_on.year}年{visit.visit_on.month}月{visit.visit_on.day}日"
    if visit.starts_at and visit.ends_at:
        return f"{day} {visit.starts_at:%H:%M}–{visit.ends_at:%H:%M}"
    return day
