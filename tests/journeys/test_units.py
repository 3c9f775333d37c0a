"""Login, units, users, import and the admin in a browser: no complaint, nothing inaccessible."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from orgs.importing.template import template
from orgs.models import Organization
from tests.factories.orgs import PASSWORD
from tests.journeys.conftest import DESK, PHONE, serious

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
VIEWPORTS = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])


@VIEWPORTS
def test_login_and_logout(world, person, viewport):
    page = person(None, viewport).open("/units/")
    assert serious(page) == []
    page.fill("#id_username", "county_a1")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="显示").click()
    assert page.get_attribute("#id_password", "type") == "text"
    page.get_by_role("button", name="登录").click()
    assert page.title() == "单位 · 查保促督导平台"


@VIEWPORTS
def test_pages_of_units_and_users(world, person, viewport):
    somebody = person(world.city_admin, viewport)
    unit, user = world.orgs["enterprise_a1"], world.county_a1
    paths = [
        reverse("orgs:organization_list"),
        reverse("orgs:organization_detail", args=[unit.pk]),
        reverse("orgs:organization_edit", args=[unit.pk]),
        reverse("orgs:organization_close", args=[unit.pk]),
        reverse("orgs:import_upload"),
        reverse("orgs:user_list"),
        reverse("orgs:user_create"),
        reverse("orgs:user_edit", args=[user.pk]),
        reverse("orgs:password_change"),
    ]
    for path in paths:
        page = somebody.open(path)
        assert (path, serious(page)) == (path, [])
        width = page.evaluate("document.documentElement.scrollWidth")
        assert (path, width) == (path, viewport["width"])


@VIEWPORTS
def test_record_and_admin(world, person, viewport):
    somebody = person(world.admin, viewport)
    assert serious(somebody.open(reverse("audit:event_list"))) == []
    for path in ("/admin/", "/admin/orgs/region/", "/admin/orgs/region/add/"):
        assert "系统管理" in somebody.open(path).title()


def test_unit_is_offered_while_typing(world, person):
    page = person(world.city_admin).open(reverse("orgs:user_create"))
    page.fill("#id_organization", "")
    page.locator("#id_organization").press_sequentially("甲一县总")
    offer = f"甲一县总工会 #{world.orgs['county_a1_union'].pk}"
    page.wait_for_selector(f'#unit-offers option[value="{offer}"]', state="attached")


def test_list_is_uploaded_mended_and_written(world, person, tmp_path):
    book = load_workbook(io.BytesIO(template(world.city_admin)))
    cells = [
        "1",
        "甲一县示例涂料有限公司",
        "甲一",
        "91350100M000100Y43",
        "非公",
        "化工",
        "小型",
        "是",
    ]
    for index, text in enumerate(cells, start=1):
        book["单位"].cell(2, index, text)
    book.save(tmp_path / "wrong.xlsx")
    book["单位"]["C2"] = "甲一县"
    book.save(tmp_path / "right.xlsx")
    page = person(world.city_admin).open(reverse("orgs:import_upload"))
    page.set_input_files("#id_file", tmp_path / "wrong.xlsx")
    page.get_by_role("button", name="上传检查").click()
    assert page.locator("h1").inner_text() == "有 1 处要改，一行都没有写入"
    assert "C2" in page.locator("tbody").first.inner_text()
    assert serious(page) == []
    page.get_by_role("link", name="改好了，重新上传").click()
    page.set_input_files("#id_file", tmp_path / "right.xlsx")
    page.get_by_role("button", name="上传检查").click()
    page.get_by_role("button", name="写入 1 个单位").click()
    assert page.locator("h1").inner_text() == "已写入 1 个单位"
    assert Organization.objects.get(name=cells[1]).credit_code == cells[3]
