"""Every figure is what somebody would count by hand, and leads to the rows it was counted from."""

import io
from collections import Counter
from datetime import timedelta
from statistics import median

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from hazards import figures
from hazards.models import Hazard, HazardSummary
from hazards.statistics import page_of
from orgs.models import Organization
from tests.factories import hazards

S, G = Hazard.Status, Hazard.Grade
PAGE = reverse("hazards:figures")
PEOPLE = ("province", "city_a", "county_a1", "officer", "unit_union", "regulator")


def today():
    return timezone.localdate()


@pytest.fixture
def many(world):
    """Hazards in many states at two enterprises of 甲一县 and 甲二县, and at 乙一县's."""
    for n, (status, grade) in enumerate(
        [
            (S.REPORTED, G.GENERAL),
            (S.RECTIFYING, G.GENERAL),
            (S.RECTIFYING, G.MAJOR),
            (S.CLOSED, G.GENERAL),
            (S.CLOSED, G.MAJOR),
            (S.REWARDED, G.GENERAL),
            (S.DISMISSED, G.GENERAL),
        ]
    ):
        made = hazards.in_state(world, status, grade, kind=Hazard.Kind.values[n % 3])
        if (status, grade) == (S.RECTIFYING, G.GENERAL):
            hazards.moved(world, made, ("worker", "offer"), ("officer", "reject"))
            hazards.moved(world, made, ("worker", "offer"), ("unit_union", "object"))
        back = timedelta(days=9 * n)
        changes = {"reported_at": made.reported_at - back}
        if status == S.RECTIFYING:
            changes |= {"due_on": today() - timedelta(days=n - 1), "attempt": n}
        Hazard.objects.filter(pk=made.pk).update(**changes)
    second = world.orgs["enterprise_a2"]
    Organization.objects.filter(pk=second.pk).update(industry="coal")
    for n in range(3):
        _elsewhere(world, second, n)
    hazards.report_at(world, "enterprise_b1", "other_officer", source="officer")


def _elsewhere(world, unit, n):
    made = hazards.reported(world, source="code")
    path = unit.region.path
    Hazard.objects.filter(pk=made.pk).update(unit=unit, region_path=path, kind="other")


def by_hand(rows):
    """The figures of these hazards, counted one by one."""
    rows = [one for one in rows if one.status != S.DISMISSED]
    done = [one for one in rows if one.status in (S.CLOSED, S.REWARDED)]
    still = [one for one in rows if one.status not in (S.CLOSED, S.REWARDED)]
    late = [one for one in still if one.due_on and one.due_on < today()]
    took = [(one.closed_at - one.reported_at).days for one in done]
    return {
        "cells": [
            len(rows),
            len(still),
            len(late),
            len(done),
            len([r for r in rows if r.events.filter(move__in=("reject", "object")).exists()]),
        ],
        "rate": f"{len(done) / len(rows) * 100:.1f}%" if rows else "—",
        "median": f"{float(median(took)):g} 天" if took else "—",
    }


def as_shown(row):
    cells = [cell.value for cell in row.cells]
    return {"cells": cells, "rate": row.rate, "median": row.median}


def grouped(rows, word):
    """By hand, for each word that the rows bear."""
    valid = [one for one in rows if one.status != S.DISMISSED]
    return {name: by_hand([r for r in valid if word(r) == name]) for name in map(word, valid)}


def seen_by(user):
    return list(Hazard.objects.permitted(user, "hazard.view").select_related("unit__region"))


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("person", PEOPLE)
def test_every_number_is_what_one_counts_by_hand(world, many, person, kept):
    if kept:
        figures.refresh(today())
    user = world.people[person]
    page, rows = page_of(user, {}, today()), seen_by(user)
    assert as_shown(page.whole) == by_hand(rows)
    tables = {table.key: table for table in page.tables}
    words = {
        "grade": lambda one: one.get_grade_display() or "未定级",
        "kind": lambda one: one.get_kind_display(),
        "industry": lambda one: one.unit.get_industry_display() or "未登记",
    }
    for key, word in words.items():
        expected = grouped(rows, word)
        if key == "industry" and len(expected) < 2:  # one industry breaks nothing down
            assert key not in tables
            continue
        shown = {row.name: as_shown(row) | {"median": None} for row in tables[key].rows}
        assert shown == {name: one | {"median": None} for name, one in expected.items()}


@pytest.mark.parametrize("kept", [False, True])
def test_parts_are_counted_by_hand_too(world, many, kept):
    if kept:
        figures.refresh(today())
    rows = seen_by(world.province)
    for person, word in (
        ("province", lambda one: one.unit.region.parent.name),
        ("city_a", lambda one: one.unit.region.name),
    ):
        page = page_of(world.people[person], {}, today())
        place = world.people[person].scope.path
        mine = [one for one in rows if one.unit.region.path.startswith(place)]
        assert {row.name: as_shown(row) for row in page.tables[0].rows} == grouped(mine, word)


