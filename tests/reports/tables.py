"""Every scoring table of the sources as a paper, blank and filled; no database."""

import json
from decimal import Decimal
from pathlib import Path

from reports.documents.scoresheet import Adjustment, Mark, ScoresheetPaper, scoresheet_paper
from rubrics.evaluate import Given, Result, choices, evaluate, points_in
from rubrics.outline import Outline, read
from rubrics.scheme import read as read_scheme
from tests.reports.papers import ISSUED

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "rubrics"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
REASON = "示例：未见记录。"


def outline(name: str) -> Outline:
    """The table as it is shipped."""
    return read(json.loads((FOLDER / f"{name}.json").read_text()))


def answered(table: Outline) -> dict[str, Given]:
    """Each point given its worst choice and its best in turn, every ninth excused."""
    found = {}
    for number, point in enumerate(points_in(table)):
        offered = sorted(choices(point.kind, point.params, point.points), key=lambda c: c.points)
        chosen = offered[-1 if number % 2 else 0]
        found[point.code] = Given({} if number % 9 == 8 else chosen.inputs, number % 9 == 8)
    return found


def filled(table: Outline, *, said: str = REASON, **changes) -> ScoresheetPaper:
    """The paper of those answers, added up as a sheet is."""
    given = answered(table)
    scheme = read_scheme(table.scheme)
    rescale = table.not_applicable == "rescale"
    result = evaluate(points_in(table), given, scheme=scheme, rescale=rescale)
    marks = {
        point.code: _mark(point, given[point.code], result, said) for point in points_in(table)
    }
    told = {
        "unit": "示例单位",
        "total": result.total,
        "stamp": ISSUED,
        "date": "2024年12月5日",
        "adjustments": [Adjustment(a.name, a.points) for a in result.adjustments],
        "grade": result.grade,
    }
    return scoresheet_paper(table, marks=marks, **told | changes)


def _mark(point, given: Given, result: Result, said: str) -> Mark:
    outcome = result.by_code[point.code]
    if outcome is None:
        return Mark(not_applicable=given.not_applicable, full=point.points)
    is_short = outcome.points < point.points or outcome.verdict == "bad"
    return Mark(
        outcome.points, full=point.points, told=outcome.explanation, said=said if is_short else ""
    )


def added_up(paper: ScoresheetPaper) -> Decimal:
    """What somebody gets who adds up what the form prints."""
    scores = [row.score for group in paper.groups for row in group.rows if row.score is not None]
    return sum((*scores, *(change.points for change in paper.adjustments)), Decimal(0))
