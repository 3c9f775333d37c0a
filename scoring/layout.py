"""A draft laid out for its page: the blank table, and what three people filled in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils import timezone

from attachments.models import Attachment
from orgs.models import User
from orgs.roles import Permission, Role, TeamRole, holders_of
from rubrics.kinds import SCORED, value_of
from rubrics.kinds.outcome import spelled
from scoring import figures, self_check, statements
from scoring.blank import BlankItem, BlankPoint, BlankSection, Column, blank, columns
from scoring.entries import Entry
from scoring.figures import Row
from scoring.models import Answer, Scoresheet
from scoring.replies import clock
from scoring.tables import table_of

COMMON_REASONS = ("记录不完整", "缺影像资料", "未全员覆盖")
ROLES = dict(TeamRole.choices) | dict(Role.choices)
GONE = ("已调离的组员", "")
State = Answer.State
OPEN, AGREED, DISPUTED = State.OPEN.value, State.AGREED.value, State.DISPUTED.value
SAID = "这个单位已报送自查。您给一点打分以后，那一点下面显示自查得分。"
UNSAID = "这个单位没有报送自查。"
UNSETTLED = {"adjustments": [], "grade": "", "verdicts": ""}


class Filled(NamedTuple):
    """What the sheet says of one point; the columns of ``statements.FILLED``."""

    code: str
    pk: int
    state: str
    version: int
    inputs: dict[str, Any]
    not_applicable: bool
    points: Decimal | None
    reason: str
    note: str
    at: datetime | None
    by: str | None
    settled_by: int | None


class Said(NamedTuple):
    """What one member said of one point; the columns of ``statements.SAID_BY``."""

    code: str
    user: int
    inputs: dict[str, Any]
    not_applicable: bool
    points: Decimal | None
    reason: str
    note: str
    at: datetime


class Member(NamedTuple):
    """One of the team; the columns of ``statements.MEMBERS``."""

    user_id: int
    name: str
    role: str


@dataclass(frozen=True)
class Typed:
    """What a form sent that could not be saved: shown again, with what is wrong."""

    value: str
    entry: Entry
    error: str


class MarkView(NamedTuple):
    """What one member said, as the colleagues see it."""

    user_id: int
    name: str
    role: str
    shown: str
    reason: str
    at: str
    counts: bool
    mine: bool
    not_applicable: bool
    kind: str
    inputs: Mapping[str, Any]

    @property
    def value(self) -> str:
        """What its number stands as in the field, for who takes it over."""
        return value_of(self.kind, self.inputs)


class PointView(NamedTuple):
    """One scoring point on the page: its blank, and what stands in its fields."""

    blank: BlankPoint
    version: int
    value: str
    not_applicable: bool
    reason: str
    note: str
    worth: str
    lost: str
    asks: bool  # whether what was entered has to be explained
    told: str  # what it is worth and why, in words
    check: str  # what the unit said of itself, once the reader has marked the point
    done: bool
    settled: bool
    by: str
    at: str
    differs: bool
    is_open: bool
    marks: list[MarkView]
    files: list[Attachment]
    digest: str
    error: str

    @property
    def code(self) -> str:
        return self.blank.code

    @property
    def anchor(self) -> str:
        return self.blank.anchor

    @property
    def why_open(self) -> str:
        """What is missing, in the words of the list 还差."""
        if self.differs:
            return "待组长裁定"
        if self.is_open:
            return self.blank.unfilled
        return f"没写{'不适用的原因' if self.not_applicable else self.blank.widget.asks}"


@dataclass(frozen=True)
class ItemView:
    """One numbered 督导内容: a row of the issued table."""

    blank: BlankItem
    points: list[PointView]
    got: str
    open: int


@dataclass(frozen=True)
class SectionView:
    """项目: its name stands once, over the rows of its items."""

    blank: BlankSection
    items: list[ItemView]
    done: int
    count: int


@dataclass(frozen=True)
class SheetView:
    """The whole page, prepared: the template asks nothing of the database."""

    sections: list[SectionView]
    points: list[PointView]
    members: list[Member]
    columns: Sequence[Column]
    figures: Mapping[str, Any]  # as every save tells them, see scoring.figures
    full: str
    judges: bool  # a checklist: its answers are counted, not added
    own_check: str  # for the team: whether the unit has checked itself; nothing if not asked to

    @property
    def open(self) -> list[PointView]:
        return [point for point in self.points if not point.done]

    @property
    def rows(self) -> int:
        return sum(len(section.items) for section in self.sections)

    @property
    def inside(self) -> int:
        """How many columns the points' cell spans: what is said of a point stands beside it."""
        beside = [c for c in self.columns if c.name in ("verdict", "reason")]
        return len(beside) + 1 if beside else 0

    @property
    def before_score(self) -> int:
        """How many columns the head of the last row spans: those before the sum."""
        names = [column.name for column in self.columns]
        return names.index("score") if "score" in names else len(names)


