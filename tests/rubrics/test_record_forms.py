"""督导工作记录表 for every kind of unit: the rows of the sources, to the letter."""

import pytest

from rubrics.models import Rubric
from rubrics.record_forms import TEXTS, form_for
from scoring.models import RecordText

T = Rubric.Target


@pytest.mark.parametrize("target", T.values)
def test_every_kind_of_unit_has_its_form(target):
    form = form_for(target)
    assert form.title
    assert form.asked
    assert form.unit_label
    assert {box.field for box in form.boxes} <= set(TEXTS)


def test_texts_can_all_be_stored():
    assert dict(RecordText.Field.choices) == TEXTS


@pytest.mark.parametrize(
    ("target", "annex", "union"),
    [(T.COUNTY_UNION, "附件3", "县级以上工会"), (T.ENTERPRISE_UNION, "附件4", "企业工会")],
)
def test_rows_of_the_issued_annexes(target, annex, union):
    form = form_for(target)
    assert (form.annex, form.title) == (
        annex,
        ("省总工会“查保促”活动", f"督导工作记录表（{union}）"),
    )
    assert [line.label for line in form.lines] == [
        "时　间",
        f"所到{union}",
        "总得分",
        "督导组成员",
    ]
    assert [box.label for box in form.boxes] == ["工作亮点", "存在的问题", "意见建议"]
    assert (form.situation, form.leader, form.recorder) == (
        f"对{union}督导情况",
        "组长签字",
        "记录人",
    )
    assert form.steps == 5


@pytest.mark.parametrize(
    ("target", "asked"), [(T.MEDICAL_CITY, ["cities"]), (T.MEDICAL_UNIT, ["units"])]
)
def test_rows_of_the_medical_union(target, asked):
    """源2：时间, 所到市、县, 所进单位名称, two texts, 领导签字, 记录人."""
    form = form_for(target)
    assert (form.annex, form.title) == ("附件3", ("省医务工会“查保促”活动督导工作记录表",))
    assert [line.label for line in form.lines] == ["时间", "所到市、县", "所进单位名称"]
    assert [box.label for box in form.boxes] == ["对各市医务工会活动督导情况", "进单位开展活动情况"]
    assert (form.leader, form.recorder) == ("领导签字", "记录人")
    assert [box.field for box in form.asked] == asked
