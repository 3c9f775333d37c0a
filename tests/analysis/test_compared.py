"""对比: two rounds by point, 自查 beside 督导, problems and hazards; as a recount finds them."""

import io
import re
from fractions import Fraction

import openpyxl
import pytest
from django.urls import reverse

from hazards.models import Hazard
from tests.analysis import rounds
from tests.factories import hazards, plans, self_checks, tables
from tests.factories.orgs import OrganizationFactory

PAGE, SHEETS = reverse("analysis:compared"), reverse("analysis:sheets")
UNION = "county_union"


def page(browser, plan, **query):
    return rounds.plain(
        browser.get(PAGE, {"plan": plan.pk, "kind": UNION} | query).content.decode()
    )


def turns(html):
    found = re.findall(
        r'an-point"><a [^>]*>([\d-]+)</a>.*?那一轮失分率">([^<]*)<.*?本轮失分率">([^<]*)<.*?'
        r"<b>([^<]*)</b>",
        html,
        re.S,
    )
    return {code: tuple(rest) for code, *rest in found}


def later(world):
    """The next round of the same issuer, with a team."""
    union = world.orgs["province_union"]
    plan = plans.plan(union, world.province, version=world.version, year=2018)
    return plan, plans.team(plan, world.leader, world.recorder, world.member)


def lost(plan):
    """失分率 of each point, from the raw answers."""
    rates = {}
    for code, full in (("1-1", 2), ("1-2", 3), ("2", 5), ("3", 2)):
        gained = [one.result.by_code[code] for one in rounds.recounted(plan, UNION)]
        applied = [Fraction(outcome.points) for outcome in gained if outcome]
        rates[code] = 1 - sum(applied, Fraction(0)) / (full * len(applied))
    return rates


def test_two_rounds_equal_a_recount(world, as_):
    now, team = later(world)
    for n in range(4):
        unit = OrganizationFactory(region=world.regions["county_a1"])
        rounds.stored(world, unit, rounds.MARKS[n])
        rounds.stored(world, unit, rounds.MARKS[n + 3], plan=now, team=team)
    before, after = lost(world.plan), lost(now)
    html = page(as_(world.province), now)
    told = {code: (rounds.percent(before[code]), rounds.percent(after[code])) for code in before}
    assert {code: row[:2] for code, row in turns(html).items()} == told
    changes = [after[code] - before[code] for code in turns(html)]
    assert changes == sorted(changes, reverse=True)
    assert "两轮的得分点一一对应" in html


def test_points_without_a_counterpart_are_named(world, as_):
    now, team = later(world)
    unit = OrganizationFactory(region=world.regions["county_a1"])
    rounds.stored(world, unit, rounds.MARKS[1])
    visit = tables.bind(plans.visit(now, team, unit), tables.every_rule())
    rounds.scored(world, visit, {"1": {"points": "4"}})
    html = page(as_(world.province), now)
    assert set(turns(html)) == {"2", "3"}
    assert ("第 1-1、1-2 点" in html, "第 1、4、5、6 点" in html) == (True, True)


def test_any_other_round_can_be_asked_for_but_no_foreign_one(world, as_):
    now, team = later(world)
    unit = OrganizationFactory(region=world.regions["county_a1"])
    rounds.stored(world, unit, rounds.MARKS[1])
    rounds.stored(world, unit, rounds.MARKS[3], plan=now, team=team)
    theirs = plans.plan(world.orgs["city_a_union"], world.city_a, version=world.version, year=2016)
    browser = as_(world.province)
    assert turns(page(browser, world.plan)) == {}
    assert len(turns(page(browser, world.plan, **{"with": now.pk}))) == 4
    assert turns(page(browser, world.plan, **{"with": theirs.pk})) == {}


def test_own_checks_stand_beside_what_was_found(world, as_):
    self_checks.filed(world)
    visit = self_checks.supervised(world)
    rounds.actions.confirm(visit, by=world.province)
    browser = as_(world.province)
    html = page(browser, world.plan)
    row = html[html.index("自查得分率") :]
    told = re.findall(r'data-label="[^"]*">(?:<a [^>]*>|<b>)?([^<]*)', row)
    # said 2 + 3 + 5 + 0 of 12, found 2 + 1 + 5 + 2
    assert told[:8] == ["1", "83.3%", "83.3%", "0.0", "2", "1", "1", "0"]
    address = re.search(rf'<a href="({SHEETS}\?[^"]*checked=1)">1</a>', html)[1]
    assert "1 份已确认的评分表" in browser.get(address.replace("&amp;", "&")).content.decode()


