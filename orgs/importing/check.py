"""Check a list of units against its columns, itself, and what is stored already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from orgs.importing.columns import (
    CODE,
    COLUMNS,
    COUNTY,
    ENTERPRISE_NEEDS,
    NAME,
    Column,
    Unfit,
)
from orgs.models import Organization, Region, User
from orgs.roles import Permission

SLICE = 500  # values in one query


@dataclass(frozen=True)
class Problem:
    """One cell: where it is, what it says, what is wrong, what to write."""

    row: int
    index: int
    title: str
    says: str
    what: str
    fix: str

    @property
    def address(self) -> str:
        return f"{get_column_letter(self.index + 1)}{self.row}"


@dataclass
class Report:
    """What would be written, what must be mended, what is there already."""

    units: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    present: list[int] = field(default_factory=list)  # rows that are stored already, as they are
    read: int = 0

    @property
    def bad_rows(self) -> int:
        return len({problem.row for problem in self.problems})


Rows = Sequence[tuple[int, Sequence[str]]]


def check(header: Sequence[str], rows: Rows, *, user: User) -> Report:
    """The report of a list for this person; it writes nothing."""
    columns = {title.rstrip("* "): index for index, title in enumerate(header)}
    report = Report(read=len(rows))
    missing = [c for c in COLUMNS if c.required and c.title not in columns]
    if missing:
        report.problems = [_headless(column, columns) for column in missing]
        return report
    checker = _Checker(columns, rows, user, report)
    for number, cells in rows:
        checker.row(number, cells)
    report.problems.sort(key=lambda p: (p.row, p.index))
    return report


def _headless(column: Column, columns: dict[str, int]) -> Problem:
    return Problem(
        1, len(columns), column.title, "（没有）", "缺少这一列", "请用模板填写，不要改第一行"
    )


class _Checker:
    """The rows of one list in turn, with what they are compared to."""

    def __init__(self, columns: dict[str, int], rows: Rows, user: User, report: Report) -> None:
        self.columns, self.report, self.user = columns, report, user
        self.places = _Places(user)
        self.stored = _Stored(user, [str(self._cell(c, CODE)).upper() for _, c in rows])
        self.first: dict[object, int] = {}

    def row(self, number: int, cells: Sequence[str]) -> None:
        unit, problems = self._read(number, cells)
        problems += self._enterprise(number, cells, unit, problems)
        if not problems:
            problems += self._doubles(number, cells, unit)
        self.report.problems += problems
        if problems:
            return
        if self.stored.holds(unit):
            self.report.present.append(number)
            return
        self.report.units.append((number, unit))
        if unit["kind"] == Organization.Kind.ENTERPRISE and not unit["size"]:
            column = next(c for c in COLUMNS if c.field == "size")
            self.report.warnings.append(
                self._problem(number, column, "", "规模没有填", "将记为“未定”，抽取时不算中小企业")
            )

    def _read(self, number: int, cells: Sequence[str]) -> tuple[dict[str, Any], list[Problem]]:
        unit, problems = {}, []
        for column in COLUMNS:
            text = self._cell(cells, column.title)
            try:
                value = self._value(column, text)
            except Unfit as unfit:
                problems.append(self._problem(number, column, text, unfit.what, unfit.fix))
                value = None
            if column.field:
                unit[column.field] = value
        return unit, problems

    def _value(self, column: Column, text: str) -> Any:
        if not text:
            if column.required:
                raise Unfit("必填", column.hint and f"填写{column.hint}")
            return column.default
        return self.places.read(text) if column.title == COUNTY else column.read(text)

    def _enterprise(
        self, number: int, cells: Sequence[str], unit: dict, problems: list[Problem]
    ) -> list[Problem]:
        """An enterprise without code, ownership, industry or risk could never be drawn rightly."""
        if unit["kind"] != Organization.Kind.ENTERPRISE:
            return []
        told = {problem.title for problem in problems}
        return [
            self._problem(number, column, "", ENTERPRISE_NEEDS[column.field], "请填写")
            for column in COLUMNS
            if column.field in ENTERPRISE_NEEDS
            and column.title not in told
            and not self._cell(cells, column.title)
        ]

    def _doubles(self, number: int, cells: Sequence[str], unit: dict) -> list[Problem]:
        """The same code, or the same name at the same place, twice in the list or elsewhere."""
        title = CODE if unit["credit_code"] else NAME
        column = next(c for c in COLUMNS if c.title == title)
        key = unit["credit_code"] or (unit["region"].pk, unit["name"])
        says = self._cell(cells, title)
        if (first := self.first.setdefault(key, number)) != number:
            what = f"与第 {first} 行相同，本表内重复"
            return [self._problem(number, column, says, what, "同一单位只留一行")]
        if conflict := self.stored.conflict(unit):
            return [self._problem(number, column, says, *conflict)]
        return []

    def _cell(self, cells: Sequence[str], title: str) -> str:
        index = self.columns.get(title)
        return cells[index] if index is not None and index < len(cells) else ""

    def _problem(self, row: int, column: Column, says: str, what: str, fix: str) -> Problem:
        index = self.columns.get(column.title, len(self.columns))
        return Problem(row, index, column.title, says or "（空）", what, fix)


class _Places:
    """Divisions by the names people write, inside the person's scope."""

    def __init__(self, user: User) -> None:
        regions = Region.objects.filter(valid_to=None).select_related("parent")
        self.inside: dict[str, list[Region]] = {}
        for region in regions.visible_to(user):
            for name in names_of(region):
                self.inside.setdefault(name, []).append(region)
        self.outside = {name for region in regions for name in names_of(region)}

    def read(self, text: str) -> Region:
        found = self.inside.get(text, [])
        if len(found) == 1:
            return found[0]
        if found:
            full = "”或“".join(names_of(region)[-1] for region in found)
            raise Unfit("有几个同名的区划", f"写成“{full}”")
        raise self._unknown(text)

    def _unknown(self, text: str) -> Unfit:
        near = [name for name in self.inside if name.startswith(text)]
        if near:
            return Unfit("不是完整名称", f"改为“{near[0]}”")
        if text in self.outside:
            return Unfit("不在您的范围", "删去这一行，或请上级工会导入")
        return Unfit("没有这个区划", "填区划全称，如“阳信县”")


