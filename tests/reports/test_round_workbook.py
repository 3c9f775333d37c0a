"""The 汇总表 holds every stored value of the round, and its sums are formulas that agree."""

from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from plans.models import Visit
from reports import jobs, round_books
from reports.workbooks.round import HEADS, write_round
from scoring.models import Finding, Scoresheet
from tests.factories import letters, papers, plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(world, tmp_path):
    """甲一县's enterprise confirmed with two problems, its union submitted, 乙一县 not begun."""
    Visit.objects.filter(pk=world.visit.pk).update(verdicts=None)
    letters.released(world)
    papers.submitted(world)
    world.other_visit.target.name = "=1+1示例总工会"
    world.other_visit.target.save()
    target = tmp_path / "round.xlsx"
    write_round(target, world.plan, world.province, today=timezone.localdate())
    return load_workbook(target)


def lines(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_sheets_stand_in_their_order(book):
    assert book.sheetnames == [
        "总览",
        "全部单位",
        "排名",
        "甲市",
        "乙市",
        "逐点 附件1",
        "存在问题",
        "逾期",
    ]
    assert {sheet.freeze_panes for sheet in book} == {"A2"}
    assert {sheet.print_title_rows for sheet in book} == {"$1:$1"}


def test_every_stored_value_is_read_back(world, book):
    head, *rows = lines(book["全部单位"])
    assert head == list(HEADS)
    visits = Visit.objects.filter(plan=world.plan).order_by("place", "target_kind", "pk")
    assert [row[3] for row in rows] == [visit.target.name for visit in visits]
    for row, visit in zip(rows, visits, strict=True):
        told = dict(zip(head, row, strict=True))
        assert told["状态"] == visit.get_status_display()
        for name, value in (("总得分", visit.total), ("得分率", visit.rate)):
            assert (told[name] is None) == (value is None)
            assert told[name] is None or Decimal(str(told[name])) == value
        submitted = visit.submitted_at and timezone.localtime(visit.submitted_at)
        assert (told["提交时间"] is None) == (submitted is None)


def test_marks_sum_to_the_stored_total(world, book):
    head, *rows = lines(book["逐点 附件1"])
    assert [row[1] for row in rows] == ["甲一县总工会", "甲一县示例化工有限公司"]
    assert head[-2:] == ["调整", "合计"]
    for row in rows:
        sheet = Scoresheet.objects.get(visit__target__name=row[1])
        points = [Decimal(str(mark)) for mark in row[2:-1] if mark is not None]
        assert sum(points) == sheet.total
        assert row[-1].startswith("=SUM(C")
        stored = [Decimal(point["points"]) for point in sheet.frozen["points"]]
        assert [Decimal(str(mark)) for mark in row[2:-2]] == stored


def test_overview_counts_by_formula(book):
    _, one, other, total = lines(book["总览"])
    assert (one[0], other[0], total[0]) == ("甲市", "乙市", "合计")
    assert one[1] == "=COUNTIF('全部单位'!$B:$B,A2)"
    assert total[1] == "=SUM(B2:B3)"
    assert one[5] == "=IF(COUNT('甲市'!K2:K3)=0,\"\",AVERAGE('甲市'!K2:K3))"


def test_problems_and_ranks_are_there(book):
    told = [row[4] for row in lines(book["存在问题"])[1:]]
    assert told == list(Finding.objects.order_by("order").values_list("text", flat=True))
    ranked = lines(book["排名"])[1:]
    assert [(row[1], row[2]) for row in ranked] == [("1", "甲一县示例化工有限公司")]


def test_typed_text_is_never_a_formula(book):
    cell = book["全部单位"]["D4"]
    assert (cell.value, cell.data_type) == ("=1+1示例总工会", "s")


def test_help_stands_apart_and_is_not_ranked(world, tmp_path):
    papers.confirmed(world)
    papers.confirmed(world, plans.help_visit(world.visit))
    write_round(tmp_path / "r.xlsx", world.plan, world.province, today=timezone.localdate())
    book = load_workbook(tmp_path / "r.xlsx")
    assert [row[2] for row in lines(book["排名"])[1:]] == ["甲一县总工会"]
    assert len(lines(book["全部单位"])[1:]) == 3
    assert [row[3] for row in lines(book["帮扶"])[1:-1]] == ["甲一县总工会"]
    marked = [row[1] for row in lines(book["逐点 附件1"])[1:]]
    assert marked == ["甲一县总工会", "甲一县总工会（帮扶）"]


def test_equal_rates_stand_by_their_totals(world, tmp_path):
    """不适用 makes totals of one rate differ; the better one stands first, whoever comes first."""
    for visit, total in ((world.visit, 6), (world.other_visit, 11)):
        papers.confirmed(world, visit)
        Visit.objects.filter(pk=visit.pk).update(total=total, rate="0.9")
    write_round(tmp_path / "r.xlsx", world.plan, world.province, today=timezone.localdate())
    ranked = lines(load_workbook(tmp_path / "r.xlsx")["排名"])[1:]
    assert [(row[1], row[5]) for row in ranked] == [("1", 11), ("2", 6)]


@pytest.mark.once
def test_content_that_changed_makes_another_workbook(world):
    visit = letters.released(world)
    first = round_books.start_workbook(world.plan, by=world.province)
    assert round_books.start_workbook(world.plan, by=world.province) == first
    Finding.objects.filter(sheet__visit=visit).update(fixed_on=timezone.localdate())
    assert round_books.start_workbook(world.plan, by=world.province) != first


def test_job_writes_it(world, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    papers.submitted(world)
    job = round_books.start_workbook(world.plan, by=world.province)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.done, job.total) == ("done", 3, 3)
    with jobs.file_of(job).open("rb") as file:
        assert load_workbook(file).sheetnames[0] == "总览"
