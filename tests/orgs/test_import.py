"""Units from Excel: every wrong cell is named, and nothing is half written."""

import io
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from audit.models import AuditEvent
from chabaocu.errors import Refused, StaleState
from orgs.actions.imports import write_list
from orgs.importing.check import check
from orgs.importing.columns import CODE, COLUMNS, COUNTY
from orgs.importing.template import marked, template
from orgs.models import ImportBatch, Organization
from tests.factories.orgs import credit_code, region

UPLOAD = reverse("orgs:import_upload")
HEADER = [column.title for column in COLUMNS]
GOOD = {
    "单位名称": "甲一县示例新材料有限公司",
    "县（市、区）": "甲一县",
    "统一社会信用代码": credit_code(900),
    "所有制": "非公",
    "行业": "化工",
    "规模": "小型",
    "高危行业": "是",
}


def row(number=2, **changed):
    return number, [str((GOOD | changed).get(title, "")) for title in HEADER]


def problems(world, *rows, user=None):
    report = check(HEADER, rows, user=user or world.city_admin)
    return [(p.address, p.says, p.what, p.fix) for p in report.problems]


def upload(client, *rows, header=HEADER):
    book = Workbook()
    sheet = book.active
    sheet.title = "单位"
    sheet.append(header)
    for _, cells in rows:
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    file = SimpleUploadedFile("示例名册.xlsx", stream.getvalue())
    return client.post(UPLOAD, {"file": file})


def test_good_row_becomes_a_unit(world):
    report = check(HEADER, [row()], user=world.city_admin)
    assert report.problems == []
    ((_, unit),) = report.units
    assert unit | {"region": unit["region"].name} == {
        "name": "甲一县示例新材料有限公司",
        "region": "甲一县",
        "credit_code": credit_code(900),
        "is_private": True,
        "industry": "chemical",
        "size": "small",
        "is_high_risk": True,
        "kind": "enterprise",
        "has_union": True,
        "contact_name": "",
        "contact_phone": "",
        "address": "",
        "size_class": "",
    }


SHORT, WRONG = "91370321MA3C7X2K9", "91350100M000100Y44"
CHECK_IT = "多半是抄错一位，请对照营业执照"


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("单位名称", "", ("B2", "（空）", "必填", "填写营业执照上的全称")),
        (CODE, SHORT, ("D2", SHORT, "少 1 位，应为 18 位", "照营业执照补全")),
        (CODE, WRONG, ("D2", WRONG, "校验位不符，末位应为 3", CHECK_IT)),
        ("统一社会信用代码", "", ("D2", "（空）", "企业必须有统一社会信用代码", "请填写")),
        ("行业", "化工企业", ("F2", "化工企业", "不在行业表中", "改为“化工”")),
        ("高危行业", "", ("H2", "（空）", "企业必须写明是否高危行业", "请填写")),
        ("县（市、区）", "甲一", ("C2", "甲一", "不是完整名称", "改为“甲一县”")),
        (COUNTY, "乙一县", ("C2", "乙一县", "不在您的范围", "删去这一行，或请上级工会导入")),
        ("县（市、区）", "乌有县", ("C2", "乌有县", "没有这个区划", "填区划全称，如“阳信县”")),
        ("联系电话", "1" * 21, ("L2", "1" * 21, "有 21 个字，最多 20 个", "请缩短")),
    ],
)  # fmt: skip
def test_wrong_cell_is_named_with_what_to_write(world, column, text, expected):
    assert problems(world, row(**{column: text})) == [expected]


def test_code_with_letter_o_is_explained(world):
    ((_, _, what, fix),) = problems(world, row(**{"统一社会信用代码": "913501OOM000100Y43"}))
    assert "不会出现的字符" in what
    assert "0 写成 O" in fix


def test_double_in_the_list(world):
    ((address, _, what, _),) = problems(world, row(2), row(3, **{"单位名称": "另一个示例公司"}))
    assert (address, what) == ("D3", "与第 2 行相同，本表内重复")


