"""What the editor has open: a part of the table, or one of the table's own sides."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from rubrics import editing
from rubrics.editing import Part, Place
from rubrics.outline import Outline
from rubrics.part_forms import HeadForm, HeadsForm, ItemForm, PartForm, PointForm, SectionForm
from rubrics.scheme_form import SchemeForm

NAMES = ("表头", "项目", "督导内容", "得分点")
FORMS: tuple[type[PartForm], ...] = (HeadForm, SectionForm, ItemForm, PointForm)
SIDES: Mapping[str, tuple[str, type[PartForm]]] = {
    "heads": ("栏名", HeadsForm),
    "scheme": ("计分规则", SchemeForm),
}


@dataclass(frozen=True)
class Spot:
    """A place, () being the table's head; ``side`` is what else belongs to the whole table."""

    place: Place = ()
    side: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """As in an address: 0.2.1, scheme; what is none of these is the head."""
        if text in SIDES:
            return cls(side=text)
        parts = text.split(".") if text else []
        return cls(tuple(int(p) for p in parts[:3] if p.isascii() and p.isdecimal()))

    def __str__(self) -> str:
        return self.side or ".".join(map(str, self.place))

    @property
    def depth(self) -> int:
        return len(self.place)

    @property
    def name(self) -> str:
        """What is open there."""
        return SIDES[self.side][0] if self.side else NAMES[self.depth]

    @property
    def inner(self) -> str:
        """What can be added inside it, nothing inside a point."""
        return "" if self.side or self.depth == len(NAMES) - 1 else NAMES[self.depth + 1]

    @property
    def number(self) -> str:
        """Where it is, counted from 1."""
        return ".".join(str(n + 1) for n in self.place)

    def part(self, outline: Outline) -> Part:
        """What stands there; NoPlace where nothing does."""
        return editing.part(outline, self.place)

    def form(self, outline: Outline, data: Any = None, *, is_first: bool = False) -> PartForm:
        """The form of what stands there, filled with ``data``."""
        made = SIDES[self.side][1] if self.side else FORMS[self.depth]
        return made(data, part=self.part(outline), is_first=is_first)

    def anchor(self, outline: Outline) -> str:
        """What finds it again after other parts have come or gone."""
        return editing.anchor(outline, self.place)

    def found(self, outline: Outline, anchor: str) -> "Spot | None":
        """Where it is now, if it still is."""
        if not self.place or not anchor:
            return self
        place = editing.found(outline, self.depth, anchor)
        return None if place is None else Spot(place)
