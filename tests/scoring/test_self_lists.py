"""自查 of a round as a list, one unit's point by point, the items overestimated, and the file."""

import io

import openpyxl
import pytest
from django.urls import reverse

from scoring import actions
from tests.factories import self_checks

GIVEN = self_checks.OWN | {"3": {"count": 2}}


@pytest.fixture
def filed(world):
    """甲一县总工会 filed and was judged lower; its enterprise was asked and filed nothing."""
    self_checks.filed(world, given=GIVEN)
    self_checks.asked(world, world.orgs["enterprise_a1"])
    return self_checks.supervised(world)


def page(world, as_, query="", name="province"):
    address = reverse("scoring:self_checks", args=[world.plan.pk])
    return as_(world.people[name]).get(f"{address}{query}")


def units(response):
    return [row.check.target.name for row in response.context["rows"]]


def test_rows_tell_both_results_and_the_difference(world, as_, filed):
    row, other = page(world, as_).context["rows"]
    assert (row.label, row.said, row.found, row.change) == ("已报送", "12.0", "10.0", "−2")
    assert (other.label, other.said, other.found) == ("逾期没有报送", "—", "—")
    assert other.why == "没有报送自查，不对照"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?filed=filed", ["甲一县总工会"]),
        ("?filed=open", ["甲一县示例化工有限公司"]),
        ("?kind=county_union", ["甲一县总工会"]),
        ("?lean=high", ["甲一县总工会"]),
        ("?lean=low", []),
        ("?size=above", []),
        ("?county=001001001", ["甲一县总工会", "甲一县示例化工有限公司"]),
        ("?size=nonsense", []),
    ],
)
def test_the_list_narrows(world, as_, filed, query, found):
    assert units(page(world, as_, query)) == found


def test_size_classes_are_shown_and_found(world, as_, filed):
    world.orgs["enterprise_a1"].size_class = "small"
    world.orgs["enterprise_a1"].save()
    response = page(world, as_, "?size=small")
    assert [row.size for row in response.context["rows"]] == ["小微"]


def test_items_are_ranked_by_what_was_overestimated(world, as_, filed):
    [over] = page(world, as_).context["over"]
    assert (over.label, over.units, str(over.points)) == ("1", 1, "2")


def test_a_member_of_the_team_learns_nothing_before_confirmation(world, as_, filed):
    world.team.members.create(user=world.province, role="member")
    response = page(world, as_)
    row = response.context["rows"][0]
    assert (row.said, row.found, row.comparison) == ("—", "—", None)
    assert response.context["over"] == []
    actions.confirm(filed, by=world.province2)
    assert page(world, as_).context["rows"][0].comparison is not None


def test_one_unit_point_by_point(world, as_, filed):
    address = reverse("scoring:self_comparison", args=[filed.pk])
    response = as_(world.province).get(address)
    assert [one.told for _, one in response.context["rows"]] == ["0", "−2", "0", "0"]
    high = as_(world.province).get(f"{address}?lean=high")
    assert [one.code for _, one in high.context["rows"]] == ["1-2"]
    assert as_(world.province).get(f"{address}?lean=nonsense").status_code == 404


def test_the_unit_reads_it_once_released(world, as_, filed):
    address = reverse("scoring:self_comparison", args=[filed.pk])
    assert as_(world.county_a1).get(address).status_code == 404
    actions.confirm(filed, by=world.province)
    assert as_(world.county_a1).get(address).status_code == 404
    actions.release(filed, by=world.province)
    assert as_(world.county_a1).get(address).status_code == 200
    assert as_(world.county_a2).get(address).status_code == 404
    result = as_(world.county_a1).get(reverse("scoring:visit_result", args=[filed.pk]))
    assert "自查对照" in result.content.decode()


def test_reviewers_see_it_beside_the_point(world, as_, filed):
    address = reverse("scoring:visit_review", args=[filed.pk])
    page = as_(world.province).get(f"{address}?point=1-2").content.decode()
    beside = '<dt>自查</dt><dd><b>3</b> <b class="t-warn">差 −2</b></dd>'
    assert (beside in page, page.count('<b class="t-warn">−2</b>')) == (True, 1)
    hidden = as_(world.leader).get(f"{address}?point=1-2").content.decode()
    assert ("<dt>自查</dt>" in hidden, '<th scope="col" class="x"' in hidden) == (False, False)


def test_a_reopened_paper_is_compared_anew(world, as_, filed):
    actions.return_visit(filed, by=world.province, note="示例")
    assert page(world, as_).context["rows"][0].comparison is None


def test_the_file_has_the_rows_of_the_page(world, as_, filed):
    address = reverse("reports:self_check_workbook", args=[world.plan.pk])
    response = as_(world.province).get(f"{address}?filed=filed")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response)))
    head, row = list(book.active.iter_rows(values_only=True))
    assert head[6:12] == ("自查结果", "督导结果", "差（督导－自查）", "一致", "偏高", "偏低")
    assert row[0] == "甲一县总工会"
    assert row[6:12] == ("12.0", "10.0", -2, 3, 1, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_as_often_for_three(
    world, as_, django_assert_num_queries, count
):
    for name in ("county_a1", "officer", "county_b1")[:count]:
        self_checks.filed(world, world.people[name])
    client = as_(world.province)
    with django_assert_num_queries(17):
        client.get(reverse("scoring:self_checks", args=[world.plan.pk]))


def test_a_round_without_self_checks_says_what_to_do(world, as_):
    assert "还没有请单位自查" in page(world, as_).content.decode()
