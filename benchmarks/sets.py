"""Filled print sets made from the shipped 附件1, without people or visits."""

import json
from dataclasses import replace
from decimal import Decimal

from benchmarks.ground import ROOT
from reports.documents.paper import Stamp
from reports.documents.record import RecordPaper, Sign, Text, blank_record, stroke_path
from reports.documents.scoresheet import Group, Row, ScoresheetPaper

WORDS = "示例县召开了动员部署会，印发了活动方案，建立了奖励制度，组织了专项督导。"
STROKES = [[[x * 12, 40 + (x * 37) % 60] for x in range(30)] for _ in range(3)]
FORM = ROOT / "fixtures" / "rubrics" / "fujian1-county-union.json"


def print_set(number: int) -> list[ScoresheetPaper | RecordPaper]:
    """The two papers of one invented visit."""
    unit = f"示例{number}县总工会"
    code = f"K7M3-9QXD-{number:04d}"
    stamp = Stamp("issued", 1, code, f"http://localhost:8000/verify/{code}/")
    return [_scoresheet(unit, stamp), _record(unit, stamp)]


def _scoresheet(unit: str, stamp: Stamp) -> ScoresheetPaper:
    form = json.loads(FORM.read_text(encoding="utf-8"))
    groups = tuple(
        Group(
            section["name"],
            tuple(
                Row(item["number"], item_text(item), Decimal("4.5")) for item in section["items"]
            ),
        )
        for section in form["sections"]
    )
    rows = sum(len(group.rows) for group in groups)
    return ScoresheetPaper(
        annex=form["annex"],
        title=form["title"],
        unit_label=form["unit_label"],
        unit=unit,
        section_label=form["section_label"],
        groups=groups,
        methods=tuple(form["methods"]),
        total=Decimal("4.5") * rows,
        stamp=stamp,
    )


def item_text(item: dict) -> str:
    return f"{item['number']}." + "".join(c["text"] for c in item["criteria"])


def _record(unit: str, stamp: Stamp) -> RecordPaper:
    labels = ("工作亮点", "存在的问题", "意见建议")
    return replace(
        blank_record("county_union"),
        time="2017年12月5日 09:00–11:30",
        unit=unit,
        total=Decimal("40.5"),
        members=("示例甲", "示例乙喆", "示例丙"),
        texts=tuple(Text(label, WORDS * 3) for label in labels),
        leader=Sign("示例甲", stroke_path(STROKES)),
        recorder=Sign("示例乙喆", stroke_path(STROKES)),
        stamp=stamp,
    )
