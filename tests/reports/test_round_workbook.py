"""The 汇总表 holds every stored value of the round, and its sums are formulas that agree."""

from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from plans.models import Visit
from reports import jobs, round_books
from reports.workbooks.round import write_round
from rubrics.models import Criterion
from rubrics.record_forms import TEXTS
from scoring.models import Finding, Scoresheet
from tests.factories import letters, papers, plans
from tests.factories.materials import piece

pytestmark = pytest.mark.django_db


def written(world, tmp_path):
    """The workbook of the round as the province has it made today."""
    target = tmp_path / "round.xlsx"
    write_round(target, world.plan, world.province, today=timezone.localdate())
    return load_workbook(target)


@pytest.fixture
def book(world, tmp_path):
    """甲一县's enterprise confirmed with two problems, its union submitted, 乙一县 not begun."""
    letters.released(world)
    papers.submitted(world)
    world.other_visit.target.name = "=1+1示例总工会"
    world.other_visit.target.save()
    return written(world, tmp_path)


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
        "逐点填报",
        "记录表",
        "评分标准",
        "各稿",
        "存在问题",
        "督导意见",
        "督导资料",
        "逾期",
        "更换和取消",
    ]
    frozen = {sheet.title: sheet.freeze_panes for sheet in book}
    assert (frozen["总览"], frozen["全部单位"], frozen["逐点 附件1"]) == ("A2", "E2", "C2")
    assert {sheet.print_title_rows for sheet in book} == {"$1:$1"}
    assert book["全部单位"].print_title_cols == "$A:$D"
    assert book["排名"].auto_filter.ref == "A1:H2"


def told(sheet):
    """The rows of a sheet by their heads."""
    head, *rows = lines(sheet)
    return [dict(zip(head, row, strict=True)) for row in rows]


def moment(value):
    return value and timezone.localtime(value).replace(tzinfo=None, microsecond=0)


def test_every_stored_value_of_a_visit_is_read_back(world, book):
    visits = Visit.objects.filter(plan=world.plan).order_by("place", "target_kind", "pk")
    for row, visit in zip(told(book["全部单位"]), visits, strict=True):
        handed_in = visit.submitted_by and visit.submitted_by.name
        assert row == {
            "序号": row["序号"],
            "市": visit.region.parent.name,
            "县（市、区）": visit.region.name,
            "单位": visit.target.name,
            "对象": visit.get_target_kind_display(),
            "督导组": visit.team.name,
            "督导日期": row["督导日期"],
            "状态": visit.get_status_display(),
            "总得分": number(visit.total),
            "应得分": number(visit.applicable),
            "得分率": number(visit.rate),
            "等级": visit.grade or None,
            "提交时间": moment(visit.submitted_at),
            "确认时间": moment(visit.confirmed_at),
            "下发时间": moment(visit.released_at),
            "计入统计": "是" if visit.confirmed_at else "否",
            "开始": visit.starts_at,
            "结束": visit.ends_at,
            "第几稿": visit.revision,
            "评分表": visit.version.title,
            **dict.fromkeys(("符合", "部分", "不符合", "自查总得分", "自查得分率")),
            "提交人": handed_in,
            "初审人": None,
            "初审时间": None,
            "确认人": visit.confirmed_by and visit.confirmed_by.name,
            "下发人": visit.released_by and visit.released_by.name,
            "核实不一致": None,
        }
        assert (row["督导日期"] and row["督导日期"].date()) == visit.visit_on


def number(value):
    return None if value is None else pytest.approx(float(value))


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


def test_every_answer_and_text_of_the_papers_is_read_back(world, book):
    points, records = told(book["逐点填报"]), told(book["记录表"])
    drafts = {row["单位"]: row for row in told(book["各稿"])}
    sheets = Scoresheet.objects.order_by("visit__place", "visit__target_kind")
    assert len(points) == sum(len(sheet.frozen["points"]) for sheet in sheets)
    for sheet, record in zip(sheets, records, strict=True):
        unit, frozen = sheet.visit.target.name, sheet.frozen
        for row, point in zip(
            [row for row in points if row["单位"] == unit], frozen["points"], strict=True
        ):
            assert (row["得分点"], row["填报"]) == (point["code"], point["explanation"])
            assert Decimal(str(row["得分"])) == Decimal(point["points"])
            assert (row["理由"] or "", row["备注"] or "") == (point["reason"], point["note"])
            assert row["填报人"] == point["by"]
        assert record["单位"] == unit
        assert {key: record[TEXTS[key]] for key in frozen["texts"]} == frozen["texts"]
        for signature in frozen["signatures"]:
            assert signature["name"] in record["签字"]
        draft = drafts[unit]
        assert (draft["第几稿"], draft["内容哈希"]) == (sheet.revision, sheet.content_hash)
        assert Decimal(str(draft["总得分"])) == sheet.total


