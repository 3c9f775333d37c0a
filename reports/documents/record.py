"""附件3 and 附件4, 督导工作记录表: the form as issued, blank or filled."""

from dataclasses import dataclass
from decimal import Decimal

from reports.documents.paper import Stamp
from rubrics.record_forms import form_for

SIGNATURE_WIDTH, SIGNATURE_HEIGHT = 400, 120


@dataclass(frozen=True)
class Text:
    """One of the three texts of the record."""

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

    flow = "texts"  # what goes on from page to page
    template = "reports/pdf/_record.html"
    values_template = "reports/pdf/_record_values.html"

    @property
    def title(self) -> str:
        return "".join(self.title_lines)

    @property
    def name(self) -> str:
        return f"{self.annex} {self.title}"

    @property
    def situation(self) -> str:
        return f"对{self.union}督导情况"


def blank_record(target_kind: str) -> RecordPaper:
    """The form for one kind of target with nothing filled in."""
    form = form_for(target_kind)
    return RecordPaper(
        annex=form.annex,
        title_lines=form.title,
        union=form.union,
        time="",
        unit="",
        total=None,
        members=(),
        texts=tuple(Text(box.label, "") for box in form.boxes),
        leader=Sign(),
        recorder=Sign(),
        stamp=Stamp(),
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