def names_of(region: Region) -> list[str]:
    """Its own name, and for a county the name with its city's before it."""
    return [region.name, *([f"{region.parent.name}{region.name}"] if region.parent else [])]


class _Stored:
    """The units that a list could collide with."""

    def __init__(self, user: User, codes: list[str]) -> None:
        units = Organization.objects.unscoped(reason="a code is unique in the whole country")
        self.by_code = {
            unit.credit_code: unit
            for part in _slices([code for code in codes if code])
            for unit in units.filter(credit_code__in=part).select_related("region")
        }
        managed = Organization.objects.permitted(user, Permission.ORG_MANAGE)
        self.by_name = {
            (unit["region_id"], unit["name"]): unit
            for unit in managed.values("region_id", "name", "credit_code")
        }
        self.managed = set(managed.values_list("pk", flat=True))

    def holds(self, unit: dict) -> bool:
        """Whether exactly this unit is stored, so that a list may be brought twice."""
        stored = self.by_name.get((unit["region"].pk, unit["name"]))
        return bool(stored) and stored["credit_code"] == unit["credit_code"]

    def conflict(self, unit: dict) -> tuple[str, str] | None:
        if self.holds(unit):
            return None
        other = self.by_code.get(unit["credit_code"])
        if other and other.pk in self.managed:
            return f"已登记为“{other.name}”（{other.region}）", "核对代码；要改名请到单位页面"
        if other:
            return "这个代码已在别处登记，不在您的范围", "核对代码，或请上级工会查"
        if (unit["region"].pk, unit["name"]) in self.by_name:
            return "这里已有同名单位，代码不同", "核对代码；要改代码请到单位页面"
        return None


def _slices(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), SLICE):
        yield values[start : start + SLICE]
