"""Every number of every page of statistics leads to its sheets, and stands there once more."""

import html
import re

import pytest
from django.urls import reverse

from hazards.models import Hazard
from tests.analysis import rounds
from tests.analysis.test_judged import held as judged
from tests.factories import hazards, plans, self_checks

SHEETS = reverse("analysis:sheets")
LINK = re.compile(  # all but names of rows
    r'(?<!"row">)(?<!"an-point">)<a (?P<kind>class="an-n" )?'
    rf'href="(?P<to>{SHEETS}\?[^"]*)"[^>]*>(?P<told>[^<]*)</a>'
    r"(?P<after>(?:</b><span>[^<]*)?)"
)
COUNT = re.compile(r"(\d+)(?: 份)?")


@pytest.fixture
def full(world):
    """Two rounds with problems, hazards, a 自查 and checklists; the later one is asked for."""
    union = world.orgs["province_union"]
    before = plans.plan(union, world.province, version=world.version, year=2016)
    team = plans.team(before, world.leader, world.recorder, world.member)
    for n, visit in enumerate(rounds.held(world)):
        marks = rounds.MARKS[(n * 3 + 1) % 8]
        rounds.stored(world, visit.target, marks, plan=before, team=team)
    self_checks.filed(world)
    rounds.actions.confirm(self_checks.supervised(world), by=world.province)
    judged(world, before=(before, team))
    visits = world.plan.visits.filter(target_kind="county_union", status="confirmed", scorer="team")
    sheet = visits.filter(rate__lt=1).first().sheets.last()
    with_problems(world, sheet)
    return world


def with_problems(world, sheet):
    """Two at one point, of which one was fixed and became a hazard now closed, and one at none."""
    point = sheet.answers.get(criterion__code="1-2").criterion
    last = sheet.findings.count()
    made = [
        sheet.findings.create(
            order=last + n, text="示例问题", criterion=criterion, created_by=world.leader
        )
        for n, criterion in enumerate((point, point, None), 1)
    ]
    made[0].fixed_on = "2017-12-20"
    made[0].save()
    struck_off = hazards.in_state(world, "closed")
    Hazard.objects.filter(pk=struck_off.pk).update(finding=made[0])


PAGES = [
    ("scores", {"kind": "enterprise_union", "by": "place"}),
    ("scores", {"kind": "enterprise_union", "by": "size"}),
    ("scores", {"kind": "county_union", "by": "below"}),
    ("scores", {"kind": "enterprise_union", "city": "001001", "by": "industry"}),
    ("losses", {"kind": "enterprise_union"}),
    ("losses", {"kind": "county_union", "city": "001001"}),
    ("judged", {"kind": "office"}),
    ("compared", {"kind": "county_union"}),
    ("compared", {"kind": "enterprise_union", "city": "001001"}),
    ("teams", {}),
]


def test_every_number_leads_to_its_sheets(full, as_):
    browser, seen, kinds = as_(full.province), {}, set()
    for name, query in PAGES:
        asked = {"plan": full.plan.pk} | query
        page = browser.get(reverse(f"analysis:{name}"), asked).content.decode()
        found = [*LINK.finditer(page)]
        assert found, name
        kinds |= {re.sub(r"=[^&]*", "", html.unescape(link["to"])) for link in found}
        for link in found:
            leads(browser, name, link, seen)
    asked = " ".join(kinds)
    for condition in ("beside", "own", "said", "became", "mark", "checked", "team", "industry"):
        assert condition in asked


def leads(browser, name, link, seen):
    """A count is as many sheets; anything else is told again, whole, or of as many as its row."""
    address, told = html.unescape(link["to"]), html.unescape(link["told"])
    if address not in seen:
        seen[address] = told_by(browser.get(address).content.decode())
    sheets, rows, numbers = seen[address]
    assert (rows, sheets > 0) == (sheets, True), (name, address)
    if "data-value" in link[0]:  # a cell of a heat map: a share, and what it is a share of
        return
    if not link["kind"] and (count := COUNT.fullmatch(told)):
        assert int(count[1]) == sheets, (name, address)
    elif link["kind"] and not is_fitted(name, address, link):
        assert told in numbers, (name, address, numbers)


def is_fitted(name, address, link):
    """What is a name, a median, or fitted to the sheets of all teams."""
    if name == "teams" or link["told"].startswith("第") or "中位数" in link["after"]:
        return True
    narrowed = ("point=", "finding=", "own=", "said=", "checked=")
    return name in ("losses", "compared") and not any(one in address for one in narrowed)


def told_by(page):
    """How many sheets a page says and lists, and the numbers above them."""
    count = re.search(r"(\d+) 份已确认的评分表", page)[1]
    numbers = re.findall(r"<b>([^<]*)</b>", "".join(page.split("dk-sumline")[1:]))
    return int(count), page.count('<th scope="row">'), numbers


def test_what_each_sheet_adds_comes_to_the_number(full, as_):
    browser = as_(full.province)
    asked = {"plan": full.plan.pk, "kind": "county_union"}
    for more in (
        {"finding": "1-2"},
        {"own": "same", "checked": 1},
        {"point": "1-2", "mark": "short"},
    ):
        page = browser.get(SHEETS, asked | more).content.decode()
        (words,) = set(re.findall(r'data-label="([^"]*)"><b>', page))
        total = re.search(rf"<b>([\d.]+)</b><span>{words}</span>", page)[1]
        each = re.findall(rf'data-label="{words}"><b>([\d.]+)</b>', page)
        assert sum(map(float, each)) == float(total) > 0


def test_a_round_of_another_issuer_is_not_put_beside(full, as_):
    theirs = plans.plan(full.orgs["city_a_union"], full.city_a, version=full.version, year=2015)
    asked = {"plan": full.plan.pk, "kind": "county_union", "beside": theirs.pk}
    assert as_(full.province).get(SHEETS, asked).status_code == 404
