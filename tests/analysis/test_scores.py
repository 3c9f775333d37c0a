"""得分率 and 排名: every number is what a recount from the raw answers finds."""

import io
import re
import statistics
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from django.http import QueryDict
from django.urls import reverse

from analysis import drawing, shares
from analysis.scores import SIZES, Sums
from analysis.spread import at
from orgs.models import Organization
from plans.models import Visit
from scoring import actions, standings
from tests.analysis import rounds
from tests.factories import plans
from tests.factories.orgs import EnterpriseFactory

PAGE, SHEETS = reverse("analysis:scores"), reverse("analysis:sheets")
FIRM = "enterprise_union"
KEYS = {
    "place": lambda visit: visit.place[:6],
    "below": lambda visit: visit.place[:9],
    "industry": lambda visit: visit.target.industry,
    "size": lambda visit: visit.target.size,
}
PLACES = {"001001": "甲市", "001002": "乙市", "001001001": "甲一县", "001001002": "甲二县"}
PLACES |= {"001002001": "乙一县"}
INDUSTRIES = dict(Organization.Industry.choices)
EDGES = ["0", "0.049999", "0.05", "0.9", "0.949999", "1", "1.1"]  # on both sides of ends


def named(by, key):
    names = {"industry": INDUSTRIES, "size": SIZES}.get(by, PLACES)
    return names.get(key, "未登记")


def page(browser, world, **query):
    return rounds.plain(
        browser.get(PAGE, {"plan": world.plan.pk, "kind": FIRM} | query).content.decode()
    )


def rows(html):
    """(名次, name, 份数, 得分率, 平均总得分) of each row."""
    found = re.findall(
        r'data-label="名次">(\d+)( <span class="dk-tag">并列</span>)?</td><th scope="row"><a '
        r'href="[^"]*">([^<]*)</a>.*?data-label="份数"><a [^>]*>(\d+)</a>.*?'
        r'data-label="得分率">([^<]*)<.*?data-label="平均总得分">([^<]*)<',
        html,
        re.S,
    )
    return [(p + (" 并列" if tied else ""), *rest) for p, tied, *rest in found]


def test_rankings_equal_a_recount(world, as_):
    rounds.held(world)
    rounds.corrected(world)
    browser, found = as_(world.province), rounds.recounted(world.plan, FIRM)
    for by, key in KEYS.items():
        is_ranked_as_recounted(page(browser, world, by=by), by, rounds.by(key, found))


def is_ranked_as_recounted(html, by, groups):
    expected = set()
    for key, place, sheets in rounds.ranking(groups):
        _, rate, total = rounds.means(groups[key])
        told = f"{float(total):.2f}", rounds.percent(rate)
        expected.add((place, named(by, key), str(sheets), told[1], told[0]))
    found = rows(html)
    assert set(found) == expected
    assert [int(row[0].split()[0]) for row in found] == sorted(
        int(row[0].split()[0]) for row in found
    )


@pytest.mark.parametrize("kind", [FIRM, "county_union"])
def test_whole_round_equals_a_recount(world, as_, kind):
    rounds.held(world)
    found = rounds.recounted(world.plan, kind)
    count, rate, _ = rounds.means(found)
    html = page(as_(world.province), world, kind=kind)
    assert f"{count} 份已确认的结果" in html
    assert re.search(r'dk-sumline"><div><b><a [^>]*>([^<]*)<', html)[1] == rounds.percent(rate)
    middle = statistics.median(one.rate for one in found)
    assert f"中位数 {rounds.percent(middle)}" in html


def test_spread_equals_a_recount(world, as_):
    rounds.held(world)
    expected = {}
    for one in rounds.recounted(world.plan, FIRM):
        low = min(int(one.rate * 20), 19) * 5
        expected[f"{low}–{low + 5}"] = expected.get(f"{low}–{low + 5}", 0) + 1
    html = page(as_(world.province), world)
    table = html[html.index("得分率（%）") :]
    told = re.findall(r'<th scope="row">([^<]*)</th><td class="dk-num">(?:<a [^>]*>)?(\d+)', table)
    assert {label: int(n) for label, n in told if n != "0"} == expected
    drawn = [int(n) for n in re.findall(r'<rect class="b1"[^>]*data-value="(\d+)"', html)]
    assert drawn == [int(n) for _, n in told]


@pytest.mark.parametrize("rates", [EDGES, EDGES[:-1], EDGES[:1], ["0.45", "0.55"], ["-0.2", "0.3"]])
def test_bins_are_closed_below_and_the_median_is_of_single_sheets(world, as_, rates):
    for n, rate in enumerate(rates):
        firm = rounds.EnterpriseFactory(name=f"示例{n}厂", region=world.regions["county_a1"])
        visit = rounds.stored(world, firm, rounds.MARKS[0])
        Visit.objects.filter(pk=visit.pk).update(rate=rate)
    html = page(as_(world.province), world)
    expected = [max(0, min(int(Decimal(rate) * 20) * 5, 95)) for rate in rates]
    told = re.findall(r'<th scope="row">(\d+)–\d+</th><td class="dk-num"><a [^>]*>(\d+)', html)
    assert {int(low): int(n) for low, n in told} == Counter(expected)
    assert f"中位数 {rounds.percent(statistics.median(map(Fraction, rates)))}" in html


