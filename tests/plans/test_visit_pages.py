"""Visits from the draw: once each, bound to their table, on days of the plan's window."""

from datetime import date, time

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from chabaocu.errors import Refused, StaleState
from chabaocu.lists import SIZE
from plans import actions
from plans.cells import MARKS
from plans.models import Draw, Pick, Plan, Visit
from plans.spread import spread
from plans.views import schedule
from plans.workdays import workdays
from tests.edits import save
from tests.factories import plans as factory
from tests.factories.orgs import EnterpriseFactory

DAYS = [date(2017, 12, day) for day in (4, 5, 6, 7, 8)]


def draw(plan, by, stage):
    return Draw.objects.create(
        plan=plan,
        stage=stage,
        run=1,
        status="drawn",
        frozen_list="示例",
        list_hash="0" * 64,
        frozen_by=by,
        seed_source="dice",
        seed="1",
        algorithm="示例",
        code=f"SL-{stage[:4]}",
        drawn_at="2017-11-28T09:00:00+08:00",
        drawn_by=by,
    )


@pytest.fixture
def drawn(world) -> Plan:
    """A published plan in which 甲二县 and two of its enterprises are drawn; one is in reserve."""
    plan = factory.plan(
        world.orgs["province_union"], world.province, version=world.version, round_number=3
    )
    county = world.regions["county_a2"]
    counties, units = (draw(plan, world.province, s) for s in ("counties", "enterprises"))
    Pick.objects.create(
        draw=counties, group=world.regions["city_a"], region=county, rank=1, status="drawn"
    )
    enterprises = [world.orgs["enterprise_a2"], *EnterpriseFactory.create_batch(2, region=county)]
    for rank, unit in enumerate(enterprises, 1):
        status = "drawn" if rank < 3 else "reserve"
        Pick.objects.create(draw=units, group=county, organization=unit, rank=rank, status=status)
    return plan


@pytest.fixture
def team(world, drawn):
    made = factory.team(drawn, world.leader, world.recorder, world.member)
    made.cities.add(world.regions["city_a"])
    return made


def create(world, plan):
    return actions.create_visits(plan, by=world.province)


def test_every_standing_pick_becomes_one_visit(world, drawn):
    assert create(world, drawn).made == 3
    visits = list(drawn.visits.order_by("target_kind", "pk"))
    assert [v.target_kind for v in visits] == ["county_union"] + ["enterprise_union"] * 2
    assert visits[0].target == world.orgs["county_a2_union"]
    assert {v.questions for v in visits} == {4}
    assert {v.version for v in visits} == {world.version}
    assert {v.phase for v in visits} == {drawn.phases.get()}


def test_making_visits_again_adds_nothing(world, drawn):
    create(world, drawn)
    outcome = create(world, drawn)
    assert (outcome.made, outcome.cancelled, drawn.visits.count()) == (0, 0, 3)
    assert AuditEvent.objects.filter(action="plan.visits").count() == 1


def test_county_without_a_union_is_named(world, drawn):
    world.orgs["county_a2_union"].closed_on = date(2017, 1, 1)
    world.orgs["county_a2_union"].save()
    assert create(world, drawn).left == ["甲二县没有登记县级总工会"]


def replaced(plan):
    first, _, reserve = Pick.objects.filter(draw__plan=plan, draw__stage="enterprises")
    first.status, first.reason = "replaced", "停产"
    first.save()
    reserve.status, reserve.replaces = "substitute", first
    reserve.save()
    return first, reserve


def test_replaced_pick_loses_its_visit_and_the_substitute_takes_team_and_day(world, drawn, team):
    create(world, drawn)
    actions.schedule(drawn, by=world.province, days=DAYS)
    first, reserve = replaced(drawn)
    outcome = create(world, drawn)
    old, new = first.visit, reserve.visit
    old.refresh_from_db()
    assert (outcome.cancelled, outcome.made) == (1, 1)
    assert (old.status, old.cancelled_reason) == ("cancelled", "停产")
    assert (new.team, new.visit_on, new.starts_at) == (team, old.visit_on, old.starts_at)


def test_substitute_of_a_recused_team_stays_unassigned(world, drawn, team):
    create(world, drawn)
    actions.schedule(drawn, by=world.province, days=DAYS)
    _, reserve = replaced(drawn)
    actions.declare_recusal(
        world.member, by=world.province, organization=reserve.organization, reason="亲属任职"
    )
    create(world, drawn)
    assert reserve.visit.team is None


def test_submitted_visit_is_not_replaced(world, drawn, team):
    create(world, drawn)
    first, _ = replaced(drawn)
    Visit.objects.filter(pick=first).update(
        status="submitted",
        submitted_at="2017-12-05T09:00:00+08:00",
        submitted_by=world.leader,
        total=1,
        content_hash="0" * 64,
    )
    with pytest.raises(Refused, match="材料已提交"):
        create(world, drawn)