def test_code_of_another_unit_inside_and_outside(world):
    inside = row(**{"统一社会信用代码": world.orgs["enterprise_a1"].credit_code})
    outside = row(**{"统一社会信用代码": world.orgs["enterprise_b1"].credit_code})
    assert "已登记为“甲一县示例化工有限公司”" in problems(world, inside)[0][2]
    hidden = problems(world, outside)[0][2]
    assert hidden == "这个代码已在别处登记，不在您的范围"


def test_unit_that_is_there_already_is_skipped(world):
    unit = world.orgs["enterprise_a1"]
    again = row(**{"单位名称": unit.name, "统一社会信用代码": unit.credit_code})
    report = check(HEADER, [again], user=world.city_admin)
    assert (report.present, report.units, report.problems) == ([2], [], [])


def test_county_of_a_name_used_twice_is_asked_for_its_city(world):
    region("甲一县", "001002009", parent=world.regions["city_b"])
    ((_, _, what, fix),) = problems(world, row(), user=world.admin)
    assert (what, fix) == ("有几个同名的区划", "写成“甲市甲一县”或“乙市甲一县”")
    assert problems(world, row(**{"县（市、区）": "乙市甲一县"}), user=world.admin) == []


def test_missing_size_is_a_warning(world):
    report = check(HEADER, [row(**{"规模": ""})], user=world.city_admin)
    assert [(w.address, w.what) for w in report.warnings] == [("G2", "规模没有填")]
    assert len(report.units) == 1


def test_class_of_enterprise_is_what_its_city_says_whatever_its_size(world):
    report = check(HEADER, [row(**{"三类企业": "规上"})], user=world.city_admin)
    ((_, unit),) = report.units
    assert (unit["size"], unit["size_class"]) == ("small", "above")


def test_missing_column_asks_for_the_template(world):
    report = check(["序号", "单位名称"], [row()], user=world.city_admin)
    assert [(p.title, p.what) for p in report.problems] == [("县（市、区）", "缺少这一列")]


def test_one_bad_row_writes_nothing(as_, world):
    person = as_(world.city_admin)
    answer = upload(person, row(2), row(3, **{"统一社会信用代码": "1"}), row(4, **{"行业": "x"}))
    page = person.get(answer.url)
    text = page.content.decode()
    assert "有 2 处要改，一行都没有写入" in text
    batch = ImportBatch.objects.get()
    with pytest.raises(Refused):
        write_list(batch, by=world.city_admin)
    person.post(reverse("orgs:import_write", args=[batch.pk]))
    assert not Organization.objects.filter(name=GOOD["单位名称"]).exists()
    assert ImportBatch.objects.get().written_at is None
    assert AuditEvent.objects.count() == 0


def test_upload_preview_write(as_, world):
    person = as_(world.city_admin)
    answer = upload(
        person, row(2), row(3, **{"统一社会信用代码": credit_code(901), "单位名称": "示例二公司"})
    )
    assert "可以写入 2 个单位" in person.get(answer.url).content.decode()
    batch = ImportBatch.objects.get()
    person.post(reverse("orgs:import_write", args=[batch.pk]))
    unit = Organization.objects.get(name=GOOD["单位名称"])
    assert (unit.parent, unit.name_initials) == (world.orgs["county_a1_union"], "jyxslxclyxgs")
    assert "已写入 2 个单位" in person.get(answer.url).content.decode()
    event = AuditEvent.objects.get()
    assert (event.action, event.after["written"]) == ("organization.import", 2)
    with pytest.raises(StaleState):
        write_list(batch, by=world.city_admin)


def test_list_without_units_is_shown_and_writes_nothing(as_, world):
    person = as_(world.city_admin)
    page = upload(person).url
    assert "没有要写入的单位" in person.get(page).content.decode()
    batch = ImportBatch.objects.get()
    assert person.get(reverse("orgs:import_marked", args=[batch.pk])).status_code == 200
    answer = person.post(reverse("orgs:import_write", args=[batch.pk]), follow=True)
    assert "没有要写入的单位：表里没有新的行。" in answer.content.decode()
    batch.refresh_from_db()
    assert batch.written_at is None


