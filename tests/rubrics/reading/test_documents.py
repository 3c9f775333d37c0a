"""Whole documents, prose and annexes and all: each table in them is read by itself, exactly."""

from dataclasses import replace
from pathlib import Path

import pytest

from rubrics.reading.documents import tables_in
from rubrics.reading.files import read_texts
from tests.rubrics.reading.issued import SOURCE
from tests.rubrics.test_fixtures import CODES, PRODUCER, TOWN, outline

PLANS = Path(__file__).parents[2] / "plans" / "source"
GIVEN = ("code", "number", "target", "annex", "issuer", "source", "unit_label", "title")
FORM = "\t时  间\n\n\t总得分\n\n\t督导组成员\n\n\t意见建议\n\n\t组长签字\n\n\t记录人\n"
MONTHLY = """XX科室X月份安全生产工作开展情况（模板）

一、工作开展计划
1、上级部门发文情况。
2、我局制定相关文件。
"""
DOCUMENTS = {
    "source 1": (
        (
            "shandong-2017-second-round",
            "",
            "附件：1.县级以上工会开展“查保促”活动评分表\n2.企业工会",
        ),
        ("", "附件1", "fujian1-county-union"),
        ("", "附件2", "fujian2-enterprise-union"),
        ("", "附件3", f"省总工会“查保促”活动\n督导工作记录表\n\n{FORM}"),
    ),
    "source 2": (
        ("", "附件2", "“查保促”督导检查工作要求"),
        ("medical-requirements", "", ""),
        ("", "", "yiwu-city"),
        ("", "", "yiwu-unit"),
        ("", "附件3", f"省医务工会“查保促”活动督导工作记录表\n\n{FORM}"),
    ),
    "source 4": (
        ("shishi-2024", "", ""),
        ("", "附件1", "镇挂钩科级干部名单\n\n序号\n\n辖区\n\n重点乡镇\n\n1\n\n石狮\n\n宝盖镇"),
        ("", "附件3", PRODUCER),
        ("", "附件4", TOWN),
    ),
    "source 5": (
        ("gaoqing-2022", "", ""),  # 局业务科室's table stands in its text
        ("", "附件1", MONTHLY),
        ("", "附件2", "gaoqing-fujian2-firm"),
    ),
}


def document(parts) -> str:
    """The parts one after the other, as a web page gives them."""
    return "\n\n".join(filter(None, (line for part in parts for line in _said(*part))))


def _said(plan, annex, what):
    yield (PLANS / f"{plan}.txt").read_text(encoding="utf-8") if plan else ""
    table = SOURCE / f"{what}.txt" if what in CODES else None
    yield f"{annex}\n{table.read_text(encoding='utf-8') if table else what}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_table_of_a_whole_document_is_the_official_one(name):
    inside = [("", "gaoqing-office")] if name == "source 5" else []
    issued = [(annex, code) for _, annex, code in DOCUMENTS[name] if code in CODES]
    found = read_texts(document(DOCUMENTS[name]))
    assert len(found) == len(inside + issued)
    for filled, (annex, code) in zip(found, inside + issued, strict=True):
        want, got = outline(code), filled.reading.outline
        assert replace(got, **{field: getattr(want, field) for field in GIVEN}) == want
        assert got.annex == annex
        assert want.title in (got.title, f"（一）{got.title}")


def test_line_numbers_are_those_of_the_document():
    text = document(DOCUMENTS["source 1"])
    second = read_texts(text)[1].reading
    place, said = second.lines[0].place, second.lines[0].text
    assert text.split("\n")[int(place[1:-1]) - 1] == said == "企业工会开展“查保促”活动评分表"
    (note,) = second.of("dropped")
    assert f"第 {place[1:-1]} 至" in note.text


@pytest.mark.parametrize("code", CODES)
def test_table_alone_is_no_document(code):
    assert tables_in((SOURCE / f"{code}.txt").read_text(encoding="utf-8").split("\n")) == []


def test_heads_printed_again_on_the_next_page_begin_no_table():
    heads = "项目\n内容\n得分\n方法\n"
    text = (
        f"附件1\n示例工会评分表\n\n{heads}\n一、管理\n1.有制度（5分）。\n{heads}2.有人员（5分）。\n"
    )
    (filled,) = read_texts(text)
    assert [item.points for item in filled.reading.outline.items] == [5, 5]
