"""Two versions beside each other: what is new, gone, moved or worded otherwise."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from rubrics import editing
from rubrics.differences import Facet, compare, matched, words
from rubrics.management.commands.load_rubrics import FOLDER
from rubrics.outline import read

TABLE = read(json.loads((FOLDER / "fujian1-county-union.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("相同", "相同", "相同"),
        ("召开会议（2分）。", "召开会议（12.5分）。", "召开会议（[-2-][+12.5+]分）。"),
        ("制定年度方案", "制定方案", "制定[-年度-]方案"),
        ("", "新增", "[+新增+]"),
        ("开动员会议", "做动手会议", "[-开动员-][+做动手+]会议"),
    ],
)
def test_texts_differ_word_by_word(old, new, said):
    brackets = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    pieces = words(old, new)
    assert "".join(brackets[p.mark].format(p.text) for p in pieces) == said
    assert "".join(p.text for p in pieces if p.mark != "new") == old
    assert "".join(p.text for p in pieces if p.mark != "gone") == new


def test_same_table_has_no_difference():
    found = compare(TABLE, TABLE)
    assert (found.heads, {p.state for p in found.pairs}) == ((), {"same"})
    assert found.without_counterpart == ()


def test_points_kind_and_parameters_are_told_with_both_values():
    new = editing.changed(TABLE, (0, 0, 0), points=Decimal(2), params={"step": "1"})
    (pair,) = compare(TABLE, new).of("changed")
    assert pair.facets == (
        Facet("分值", "1 分", "2 分"),
        Facet("怎样计分", "0 到 1 分，每格 0.5 分", "0 到 2 分，每格 1 分"),
    )
    judged = editing.changed(TABLE, (0, 0, 0), kind="verdict", points=Decimal(0), params={})
    (pair,) = compare(TABLE, judged).of("changed")
    assert [f.name for f in pair.facets] == ["分值", "计分方式", "怎样计分"]


def test_added_and_removed_points_are_told_where_they_stand():
    new, _ = editing.added(editing.removed(TABLE, (0, 0, 1)), (0, 1))
    found = compare(TABLE, new)
    assert found.without_counterpart == ("1-2", "2-3")
    assert [p.code for p in found.pairs][:5] == ["1-1", "1-2", "2-1", "2-2", "2-3"]
    assert (found.old_total, found.new_total) == (50, 49)


def test_moved_point_is_told_and_those_around_it_are_not():
    new, _ = editing.moved_to(TABLE, (0, 0, 0), (1, 0))
    (pair,) = compare(TABLE, new).of("changed")
    assert (pair.code, pair.facets) == (
        "1-1",
        (Facet("位置", "动员部署 第1项", "争取支持 第3项"),),
    )


def test_head_of_the_table_is_compared_too():
    new = replace(TABLE, title="示例新表", total=Decimal(51))
    assert [f.name for f in compare(TABLE, new).heads] == ["表题", "标明的总分"]


def test_points_are_matched_by_code_and_what_has_none_says_so():
    new = editing.removed(TABLE, (0, 0, 1))
    found = matched(TABLE, new)
    assert (found["1-1"], found["1-2"]) == ("1-1", None)
    assert set(matched(new, TABLE).values()) == set(matched(new, new))
