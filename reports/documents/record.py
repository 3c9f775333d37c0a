"""督导工作记录表: 附件3, 附件4 and every other form, as issued, blank or filled."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from chabaocu.templatetags.ui import points
from reports.documents.paper import Stamp
from rubrics.record_forms import Line, RecordForm, form_for

SIGNATURE_WIDTH, SIGNATURE_HEIGHT = 400, 120


@dataclass(frozen=True)
class Text:
    """One of the texts of the record."""

    label: str
    text: str
    continued: bool = False


@dataclass(frozen=True)
class Sign:
    """Who signed, and how: the drawn line as an SVG path, or a word on what there is instead."""

    name: str = ""
    path: str = ""  # SVG path data inside SIGNATURE_WIDTH × SIGNATURE_HEIGHT
    note: str = ""


@dataclass(frozen=True)
class ShortRow:
    """A label and what was filled in beside it."""

    name: str
    label: str
    text: str
    number: Decimal | None = None


@dataclass(frozen=True)
class RecordPaper:
    """The whole form; the one context of its preview, PDF and Excel."""

    annex: str
    title_lines: tuple[str, ...]
    union: str
    time: str
    unit: str
    total: Decimal | None
    members: tuple[str, ...]
    texts: tuple[Text, ...]
    leader: Sign
    recorder: Sign
    stamp: Stamp
    lines: tuple[Line, ...] = ()  # its short rows; a paper older than other forms names none
    situation: str = ""  # the head over its texts, where there is one
    leader_label: str = "组长签字"
    recorder_label: str = "记录人"
    place: str = ""
    verdicts: str = ""

    flow = "texts"  # what goes on from page to page
    template = "reports/pdf/_record.html"
    values_template = "reports/pdf/_record_values.html"

    @property
    def title(self) -> str:
        return "".join(self.title_lines)

    @property
    def name(self) -> str:
        return f"{self.annex} {self.title}".strip()

    @property
    def label(self) -> str:
        """What a link calls it."""
        return self.annex or "工作记录表"

    @property
    def head(self) -> str:
        """What stands over its texts: 对县级以上工会督导情况."""
        return self.situation if self.lines else f"对{self.union}督导情况"

    @property
    def rows(self) -> list[ShortRow]:
        """Time, unit, result and so on, in issued order."""
        told = {
            "time": self.time,
            "place": self.place,
            "unit": self.unit,
            "total": points(self.total),
            "verdicts": self.verdicts,
            "members": "、".join(self.members),
        }
        return [
            ShortRow(
                line.name,
                line.label,
                told[line.name],
                self.total if line.name == "total" else None,
            )
            for line in self.lines or _lines_of_annex(self.union)
        ]

    @property
    def signs(self) -> list[tuple[str, str, Sign]]:
        """Who signs: name of the row, its label, the signature."""
        return [
            ("leader", self.leader_label, self.leader),
            ("recorder", self.recorder_label, self.recorder),
        ][: 2 if self.recorder_label else 1]


def blank_record(target_kind: str) -> RecordPaper:
    """The form for one kind of target with nothing filled in."""
    form = form_for(target_kind)
    return record_paper(form, texts={box.field: "" for box in form.boxes}, stamp=Stamp())


def record_paper(form: RecordForm, *, texts: Mapping[str, str], **filled: Any) -> RecordPaper:
    """The form with its texts by field; ``filled`` are the paper's own fields."""
    empty = {"time": "", "unit": "", "total": None, "members": ()}
    return RecordPaper(
        annex=form.annex,
        title_lines=form.title,
        union=form.union,
        texts=tuple(Text(box.label, texts[box.field]) for box in form.boxes),
        lines=form.lines,
        situation=form.situation,
        leader_label=form.leader,
        recorder_label=form.recorder,
        **{"leader": Sign(), "recorder": Sign(), **empty, **filled},
    )


def _lines_of_annex(union: str) -> tuple[Line, ...]:
    """附件3 and 附件4."""
    return (
        Line("time", "时　间"),
        Line("unit", f"所到{union}"),
        Line("total", "总得分"),
        Line("members", "督导组成员"),
    )


def stroke_path(strokes: list) -> str:
    """Drawn lines (points x, y; as a list, or under ``points``) as one SVG path, made to fit."""
    lines = [_points(stroke) for stroke in strokes]
    lines = [line for line in lines if line]
    if not lines:
        return ""
    left = min(x for line in lines for x, _ in line)
    top = min(y for line in lines for _, y in line)
    wide = max(x for line in lines for x, _ in line) - left
    high = max(y for line in lines for _, y in line) - top
    scale = min(SIGNATURE_WIDTH / max(wide, 1), SIGNATURE_HEIGHT / max(high, 1))
    return "".join(
        "M" + "L".join(f"{(x - left) * scale:.1f} {(y - top) * scale:.1f}" for x, y in _dot(line))
        for line in lines
    )


def _points(stroke) -> list[tuple[float, float]]:
    points = stroke.get("points", []) if isinstance(stroke, dict) else stroke
    return [
        (float(p["x"]), float(p["y"])) if isinstance(p, dict) else (float(p[0]), float(p[1]))
        for p in points
    ]


def _dot(line: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A single touch is drawn as a short line, else nothing would show."""
    return line if len(line) > 1 else [line[0], (line[0][0] + 1, line[0][1])]
