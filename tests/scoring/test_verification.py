"""督导核实: 督导 beside 帮扶, what differs, and the 帮扶 that follows."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from chabaocu.errors import Refused, StaleState
from orgs.models import Organization
from orgs.roles import Role
from plans.models import Visit
from scoring import actions
from scoring.comparison import Difference, Said, differences
from scoring.verification import pairs, send_back
from tests.factories import papers, plans
from tests.factories.orgs import OrganizationFactory, UserFactory
from tests.factories.towns import Towns

OTHERWISE = papers.FULL | {"1-1": {"points": "1"}}


# --- the comparison, pure


def point(code: str, points: str | None, **changes) -> dict:
    return {
        "code": code,
        "points": points,
        "explanation": "",
        "reason": "",
        "not_applicable": False,
    } | changes


def test_equal_results_have_no_difference_whatever_the_reasons_say():
    one = [point("1-1", "2.00"), point("2", "1.00", reason="示例甲")]
    other = [point("1-1", "2.0"), point("2", "1.00", reason="示例乙")]
    assert differences(one, other) == []


def test_difference_is_told_with_both_marks_and_the_change():
    [found] = differences([point("1-1", "2.00")], [point("1-1", "0.50", reason="示例")])
    assert (found.code, found.helped.words, found.supervised.words) == ("1-1", "2分", "0.5分")
    assert (found.change, found.supervised.reason) == (Decimal("-1.50"), "示例")


def test_not_applicable_differs_from_nought_points():
    [found] = differences([point("3", None, not_applicable=True)], [point("3", "0.00")])
    assert (found.helped.words, found.supervised.words, found.change) == ("不适用", "0分", None)


def test_verdicts_without_points_are_compared_by_their_words():
    one, other = point("4", None, explanation="是"), point("4", None, explanation="部分")
    assert differences([one], [one]) == []
    assert [d.supervised.words for d in differences([one], [other])] == ["部分"]


def test_point_without_a_counterpart_is_a_difference_in_the_order_of_the_later_table():
    found = differences([point("1", "1"), point("9", "1")], [point("2", "1"), point("1", "1")])
    assert found == [
        Difference("2", None, Said(Decimal(1), "1分")),
        Difference("9", Said(Decimal(1), "1分"), None),
    ]


# --- the round


@pytest.fixture
def towns(db) -> Towns:
    return Towns()


@pytest.fixture
def people(towns) -> SimpleNamespace:
    return crew(towns)


def crew(towns) -> SimpleNamespace:
    """Who fills and who reviews, named as in the cast."""
    leader, recorder, member = (
        UserFactory(organization=towns.issuer, role=Role.UNION_STAFF) for _ in range(3)
    )
    team = plans.team(towns.plan, leader, recorder, member)
    return SimpleNamespace(
        leader=leader, recorder=recorder, member=member, province=towns.people[0], team=team
    )


def visit(towns, people, phase: str, firm: int = 0) -> Visit:
    target = towns.firms[firm]
    return Visit.objects.create(
        plan=towns.plan,
        phase=towns.plan.phases.get(name=phase),
        team=people.team,
        target=target,
        target_kind="producer",
        region=target.region,
        version=towns.version,
    )


def confirmed(towns, people, phase: str, given: dict, firm: int = 0) -> Visit:
    made = visit(towns, people, phase, firm)
    sheet = papers.started(made, people.leader)
    papers.fill(sheet, people.member, given)
    actions.follow(made, by=people.member)
    papers.sign(sheet, "leader", people.leader)
    papers.sign(sheet, "recorder", people.recorder)
    made.refresh_from_db()
    actions.submit(made, by=people.leader)
    actions.confirm(made, by=people.province)
    made.refresh_from_db()
    return made


def differing(towns, people, firm: int = 0) -> Visit:
    confirmed(towns, people, "帮扶", papers.FULL, firm)
    return confirmed(towns, people, "督导", OTHERWISE, firm)


def test_states_of_a_pair(towns, people):
    alone = visit(towns, people, "督导", 1)
    visit(towns, people, "帮扶", 2)
    waiting = visit(towns, people, "督导", 2)
    confirmed(towns, people, "帮扶", papers.FULL, 3)
    same = confirmed(towns, people, "督导", papers.FULL, 3)
    other = differing(towns, people)
    found = pairs(towns.plan, [alone, waiting, same, other])
    assert [pair.state for pair in found] == ["没有帮扶", "未核实", "一致", "结果不一致"]
    assert [pair.may_send_back for pair in found] == [False, False, False, True]


def test_differing_visit_is_marked_and_goes_back_for_help(towns, people):
    other = differing(towns, people)
    again = send_back(other, by=people.province)
    other.refresh_from_db()
    assert other.mismatched_at is not None
    assert (again.follows, again.phase.name, again.status) == (other, "帮扶", "planned")
    assert (again.target, again.version) == (other.target, other.version)
    assert [event.move for event in other.events.order_by("pk")][-1] == "mismatch"
    last = AuditEvent.objects.filter(stream__name=other.stream).latest("seq")
    assert (last.action, last.after["codes"]) == ("visit.mismatch", ["1-1"])
    assert AuditEvent.objects.filter(stream__name=again.stream).count() == 1


def test_equal_results_are_not_sent_back(towns, people):
    confirmed(towns, people, "帮扶", papers.FULL)
    same = confirmed(towns, people, "督导", papers.FULL)
    with pytest.raises(Refused, match="没有不一致的地方"):
        send_back(same, by=people.province)
    same.refresh_from_db()
    assert same.mismatched_at is None


def test_visit_is_sent_back_once(towns, people):
    other = differing(towns, people)
    send_back(other, by=people.province)
    with pytest.raises(StaleState):
        send_back(other, by=people.province)
    assert Visit.objects.filter(follows=other).count() == 1


def test_unconfirmed_visit_is_not_sent_back(towns, people):
    with pytest.raises(StaleState):
        send_back(visit(towns, people, "督导"), by=people.province)


def url(name: str, pk: int) -> str:
    return reverse(f"scoring:{name}", args=[pk])


def test_page_tells_every_difference_and_the_button_sends_back(towns, people, as_):
    other = differing(towns, people)
    client = as_(people.province)
    page = client.get(url("verification", towns.plan.pk)).content.decode()
    assert "已核实 1 个，结果不一致 1 个" in page
    assert "帮扶 2分" in page
    assert "督导 1分（示例扣分原因）" in page
    answer = client.post(url("visit_mismatch", other.pk), follow=True).content.decode()
    assert "重新帮扶已列入日程" in answer
    assert "重新帮扶：" in answer
    told = client.get(reverse("plans:visit_detail", args=[other.pk])).content.decode()
    assert "结果不一致。" in told
    history = client.get(url("visit_review", other.pk)).content.decode()
    assert "结果不一致" in history


def test_page_shows_a_unit_that_nobody_helped(towns, people, as_):
    visit(towns, people, "督导")
    page = as_(people.province).get(url("verification", towns.plan.pk)).content.decode()
    assert "没有帮扶" in page


def test_neighbour_sees_neither_list_nor_visit(towns, people, as_):
    other = differing(towns, people)
    office = OrganizationFactory(
        kind=Organization.Kind.COMMITTEE_OFFICE, name="示例邻办", region=towns.county
    )
    stranger = as_(UserFactory(organization=office, role=Role.PROVINCE_STAFF))
    assert stranger.get(url("verification", towns.plan.pk)).status_code == 404
    assert stranger.post(url("visit_mismatch", other.pk)).status_code == 404
    assert as_(people.leader).post(url("visit_mismatch", other.pk)).status_code == 403


def test_round_without_help_says_so(world, as_):
    page = as_(world.province).get(url("verification", world.plan.pk)).content.decode()
    assert "本方案没有帮扶阶段。" in page


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_number_of_queries(towns, people, as_, django_assert_num_queries, count):
    for firm in range(count):
        differing(towns, people, firm)
    client = as_(people.province)
    with django_assert_num_queries(12):
        client.get(url("verification", towns.plan.pk))