def test_every_number_leads_to_as_many_sheets(world, as_):
    rounds.held(world)
    browser = as_(world.province)
    html = "".join(page(browser, world, by=by) for by in KEYS)
    links = set(re.findall(rf'<a href="({SHEETS}\?[^"]*)">(\d+)</a>', html))
    assert len(links) > 12
    for address, told in links:
        found = browser.get(address.replace("&amp;", "&")).content.decode()
        assert f"{told} 份已确认的评分表" in found
        assert found.count('<th scope="row">') == int(told)


def test_units_of_a_city_itself_stand_beside_its_counties(world, as_):
    """Their number leads to them, not to all of the city; board and filter tell them too."""
    rounds.held(world)
    rounds.stored(world, EnterpriseFactory(region=world.regions["city_a"]), rounds.MARKS[0])
    standings.recount()
    browser = as_(world.province)
    html = page(browser, world, city="001001") + page(browser, world, by="below")
    own = [row for row in rows(html) if row[1] == "甲市本级"]
    assert [row[2] for row in own] == ["1", "1"]
    links = set(re.findall(rf'<a href="({SHEETS}\?[^"]*)">(\d+)</a>', html))
    for address, told in links:
        found = browser.get(address.replace("&amp;", "&")).content.decode()
        assert found.count('<th scope="row">') == int(told)
    assert "1 份已确认的结果" in page(browser, world, county="001001")
    board = browser.get(reverse("scoring:board"), {"by": "county"}).content.decode()
    [listed] = re.findall(r'href="([^"]*)">甲市本级</a><small>甲市</small>', board)
    assert len(browser.get(listed.replace("&amp;", "&")).context["page"]) == 1


@pytest.mark.once
def test_points_of_a_city_itself_are_added_up_alone(world, as_):
    rounds.held(world)
    firm = EnterpriseFactory(region=world.regions["city_a"])
    rounds.stored(world, firm, ("0", "1", 1, 1))
    standings.recount()
    asked = {"plan": world.plan.pk, "kind": FIRM, "county": "001001"}
    found = as_(world.province).get(reverse("analysis:losses"), asked).context["found"]
    assert [(part.code, part.loss.sheets, part.loss.points) for part in found.points] == [
        ("1-1", 1, "2"),
        ("1-2", 1, "2"),
        ("2", 1, "2"),
        ("3", 1, "1"),
    ]


def test_bars_are_as_long_as_their_rates(world, as_):
    rounds.held(world)
    html = page(as_(world.province), world)
    bars = re.findall(r'data-value="([\d.]+)%"><rect [^>]*/><rect [^>]*width="([\d.]+)"', html)
    assert bars
    assert all(abs(float(width) / 2 - float(rate)) < 0.1 for rate, width in bars)


def test_a_place_narrows_everything_and_goes_one_level_down(world, as_):
    rounds.held(world)
    html = page(as_(world.province), world, city="001001")
    assert {row[1] for row in rows(html)} == {"甲一县", "甲二县"}
    found = [one for one in rounds.recounted(world.plan, FIRM) if one.visit.place < "001002"]
    assert f"{len(found)} 份已确认的结果" in html


def test_equal_groups_share_a_rank_and_the_next_is_skipped(world, as_):
    for key, marks in (("a1", 0), ("a2", 0), ("b1", 1)):
        unit = rounds.OrganizationFactory(region=world.regions[f"county_{key}"])
        rounds.stored(world, unit, rounds.MARKS[marks])
    html = page(as_(world.province), world, kind="county_union", by="below")
    assert [row[:2] for row in rows(html)] == [
        ("1 并列", "甲一县"),
        ("1 并列", "甲二县"),
        ("3", "乙一县"),
    ]
    assert "最高：甲一县、甲二县" in html


def test_what_is_not_confirmed_is_not_counted_and_named(world, as_):
    rounds.held(world)
    assert "未确认 2 份，各点都不适用 0 份" in page(as_(world.province), world)


def test_a_correction_takes_a_sheet_out_until_it_is_confirmed_again(world, as_):
    rounds.held(world, 2)
    visit = rounds.corrected(world)
    browser = as_(world.province)
    assert "3 份已确认的结果" in page(browser, world)
    actions.correct(visit, by=world.province, reason="示例更正")
    assert "2 份已确认的结果" in page(browser, world)


