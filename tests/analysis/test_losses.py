"""失分率: every number is what a recount from the raw answers finds."""

import io
import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from hashlib import md5

import openpyxl
import pytest
from django.urls import reverse

from analysis.losses import Loss
from rubrics.models import Criterion
from tests.analysis import rounds
from tests.factories import plans, rubrics, tables
from tests.factories.orgs import OrganizationFactory

PAGE, SHEETS = reverse("analysis:losses"), reverse("analysis:sheets")
FIRM = "enterprise_union"
SECTIONS = {"动员部署": ("1-1", "1-2"), "氛围营造": ("2", "3")}


def page(browser, world, **query):
    return rounds.plain(
        browser.get(PAGE, {"plan": world.plan.pk, "kind": FIRM} | query).content.decode()
    )


def recount(found):
    """By point: (份数 that apply, sheets that lost, excused, worth, lost), from raw answers."""
    worth = dict(Criterion.objects.values_list("code", "points"))
    made = {code: [0, 0, 0, Fraction(0), Fraction(0)] for code in ("1-1", "1-2", "2", "3")}
    for one in found:
        for code, outcome in one.result.by_code.items():
            row = made[code]
            if outcome is None:
                row[2] += 1
                continue
            lost = Fraction(worth[code]) - Fraction(outcome.points)
            row[0] += 1
            row[1] += lost > 0
            row[3] += Fraction(worth[code])
            row[4] += lost
    return made


def together(counts, codes):
    worth = sum(counts[code][3] for code in codes)
    lost = sum(counts[code][4] for code in codes)
    return rounds.percent(lost / worth)


def points(html):
    """(失分率, 失分份数, 不适用) of each point of the long table."""
    table = html[html.index("an-losses") :]
    found = re.findall(
        r'class="an-point"><a [^>]*>([\d-]+)</a>.*?data-label="失分率">([^<]*)<.*?'
        r'data-label="失分份数">(?:<a [^>]*>)?(\d+).*?data-label="不适用">(?:<a [^>]*>)?(\d+)',
        table,
        re.S,
    )
    return {code: rest for code, *rest in found}


def test_points_sections_and_whole_equal_a_recount(world, as_):
    rounds.held(world)
    rounds.corrected(world)
    counts = recount(rounds.recounted(world.plan, FIRM))
    html = page(as_(world.province), world)
    assert points(html) == {
        code: [rounds.percent(lost / worth), str(short), str(excused)]
        for code, (_, short, excused, worth, lost) in counts.items()
    }
    for name, codes in SECTIONS.items():
        told = re.search(rf'colspan="2">{name}</th><td[^>]*><b>([^<]*)<', html)[1]
        assert told == together(counts, codes)
    assert re.search(r'dk-sumline"><div><b><a [^>]*>([^<]*)<', html)[1] == together(counts, counts)


def test_heat_map_equals_a_recount_by_place(world, as_):
    rounds.held(world)
    html = page(as_(world.province), world)
    found = rounds.by(lambda visit: visit.place[:6], rounds.recounted(world.plan, FIRM))
    counts = {path: recount(some) for path, some in found.items()}
    lines = re.findall(r'<tr><th scope="row" title="([^"]*)">.*?</tr>', html, re.S)
    assert len(lines) == 4
    cells = dict(
        re.findall(r'title="([^"]*?)：失分率[^"]*" data-value="([^"]*)"', html),
    )
    for path, name in (("001001", "甲市"), ("001002", "乙市")):
        expected = [("全部", counts[path]), ("1", ["1-1", "1-2"]), ("2", ["2"]), ("3", ["3"])]
        for label, codes in expected:
            assert cells[f"{name} {label}"] == together(counts[path], codes)


def digest(text):
    """What decides between reasons that were given as often."""
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def test_worst_points_come_first_with_their_most_given_reasons(world, as_):
    rounds.held(world)
    found = rounds.recounted(world.plan, FIRM)
    counts = recount(found)
    rates = {code: lost / worth for code, (*_, worth, lost) in counts.items()}
    html = page(as_(world.province), world)
    table = html[html.index("an-worst") : html.index("</table>", html.index("an-worst"))]
    told = re.findall(r'<th scope="row"><a [^>]*>([\d-]+)<', table)
    assert told == sorted(rates, key=lambda code: (-rates[code], -counts[code][4]))
    rows = dict(zip(told, table.split('<th scope="row">')[1:], strict=True))
    for code, row in rows.items():
        given = Counter(
            answer.reason
            for one in found
            for answer in one.visit.sheets.get().answers.filter(criterion__code=code)
            if answer.points is not None and answer.points < answer.criterion.points
        )
        expected = sorted(given.items(), key=lambda pair: (-pair[1], digest(pair[0])))[:3]
        shown = re.findall(r'an-reason">(.*?) <a [^>]*>(\d+) 份', row)
        assert shown == [(text, str(n)) for text, n in expected]


