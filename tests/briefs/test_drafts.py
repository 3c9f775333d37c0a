"""A draft tells what the data hold: each number equals a recount from the raw answers."""

import re
from collections import Counter
from fractions import Fraction

import pytest
from django.urls import reverse

from briefs.counted import facts_of
from briefs.models import Brief
from rubrics.models import Criterion
from tests.analysis import rounds
from tests.factories import briefs, letters
from tests.sessions import logged_in

KINDS = {"county_union": "县级以上工会", "enterprise_union": "企业工会"}
CITIES = {"001001": "甲市", "001002": "乙市"}
COUNTIES = {"001001001": "甲一县", "001001002": "甲二县"}


def told(brief: Brief, slug: str) -> dict[str, str]:
    return {one["name"]: one["value"] for one in briefs.chapter(brief, slug).figures}


def mean(total):
    """Two decimals, rounded half up by counting halves."""
    halves = total * 200 + 1
    cents = halves.numerator // (halves.denominator * 2)
    return f"{cents // 100}.{cents % 100:02}"


def recounted(world, kind, within="001"):
    found = rounds.recounted(world.plan, kind)
    return [one for one in found if one.visit.place.startswith(within)]


def expected(label, found, names, digits):
    """The numbers of 基本情况 about one kind of unit, counted anew."""
    count, rate, total = rounds.means(found)
    sums = {"评分表": str(count), "平均总得分": mean(total)}
    sums["平均得分率"] = rounds.percent(rate)
    groups = rounds.by(lambda visit: visit.place[:digits], found)
    for key, place, sheets in rounds.ranking(groups):
        _, rate, total = rounds.means(groups[key])
        sums[f"{names[key]}名次"] = place.replace(" 并列", "（并列）")
        sums[f"{names[key]}份数"] = str(sheets)
        sums[f"{names[key]}平均得分率"] = rounds.percent(rate)
        sums[f"{names[key]}平均总得分"] = mean(total)
    return {f"{label}{name}": value for name, value in sums.items()}


@pytest.mark.parametrize(
    ("region", "within", "names"),
    [("province", "001", CITIES), ("city_a", "001001", COUNTIES)],
)
def test_situation_equals_a_recount(world, region, within, names):
    rounds.held(world)
    found = told(briefs.begun(world, region), "situation")
    counted = {}
    for kind, label in KINDS.items():
        here = recounted(world, kind, within)
        counted |= expected(label, here, names, len(within) + 3)
        visits = world.plan.visits.filter(target_kind=kind, place__startswith=within)
        counted[f"安排督导的{label}"] = str(visits.count())
        counted[f"审核确认的{label}"] = str(visits.filter(status="confirmed").count())
    assert found == counted


def test_most_lost_points_equal_a_recount(world):
    rounds.held(world)
    brief = briefs.begun(world)
    found = told(brief, "problems")
    for kind, label in KINDS.items():
        here = recounted(world, kind)
        lost = sorted(losses(here), key=lambda one: (-one[0], -one[1]))[:5]
        assert lost
        for rate, _, units, text in lost:
            assert found[f"{label}“{text}”失分率"] == rounds.percent(rate)
            assert found[f"{label}“{text}”失分单位"] == str(units)


def arranged(world):
    """The visits of the round by kind, planned and confirmed."""
    counted = {}
    for kind, label in KINDS.items():
        visits = list(world.plan.visits.filter(target_kind=kind))
        counted[f"安排督导的{label}"] = str(len(visits))
        counted[f"审核确认的{label}"] = str(sum(one.status == "confirmed" for one in visits))
    return counted


def registered(world):
    """The units of the round by 三类企业 and industry, as each is registered."""
    units = {one.target_id: one.target for one in world.plan.visits.all()}.values()
    said = [f"三类企业：{one.get_size_class_display()}" for one in units if one.size_class]
    said += [f"行业类别：{one.get_industry_display()}" for one in units if one.industry]
    return {name: str(count) for name, count in Counter(said).items()}


def test_outline_of_source_4_equals_a_recount(world):
    rounds.held(world)
    brief, counted = briefs.begun(world, kind="action"), {}
    for kind, label in KINDS.items():
        counted |= expected(label, recounted(world, kind), CITIES, 6)
    scope, units = arranged(world), registered(world)
    assert units
    assert told(brief, "aim") == scope
    assert told(brief, "units") == scope | units
    assert told(brief, "standards") == counted
    assert told(brief, "conclusion") == {
        f"{label}平均得分率": counted[f"{label}平均得分率"] for label in KINDS.values()
    }