def test_weeks_are_counted_by_hand_too(world, many):
    page = page_of(world.county_a1, {}, today())
    valid = [one for one in seen_by(world.county_a1) if one.status != S.DISMISSED]

    def monday(moment):
        day = timezone.localtime(moment).date()
        return day - timedelta(days=day.weekday())

    found = Counter(monday(one.reported_at) for one in valid)
    closed = Counter(monday(one.closed_at) for one in valid if one.closed_at)
    assert len(page.trend_rows) == figures.WEEKS
    for week, here, gone in page.trend_rows:
        assert (here.value, gone.value) == (found[week], closed[week])


@pytest.mark.parametrize("person", ["province", "city_a", "county_a1", "officer"])
def test_every_number_leads_to_as_many_rows(as_, world, many, person):
    user, client = world.people[person], as_(world.people[person])
    page = page_of(user, {}, today())
    rows = [page.whole, *(row for table in page.tables for row in table.rows)]
    cells = [cell for row in rows for cell in row.cells]
    cells += [cell for _, *pair in page.trend_rows for cell in pair]
    asked = {cell.query: cell.value for cell in cells if cell.value}
    assert len(asked) > 8
    asked.pop("", None)  # 未定级 has no filter of its own
    rows_of = {query: client.get(f"/hazards/?{query}").context["page"] for query in sorted(asked)}
    assert {query: len(page) for query, page in rows_of.items()} == asked


@pytest.mark.parametrize(
    ("person", "query", "status"),
    [
        ("province", "place=001001", 200),
        ("province", "place=001001001", 200),
        ("city_a", "place=001001002", 200),
        ("city_a", "place=001002", 404),
        ("city_a", "place=001", 404),
        ("county_a1", "place=x", 404),
        ("county_a1", "unit=x", 404),
    ],
)
def test_only_what_is_below_is_opened(as_, world, many, person, query, status):
    assert as_(world.people[person]).get(f"{PAGE}?{query}").status_code == status


def test_a_unit_is_opened_by_those_who_see_its_hazards(as_, world, many):
    own, other = world.orgs["enterprise_a1"].pk, world.orgs["enterprise_b1"].pk
    assert as_(world.county_a1).get(f"{PAGE}?unit={own}").status_code == 200
    assert as_(world.county_a1).get(f"{PAGE}?unit={other}").status_code == 404
    assert as_(world.other_officer).get(f"{PAGE}?unit={own}").status_code == 404


def test_workers_are_told_of_at_home_only_and_never_of_few(world, many):
    def workers(person, **params):
        page = page_of(world.people[person], params, today())
        return {row.workers for row in [page.whole, *(r for t in page.tables for r in t.rows)]}

    assert workers("province") == workers("officer") == {""}  # all but one are of workers
    for n in range(24):
        kind, source = ("leak", "guard")[n % 2], ("worker", "officer")[n // 2 % 2]
        hazards.reported(world, kind=kind, source=source)
    for _ in range(4):
        hazards.reported(world, kind="power", source="officer")
    assert workers("county_a1", unit=str(world.orgs["enterprise_a1"].pk)) == {""}
    page = page_of(world.officer, {}, today())
    assert page.whole.workers == "18"
    kinds = {row.name: row.workers for row in page.tables[1].rows}
    assert kinds == {"跑冒滴漏": "不显示", "防护缺失": "8", "用电隐患": "不显示"}


def test_counting_again_replaces_what_was_kept(world, many):
    figures.refresh(today())
    first = list(HazardSummary.objects.values_list("place", "figures"))
    figures.refresh(today())
    assert list(HazardSummary.objects.values_list("place", "figures")) == first
    assert [place for place, _ in first] == [
        "001",
        "001001",
        "001001001",
        "001001002",
        "001002",
        "001002001",
    ]


def test_nothing_found_says_what_comes_here(as_, world):
    assert "还没有可以统计的隐患" in as_(world.officer).get(PAGE).content.decode()


@pytest.mark.parametrize(("person", "queries"), [("city_a", 5), ("county_a1", 8), ("officer", 7)])
@pytest.mark.parametrize("more", [0, 3])
def test_page_asks_as_often_for_more_hazards(
    as_, world, many, person, queries, more, django_assert_num_queries
):
    for _ in range(more):
        hazards.reported(world)
    figures.refresh(today())
    client = as_(world.people[person])
    client.get(PAGE)
    with django_assert_num_queries(queries):
        client.get(PAGE)


def test_the_file_has_the_numbers_of_the_page(as_, world, many):
    client, page = as_(world.province), page_of(world.province, {}, today())
    answer = client.get(reverse("reports:hazard_figures"))
    head, *rows = load_workbook(io.BytesIO(answer.getvalue())).active.iter_rows(values_only=True)
    assert head[:7] == ("表", "项", "发现", "未销号", "逾期", "已销号", "验收未通过")
    assert head[7:] == ("整改率", "销号用时中位数")  # of workers nothing can be told here
    whole = by_hand(seen_by(world.province))
    assert list(rows[0][2:]) == [*whole["cells"], whole["rate"], whole["median"]]
    assert len(rows) == 1 + sum(len(table.rows) for table in page.tables) + figures.WEEKS
    assert {row[0] for row in rows} == {"合计", "按市", "按级别", "按种类", "按行业", "按周"}
