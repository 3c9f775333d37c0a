"""The page of a table being brought in: source on the left, what was read on the right."""

from collections.abc import Iterator, Mapping
from typing import Any

from rubrics.evaluate import points_in
from rubrics.intake import open_notes, open_sums
from rubrics.kinds import KINDS, RuleKind
from rubrics.kinds.outcome import spelled
from rubrics.mismatches import mismatches
from rubrics.models import Intake, Rubric
from rubrics.outline import Outline
from rubrics.reading.corrections import WORDS
from rubrics.reading.folding import fold
from rubrics.reading.notation import spell
from rubrics.reading.rules import AMOUNT, CAP, EACH, STATED
from rubrics.reading.source import DROPPED, GUESSED, QUESTION, UNDERSTOOD
from rubrics.scheme import read as read_scheme
from rubrics.totals import worth


def page(
    intake: Intake, outline: Outline, typed: Mapping[str, str], errors: Mapping[str, str]
) -> dict[str, Any]:
    """Everything the page shows; what was typed stays, right or wrong."""
    left, sums = open_notes(intake), open_sums(intake, outline)
    added = worth(points_in(outline), read_scheme(outline.scheme))
    return {
        "intake": intake,
        "outline": outline,
        "lines": list(_lines(intake)),
        "sections": list(_Sections(intake, outline, typed, errors)),
        "fields": list(_fields(outline, typed, errors)),
        "total": _field("total", spelled(outline.total), typed, errors),
        "added": added,
        "sums": [
            {"text": str(m), "accepted": str(m) in intake.accepted} for m in mismatches(outline)
        ],
        "general": _general(intake, outline),
        "told": [n for n in intake.notes if n["kind"] in (DROPPED, UNDERSTOOD)],
        "open_notes": len(left),
        "open_sums": len(sums),
        "open": len(left) + len(sums),
        "notes_count": sum(n["kind"] in (QUESTION, GUESSED) for n in intake.notes),
        "criteria": sum(len(i.criteria) for i in outline.items),
        "kinds": RuleKind.choices,
        "errors": errors,
    }


def _lines(intake: Intake) -> Iterator[dict[str, Any]]:
    state: dict[str, str] = {}
    for n, note in enumerate(intake.notes):
        if note["kind"] in (QUESTION, GUESSED):
            found = "dn" if n in intake.settled else "gs" if note["kind"] == GUESSED else "on"
            state[note["place"]] = "on" if state.get(note["place"]) == "on" else found
    numbers: dict[str, int] = {}
    for n, (place, text) in enumerate(intake.lines, 1):
        numbers.setdefault(place, n)
        parts = list(_marked(text))
        yield {"id": f"l{n}", "place": place, "state": state.get(place, ""), "parts": parts}


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
        self.anchors: dict[str, str] = {}
        for n, (place, _) in enumerate(intake.lines, 1):
            self.anchors.setdefault(place, f"l{n}")

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for n, section in enumerate(self.outline.sections, 1):
            added = sum((item.worth for item in section.items), start=self.outline.total * 0)
            points = section.points
            yield {
                "name": section.name,
                "added": added,
                "field": points is not None and self._field(f"section-{n}", spelled(points)),
                "differs": points is not None and points != added,
                "items": [self._item(item) for item in section.items],
            }

    def _item(self, item: Any) -> dict[str, Any]:
        apart = bool(item.heading) or item.points != item.worth
        return {
            "label": item.label or item.number,
            "heading": item.heading,
            "worth": item.worth,
            "points": item.points,
            "differs": item.points != item.worth,
            "field": apart and self._field(f"item-{item.number}", spelled(item.points)),
            "criteria": [self._criterion(c) for c in item.criteria],
        }

    def _criterion(self, c: Any) -> dict[str, Any]:
        self.count += 1
        n = self.count
        notes = notes_of(self.intake, c.code)
        kind = self.typed.get(f"kind-{n}", c.kind)
        names = (f"kind-{n}", f"points-{n}", f"params-{n}")
        faulty = any(name in self.errors for name in names)
        return {
            "code": c.code,
            "text": c.text,
            "kind": kind,
            "label": RuleKind(c.kind).label,
            "words": _words(c),
            "points": c.points,
            "anchor": self.anchors.get(self.intake.places.get(c.code, ""), ""),
            "notes": notes,
            "is_open": faulty or any(not note["settled"] for note in notes),
            "kind_field": self._field(f"kind-{n}", c.kind),
            "points_field": self._field(f"points-{n}", spelled(c.points)),
            "params_field": self._field(f"params-{n}", spell(c.params)),
        }

    def _field(self, name: str, value: str) -> dict[str, str]:
        return _field(name, value, self.typed, self.errors)


def notes_of(intake: Intake, code: str) -> list[dict[str, Any]]:
    """The questions and guesses about one point."""
    return [
        note | {"n": n, "settled": n in intake.settled}
        for n, note in enumerate(intake.notes)
        if note["code"] == code and note["kind"] in (QUESTION, GUESSED)
    ]


def _general(intake: Intake, outline: Outline) -> list[dict[str, Any]]:
    """The questions and guesses that belong to no single point."""
    codes = {c.code for item in outline.items for c in item.criteria}
    return [
        note | {"n": n, "settled": n in intake.settled}
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


def _words(criterion: Any) -> str:
    """How it is scored, or why that cannot be said yet."""
    try:
        return KINDS[criterion.kind].words(criterion.points, criterion.params)
    except (KeyError, ArithmeticError, ValueError, TypeError):
        return "参数还不全"
