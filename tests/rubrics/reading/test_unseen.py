"""Tables never seen: the right reading, or a marked question; never a silently wrong sum."""

from decimal import Decimal

import pytest

from rubrics.reading.source import BadSource
from tests.rubrics.reading.issued import read_text, read_word, word


def points(reading):
    return [(c.code, c.kind, c.points) for i in reading.outline.items for c in i.criteria]


def asked(reading):
    return [(n.code, n.text) for n in reading.of("question")]


SAFETY = """示例企业安全生产标准化评定标准
满分1000分，换算成百分制。
90分以上的评定为一级；75分以上的评定为二级。
一、安全生产目标（400分）
1.制定年度目标。未制定扣50分，未分解每发现一个部门扣10分。（100分）
2.签订责任书。每缺一份扣5分，扣满300分为止。（300分）
二、机构和职责（600分）
3.设置安全机构。不符合要求的，扣20～50分。（200分）
4.按规定配备人员，每少一人扣100分。（400分）
合计（1000分）
"""


def test_safety_committee_table_of_a_thousand_points():
    reading = read_text(SAFETY)
    assert points(reading) == [
        ("1", "deduct", 100),
        ("2", "deduct", 300),
        ("3", "chosen", 200),
        ("4", "deduct", 400),
    ]
    assert asked(reading) == [("1", "“未制定扣50分”没有读进计分方式")]
    assert reading.outline.total == 100
    assert reading.outline.scheme == {
        "scale": {"points": "100", "places": 1},
        "grades": [{"name": "一级", "at_least": "90"}, {"name": "二级", "at_least": "75"}],
    }


HOSPITAL = word(
    ["项目", "考核内容", "评分标准", "分值", "检查方法", "扣分原因", "得分"],
    [
        ["组织管理", "1.成立领导小组", "未成立不得分", "5", "查阅文件", "", ""],
        ["", "2.定期研究", "每少一次扣2分", "6", "查阅记录", "", ""],
        ["消防安全", "3.通道畅通", "每发现一处堵塞扣1分", "9", "现场查看", "", ""],
        ["加分项（加分累计不超过2分）", "4.受到表彰", "受到市级表彰加1分", "1", "查阅", "", ""],
        ["", "5.承办现场会", "承办现场会（2分）", "2", "查阅", "", ""],
        ["否决项", "6.发生死亡事故的，一票否决，全表0分", "", "", "", "", ""],
        ["总分", "", "", "20", "", "", ""],
    ],
    title="示例医院安全考核表",
    merges=[(0, 0, 1), (0, 3, 4)],
)


def test_hospital_table_with_bonus_and_veto():
    reading = read_word(HOSPITAL)
    outline = reading.outline
    assert points(reading) == [
        ("1", "award", 5),
        ("2", "deduct", 6),
        ("3", "deduct", 9),
        ("4", "award", 1),
        ("5", "award", 2),
        ("6", "veto", 0),
    ]
    assert outline.scheme["groups"] == [
        {
            "name": "加分项（加分累计不超过2分）",
            "rule": "cap",
            "codes": ["4", "5"],
            "points": "2",
            "bonus": True,
        }
    ]
    assert outline.total == 20
    assert [i.methods for i in outline.items][:3] == [("查阅文件",), ("查阅记录",), ("现场查看",)]


WEIGHTED = """示例工会工作考核表
一、组织建设（权重40%）
1.组织健全（60分）；
2.制度齐全（40分）。
二、日常工作（权重60%）
3.按月报送材料，每迟报一次扣5分。（50分）
4.培训覆盖率达到90%以上得50分，80%以上得30分。（50分）
"""


def test_weights_are_guessed_and_a_rising_rate_is_asked():
    reading = read_text(WEIGHTED)
    assert reading.outline.scheme["weights"] == {"1": "0.4", "2": "0.6"}
    assert reading.outline.total == 100
    codes = {code for code, _ in asked(reading)}
    assert codes == {"4"}


WITHOUT_HEADS = """示例乡镇考核细则
1、成立机构（3分）
（1）有文件（1分）
（2）有人员（1分）
2、开展检查（5分）
① 每季度检查一次，每少一次扣0.5分，扣完2分为止
② 问题整改到位（3分）
总分 8分
"""


def test_item_that_does_not_add_up_is_a_question():
    reading = read_text(WITHOUT_HEADS)
    assert [p for _, _, p in points(reading)] == [1, 1, 2, 3]
    assert ("第1项", "第1项：标明3分，得分点合计2分") in asked(reading)
    assert any(code == "总分" for code, _ in asked(reading))


def test_point_without_a_number_is_a_question():
    reading = read_text("示例表\n一、管理（10分）\n1.有制度（4分）\n2.有记录\n3.有人员\n")
    assert {code for code, _ in asked(reading)} == {"2", "3", "项目“一、管理”"}


def test_rule_that_is_not_known_is_a_question():
    reading = read_text(
        "示例表\n一、管理\n1.每发现2处隐患扣1分。（5分）\n2.按比例得分，缺一成扣3分（6分）\n"
    )
    assert {code for code, _ in asked(reading)} == {"1", "2"}


def test_remark_with_points_is_a_question():
    reading = read_text("示例表\n一、管理\n1.有制度（5分）\n总得分\n注：另有领导评价10分。\n")
    assert [text for _, text in asked(reading)] == ["“注：另有领导评价10分。”没有读进，里面有分数"]


def test_levels_without_among_them_are_a_guess():
    reading = read_text("示例表\n一、宣传\n1.获得表彰，省级得5分、市级得3分、县级得1分。\n")
    ((_, kind, worth),) = points(reading)
    assert (kind, worth) == ("tiers", Decimal(5))
    assert [n.code for n in reading.of("guessed")] == ["1", "1"]


@pytest.mark.parametrize("text", ["", "   \n", "一段没有序号的话。", "x" * 300_001])
def test_text_that_is_no_table_is_refused(text):
    with pytest.raises(BadSource):
        read_text(text)
