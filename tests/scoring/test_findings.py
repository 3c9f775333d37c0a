"""存在问题清单: add, edit, order, withdraw; locked with the papers."""

import pytest

from audit.models import AuditEvent
from chabaocu.errors import Refused, StaleState
from scoring import actions, findings
from scoring.signatures import standing
from tests.factories import papers


@pytest.fixture
def sheet(world):
    sheet = papers.started(world.visit, world.leader)
    papers.fill(sheet, world.member)
    return sheet


def texts(sheet):
    live = sheet.findings.filter(withdrawn_at=None)
    return list(live.values_list("text", flat=True))


def test_lost_points_are_offered_with_their_reason(world, sheet):
    [point] = findings.lost_points(sheet)
    assert (point.code, point.cost, point.reason, point.taken) == (
        "1-2",
        "扣 1 分",
        "示例扣分原因",
        False,
    )
    findings.add(sheet, by=world.leader, text=point.reason, code=point.code)
    assert [p.taken for p in findings.lost_points(sheet)] == [True]


def test_entries_keep_their_order_and_can_be_moved_up(world, sheet):
    made = [findings.add(sheet, by=world.member, text=t) for t in ("甲", "乙", "丙")]
    findings.move_up(made[2], by=world.member)
    assert texts(sheet) == ["甲", "丙", "乙"]
    findings.move_up(made[0], by=world.member)
    assert texts(sheet) == ["甲", "丙", "乙"]


def test_a_withdrawn_entry_stays_in_the_history(world, sheet):
    finding = findings.add(sheet, by=world.member, text="甲")
    findings.withdraw(finding, by=world.leader)
    assert texts(sheet) == []
    assert sheet.findings.get().withdrawn_by == world.leader
    assert AuditEvent.objects.latest("pk").before["text"] == "甲"
    with pytest.raises(StaleState):
        findings.withdraw(finding, by=world.leader)


def test_an_edit_of_what_has_changed_is_refused(world, sheet):
    finding = findings.add(sheet, by=world.member, text="甲", advice="意见")
    seen = findings.fingerprint(finding)
    findings.edit(finding, by=world.leader, text="乙", advice="意见", seen=seen)
    with pytest.raises(Refused, match="刚被别人改过"):
        findings.edit(finding, by=world.member, text="丙", advice="意见", seen=seen)
    assert texts(sheet) == ["乙"]


def test_the_same_problem_is_not_added_twice(world, sheet):
    findings.add(sheet, by=world.member, text="甲")
    with pytest.raises(Refused, match="同样的问题"):
        findings.add(sheet, by=world.member, text="甲")


def test_a_point_of_another_table_is_refused(world, sheet):
    with pytest.raises(Refused, match="没有得分点 99"):
        findings.add(sheet, by=world.member, text="甲", code="99")


def test_a_new_entry_voids_the_signatures(world):
    sheet = actions.present(papers.signed(world))
    assert set(standing(sheet)) == {"leader", "recorder"}
    findings.add(sheet, by=world.member, text="甲")
    assert standing(sheet) == {}


@pytest.mark.parametrize("act", ["add", "edit", "move_up", "withdraw"])
def test_entries_of_submitted_papers_are_locked(world, sheet, act):
    finding = findings.add(sheet, by=world.member, text="甲")
    actions.follow(world.visit, by=world.member)
    papers.sign(sheet, "leader", world.leader)
    papers.sign(sheet, "recorder", world.recorder)
    actions.submit(world.visit, by=world.leader)
    press = {
        "add": lambda: findings.add(sheet, by=world.member, text="乙"),
        "edit": lambda: findings.edit(
            finding, by=world.member, text="乙", advice="", seen=findings.fingerprint(finding)
        ),
        "move_up": lambda: findings.move_up(finding, by=world.member),
        "withdraw": lambda: findings.withdraw(finding, by=world.member),
    }[act]
    with pytest.raises(Refused, match="已提交锁定"):
        press()
    assert texts(sheet) == ["甲"]
