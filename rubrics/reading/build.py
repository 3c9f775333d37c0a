"""From pieces to an outline, with a note for all that is not certain. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from rubrics.kinds import KINDS
from rubrics.kinds.outcome import spelled
from rubrics.mismatches import mismatches
from rubrics.outline import CriterionOutline, ItemOutline, Outline, SectionOutline
from rubrics.reading import regulations
from rubrics.reading.draft import DraftItem, DraftSection, DraftTable, gather
from rubrics.reading.folding import fold, number
from rubrics.reading.heads import heads_of
from rubrics.reading.questions import headed, points, questions
from rubrics.reading.rules import AMOUNT, MINUS, STATED, Rule, broken_in, rule_of, verdict_of
from rubrics.reading.source import (
    DROPPED,
    GUESSED,
    QUESTION,
    UNDERSTOOD,
    BadSource,
    Line,
    Note,
    Piece,
    Reading,
)

ZERO = Decimal(0)


def build(pieces: Iterable[Piece], lines: Sequence[Line], notes: Iterable[Note] = ()) -> Reading:
    """The reading of these pieces; BadSource where no numbered content is among them."""
    table = gather(pieces)
    if not table.items:
        raise BadSource("没有读到督导内容：每项应以“1.”这样的序号开头，或放在有栏名的表格里。")
    return _Builder(table, list(notes)).reading(lines)


class _Builder:
    """One table in the making."""

    def __init__(self, table: DraftTable, notes: list[Note]) -> None:
        self.table, self.notes = table, [*notes, *table.notes]
        self.places: dict[str, str] = {}
        self.layout = _layout(table)
        self.scored = _scored(table)
        self.restarts = _restarts(table)
        self.groups: list[dict[str, Any]] = []
        self.number = 0

    def reading(self, lines: Sequence[Line]) -> Reading:
        sections = tuple(self._section(n, s) for n, s in enumerate(self.table.sections, 1))
        scheme, left = regulations.scheme_of(self.table, sections, self.note)
        for piece in left:
            self._remark(piece)
        outline = self._outline(sections, scheme)
        self._sums(outline)
        return Reading(outline, tuple(self.notes), tuple(lines), self.places)

    def note(self, kind: str, place: str, text: str, code: str = "") -> None:
        self.notes.append(Note(kind, place, text, code))

    def _outline(self, sections: tuple[SectionOutline, ...], scheme: dict[str, Any]) -> Outline:
        table = self.table
        outline = Outline(
            code="",
            number=1,
            target="",
            annex="",
            title=table.title,
            issuer="",
            source="",
            unit_label=table.unit_label,
            section_label=table.section_label or "项目",
            methods=tuple(table.methods),
            not_applicable="rate_only",
            total=ZERO,
            sections=sections,
            layout=self.layout,
            heads=heads_of(self.layout, table.heads, table.total_label, table.date),
            scheme=scheme,
        )
        return replace(outline, total=self._total(outline))

    def _total(self, outline: Outline) -> Decimal:
        added, promised = regulations.sums(outline)
        stated = self.table.total
        if stated is None:
            if self.scored:
                self.note(UNDERSTOOD, "", f"原文没写总分，各点相加为 {spelled(promised)} 分")
            return promised
        if "scale" in outline.scheme:
            if stated not in (added, promised):
                text = f"原文总分 {spelled(stated)} 分，各点相加 {spelled(added)} 分"
                self.note(QUESTION, self.table.total_place, text)
            return promised
        return stated

    def _section(self, order: int, draft: DraftSection) -> SectionOutline:
        folded = fold(draft.text)
        stated = STATED.search(folded)
        told = number(stated[1]) if stated else draft.worth
        text = draft.text[: stated.start()] + draft.text[stated.end() :] if stated else draft.text
        if self.scored:
            for broken in broken_in(draft.text):
                self.note(QUESTION, draft.place, f"项目名称里的“{broken}”没有读成分值，请对照原文")
        name = text.strip() or self.table.title
        if len(name) > 40:
            self.note(QUESTION, draft.place, f"项目名称有 {len(name)} 个字，最多 40 个")
        items = tuple(self._item(order, draft, item) for item in draft.items)
        if not items:
            self.note(QUESTION, draft.place, f"项目“{name}”下没有读到内容")
        methods = tuple(draft.methods)
        return SectionOutline(name, items, told if self.scored else None, methods)

    def _item(self, order: int, section: DraftSection, draft: DraftItem) -> ItemOutline:
        self.number += 1
        base = str(self.number)
        label = draft.label if draft.label != base else ""
        if self.restarts:
            label, base = draft.label, f"{order}-{draft.label}"
        heading, parts = self._parts(draft)
        told = self._told(draft, heading)
        rules = [self._rule(p, section, draft) for p in parts]
        self._fill(rules, told, draft, base)
        criteria = self._criteria(base, parts, rules)
        worth = sum((c.points for c in criteria), ZERO)
        if told is None and heading and self.scored:
            self.note(
                UNDERSTOOD, draft.place, f"本项没写分值，按分项合计 {spelled(worth)} 分", base
            )
        return ItemOutline(
            number=self.number,
            points=worth if told is None else told,
            criteria=criteria,
            methods=tuple(draft.methods),
            label=label,
            heading=heading,
        )

    def _parts(self, draft: DraftItem) -> tuple[str, list[Piece]]:
        """The heading and the pieces of wording that are scored each on its own."""
        if draft.details:
            split = [
                replace(p, text=text, points=p.points if n == 0 else None)
                for p in draft.details
                for n, text in enumerate(points(p.text) if self.scored else [p.text])
            ]
            return draft.text, split
        if self.layout == "questions":
            heading, rest = headed(draft.text)
            return heading, [Piece("detail", draft.place, text) for text in questions(rest)]
        if self.layout == "details":
            self.note(QUESTION, draft.place, "这一项没有读到细则，按内容当作一个得分点")
        texts = points(draft.text) if self.scored else [draft.text]
        return "", [
            Piece("content", draft.place, text, draft.worth if len(texts) == 1 else None)
            for text in texts
        ]

    def _told(self, draft: DraftItem, heading: str) -> Decimal | None:
        """The points that stand with the item itself, where its points stand apart."""
        if not self.scored:
            return ZERO
        if not heading:
            return draft.worth
        stated = list(STATED.finditer(fold(heading)))
        extra = [
            m[0]
            for m in AMOUNT.finditer(fold(heading))
            if not any(s.start() <= m.start() < s.end() for s in stated[:1])
        ]
        for text in broken_in(heading):
            self.note(QUESTION, draft.place, f"题头里的“{text}”没有读成分值，请对照原文")
        for text in extra:
            self.note(QUESTION, draft.place, f"题头里的“{text}”没有读进")
        return number(stated[0][1]) if stated else draft.worth

    def _rule(self, part: Piece, section: DraftSection, item: DraftItem) -> Rule:
        if (
            "否决" in section.text + item.text
            and "否决" not in part.text
            and not STATED.search(fold(part.text))
        ):
            return rule_of(
                part.text + regulations.effect_in(section.text + item.text), scored=self.scored
            )
        if self.scored or "否决" in part.text:
            return rule_of(part.text, worth=part.points, scored=self.scored)
        rule = Rule("verdict", ZERO, verdict_of(part.text))
        if rule.params:
            rule.guesses.append("问的是不该有的事，答“否”为符合")
        return rule

    def _fill(self, rules: list[Rule], told: Decimal | None, draft: DraftItem, base: str) -> None:
        """One point without a number takes what the item's own points leave."""
        missing = [rule for rule in rules if rule.points is None]
        known = sum((rule.points for rule in rules if rule.points is not None), ZERO)
        for rule in missing:
            if told is not None and len(missing) == 1 and told > known:
                rule.points = told - known
                if len(rules) > 1:
                    rule.guesses.append(
                        f"原文没写这一点几分，按本项 {spelled(told)} 分减去其余推测"
                    )
                rule.questions += KINDS[rule.kind].faults(rule.points, rule.params)
            else:
                rule.points = ZERO
                rule.questions.append("原文没写这一点几分，请填写")

    def _criteria(
        self, base: str, parts: list[Piece], rules: list[Rule]
    ) -> tuple[CriterionOutline, ...]:
        made = []
        for n, (part, rule) in enumerate(zip(parts, rules, strict=True), 1):
            code = base if len(parts) == 1 else f"{base}-{n}"
            self.places[code] = part.place
            for kind, texts in ((GUESSED, rule.guesses), (QUESTION, rule.questions)):
                for text in dict.fromkeys(texts):
                    self.note(kind, part.place, text, code)
            made.append(
                CriterionOutline(code, part.text, rule.kind, rule.points or ZERO, rule.params)
            )
        return tuple(made)

    def _remark(self, piece: Piece) -> None:
        numbers = AMOUNT.search(fold(piece.text)) or MINUS.search(fold(piece.text))
        kind, said = (QUESTION, "没有读进，里面有分数") if numbers else (DROPPED, "没有读进表里")
        self.note(kind, piece.place, f"“{_short(piece.text)}”{said}")

    def _sums(self, outline: Outline) -> None:
        labels = [item.label for item in self.table.items]
        for found in mismatches(outline):
            if not re.match(r"得分点 ", found.where):
                self.note(QUESTION, _place_of(found.where, self), str(found), found.where)
        if self.restarts is False and any(labels) and labels != _running(labels):
            self.note(QUESTION, "", "序号不连续，可能少读或多读了一项")


