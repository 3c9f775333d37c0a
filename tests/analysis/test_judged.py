"""符合率: every number is what a recount from the raw answers finds, and leads to its sheets."""

import io
import re
from collections import Counter
from fractions import Fraction

import openpyxl
import pytest
from django.urls import reverse

from rubrics.models import Criterion
from tests.analysis import rounds
from tests.factories import plans, tables
from tests.factories.orgs import OrganizationFactory

PAGE, SHEETS = reverse("analysis:judged"), reverse("analysis:sheets")
SAID = ["yes", "partly", "no", None, "yes"]
GRADES = ("good", "partly", "bad")


def held(world, units=3, *, before=None):
    """Units of two cities judged by an issued list of questions; None is 不适用.

    They were judged otherwise in the round ``before``, a plan and its team.
    """
    version = tables.official("gaoqing-office")
    codes = [
        *Criterion.objects.filter(item__section__version=version).values_list("code", flat=True)
    ]
    for n in range(units):
        place = world.regions["county_a1" if n % 2 else "county_b1"]
        unit = OrganizationFactory(region=place)
        visit = plans.visit(world.plan, world.team, unit)
        tables.bind(visit, version)
        said = {code: SAID[(n + at) % len(SAID)] for at, code in enumerate(codes)}
        rounds.scored(world, visit, {code: one and {"verdict": one} for code, one in said.items()})
        if before:
            earlier = tables.bind(plans.visit(*before, unit), version)
            rounds.scored(world, earlier, {code: {"verdict": SAID[n]} for code in codes})
    return version


def page(browser, world, **query):
    asked = {"plan": world.plan.pk, "kind": "office"} | query
    return rounds.plain(browser.get(PAGE, asked).content.decode())


def recounted(plan, version):
    """The counts of each point, and of each city, one raw answer after the other."""
    points, cities = {}, {}
    for visit in plan.visits.filter(version=version, status="confirmed"):
        for answer in visit.sheets.get().answers.select_related("criterion"):
            grade = graded(answer)
            points.setdefault(answer.criterion.code, Counter())[grade] += 1
            cities.setdefault(visit.place[:6], Counter())[grade] += 1
    return points, cities


def rate(counts):
    return f"{100 * counts['good'] / sum(counts[grade] for grade in GRADES):.1f}%"


def cells(row):
    """The words of a table row's cells by their labels."""
    found = re.findall(r'data-label="([^"]+)">(.*?)</td>', row)
    return {label: re.sub(r"<[^>]*>", "", inside) for label, inside in found}


def expected(counts):
    return {"符合率": rate(counts)} | {
        word: str(counts[grade])
        for word, grade in (("符合", "good"), ("部分", "partly"), ("不符合", "bad"))
    }


def test_every_number_equals_a_recount(world, as_):
    version = held(world)
    points, cities = recounted(world.plan, version)
    assert sum(one.get("good", 0) for one in points.values()) > 3
    html = page(as_(world.province), world)
    by_place, by_point = html.split('id="groups"')[1].split("<h2>各点</h2>")
    rows = re.findall(r'<tr><th scope="row"><a [^>]*>(.*?)</a></th>(.*)</tr>', by_place)
    assert {name: cells(row) for name, row in rows} == {
        name: {"份数": str(sheets)} | expected(cities[path])
        for name, path, sheets in (("甲市", "001001", 1), ("乙市", "001002", 2))
    }
    rows = re.findall(r'an-point">([\d-]+) .*?</th>(.*)</tr>', by_point)
    assert {code: cells(row) for code, row in rows} == {
        code: expected(counts) | {"不适用": str(counts["excused"])}
        for code, counts in points.items()
    }
    assert re.search(r'dk-sumline"><div><b><a [^>]*>([^<]*)<', html)[1] == rate(
        sum(cities.values(), Counter())
    )


def test_spread_and_another_round_equal_a_recount(world, as_):
    union = world.orgs["province_union"]
    plan = plans.plan(union, world.province, version=world.version, year=2016)
    team = plans.team(plan, world.leader, world.recorder, world.member)
    version = held(world, before=(plan, team))
    html = page(as_(world.province), world)
    bins = Counter()
    for visit in world.plan.visits.filter(version=version, status="confirmed"):
        said = Counter()
        for answer in visit.sheets.get().answers.select_related("criterion"):
            said[graded(answer)] += 1
        low = min(said["good"] * 10 // sum(said[grade] for grade in GRADES), 9) * 10
        bins[f"{low}–{low + 10}"] += 1
    told = re.findall(r'<th scope="row">(\d+–\d+)</th><td class="dk-num">(?:<a [^>]*>)?(\d+)', html)
    assert {label: int(n) for label, n in told if n != "0"} == dict(bins)
    now, before = recounted(world.plan, version)[1], recounted(plan, version)[1]
    shown = dict(re.findall(r'<th scope="row"><a [^>]*>(.市)</a>.*?比另一轮">([^<]*)<', html))
    assert shown == {
        name: change(before[path], now[path])
        for path, name in (("001001", "甲市"), ("001002", "乙市"))
    }


def graded(answer):
    """What one raw answer counts as."""
    said = answer.inputs.get("verdict", "excused")
    turned = answer.criterion.params.get("good") == "no"
    return {"yes": "bad" if turned else "good", "no": "good" if turned else "bad"}.get(said, said)


def change(before, now):
    rates = [
        Fraction(100 * counts["good"], sum(counts[grade] for grade in GRADES))
        for counts in (before, now)
    ]
    points = round(float(rates[1] - rates[0]), 1)
    return f"{points:+.1f}".replace("-", "−") if points else "0.0"


def test_every_number_of_a_point_leads_to_as_many_sheets(world, as_):
    held(world)
    browser = as_(world.province)
    html = page(browser, world)
    links = set(re.findall(rf'<a href="({SHEETS}\?[^"]*)">(\d+)</a>', html))
    assert {re.search(r"mark=(\w+)", link)[1] for link, _ in links if "mark=" in link} == {
        *GRADES,
        "excused",
    }
    for address, told in links:
        found = browser.get(address.replace("&amp;", "&")).content.decode()
        assert f"{told} 份已确认的评分表" in found, address
        assert found.count('<th scope="row">') == int(told)


def test_files_have_what_the_page_shows(world, as_):
    version = held(world)
    points, cities = recounted(world.plan, version)
    query = {"plan": world.plan.pk, "kind": "office"}
    told = {}
    for table in ("judged", "judged-points"):
        address = reverse("reports:compared_workbook", args=[table])
        reply = as_(world.province).get(address, query)
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(reply.streaming_content))).active
        told[table] = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[3], int)]
    assert [row[2:5] for row in told["judged"]] == [
        tuple(cities[path][grade] for grade in GRADES) for path in sorted(cities)
    ]
    assert {row[1]: (*row[3:6], row[7]) for row in told["judged-points"]} == {
        code: tuple(counts[grade] for grade in (*GRADES, "excused"))
        for code, counts in points.items()
    }


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_any_number(world, as_, django_assert_num_queries, count):
    held(world, count)
    browser = as_(world.province)
    page(browser, world)
    with django_assert_num_queries(7):
        page(browser, world)


def test_round_without_judgements_says_so(world, as_):
    assert "没有只作判断的结果" in page(as_(world.province), world)


def test_round_opens_with_a_kind_of_unit_that_it_has(world, as_):
    version = held(world)
    world.plan.rubrics.all().delete()
    world.plan.rubrics.create(target="office", version=version)
    found = as_(world.province).get(PAGE, {"plan": world.plan.pk}).context
    assert (found["choice"].narrowing.kind, found["sheets"]) == ("office", 3)
