"""A scoring table as plain values: what is read from a file, checked, hashed and given out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from audit.canonical import sha256

if TYPE_CHECKING:
    from rubrics.models import Version


@dataclass(frozen=True)
class CriterionOutline:
    """A scoring point: its piece of the wording, its full marks, its rule."""

    code: str
    text: str
    kind: str
    points: Decimal
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ItemOutline:
    """A numbered 督导内容 with its stated points."""

    number: int
    points: Decimal
    criteria: tuple[CriterionOutline, ...]
    methods: tuple[str, ...] = ()
    label: str = ""  # the number as printed, where it starts anew in each section
    heading: str = ""  # its own wording, where the points have a column of their own

    @property
    def text(self) -> str:
        """The wording as issued, number first."""
        text = self.heading or "".join(c.text for c in self.criteria)
        return f"{self.label or self.number}.{text}"

    @property
    def worth(self) -> Decimal:
        """What its scoring points add up to; where the table says otherwise, they win (域3)."""
        return sum((c.points for c in self.criteria), Decimal(0))


@dataclass(frozen=True)
class SectionOutline:
    """项目; ``points`` is None where the source states none."""

    name: str
    items: tuple[ItemOutline, ...]
    points: Decimal | None = None
    methods: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outline:
    """One version of a rubric, whole."""

    code: str
    number: int
    target: str
    annex: str
    title: str
    issuer: str
    source: str
    unit_label: str
    section_label: str
    methods: tuple[str, ...]
    not_applicable: str
    total: Decimal
    sections: tuple[SectionOutline, ...]
    layout: str = "scores"
    heads: Mapping[str, str] = field(default_factory=dict)
    scheme: Mapping[str, Any] = field(default_factory=dict)

    @property
    def items(self) -> tuple[ItemOutline, ...]:
        """Every item of the table, in issued order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def content_hash(self) -> str:
        """SHA-256 of everything in it: 2 and 2.00 are the same number, nothing else is."""
        return sha256(_plain(_said(self)))


def read(data: Mapping[str, Any]) -> Outline:
    """The outline in a fixture's JSON; KeyError, TypeError or ArithmeticError where it is none."""
    fields = {name: data[name] for name in HEAD}
    return Outline(
        **fields,
        number=int(data["number"]),
        methods=tuple(data["methods"]),
        total=Decimal(data["total"]),
        sections=tuple(_section(s) for s in data["sections"]),
        **{name: data[name] for name in OPTIONAL if name in data},
    )


OPTIONAL = ("layout", "heads", "scheme")
HEAD = (
    "code",
    "target",
    "annex",
    "title",
    "issuer",
    "source",
    "unit_label",
    "section_label",
    "not_applicable",
)


def outline_of(version: Version) -> Outline:
    """The outline of a stored version, from its prefetched tree."""
    rubric = version.rubric
    return Outline(
        code=rubric.code,
        number=version.number,
        target=rubric.target,
        annex=version.annex,
        title=version.title,
        issuer=version.issuer,
        source=version.source,
        unit_label=version.unit_label,
        section_label=version.section_label,
        methods=tuple(version.methods),
        not_applicable=version.not_applicable,
        total=version.total,
        sections=tuple(_stored_section(s) for s in version.sections.all()),
        layout=version.layout,
        heads=version.heads,
        scheme=version.scheme,
    )


def published_form(outline: Outline) -> dict[str, Any]:
    """The version for other programs: points as JSON numbers, nothing of this database."""
    return {
        **{name: getattr(outline, name) for name in HEAD},
        "version": outline.number,
        "content_hash": outline.content_hash,
        "methods": list(outline.methods),
        "total": _number(outline.total),
        **{name: getattr(outline, name) for name in OPTIONAL},
        "sections": [_published_section(s) for s in outline.sections],
    }


def _section(data: Mapping[str, Any]) -> SectionOutline:
    stated = data.get("points")
    return SectionOutline(
        name=data["name"],
        points=None if stated is None else Decimal(stated),
        methods=tuple(data.get("methods", ())),
        items=tuple(_item(i) for i in data["items"]),
    )


def _item(data: Mapping[str, Any]) -> ItemOutline:
    return ItemOutline(
        number=data["number"],
        points=Decimal(data["points"]),
        methods=tuple(data.get("methods", ())),
        label=data.get("label", ""),
        heading=data.get("heading", ""),
        criteria=tuple(_criterion(c) for c in data["criteria"]),
    )


def _criterion(data: Mapping[str, Any]) -> CriterionOutline:
    return CriterionOutline(
        code=data["code"],
        text=data["text"],
        kind=data["kind"],
        points=Decimal(data["points"]),
        params=data.get("params", {}),
    )


def _stored_section(section) -> SectionOutline:
    items = tuple(_stored_item(i) for i in section.items.all())
    return SectionOutline(section.name, items, section.points, tuple(section.methods))


def _stored_item(item) -> ItemOutline:
    criteria = tuple(
        CriterionOutline(c.code, c.text, c.kind, c.points, c.params) for c in item.criteria.all()
    )
    return ItemOutline(
        item.number, item.points, criteria, tuple(item.methods), item.label, item.heading
    )


def _published_section(section: SectionOutline) -> dict[str, Any]:
    return {
        "name": section.name,
        "points": _number(sum((i.worth for i in section.items), Decimal(0))),
        "methods": list(section.methods),
        "items": [_published_item(item) for item in section.items],
    }


def _published_item(item: ItemOutline) -> dict[str, Any]:
    return {
        "number": item.number,
        "text": item.text,
        "points": _number(item.worth),
        "methods": list(item.methods),
        "criteria": [
            {
                "code": c.code,
                "text": c.text,
                "kind": c.kind,
                "max": _number(c.points),
                "params": c.params,
            }
            for c in item.criteria
        ],
    }


def _number(value: Decimal) -> int | float:
    """Halves and quarters are exact in JSON; hundredths print as they were written."""
    return int(value) if value == value.to_integral_value() else float(value)


def _said(outline: Outline) -> dict[str, Any]:
    """All of it, less what most tables do not say: so they keep the hash they were issued with."""
    told = asdict(outline)
    for name, default in (("layout", "scores"), ("heads", {}), ("scheme", {})):
        if told[name] == default:
            del told[name]
    for item in (item for section in told["sections"] for item in section["items"]):
        for name in ("label", "heading"):
            if not item[name]:
                del item[name]
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value
