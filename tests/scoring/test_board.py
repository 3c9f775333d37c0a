"""The round board: what each state shows, what is late and by which rule, and for whom it is."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from orgs.models import User
from plans.models import Phase, Visit
from scoring.board import CITY, COUNTY, LOOKS, build, by_team, deeds, urgent_first
from scoring.owed import Pieces
from scoring.views import board as page
from tests.factories import papers, plans
from tests.factories.materials import piece
from tests.factories.orgs import EnterpriseFactory

S = Visit.Status
DAY = plans.DAY  # 5 December 2017; the plan's visits end on the 8th
URL = reverse("scoring:board")
HELPERS = Phase.Scorer.HELPERS


NAMES = {"001001": "甲市", "001002": "乙市", "001001001": "甲一县", "001002001": "乙一县"}


def made(world, *, today=DAY, level=CITY, pieces=()):
    """The board of the world's round as it stands in the database."""
    counted = page.counted(world.province.scope, world.plan, level)
    singles = page.one_by_one(world.province.scope, world.plan, deeds(counted)[0])
    crews = page.crews(world.plan)
    return build(counted, singles, pieces, plan=world.plan, crews=crews, names=NAMES, today=today)


def only(world, visit):
    """The round with this visit alone."""
    Visit.objects.exclude(pk=visit.pk).update(status=S.CANCELLED, cancelled_reason="示例")


def set_status(visit, status):
    Visit.objects.filter(pk=visit.pk).update(
        status=status,
        submitted_at="2017-12-06T10:00:00+08:00",
        submitted_by=visit.plan.created_by,
        total=1,
        content_hash="0" * 64,
    )


@pytest.mark.parametrize(
    ("status", "letter"),
    [
        (S.PLANNED, "抽"),
        (S.FILLING, "访"),
        (S.SIGNING, "填"),
        (S.SUBMITTED, "交"),
        (S.RETURNED, "退"),
        (S.CONFIRMED, "确"),
        (S.ARCHIVED, "确"),
    ],
)
def test_state_is_one_character(world, status, letter):
    only(world, world.visit)
    set_status(world.visit, status)
    [[cell]] = made(world).rows[0].groups
    assert (cell.look.letter, cell.is_county) == (letter, True)


def test_every_state_that_is_shown_has_a_look():
    # a 自查 that is filed is not the team's: the board leaves it out
    assert set(LOOKS) == set(S.values) - {S.CANCELLED, S.FILED}


def test_rows_are_cities_with_county_union_first(world):
    board = made(world)
    assert [(row.name, row.total) for row in board.rows] == [("甲市", 2), ("乙市", 1)]
    [[first, second]] = board.rows[0].groups
    assert (first.pk, second.pk) == (world.visit.pk, world.enterprise_visit.pk)
    assert board.counts == {"cities": 2, "visits": 3, "teams": 2}
    assert board.kinds == [("县级以上工会", 2), ("企业", 1)]


def test_rows_are_counties_when_asked(world):
    board = made(world, level=COUNTY)
    assert [(row.name, row.city) for row in board.rows] == [("甲一县", "甲市"), ("乙一县", "乙市")]


@pytest.mark.parametrize(
    ("status", "today", "late", "basis"),
    [
        (S.PLANNED, DAY, 0, "本组日程：12月5日"),
        (S.PLANNED, DAY + timedelta(1), 1, "本组日程：12月5日"),
        (S.FILLING, DAY + timedelta(7), 0, "方案四（四）：督导结束后1周内"),
        (S.FILLING, DAY + timedelta(9), 2, "方案四（四）：督导结束后1周内"),
        (S.RETURNED, DAY + timedelta(8), 1, "方案四（四）：督导结束后1周内"),
    ],
)
def test_late_counts_days_after_the_rule(world, status, today, late, basis):
    only(world, world.visit)
    set_status(world.visit, status)
    [[cell]] = made(world, today=today).rows[0].groups
    assert (cell.late_days, cell.due.basis) == (late, basis)


def test_visit_without_a_day_is_due_when_the_round_ends(world):
    only(world, world.visit)
    Visit.objects.filter(pk=world.visit.pk).update(visit_on=None)
    [[cell]] = made(world, today=date(2017, 12, 10)).rows[0].groups
    assert (cell.late_days, cell.due.basis) == (2, "方案一：12月8日前")


@pytest.mark.parametrize("status", [S.SUBMITTED, S.CONFIRMED])
def test_what_the_team_has_handed_in_is_never_late(world, status):
    only(world, world.visit)
    set_status(world.visit, status)
    row = made(world, today=date(2027, 1, 1)).rows[0]
    assert (row.late, row.next) == (0, None)


def test_next_step_says_what_and_who(world):
    row = made(world, today=DAY + timedelta(2)).rows[0]
    step = row.next
    assert (step.text, step.days_left, step.is_late) == ("2 家未走访", -2, True)
    assert (step.role, step.who.name, row.late) == ("组长", world.leader.name, 2)


