"""奖励台账 as a paper: what was granted to whom, with a place to sign for it.

源1 附件1、2 ask a unit for 奖励台账 among its 文件资料.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from hazards.models import Hazard
from reports.documents.ledger import Head, Ledger, Part
from rewards.ledger import TABS, Line

SIGNS = ("批准", "审核", "经办")
UNIT = Head("单位")
BEFORE = (Head("序号", "n"), Head("隐患编号", "c"))
AFTER = (
    Head("隐患"),
    Head("级别", "s"),
    Head("发现人", "p"),
    Head("规定金额（元）", "m"),
    Head("奖励金额（元）", "m"),
    Head("批准", "t"),
    Head("发放", "d"),
    Head("领取签字", "ink"),
)


def reward_ledger(lines: Iterable[Line], *, of: Any, wanted: dict[str, Any], today: date) -> Ledger:
    """The lines as their reader ``of`` an organization may see them, under its choices."""
    rows = list(lines)
    has_units = not of.is_workplace
    heads = (*BEFORE, *((UNIT,) if has_units else ()), *AFTER)
    return Ledger(
        title="安全隐患排查奖励台账",
        under=f"{of}　{_chosen(wanted)}",
        heads=heads,
        parts=(Part(tuple(_row(n, line, has_units) for n, line in enumerate(rows, 1))),),
        empty="没有符合条件的奖励。",
        sums=_sums(rows, len(heads)),
        words=_told(rows),
        signs=SIGNS,
        end=(f"{today:%Y年%-m月%-d日}",),
        is_wide=True,
    )


def _chosen(wanted: dict[str, Any]) -> str:
    """Which rewards these are, by the filters they were asked with."""
    since, until = wanted.get("since"), wanted.get("until")
    told = [TABS[wanted["tab"]]] if wanted.get("tab", "all") != "all" else []
    if since or until:
        told.append(f"批准日期 {_day(since) or '开始'}至{_day(until) or '今天'}")
    if wanted.get("grade"):
        told.append(f"{Hazard.Grade(wanted['grade']).label}隐患")
    if wanted.get("q"):
        told.append(f"含“{wanted['q']}”")
    return "，".join(told) or "全部奖励"


def _told(rows: list[Line]) -> str:
    paid = [line.amount for line in rows if line.paid_at]
    left = [line.amount for line in rows if not line.paid_at]
    return (
        f"共 {len(rows)} 项，奖励 {_money(paid + left)} 元；"
        f"已发放 {len(paid)} 项 {_money(paid)} 元，待发放 {len(left)} 项 {_money(left)} 元。"
    )


def _row(number: int, line: Line, has_unit: bool) -> tuple[str, ...]:
    note = f"\n{line.note}" if line.note else ""
    paid = f"{line.paid_by}\n{_when(line.paid_at)}\n{line.receipt}" if line.paid_at else "待发放"
    return (
        str(number),
        line.number,
        *((line.unit,) if has_unit else ()),
        line.text,
        line.grade,
        line.finder,
        "—" if line.proposed is None else f"{line.proposed:,}",
        f"{line.amount:,}",
        f"{line.granted_by}\n{_when(line.granted_at)}{note}",
        paid.strip(),
        "",
    )


def _sums(rows: list[Line], width: int) -> tuple[str, ...]:
    """合计 in the last row: proposed and granted."""
    proposed = _money(line.proposed for line in rows if line.proposed is not None)
    granted = _money(line.amount for line in rows)
    return ("", "合计", *[""] * (width - 7), proposed, granted, "", "", "")


def _money(amounts: Iterable[Decimal]) -> str:
    return f"{sum(amounts, Decimal('0.00')):,}"


def _day(day: date | None) -> str:
    return f"{day:%Y年%-m月%-d日}" if day else ""


def _when(at: datetime) -> str:
    """Short, for a narrow column."""
    return f"{timezone.localdate(at):%Y-%m-%d}"
