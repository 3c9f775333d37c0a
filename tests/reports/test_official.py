"""公文 in plain data: numbering read as looks, annexes named, JSON and back."""

import pytest

from reports.documents.official import Annex, Block, Hand, Official, blocks_of, look_of
from reports.documents.paper import Stamp, from_json, to_json

TYPED = """一、总体情况
（一）抽取情况。本轮抽取12家单位。抽取过程公开。
1.得分率最高的是甲市。
（2）最低的是丙市。

3.5个百分点是本轮的增幅。
| 市 | 得分率 |
|----|--------|
| 甲市 | 92.10% |
| 乙市 |
二、下一步工作"""


def test_typed_text_becomes_blocks_by_its_numbering():
    assert blocks_of(TYPED) == (
        Block("part", "一、总体情况"),
        Block("point", "（一）抽取情况。本轮抽取12家单位。抽取过程公开。"),
        Block("item", "1.得分率最高的是甲市。"),
        Block("item", "（2）最低的是丙市。"),
        Block("text", "3.5个百分点是本轮的增幅。"),
        Block("table", rows=(("市", "得分率"), ("甲市", "92.10%"), ("乙市", ""))),
        Block("part", "二、下一步工作"),
    )


@pytest.mark.parametrize(
    ("line", "look"),
    [
        ("十一、附则", "part"),
        ("(三)加强领导", "point"),
        ("12．建立台账", "item"),
        ("2、建立台账", "item"),
        ("2026年，全省开展督导。", "text"),
        ("一是压实责任，二是加强培训。", "text"),
        ("（甲）不是层次", "text"),
    ],
)
def test_look_of_a_line(line, look):
    assert look_of(line) == look


def test_heading_that_runs_on_ends_with_its_sentence():
    block = Block("point", "（一）抽取情况。本轮抽取12家单位。抽取过程公开。")
    assert (block.lead, block.rest) == ("（一）抽取情况。", "本轮抽取12家单位。抽取过程公开。")
    assert (Block("part", "一、总体情况").lead, Block("part", "一、总体情况").rest) == (
        "一、总体情况",
        "",
    )
    assert (Block("item", "1.甲。乙。").lead, Block("item", "1.甲。乙。").rest) == (
        "",
        "1.甲。乙。",
    )


def test_one_annex_has_no_number():
    paper = Official("示例", "示例工会", "2026年9月5日", annexes=(Annex("清单", blocks_of("甲")),))
    assert paper.annex_lines == ("附件：清单",)
    assert paper.enclosed == (("附件", paper.annexes[0]),)


def test_annexes_are_numbered_and_only_those_with_text_follow():
    annexes = (Annex("情况表"), Annex("清单", blocks_of("甲"), wide=True))
    paper = Official("示例", "示例工会", "2026年9月5日", annexes=annexes)
    assert paper.annex_lines == ("附件：1. 情况表", "　　　2. 清单")
    assert paper.enclosed == (("附件2", annexes[1]),)


def test_json_gives_the_paper_back():
    paper = Official(
        "关于示例的\n报告",
        "示例省总工会",
        "2026年9月5日",
        blocks=blocks_of(TYPED),
        annexes=(Annex("清单", blocks_of(TYPED), wide=True),),
        hands=(Hand("组长"),),
        stamp=Stamp("issued", 1, "K7M3-9QXD-4TRA", "https://a.example/verify/"),
    )
    assert from_json(Official, to_json(paper)) == paper
    assert paper.name == "关于示例的报告"
