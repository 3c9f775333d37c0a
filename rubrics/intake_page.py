"""The page of a table being brought in: source on the left, what was read on the right."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rubrics.intake import open_notes, open_sums
from rubrics.kinds import RuleKind, words_of
from rubrics.kinds.outcome import spelled
from rubrics.models import Intake, Rubric
from rubrics.outline import Outline
from rubrics.reading import regulations
from rubrics.reading.contradictions import contradictions
from rubrics.reading.corrections import WORDS
from rubrics.reading.folding import fold
from rubrics.reading.notation import spell
from rubrics.reading.rules import AMOUNT, CAP, EACH, STATED
from rubrics.reading.source import DROPPED, GUESSED, QUESTION

ROW = re.compile(r"表\d+第\d+行")  # of a table in Word


def page(
    intake: Intake, outline: Outline, typed: Mapping[str, str], errors: Mapping[str, str]
) -> dict[str, Any]:
    """Everything the page shows; what was typed stays, right or wrong."""
    left, sums = open_notes(intake), open_sums(intake, outline)
    anchors = _anchors(intake)
    added, promised = regulations.sums(outline)
    parts = _Sections(intake, outline, typed, errors)
    sections = list(parts)
    return {
        "intake": intake,
        "outline": outline,
        "lines": list(_lines(intake, outline)),
        "sections": sections,
        "fields": list(_fields(outline, typed, errors)),
        "total": _field("total", spelled(outline.total), typed, errors),
        "added": added,
        "promised": promised,
        "judges": not added and not outline.total,
        "sums_count": parts.sums_count,
        "sums": parts.left,
        "general": _general(intake, outline, anchors),
        "dropped": [_placed(n, anchors) for n in intake.notes if n["kind"] == DROPPED],
        "open_notes": len(left),
        "open_sums": len(sums),
        "open": len(left) + len(sums),
        "notes_count": sum(n["kind"] in (QUESTION, GUESSED) for n in intake.notes),
        "criteria": sum(len(i.criteria) for i in outline.items),
        "kinds": RuleKind.choices,
        "errors": errors,
    }


def _anchors(intake: Intake) -> dict[str, str]:
    """The id of the line at each place of the source."""
    found: dict[str, str] = {}
    for n, (place, _) in enumerate(intake.lines, 1):
        found.setdefault(place, f"l{n}")
    return found


def _placed(note: dict[str, Any], anchors: Mapping[str, str]) -> dict[str, Any]:
    return note | {"anchor": anchors.get(note["place"], "")}


def _states(intake: Intake, outline: Outline) -> dict[str, str]:
    """What is still to be said of each place: asked, guessed, done; the graver one wins."""
    found: list[tuple[str, str]] = []
    for n, note in enumerate(intake.notes):
        if note["kind"] in (QUESTION, GUESSED):
            state = "gs" if note["kind"] == GUESSED else "on"
            found.append((note["place"], "dn" if n in intake.settled else state))
    wrong = {one.where: one.text in intake.accepted for one in contradictions(outline)}
    for item in outline.items:
        if (kept := wrong.get(f"第{item.number}项")) is not None:
            places = [intake.places.get(c.code, "") for c in item.criteria]
            found += [(place, "dn" if kept else "on") for place in places]
    grave = ["", "dn", "gs", "on"]
    states: dict[str, str] = {}
    for place, state in found:
        states[place] = max(states.get(place, ""), state, key=grave.index)
    return states


def _lines(intake: Intake, outline: Outline) -> Iterator[dict[str, Any]]:
    """The source line by line; the cells of one row of a table stand in one line."""
    state = _states(intake, outline)
    rows: dict[str, list[dict[str, Any]]] = {}
    for n, (place, text) in enumerate(intake.lines, 1):
        cell = {"id": f"l{n}", "place": place, "state": state.get(place, "")}
        row = found[0] if (found := ROW.match(place)) else place
        rows.setdefault(row, []).append(cell | {"parts": list(_marked(text))})
    for place, cells in rows.items():
        yield {"place": place, "cells": cells}


def _marked(text: str) -> Iterator[tuple[str, str]]:
    """The text cut into pieces, those with points marked."""
    folded, at = fold(text), 0
    spans = [(m.start(), m.end(), "cap") for m in CAP.finditer(folded)]
    for pattern in (STATED, EACH, AMOUNT):
        spans += [(m.start(), m.end(), "pt") for m in pattern.finditer(folded)]
    for begin, end, css in sorted(spans, key=lambda s: (s[0], -s[1])):
        if begin >= at:
            yield "", text[at:begin]
            yield css, text[begin:end]
            at = end
    yield "", text[at:]


class _Sections:
    """The table as read, with its notes and fields beside each point."""

    def __init__(self, intake: Intake, outline: Outline, typed: Any, errors: Any) -> None:
        self.intake, self.outline, self.typed, self.errors = intake, outline, typed, errors
        self.count = 0
        self.anchors = _anchors(intake)
        self.sums = {}
        found = contradictions(outline)
        self.sums_count = len(found)
        for n, one in enumerate(found):
            told = {"one": one, "n": n, "accepted": one.text in intake.accepted}
            self.sums.setdefault(one.where, []).append(told)

    @property
    def left(self) -> list[dict[str, Any]]:
        """The contradictions that were shown beside no part."""
        return [told for found in self.sums.values() for told in found]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for n, section in enumerate(self.outline.sections, 1):
            added = sum((item.worth for item in section.items), start=self.outline.total * 0)
            points = section.points
            yield {
                "id": f"s{n}",
                "name": section.name,
                "added": added,
                "points": points,
                "sums": self.sums.pop(f"项目“{section.name}”", []),
                "field": points is not None and self._field(f"section-{n}", spelled(points)),
                "differs": points is not None and points != added,
                "items": [self._item(item) for item in section.items],
            }

    def _item(self, item: Any) -> dict[str, Any]:
        apart = bool(item.heading) or item.points != item.worth
        sums = self.sums.pop(f"第{item.number}项", [])
        criteria = [self._criterion(c) for c in item.criteria]
        return {
            "id": f"i{item.number}",
            "sums": sums,
            "is_kept": all(told["accepted"] for told in sums),
            "is_asked": any(c["notes"] or c["sums"] for c in criteria),
            "label": item.label or item.number,
            "heading": item.heading,
            "is_plain": not apart and len(criteria) == 1,  # its one point says it all
            "worth": item.worth,
            "points": item.points,
            "differs": item.points != item.worth,
            "field": apart and self._field(f"item-{item.number}", spelled(item.points)),
            "criteria": criteria,
        }

    def _criterion(self, c: Any) -> dict[str, Any]:
        self.count += 1
        n = self.count
        notes = notes_of(self.intake, c.code, self.anchors)
        kind = self.typed.get(f"kind-{n}", c.kind)
        names = (f"kind-{n}", f"points-{n}", f"params-{n}")
        faulty = any(name in self.errors for name in names)
        return {
            "id": f"p{n}",
            "sums": self.sums.pop(f"得分点 {c.code}", []),
            "code": c.code,
            "text": c.text,
            "kind": kind,
            "label": RuleKind(c.kind).label,
            "words": words_of(c.kind, c.points, c.params),
            "points": c.points,
            "anchor": self.anchors.get(self.intake.places.get(c.code, ""), ""),
            "notes": notes,
            "is_open": faulty,
            "rows": min(max(len(c.params), 1) + 1, 5),
            "kind_field": self._field(f"kind-{n}", c.kind),
            "points_field": self._field(f"points-{n}", spelled(c.points)),
            "params_field": self._field(f"params-{n}", spell(c.params)),
        }

    def _field(self, name: str, value: str) -> dict[str, str]:
        return _field(name, value, self.typed, self.errors)


def notes_of(intake: Intake, code: str, anchors: Mapping[str, str]) -> list[dict[str, Any]]:
    """The questions and guesses about one point."""
    return [
        _placed(note, anchors) | {"n": n, "settled": n in intake.settled}
        for n, note in enumerate(intake.notes)
        if note["code"] == code and note["kind"] in (QUESTION, GUESSED)
    ]


def _general(intake: Intake, outline: Outline, anchors: Mapping[str, str]) -> list[dict[str, Any]]:
    """The questions and guesses that belong to no single point."""
    codes = {c.code for item in outline.items for c in item.criteria}
    return [
        _placed(note, anchors) | {"n": n, "settled": n in intake.settled}
        for n, note in enumerate(intake.notes)
        if note["code"] not in codes and note["kind"] in (QUESTION, GUESSED)
    ]


def _fields(outline: Outline, typed: Any, errors: Any) -> Iterator[dict[str, Any]]:
    for name, word in WORDS.items():
        choices = Rubric.Target.choices if name == "target" else ()
        yield _field(name, getattr(outline, name), typed, errors) | {
            "label": word,
            "choices": choices,
        }


def _field(name: str, value: str, typed: Any, errors: Any) -> dict[str, str]:
    return {"name": name, "value": typed.get(name, value), "error": errors.get(name, "")}