def test_pieces_that_are_not_in_are_owed_beside_the_visits(world):
    set_status(world.visit, S.SUBMITTED)
    set_status(world.enterprise_visit, S.CONFIRMED)
    on = DAY + timedelta(days=1)
    asked = [Pieces("001001", 3, 1, on), Pieces("001001001", 2, 1, on)]
    asked += [Pieces("001002", 3, 0, on), Pieces("009", 9, 9, on)]
    one, other = made(world, pieces=asked).rows
    assert (one.pieces_in, one.pieces, one.late) == (3, 5, 0)
    assert (one.next.text, one.next.who.name) == ("资料 2 件", "示例recorder")
    assert one.next.due.basis == "方案四（四）：督导结束后1周内"
    assert (other.pieces_in, other.next.text) == (3, "1 家未走访")
    one, _ = made(world, pieces=asked, today=on + timedelta(days=2)).rows
    assert (one.late, one.next.days_over) == (2, 2)


def test_what_is_due_next_is_told_once_for_all_places(world):
    Visit.objects.filter(plan=world.plan).update(visit_on=DAY)
    asked = [Pieces("001001", 3, 2, DAY), Pieces("001002", 3, 3, DAY + timedelta(days=1))]
    items = made(world, pieces=asked).agenda
    told = [(item.step.due.on.day, item.step.text, item.places) for item in items]
    assert told == [
        (5, "3 家未走访", ["甲市", "乙市"]),
        (5, "资料 2 件", ["甲市"]),
        (6, "资料 3 件", ["乙市"]),
    ]


def test_page_tells_the_pieces_of_each_city(world, as_):
    unit = world.orgs["county_a1_union"]
    piece(world.plan, unit, by=world.member)
    html = as_(world.province).get(URL).content.decode()
    listed = reverse("materials:material_list", args=[world.plan.pk])
    assert (
        f'<a href="{listed}#p001001"><span class="visually-hidden">甲市督导资料 </span>1</a>'
        in html
    )


def test_urgent_rows_come_first(world):
    for visit in (world.visit, world.enterprise_visit):
        set_status(visit, S.SUBMITTED)
    rows = made(world).rows
    assert [row.name for row in urgent_first(rows)] == ["乙市", "甲市"]
    assert [row.name for row in by_team(rows)] == ["甲市", "乙市"]


@pytest.fixture
def helped(world):
    """Two enterprises of 甲一县 are helped, by the other team; one of them is supervised too."""
    phase = world.plan.phases.create(
        order=2, name="帮扶", scorer=HELPERS, starts_on=plans.FIRST, ends_on=plans.LAST
    )
    again = EnterpriseFactory(region=world.regions["county_a1"])
    for target, day in ((again, plans.FIRST), (world.orgs["enterprise_a1"], DAY)):
        visit = Visit.objects.get(pk=world.enterprise_visit.pk)
        visit.pk, visit.phase, visit.team = None, phase, world.other_team
        visit.target, visit.visit_on = target, day
        visit._state.adding = True
        visit.save()


@time_machine.travel("2017-12-05 09:00+08:00")
def test_supervision_is_counted_without_help(world, as_, helped):
    page = as_(world.province).get(URL)
    board = page.context["board"]
    assert board.counts == {"cities": 2, "visits": 3, "teams": 2}
    assert (
        "县级以上工会 2 家、企业 1 家，共 3 次督导；2 个督导组。这里只计督导。"
        in page.content.decode()
    )
    assert [(row.name, row.late) for row in board.rows] == [("甲市", 0), ("乙市", 0)]


@time_machine.travel("2017-12-05 09:00+08:00")
def test_help_has_a_board_of_its_own(world, as_, helped):
    browser = as_(world.province)
    page = browser.get(URL, {"deed": HELPERS})
    html = page.content.decode()
    assert "共 2 次帮扶；1 个督导组。这里只计帮扶。" in html
    [row] = page.context["board"].rows
    assert (row.name, row.total, row.late, html.count('<a class="dk-v ')) == ("甲市", 2, 1, 2)
    link = f"{reverse('scoring:review_list')}?plan={world.plan.pk}&amp;status=planned"
    assert f'{link}&amp;scorer={HELPERS}"' in html
    listed = browser.get(f"{link}&scorer={HELPERS}".replace("&amp;", "&")).content.decode()
    assert listed.count('<th scope="row">') == listed.count("<b>帮扶</b>") == 2


def test_round_without_help_says_nothing_of_it(world, as_):
    html = as_(world.province).get(URL, {"deed": HELPERS}).content.decode()
    assert "共 3 次督导" in html
    assert "这里只计" not in html


@pytest.mark.parametrize("count", [1, 3])
@time_machine.travel("2017-12-07 09:00+08:00")
def test_page_costs_the_same_for_any_number(world, as_, django_assert_num_queries, count):
    for _ in range(count):
        unit = EnterpriseFactory(region=world.regions["county_a1"])
        plans.visit(world.plan, world.team, unit)
    browser = as_(world.province)
    browser.get(URL)
    with django_assert_num_queries(12):
        html = browser.get(URL).content.decode()
    assert html.count('<a class="dk-v ') == 3 + count
    assert "逾期 2 天" in html