def test_schedule_gives_each_city_to_its_team_county_union_first(world, drawn, team):
    create(world, drawn)
    outcome = actions.schedule(drawn, by=world.province, days=DAYS[:2])
    visits = list(drawn.visits.order_by("visit_on", "starts_at"))
    assert outcome.made == 3
    assert {v.team for v in visits} == {team}
    assert [v.visit_on for v in visits] == [DAYS[0], DAYS[0], DAYS[1]]
    assert visits[0].target == world.orgs["county_a2_union"]
    assert (visits[0].starts_at, visits[0].ends_at) == (time(9), time(11, 30))


def test_schedule_tells_each_visit_what_changed(world, drawn, team):
    create(world, drawn)
    actions.schedule(drawn, by=world.province, days=DAYS)
    for visit in drawn.visits.all():
        event = AuditEvent.objects.filter(stream__name=visit.stream).latest("seq")
        nothing = {"team": "", "visit_on": None, "starts_at": None, "ends_at": None}
        assert (event.action, event.before) == ("visit.assign", nothing)
        assert event.after["team"] == str(team)
        assert event.after["visit_on"] == visit.visit_on.isoformat()
    assert drawn.visits.count() > 1  # or nothing is told apart


def test_schedule_leaves_what_was_set_by_hand(world, drawn, team):
    create(world, drawn)
    visit = drawn.visits.first()
    actions.assign(visit, by=world.province, team=team, visit_on=date(2017, 12, 1))
    assert actions.schedule(drawn, by=world.province, days=DAYS).made == 2
    visit.refresh_from_db()
    assert visit.visit_on == date(2017, 12, 1)


def test_schedule_names_whom_it_leaves(world, drawn, team):
    create(world, drawn)
    actions.declare_recusal(
        world.member,
        by=world.province,
        organization=world.orgs["enterprise_a2"],
        reason="亲属任职",
    )
    outcome = actions.schedule(drawn, by=world.province, days=DAYS)
    assert outcome.made == 2
    assert outcome.left == ["示例member须回避甲二县示例化工有限公司（已申报：亲属任职）"]


def test_schedule_names_cities_without_a_team(world, drawn):
    create(world, drawn)
    outcome = actions.schedule(drawn, by=world.province, days=DAYS)
    assert outcome.made == 0
    assert outcome.left[0] == "甲二县总工会：所在的市没有督导组"


@pytest.mark.parametrize("day", [date(2017, 11, 30), date(2017, 12, 9)])
def test_day_outside_the_window_is_refused(world, day):
    with pytest.raises(Refused, match="2017年12月1日至2017年12月8日"):
        actions.assign(world.visit, by=world.province, team=world.team, visit_on=day)


def test_team_of_another_plan_is_refused(world, drawn, team):
    with pytest.raises(Refused, match="不属于本方案"):
        actions.assign(world.visit, by=world.province, team=team, visit_on=factory.DAY)


def test_team_changes_only_before_filling_the_day_also_later(world):
    Visit.objects.filter(pk=world.visit.pk).update(status="filling")
    world.visit.refresh_from_db()
    with pytest.raises(StaleState):
        actions.assign(world.visit, by=world.province, team=world.other_team, visit_on=factory.DAY)
    actions.assign(world.visit, by=world.province, team=world.team, visit_on=DAYS[-1])
    assert world.visit.visit_on == DAYS[-1]


def test_end_before_start_is_refused(world):
    with pytest.raises(Refused, match="结束时间须晚于开始时间"):
        actions.assign(
            world.visit,
            by=world.province,
            team=world.team,
            visit_on=factory.DAY,
            starts_at=time(11),
            ends_at=time(9),
        )


def test_cancelled_visit_keeps_its_reason_in_history(world):
    actions.cancel_visit(world.visit, by=world.province, reason="单位停产")
    event = world.visit.events.get()
    assert (event.source, event.target, event.note) == ("planned", "cancelled", "单位停产")
    assert AuditEvent.objects.get(action="visit.cancel").reason == "单位停产"
    with pytest.raises(StaleState):
        actions.cancel_visit(world.visit, by=world.province, reason="再次")


def test_spread_is_even_and_keeps_the_order():
    slots = spread("abcdefg", DAYS[:3])
    assert [(thing, slot.day.day) for thing, slot in slots] == [
        ("a", 4), ("b", 4), ("c", 4), ("d", 5), ("e", 5), ("f", 6), ("g", 6),
    ]  # fmt: skip


def test_spread_of_more_than_four_a_day_leaves_the_hours_open():
    assert {slot.starts_at for _, slot in spread("abcde", DAYS[:1])} == {None}


def test_workdays_without_a_calendar_are_monday_to_friday(db):
    assert workdays(date(2017, 12, 1), date(2017, 12, 8)) == [date(2017, 12, 1), *DAYS]


def test_visits_are_made_and_scheduled_in_the_browser(world, as_, drawn, team, time_machine):
    time_machine.move_to("2017-11-29 09:00+08:00", tick=False)
    client = as_(world.province)
    client.post(reverse("plans:visit_create", args=[drawn.pk]))
    page = client.get(reverse("plans:visit_schedule", args=[drawn.pk])).content.decode()
    assert "其中 3 次还没有督导组" in page
    client.post(reverse("plans:visit_spread", args=[drawn.pk]))
    assert (
        drawn.visits.filter(team=team, visit_on__range=(DAYS[0].replace(day=1), DAYS[-1])).count()
        == 3
    )
    page = client.get(reverse("plans:visit_schedule", args=[drawn.pk])).content.decode()
    assert "各组日程" in page


