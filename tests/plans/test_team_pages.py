"""Teams of three, one team a person, and 回避 enforced wherever somebody is sent."""

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from chabaocu.errors import Refused
from orgs.models import Organization
from orgs.roles import TeamRole
from plans import actions
from plans.models import Recusal, Team, Visit
from plans.recusal import conflicts, standing_conflicts
from tests.factories import plans as factory
from tests.factories.orgs import OrganizationFactory, UserFactory

LEADER, RECORDER, MEMBER = TeamRole.LEADER, TeamRole.RECORDER, TeamRole.MEMBER


@pytest.fixture
def staff(world):
    """Six of the industrial union's staff who are in no team."""
    return UserFactory.create_batch(6, organization=world.orgs["industrial_union"])


def three(staff):
    return dict(zip(staff[:3], (LEADER, RECORDER, MEMBER), strict=True))


def save(world, roles, **fields):
    return actions.save_team(
        world.plan, by=world.province, name="第三督导组", roles=roles, **fields
    )


def test_team_of_three_is_stored_with_its_cities(world, staff):
    team = save(world, three(staff), cities=[world.regions["city_a"]])
    roles = {m.user: m.role for m in team.members.all()}
    assert roles == three(staff)
    assert list(team.cities.all()) == [world.regions["city_a"]]
    event = AuditEvent.objects.get(action="team.create")
    assert (event.stream.name, event.after["cities"]) == (world.plan.stream, ["甲市"])


def test_team_of_another_size_needs_a_reason(world, staff):
    two = {staff[0]: LEADER, staff[1]: RECORDER}
    with pytest.raises(Refused, match="原则上由3人组成"):
        save(world, two)
    assert save(world, two, size_reason="人手不足").size_reason == "人手不足"


def test_reason_is_dropped_for_a_team_of_three(world, staff):
    assert save(world, three(staff), size_reason="不需要").size_reason == ""


@pytest.mark.parametrize("role", [LEADER, RECORDER])
def test_team_needs_one_leader_and_one_recorder(world, staff, role):
    roles = {p: MEMBER if r == role else r for p, r in three(staff).items()}
    with pytest.raises(Refused, match=f"须有一名{TeamRole(role).label}"):
        save(world, roles)


def test_person_is_in_one_team_of_a_plan(world, staff):
    roles = {world.leader: LEADER, staff[0]: RECORDER, staff[1]: MEMBER}
    with pytest.raises(Refused, match="示例leader已在第1督导组"):
        save(world, roles)


def test_city_has_one_team(world, staff):
    save(world, three(staff), cities=[world.regions["city_a"]])
    others = dict(zip(staff[3:], (LEADER, RECORDER, MEMBER), strict=True))
    with pytest.raises(Refused, match="甲市已由第三督导组负责"):
        save(world, others, cities=[world.regions["city_a"], world.regions["city_b"]])


@pytest.mark.parametrize("name", ["officer", "worker", "tipoff"])
def test_person_out_of_reach_is_refused(world, staff, name):
    roles = {staff[0]: LEADER, staff[1]: RECORDER, world.people[name]: MEMBER}
    with pytest.raises(Refused, match="不在发文单位及所属工会的工作人员之中"):
        save(world, roles)


def test_leader_and_recorder_change_places(world):
    roles = {world.recorder: LEADER, world.leader: RECORDER, world.member: MEMBER}
    actions.save_team(world.plan, by=world.province, team=world.team, name="一组", roles=roles)
    assert {m.user: m.role for m in world.team.members.all()} == roles


@pytest.mark.parametrize(
    ("person", "target", "why"),
    [
        ("county_a1", "county_a1_union", "同一单位"),
        ("officer", "county_a1_union", "是本人单位的上级"),
    ],
)
def test_own_unit_and_the_one_that_leads_it_are_recused(world, person, target, why):
    [found] = conflicts([world.people[person]], [world.orgs[target]])
    assert (found.person, found.target, found.why) == (
        world.people[person],
        world.orgs[target],
        why,
    )


def test_unit_that_ones_own_leads_is_not_recused(world):
    assert world.orgs["enterprise_a1"].parent == world.orgs["county_a1_union"]
    assert conflicts([world.county_a1], [world.orgs["enterprise_a1"]]) == []


@pytest.fixture
def city_union(world):
    """A 市医务工会, led by the unit whose people are the team."""
    return OrganizationFactory(
        kind=Organization.Kind.INDUSTRIAL_UNION,
        name="甲市示例医务工会",
        region=world.regions["city_a"],
        parent=world.orgs["industrial_union"],
    )


def test_industrial_union_visits_the_unions_it_leads(world, city_union):
    visit = factory.visit(world.plan, None, city_union)
    actions.assign(visit, by=world.province, team=world.team, visit_on=factory.DAY)
    assert Visit.objects.get(pk=visit.pk).team == world.team
    assert standing_conflicts(world.plan) == []


def test_people_of_a_drawn_union_stay_away_from_it_and_from_its_leader(world, city_union):
    guest = UserFactory(organization=city_union, name="示例专家")
    found = conflicts([guest], [city_union, world.orgs["industrial_union"]])
    assert [conflict.why for conflict in found] == ["同一单位", "是本人单位的上级"]