@time_machine.travel("2017-12-07 09:00+08:00")
def test_a_large_round_shows_numbers_that_lead_to_the_list(world, as_, monkeypatch):
    monkeypatch.setattr(page, "SQUARES", 2)
    monkeypatch.setattr(page, "PIECED", 2)
    set_status(world.enterprise_visit, S.SUBMITTED)
    browser = as_(world.province)
    html = browser.get(URL).content.decode()
    assert html.count('<a class="dk-v ') == 0
    assert "督导资料不计在内" in html
    link = (
        f"{reverse('scoring:review_list')}?plan={world.plan.pk}&amp;city=001001&amp;status=planned"
    )
    assert f'<a class="rv-tally" href="{link}">' in html
    assert 'data-label="逾期"><b class="t-danger">1</b>' in html
    listed = browser.get(link.replace("&amp;", "&")).content.decode()
    assert listed.count('<th scope="row">') == 1


@time_machine.travel("2017-12-07 09:00+08:00")
def test_open_page_asks_again_and_is_told_only_what_changed(world, as_):
    browser = as_(world.province)
    html = browser.get(URL).content.decode()
    stamp = re.search(r'"If-None-Match": "\W+(\w+)', html)[1]
    asked = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "board"}
    asked["HTTP_IF_NONE_MATCH"] = f'"{stamp}"'
    same = browser.get(URL, **asked)
    assert (same.status_code, same.content) == (304, b"")
    set_status(world.enterprise_visit, S.SUBMITTED)
    changed = browser.get(URL, **asked)
    told = changed.content.decode()
    assert (changed.status_code, told.count('id="board"'), "<html" in told) == (200, 1, False)
    assert told.split('<div id="board"')[1].count('<a class="dk-v ') == 3
    assert stamp not in told


@time_machine.travel("2017-12-07 09:00+08:00")
def test_number_of_late_visits_and_whom_to_call(world, as_):
    only(world, world.visit)
    User.objects.filter(pk=world.leader.pk).update(phone="13800000001")
    html = as_(world.province).get(URL).content.decode()
    assert '<b class="t-danger">1</b><small>过了期限</small>' in html
    assert '<a href="tel:13800000001">' in html


def test_county_rows_of_one_city_and_no_more_than_a_page_of_them(world, as_, monkeypatch):
    browser = as_(world.province)
    html = browser.get(URL, {"by": "county", "city": "001002"}).content.decode()
    assert (html.count('<th scope="row"'), "乙市各县（市、区）进度" in html) == (1, True)
    assert (
        f"?plan={world.plan.pk}&amp;by=county&amp;city=001002" in browser.get(URL).content.decode()
    )
    monkeypatch.setattr(page, "ROWS", 1)
    monkeypatch.setattr(page, "FIRST", 1)
    html = browser.get(URL, {"by": "county"}).content.decode()
    assert (html.count('<th scope="row"'), "还有 1 行" in html) == (1, True)
    html = browser.get(URL, {"by": "county", "rows": "all"}).content.decode()
    assert (html.count('<th scope="row"'), "还有" in html) == (2, False)


def test_page_by_county_and_by_team(world, as_):
    html = as_(world.province).get(URL, {"by": "county", "sort": "team"}).content.decode()
    assert html.index("甲一县</a><small>甲市") < html.index("乙一县</a><small>乙市")


def test_counts_lead_to_lists_of_the_same_length(world, as_):
    papers.submitted(world)
    browser = as_(world.province)
    html = browser.get(URL).content.decode()
    link = f"{reverse('scoring:review_list')}?plan={world.plan.pk}&amp;status=submitted"
    assert link in html
    listed = browser.get(link.replace("&amp;", "&")).content.decode()
    assert listed.count('<th scope="row">') == 1


def test_page_is_for_the_issuer_only(world, as_):
    statuses = {name: as_(user).get(URL).status_code for name, user in world.people.items()}
    assert {name for name, status in statuses.items() if status == 200} == {"province", "province2"}


def test_another_issuers_plan_does_not_exist(world, as_):
    other = plans.plan(world.orgs["city_b_union"], world.city_b, version=world.version)
    assert as_(world.province).get(URL, {"plan": other.pk}).status_code == 404
    assert as_(world.province).get(URL, {"plan": "x"}).status_code == 404


def test_page_without_a_plan_says_so(world, as_):
    world.plan.visits.all().delete()
    type(world.plan).objects.filter(pk=world.plan.pk).update(status="draft")
    assert "还没有发布的督导方案" in as_(world.province).get(URL).content.decode()


def test_units_of_another_kind_are_named_as_they_are(world, as_):
    Visit.objects.update(target_kind="medical_unit")
    html = as_(world.province).get(URL).content.decode()
    assert "医疗卫生单位 3 家，共 3 次督导" in html
    assert "圆格为县级以上工会" not in html
