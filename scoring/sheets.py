"""A visit's sheet: begin it, find the draft that counts, and lay it out for its page."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from attachments.models import Attachment
from chabaocu.errors import StaleState
from orgs.roles import TeamRole
from plans.models import Visit
from plans.models.team import TeamMember
from rubrics.evaluate import choices
from rubrics.kinds import RuleKind, value_of
from rubrics.kinds.outcome import spelled
from scoring import actions
from scoring.anchors import point_anchor
from scoring.answers import Row, clock, figures
from scoring.entries import Entry
from scoring.models import Answer, Mark, Scoresheet

SCORE = re.compile(r"（[\d.]+分）")
COMMON_REASONS = ("记录不完整", "缺影像资料", "未全员覆盖")
State = Answer.State


def start(visit: Visit, *, by: Any) -> Scoresheet:
    """Begin the first draft, or return the present one if somebody began it already."""
    try:
        return actions.start(visit, by=by)
    except StaleState:
        visit.refresh_from_db()
        sheet = present(visit)
        if sheet is None:
            raise
        return sheet


def present(visit: Visit) -> Scoresheet | None:
    """The draft that counts now; None where filling has not begun."""
    return visit.sheets.filter(revision=visit.revision).first()


@dataclass(frozen=True)
class ChoiceView:
    """One row of a tiers point, or one step of a count ladder."""

    value: str
    label: str
    points: str
    chosen: bool
    reason: str  # what the reason is pre-filled with, where points are lost


@dataclass(frozen=True)
class MarkView:
    """What one member said, as the colleagues see it."""

    user_id: int
    name: str
    role: str
    shown: str
    reason: str
    at: str
    counts: bool
    mine: bool
    value: str
    not_applicable: bool


@dataclass
class PointView:
    """One scoring point on the page."""

    code: str
    number: int
    first: bool
    section: str
    order: int
    head: str
    score: str
    tail: str
    kind: str
    unit: str
    full: str
    step: str
    version: int
    value: str
    not_applicable: bool
    reason: str
    note: str
    choices: list[ChoiceView]
    lost: str
    state: str
    done: bool
    settled: bool
    by: str
    at: str
    marks: list[MarkView]
    files: list[Attachment]
    digest: str
    error: str = ""

    @property
    def anchor(self) -> str:
        return point_anchor(self.code)

    @property
    def differs(self) -> bool:
        return self.state == State.DISPUTED

    @property
    def lacks_reason(self) -> bool:
        return self.state == State.AGREED and not self.done

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def why_open(self) -> str:
        """What is missing, in the words of the list 还差."""
        if self.differs:
            return "待组长裁定"
        if self.is_open:
            return f"未填 · {self.full} 分"
        return "没写不适用的原因" if self.not_applicable else "没写扣分的原因"


@dataclass
class ItemView:
    """One numbered 督导内容: a row of the issued table."""

    number: int
    full: str
    methods: list[str]
    got: str = ""
    open: int = 0
    points: list[PointView] = field(default_factory=list)


@dataclass
class SectionView:
    """项目: its name stands once, over the rows of its items."""

    order: int
    name: str
    methods: list[str]
    items: list[ItemView] = field(default_factory=list)

    @property
    def points(self) -> list[PointView]:
        return [point for item in self.items for point in item.points]

    @property
    def done(self) -> int:
        return sum(point.done for point in self.points)

    @property
    def count(self) -> int:
        return len(self.points)


@dataclass
class SheetView:
    """The whole page, prepared: the template asks nothing of the database."""

    sheet: Scoresheet
    sections: list[SectionView]
    members: list[TeamMember]
    total: str
    answered: int
    questions: int
    full: str

    @property
    def points(self) -> list[PointView]:
        return [point for section in self.sections for point in section.points]

    @property
    def open(self) -> list[PointView]:
        return [point for point in self.points if not point.done]

    @property
    def rows(self) -> int:
        return sum(len(section.items) for section in self.sections)


@dataclass(frozen=True)
class Typed:
    """What a form sent that could not be saved: shown again, with what is wrong."""

    value: str
    entry: Entry
    error: str


def present_sheet(
    sheet: Scoresheet, viewer: Any, *, typed: Mapping[str, Typed] | None = None
) -> SheetView:
    """Lay out a draft for its page in four queries; ``sheet`` comes with visit and version.

    ``typed`` puts back what a form sent and the system refused, so that nothing typed is lost.
    """
    answers = list(
        Answer.objects.filter(sheet=sheet)
        .select_related("criterion__item__section", "by")
        .order_by("criterion__item__section__order", "criterion__item__number", "criterion__order")
    )
    members = list(TeamMember.objects.filter(team=sheet.visit.team_id).select_related("user"))
    lay = _Layout(sheet, viewer, members, typed or {})
    sections = lay.sections(answers)
    told = figures([_row(answer) for answer in answers])
    return SheetView(
        sheet=sheet,
        sections=sections,
        members=members,
        total=told["total"],
        answered=told["answered"],
        questions=told["questions"],
        full=spelled(sheet.version.total),
    )


class _Layout:
    """Builds the parts of one page from rows that are read once."""

    def __init__(
        self, sheet: Scoresheet, viewer: Any, members: list[TeamMember], typed: Mapping[str, Typed]
    ) -> None:
        self.viewer = viewer
        self.typed = typed
        self.roles = {m.user_id: TeamRole(m.role).label for m in members}
        self.names = {m.user_id: m.user.name for m in members}
        self.marks: defaultdict[int, list[Mark]] = defaultdict(list)
        for mark in Mark.objects.filter(sheet=sheet).order_by("at", "pk"):
            self.marks[mark.criterion_id].append(mark)
        self.files: defaultdict[str, list[Attachment]] = defaultdict(list)
        held = Attachment.objects.live().filter(holder_type="visit", holder_id=sheet.visit_id)
        for file in held:
            self.files[file.slot].append(file)

    def sections(self, answers: list[Answer]) -> list[SectionView]:
        """Sections → items → points, in issued order."""
        sections: dict[int, SectionView] = {}
        items: dict[int, ItemView] = {}
        for answer in answers:
            criterion = answer.criterion
            item, section = criterion.item, criterion.item.section
            if section.pk not in sections:
                sections[section.pk] = SectionView(section.order, section.name, section.methods)
            if item.pk not in items:
                items[item.pk] = ItemView(item.number, spelled(item.points), item.methods)
                sections[section.pk].items.append(items[item.pk])
            items[item.pk].points.append(self.point(answer, section.name, items[item.pk]))
        _sum_up(items, answers)
        return list(sections.values())

    def point(self, answer: Answer, section: str, item: ItemView) -> PointView:
        """One point: what is shown in its fields is the sheet's answer, else one's own mark."""
        criterion, kind = answer.criterion, answer.criterion.kind
        shown, points = self._shown(answer)
        typed = self.typed.get(criterion.code)
        said = typed.entry if typed else shown
        value = typed.value if typed else value_of(kind, shown.inputs)
        head, score, tail = _parts(criterion.text)
        return PointView(
            code=criterion.code,
            number=item.number,
            first=not item.points,
            section=section,
            order=len(item.points) + 1,
            head=head,
            score=score,
            tail=tail,
            kind=kind,
            unit=criterion.params.get("unit", ""),
            full=spelled(criterion.points),
            step=criterion.params.get("step", "0.5"),
            version=answer.version,
            value=value,
            not_applicable=said.not_applicable,
            reason=said.reason,
            note=said.note,
            choices=_choices(criterion, value, points),
            lost=_lost(criterion.points, points),
            state=answer.state,
            done=_row(answer).is_done,
            settled=bool(answer.settled_by_id),
            by=answer.by.name if answer.by else "",
            at=clock(answer.at),
            marks=[self.mark(mark, answer) for mark in self.marks[criterion.pk] if _says(mark)],
            files=self.files[criterion.code],
            digest=shown.digest,
            error=typed.error if typed else "",
        )

    def _shown(self, answer: Answer) -> tuple[Entry, Decimal | None]:
        source: Answer | Mark = answer
        if answer.state == State.DISPUTED:
            own = [m for m in self.marks[answer.criterion_id] if m.user_id == self.viewer.pk]
            source = own[0] if own else answer
        entry = Entry(source.inputs, source.not_applicable, source.reason, source.note)
        return entry, source.points

    def mark(self, mark: Mark, answer: Answer) -> MarkView:
        """One member's mark beside the others'."""
        return MarkView(
            user_id=mark.user_id,
            name=self.names.get(mark.user_id, "已调离的组员"),
            role=self.roles.get(mark.user_id, ""),
            shown=_shown_points(mark.points, mark.not_applicable),
            reason=mark.reason,
            at=clock(mark.at),
            counts=answer.state == State.AGREED and _same(mark, answer),
            mine=mark.user_id == self.viewer.pk,
            value=value_of(answer.criterion.kind, mark.inputs),
            not_applicable=mark.not_applicable,
        )


def _row(answer: Answer) -> Row:
    criterion = answer.criterion
    return Row(
        answer.pk,
        criterion.code,
        criterion.item.number,
        criterion.points,
        answer.state,
        answer.points,
        answer.not_applicable,
        answer.reason,
    )


def _sum_up(items: dict[int, ItemView], answers: list[Answer]) -> None:
    for answer in answers:
        item = items[answer.criterion.item_id]
        item.open += not _row(answer).is_done
        if answer.state == State.AGREED:
            item.got = f"{Decimal(item.got or 0) + (answer.points or 0):.1f}"


def _parts(text: str) -> tuple[str, str, str]:
    """The wording before its points, the points in their brackets, and what follows."""
    found = SCORE.search(text)
    if not found:
        return text, "", ""
    return text[: found.start()], found.group(), text[found.end() :]


def _choices(criterion: Any, value: str, points: Decimal | None) -> list[ChoiceView]:
    if criterion.kind == RuleKind.AWARD:
        return []
    views = []
    for choice in choices(criterion.kind, criterion.params, criterion.points):
        key = value_of(criterion.kind, choice.inputs)
        reached = key == value or (criterion.kind == RuleKind.COUNT and choice.points == points)
        why = "" if choice.points >= criterion.points else f"{choice.label}。"
        if why and criterion.kind == RuleKind.TIERS and key != "none":
            why = f"最高达到：{why}"
        views.append(ChoiceView(key, choice.label, spelled(choice.points), reached, why))
    return views if criterion.kind == RuleKind.TIERS else views[::-1]


def _lost(full: Decimal, points: Decimal | None) -> str:
    return "" if points is None or points >= full else spelled(full - points)


def _shown_points(points: Decimal | None, not_applicable: bool) -> str:
    if not_applicable:
        return "不适用"
    return "–" if points is None else spelled(points)


def _says(mark: Mark) -> bool:
    return bool(mark.inputs) or mark.not_applicable


def _same(mark: Mark, answer: Answer) -> bool:
    return mark.not_applicable == answer.not_applicable and (
        mark.not_applicable or mark.inputs == answer.inputs
    )
