"""The system's own Excel form of a table: one row a scoring point. Writes it, reads it again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import partial
from io import BytesIO
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from orgs.importing.workbook import BadWorkbook, Limits, Sheet, read_sheet
from rubrics.kinds import RuleKind
from rubrics.kinds.outcome import spelled
from rubrics.outline import CriterionOutline, ItemOutline, Outline, SectionOutline
from rubrics.reading.notation import Unreadable, parse, spell
from rubrics.reading.rules import rule_of
from rubrics.reading.source import GUESSED, QUESTION, BadSource, Line, Note, Reading

SHEET = "评分表"
LIMITS = Limits(megabytes=5, unpacked_megabytes=30, rows=2000, columns=40)
TITLES = (
    "项目",
    "项目分值",
    "项目方法",
    "序号",
    "印出的序号",
    "内容",
    "内容分值",
    "内容方法",
    "点号",
    "得分点",
    "分值",
    "计分方式",
    "参数",
    "表的说明",
    "说明的内容",
)
WIDTHS = (16, 9, 24, 6, 10, 40, 9, 24, 8, 60, 7, 12, 30, 14, 40)
WORDS = {
    "code": "代码",
    "number": "版次",
    "target": "适用对象",
    "annex": "附件号",
    "title": "表题",
    "issuer": "发文单位",
    "source": "出处",
    "unit_label": "单位栏",
    "section_label": "项目栏",
    "layout": "表式",
    "not_applicable": "不适用的处理",
    "total": "总分",
    "methods": "督导方法",
    "heads": "栏名",
    "scheme": "计分规则",
    "accepted": "已接受的不符",
}
LISTS, PARTS = ("methods", "accepted"), ("heads", "scheme")
KIND_OF = {label: value for value, label in RuleKind.choices}
HEAD_FILL = PatternFill("solid", fgColor="E8EEF7")
EMPTY = {
    name: "" for name in ("code", "target", "annex", "title", "issuer", "source", "unit_label")
}


def write(outline: Outline | None, accepted: tuple[str, ...] = ()) -> bytes:
    """The workbook of a version; without one, the empty template."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    rows = list(_rows(outline)) if outline else []
    told = list(_about(outline, accepted)) if outline else [(w, "") for w in WORDS.values()]
    width = len(TITLES) - 2
    for index in range(max(len(rows), len(told))):
        row = rows[index] if index < len(rows) else ("",) * width
        said = told[index] if index < len(told) else ("", "")
        _write(sheet, index + 2, (*row, *said))
    _write(sheet, 1, TITLES)
    _dress(sheet)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _rows(outline: Outline) -> Iterator[tuple[str, ...]]:
    for section in outline.sections:
        points = "" if section.points is None else spelled(section.points)
        first: tuple[str, ...] = (_cell(section.name), points, _list(section.methods))
        for item in section.items:
            label, heading = _cell(item.label), _cell(item.heading)
            begin = (str(item.number), label, heading, spelled(item.points), _list(item.methods))
            for c in item.criteria:
                rule = (spelled(c.points), RuleKind(c.kind).label, spell(c.params))
                yield (*first, *begin, _cell(c.code), _cell(c.text), *rule)
                first, begin = ("",) * 3, ("",) * 5
            if not item.criteria:
                yield (*first, *begin, *("",) * 5)
                first = ("",) * 3
        if not section.items:
            yield (*first, *("",) * 10)