def test_standards_name_every_column_of_the_marks(world, book):
    codes = lines(book["逐点 附件1"])[0][2:-2]
    asked = told(book["评分标准"])
    assert [row["得分点"] for row in asked] == codes
    assert {row["内容"] for row in asked} == set(
        Criterion.objects.filter(item__section__version=world.visit.version).values_list(
            "text", flat=True
        )
    )


def test_overview_counts_by_formula(book):
    _, one, other, total = lines(book["总览"])
    assert (one[0], other[0], total[0]) == ("甲市", "乙市", "合计")
    assert one[1] == "=COUNTIF('全部单位'!$B:$B,A2)"
    assert total[1] == "=SUM(B2:B3)"
    where = "'全部单位'!$P$2:$P$4,\"是\",'全部单位'!$B$2:$B$4,A2"
    rate = "'全部单位'!$K$2:$K$4"
    assert one[5] == f'=IF(COUNTIFS({where},{rate},">=0")=0,"",AVERAGEIFS({rate},{where}))'


def test_problems_and_ranks_are_there(book):
    texts = [row["存在问题"] for row in told(book["存在问题"])]
    assert texts == list(Finding.objects.order_by("order").values_list("text", flat=True))
    ranked = [(row["名次"], row["并列"], row["单位"]) for row in told(book["排名"])]
    assert ranked == [(1, None, "甲一县示例化工有限公司")]


def test_what_is_late_and_what_fell_away_is_told_as_on_the_board(world, tmp_path):
    Visit.objects.filter(pk=world.other_visit.pk).update(
        status=Visit.Status.CANCELLED, cancelled_reason="停产"
    )
    piece(world.plan, world.orgs["county_a1_union"], by=world.member)
    letters.sent(world)
    today = timezone.localdate()
    book = written(world, tmp_path)
    assert [(row["单位"], row["理由"]) for row in told(book["更换和取消"])] == [
        ("乙一县总工会", "停产")
    ]
    late = [(row["单位"], row["缺什么"], row["逾期天数"]) for row in told(book["逾期"])]
    due = world.visit.visit_on or world.plan.visits_end_on
    assert late[0] == ("甲一县总工会", "未走访", (today - due).days)
    assert (None, "典型经验材料") in [(unit, what) for unit, what, _ in late]
    assert [(row["种类"], row["状态"]) for row in told(book["督导资料"])] == [("汇报材料", "已收")]
    sent = [(row["单位"], row["状态"], row["存在问题"]) for row in told(book["督导意见"])]
    assert sent == [
        ("甲一县示例化工有限公司", "待答复", "示例问题1"),
        ("甲一县示例化工有限公司", "待答复", "示例问题2"),
    ]


def test_corrected_papers_stand_with_every_draft(world, tmp_path):
    visit = papers.submitted(world)
    papers.corrected(world, visit)
    drafts = told(written(world, tmp_path)["各稿"])
    assert [(row["第几稿"], row["更正理由"]) for row in drafts] == [(1, None), (2, "示例更正")]


def test_typed_text_is_never_a_formula(book):
    cell = book["全部单位"]["D4"]
    assert (cell.value, cell.data_type) == ("=1+1示例总工会", "s")


def test_help_stands_apart_and_is_not_ranked(world, tmp_path):
    papers.confirmed(world)
    papers.confirmed(world, plans.help_visit(world.visit))
    book = written(world, tmp_path)
    assert [row["单位"] for row in told(book["排名"])] == ["甲一县总工会"]
    assert len(lines(book["全部单位"])[1:]) == 3
    assert [row[3] for row in lines(book["帮扶"])[1:-1]] == ["甲一县总工会"]
    marked = [row[1] for row in lines(book["逐点 附件1"])[1:]]
    assert marked == ["甲一县总工会", "甲一县总工会（帮扶）"]


def test_equal_rates_stand_by_their_totals(world, tmp_path):
    """不适用 makes totals of one rate differ; the better one stands first, whoever comes first."""
    for visit, total in ((world.visit, 6), (world.other_visit, 11)):
        papers.confirmed(world, visit)
        Visit.objects.filter(pk=visit.pk).update(total=total, rate="0.9")
    ranked = told(written(world, tmp_path)["排名"])
    assert [(row["名次"], row["总得分"]) for row in ranked] == [(1, 11), (2, 6)]


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