def present_sheet(
    sheet: Scoresheet, viewer: Any, *, typed: Mapping[str, Typed] | None = None
) -> SheetView:
    """Lay out a draft for its page in four queries; ``sheet`` comes with visit and version.

    ``typed`` puts back what a form sent and the system refused, so that nothing typed is lost.
    """
    return _Layout(sheet, viewer, typed or {}).view()


def members_of(sheet: Scoresheet) -> list[Member]:
    """The team that fills the sheet; of a 自查 the unit's own people."""
    if sheet.visit.is_self:
        return _people_of(sheet.visit.target_id)
    return [Member(*row) for row in statements.MEMBERS.rows(team=sheet.visit.team_id)]


def _people_of(unit: int) -> list[Member]:
    fill = User.objects.filter(organization=unit, role__in=holders_of(Permission.SELF_CHECK))
    rows = fill.filter(is_active=True).order_by("pk").values_list("pk", "name", "role")
    return [Member(*row) for row in rows]


class _Layout:
    """Builds the parts of one page from rows that are read once."""

    def __init__(self, sheet: Scoresheet, viewer: Any, typed: Mapping[str, Typed]) -> None:
        self.sheet, self.viewer, self.typed = sheet, viewer.pk, typed
        self.zone = timezone.get_current_timezone()
        self.today = timezone.localdate(timezone=self.zone)
        self.members = members_of(sheet)
        self.names = {m.user_id: (m.name, ROLES[m.role]) for m in self.members}
        filled = (Filled(*row) for row in statements.FILLED.rows(sheet=sheet.pk))
        self.filled = {row.code: row for row in filled}
        self.said = _grouped(Said(*row) for row in statements.SAID_BY.rows(sheet=sheet.pk))
        self.files: defaultdict[str, list[Attachment]] = defaultdict(list)
        for file in statements.FILES.rows(visit=sheet.visit_id):
            self.files[file.slot].append(file)
        self.table = table_of(sheet.version)
        self.is_member = any(member.user_id == viewer.pk for member in self.members)
        self.checks = self_check.points_of(sheet.visit.self_check_id) if self.is_member else {}
        self.points: list[PointView] = []

    def view(self) -> SheetView:
        version = self.sheet.version
        issued = blank(version)
        points = [p for section in issued for item in section.items for p in item.points]
        found = figures.weigh([_row(self.filled[p.code], p) for p in points], self.table)
        self.rows = {row.code: row for row in found.rows}
        return SheetView(
            sections=[self.section(section) for section in issued],
            points=self.points,
            members=self.members,
            columns=columns(version),
            figures=UNSETTLED | figures.told(found),
            full=spelled(version.total),
            judges=self.table.judges,
            own_check=self.own_check(),
        )

    def own_check(self) -> str:
        """Whether there is a 自查 to be told of, in words; who does not fill is told nothing."""
        if not self.is_member or not self.sheet.visit.self_check_id:
            return ""
        return SAID if self.checks else UNSAID

    def section(self, section: BlankSection) -> SectionView:
        start = len(self.points)
        items = [self.item(item) for item in section.items]
        points = self.points[start:]
        return SectionView(section, items, sum(point.done for point in points), len(points))

    def item(self, item: BlankItem) -> ItemView:
        points = [self.point(point) for point in item.points]
        rows = [self.rows[point.code] for point in item.points]
        return ItemView(item, points, figures.got(rows), sum(not point.done for point in points))

    def point(self, point: BlankPoint) -> PointView:
        """One point: what is shown in its fields is the sheet's answer, else one's own mark."""
        answer, marks = self.filled[point.code], self.said[point.code]
        shown, typed = self._shown(answer, marks), self.typed.get(point.code)
        entry = Entry(shown.inputs, shown.not_applicable, shown.reason, shown.note)
        said = typed.entry if typed else entry
        row = self.rows[point.code]
        outcome = row.outcome or point.outcome(shown.inputs)
        made = PointView(
            blank=point,
            version=answer.version,
            value=typed.value if typed else value_of(point.kind, shown.inputs),
            not_applicable=said.not_applicable,
            reason=said.reason,
            note=said.note,
            worth="" if shown.points is None else spelled(shown.points),
            lost=_lost(point.points, shown.points),
            asks=bool(outcome and outcome.falls_short(point.points)) and not row.free,
            told=outcome.explanation if outcome else "",
            check=self.check(point, marks) if self.checks else "",
            differs=answer.state == DISPUTED,
            is_open=answer.state == OPEN,
            done=row.is_done,
            settled=bool(answer.settled_by),
            by=answer.by or "",
            at=clock(answer.at, self.today, self.zone),
            marks=[self.mark(mark, answer, point) for mark in marks if _says(mark)],
            files=self.files.get(point.code, []),
            digest=entry.digest,
            error=typed.error if typed else "",
        )
        self.points.append(made)
        return made

    def check(self, point: BlankPoint, marks: list[Said]) -> str:
        """What the unit said of itself, if the reader has marked the point."""
        own = next((mark for mark in marks if mark.user == self.viewer and _says(mark)), None)
        if own is None:
            return ""
        outcome, excused = point.outcome(own.inputs), own.not_applicable
        mine = self_check.said_of(own.points, outcome, not_applicable=excused)
        return self_check.told(self.checks, point.code, mine)

    def _shown(self, answer: Filled, marks: list[Said]) -> Filled | Said:
        if answer.state != DISPUTED:
            return answer
        return next((mark for mark in marks if mark.user == self.viewer), answer)

    def mark(self, mark: Said, answer: Filled, point: BlankPoint) -> MarkView:
        """One member's mark beside the others'."""
        name, role = self.names.get(mark.user, GONE)
        return MarkView(
            user_id=mark.user,
            name=name,
            role=role,
            shown=_shown_points(mark, point),
            reason=mark.reason,
            at=clock(mark.at, self.today, self.zone),
            counts=answer.state == AGREED and _same(mark, answer),
            mine=mark.user == self.viewer,
            not_applicable=mark.not_applicable,
            kind=point.kind,
            inputs=mark.inputs,
        )


def _grouped(marks: Iterable[Said]) -> defaultdict[int, list[Said]]:
    found: defaultdict[int, list[Said]] = defaultdict(list)
    for mark in marks:
        found[mark.code].append(mark)
    return found


def _row(answer: Filled, point: BlankPoint) -> Row:
    return Row(
        answer.pk,
        point.code,
        point.number,
        point.points,
        answer.state,
        answer.points,
        answer.not_applicable,
        answer.reason,
        answer.inputs,
    )


def _lost(full: Decimal, points: Decimal | None) -> str:
    return "" if points is None or points >= full else spelled(full - points)


def _shown_points(mark: Said, point: BlankPoint) -> str:
    if mark.not_applicable:
        return "不适用"
    outcome = None if point.kind in SCORED else point.outcome(mark.inputs)
    if outcome:
        return outcome.explanation
    return "–" if mark.points is None else spelled(mark.points)


def _says(mark: Said) -> bool:
    return bool(mark.inputs) or mark.not_applicable


def _same(mark: Said, answer: Filled) -> bool:
    return mark.not_applicable == answer.not_applicable and (
        mark.not_applicable or mark.inputs == answer.inputs
    )
