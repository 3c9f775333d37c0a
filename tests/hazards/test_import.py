"""Hazards from Excel: checked by cell, all or nothing, one file once."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from audit.models import AuditEvent
from chabaocu.errors import Refused, StaleState
from hazards.importing.check import check
from hazards.importing.columns import COLUMNS
from hazards.importing.write import keep_list, write_list
from hazards.models import Hazard, HazardEvent, HazardList, Place
from orgs.importing.workbook import Sheet
from tests.cast import build_world
from tests.factories import hazards
from tests.races import at_once

UPLOAD = reverse("hazards:import_upload")
HEADER = [column.title for column in COLUMNS]


def line(text="示例：法兰滴漏", kind="跑冒滴漏", place="", where="2号泵房", found="", finder=""):
    return ["", text, kind, place, where, found, finder]


def told(unit, *lines):
    return check(HEADER, list(enumerate(lines, start=2)), unit=unit)


def kept(world, *lines):
    rows = list(enumerate(lines, start=2))
    return keep_list(Sheet("隐患", HEADER, rows), by=world.officer, filename="示例.xlsx")


def file_of(*lines):
    book = Workbook()
    book.active.title = "隐患"
    for row in (HEADER, *lines):
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("示例.xlsx", stream.getvalue())


@pytest.fixture
def unit(world):
    return world.orgs["enterprise_a1"]


@pytest.mark.parametrize(
    ("changed", "address", "what"),
    [
        ({"text": ""}, "B2", "必填"),
        ({"kind": "漏水"}, "C2", "不在种类表中"),
        ({"place": "没有的车间"}, "D2", "没有这个场所"),
        ({"where": ""}, "E2", "没说在哪里"),
        ({"found": "昨天"}, "F2", "不是日期"),
        ({"found": "2999-01-01"}, "F2", "在今天以后"),
        ({"finder": "名" * 41}, "G2", "最多 40 个"),
    ],
)
def test_what_is_wrong_is_told_by_cell(unit, changed, address, what):
    report = told(unit, line(**changed))
    assert [problem.address for problem in report.problems] == [address]
    assert what in report.problems[0].what
    assert report.hazards == []


def test_a_list_without_its_head_is_refused(unit):
    report = check(["单位名称"], [(2, ["示例"])], unit=unit)
    assert [problem.title for problem in report.problems] == ["隐患", "种类"]


def test_a_place_of_another_unit_is_unknown(world, unit):
    Place.objects.create(unit=world.orgs["enterprise_b1"], level="post", name="乙一泵房")
    assert told(unit, line(place="乙一泵房")).problems[0].address == "D2"


def test_doubles_are_told_skipped_or_warned_of(world, unit):
    known = hazards.reported(world, where="2号泵房", text="示例：法兰滴漏", kind="leak")
    report = told(
        unit,
        line(),
        line(text="示例：阀门滴漏"),
        line(text="示例：护栏松动", kind="防护缺失"),
        line(text="示例：护栏松动", kind="防护缺失"),
    )
    assert report.present == [2]
    assert [row for row, _ in report.hazards] == [3, 4]
    assert known.number in report.warnings[0].what
    assert (report.problems[0].address, report.problems[0].what) == (
        "B5",
        "与第 4 行相同，本表内重复",
    )


def test_a_list_is_written_in_its_order_with_numbers_and_events(world, unit):
    place = Place.objects.create(unit=unit, level="post", name="2号泵房")
    found = kept(
        world,
        line(place="2号泵房", where="", found="2026/3/5", finder="示例王"),
        line(text="示例：护栏松动", kind="防护缺失"),
    )
    assert write_list(found, by=world.officer) == 2
    first, second = Hazard.objects.order_by("pk")
    assert (first.place, first.where, first.source) == (place, "2号泵房", "import")
    assert f"{timezone.localtime(first.reported_at):%Y-%m-%d %H:%M}" == "2026-03-05 00:00"
    assert (first.reporter_name, first.reported_by, second.reported_by) == (
        "示例王",
        None,
        world.officer,
    )
    assert first.number < second.number
    assert HazardEvent.objects.filter(move="report", by=world.officer).count() == 2
    assert AuditEvent.objects.get(action="hazard.import").after["written"] == 2


def test_an_imported_hazard_goes_its_way(world, unit):
    write_list(kept(world, line()), by=world.officer)
    hazard = hazards.moved(
        world, Hazard.objects.get(), ("officer", "register"), ("officer", "grade_general")
    )
    assert hazard.status == Hazard.Status.PLANNING


def test_one_wrong_cell_writes_nothing(world, unit):
    with pytest.raises(Refused, match="一行都没有写入"):
        write_list(kept(world, line(), line(kind="漏水")), by=world.officer)
    assert not Hazard.objects.exists()
    assert HazardList.objects.get().written_at is None


def test_the_same_file_twice_is_told(as_, world, unit):
    write_list(kept(world, line()), by=world.officer)
    again = kept(world, line())
    with pytest.raises(Refused, match="已由示例officer导入过（1 条）"):
        write_list(again, by=world.officer)
    page = as_(world.officer).get(reverse("hazards:import_detail", args=[again.pk]))
    assert "已由示例officer导入过" in page.content.decode()
    assert Hazard.objects.count() == 1


def test_from_template_to_ledger(as_, world, unit):
    person = as_(world.officer)
    Place.objects.create(unit=unit, level="post", name="2号泵房")
    template = person.get(reverse("hazards:import_template"))
    book = load_workbook(BytesIO(template.content))
    assert [cell.value.rstrip("*") for cell in book["隐患"][1]] == HEADER
    assert book["场所"]["A1"].value == "2号泵房"
    detail = person.post(UPLOAD, {"file": file_of(line())}).url
    assert "可以写入 1 条隐患" in person.get(detail).content.decode()
    assert person.post(f"{detail}write/").url == detail
    assert "已写入 1 条隐患" in person.get(detail).content.decode()
    assert Hazard.objects.get().text == "示例：法兰滴漏"


def test_errors_are_shown_and_marked_in_the_file(as_, world):
    person = as_(world.officer)
    detail = person.post(UPLOAD, {"file": file_of(line(kind="漏水"))}).url
    page = person.get(detail).content.decode()
    assert "C2" in page
    assert "一行都没有写入" in page
    marked = load_workbook(BytesIO(person.get(f"{detail}marked/").content))
    assert "不在种类表中" in marked["隐患"]["C2"].comment.text


def test_a_file_that_is_no_workbook_is_refused(as_, world):
    wrong = SimpleUploadedFile("示例.xlsx", b"MZ no workbook")
    answer = as_(world.officer).post(UPLOAD, {"file": wrong})
    assert answer.status_code == 422
    assert "不是 .xlsx 文件" in answer.content.decode()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_list_pressed_by_many_is_written_once():
    world = build_world()
    found = kept(world, line())
    lists = [HazardList.objects.get(pk=found.pk) for _ in range(4)]
    seen = at_once([lambda one=one: write_list(one, by=world.officer) for one in lists])
    assert seen == {"done": 1, StaleState.__name__: 3}
    assert Hazard.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_same_file_of_two_lists_at_once_is_written_once():
    world = build_world()
    lists = [kept(world, line()) for _ in range(4)]
    seen = at_once([lambda one=one: write_list(one, by=world.officer) for one in lists])
    assert seen == {"done": 1, Refused.__name__: 3}
    assert Hazard.objects.count() == 1
