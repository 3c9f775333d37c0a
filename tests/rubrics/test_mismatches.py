"""A table that contradicts itself is named before it can be published."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from rubrics.management.commands.load_rubrics import FOLDER
from rubrics.mismatches import mismatches
from rubrics.outline import read

TABLE = read(json.loads((FOLDER / "fujian1-county-union.json").read_text(encoding="utf-8")))


def with_section(**changes):
    return replace(TABLE, sections=(replace(TABLE.sections[0], **changes), *TABLE.sections[1:]))


def with_item(**changes):
    first, *others = TABLE.sections[0].items
    return with_section(items=(replace(first, **changes), *others))


def with_point(**changes):
    first, *others = TABLE.sections[0].items[0].criteria
    return with_item(criteria=(replace(first, **changes), *others))


@pytest.mark.parametrize(
    ("table", "found"),
    [
        (replace(TABLE, total=Decimal(51)), ["总分：标明51分，各项合计50分"]),
        (with_section(points=Decimal(8)), ["项目“动员部署”：标明8分，各项合计7分"]),
        (with_section(points=Decimal(7)), []),
        (with_item(points=Decimal("2.5")), ["第1项：标明2.5分，得分点合计2分"]),
        (with_item(number=2), ["序号：各项须从1起连续编号"]),
        (
            with_point(points=Decimal(2)),
            [
                "得分点 1-1：原文写1分，登记为2分",
                "第1项：标明2分，得分点合计3分",
                "总分：标明50分，各项合计51分",
            ],
        ),
        (with_point(kind="guess"), ["得分点 1-1：没有“guess”这种计分方式"]),
        (with_point(code="1-2"), ["得分点 1-2：点号重复"]),
        (with_point(params={"step": "0"}), ["得分点 1-1：给分的步长须大于 0"]),
        (
            replace(TABLE, scheme={"weights": {"9": "1"}}),
            ["计分规则：权重须大于 0，并对应表中的项目"],
        ),
        (
            replace(TABLE, scheme={"weights": {"1": "2"}}),
            ["总分：标明50分，各项合计57分"],
        ),
        (replace(TABLE, scheme={"scale": {"points": "50", "places": 1}}), []),
    ],
)
def test_mismatch_is_named(table, found):
    assert [str(m) for m in mismatches(table)] == found
