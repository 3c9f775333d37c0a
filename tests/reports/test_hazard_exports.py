"""隐患台账 and 挂牌督办台账 as Excel: the page's rows, and no others; long ones by a job."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from hazards.models import Hazard
from hazards.reading import keep_columns
from reports import hazard_exports as exports
from reports import jobs
from reports.models import Job
from tests.factories import hazards

S = Hazard.Status
EXPORT = reverse("reports:hazard_export")


def table(content: bytes) -> list[list]:
    sheet = load_workbook(io.BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def fetched(client, url, **asked):
    return table(b"".join(client.post(f"{url}", query_params=asked)))


@pytest.fixture
def three(world):
    """Two of the officer's unit in two states, one of the neighbour's."""
    long = "示例：" + "很长的隐患说明" * 20
    first = hazards.in_state(world, S.RECTIFYING, text=long)
    second = hazards.reported(world, where="配电室")
    Hazard.objects.filter(pk=hazards.reported(world).pk).update(
        unit=world.orgs["enterprise_b1"], region_path="001002001"
    )
    return first, second


def test_file_has_the_rows_and_columns_of_the_page(as_, world, three):
    first, second = three
    client = as_(world.officer)
    head, *rows = fetched(client, EXPORT)
    page = client.get(reverse("hazards:hazard_list")).context["page"]
    assert [row[0] for row in rows] == [line.number for line in page]
    assert head == [
        "编号",
        "隐患",
        "地点",
        "单位",
        "县（市、区）",
        "级别",
        "状态",
        "期限",
        "剩余",
        "责任人",
    ]
    assert rows[0][1] == first.text
    assert rows[0][7].date() == first.due_on
    assert rows[1][2] == second.where


def test_file_has_the_columns_this_person_chose(as_, world, three):
    keep_columns(world.officer, ["found", "status"])
    head, *_ = fetched(as_(world.officer), EXPORT)
    assert head == ["编号", "发现日期", "状态"]


def test_file_is_narrowed_as_the_page(as_, world, three):
    rows = fetched(as_(world.officer), EXPORT, status=S.REPORTED)[1:]
    assert [row[0] for row in rows] == [three[1].number]


def test_neighbour_has_only_his_own(as_, world, three):
    rows = fetched(as_(world.other_officer), EXPORT, tab="all")[1:]
    assert {row[0] for row in rows}.isdisjoint({one.number for one in three})
    assert len(rows) == 1


def test_long_file_is_a_job_with_the_same_rows(as_, world, three, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    client = as_(world.officer)
    answer = client.post(EXPORT)
    job = Job.objects.get(kind=exports.KIND)
    assert answer.url == reverse("reports:job", args=[job.pk])
    assert client.get(answer.url).status_code == 200
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.done, job.total) == (Job.Status.DONE, 2, 2)
    content = b"".join(client.get(reverse("reports:job_file", args=[job.pk])))
    assert {row[0] for row in table(content)[1:]} == {one.number for one in three}


def test_file_of_a_job_is_not_for_who_has_moved(as_, world, three):
    job = exports.start("", by=world.officer)
    jobs.run(job.pk)
    world.officer.organization = world.orgs["enterprise_b1"]
    world.officer.save()
    url = reverse("reports:job_file", args=[job.pk])
    assert as_(world.officer).get(url).status_code == 404


def test_job_of_who_lost_the_right_writes_nothing(world, three):
    job = exports.start("", by=world.officer)
    world.officer.organization = world.orgs["enterprise_b1"]
    world.officer.save()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.message) == (Job.Status.FAILED, exports.NO_MORE)


@pytest.mark.parametrize("n", [1, 3])
def test_file_asks_as_often_for_many(as_, world, n, django_assert_num_queries):
    for _ in range(n):
        hazards.reported(world)
    client = as_(world.officer)
    fetched(client, EXPORT)
    with django_assert_num_queries(7):
        fetched(client, EXPORT)


def test_listing_file_says_how_far_each_is(as_, world):
    hazard = hazards.listed(world, "sign_off")
    url = reverse("reports:listing_workbook")
    head, row = table(b"".join(as_(world.county_a1).get(url, {"tab": "all"})))
    told = dict(zip(head, row, strict=True))
    assert told["挂牌督办文号"] == hazard.listing_number
    assert told["督办事项"] == hazard.matter
    assert told["销号文号"] == hazard.delisting_number
    assert told["现在"] == "已销号"
