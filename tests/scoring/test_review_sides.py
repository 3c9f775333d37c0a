"""What stands beside a mark on the review page: 自查 and the last round, for who may see them."""

import re

import pytest
from django.urls import reverse

from scoring import actions
from scoring.sides import Side, paper
from tests.factories import papers, plans, rubrics


def frozen(points, *, table="a", items=(), total="3.00", rate="0.750000"):
    return {
        "version": {"content_hash": table, "total": "4.00"},
        "points": [
            {
                "code": code,
                "item": int(code[0]),
                "points": marked,
                "explanation": "",
                "reason": "",
                "not_applicable": marked is None,
            }
            for code, marked in points.items()
        ],
        "items": [{"number": n, "points": p, "max": m} for n, p, m in items],
        "total": total,
        "rate": rate,
    }


def test_difference_is_present_less_other_with_its_sign():
    now = frozen({"1": "1.50", "2": "2.00", "3": "0.00", "4": "1.00"}, total="4.50")
    other = frozen({"1": "3.00", "2": "2.00", "3": None, "4": "0.00"}, total="5.00")
    beside = paper("上轮", "示例", other, now, ["1", "2", "3", "4"])
    assert beside.points == {
        "1": Side("3", "−1.5", "warn"),
        "2": Side("2"),
        "3": Side("不适用", "不同"),
        "4": Side("0", "+1", "ok"),
    }
    assert beside.change == "−0.5"


def test_point_of_another_wording_is_told_the_rate_of_its_item():
    now = frozen({"1": "1.00", "2": "1.00", "3": "1.00"})
    other = frozen({"1": "2.00"}, table="b", items=[(2, "2.00", "3.00"), (3, None, None)])
    beside = paper("上轮", "示例", other, now, [])
    assert beside.points == {"2": Side("67%", about="该项得分率")}
    assert beside.change == ""  # sums of two tables are no difference


def earlier(world, issuer, version=None):
    """A confirmed visit of the same unit in a round before."""
    by = world.province
    in_plan = plans.plan(
        world.orgs[issuer], by, version=version or world.version, round_number=1, title="上一轮示例"
    )
    return papers.confirmed(world, plans.visit(in_plan, None, world.visit.target))


def handed_in(world, given):
    sheet = papers.started(world.visit, world.leader)
    papers.fill(sheet, world.member, given)
    actions.follow(world.visit, by=world.member)
    papers.sign(sheet, "leader", world.leader)
    papers.sign(sheet, "recorder", world.recorder)
    world.visit.refresh_from_db()
    actions.submit(world.visit, by=world.leader)


def columns(browser, world, **query):
    """What the desk's own columns say, from the head to the sum."""
    address = reverse("scoring:visit_review", args=[world.visit.pk])
    html = browser.get(address, query).content.decode()
    cells = re.findall(r'<t[dh][^>]*class="x[ "][^>]*>(.*?)</t[dh]>', html, re.S)
    return [re.sub(r"<[^>]*>", "", cell) for cell in cells]


@pytest.mark.parametrize(("number", "queries"), [(1, 14), (2, 15)])
def test_last_round_stands_beside_each_point(
    world, as_, django_assert_num_queries, number, queries
):
    version = world.version if number == 1 else rubrics.small_version(number=2)
    earlier(world, "province_union", version)
    handed_in(world, papers.FULL | {"1-2": {"points": "0.5"}})
    browser = as_(world.province)
    assert columns(browser, world) == ["上轮", "2", "2 −1.5", "5", "2", "11.0"]
    with django_assert_num_queries(queries):
        html = browser.get(
            reverse("scoring:visit_review", args=[world.visit.pk]), {"point": "1-2"}
        ).content.decode()
    assert "上轮”：上一轮示例。" in html


def test_last_round_of_another_issuer_is_seen_once_it_is_released(world, as_):
    visit = earlier(world, "city_b_union")
    papers.submitted(world)
    browser = as_(world.province)
    assert columns(browser, world) == []
    actions.release(visit, by=world.province)
    assert columns(browser, world)[0] == "上轮"
    assert columns(as_(world.leader), world) == []  # who fills has no part in that round


def test_findings_of_the_point_stand_with_it(world, as_):
    sheet = papers.started(world.visit, world.leader)
    sheet.findings.create(
        text="示例问题甲",
        advice="示例意见甲",
        order=1,
        created_by=world.member,
        criterion=sheet.answers.get(criterion__code="1-2").criterion,
    )
    address = reverse("scoring:visit_review", args=[world.visit.pk])
    browser = as_(world.province)
    assert "这一点的问题" in browser.get(address, {"point": "1-2"}).content.decode()
    assert "这一点的问题" not in browser.get(address, {"point": "1-1"}).content.decode()