def test_another_issuers_round_is_neither_offered_nor_counted(world, as_):
    union, title = world.orgs["city_a_union"], "甲市示例自己的一轮"
    theirs = plans.plan(union, world.city_a, version=world.version, year=2018, title=title)
    team = plans.team(theirs, world.other_leader, world.other_recorder)
    rounds.stored(world, world.orgs["enterprise_a1"], rounds.MARKS[0], plan=theirs, team=team)
    browser = as_(world.province)
    html = page(browser, world, plan=theirs.pk)
    assert (rows(html), title in html) == ([], False)
    assert browser.get(SHEETS, {"plan": theirs.pk, "kind": FIRM}).status_code == 404


def test_the_round_before_is_compared_by_group(world, as_):
    world.visit.delete()
    union = world.orgs["county_a1_union"]
    rounds.stored(world, union, rounds.MARKS[0])
    later = plans.plan(
        world.orgs["province_union"], world.province, version=world.version, year=2018
    )
    team = plans.team(later, world.leader, world.recorder, world.member)
    rounds.stored(world, union, rounds.MARKS[5], plan=later, team=team)
    html = page(as_(world.province), world, plan=later.pk, kind="county_union")
    assert re.search(r'data-label="比上轮">([^<]*)<', html)[1] == "−66.7"
    assert "比上轮" not in page(as_(world.province), world, kind="county_union")


@pytest.mark.parametrize(
    "query",
    [{}, {"plan": "x"}, {"place": "1"}, {"industry": "示例"}, {"low": "-1"}, {"size": "x"}],
)
def test_an_address_that_nothing_was_counted_by_does_not_exist(world, as_, query):
    full = {"plan": world.plan.pk} | query if query else query
    assert as_(world.province).get(SHEETS, full).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_for_any_number(world, as_, django_assert_num_queries, count):
    rounds.held(world, count)
    browser = as_(world.province)
    query = {"plan": world.plan.pk, "kind": FIRM}
    browser.get(PAGE, query)
    browser.get(SHEETS, query)
    with django_assert_num_queries(8):
        browser.get(PAGE, query)
    with django_assert_num_queries(6):
        browser.get(SHEETS, query)


def test_empty_round_says_when_there_will_be_numbers(world, as_):
    assert "还没有可以统计的结果" in page(as_(world.province), world)


def test_workbook_has_every_row_of_the_page_as_numbers(world, as_):
    rounds.held(world)
    browser = as_(world.province)
    query = QueryDict(f"plan={world.plan.pk}&kind={FIRM}&by=below")
    answer = browser.get(reverse("reports:score_workbook"), query.dict())
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    head, *body = sheet.iter_rows(values_only=True)
    assert head[:6] == ("名次", "并列", "县（市、区）", "份数", "平均得分率", "平均总得分")
    told = [
        (f"{row[0]}{' 并列' if row[1] else ''}", row[2], str(row[3]), shares.percent(_six(row[4])))
        for row in body
    ]
    assert told == [row[:4] for row in rows(page(browser, world, by="below"))]


def _six(value):
    return Decimal(str(value)).quantize(Decimal("0.000001"))


# ── pure


def test_positions_beyond_the_end_have_no_value():
    assert [at([(5, 2), (7, 1)], n) for n in range(4)] == [5, 5, 7, None]


@pytest.mark.parametrize("counts", [(1, 3, 3), (999_999, 999_998, 999_997), (7, 7, 7)])
def test_means_share_a_score_only_where_they_are_equal(counts):
    """Of as many sheets as a round can have, however close they are."""
    sums = [Sums(n, 2 * n // 3, n) for n in counts] + [Sums(3, 2, 3), Sums(6, 4, 6)]
    for one in sums:
        for other in sums:
            by_score = (one.score > other.score) - (one.score < other.score)
            means = (one.rate, one.total), (other.rate, other.total)
            assert by_score == (means[0] > means[1]) - (means[0] < means[1])


@pytest.mark.parametrize(
    ("value", "told"),
    [("7765/10000", "77.7%"), ("77649/100000", "77.6%"), ("1", "100.0%"), ("2/3", "66.7%")],
)
def test_rates_are_told_rounded_half_up(value, told):
    assert shares.percent(Fraction(value)) == told


def test_sums_of_a_binary_database_come_back_to_their_places():
    drifted = Decimal(repr(sum([0.1] * 10)))
    assert shares.exact(drifted, shares.RATE) == 1


@pytest.mark.parametrize("value", [0, 1, 3, 7, 20, 21, 99, 12_000])
def test_columns_stay_in_the_picture(value):
    chart = drawing.histogram([("a", value), ("b", 0)])
    heights = [float(column.height) for column in chart.columns]
    assert heights[1] == 0
    assert 0 <= heights[0] <= drawing.FLOOR - drawing.TOP
    assert chart.lines[-1].value >= value
