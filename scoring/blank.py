"""The blank table of a rubric version as the page of a sheet shows it; worked out once.

A published version never changes, so neither does anything here: a process keeps it for good,
under the hash of the version's content.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rubrics.evaluate import choices
from rubrics.kinds import RuleKind, value_of
from rubrics.kinds.outcome import spelled
from rubrics.kinds.tiers import NONE
from rubrics.models import Criterion, Item, Version
from scoring.anchors import point_anchor

SCORE = re.compile(r"（[\d.]+分）")


@dataclass(frozen=True)
class Option:
    """One row of a tiers point, or one step of a count ladder."""

    value: str
    label: str
    points: str
    reason: str  # what the reason is pre-filled with, where points are lost


@dataclass(frozen=True)
class BlankPoint:
    """One scoring point before anybody filled it."""

    criterion: int
    code: str
    anchor: str
    number: int
    order: int
    place: str  # 氛围营造 · 第 7 项 · 第 2 点
    head: str
    score: str
    tail: str
    kind: str
    unit: str
    points: Decimal
    full: str
    step: str
    options: Sequence[Option]


@dataclass(frozen=True)
class BlankItem:
    """One numbered 督导内容: a row of the issued table."""

    number: int
    full: str
    methods: Sequence[str]
    points: Sequence[BlankPoint]


@dataclass(frozen=True)
class BlankSection:
    """项目: its name stands once, over the rows of its items."""

    order: int
    name: str
    methods: Sequence[str]
    items: Sequence[BlankItem]


def blank(version: Version) -> Sequence[BlankSection]:
    """The sections of a published version, in issued order."""
    return _blank(version.pk, version.content_hash)


@lru_cache(maxsize=100)
def _blank(pk: int, content_hash: str) -> Sequence[BlankSection]:
    version = Version.objects.with_tree().get(pk=pk)
    return tuple(
        BlankSection(
            section.order,
            section.name,
            tuple(section.methods),
            tuple(_item(section.name, item) for item in section.items.all()),
        )
        for section in version.sections.all()
    )


def _item(section: str, item: Item) -> BlankItem:
    criteria = list(item.criteria.all())
    points = [_point(section, item.number, order, c) for order, c in enumerate(criteria, 1)]
    return BlankItem(item.number, spelled(item.points), tuple(item.methods), tuple(points))


def _point(section: str, number: int, order: int, criterion: Criterion) -> BlankPoint:
    head, score, tail = _parts(criterion.text)
    place = f"{section} · 第 {number} 项"
    return BlankPoint(
        criterion=criterion.pk,
        code=criterion.code,
        anchor=point_anchor(criterion.code),
        number=number,
        order=order,
        place=place if criterion.code == str(number) else f"{place} · 第 {order} 点",
        head=head,
        score=score,
        tail=tail,
        kind=criterion.kind,
        unit=criterion.params.get("unit", ""),
        points=criterion.points,
        full=spelled(criterion.points),
        step=criterion.params.get("step", "0.5"),
        options=_options(criterion),
    )


def _parts(text: str) -> tuple[str, str, str]:
    """The wording before its points, the points in their brackets, and what follows."""
    found = SCORE.search(text)
    if not found:
        return text, "", ""
    return text[: found.start()], found.group(), text[found.end() :]


def _options(criterion: Criterion) -> Sequence[Option]:
    if criterion.kind == RuleKind.AWARD:
        return ()
    found = []
    for choice in choices(criterion.kind, criterion.params, criterion.points):
        key = value_of(criterion.kind, choice.inputs)
        why = "" if choice.points >= criterion.points else f"{choice.label}。"
        if why and criterion.kind == RuleKind.TIERS and key != NONE:
            why = f"最高达到：{why}"
        found.append(Option(key, choice.label, spelled(choice.points), why))
    return tuple(found if criterion.kind == RuleKind.TIERS else found[::-1])
