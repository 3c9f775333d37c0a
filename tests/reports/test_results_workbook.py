"""The Excel of the results holds the rows of the list, no more."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from scoring import actions
from tests.factories import papers, plans
from tests.factories.orgs import OrganizationFactory

URL = reverse("reports:result_workbook")


def table(browser, **query):
    response = browser.get(URL, query)
    assert response.status_code == 200
    sheet = load_workbook(io.BytesIO(response.getvalue())).active
    return list(sheet.iter_rows(values_only=True))


@pytest.fixture
def three(world):
    """Two confirmed county unions in 甲一县, one of them released, and one enterprise."""
    second = plans.visit(
        world.plan,
        world.team,
        OrganizationFactory(name="=1+1示例总工会", region=world.regions["county_a1"]),
    )
    for visit in (world.visit, second, world.enterprise_visit):
        papers.confirmed(world, visit)
    actions.release(world.visit, by=world.province)
    return second


def test_issuer_gets_the_ranked_rows(world, as_, three):
    head, *rows = table(as_(world.province))
    assert head[:5] == ("名次", "并列", "市", "县（市、区）", "单位")
    assert [row[:5] for row in rows] == [
        (1, "并列", "甲市", "甲一县", "甲一县总工会"),
        (1, "并列", "甲市", "甲一县", "=1+1示例总工会"),
    ]
    column = dict(zip(head, rows[0], strict=True))
    assert (column["总得分"], column["应得分"], column["得分率"]) == (11, 12, 0.916667)


def test_rows_are_those_of_the_filter(world, as_, three):
    assert len(table(as_(world.province), kind="enterprise_union")) == 2
    assert len(table(as_(world.province), city="001002")) == 1  # the head alone


def test_help_is_ranked_no_more_than_on_the_page(world, as_, three):
    papers.confirmed(world, plans.help_visit(world.visit))
    assert [row[4] for row in table(as_(world.province))[1:]] == [
        "甲一县总工会",
        "=1+1示例总工会",
    ]


def test_text_of_people_is_never_a_formula(world, as_, three):
    response = as_(world.province).get(URL)
    sheet = load_workbook(io.BytesIO(response.getvalue())).active
    assert sheet["E3"].data_type == "s"


def test_unit_gets_its_released_rows_without_ranks(world, as_, three):
    head, *rows = table(as_(world.county_a1))
    assert ("名次" in head, "督导组" in head) == (False, False)
    assert [row[2] for row in rows] == ["甲一县总工会"]
    assert len(table(as_(world.county_b1))) == 1


def test_people_without_results_are_refused(world, as_):
    assert as_(world.worker).get(URL).status_code == 403
