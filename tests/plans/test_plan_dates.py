"""延期与调整: a published plan gets other dates, with a reason that its page shows."""

from datetime import date

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from chabaocu.errors import Refused, StaleState
from plans.actions import change_dates
from plans.actions.dates import date_changes, fingerprint
from plans.models import Plan, Visit

LATER = date(2017, 12, 15)
WHY = "示例：大雪封路，顺延一周"


def url(plan: Plan) -> str:
    return reverse("plans:plan_dates", args=[plan.pk])


def windows(plan: Plan, last: date = LATER) -> dict:
    return {phase.pk: (plan.starts_on, last) for phase in plan.phases.all()}


def later(world, **changes) -> None:
    said = {"reason": WHY, "visits_end_on": LATER, "phases": windows(world.plan)} | changes
    change_dates(world.plan, by=world.province, **said)


def typed(plan: Plan, **changes) -> dict:
    [phase] = plan.phases.all()
    return {
        "visits_end_on": "2017-12-15",
        f"starts_on_{phase.pk}": "2017-12-01",
        f"ends_on_{phase.pk}": "2017-12-15",
        "reason": WHY,
        "seen": fingerprint(plan),
    } | changes


def test_extension_moves_plan_and_phase_and_keeps_the_reason(world):
    later(world)
    [phase] = world.plan.phases.all()
    assert (world.plan.visits_end_on, phase.ends_on) == (LATER, LATER)
    [change] = date_changes(world.plan)
    assert (change.event.reason, change.event.actor_id) == (WHY, world.province.pk)
    assert change.lines == (
        "督导完成日期：2017年12月8日 → 2017年12月15日",
        "第1阶段“督导”：2017年12月1日至2017年12月8日 → 2017年12月1日至2017年12月15日",
    )


def test_everything_the_draw_rests_on_stays(world):
    resting = ("title", "year", "round_number", "starts_on", "sampling", "relaxed_reason", "tasks")
    before = Plan.objects.values(*resting).get(pk=world.plan.pk)
    later(world)
    assert Plan.objects.values(*resting).get(pk=world.plan.pk) == before


def test_earlier_end_with_a_visit_behind_it_is_refused_by_name(world):
    first = date(2017, 12, 4)
    with pytest.raises(Refused, match="甲一县总工会（2017年12月5日）.*请先在日程里改期"):
        later(world, visits_end_on=first, phases=windows(world.plan, first))
    world.plan.refresh_from_db()
    assert world.plan.visits_end_on == date(2017, 12, 8)
    assert not AuditEvent.objects.filter(action="plan.dates").exists()


def test_earlier_end_behind_every_visit_is_allowed(world):
    last = date(2017, 12, 6)
    later(world, visits_end_on=last, phases=windows(world.plan, last))
    assert Plan.objects.get(pk=world.plan.pk).visits_end_on == last


def test_cancelled_visit_is_no_obstacle(world):
    Visit.objects.update(status="cancelled", cancelled_reason="示例")
    first = date(2017, 12, 4)
    later(world, visits_end_on=first, phases=windows(world.plan, first))
    assert Plan.objects.get(pk=world.plan.pk).visits_end_on == first


def test_phase_outside_the_plan_is_refused(world):
    with pytest.raises(Refused, match="阶段“督导”不在方案的起止日期之内"):
        later(world, visits_end_on=date(2017, 12, 10))


@pytest.mark.parametrize("status", ["draft", "closed", "cancelled"])
def test_plan_that_is_not_running_keeps_its_dates(world, status):
    Plan.objects.filter(pk=world.plan.pk).update(status=status)
    with pytest.raises(StaleState):
        later(world)


def test_no_change_and_no_reason_are_refused(world):
    with pytest.raises(Refused, match="没有变动"):
        later(world, visits_end_on=date(2017, 12, 8), phases={})
    with pytest.raises(Refused, match="理由"):
        later(world, reason="  ")


def test_second_of_two_people_sees_both_dates_and_chooses(world, as_):
    seen = fingerprint(world.plan)
    later(world)
    data = typed(world.plan, visits_end_on="2017-12-20", seen=seen)
    answer = as_(world.province2).post(url(world.plan), data)
    assert (answer.status_code, "2017-12-20" in answer.content.decode()) == (409, True)
    assert Plan.objects.get(pk=world.plan.pk).visits_end_on == LATER
    answer = as_(world.province2).post(url(world.plan), data | {"over": fingerprint(world.plan)})
    assert Plan.objects.get(pk=world.plan.pk).visits_end_on == date(2017, 12, 20)


def test_page_stores_the_dates_and_the_plan_tells_them(world, as_):
    answer = as_(world.province).post(url(world.plan), typed(world.plan))
    assert answer.url == reverse("plans:plan_detail", args=[world.plan.pk])
    for person in (world.province2, world.leader):
        page = as_(person).get(answer.url).content.decode()
        assert "督导完成日期：2017年12月8日 → 2017年12月15日" in page
        assert f"理由：{WHY}" in page


def test_page_without_a_reason_keeps_what_was_typed(world, as_):
    page = as_(world.province).post(url(world.plan), typed(world.plan, reason=""))
    assert "请写明理由" in page.content.decode()
    assert 'value="2017-12-15"' in page.content.decode()
    assert Plan.objects.get(pk=world.plan.pk).visits_end_on == date(2017, 12, 8)


def test_others_may_not_change_the_dates(world, as_):
    for person, status in [(world.leader, 403), (world.city_a, 404), (world.officer, 404)]:
        assert as_(person).post(url(world.plan), typed(world.plan)).status_code == status
    assert not AuditEvent.objects.filter(action="plan.dates").exists()


@pytest.mark.parametrize("changes", [1, 3])
def test_plan_page_costs_the_same_for_any_number_of_changes(
    world, as_, changes, django_assert_num_queries
):
    for day in range(changes):
        end = date(2017, 12, 15 + day)
        later(world, visits_end_on=end, phases=windows(world.plan, end))
    person = as_(world.province)
    with django_assert_num_queries(21):
        person.get(reverse("plans:plan_detail", args=[world.plan.pk]))
