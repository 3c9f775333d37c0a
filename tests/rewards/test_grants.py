"""The move 奖励发现人: by the rule, once, to whom it is due."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import AuditEvent
from chabaocu.errors import Refused, StaleState
from hazards import actions as hazards
from hazards.models import Hazard
from rewards import actions
from rewards.grants import proposal_for
from rewards.models import Reward, Rule
from rewards.proposals import rule_on
from tests.factories import hazards as made
from tests.factories import rewards
from tests.factories.rewards import G, S


def reward(world, hazard, amount, **said):
    return hazards.move(hazard, "reward", by=world.unit_union, amount=Decimal(amount), **said)


def test_the_move_writes_its_line(world):
    rule = rewards.rule(world)
    hazard = reward(world, rewards.closed(world), "200")
    line = Reward.objects.get()
    assert hazard.status == S.REWARDED
    assert (line.hazard, line.rule, line.proposed, line.amount) == (hazard, rule, 200, 200)
    assert (line.recipient, line.recipient_name) == (world.worker, str(world.worker))
    assert (line.granted_by, line.paid_at) == (world.unit_union, None)


def test_another_amount_needs_a_reason(world):
    rewards.rule(world)
    hazard = rewards.closed(world)
    with pytest.raises(Refused, match="200"):
        reward(world, hazard, "300")
    hazard.refresh_from_db()
    assert (hazard.status, Reward.objects.count()) == (S.CLOSED, 0)
    reward(world, hazard, "300", note="示例：避免了停产")
    assert Reward.objects.get().note == "示例：避免了停产"


def test_without_a_rule_the_union_says_how_much(world):
    reward(world, rewards.closed(world), "88.50")
    line = Reward.objects.get()
    assert (line.rule, line.proposed, line.amount) == (None, None, Decimal("88.50"))


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_nothing_is_no_reward(world, amount):
    with pytest.raises(Refused, match="金额"):
        reward(world, rewards.closed(world), amount)


def test_no_line_without_its_event(world, monkeypatch):
    hazard = rewards.closed(world)
    monkeypatch.setattr("rewards.grants._keep", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        reward(world, hazard, "100")
    hazard.refresh_from_db()
    assert (hazard.status, hazard.events.filter(move="reward").count()) == (S.CLOSED, 0)


@pytest.mark.parametrize("status", [S.REPORTED, S.RECTIFYING, S.ACCEPTING, S.DISMISSED])
def test_what_is_not_struck_off_is_not_rewarded(world, status):
    with pytest.raises(StaleState):
        reward(world, made.in_state(world, status), "100")
    assert Reward.objects.count() == 0


def test_a_hazard_opened_again_is_not_rewarded_twice(world):
    line = rewards.granted(world)
    hazard = line.hazard
    road = [("county_a1", "reopen"), ("worker", "offer"), ("officer", "accept")]
    made.moved(world, hazard, *road, ("unit_union", "witness"))
    assert hazard.status == S.CLOSED
    with pytest.raises(Refused, match="已经奖励过"):
        reward(world, hazard, "100")
    assert Reward.objects.count() == 1


def test_the_database_holds_one_line_for_a_hazard(world):
    line = rewards.granted(world)
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)


def test_the_database_holds_what_a_line_must_have(world):
    line = rewards.granted(world)
    rows = Reward.objects.filter(pk=line.pk)
    wrong = [
        {"amount": 0},
        {"proposed": 50, "note": ""},
        {"granted_by": world.worker},
        {"paid_at": timezone.now()},
        {"paid_at": timezone.now(), "paid_by": world.unit_union},
    ]
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def test_whose_duty_it_was_gets_nothing_where_the_rule_says_so(world):
    hazard = rewards.closed(world, reported_by=world.officer)
    assert proposal_for(hazard).refusal == ""
    rewards.rule(world, excludes_officers=True)
    assert "第十六条" in proposal_for(hazard).refusal
    with pytest.raises(Refused, match="不予奖励"):
        reward(world, hazard, "200")
    assert proposal_for(rewards.closed(world)).amount == 200


@pytest.mark.parametrize(
    ("source", "rule", "is_paid"),
    [
        ("patrol", {}, True),
        ("patrol", {"excludes_patrols": True}, False),
        ("worker", {"excludes_patrols": True}, True),
        ("finding", {"excludes_officers": True}, False),
        ("finding", {}, True),
    ],
)
def test_what_was_found_on_duty(world, source, rule, is_paid):
    rewards.rule(world, **rule)
    hazard = rewards.closed(world, source=source)
    assert bool(proposal_for(hazard).amount) == is_paid


def test_nobody_knows_whom_to_reward(world):
    hazard = rewards.closed(world, reported_by=None)
    assert "回执" in proposal_for(hazard).refusal
    with pytest.raises(Refused, match="没有留名"):
        reward(world, hazard, "100")
    actions.claim(hazard, name=" 示例某 ")
    reward(world, hazard, "100")
    assert Reward.objects.get().recipient_name == "示例某"


def test_a_name_is_left_once_and_never_over_another(world):
    nameless = rewards.closed(world, reported_by=None)
    actions.claim(nameless, name="示例某")
    for hazard in (nameless, rewards.closed(world)):
        with pytest.raises(StaleState):
            actions.claim(hazard, name="演示某")
    assert Hazard.objects.filter(reporter_name="演示某").count() == 0
    event = AuditEvent.objects.get(action="reward.claim")
    assert "示例某" not in str((event.actor_name, event.before, event.after, event.reason))


def test_nobody_rewards_or_pays_themselves(world):
    with pytest.raises(Refused):
        reward(world, rewards.closed(world, reported_by=world.unit_union), "100")
    line = rewards.granted(world)
    with pytest.raises(Refused):
        actions.pay(line, by=world.worker, receipt="示例")


def test_a_reward_is_paid_once_with_its_receipt(world):
    line = rewards.granted(world)
    with pytest.raises(Refused):
        actions.pay(line, by=world.unit_union, receipt=" ")
    actions.pay(line, by=world.unit_union, receipt="示例：本人签收")
    assert (line.paid_by, line.receipt) == (world.unit_union, "示例：本人签收")
    with pytest.raises(StaleState):
        actions.pay(line, by=world.unit_union, receipt="示例：又一次")
    assert AuditEvent.objects.filter(action="reward.pay").count() == 1


D = date


@pytest.mark.parametrize(
    ("day", "amount"),
    [(D(2026, 1, 9), None), (D(2026, 1, 10), 100), (D(2026, 3, 1), 200), (D(2026, 4, 2), 100)],
)
def test_the_rule_of_the_day_counts(day, amount):
    old = Rule(pk=1, grade=G.GENERAL, amount=100, valid_from=D(2026, 1, 10))
    ended = D(2026, 4, 1)
    new = Rule(pk=2, grade=G.GENERAL, amount=200, valid_from=D(2026, 3, 1), ended_on=ended)
    major = Rule(pk=3, grade=G.MAJOR, amount=900, valid_from=D(2026, 1, 1))
    found = rule_on([major, new, old], G.GENERAL, day)
    assert (found and found.amount) == amount


def test_rules_are_never_of_the_past(world):
    unit, today = world.orgs["enterprise_a1"], timezone.localdate()
    said = {"by": world.officer, "grade": G.GENERAL, "amount": Decimal(100)}
    with pytest.raises(Refused):
        actions.set_rule(unit, valid_from=today - timedelta(days=1), **said)
    actions.set_rule(unit, **said)
    with pytest.raises(Refused):
        actions.set_rule(unit, **said)
    assert Rule.objects.count() == 1


def test_a_rule_ends_once_with_a_reason(world):
    rule, today = rewards.rule(world), timezone.localdate()
    with pytest.raises(Refused):
        actions.end_rule(rule, by=world.officer, reason="")
    actions.end_rule(rule, by=world.officer, reason="示例：另定")
    rule.refresh_from_db()
    assert (rule.ended_on, rule.ended_by) == (today, world.officer)
    with pytest.raises(StaleState):
        actions.end_rule(rule, by=world.officer, reason="示例")
    coming = rewards.rule(world, valid_from=today + timedelta(days=9))
    actions.end_rule(coming, by=world.officer, reason="示例")
    coming.refresh_from_db()
    assert coming.ended_on < coming.valid_from
