"""Rules beside the table: each named rule of hazards.guards, broken once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from chabaocu.errors import Refused, StaleState
from hazards import actions
from hazards.models import Hazard
from orgs.roles import Role
from tests.factories import hazards
from tests.factories.orgs import UserFactory

S, G = Hazard.Status, Hazard.Grade


def move(world, hazard, person, name, **changed):
    said = hazards.said(world, hazard, name) | changed
    return actions.move(hazard, name, by=world.people[person], **said)


def refusal(world, hazard, person, name, **changed) -> str:
    before = Hazard.objects.filter(pk=hazard.pk).values().get()
    events = hazard.events.count()
    with pytest.raises(Refused) as refused:
        move(world, hazard, person, name, **changed)
    assert Hazard.objects.filter(pk=hazard.pk).values().get() == before
    assert hazard.events.count() == events
    return str(refused.value)


def test_only_the_reporter_withdraws(world):
    hazard = hazards.reported(world)
    assert refusal(world, hazard, "worker", "withdraw") == "只有上报的人可以撤回。"


def test_a_withdrawn_report_is_not_restored_by_others(world):
    hazard = move(world, hazards.reported(world), "officer", "withdraw")
    assert "自己撤回" in refusal(world, hazard, "unit_union", "restore")


def test_a_duplicate_points_to_an_earlier_hazard_of_the_unit(world):
    first, second = hazards.reported(world), hazards.reported(world)
    assert "报得更晚" in refusal(world, first, "officer", "duplicate", duplicate_of=second)
    assert "另一条" in refusal(world, first, "officer", "duplicate", duplicate_of=first)
    move(world, second, "officer", "duplicate", duplicate_of=first)
    assert (second.status, second.duplicate_of) == (S.DISMISSED, first)


def test_a_duplicate_of_a_duplicate_is_refused(world):
    first, second, third = (hazards.reported(world) for _ in range(3))
    move(world, second, "officer", "duplicate", duplicate_of=first)
    assert "没有登记" in refusal(world, third, "officer", "duplicate", duplicate_of=second)


def test_a_duplicate_of_another_unit_is_refused(world):
    foreign = actions.report(
        world.orgs["enterprise_b1"],
        by=world.other_officer,
        report_id=uuid4(),
        where="示例",
        text="示例",
    )
    hazard = hazards.reported(world)
    assert "本单位" in refusal(world, hazard, "officer", "duplicate", duplicate_of=foreign)


def test_a_deadline_lies_ahead(world):
    hazard = hazards.in_state(world, S.PLANNING)
    past = hazards.in_days(-1)
    assert "不能早于今天" in refusal(world, hazard, "officer", "plan", due_on=past)


def test_an_extension_ends_later(world):
    hazard = hazards.in_state(world, S.RECTIFYING)
    same = hazard.due_on
    assert "须晚于原来的" in refusal(world, hazard, "officer", "extend", due_on=same)
    later = move(world, hazard, "officer", "extend", due_on=same + timedelta(days=1))
    assert later.due_on == same + timedelta(days=1)


def test_an_advice_to_stop_is_answered_before_the_plan_goes_up(world):
    hazard = hazards.in_state(world, S.PLANNING, G.MAJOR)
    assert "还没有答复" in refusal(world, hazard, "unit_union", "forward")
    move(world, hazard, "officer", "answer_stop")
    assert move(world, hazard, "unit_union", "forward").status == S.FORWARDED


def test_an_answer_needs_an_advice_and_is_given_once(world):
    hazard = hazards.in_state(world, S.JUDGING, G.MAJOR)
    move(world, hazard, "unit_union", "no_stop")
    with pytest.raises(StaleState):
        move(world, hazard, "officer", "answer_stop")
    hazard = hazards.in_state(world, S.PLANNING, G.MAJOR)
    move(world, hazard, "officer", "answer_stop")
    with pytest.raises(StaleState):
        move(world, hazard, "officer", "answer_stop")


def test_rectified_means_a_photo_of_this_attempt(world):
    hazard = hazards.in_state(world, S.RECTIFYING)
    assert "整改后的照片" in refusal(world, hazard, "worker", "offer")
    hazards.photo_after(hazard, world.worker)
    move(world, hazard, "officer", "extend")  # the attempt goes on
    move(world, hazard, "worker", "offer")
    move(world, hazard, "officer", "reject")
    assert "整改后的照片" in refusal(world, hazard, "worker", "offer")


def test_who_rectified_does_not_accept(world):
    hazard = hazards.in_state(world, S.RECTIFYING)
    hazards.moved(world, hazard, ("officer", "offer"))
    assert "整改的人不能验收" in refusal(world, hazard, "officer", "accept")
    assert "整改的人不能验收" in refusal(world, hazard, "officer", "reject")


def test_one_hand_does_not_sign_twice(world):
    hazard = hazards.in_state(world, S.ACCEPTING)
    move(world, hazard, "officer", "accept")
    assert "另一方签过字" in refusal(world, hazard, "officer", "witness")


def test_the_second_signature_strikes_off(world):
    hazard = hazards.in_state(world, S.ACCEPTING)
    move(world, hazard, "unit_union", "witness")
    assert (hazard.status, hazard.closed_at) == (S.ACCEPTING, None)
    move(world, hazard, "officer", "accept")
    assert hazard.status == S.CLOSED
    assert [e.move for e in hazard.events.all()][-3:] == ["witness", "accept", "close"]
    assert hazard.closed_at == hazard.events.latest("pk").at


def test_a_failed_attempt_takes_the_signatures_away(world):
    hazard = hazards.in_state(world, S.ACCEPTING)
    move(world, hazard, "unit_union", "witness")
    move(world, hazard, "officer", "reject", due_on=hazards.in_days(9))
    assert (hazard.status, hazard.witnessed_by, hazard.attempt) == (S.RECTIFYING, None, 1)
    assert hazard.due_on == hazards.in_days(9)
    hazards.moved(world, hazard, ("worker", "offer"))
    assert hazard.attempt == 2


def test_a_regraded_hazard_begins_its_road_again(world):
    hazard = hazards.in_state(world, S.ACCEPTING)
    move(world, hazard, "officer", "regrade_major")
    assert (hazard.status, hazard.grade, hazard.due_on) == (S.JUDGING, G.MAJOR, None)
    assert (hazard.measures, hazard.responsible, hazard.offered_by) == ("", None, None)


def test_a_reopened_hazard_is_accepted_anew(world):
    hazard = hazards.in_state(world, S.CLOSED)
    move(world, hazard, "county_a1", "reopen")
    assert (hazard.status, hazard.closed_at, hazard.accepted_by) == (S.RECTIFYING, None, None)
    road = [("worker", "offer"), ("officer", "accept"), ("unit_union", "witness")]
    assert hazards.moved(world, hazard, *road).status == S.CLOSED


def test_a_reward_goes_to_somebody_known_and_never_to_oneself(world):
    hazard = hazards.in_state(world, S.CLOSED)
    Hazard.objects.filter(pk=hazard.pk).update(reported_by=world.unit_union)
    hazard.refresh_from_db()
    assert "不能奖励自己" in refusal(world, hazard, "unit_union", "reward")
    Hazard.objects.filter(pk=hazard.pk).update(reported_by=None)
    hazard.refresh_from_db()
    assert "没有留名" in refusal(world, hazard, "unit_union", "reward")


def test_a_reopened_hazard_is_not_rewarded_again(world):
    hazard = hazards.in_state(world, S.REWARDED)
    move(world, hazard, "county_a1", "reopen")
    road = [("worker", "offer"), ("officer", "accept"), ("unit_union", "witness")]
    hazards.moved(world, hazard, *road)
    assert "已经奖励过" in refusal(world, hazard, "unit_union", "reward")


@pytest.mark.parametrize("hand", ["accepted_by", "witnessed_by"])
def test_the_database_refuses_who_rectified_as_acceptor(world, hand):
    hazard = hazards.in_state(world, S.CLOSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hazard.objects.filter(pk=hazard.pk).update(**{hand: hazard.offered_by})


def test_the_database_refuses_one_hand(world):
    hazard = hazards.in_state(world, S.CLOSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hazard.objects.filter(pk=hazard.pk).update(accepted_by=hazard.witnessed_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hazard.objects.filter(pk=hazard.pk).update(witnessed_by=None)


def test_another_regulator_sees_nothing_of_it(world):
    hazard = hazards.in_state(world, S.RECTIFYING, G.MAJOR)
    assert not Hazard.objects.visible_to(world.other_regulator).exists()
    assert list(Hazard.objects.visible_to(world.regulator)) == [hazard]
    general = hazards.in_state(world, S.RECTIFYING)
    assert general not in Hazard.objects.visible_to(world.regulator)


def test_a_colleague_without_a_part_in_it_sees_nothing(world):
    hazards.in_state(world, S.RECTIFYING)
    colleague = UserFactory(organization=world.orgs["enterprise_a1"], role=Role.WORKER)
    assert not Hazard.objects.visible_to(colleague).exists()