def test_edit_page_says_why_a_day_is_refused(world, as_):
    url = reverse("plans:visit_edit", args=[world.visit.pk])
    data = {"team": world.team.pk, "visit_on": "2017-12-20"}
    page = save(as_(world.province), url, data).content.decode()
    assert "督导日期须在方案的起止日期之内" in page


@pytest.mark.parametrize("name", ["visit_edit", "visit_cancel"])
def test_only_the_issuer_moves_a_visit(world, as_, name):
    url = reverse(f"plans:{name}", args=[world.visit.pk])
    data = {"team": world.team.pk, "visit_on": "2017-12-06", "reason": "示例"}
    assert as_(world.leader).post(url, data).status_code == 403
    assert as_(world.other_leader).post(url, data).status_code == 404
    assert as_(world.city_a).post(url, data).status_code == 404
    world.visit.refresh_from_db()
    assert (world.visit.status, world.visit.visit_on) == ("planned", factory.DAY)


def test_visit_page_is_seen_by_its_team_and_issuer_only(world, as_):
    url = reverse("plans:visit_detail", args=[world.visit.pk])
    seen = {n for n, p in world.people.items() if as_(p).get(url).status_code == 200}
    assert seen == {"leader", "recorder", "member", "province", "province2"}


def test_schedule_shows_only_the_plan_it_is_asked_for(world, as_, drawn):
    create(world, drawn)
    context = as_(world.province).get(reverse("plans:visit_schedule", args=[drawn.pk])).context
    listed = {line.pk for line in context["pages"]["unassigned"]}
    assert listed == set(drawn.visits.values_list("pk", flat=True))
    url = reverse("plans:visit_schedule", args=[drawn.pk])
    assert as_(world.leader).get(url).status_code == 404


def test_schedule_before_the_draw_leads_to_it(world, as_):
    world.plan.visits.all().delete()
    page = as_(world.province).get(reverse("plans:visit_schedule", args=[world.plan.pk]))
    assert reverse("plans:draw_detail", args=[world.plan.pk]) in page.content.decode()
    assert reverse("plans:visit_create", args=[world.plan.pk]) not in page.content.decode()


def test_schedule_lists_what_wants_a_team_page_by_page(world, as_):
    more = SIZE + 1
    units = EnterpriseFactory.create_batch(more, region=world.regions["county_a1"])
    made = {factory.visit(world.plan, None, unit).pk for unit in units}
    client, url = as_(world.province), reverse("plans:visit_schedule", args=[world.plan.pk])
    page = client.get(url).content.decode()
    assert f"其中 {more} 次还没有督导组" in page
    assert '<a href="?group=unassigned">全部列出</a>' in page
    first = client.get(url, {"group": "unassigned"}).context["pages"]["unassigned"]
    rest = client.get(f"{url}?{first.next}").context["pages"]["unassigned"]
    assert {line.pk for line in (*first, *rest)} == made
    assert client.get(url, {"group": "nothing"}).status_code == 404


def test_schedule_of_one_team_stands_day_by_day(world, as_):
    Visit.objects.filter(pk=world.visit.pk).update(starts_at=time(14))
    Visit.objects.filter(pk=world.enterprise_visit.pk).update(starts_at=time(9))
    url = reverse("plans:visit_schedule", args=[world.plan.pk])
    [(day, lines)] = as_(world.province).get(url, {"team": world.team.pk}).context["days"]
    assert (day, [line.pk for line in lines]) == (
        factory.DAY,
        [world.enterprise_visit.pk, world.visit.pk],
    )


def test_schedule_of_a_large_round_counts(world, as_, monkeypatch):
    monkeypatch.setattr(schedule, "SQUARES", 2)
    Visit.objects.filter(pk=world.enterprise_visit.pk).update(status="filling")
    url = reverse("plans:visit_schedule", args=[world.plan.pk])
    page = as_(world.province).get(url)
    first, second = page.context["calendar"].rows
    assert [cell.tallies for cell in first.cells] == [
        [(MARKS["planned"], 1), (MARKS["filling"], 1)]
    ]
    assert (first.count, second.count) == (2, 1)
    assert "每天各状态有几次" in page.content.decode()


def test_who_does_not_lead_a_round_reads_its_visits_in_pages(world, as_):
    units = EnterpriseFactory.create_batch(SIZE, region=world.regions["county_a1"])
    made = {factory.visit(world.plan, world.team, unit).pk for unit in units}
    client, url = as_(world.leader), reverse("plans:plan_detail", args=[world.plan.pk])
    first = client.get(url).context["page"]
    rest = client.get(f"{url}?{first.next}").context["page"]
    seen = [line.pk for line in (*first, *rest)]
    assert set(seen) == made | {world.visit.pk, world.enterprise_visit.pk}
    assert len(seen) == SIZE + 2
