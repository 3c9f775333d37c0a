"""The blank table of a rubric version as the page of a sheet shows it; worked out once.

A published version never changes, so neither does anything here: a process keeps it for good,
under the hash of the version's content.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rubrics.evaluate import Outcome, score_point
from rubrics.kinds.outcome import spelled
from rubrics.models import Criterion, Item, Section, Version
from scoring.anchors import point_anchor
from scoring.widgets import Widget, widget_of

SCORE = re.compile(r"（[\d.]+分）")
L = Version.Layout


@dataclass(frozen=True)
class BlankPoint:
    """One scoring point before anybody filled it."""

    code: str
    anchor: str
    number: int
    label: str  # the number printed before its wording, unless the item's stands apart
    order: int
    place: str  # 氛围营造 · 第 7 项 · 第 2 点
    head: str
    score: str
    tail: str
    kind: str
    params: Mapping
    points: Decimal
    full: str
    widget: Widget

    @property
    def text(self) -> str:
        """Its wording as issued."""
        return f"{self.head}{self.score}{self.tail}"

    @property
    def unfilled(self) -> str:
        """What it says while it is open: what there is to earn."""
        return f"未填 · {self.full} 分" if self.points else "未填"

    def outcome(self, inputs: Mapping) -> Outcome | None:
        """What was entered, scored; nothing while nothing was."""
        return score_point(self.kind, self.points, self.params, inputs) if inputs else None


@dataclass(frozen=True)
class BlankItem:
    """One numbered 督导内容: a row of the issued table."""

    number: int
    label: str
    heading: str  # its wording, where the points have a column of their own
    full: str  # empty where nothing is scored
    methods: Sequence[str]
    points: Sequence[BlankPoint]


@dataclass(frozen=True)
class BlankSection:
    """项目: its name stands once, over the rows of its items."""

    order: int
    name: str
    points: str  # as the source states them, else empty
    methods: Sequence[str]
    items: Sequence[BlankItem]


@dataclass(frozen=True)
class Column:
    """One column of the issued table: what stands in it, and its head."""

    name: str  # section, heading, points, verdict, reason, score, methods
    head: str


HEADS = {"item": "督导内容", "score": "得分", "method": "督导方法"}
COLUMNS = {
    L.SCORES: {"section": "section", "points": "item", "score": "score", "methods": "method"},
    L.DETAILS: {
        "section": "section",
        "heading": "item",
        "points": "detail",
        "reason": "reason",
        "score": "score",
    },
    L.CHECKLIST: {
        "section": "section",
        "points": "item",
        "methods": "method",
        "score": "verdict",
    },
    L.QUESTIONS: {"heading": "item", "points": "detail", "verdict": "verdict", "reason": "reason"},
}


def columns(version: Version) -> Sequence[Column]:
    """The columns of its layout under the heads of the source, from left to right."""
    heads = HEADS | version.heads | {"section": version.section_label}
    return [Column(name, heads[head]) for name, head in COLUMNS[L(version.layout)].items()]


def blank(version: Version) -> Sequence[BlankSection]:
    """The sections of a published version, in issued order."""
    return blank_of(version.pk, version.content_hash)


@lru_cache(maxsize=100)
def blank_of(pk: int, content_hash: str) -> Sequence[BlankSection]:
    """The same by what names the version."""
    version = Version.objects.with_tree().get(pk=pk)
    return tuple(_section(section) for section in version.sections.all())


@lru_cache(maxsize=100)
def issued(pk: int, content_hash: str) -> Version:
    """A published version with its tree, to be read only."""
    return Version.objects.with_tree().get(pk=pk)


def _section(section: Section) -> BlankSection:
    return BlankSection(
        section.order,
        section.name,
        "" if section.points is None else spelled(section.points),
        tuple(section.methods),
        tuple(_item(section.name, item) for item in section.items.all()),
    )


def _item(section: str, item: Item) -> BlankItem:
    label = item.label or str(item.number)
    points = tuple(
        _point(section, item, label, order, c) for order, c in enumerate(item.criteria.all(), 1)
    )
    full = spelled(item.points) if item.points else ""
    return BlankItem(item.number, label, item.heading, full, tuple(item.methods), points)


def _point(section: str, item: Item, label: str, order: int, criterion: Criterion) -> BlankPoint:
    head, score, tail = _parts(criterion.text)
    place = f"{section} · 第 {label} 项"
    return BlankPoint(
        code=criterion.code,
        anchor=point_anchor(criterion.code),
        number=item.number,
        label="" if item.heading else label,
        order=order,
        place=f"{place} · 第 {order} 点" if len(item.criteria.all()) > 1 else place,
        head=head,
        score=score,
        tail=tail,
        kind=criterion.kind,
        params=criterion.params,
        points=criterion.points,
        full=spelled(criterion.points),
        widget=widget_of(criterion),
    )


def _parts(text: str) -> tuple[str, str, str]:
    """The wording before its points, the points in their brackets, and what follows."""
    found = SCORE.search(text)
    if not found:
        return text, "", ""
    return text[: found.start()], found.group(), text[found.end() :]
