"""The flow chart: where a hazard waits, what is done, which road is not taken. No database."""

from datetime import date

import pytest
from django.utils import timezone

from hazards.models import Hazard
from hazards.picture import BOXES, GENERAL, LINES, MAJOR, picture

S, G = Hazard.Status, Hazard.Grade
NOW = {
    (G.GENERAL, S.PLANNING): "plan",
    (G.GENERAL, S.RECTIFYING): "team",
    (G.GENERAL, S.ACCEPTING): "accept",
    (G.GENERAL, S.CLOSED): "reward",
    (G.MAJOR, S.JUDGING): "judge",
    (G.MAJOR, S.PLANNING): "forward",
    (G.MAJOR, S.FORWARDED): "file",
    (G.MAJOR, S.RECTIFYING): "repair",
    (G.MAJOR, S.ACCEPTING): "accept_major",
    (G.MAJOR, S.CLOSED): "reward",
    ("", S.REPORTED): "ledger",
    ("", S.REGISTERED): "grading",
}
LANE = {G.GENERAL: {b.code for b in GENERAL}, G.MAJOR: {b.code for b in MAJOR}}


def drawn(grade, status, **fields):
    fields = {"level": "team" if grade == G.GENERAL else "unit"} | fields
    return picture(Hazard(grade=grade, status=status, **fields))


def states(found):
    return {box.shape.code: box.state for box in found.boxes}


@pytest.mark.parametrize(("grade", "status"), NOW)
def test_the_flag_stands_where_it_waits(grade, status):
    found = drawn(grade, status)
    assert found.now.code == NOW[grade, status]
    assert [code for code, state in states(found).items() if state == "now"] == [found.now.code]


@pytest.mark.parametrize(("grade", "status"), NOW)
def test_the_flag_covers_no_box(grade, status):
    """Its rectangle is that of templates/hazards/_flow.html: above, right of it, or left of it."""
    found = drawn(grade, status)
    x, y = found.flag
    dx, dy = (12, -11) if found.is_beside else (-112, -11) if found.is_last else (-50, -36)
    left, top = x + dx, y + dy
    boxes = (box.shape for box in found.boxes if not box.shape.is_question)
    assert [
        box.code
        for box in boxes
        if left < box.x + box.width
        and box.x < left + 100
        and top < box.y + box.height
        and box.y < top + 22
    ] == []


@pytest.mark.parametrize(("grade", "other"), [(G.GENERAL, G.MAJOR), (G.MAJOR, G.GENERAL)])
def test_the_other_road_is_not_taken(grade, other):
    found = states(drawn(grade, S.ACCEPTING))
    assert {found[code] for code in LANE[other]} == {"off"}


def test_one_level_rectifies():
    found = states(drawn(G.GENERAL, S.ACCEPTING))
    assert {level: found[level] for level in ("post", "team", "workshop", "unit")} == {
        "post": "off",
        "team": "done",
        "workshop": "off",
        "unit": "off",
    }


def test_an_advice_to_stop_waits_for_its_answer():
    advised = {"stop_advised_at": timezone.now()}
    assert drawn(G.MAJOR, S.PLANNING, **advised).now.code == "stop"
    answered = drawn(G.MAJOR, S.PLANNING, stop_answered_at=timezone.now(), **advised)
    assert (answered.now.code, states(answered)["stop"]) == ("forward", "done")
    lines = {(d.shape.source, d.shape.target): d.state for d in answered.lines}
    assert (lines["judge", "forward"], lines["judge", "stop"]) == ("off", "go")


def test_a_visit_of_the_regulator_is_drawn_only_if_it_was():
    hazard = Hazard(grade=G.MAJOR, status=S.RECTIFYING, level="unit")
    assert states(picture(hazard))["list"] == "off"
    assert states(picture(hazard, inspected=True))["list"] == "done"


def test_a_failed_attempt_is_drawn_back_with_its_day():
    hazard = Hazard(grade=G.MAJOR, status=S.ACCEPTING, level="unit", attempt=2)
    found = picture(hazard, failed_on=date(2026, 11, 20))
    assert found.pin == "现在 · 第 2 次"
    assert found.back[2] == "否，第 1 次未通过（11月20日）"


def test_all_is_done_in_the_end():
    found = drawn(G.GENERAL, S.REWARDED)
    assert found.now is None
    assert {states(found)[code] for code in ("found", "team", "closed", "reward")} == {"done"}


def test_a_dismissed_report_went_no_further():
    found = drawn("", S.DISMISSED)
    assert found.done == ["职工发现安全隐患"]


def test_every_line_joins_two_boxes():
    codes = {box.code for box in BOXES}
    assert {line.source for line in LINES} | {line.target for line in LINES} == codes