def test_every_number_leads_to_as_many_sheets(world, as_):
    rounds.held(world)
    browser = as_(world.province)
    number = rf'(?<!"row">)(?<!"an-point">)<a href="({SHEETS}\?[^"]*)">(\d+)(?: 份)?</a>'
    links = set(re.findall(number, page(browser, world)))
    assert len(links) > 8
    for address, told in links:
        found = browser.get(address.replace("&amp;", "&")).content.decode()
        assert f"{told} 份已确认的评分表" in found, address
        assert found.count('<th scope="row">') == int(told)


def test_points_of_a_group_are_no_loss_of_their_own(world, as_):
    """加分 and 只取最高一项: who has none of it has lost nothing."""
    version = tables.every_rule()
    unit = OrganizationFactory(region=world.regions["county_a1"])
    visit = plans.visit(world.plan, world.team, unit)
    tables.bind(visit, version)
    rounds.scored(world, visit, {"1": {"points": "4"}})
    html = page(as_(world.province), world, kind="county_union")
    codes = set(re.findall(r'class="an-point"><a [^>]*>([\d-]+)</a>', html))
    assert codes == {"1", "2", "3", "4", "5", "6"}
    assert "第 10、11、8、9 点加分或只取一部分" in html


def test_versions_are_counted_apart(world, as_):
    rounds.held(world, 2)
    other = rubrics.small_version(FIRM, number=2)
    firm = rounds.EnterpriseFactory(region=world.regions["county_a1"])
    visit = tables.bind(plans.visit(world.plan, world.team, firm), other)
    rounds.scored(world, visit, rounds.inputs(rounds.MARKS[3]))
    browser = as_(world.province)
    assert "全部失分率，2 份" in page(browser, world)
    html = page(browser, world, version=other.pk)
    assert ("全部失分率，1 份" in html, points(html)["1-1"]) == (True, ["100.0%", "1", "0"])


def test_another_issuers_sheets_are_not_counted(world, as_):
    rounds.held(world, 2)
    before = points(page(as_(world.province), world))
    theirs = plans.plan(world.orgs["city_a_union"], world.city_a, version=world.version, year=2018)
    team = plans.team(theirs, world.other_leader, world.other_recorder)
    rounds.stored(world, world.orgs["enterprise_a1"], rounds.MARKS[3], plan=theirs, team=team)
    assert points(page(as_(world.province), world)) == before
    assert "还没有可以统计的结果" in page(as_(world.province), world, plan=theirs.pk)


def test_workbook_has_every_point_and_place(world, as_):
    rounds.held(world)
    counts = recount(rounds.recounted(world.plan, FIRM))
    query = {"plan": world.plan.pk, "kind": FIRM}
    answer = as_(world.province).get(reverse("reports:loss_workbook"), query)
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    head, *body = sheet.iter_rows(values_only=True)
    assert head[-2:] == ("甲市", "乙市")
    told = {row[2]: (row[6], row[7], Decimal(str(row[8])), Decimal(str(row[9]))) for row in body}
    assert told == {
        code: (excused, short, Decimal(str(float(worth))), Decimal(str(float(lost))))
        for code, (_, short, excused, worth, lost) in counts.items()
    }


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_any_number(world, as_, django_assert_num_queries, count):
    """From the second city on there is a heat map."""
    rounds.held(world, count + 1)  # the first has lost nothing
    browser = as_(world.province)
    page(browser, world)
    with django_assert_num_queries(10):
        page(browser, world)


@pytest.mark.parametrize(
    ("lost", "step", "whole"),
    [(0, 0, "0"), (499, 0, "5"), (500, 1, "5"), (1500, 2, "15"), (2500, 3, "25"), (5000, 5, "50")],
)
def test_steps_begin_with_their_number(lost, step, whole):
    loss = Loss(1, 0, 1, 10_000, lost)
    assert (loss.step, loss.whole) == (step, whole)


def test_what_applied_to_nobody_has_no_rate():
    assert (Loss(3, 3).percent, Loss(3, 3).whole, Loss(3, 3).step) == ("—", "—", 0)
