"""Check a list of hazards against its columns, itself, and the ledger of the unit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hazards.importing.columns import BY_TITLE, COLUMNS, PLACE, TEXT, WHERE
from hazards.models import Hazard, Place
from orgs.importing.check import Problem, Rows
from orgs.importing.columns import Column, Unfit
from orgs.models import Organization


@dataclass
class Report:
    """What would be reported, what must be mended, what stands in the ledger already."""

    hazards: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    present: list[int] = field(default_factory=list)  # rows that are open hazards, word for word
    read: int = 0

    @property
    def bad_rows(self) -> int:
        return len({problem.row for problem in self.problems})


def check(header: Sequence[str], rows: Rows, *, unit: Organization) -> Report:
    """The report of a list for this unit; it writes nothing."""
    columns = {title.rstrip("* "): index for index, title in enumerate(header)}
    report = Report(read=len(rows))
    missing = [c.title for c in COLUMNS if c.required and c.title not in columns]
    if missing:
        what, fix = "缺少这一列", "请用模板填写，不要改第一行"
        report.problems = [Problem(1, len(header), t, "（没有）", what, fix) for t in missing]
        return report
    checker = _Checker(columns, unit, report)
    for number, cells in rows:
        checker.row(number, cells)
    report.problems.sort(key=lambda problem: (problem.row, problem.index))
    return report


class _Checker:
    """The rows of one list in turn, with the places and the open hazards of the unit."""

    def __init__(self, columns: dict[str, int], unit: Organization, report: Report) -> None:
        self.columns, self.report = columns, report
        places = Place.objects.unscoped(reason="the list is of this unit").active()
        self.places: dict[str, list[Place]] = {}
        for place in places.filter(unit=unit):
            self.places.setdefault(place.name, []).append(place)
        known = Hazard.objects.unscoped(reason="the list is of this unit").open().filter(unit=unit)
        self.same: set[tuple[str, str]] = set()
        self.near: dict[tuple[str, str], str] = {}
        for number, where, text, kind in known.values_list("number", "where", "text", "kind"):
            self.same.add((where, text))
            self.near.setdefault((where, kind), number)
        self.first: dict[tuple[str, str], int] = {}

    def row(self, number: int, cells: Sequence[str]) -> None:
        said, problems = self._read(number, cells)
        problems = problems or self._doubles(number, cells, said)
        self.report.problems += problems
        if problems:
            return
        if (said["where"], said["text"]) in self.same:
            self.report.present.append(number)
            return
        self.report.hazards.append((number, said))
        if known := self.near.get((said["where"], said["kind"])):
            what = f"这里已有同类的 {known}，还没有销号"
            fix = "照样写入；登记时看是不是同一条，是就并入"
            self.report.warnings.append(self._problem(number, TEXT, said["text"], what, fix))

    def _read(self, number: int, cells: Sequence[str]) -> tuple[dict[str, Any], list[Problem]]:
        said, problems = {}, []
        for column in COLUMNS:
            text = self._cell(cells, column.title)
            try:
                value = self._value(column, text)
            except Unfit as unfit:
                problems.append(self._problem(number, column.title, text, unfit.what, unfit.fix))
                value = None
            if column.field:
                said[column.field] = value
        if not said["where"] and not self._cell(cells, PLACE):
            what = "没说在哪里"
            problems.append(self._problem(number, WHERE, "", what, "选一处场所，或写一句在哪里"))
        said["where"] = said["where"] or str(said["place"] or "")
        return said, problems

    def _value(self, column: Column, text: str) -> Any:
        if not text:
            if column.required:
                raise Unfit("必填", column.hint)
            return column.default
        return self._place(text) if column.title == PLACE else column.read(text)

    def _place(self, text: str) -> Place:
        found = self.places.get(text, [])
        if len(found) == 1:
            return found[0]
        if found:
            raise Unfit("有几处同名的场所", "不填场所，在“地点”里写清楚")
        raise Unfit("没有这个场所", "从下拉里选；先在“场所和二维码”里加，或写在“地点”里")

    def _doubles(self, number: int, cells: Sequence[str], said: dict) -> list[Problem]:
        """The same words at the same spot twice in the list."""
        first = self.first.setdefault((said["where"], said["text"]), number)
        if first == number:
            return []
        what = f"与第 {first} 行相同，本表内重复"
        return [self._problem(number, TEXT, self._cell(cells, TEXT), what, "同一隐患只留一行")]

    def _cell(self, cells: Sequence[str], title: str) -> str:
        index = self.columns.get(title)
        return cells[index] if index is not None and index < len(cells) else ""

    def _problem(self, row: int, title: str, says: str, what: str, fix: str) -> Problem:
        index = self.columns.get(BY_TITLE[title].title, len(self.columns))
        return Problem(row, index, title, says or "（空）", what, fix)