def test_unit_that_came_meanwhile_stops_the_writing(as_, world):
    upload(as_(world.city_admin), row())
    other = world.orgs["enterprise_a2"]
    Organization.objects.filter(pk=other.pk).update(credit_code=GOOD["统一社会信用代码"])
    with pytest.raises(Refused):
        write_list(ImportBatch.objects.get(), by=world.city_admin)
    assert not Organization.objects.filter(name=GOOD["单位名称"]).exists()


def test_page_points_to_the_row(as_, world):
    person = as_(world.city_admin)
    rows = [row(n, **{"统一社会信用代码": "1"}) for n in range(2, 12)]
    page = person.get(upload(person, *rows).url, {"row": "9"})
    near = page.context["near"]
    assert (near.row, [number for number, _, _ in near.rows]) == (9, [7, 8, 9, 10, 11])


def test_marked_file_has_red_cells_and_no_formula(world):
    rows = [row(2, **{"行业": "=1+1"})]
    report = check(HEADER, rows, user=world.city_admin)
    sheet = load_workbook(io.BytesIO(marked(HEADER, rows, report.problems))).active
    cell = sheet["F2"]
    assert (cell.value, cell.data_type, cell.fill.fgColor.rgb) == ("=1+1", "s", "FFFFC7CE")
    assert "不在行业表中" in cell.comment.text


def test_marked_file_is_downloaded_under_its_name(as_, world):
    person = as_(world.city_admin)
    upload(person, row(2, **{"行业": "x"}))
    url = reverse("orgs:import_marked", args=[ImportBatch.objects.get().pk])
    answer = person.get(url)
    assert quote("标红-示例名册.xlsx") in answer["Content-Disposition"]
    assert load_workbook(io.BytesIO(answer.content)).active["F2"].value == "x"


def test_template_filled_in_is_accepted(as_, world):
    book = load_workbook(io.BytesIO(template(world.city_admin)))
    sheet = book["单位"]
    assert [c.value.rstrip("*") for c in sheet[1]] == HEADER
    assert [c.value for c in book["区划"]["A"]] == ["甲市", "甲一县", "甲二县"]
    assert len(sheet.data_validations.dataValidation) == 8
    for index, text in enumerate(row()[1], start=1):
        sheet.cell(2, index, text)
    stream = io.BytesIO()
    book.save(stream)
    file = SimpleUploadedFile("x.xlsx", stream.getvalue())
    person = as_(world.city_admin)
    page = person.get(person.post(UPLOAD, {"file": file}).url)
    assert "可以写入 1 个单位" in page.content.decode()


@pytest.mark.parametrize("who", ["city_a", "province", "leader", "officer", "worker"])
def test_only_managers_import(as_, world, who):
    person = as_(world.people[who])
    assert person.get(UPLOAD).status_code == 403
    assert person.get(reverse("orgs:import_template")).status_code == 403


def test_list_of_somebody_else_does_not_exist(as_, world):
    upload(as_(world.city_admin), row())
    pk = ImportBatch.objects.get().pk
    person = as_(world.admin)
    for name in ("detail", "marked"):
        assert person.get(reverse(f"orgs:import_{name}", args=[pk])).status_code == 404
    assert person.post(reverse("orgs:import_write", args=[pk])).status_code == 404


def test_dates_and_numbers_are_read_as_seen(as_, world):
    book = Workbook()
    book.active.append(HEADER)
    book.active.append([1.0, "示例", None, 12, datetime(2017, 12, 5, tzinfo=UTC).date()])
    stream = io.BytesIO()
    book.save(stream)
    as_(world.city_admin).post(UPLOAD, {"file": SimpleUploadedFile("x.xlsx", stream.getvalue())})
    ((_, cells),) = ImportBatch.objects.get().rows["rows"]
    assert cells[:4] == ["1", "示例", "", "12"]