@pytest.fixture
def found(world):
    """Three problems at two points and one at none; one is fixed, two became hazards."""
    for n in range(2):
        unit = OrganizationFactory(region=world.regions["county_a1"])
        sheet = rounds.stored(world, unit, rounds.MARKS[n]).sheets.get()
        point = sheet.answers.get(criterion__code="1-2").criterion
        made = [
            sheet.findings.create(
                order=at, text="示例问题", criterion=criterion, created_by=world.leader
            )
            for at, criterion in enumerate((point, None if n else point), 1)
        ]
    made[0].fixed_on = "2017-12-20"
    made[0].save()
    sheet.findings.create(
        order=9,
        text="示例撤回的问题",
        created_by=world.leader,
        withdrawn_by=world.leader,
        withdrawn_at="2017-12-06T09:00+08:00",
    )
    struck_off, waiting = hazards.in_state(world, "closed"), hazards.reported(world)
    for hazard, finding in ((struck_off, made[0]), (waiting, made[1])):
        Hazard.objects.filter(pk=hazard.pk).update(finding=finding)
    return world


def test_problems_are_counted_by_point_with_what_became_of_them(found, as_):
    browser = as_(found.province)
    html = page(browser, found.plan)
    table = html[html.index("转为隐患</th>") :]
    rows = re.findall(r'an-point">([^<]*)</th>(.*?)</tr>', table, re.S)
    told = {
        text.strip(): re.findall(r'data-label="[^"]*">(?:<a [^>]*>)?(\d+)', rest)
        for text, rest in rows
    }
    assert told == {
        "1-2 召开了会议（3分）。": ["3", "2", "1", "1", "1"],
        "没有对应到得分点的": ["1", "1", "0", "1", "0"],
    }
    for address, count in re.findall(rf'<a href="({SHEETS}\?[^"]*finding=[^"]*)">(\d+)</a>', html):
        behind = browser.get(address.replace("&amp;", "&")).content.decode()
        assert f"{count} 份已确认的评分表" in behind


def test_what_became_of_problems_leads_to_its_sheets(found, as_):
    browser = as_(found.province)
    asked = {"plan": found.plan.pk, "kind": UNION}
    html = browser.get(PAGE, asked).content.decode()
    links = re.findall(rf'href="({SHEETS}\?[^"]*became=(\w+))">(\d+)</a>', html)
    assert sorted(outcome for _, outcome, _ in links) == ["closed", "fixed", "hazard", "hazard"]
    for address, _, count in links:
        behind = browser.get(address.replace("&amp;", "&")).content.decode()
        assert f"{count} 份已确认的评分表" in behind, address


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_any_number(world, as_, django_assert_num_queries, count):
    now, team = later(world)
    for n in range(count):
        unit = OrganizationFactory(region=world.regions["county_a1"])
        rounds.stored(world, unit, rounds.MARKS[n])
        rounds.stored(world, unit, rounds.MARKS[n], plan=now, team=team)
    browser = as_(world.province)
    page(browser, now)
    with django_assert_num_queries(10):
        page(browser, now)


def test_empty_round_says_so(world, as_):
    html = page(as_(world.province), world.plan)
    for words in ("没有另一轮", "没有报送过自查", "没有写存在问题"):
        assert words in html


def test_workbooks_have_the_rows_of_the_page(found, as_):
    browser, query = as_(found.province), {"plan": found.plan.pk, "kind": UNION}
    tables = {}
    for table in ("turns", "own", "problems"):
        answer = browser.get(reverse("reports:compared_workbook", args=[table]), query)
        content = io.BytesIO(b"".join(answer.streaming_content))
        tables[table] = [*openpyxl.load_workbook(content).active.iter_rows(values_only=True)]
    assert [len(rows) for rows in tables.values()] == [1, 1, 3]
    assert tables["problems"][1] == ("1-2", "召开了会议（3分）。", 3, 2, 1, 1, 1)
    unknown = reverse("reports:compared_workbook", args=["x"])
    assert browser.get(unknown, query).status_code == 404