def test_teams_and_problems_equal_a_recount(world):
    letters.sent(world)
    rounds.held(world)
    brief = briefs.begun(world)
    there = [one for one in world.plan.visits.all() if one.status == "confirmed"]
    teams = {one.team for one in there if one.team}
    people = {one.user_id for team in teams for one in team.members.all()}
    assert told(brief, "opening") == {"督导组": str(len(teams)), "督导人员": str(len(people))}
    found = told(brief, "problems")
    for kind, label in KINDS.items():
        sheets = [one.sheets.get(revision=one.revision) for one in there if one.target_kind == kind]
        listed = [one for sheet in sheets for one in sheet.findings.all() if not one.withdrawn_at]
        fixed = sum(one.fixed_on is not None for one in listed)
        if listed:
            assert found[f"{label}存在问题"] == str(len(listed))
            assert found[f"{label}已整改的问题"] == str(fixed)
    assert found["企业工会存在问题"] != "0"


def losses(found):
    """(失分率, points lost, units that lost, wording) of each point at which any was lost."""
    for code in found[0].result.by_code:
        point = Criterion.objects.get(code=code, item__section__version=found[0].visit.version_id)
        all_, gained, units = Fraction(0), Fraction(0), 0
        for one in found:
            got = one.result.by_code[code]
            if got is None:  # 不适用
                continue
            all_ += Fraction(point.points)
            gained += Fraction(got.points)
            units += got.points < point.points
        if all_ > gained:
            yield (all_ - gained) / all_, all_ - gained, units, point.text.rstrip("。；")


def test_every_number_stands_in_the_text_and_leads_to_its_page(world, as_):
    rounds.held(world)
    letters.sent(world)
    brief, browser = briefs.begun(world), as_(world.province)
    addresses = set()
    for chapter in brief.chapters.all():
        for figure in chapter.figures:
            assert figure["value"] in chapter.text or figure["name"] == "摘录"
            addresses |= {figure["address"]} - {""}
    assert len(addresses) > 12
    assert {browser.get(address).status_code for address in addresses} == {200}


def test_sheets_behind_a_number_are_as_many(world, as_):
    rounds.held(world)
    brief, browser = briefs.begun(world, "city_a"), as_(world.province)
    figures = briefs.chapter(brief, "situation").figures
    counted = [one for one in figures if one["name"].endswith(("评分表", "份数"))]
    assert len(counted) > 3
    for one in counted:
        html = browser.get(one["address"]).content.decode()
        assert f"{one['value']} 份已确认的评分表" in html


@pytest.mark.django_db
def test_chapters_follow_the_outline_of_the_sources(world):
    told = [one.heading for one in briefs.begun(world).chapters.all()]
    assert told == [
        "", "基本情况", "主要做法和工作亮点", "存在的问题", "意见建议", "下一步工作",
    ]  # fmt: skip
    told = [one.heading for one in briefs.begun(world, kind="action").chapters.all()]
    assert told == [
        "前言", "目的及范围", "帮扶内容", "被帮扶单位基本情况", "标准化开展情况",
        "存在问题", "建议与意见", "结论",
    ]  # fmt: skip


@pytest.mark.django_db
def test_draft_of_an_empty_round_says_so(world):
    brief = briefs.begun(world)
    assert "本轮还没有审核确认的结果" in briefs.chapter(brief, "situation").text
    assert briefs.chapter(brief, "highlights").text == "（本轮记录里没有摘到，请补写。）"


def test_letters_of_the_place_are_told(world):
    letters.sent(world)
    facts = facts_of(briefs.begun(world, "city_b"), world.province.scope)
    assert (facts.letters, facts.awaited) == (0, 0)
    found = told(briefs.begun(world, "city_a"), "next")
    assert found["督导意见"] == found["待答复的督导意见"] == "1"


def test_whoever_begins_it_chooses_kind_and_place(world):
    rounds.held(world, 3)
    client = logged_in(world.province)
    address = reverse("briefs:brief_new", args=[world.plan.pk])
    html = client.get(address).content.decode()
    assert re.findall(r'<option value="\d+"[^>]*>([^<]*)</option>', html) == [
        "山东省",
        "甲市",
        "乙市",
    ]
    assert reverse("reports:monthly_page", args=[world.plan.pk]) in html
    answer = client.post(address, {"kind": "inspection", "region": world.regions["city_a"].pk})
    brief = Brief.objects.get()
    assert answer.url == reverse("briefs:brief_edit", args=[brief.pk])
    assert brief.title == "甲市“查保促”活动督导检查报告"
    again = client.post(address, {"kind": "inspection", "region": world.regions["city_a"].pk})
    assert again.status_code == 422
    assert "正在起草" in again.content.decode()
