"""One move for many papers: what is listed before, what is done, what is left, and why."""

import re

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from audit.verify import verify_all
from plans.models import Plan, Visit
from rubrics.models import Criterion
from scoring import actions, bulk, comments
from scoring.bulk import Seen
from tests.factories import papers, plans

S = Visit.Status
PREVIEW = reverse("scoring:review_bulk")
LIST = reverse("scoring:review_list")


def send(browser, name, *visits, **typed):
    data = {"paper": [str(Seen.of(visit)) for visit in visits]} | typed
    return browser.post(reverse(f"scoring:bulk_{name}"), data)


def ask(browser, name, **query):
    """The papers that the page would send, and the reasons beside the others."""
    html = browser.get(PREVIEW, {"move": name} | query).content.decode()
    return (
        [Seen.read(text).pk for text in re.findall(r'name="paper" value="([^"]*)"', html)],
        re.findall(r'data-label="为什么">([^<]*)<', html),
    )


def states(*visits):
    found = dict(Visit.objects.values_list("pk", "status"))
    return [found[visit.pk] for visit in visits]


@pytest.fixture
def three(world):
    """Papers of three units: two submitted; one too, with a remark nobody settled."""
    third = plans.visit(world.plan, world.other_team, world.orgs["county_a2_union"])
    found = [papers.submitted(world, v) for v in (world.visit, world.enterprise_visit, third)]
    sheet = actions.present(third)
    point = Criterion.objects.get(item__section__version=third.version_id, code="1-2")
    comments.add(sheet, by=world.province, text="请核对佐证。", criterion=point)
    return found


def test_page_before_says_what_will_happen_and_what_not(world, as_, three):
    one, two, remarked = three
    returned = papers.submitted(world, world.other_visit)
    actions.return_visit(returned, by=world.province, note="示例")
    one.team.members.create(user=world.province2, role="member")
    picks = {"pick": [one.pk, remarked.pk, returned.pk, 999999]}
    assert ask(as_(world.province), "confirm", **picks) == (
        [one.pk],
        ["还有 1 条意见未了结。", "现在是“已退回”，不能确认。"],
    )
    assert ask(as_(world.province2), "confirm", **picks) == (
        [],
        [
            "您是这个督导组的成员，须由其他人员确认。",
            "还有 1 条意见未了结。",
            "现在是“已退回”，不能确认。",
        ],
    )
    assert ask(as_(world.province), "return", all=1)[0] == [one.pk, two.pk, remarked.pk]
    assert ask(as_(world.province), "return", all=1, kind="enterprise_union")[0] == [two.pk]
    assert ask(as_(world.province), "release", **picks)[0] == []
    assert states(*three) == [S.SUBMITTED] * 3


def test_confirmed_in_bulk_each_with_its_event_and_once(world, as_, three):
    browser = as_(world.province)
    done = send(browser, "confirm", *three).content.decode()
    assert "已确认 2 份；1 份没有办成" in done
    assert "还有 1 条意见未了结。" in done
    assert states(*three) == [S.CONFIRMED, S.CONFIRMED, S.SUBMITTED]
    events = AuditEvent.objects.filter(action="visit.confirm")
    assert (events.count(), verify_all()) == (2, [])
    again = send(browser, "confirm", *three).content.decode()
    assert "已确认 0 份；2 份您先前已办过；1 份没有办成" in again
    assert events.count() == 2
    other = send(as_(world.province2), "confirm", *three[:2]).content.decode()
    assert "已确认 0 份；2 份没有办成" in other
    assert "状态已被他人更新" in other


def test_release_in_bulk_reaches_the_units(world, as_, three):
    for visit in three[:2]:
        actions.confirm(visit, by=world.province)
    assert "已下发 2 份。" in send(as_(world.province), "release", *three[:2]).content.decode()
    assert Visit.objects.visible_to(world.county_a1).count() == 2
    seen = [str(Seen.of(visit)) for visit in three[:2]]
    assert bulk.press("release", map(Seen.read, seen), by=world.province).done == []


def test_return_in_bulk_asks_for_the_reason_and_keeps_it_everywhere(world, as_, three):
    browser = as_(world.province)
    refused = send(browser, "return", *three, note="  ")
    assert (refused.status_code, states(*three)) == (422, [S.SUBMITTED] * 3)
    html = refused.content.decode()
    assert ("退回须写明理由。" in html, html.count('name="paper"')) == (True, 3)
    send(browser, "return", *three, note="请补佐证")
    assert states(*three) == [S.RETURNED] * 3
    notes = [visit.events.latest("pk").note for visit in three]
    assert notes == ["请补佐证"] * 3
    again = send(browser, "return", *three, note="请补佐证").content.decode()
    assert "已退回 0 份；3 份您先前已办过。" in again


def test_paper_that_moved_on_stays_and_the_others_go(world, as_, three):
    seen = [Seen.of(visit) for visit in three[:2]]
    actions.return_visit(three[0], by=world.province2, note="示例")
    outcome = bulk.press("confirm", seen, by=world.province)
    assert [str(visit) for visit in outcome.done] == [str(three[1])]
    assert [(str(v), "已被他人更新" in why) for v, why in outcome.left] == [(str(three[0]), True)]


def test_two_reviewers_are_kept_apart_in_bulk(world, as_, three):
    Plan.objects.filter(pk=world.plan.pk).update(four_eyes=True)
    browser, one = as_(world.province), three[0]
    assert 'value="vet"' in browser.get(LIST).content.decode()
    assert ask(browser, "confirm", pick=[one.pk])[1] == [
        "本方案要求两人审核：先由一人初审，再由另一人确认。"
    ]
    assert "已初审 1 份" in send(browser, "vet", one).content.decode()
    one.refresh_from_db()
    assert ask(browser, "confirm", pick=[one.pk])[1] == ["这一稿是您初审的，须由另一人确认。"]
    assert "已确认 1 份" in send(as_(world.province2), "confirm", one).content.decode()


def test_papers_of_other_issuers_are_no_ones_to_move(world, as_, three):
    Plan.objects.filter(pk=world.plan.pk).update(issuer=world.orgs["city_b_union"])
    assert ask(as_(world.province), "confirm", pick=[v.pk for v in three]) == ([], [])
    assert "已确认 0 份。" in send(as_(world.province), "confirm", *three).content.decode()
    assert states(*three) == [S.SUBMITTED] * 3


@pytest.mark.parametrize(
    "paper",
    ["", "1", "1.1.nowhere.0", "x.1.submitted.0", f"{'9' * 30}.1.submitted.0", "1.1.submitted.0.0"],
)
def test_forged_papers_are_not_found(world, as_, paper):
    answer = as_(world.province).post(reverse("scoring:bulk_confirm"), {"paper": paper})
    assert answer.status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_before_costs_the_same_for_any_number(
    world, as_, three, django_assert_num_queries, count
):
    browser = as_(world.province)
    picks = {"move": "confirm", "pick": [visit.pk for visit in three[-count:]]}
    browser.get(PREVIEW, picks)
    with django_assert_num_queries(5):
        browser.get(PREVIEW, picks)


def test_list_offers_the_boxes_where_something_can_be_done(world, as_, three):
    browser = as_(world.province)
    html = browser.get(LIST).content.decode()
    assert (html.count('name="pick"'), 'value="vet"' in html) == (3, False)
    assert re.findall(r'name="move" value="(\w+)"', html) == ["confirm", "return"]
    assert 'name="pick"' not in browser.get(LIST, {"status": "all"}).content.decode()
