"""Behind the marks of a 汇总表: problems, letters, pieces, what is late and what fell away."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from feedback.models import Letter
from materials.models import Material
from materials.table import leads, table
from orgs.roles import Permission as P
from plans.models import Phase, Plan, Visit
from reports.render.book_xlsx import Book
from reports.workbooks.round_rows import HANDED_IN, KINDS, STATES, Row, with_revision
from scoring.models import Finding
from scoring.owed import Single, Terms

CHUNK = 200
PROBLEM = (
    ("序号", 6),
    ("市", 10),
    ("单位", 30),
    ("得分点", 9),
    ("存在问题", 44),
    ("督导意见", 36),
    ("整改责任", 18),
    ("整改措施", 36),
    ("整改时限", 12),
    ("整改完成", 12),
)
LETTER = (
    ("单位", 34),
    ("所在地", 14),
    ("状态", 10),
    ("发出时间", 17),
    ("答复期限", 12),
    ("答复时间", 17),
    ("问题", 8),
    ("存在问题", 44),
    ("整改情况", 44),
    ("整改完成", 12),
)
PIECE = (
    ("单位", 34),
    ("所在地", 14),
    ("种类", 14),
    ("标题", 36),
    ("状态", 10),
    ("标签", 20),
    ("摘要", 44),
    ("报送人", 10),
    ("报送时间", 17),
    ("理由", 30),
)
LATE = (
    ("所在地", 14),
    ("单位", 34),
    ("督导组", 14),
    ("缺什么", 24),
    ("期限", 12),
    ("依据", 34),
    ("逾期天数", 10),
)
GONE = (
    ("单位", 34),
    ("所在地", 14),
    ("对象", 12),
    ("工作", 8),
    ("督导组", 14),
    ("原定日期", 12),
    ("理由", 44),
)
LACKS = {Visit.Status.PLANNED: "未走访"}
PIECE_FIELDS = ("unit__name", "unit__region__name", "kind", "title", "status", "tags", "summary")
PIECE_FIELDS += ("filed_by__name", "filed_at", "reason")
ENTRY_FIELDS = ("order", "finding__text", "answer", "done_on")
LETTER_FIELDS = ("unit__name", "unit__region__name", "status", "sent_at", "due_on", "answered_at")


def found(visits: QuerySet[Visit]) -> QuerySet:
    """The problems of the present papers, each behind the key of its visit."""
    every = Finding.objects.unscoped(reason="of visits in scope").filter(sheet__visit__in=visits)
    names = ("criterion__code", "text", "advice", "responsible", "measures", "due_on", "fixed_on")
    live = with_revision(every.filter(withdrawn_at=None))
    ordered = live.order_by("sheet__visit__place", "sheet__visit", "order", "pk")
    return ordered.values_list("sheet__visit", *names)


def letters(plan: Plan, user: Any) -> QuerySet:
    """A line for each problem of each letter that stands, as far as this person sees them."""
    seen = Letter.objects.visible_to(user).live().filter(plan=plan).order_by("place", "pk")
    names = [f"entries__{name}" for name in ENTRY_FIELDS]
    return seen.order_by("place", "pk", "entries__order").values_list(*LETTER_FIELDS, *names)


def pieces(plan: Plan, user: Any) -> QuerySet:
    """督导资料, as far as this person sees them."""
    seen = Material.objects.visible_to(user).filter(plan=plan).order_by("place", "kind", "pk")
    return seen.values_list(*PIECE_FIELDS)


def gone(plan: Plan, user: Any) -> QuerySet:
    """Visits that were cancelled or replaced, and why."""
    seen = Visit.objects.permitted(user, P.RESULT_VIEW).by_teams().filter(plan=plan)
    names = ("target__name", "region__name", "target_kind", "scorer", "team__name", "visit_on")
    cancelled = seen.filter(status=Visit.Status.CANCELLED).order_by("place", "pk")
    return cancelled.values_list(*names, "cancelled_reason")


def write_rest(
    book: Book, plan: Plan, user: Any, visits: QuerySet[Visit], rows: list[Row], today: date
) -> None:
    """The lists, each in the order of divisions."""
    _problems(book, visits, rows)
    _letters(book, plan, user)
    _pieces(book, plan, user)
    _late(book, plan, user, rows, today)
    _gone(book, plan, user)


def _problems(book: Book, visits: QuerySet[Visit], rows: list[Row]) -> None:
    sheet = book.sheet("存在问题", *zip(*PROBLEM, strict=True))
    by_visit = {row.visit.pk: row for row in rows if row.visit.status in HANDED_IN}
    number = 0
    for visit, *values in found(visits).iterator(chunk_size=CHUNK):
        if row := by_visit.get(visit):
            number += 1
            sheet.add([number, row.city, row.unit, *values])


def _letters(book: Book, plan: Plan, user: Any) -> None:
    sheet, states = book.sheet("督导意见", *zip(*LETTER, strict=True)), dict(Letter.Status.choices)
    for unit, place, state, *told in letters(plan, user).iterator(chunk_size=CHUNK):
        sheet.add([unit, place, states[state], *told])


def _pieces(book: Book, plan: Plan, user: Any) -> None:
    sheet = book.sheet("督导资料", *zip(*PIECE, strict=True))
    kinds, states = dict(Material.Kind.choices), dict(Material.Status.choices)
    for unit, place, kind, title, state, tags, *told in pieces(plan, user):
        sheet.add([unit, place, kinds[kind], title, states[state], tags.strip("、"), *told])


def _late(book: Book, plan: Plan, user: Any, rows: list[Row], today: date) -> None:
    """What the board calls late: visits, their papers, and the pieces of a place."""
    sheet = book.sheet("逾期", *zip(*LATE, strict=True))
    for deed in Phase.DEEDS:
        own = [row for row in rows if row.visit.scorer == deed]
        terms = Terms(plan, today, _ends(own))
        for row in own:
            _late_visit(sheet, row, terms)
    if leads(plan, user):
        terms = Terms(plan, today, {})
        for one in table(plan, user, today):
            basis = terms.papers_due(one.due_on).basis
            for cell in one.cells:
                if cell.late_days:
                    what = dict(Material.Kind.choices)[cell.kind]
                    sheet.add([one.name, "", "", what, one.due_on, basis, cell.late_days])


def _late_visit(sheet: Any, row: Row, terms: Terms) -> None:
    v = row.visit
    due = terms.due(Single(v.pk, row.unit, v.place, v.team, v.target_kind, v.status, v.visit_on))
    if due and (late := terms.late_days(due)):
        lacks = LACKS.get(v.status, f"评分表、记录表（{STATES[v.status]}）")
        names = [v.region__name, row.unit, v.team__name or "", lacks]
        sheet.add([*names, due.on, due.basis, late])


def _ends(rows: Iterable[Row]) -> Mapping[int | None, date]:
    """When each team's visits end."""
    ends: dict[int | None, date] = defaultdict(lambda: date.min)
    for row in rows:
        if row.visit.team and row.visit.visit_on:
            ends[row.visit.team] = max(ends[row.visit.team], row.visit.visit_on)
    return dict(ends)


def _gone(book: Book, plan: Plan, user: Any) -> None:
    sheet = book.sheet("更换和取消", *zip(*GONE, strict=True))
    for unit, place, kind, scorer, *told in gone(plan, user):
        sheet.add([unit, place, KINDS[kind], Phase.DEEDS[scorer], *told])
