"""Opening 自查自纠 for a round, and what the units see of it on their first page."""

from datetime import date

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from chabaocu.errors import Refused
from plans import actions
from plans.actions.self_check import open_self_check
from plans.models import Phase, Visit
from plans.self_checks import own_checks
from tests.factories import papers, self_checks

DAYS = {"starts_on": date(2017, 11, 20), "ends_on": date(2017, 11, 30)}
SELF = Phase.Scorer.SELF


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2017-11-27 08:00+08:00", tick=False)


def checks(world):
    return world.plan.visits.filter(scorer=SELF).order_by("pk")


def test_every_unit_of_the_round_is_asked_once(world):
    outcome = open_self_check(world.plan, by=world.province, **DAYS)
    assert (outcome.made, outcome.left) == (3, [])
    assert {check.target_id for check in checks(world)} == {
        visit.target_id for visit in (world.visit, world.enterprise_visit, world.other_visit)
    }
    assert {(c.team, c.status, c.version) for c in checks(world)} == {
        (None, Visit.Status.PLANNED, world.version)
    }
    assert open_self_check(world.plan, by=world.province).made == 0


def test_the_phase_comes_first_and_is_told(world):
    open_self_check(world.plan, by=world.province, **DAYS)
    assert [(p.order, p.name) for p in world.plan.phases.all()] == [(1, "自查自纠"), (2, "督导")]
    event = AuditEvent.objects.filter(action="plan.self_check").get()
    assert event.after == {
        "phase": "自查自纠",
        "starts_on": "2017-11-20",
        "ends_on": "2017-11-30",
        "made": 3,
    }


def test_a_plan_with_the_phase_keeps_its_days(world):
    phase = self_checks.phase(world)
    open_self_check(world.plan, by=world.province, **DAYS)
    assert {check.phase for check in checks(world)} == {phase}


@pytest.mark.parametrize(
    ("days", "words"),
    [({}, "请写明"), (DAYS | {"ends_on": date(2017, 11, 1)}, "不能早于")],
)
def test_days_are_asked_for(world, days, words):
    with pytest.raises(Refused, match=words):
        open_self_check(world.plan, by=world.province, **days)
    assert not checks(world).exists()


def test_a_unit_where_the_team_has_begun_is_left(world):
    papers.started(world.visit, world.leader)
    outcome = open_self_check(world.plan, by=world.province, **DAYS)
    assert outcome.made == 2
    assert outcome.left == ["甲一县总工会：督导组已经开始填写"]


def test_a_round_without_units_says_so(world):
    world.plan.visits.all().delete()
    with pytest.raises(Refused, match="先抽取并生成督导"):
        open_self_check(world.plan, by=world.province, **DAYS)


def test_units_named_for_the_phase_are_not_asked_again(world):
    self_checks.asked(world)
    assert open_self_check(world.plan, by=world.province).made == 2


def test_opening_from_the_page(world, as_):
    address = reverse("plans:self_check_open", args=[world.plan.pk])
    client = as_(world.province)
    assert "3 个单位还没有打开" in client.get(address).content.decode()
    wrong = client.post(address, {"starts_on": "2017-11-20"})
    assert (wrong.status_code, checks(world).count()) == (200, 0)
    done = client.post(address, {"starts_on": "2017-11-20", "ends_on": "2017-11-30"})
    assert done.url == reverse("scoring:self_checks", args=[world.plan.pk])
    assert checks(world).count() == 3


def test_schedule_and_teams_have_nothing_to_do_with_it(world, as_):
    check = self_checks.asked(world)
    page = as_(world.province).get(reverse("plans:visit_schedule", args=[world.plan.pk]))
    numbers = page.context["numbers"]
    assert (numbers["total"], numbers["unassigned"]) == (3, 0)
    with pytest.raises(Refused, match="不派督导组"):
        actions.assign(check, by=world.province, team=world.team, visit_on=date(2017, 12, 5))
    assert actions.schedule(world.plan, by=world.province, days=[date(2017, 12, 5)]).made == 0


def test_a_round_closes_over_what_was_never_filed(world):
    self_checks.asked(world)
    for visit in (world.visit, world.enterprise_visit, world.other_visit):
        actions.cancel_visit(visit, by=world.province, reason="示例")
    actions.close(world.plan, by=world.province)
    assert checks(world).get().status == Visit.Status.PLANNED


@pytest.mark.parametrize(
    ("today", "words", "tone"),
    [
        (date(2017, 11, 25), "自查自纠：还有 5 天", "info"),
        (date(2017, 11, 27), "自查自纠：还有 3 天", "warn"),
        (date(2017, 11, 30), "自查自纠：今天截止", "warn"),
        (date(2017, 12, 2), "自查自纠：已逾期 2 天，请尽快报送", "danger"),
    ],
)
def test_the_first_page_counts_the_days(world, today, words, tone):
    self_checks.asked(world)
    [one] = own_checks(world.county_a1, today)
    assert (one.reminder, one.tone, one.page.label) == (words, tone, "开始自查")


def test_the_first_page_of_each_unit_shows_its_own(world, as_):
    self_checks.asked(world)
    page = as_(world.county_a1).get("/").content.decode()
    assert "自查自纠：还有 3 天" in page
    assert reverse("scoring:start", args=[checks(world).get().pk]) in page
    for name in ("county_a2", "officer", "worker", "city_a", "leader"):
        assert "自查自纠：" not in as_(world.people[name]).get("/").content.decode()


def test_a_member_of_a_team_is_reminded_of_the_own_unit_too(world, as_):
    world.other_team.members.create(user=world.county_a1, role="member")
    self_checks.asked(world)
    page = as_(world.county_a1).get("/").content.decode()
    assert "今日任务" in page
    assert "自查自纠：还有 3 天" in page


def test_the_first_page_says_what_became_of_it(world):
    self_checks.filed(world, world.officer)
    self_checks.asked(world)
    papers.started(world.visit, world.leader)
    [filed] = own_checks(world.officer, date(2017, 12, 5))
    [missed] = own_checks(world.county_a1, date(2017, 12, 5))
    assert (filed.reminder, filed.tone) == ("自查自纠：已报送", "ok")
    assert missed.reminder == "自查自纠：没有报送，督导组已经开始填写"


def test_a_replaced_unit_need_not_check_itself(world):
    check = self_checks.asked(world)
    actions.cancel_visit(check, by=world.province, reason="示例")
    assert own_checks(world.county_a1, date(2017, 11, 27)) == []
