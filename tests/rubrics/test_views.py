"""The pages of the tables: as issued, for those who may see them."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.html import escape

from rubrics.columns import columns_of
from rubrics.models import Version
from rubrics.outline import outline_of
from tests.factories import tables
from tests.factories.rubrics import small_version

LIST = "rubrics:version_list"


def detail(version):
    return reverse("rubrics:version_detail", args=[version.pk])


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number(world, as_, django_assert_num_queries, count):
    for number in range(2, count + 1):
        small_version(number=number)
    browser = as_(world.province)
    browser.get(reverse(LIST))  # the first page of a session also stores its beginning
    with django_assert_num_queries(6):
        page = browser.get(reverse(LIST))
    assert page.content.decode().count("示例评分表</a>") == count


@pytest.mark.parametrize(
    ("person", "status"),
    [("admin", 200), ("province", 200), ("city_a", 200), ("officer", 403), ("worker", 403)],
)
def test_pages_are_for_people_with_the_permission(world, as_, person, status):
    browser = as_(getattr(world, person))
    assert browser.get(reverse(LIST)).status_code == status
    assert browser.get(detail(world.version)).status_code == status


def test_unknown_version_is_not_found(world, as_):
    assert as_(world.province).get(reverse("rubrics:version_detail", args=[0])).status_code == 404


def test_detail_is_the_issued_table(world, as_, django_assert_num_queries):
    call_command("load_rubrics", verbosity=0)
    version = Version.objects.get(rubric__code="fujian1-county-union")
    browser = as_(world.province)
    browser.get(reverse(LIST))
    with django_assert_num_queries(9):
        html = browser.get(detail(version)).content.decode()
    table = html[html.index('<table class="form form-sheet">') : html.index("</table>")]
    spans = re.findall(r'rowspan="(\d+)"[^>]*>([^<]*)', table)
    assert [span for span, _ in spans] == ["2", "10", "2", "3"]
    assert re.findall(r"<th scope=\"col\"[^>]*>([^<]*)</th>", table) == [
        "项  目",
        "督导内容",
        "得分",
        "督导方法",
    ]
    assert "总 得 分" in table
    assert "得分点、各项、总分一致" in html


@pytest.mark.parametrize("code", tables.CODES)
def test_detail_shows_every_layout_as_it_is_printed(world, as_, code):
    version = tables.official(code)
    html = as_(world.province).get(detail(version)).content.decode()
    outline = outline_of(Version.objects.with_tree().get(pk=version.pk))
    heads = [escape(column.head) for column in columns_of(outline)]
    assert re.findall(r'<th scope="col" class="keep">([^<]*)</th>', html) == heads
    table = html[html.index('<table class="form form-sheet">') :]
    assert all(escape(item.criteria[-1].text) in table for item in outline.items)


def test_detail_says_what_does_not_add_up(world, as_):
    draft = Version.objects.create(rubric=world.version.rubric, number=9, title="示例草稿", total=5)
    html = as_(world.province).get(detail(draft)).content.decode()
    assert "总分：标明5分，各项合计0分" in html
