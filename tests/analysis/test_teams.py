"""The teams' page: the numbers of a recount, one plain sentence, and links that agree."""

import io
import re
from fractions import Fraction

import openpyxl
import pytest
from django.urls import reverse

from analysis import strictness, teams
from analysis.fitting import Effect
from analysis.strictness import Basis, Doubt, Verdict
from analysis.teams import details, headline, rows, signed
from tests.analysis import rounds
from tests.factories import self_checks
from tests.factories.orgs import OrganizationFactory

PAGE, SHEETS = reverse("analysis:teams"), reverse("analysis:sheets")


def visited(world, team, marks, count):
    for _ in range(count):
        unit = OrganizationFactory(region=world.regions["county_a1"])
        rounds.stored(world, unit, marks, team=team)


@pytest.fixture
def apart(world):
    """Both teams in one county: one gives 11 or 12 of 12, the other 3.5 or 4.5."""
    for marks in (("2", "3", 0, 2), ("2", "2", 0, 2)):
        visited(world, world.team, marks, 6)
    for marks in (("2", "1.5", None, 0), ("2", "2.5", None, 0)):
        visited(world, world.other_team, marks, 6)
    return world


def page(browser, world):
    return rounds.plain(browser.get(PAGE, {"plan": world.plan.pk}).content.decode())


def table(html):
    found = re.findall(
        r'<th scope="row">(第\d督导组)</th><td[^>]*>(?:<a [^>]*>)?(\d+).*?</td>'
        r"<td[^>]*>([^<]*)</td>"
        r"<td[^>]*>([^<]*)</td>",
        html,
    )
    return {name: rest for name, *rest in found}


def test_means_and_distances_equal_a_recount(apart, as_):
    found = rounds.recounted(apart.plan, "county_union")
    means = {
        team: rounds.means(some)[1]
        for team, some in rounds.by(lambda visit: visit.team.name, found).items()
    }
    middle = sum(means.values(), Fraction(0)) / 2
    expected = {
        name: ["12", rounds.percent(mean), signed(float((mean - middle) * 100))]
        for name, mean in means.items()
    }
    assert table(page(as_(apart.province), apart)) == expected


def test_the_verdict_is_one_plain_sentence(apart, as_):
    html = page(as_(apart.province), apart)
    assert "第1督导组偏宽，值得复核；第2督导组偏严，值得复核。" in html
    assert "不会自动改任何分数" in html


def test_every_count_leads_to_as_many_sheets(apart, as_):
    browser = as_(apart.province)
    links = re.findall(rf'<a href="({SHEETS}\?[^"]*)">(\d+)</a>', page(browser, apart))
    assert [told for _, told in links] == ["12", "12"]
    for address, told in links:
        assert (
            f"{told} 份已确认的评分表"
            in browser.get(address.replace("&amp;", "&")).content.decode()
        )


def test_own_checks_are_read_where_they_were_compared(world, as_):
    """With one 自查 there is too little to conclude, and the page says so."""
    self_checks.filed(world)
    visit = self_checks.supervised(world)
    rounds.actions.confirm(visit, by=world.province)
    html = page(as_(world.province), world)
    assert "份数太少，不下结论" in html
    query = {"plan": world.plan.pk, "team": world.team.pk, "checked": "1"}
    found = as_(world.province).get(SHEETS, query).content.decode()
    assert ("1 份已确认的评分表" in found, "单位报送过自查" in found) == (True, True)


@pytest.fixture
def by_law(monkeypatch):
    """Five sheets are many; what is remembered of it is forgotten again."""
    strictness.compare.cache_clear()
    monkeypatch.setattr(strictness, "MANY", 5)
    yield
    strictness.compare.cache_clear()
    strictness.compare_many.cache_clear()


def test_many_are_added_up_in_the_database_to_the_same(apart, by_law, monkeypatch):
    one_by_one = teams.verdict(apart.plan.pk, apart.province.scope)
    monkeypatch.setattr(teams, "MANY", 5)
    added = teams.verdict(apart.plan.pk, apart.province.scope)
    assert (added.basis, added.dealt, one_by_one.dealt) == (Basis.MARKS, 0, 0)
    for one, other in zip(added.effects, one_by_one.effects, strict=True):
        assert (one.sheets, one.finding, one.p) == (12, other.finding, other.p)
        assert (one.mean, one.effect, one.half) == pytest.approx(
            (other.mean, other.effect, other.half)
        )


def test_differences_to_own_checks_are_added_up_in_the_database(world):
    self_checks.filed(world)
    visit = self_checks.supervised(world)
    rounds.actions.confirm(visit, by=world.province)
    visited(world, world.other_team, rounds.MARKS[0], 2)
    plan, scope = world.plan.pk, world.province.scope
    sheets = teams._sheets(
        teams._rows(teams._singles, plan, scope, None), teams._rows(teams._own, plan, scope)
    )
    [checked] = [one for one in sheets if one.check is not None]
    [cell] = teams._cells(teams._checks, plan, scope)
    assert cell[:4] == (checked.team, checked.kind, checked.city, 1)
    assert cell[4:] == pytest.approx((checked.above, checked.above**2))
    assert sum(cell.sheets for cell in teams._cells(teams._marks, plan, scope)) == len(sheets) == 3


def test_workbook_has_the_numbers_of_the_page(apart, as_):
    answer = as_(apart.province).get(reverse("reports:team_workbook"), {"plan": apart.plan.pk})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    head, *body = sheet.iter_rows(values_only=True)
    assert (head[0], head[-1]) == ("督导组", "结论")
    assert [(row[0], row[1], row[-1]) for row in body] == [
        ("第1督导组", 12, "偏宽"),
        ("第2督导组", 12, "偏严"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_any_number(world, as_, django_assert_num_queries, count):
    visited(world, world.team, rounds.MARKS[0], count)
    browser = as_(world.province)
    page(browser, world)
    with django_assert_num_queries(6):
        page(browser, world)


def test_empty_round_says_when_there_will_be_numbers(world, as_):
    assert "还没有可以比较的评分表" in page(as_(world.province), world)


# ── words


def verdict(*effects, **fields):
    return Verdict(tuple(effects), Basis.CHECKS, **fields)


STRICT = Effect(5, 20, -12.6, -6.13, 3.75, 0.001)
SAME = Effect(1, 20, -6.0, 0.5, 2.6, 0.9)
NAMES = {1: "第一组", 5: "第五组"}


def test_a_strict_team_is_named_with_its_interval():
    found = verdict(STRICT, SAME)
    told = rows(found, NAMES)
    assert headline(found, told) == "第五组偏严，值得复核；其余 1 组看不出差别。"
    assert details(found, told)[0] == (
        "第五组给分比各组平均低 6.1 个百分点，区间 2.4～9.9，不含 0。"
    )
    assert [row.interval for row in told] == ["−2.1 ～ +3.1", "−9.9 ～ −2.4"]


def test_no_difference_says_what_could_not_have_been_seen():
    found = verdict(SAME)
    told = rows(found, NAMES)
    assert headline(found, told) == "1 个组看不出差别。"
    assert details(found, told) == ["份数所限，与各组平均相差不到 2.6 个百分点的，本来就看不出来。"]


@pytest.mark.parametrize("doubt", [Doubt.FEW, Doubt.APART])
def test_a_doubt_concludes_nothing(doubt):
    found = verdict(Effect(1, 3, -6.0), doubt=doubt)
    told = rows(found, NAMES)
    assert "不下结论" in headline(found, told)
    assert (details(found, told), told[0].distance, told[0].interval) == ([], "—", "—")
