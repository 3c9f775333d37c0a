"""What two versions say differently: points matched by code, texts word by word. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from rubrics import scheme
from rubrics.choices import Layout, NotApplicable
from rubrics.heads import NAMES, heads_of
from rubrics.kinds import RuleKind, words_of
from rubrics.kinds.outcome import spelled
from rubrics.mismatches import total_of
from rubrics.outline import CriterionOutline, ItemOutline, Outline

# a Chinese character is a word, a number or a foreign word is one, space and signs stand alone
WORDS = re.compile(r"[0-9]+(?:\.[0-9]+)?%?|[A-Za-z]+|\s+|.", re.DOTALL)
STATES = ("same", "changed", "added", "removed")
NOTHING = "（无）"
SHORTEST = 2  # fewer characters kept between two changes are not worth keeping


@dataclass(frozen=True)
class Piece:
    """A stretch of text: on both sides (same), only in the old one (gone) or the new one (new)."""

    text: str
    mark: str


@dataclass(frozen=True)
class Facet:
    """One thing that was changed beside the wording: 分值, 计分方式, 位置 …"""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Pair:
    """A scoring point of either version, beside its counterpart; None where it has none."""

    code: str
    old: CriterionOutline | None
    new: CriterionOutline | None
    facets: tuple[Facet, ...] = ()

    @cached_property
    def state(self) -> str:
        """same, changed, added or removed."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        return "changed" if self.facets or self.old.text != self.new.text else "same"

    @property
    def before(self) -> tuple[Piece, ...]:
        """The old wording, what is gone marked."""
        return tuple(p for p in self._pieces if p.mark != "new")

    @property
    def after(self) -> tuple[Piece, ...]:
        """The new wording, what is new marked."""
        return tuple(p for p in self._pieces if p.mark != "gone")

    @cached_property
    def _pieces(self) -> tuple[Piece, ...]:
        return words(self.old.text if self.old else "", self.new.text if self.new else "")


@dataclass(frozen=True)
class Comparison:
    """Two versions beside each other."""

    pairs: tuple[Pair, ...]
    heads: tuple[Facet, ...]
    old_total: Decimal
    new_total: Decimal

    @property
    def counts(self) -> dict[str, int]:
        """How many pairs are in each state."""
        return {state: len(self.of(state)) for state in STATES}

    def of(self, state: str) -> tuple[Pair, ...]:
        """The pairs in that state."""
        return tuple(pair for pair in self.pairs if pair.state == state)

    @property
    def without_counterpart(self) -> tuple[str, ...]:
        """The codes that only one of the two versions has."""
        return tuple(p.code for p in self.pairs if p.state in ("added", "removed"))


def compare(old: Outline, new: Outline) -> Comparison:
    """The two versions, point by point in the new order, what was removed where it stood."""
    return Comparison(
        pairs=tuple(_pairs(old, new)),
        heads=tuple(_heads(old, new)),
        old_total=total_of(old),
        new_total=total_of(new),
    )


def matched(old: Outline, new: Outline) -> dict[str, str | None]:
    """Each point code of the old version and its counterpart in the new one, for statistics.

    None where it has none. A code whose wording has nothing left in common is still the same
    code: the issuer says what it stands for.
    """
    codes = {point.code for point in _points(new)}
    return {p.code: p.code if p.code in codes else None for p in _points(old)}


def words(old: str, new: str) -> tuple[Piece, ...]:
    """The two texts as pieces kept, gone and new, in reading order."""
    one, two = WORDS.findall(old), WORDS.findall(new)
    found: list[Piece] = []
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    for tag, a, b, c, d in _smoothed(matcher.get_opcodes()):
        if tag == "equal":
            found.append(Piece("".join(one[a:b]), "same"))
            continue
        found += [Piece("".join(one[a:b]), "gone")] if b > a else []
        found += [Piece("".join(two[c:d]), "new")] if d > c else []
    return tuple(found)


def _smoothed(steps: list[Any]) -> list[tuple[str, int, int, int, int]]:
    """A lone word kept between two changes is part of the change: it reads better."""
    made: list[tuple[str, int, int, int, int]] = []
    last = len(steps) - 1
    for index, (tag, a, b, c, d) in enumerate(steps):
        lone = tag == "equal" and b - a < SHORTEST and 0 < index < last
        kind = "replace" if lone else tag
        if made and kind != "equal" and made[-1][0] != "equal":
            _, start, _, begin, _ = made.pop()
            made.append(("replace", start, b, begin, d))
        else:
            made.append((kind, a, b, c, d))
    return made