def test_declared_interest_binds_in_a_unit_that_ones_own_leads(world, city_union):
    declare(world, world.member, city_union)
    visit = factory.visit(world.plan, None, city_union)
    with pytest.raises(Refused, match="示例member须回避甲市示例医务工会（已申报：亲属任职）"):
        actions.assign(visit, by=world.province, team=world.team, visit_on=factory.DAY)


def test_neighbours_are_not_recused(world):
    targets = [world.orgs["county_a2_union"], world.orgs["enterprise_b1"]]
    assert conflicts([world.county_a1, world.leader], targets) == []


def test_member_with_an_interest_in_an_assigned_unit_is_refused(world):
    roles = {world.leader: LEADER, world.recorder: RECORDER, world.county_a1: MEMBER}
    with pytest.raises(Refused, match="示例county_a1须回避甲一县总工会（同一单位）"):
        actions.save_team(world.plan, by=world.province, team=world.team, name="一组", roles=roles)
    assert not world.team.members.filter(user=world.county_a1).exists()


def declare(world, person, organization):
    return actions.declare_recusal(
        person, by=world.province, organization=organization, reason="亲属任职"
    )


def test_visit_of_a_recused_team_is_refused(world):
    declare(world, world.other_leader, world.visit.target)
    with pytest.raises(Refused, match="示例other_leader须回避甲一县总工会（已申报：亲属任职）"):
        actions.assign(world.visit, by=world.province, team=world.other_team, visit_on=factory.DAY)
    assert Visit.objects.get(pk=world.visit.pk).team == world.team


def test_recusal_declared_later_is_listed_and_ends_with_its_withdrawal(world):
    recusal = declare(world, world.member, world.visit.target)
    [found] = standing_conflicts(world.plan)
    assert (found.person, found.visit) == (world.member, world.visit)
    actions.withdraw_recusal(recusal, by=world.province, reason="登记错了单位")
    assert standing_conflicts(world.plan) == []
    assert declare(world, world.member, world.visit.target).pk != recusal.pk


def test_recusal_twice_is_refused(world):
    declare(world, world.member, world.visit.target)
    with pytest.raises(Refused, match="已申报过回避"):
        declare(world, world.member, world.visit.target)


def test_team_with_visits_is_not_disbanded(world):
    with pytest.raises(Refused, match="第2督导组已有 1 次督导"):
        actions.disband(world.other_team, by=world.province)


def team_data(people, **more):
    names = ("leader", "recorder", "member_1")
    return dict(zip(names, (p.pk for p in people), strict=False)) | {"name": "第三督导组"} | more


def test_team_is_made_in_the_browser(world, as_, staff):
    url = reverse("plans:team_create", args=[world.plan.pk])
    data = team_data(staff[:3], cities=[world.regions["city_a"].pk])
    as_(world.province).post(url, data)
    team = Team.objects.get(order=3)
    assert [m.user for m in team.members.all()] == staff[:3]


def test_team_form_warns_about_the_size_and_keeps_the_choice(world, as_, staff):
    url = reverse("plans:team_create", args=[world.plan.pk])
    page = as_(world.province).post(url, team_data(staff[:2])).content.decode()
    assert "现在是 2 人，原则上由3人组成" in page
    assert f'<option value="{staff[0].pk}" selected>' in page


def test_team_form_shows_what_an_action_refuses(world, as_, staff):
    url = reverse("plans:team_create", args=[world.plan.pk])
    page = as_(world.province).post(url, team_data([world.leader, *staff[:2]])).content.decode()
    assert "示例leader已在第1督导组" in page


def test_team_form_offers_staff_in_reach_only(world, as_):
    url = reverse("plans:team_create", args=[world.plan.pk])
    form = as_(world.province).get(url).context["form"]
    offered = {person.username for person in form.fields["leader"].queryset}
    assert "leader" in offered
    assert offered & {"officer", "worker", "tipoff", "admin"} == set()


def test_recusal_form_finds_the_unit_by_name(world, as_):
    url = reverse("plans:recusal_create", args=[world.plan.pk])
    data = {"person": world.member.pk, "unit": "甲一县总工会", "reason": "亲属任职"}
    as_(world.province).post(url, data)
    assert Recusal.objects.get().organization == world.orgs["county_a1_union"]
    page = as_(world.province).post(url, data | {"unit": "没有这家"}).content.decode()
    assert "没有名为“没有这家”的单位" in page


def test_inspector_declares_an_interest_in_their_own_visit(world, as_):
    url = reverse("plans:recusal_declare", args=[world.visit.pk])
    as_(world.member).post(url, {"reason": "亲属任职"})
    assert Recusal.objects.get().user == world.member
    assert as_(world.other_leader).post(url, {"reason": "亲属任职"}).status_code == 404
    page = as_(world.province).get(reverse("plans:plan_teams", args=[world.plan.pk]))
    assert "示例member须回避甲一县总工会" in page.content.decode()


def test_recusals_are_seen_by_the_person_and_the_issuer(world):
    recusal = declare(world, world.member, world.visit.target)
    seen = {
        name
        for name, person in world.people.items()
        if Recusal.objects.visible_to(person).filter(pk=recusal.pk).exists()
    }
    assert seen == {"member", "province", "province2"}
