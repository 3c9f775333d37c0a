"""Who is told of a hazard: who acts next, who reported it, whom a deadline reaches."""

import pytest
from django.urls import reverse

from hazards.escalation import escalate
from hazards.models import Hazard
from inbox.models import Notice
from tests.factories import hazards

S, G = Hazard.Status, Hazard.Grade


@pytest.fixture
def hazard(world):
    """Reported by the worker."""
    found = hazards.reported(world)
    Hazard.objects.filter(pk=found.pk).update(reported_by=world.worker)
    found.refresh_from_db()
    Notice.objects.all().delete()
    return found


def waiting(kind="todo"):
    """Who has not read what, as (account, the last words)."""
    found = Notice.objects.unread().filter(kind=kind).order_by("person_id", "pk")
    return [(notice.person.username, notice.text.rpartition("：")[2]) for notice in found]


def test_a_report_is_told_to_who_registers_it(world):
    hazards.reported(world)
    assert waiting() == []  # the officer reported it
    Notice.objects.all().delete()
    found = hazards.actions.report(
        world.orgs["enterprise_a1"],
        by=world.worker,
        report_id=hazards.uuid4(),
        where="示例",
        text="示例",
    )
    assert waiting() == [("officer", "等您办 登记台账")]
    assert Notice.objects.get().link == reverse("hazards:hazard_detail", args=[found.pk])


@pytest.mark.parametrize(
    ("grade", "status", "who"),
    [
        (G.GENERAL, S.RECTIFYING, [("worker", "等您办 整改完成，申请验收")]),
        (
            G.GENERAL,
            S.ACCEPTING,
            [("officer", "等您办 职能部门验收通过"), ("unit_union", "等您办 工会监督签字")],
        ),
        (G.MAJOR, S.FORWARDED, [("county_a1", "等您办 建立档案，报告政府职能部门")]),
        (
            G.MAJOR,
            S.ACCEPTING,
            [("county_a1", "等您办 工会监督签字"), ("regulator", "等您办 职能部门验收通过")],
        ),
        (G.GENERAL, S.CLOSED, [("unit_union", "等您办 奖励发现人")]),
        (G.GENERAL, S.REWARDED, []),
    ],
)
def test_only_who_acts_next_is_waited_for(world, grade, status, who):
    hazards.in_state(world, status, grade)
    assert sorted(waiting()) == who


def test_the_reporter_is_told_how_it_stands_now(world, hazard):
    hazards.moved(world, hazard, ("officer", "register"))
    assert waiting("news") == [("worker", "登记台账，现在已登记")]
    hazards.moved(world, hazard, ("officer", "grade_general"))
    assert waiting("news") == [("worker", "定为一般隐患，现在待制定方案")]
    assert Notice.objects.filter(kind="news").count() == 2
    news = Notice.objects.filter(kind="news").first()
    assert news.link == reverse("hazards:follow", args=[hazard.pk])


def test_nobody_is_told_of_their_own_deed(world, hazard):
    hazards.moved(world, hazard, ("worker", "withdraw"))
    assert Notice.objects.count() == 0


def test_a_refused_move_tells_nobody(world, hazard):
    with pytest.raises(hazards.actions.Refused):
        hazards.actions.move(hazard, "dismiss", by=world.officer, reason="")
    assert Notice.objects.count() == 0


def test_a_deadline_reaches_one_level_after_the_other(world):
    late = hazards.in_state(world, S.RECTIFYING)
    Hazard.objects.filter(pk=late.pk).update(due_on=hazards.in_days(-40))
    Notice.objects.all().delete()
    escalate(hazards.in_days(0))
    escalate(hazards.in_days(0))
    who = sorted(name for name, _ in waiting("late"))
    assert who == ["city_a", "county_a1", "officer", "unit_union", "worker", "worker"]


def test_the_page_of_a_notice_opens_for_its_person(as_, world):
    late = hazards.in_state(world, S.RECTIFYING)
    Hazard.objects.filter(pk=late.pk).update(due_on=hazards.in_days(-40))
    escalate(hazards.in_days(0))
    for notice in Notice.objects.select_related("person"):
        assert as_(notice.person).get(notice.link).status_code == 200, notice