def _running(labels: list[str]) -> list[str]:
    return [str(n) for n in range(1, len(labels) + 1)]


def _place_of(where: str, builder: _Builder) -> str:
    items = builder.table.items
    if (found := re.match(r"第(\d+)项", where)) and 0 < int(found[1]) <= len(items):
        return items[int(found[1]) - 1].place
    for section in builder.table.sections:
        name = STATED.sub("", fold(section.text)).strip()
        if name and name in fold(where):
            return section.place
    return builder.table.total_place if where == "总分" else ""


def _layout(table: DraftTable) -> str:
    if any(item.details for item in table.items):
        asks = "verdict" in table.heads and not _scored(table)
        return "questions" if asks else "details"
    if _scored(table):
        return "scores"
    heads = {"method", "verdict"} & table.heads.keys()
    if not heads and any(headed(item.text)[0] for item in table.items):
        return "questions"
    return "checklist"


def _scored(table: DraftTable) -> bool:
    """Whether anything in it says points."""
    return (
        any(
            AMOUNT.search(fold(text)) or STATED.search(fold(text)) or MINUS.search(fold(text))
            for text in _texts(table)
        )
        or any(item.worth is not None for item in table.items)
        or any(piece.points is not None for item in table.items for piece in item.details)
    )


def _texts(table: DraftTable) -> Iterator[str]:
    for section in table.sections:
        yield section.text
        for item in section.items:
            yield item.text
            yield from (piece.text for piece in item.details)


def _restarts(table: DraftTable) -> bool:
    """Whether the numbers begin anew in each section."""
    labels = [[item.label for item in s.items] for s in table.sections if s.items]
    return len(labels) > 1 and all(found == _running(found) for found in labels)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}……"