def _pairs(old: Outline, new: Outline) -> Iterator[Pair]:
    olds = {point.code: point for point in _points(old)}
    stood, stands = _homes(old), _homes(new)
    codes = [point.code for point in _points(new)]
    kept = [code for code in olds if code in set(codes)]
    left = _shifted(kept, [code for code in codes if code in olds])
    for code in _woven(list(olds), codes):
        one, two = olds.get(code), next((p for p in _points(new) if p.code == code), None)
        facets = _facets(one, two, stood, stands, code in left) if one and two else ()
        yield Pair(code, one, two, tuple(facets))


def _woven(old: list[str], new: list[str]) -> list[str]:
    """The new order, with each removed code behind the one it stood behind."""
    made = list(new)
    for index, code in enumerate(old):
        if code not in new:
            before = next((c for c in reversed(old[:index]) if c in made), None)
            made.insert(made.index(before) + 1 if before else 0, code)
    return made


def _shifted(old: list[str], new: list[str]) -> set[str]:
    """The codes that changed their place among those both versions have."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    still = {code for a, _, size in matcher.get_matching_blocks() for code in old[a : a + size]}
    return set(old) - still


def _facets(
    old: CriterionOutline,
    new: CriterionOutline,
    stood: dict[str, tuple[str, ItemOutline]],
    stands: dict[str, tuple[str, ItemOutline]],
    is_shifted: bool,
) -> Iterator[Facet]:
    if old.points != new.points:
        yield Facet("分值", f"{spelled(old.points)} 分", f"{spelled(new.points)} 分")
    if old.kind != new.kind:
        yield Facet("计分方式", RuleKind(old.kind).label, RuleKind(new.kind).label)
    rules = [words_of(p.kind, p.points, p.params) for p in (old, new)]
    if old.params != new.params:
        yield Facet("怎样计分", *rules)
    homes = [_home(stood[old.code]), _home(stands[new.code])]
    if is_shifted or stood[old.code][0] != stands[new.code][0]:
        yield Facet("位置", *homes)


def _homes(outline: Outline) -> dict[str, tuple[str, ItemOutline]]:
    return {
        point.code: (section.name, item)
        for section in outline.sections
        for item in section.items
        for point in item.criteria
    }


def _home(home: tuple[str, ItemOutline]) -> str:
    section, item = home
    return f"{section} 第{item.label or item.number}项"


HEADS = {
    "annex": "附件号",
    "title": "表题",
    "issuer": "发文单位",
    "source": "出处",
    "unit_label": "单位栏",
    "section_label": "项目栏",
    "layout": "表式",
    "not_applicable": "不适用的处理",
    "total": "标明的总分",
    "methods": "督导方法",
    "heads": "栏名",
    "scheme": "计分规则",
}


SAID: dict[str, Callable[[Outline], str]] = {  # where the value itself says too little
    "layout": lambda table: Layout(table.layout).label,
    "not_applicable": lambda table: NotApplicable(table.not_applicable).label,
    "heads": lambda table: "\n".join(f"{NAMES[n]}：{t}" for n, t in heads_of(table).items() if t),
    "scheme": lambda table: "\n".join(scheme.words(scheme.read(table.scheme))),
}


def _heads(old: Outline, new: Outline) -> Iterator[Facet]:
    for name, label in HEADS.items():
        say = SAID.get(name, lambda table, name=name: _said(getattr(table, name)))
        one, two = say(old), say(new)
        if one != two:
            yield Facet(label, one or NOTHING, two or NOTHING)
    yield from _section_heads(old, new)


def _section_heads(old: Outline, new: Outline) -> Iterator[Facet]:
    ones = [(s.name, s.points, s.methods) for s in old.sections]
    twos = [(s.name, s.points, s.methods) for s in new.sections]
    if ones != twos:
        yield Facet("项目", _listed(ones), _listed(twos))


def _listed(sections: list[tuple[str, Decimal | None, tuple[str, ...]]]) -> str:
    said = []
    for name, points, methods in sections:
        stated = "" if points is None else f"（{spelled(points)}分）"
        said.append("；".join([name + stated, *methods]))
    return "\n".join(said)


def _said(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{spelled(value)} 分"
    if isinstance(value, tuple):
        return "\n".join(value)
    return str(value)


def _points(outline: Outline) -> Iterator[CriterionOutline]:
    return (point for item in outline.items for point in item.criteria)