def _about(outline: Outline, accepted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    values = {name: getattr(outline, name) for name in WORDS if name != "accepted"}
    values |= {"accepted": accepted, "number": str(outline.number), "total": spelled(outline.total)}
    for name, word in WORDS.items():
        value = values[name]
        if name in LISTS:
            yield word, _list(value)
        elif name in PARTS:
            yield word, json.dumps(dict(value), ensure_ascii=False) if value else ""
        else:
            yield word, _cell(value)


def _list(texts: Any) -> str:
    """One a line; where a line itself would be lost, as JSON."""
    joined = "\n".join(texts)
    plain = joined.split("\n") == list(texts) and all(t and t == t.strip() for t in texts)
    return (
        joined
        if plain and not joined.startswith("[")
        else json.dumps(list(texts), ensure_ascii=False)
        if texts
        else ""
    )


def _cell(text: str) -> str:
    """A text whose ends or controls a cell would lose is written in quotes."""
    plain = text == text.strip() and text.isprintable() and not text.startswith('"')
    return text if plain else json.dumps(text)


def _unquoted(text: str) -> str:
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        try:
            found = json.loads(text)
        except ValueError:
            return text
        return found if isinstance(found, str) else text
    return text


def _write(sheet: Any, row: int, texts: tuple[str, ...]) -> None:
    for column, text in enumerate(texts, 1):
        if text:
            cell = sheet.cell(row, column, text)
            cell.data_type = "s"  # what somebody typed is never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _dress(sheet: Any) -> None:
    for column, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        head = sheet.cell(1, column)
        head.font, head.fill = Font(bold=True), HEAD_FILL
    kinds = DataValidation("list", formula1=f'"{",".join(KIND_OF)}"', allow_blank=True)
    sheet.add_data_validation(kinds)
    kinds.add(f"{get_column_letter(TITLES.index('计分方式') + 1)}2:L2001")
    sheet.freeze_panes = "A2"


@dataclass(frozen=True)
class Filled:
    """What the workbook says: the reading, and the contradictions its version accepted."""

    reading: Reading
    accepted: tuple[str, ...]


def read(file: IO[bytes], size: int) -> Filled:
    """The table in a filled template; BadSource names the cell that cannot be taken."""
    try:
        sheet = read_sheet(file, size, sheet=SHEET, limits=LIMITS)
    except BadWorkbook as refused:
        raise BadSource(str(refused)) from refused
    missing = [t for t in ("项目", "得分点", "分值") if t not in sheet.header]
    if missing:
        raise BadSource(f"第1行缺少“{'”“'.join(missing)}”列。请下载模板填写，不要改第一行。")
    return _Filler(sheet).filled()


class _Filler:
    """The rows of one template in turn."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.at = {title: n for n, title in enumerate(sheet.header) if title}
        self.notes: list[Note] = []
        self.lines: list[Line] = []
        self.places: dict[str, str] = {}
        self.sections: list[dict[str, Any]] = []

    def filled(self) -> Filled:
        about = self._said()
        for number, cells in self.sheet.rows:
            self._row(number, cells)
        sections = tuple(self._section(s) for s in self.sections)
        if not any(s.items for s in sections):
            raise BadSource("“得分点”一列是空的。请从第2行起，一行填一个得分点。")
        total = sum((item.worth for s in sections for item in s.items), Decimal(0))
        accepted = tuple(about.pop("accepted", ()))
        fields: dict[str, Any] = EMPTY | {"number": 1, "section_label": "项目", "methods": ()}
        fields |= {"not_applicable": "rate_only", "total": total} | about
        outline = Outline(sections=sections, **fields)
        return Filled(Reading(outline, tuple(self.notes), tuple(self.lines), self.places), accepted)

    def _said(self) -> dict[str, Any]:
        names = {word: name for name, word in WORDS.items()}
        told: dict[str, Any] = {}
        for number, cells in self.sheet.rows:
            word, text = self._text(cells, "表的说明"), self._text(cells, "说明的内容")
            if word and word not in names:
                raise BadSource(f"第{number}行：表的说明里没有“{word}”这一项。")
            if word and text:
                told[names[word]] = self._about(names[word], text, number)
        return told

    def _about(self, name: str, text: str, row: int) -> Any:
        where = self._place(row, "说明的内容")
        if name in LISTS:
            return tuple(_listed(text))
        if name in PARTS:
            try:
                return _mapping(text)
            except ValueError as error:
                raise BadSource(f"{where}：不是系统写出的内容，请照导出的填，或清空。") from error
        if name == "total":
            return self._decimal(text, where)
        if name == "number":
            return int(self._decimal(text, where))
        return _unquoted(text)

    def _row(self, row: int, cells: list[str]) -> None:
        get = partial(self._text, cells)
        if name := get("项目"):
            points = get("项目分值")
            told = self._decimal(points, self._place(row, "项目分值")) if points else None
            methods = tuple(_listed(get("项目方法")))
            self.sections.append(
                {"name": _unquoted(name), "points": told, "methods": methods, "items": []}
            )
        if number := get("序号"):
            self._begin(row, number, get)
        if any(get(title) for title in ("得分点", "点号", "计分方式", "参数")):
            self._criterion(row, get)

    def _begin(self, row: int, number: str, get: Callable[[str], str]) -> None:
        if not self.sections:
            raise BadSource(f"{self._place(row, '项目')}：第一行要填项目。")
        points = get("内容分值")
        item = {
            "number": int(self._decimal(number, self._place(row, "序号"))),
            "label": _unquoted(get("印出的序号")),
            "heading": _unquoted(get("内容")),
            "points": self._decimal(points, self._place(row, "内容分值")) if points else None,
            "methods": tuple(_listed(get("内容方法"))),
            "criteria": [],
        }
        self.sections[-1]["items"].append(item)

    def _criterion(self, row: int, get: Callable[[str], str]) -> None:
        if not self.sections or not self.sections[-1]["items"]:
            raise BadSource(f"{self._place(row, '序号')}：得分点前要先填项目和序号。")
        item = self.sections[-1]["items"][-1]
        text, where = _unquoted(get("得分点")), self._place(row, "得分点")
        self.lines.append(Line(where, text))
        code = _unquoted(get("点号")) or f"{item['number']}-{len(item['criteria']) + 1}"
        self.places[code] = where
        item["criteria"].append(self._rule(code, text, row, get))

    def _rule(self, code: str, text: str, row: int, get: Callable[[str], str]) -> CriterionOutline:
        said, kind = get("分值"), get("计分方式")
        points = self._decimal(said, self._place(row, "分值")) if said else None
        if kind and kind not in KIND_OF:
            where = self._place(row, "计分方式")
            raise BadSource(f"{where}：没有“{kind}”，可填：{'、'.join(KIND_OF)}。")
        if kind:
            if points is None:
                raise BadSource(f"{self._place(row, '分值')}：没填分值；不计分的填 0。")
            return CriterionOutline(code, text, KIND_OF[kind], points, self._params(row, get))
        rule = rule_of(text, worth=points)
        where = self._place(row, "计分方式")
        self.notes.append(Note(GUESSED, where, "没填计分方式，按原文读出", code))
        self.notes += [Note(GUESSED, where, said, code) for said in rule.guesses]
        self.notes += [Note(QUESTION, where, said, code) for said in rule.questions]
        if rule.points is None:
            self.notes.append(Note(QUESTION, where, "没填分值，原文也没写", code))
        return CriterionOutline(code, text, rule.kind, rule.points or Decimal(0), rule.params)

    def _params(self, row: int, get: Callable[[str], str]) -> dict[str, Any]:
        try:
            return parse(get("参数"))
        except Unreadable as fault:
            raise BadSource(f"{self._place(row, '参数')}：{fault}。") from fault

    def _section(self, data: Mapping[str, Any]) -> SectionOutline:
        items = tuple(_item(item) for item in data["items"])
        return SectionOutline(data["name"], items, data["points"], data["methods"])

    def _text(self, cells: list[str], title: str) -> str:
        index = self.at.get(title)
        return cells[index] if index is not None and index < len(cells) else ""

    def _place(self, row: int, title: str) -> str:
        return f"{get_column_letter(self.at.get(title, 0) + 1)}{row}"

    def _decimal(self, text: str, where: str) -> Decimal:
        try:
            value = Decimal(text.removesuffix("分").strip())
        except InvalidOperation as error:
            raise BadSource(f"{where}：“{text[:20]}”不是数。") from error
        if not value.is_finite() or not 0 <= value < 100_000 or value != round(value, 2):
            raise BadSource(f"{where}：要填 0 到 99999 的数，最多两位小数。")
        return value


def _item(data: Mapping[str, Any]) -> ItemOutline:
    item = ItemOutline(**(data | {"points": Decimal(0), "criteria": tuple(data["criteria"])}))
    return replace(item, points=item.worth if data["points"] is None else data["points"])


def _listed(text: str) -> list[str]:
    if text.startswith("["):
        try:
            found = json.loads(text)
        except ValueError:
            found = None
        if isinstance(found, list) and all(isinstance(part, str) for part in found):
            return found
    return [line for line in text.split("\n") if line]


def _mapping(text: str) -> dict[str, Any]:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError(text)
    return found
