"""A draft laid out as the issued table for a reader: points, reasons, evidence, comments. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from attachments.models import Attachment
from rubrics.models import Version
from scoring.blank import BlankPoint, Column, blank, columns
from scoring.comments import still_open
from scoring.figures import counted
from scoring.models import Comment
from scoring.sides import Paper, Side


@dataclass(frozen=True)
class PointRow:
    """One scoring point as it was filled."""

    code: str
    text: str
    section: str
    item: int
    max: Decimal
    points: Decimal | None
    is_applicable: bool
    explanation: str
    verdict: str  # good, partly or bad where it was judged
    is_short: bool  # points lost, a veto hit, or not good
    reason: str
    note: str
    by: str
    at: datetime | None
    files: Sequence[Attachment]
    comments: Sequence[Comment]
    sides: Sequence[Side | None] = ()  # what each paper beside it says of this point

    @property
    def lost(self) -> Decimal:
        """What was deducted; nothing where the point is open or does not apply."""
        return Decimal(0) if self.points is None else self.max - self.points

    @property
    def tone(self) -> str:
        """How it is coloured where no points tell it."""
        return self.verdict or ("bad" if self.is_short else "good")

    @property
    def open_comments(self) -> int:
        return len(still_open(self.comments))


@dataclass(frozen=True)
class ItemRow:
    """A numbered 督导内容 with its 得分."""

    number: int
    label: str
    heading: str
    points: Decimal | None
    rows: Sequence[PointRow]


@dataclass(frozen=True)
class SectionRow:
    """项目, printed once over its rows."""

    name: str
    points: str  # as the source states them, else empty
    items: Sequence[ItemRow]

    @property
    def span(self) -> int:
        return sum(len(item.rows) for item in self.items)


@dataclass(frozen=True)
class Draft:
    """The whole table of one draft."""

    sections: Sequence[SectionRow]
    content: Mapping[str, Any]
    columns: Sequence[Column]
    papers: Sequence[Paper] = ()  # each a column of the desk's own, which is not printed

    @property
    def shown(self) -> list[Column]:
        """The columns a reader needs: methods are for those who inspect."""
        return [column for column in self.columns if column.name != "methods"]

    @property
    def has_verdict_column(self) -> bool:
        """Whether what was given has a column of its own; else it stands beside the wording."""
        return any(column.name == "verdict" for column in self.columns)

    @property
    def reasoned(self) -> bool:
        """Whether the words given with a point have their column (扣分原因, 评价)."""
        return self.judges or any(column.name == "reason" for column in self.columns)

    @property
    def width(self) -> int:
        return len(self.shown) + (not self.has_verdict_column)

    @property
    def before_score(self) -> int:
        """How many cells the head of the last row spans."""
        return self.width - 1

    @cached_property
    def judges(self) -> bool:
        """A checklist: its answers are counted, not added."""
        return not any(row.max for row in self.points)

    @property
    def verdicts(self) -> str:
        """符合 12 · 部分 2 · 不符合 1; nothing where no point is judged."""
        found = self.content.get("verdicts")
        return counted(found) if found or self.judges else ""

    @property
    def adjustments(self) -> Sequence[Mapping[str, Any]]:
        return self.content.get("adjustments", ())

    @property
    def grade(self) -> str:
        return self.content.get("grade", "")

    @cached_property
    def points(self) -> list[PointRow]:
        return [row for section in self.sections for item in section.items for row in item.rows]

    @property
    def deducted(self) -> int:
        return sum(1 for row in self.points if row.is_short)

    @property
    def excused(self) -> int:
        return sum(1 for row in self.points if not row.is_applicable)

    @property
    def total(self) -> Decimal:
        return Decimal(self.content["total"])

    @property
    def rate(self) -> Decimal | None:
        rate = self.content["rate"]
        return None if rate is None else Decimal(rate)

    def chosen(self, code: str | None) -> PointRow:
        """The point asked for; else the first talked about or with lost points."""
        rows = self.points
        wanted = next((row for row in rows if row.code == code), None)
        talked = next((row for row in rows if row.open_comments), None)
        lost = next((row for row in rows if row.is_short), None)
        return wanted or talked or lost or rows[0]


@dataclass(frozen=True)
class Beside:
    """What is laid beside the points of a draft."""

    comments: Iterable[Comment] = ()
    files: Iterable[Attachment] = ()
    papers: Sequence[Paper] = ()


def draft(version: Version, content: Mapping[str, Any], beside: Beside) -> Draft:
    """The table of a published ``version`` filled with ``content`` of scoring.freeze."""
    filled = {point["code"]: point for point in content["points"]}
    comments = _by_code((c.criterion.code, c) for c in beside.comments if c.criterion)
    files = _by_code((f.slot.removeprefix("point:"), f) for f in beside.files)
    sides = {code: [paper.points.get(code) for paper in beside.papers] for code in filled}
    sections = []
    for section in blank(version):
        items = []
        for item in section.items:
            rows = [
                _point(point, section.name, filled[point.code], comments, files, sides)
                for point in item.points
            ]
            items.append(ItemRow(item.number, item.label, item.heading, _sum(rows), rows))
        sections.append(SectionRow(section.name, section.points, items))
    return Draft(sections, content, columns(version), beside.papers)


def _by_code(pairs: Iterable[tuple[str, Any]]) -> dict[str, list]:
    found = defaultdict(list)
    for code, thing in pairs:
        found[code].append(thing)
    return found


def _point(point: BlankPoint, section: str, filled: Mapping[str, Any], *beside: dict) -> PointRow:
    comments, files, sides = (things.get(point.code, []) for things in beside)
    return PointRow(
        code=point.code,
        text=point.text,
        section=section,
        item=point.number,
        max=point.points,
        points=None if filled["points"] is None else Decimal(filled["points"]),
        is_applicable=not filled["not_applicable"],
        explanation=filled["explanation"],
        verdict=filled.get("verdict", ""),
        is_short=filled.get("short", _lost(point, filled)),
        reason=filled["reason"],
        note=filled["note"],
        by=filled["by"],
        at=datetime.fromisoformat(filled["at"]) if filled["at"] else None,
        files=files,
        comments=comments,
        sides=sides,
    )


def _lost(point: BlankPoint, filled: Mapping[str, Any]) -> bool:
    """For papers frozen before they said it themselves."""
    return filled["points"] is not None and Decimal(filled["points"]) < point.points


def _sum(rows: Sequence[PointRow]) -> Decimal | None:
    """得分 of the item; nothing where no point of it was scored."""
    scored = [row.points for row in rows if row.points is not None]
    return sum(scored, Decimal(0)) if scored else None
