"""Recording patrols, taking them back, and a unit's own rules."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from attachments.models import Attachment
from audit.models import AuditEvent
from chabaocu.errors import Refused, StaleState
from hazards.models import Hazard
from orgs.models import Organization
from patrols import actions
from patrols.actions import Finding
from patrols.models import Duty, Patrol, Policy
from patrols.periods import Every
from patrols.sources import MEDICAL_TABLE, OPINION, allowed, demand
from tests.attachments.samples import photo
from tests.factories import patrols
from tests.factories.patrols import L

TWO = [Finding("leak", "示例：法兰滴漏", "东侧"), Finding("guard", "示例：护栏松动")]


def test_a_patrol_without_findings_is_kept(world):
    place = patrols.place(world)
    made = actions.keep(place, by=world.worker, patrol_id=uuid4())
    kept = Patrol.objects.get()
    assert (kept, kept.found, kept.done_on) == (made, 0, timezone.localdate())
    assert kept.unit == world.orgs["enterprise_a1"]
    assert AuditEvent.objects.filter(action="patrol.record").count() == 1


def test_each_finding_becomes_a_hazard(world):
    place = patrols.place(world)
    made = actions.keep(place, by=world.worker, patrol_id=uuid4(), findings=TWO)
    found = Hazard.objects.filter(patrol_finding__patrol=made).order_by("pk")
    rows = [(h.source, h.place, h.where, h.kind, h.reported_by) for h in found]
    assert rows == [
        ("patrol", place, "东侧", "leak", world.worker),
        ("patrol", place, "2号泵房", "guard", world.worker),
    ]
    assert made.found == 2


def test_the_same_id_again_keeps_nothing_twice(world):
    place, id = patrols.place(world), uuid4()
    first = actions.keep(place, by=world.worker, patrol_id=id, findings=TWO)
    assert actions.keep(place, by=world.worker, patrol_id=id, findings=TWO) == first
    assert (Patrol.objects.count(), Hazard.objects.count()) == (1, 2)


def test_a_patrol_that_waited_on_a_phone_counts_for_its_own_day(world):
    place, id = patrols.place(world), uuid4()
    done_at = timezone.now() - timedelta(days=2)
    kept = actions.keep(place, by=world.worker, patrol_id=id, done_at=done_at)
    assert (kept.done_at, kept.done_on) == (done_at, timezone.localdate(done_at))
    assert kept.sent_at - done_at >= timedelta(days=2)
    Patrol.objects.update(done_at=done_at - timedelta(days=9))  # its answer was lost for long
    assert actions.keep(place, by=world.worker, patrol_id=id, done_at=done_at) == kept


@pytest.mark.parametrize("ahead", [timedelta(days=3), timedelta(seconds=-30)])
def test_a_clock_that_is_fast_or_right_is_not_asked(world, ahead):
    done_at = timezone.now() + ahead
    kept = actions.keep(patrols.place(world), by=world.worker, patrol_id=uuid4(), done_at=done_at)
    assert (kept.sent_at, kept.done_on) == (None, timezone.localdate(kept.done_at))
    assert kept.done_at <= timezone.now()


def test_a_patrol_of_long_ago_is_refused_and_leaves_nothing(world):
    long_ago = timezone.now() - timedelta(days=7, hours=1)
    with pytest.raises(Refused, match="过了 7 天才送到"):
        actions.keep(patrols.place(world), by=world.worker, patrol_id=uuid4(), done_at=long_ago)
    assert not Patrol.objects.exists()


def test_a_patrol_done_before_its_place_was_closed_is_kept(world):
    now = timezone.now()
    place = patrols.place(world, closed_at=now - timedelta(hours=1))
    done_at = now - timedelta(hours=2)
    actions.keep(place, by=world.worker, patrol_id=uuid4(), done_at=done_at)
    with pytest.raises(Refused):
        actions.keep(place, by=world.worker, patrol_id=uuid4())
    assert Patrol.objects.get().done_at == done_at


def test_an_id_of_somebody_else_is_refused(world):
    place, id = patrols.place(world), uuid4()
    actions.keep(place, by=world.worker, patrol_id=id)
    with pytest.raises(Refused):
        actions.keep(place, by=world.officer, patrol_id=id)
    assert Patrol.objects.count() == 1


def test_a_photo_that_is_refused_leaves_no_patrol(world):
    place = patrols.place(world)
    good = SimpleUploadedFile("示例.jpg", photo())
    bad = SimpleUploadedFile("示例.jpg", b"no picture")
    found = [Finding("leak", "示例", photos=[good]), Finding("leak", "示例", photos=[bad])]
    with pytest.raises(Refused):
        actions.keep(place, by=world.worker, patrol_id=uuid4(), findings=found)
    assert (Patrol.objects.count(), Hazard.objects.count(), Attachment.objects.count()) == (0, 0, 0)


def test_photos_go_with_their_hazard(world):
    found = [Finding("leak", "示例", photos=[SimpleUploadedFile("示例.jpg", photo())])]
    actions.keep(patrols.place(world), by=world.worker, patrol_id=uuid4(), findings=found)
    kept = Attachment.objects.get()
    assert (kept.holder_type, kept.holder_id) == ("hazard", Hazard.objects.get().pk)


def test_a_closed_place_is_not_patrolled(world):
    place = patrols.place(world, closed_at=timezone.now())
    with pytest.raises(Refused):
        actions.keep(place, by=world.worker, patrol_id=uuid4())


def test_nothing_is_kept_when_the_record_fails(world, monkeypatch):
    monkeypatch.setattr(actions, "record", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.keep(patrols.place(world), by=world.worker, patrol_id=uuid4(), findings=TWO)
    assert (Patrol.objects.count(), Hazard.objects.count()) == (0, 0)


def test_a_patrol_is_taken_back_once_with_a_reason(world):
    made = patrols.patrol(patrols.place(world), world.worker, findings=TWO)
    with pytest.raises(Refused):
        actions.cancel(made, by=world.worker, reason=" ")
    actions.cancel(made, by=world.worker, reason="示例：点错了场所")
    assert (made.cancelled_by, made.reason) == (world.worker, "示例：点错了场所")
    assert Hazard.objects.count() == 2
    with pytest.raises(StaleState):
        actions.cancel(made, by=world.officer, reason="示例")


def test_the_database_keeps_a_reason_with_what_is_taken_back(world):
    made = patrols.patrol(patrols.place(world), world.worker)
    rows = Patrol.objects.filter(pk=made.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(cancelled_at=timezone.now(), cancelled_by=world.worker)


@pytest.mark.parametrize(
    ("level", "every", "is_enough"),
    [
        (L.POST, Every.DAILY, True),
        (L.POST, Every.WEEKLY, False),
        (L.TEAM, Every.WEEKLY, False),
        (L.WORKSHOP, Every.WEEKLY, True),
        (L.WORKSHOP, Every.HALF_MONTHLY, False),
        (L.PLANT, Every.HALF_MONTHLY, True),
        (L.PLANT, Every.MONTHLY, False),
    ],
)
def test_never_less_often_than_the_sources_ask(world, level, every, is_enough):
    unit = world.orgs["enterprise_a1"]
    said = {"by": world.officer, "level": level, "every": every}
    if is_enough:
        assert actions.set_policy(unit, **said).every == every
    else:
        with pytest.raises(Refused, match=OPINION):
            actions.set_policy(unit, **said)
    assert Policy.objects.count() == int(is_enough)


def test_a_hospital_as_a_whole_is_looked_at_monthly(world):
    unit = world.orgs["enterprise_a1"]
    Organization.objects.filter(pk=unit.pk).update(industry="medical")
    unit.refresh_from_db()
    assert demand(unit, L.PLANT).article == MEDICAL_TABLE
    assert [len(allowed(unit, level)) for level in (L.PLANT, L.WORKSHOP, L.POST)] == [4, 2, 1]


def test_a_rule_is_followed_by_the_next_from_its_day(world):
    unit, today = world.orgs["enterprise_a1"], timezone.localdate()
    first = patrols.policy(world, L.WORKSHOP, Every.WEEKLY)
    said = {"level": L.WORKSHOP, "every": Every.DAILY, "starts_on": today + timedelta(days=3)}
    second = actions.set_policy(unit, by=world.officer, seen=first, **said)
    first.refresh_from_db()
    assert (first.ends_on, second.ends_on) == (today + timedelta(days=2), None)
    with pytest.raises(StaleState):
        actions.set_policy(unit, by=world.officer, seen=first, **said)
    with pytest.raises(StaleState):
        actions.set_policy(unit, by=world.officer, seen=None, **said)
    assert Policy.objects.count() == 2


def test_no_rule_makes_past_days_missed(world):
    yesterday = timezone.localdate() - timedelta(days=1)
    said = {"level": L.POST, "every": Every.DAILY, "starts_on": yesterday}
    with pytest.raises(Refused):
        actions.set_policy(world.orgs["enterprise_a1"], by=world.officer, **said)


def test_a_rule_is_stopped_with_a_reason(world):
    policy = patrols.policy(world)
    actions.stop_policy(policy, by=world.officer, reason="示例：停产检修")
    policy.refresh_from_db()
    assert (policy.ends_on, policy.reason) == (timezone.localdate(), "示例：停产检修")
    with pytest.raises(StaleState):
        actions.stop_policy(policy, by=world.officer, reason="示例")


def test_a_place_is_one_persons_duty(world):
    place = patrols.place(world)
    actions.assign(place, by=world.officer, person=world.worker)
    actions.assign(place, by=world.officer, person=world.worker)
    actions.assign(place, by=world.officer, person=world.unit_union)
    standing = Duty.objects.standing().values_list("person", flat=True)
    assert (list(standing), Duty.objects.count()) == ([world.unit_union.pk], 2)
    actions.assign(place, by=world.officer, person=None)
    assert Duty.objects.standing().count() == 0


def test_nobody_of_another_unit_is_given_a_place(world):
    with pytest.raises(Refused):
        actions.assign(patrols.place(world), by=world.officer, person=world.other_officer)
