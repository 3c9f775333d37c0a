"""Papers to print, made without a database; everything invented says 示例."""

from dataclasses import replace
from decimal import Decimal

from reports.documents.paper import Stamp
from reports.documents.record import RecordPaper, Sign, Text, blank_record, stroke_path
from reports.documents.scoresheet import Group, Row, ScoresheetPaper

CODE = "K7M3-9QXD-4TRA"
ISSUED = Stamp("issued", 2, CODE, f"http://localhost:8000/verify/{CODE}/")
DRAFT = Stamp("draft")
SENTENCE = "示例县召开了动员部署会，印发了活动方案，建立了奖励制度。"
STROKES = [{"points": [{"x": 0, "y": 50}, {"x": 90, "y": 10}]}, [[120, 20], [200, 60]]]


def scoresheet(*, text: str = SENTENCE, items: int = 2, stamp: Stamp = ISSUED) -> ScoresheetPaper:
    groups = tuple(
        Group(name, tuple(Row(n + k * items, f"{n}.{text}", Decimal("4.5")) for n in range(items)))
        for k, name in enumerate(("动员部署", "氛围营造"))
    )
    return ScoresheetPaper(
        annex="附件1",
        title="县级以上工会开展“查保促”活动评分表",
        unit_label="县（市、区）总工会",
        unit="示例县总工会",
        section_label="项  目",
        groups=groups,
        methods=("1.查阅资料；", "2.实地走访。"),
        total=Decimal("4.5") * items * 2,
        stamp=stamp,
    )


def record(
    *, text: str = SENTENCE, stamp: Stamp = ISSUED, members: tuple[str, ...] = ("示例甲", "示例乙")
) -> RecordPaper:
    texts = tuple(Text(label, text) for label in ("工作亮点", "存在的问题", "意见建议"))
    return replace(
        blank_record("county_union"),
        time="2017年12月5日 09:00–11:30",
        unit="示例县总工会",
        total=Decimal("41.5"),
        members=members,
        texts=texts,
        leader=Sign("示例甲", stroke_path(STROKES)),
        recorder=Sign("示例乙", "", "上传纸质签字页"),
        stamp=stamp,
    )
