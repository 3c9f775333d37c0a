"""A version on its way through the browser: drafted, compared, checked, published, ended."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from rubrics import actions, drafts, editing
from rubrics.models import Version
from rubrics.outline import outline_of
from tests.factories import papers

WRONG = "总分：标明13分，各项合计12分"


def at(name, version):
    return reverse(f"rubrics:{name}", args=[version.pk])


@pytest.fixture
def draft(world):
    return actions.redraft(world.version, by=world.admin)


def said(version):
    return outline_of(Version.objects.with_tree().get(pk=version.pk))


def change(draft, by, outline):
    drafts.edit(draft, outline, by=by, what="改示例", seen=draft.revision)


def test_new_version_is_drafted_with_one_press(world, as_):
    page = as_(world.admin).post(at("version_draft", world.version), follow=True)
    draft = world.version.rubric.versions.get(number=2)
    assert page.redirect_chain == [(at("version_detail", draft), 302)]
    assert "核对并发布" in page.content.decode()


def test_draft_is_published_from_the_page_that_showed_it(world, as_, draft):
    browser = as_(world.province)
    page = browser.get(at("version_check", draft)).content.decode()
    assert 'name="seen" value="0"' in page
    browser.post(at("version_publish", draft), {"seen": 0})
    draft.refresh_from_db()
    assert (draft.status, draft.published_by) == ("published", world.province)


def test_page_asks_for_a_colleague_where_the_last_change_is_ones_own(world, as_, draft):
    page = as_(world.admin).get(at("version_check", draft)).content.decode()
    assert ("请另一位同事" in page, at("version_publish", draft) in page) == (True, False)
    said = as_(world.admin).post(at("version_publish", draft), {"seen": 0}, follow=True)
    assert "最后改动这份草稿的是您" in said.content.decode()
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_page_of_an_older_draft_does_not_publish(world, as_, draft):
    change(draft, world.admin, replace(said(draft), title="刚改的"))
    page = as_(world.province).post(at("version_publish", draft), {"seen": 0}, follow=True)
    assert "状态已被他人更新" in page.content.decode()
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_mismatch_is_shown_at_its_level_and_accepted_with_a_note(world, as_, draft):
    change(draft, world.admin, replace(said(draft), total=13))
    browser = as_(world.admin)
    assert "发布第 2 版（还有 1 处）" in browser.get(at("version_check", draft)).content.decode()
    page = browser.post(
        at("version_accept", draft), {"mismatch": WRONG, "reason": "原件如此"}, follow=True
    ).content.decode()
    assert "示例admin" in page
    assert "：原件如此" in page
    other = as_(world.province)
    other.post(at("version_publish", draft), {"seen": 2})
    assert "照原件印" in browser.get(at("version_detail", draft)).content.decode()


def test_acceptance_without_a_note_is_refused(world, as_, draft):
    change(draft, world.admin, replace(said(draft), total=13))
    page = as_(world.admin).post(at("version_accept", draft), {"mismatch": WRONG}, follow=True)
    assert "请写明理由" in page.content.decode()


@pytest.mark.parametrize(
    ("move", "object", "status"),
    [("version_cancel", "draft", "cancelled"), ("version_retire", "version", "retired")],
)
def test_version_ends_with_a_reason(world, as_, draft, move, object, status):
    version = draft if object == "draft" else world.version
    browser = as_(world.admin)
    assert "请写明理由" in browser.post(at(move, version), follow=True).content.decode()
    page = browser.post(at(move, version), {"reason": "示例理由"}, follow=True)
    version.refresh_from_db()
    assert (version.status, version.end_reason) == (status, "示例理由")
    assert "示例理由" in page.content.decode()


@pytest.mark.parametrize("points", [1, 3])
def test_differences_cost_the_same_for_any_size(
    world, as_, draft, django_assert_num_queries, points
):
    made = said(draft)
    for _ in range(points):
        made, _ = editing.added(made, (0, 0))
    change(draft, world.admin, made)
    browser = as_(world.province)
    browser.get(at("version_detail", draft))
    with django_assert_num_queries(12):
        page = browser.get(at("version_differences", draft)).content.decode()
    assert page.count("新增</span>") == points + 1


def test_words_that_differ_are_marked_on_both_sides(world, as_, draft):
    text = "制定了专项方案（2分）；"
    change(draft, world.admin, editing.changed(said(draft), (0, 0, 0), text=text))
    page = as_(world.province).get(at("version_differences", draft)).content.decode()
    assert "<ins>专项</ins>" in page
    assert "未动" not in page.split("只看不同")[1]


def test_first_version_has_nothing_to_be_compared_with(world, as_):
    page = as_(world.province).get(at("version_differences", world.version)).content.decode()
    assert "没有更早的一版" in page


@pytest.mark.parametrize("address", ["scoring:sheet", "reports:visit_print"])
def test_filled_sheet_opens_and_prints_in_its_version(world, as_, address):
    sheet = papers.started(world.visit, world.leader)
    superseded(world)
    sheet.refresh_from_db()
    assert sheet.version == world.version
    page = as_(world.leader).get(reverse(address, args=[world.visit.pk])).content.decode()
    assert "制定了方案" in page
    assert "新版才有的话" not in page


def test_filled_sheet_is_exported_in_its_version(world, as_):
    papers.submitted(world)
    superseded(world)
    answer = as_(world.province).get(reverse("reports:document_xlsx", args=[world.visit.pk]))
    book = load_workbook(BytesIO(b"".join(answer)))
    cells = [str(cell.value) for sheet in book for row in sheet.rows for cell in row]
    assert any("制定了方案" in cell for cell in cells)
    assert not any("新版才有的话" in cell for cell in cells)


def test_filled_sheet_is_a_word_file_of_its_version(world, as_):
    papers.submitted(world)
    superseded(world)
    address = reverse("reports:document_docx", args=[world.visit.pk, "scoresheet"])
    file = BytesIO(b"".join(as_(world.province).get(address)))
    text = "".join(cell.text for t in Document(file).tables for r in t.rows for cell in r.cells)
    assert ("制定了方案" in text, "新版才有的话" in text) == (True, False)


def test_sheet_goes_on_being_filled_in_its_version_after_that_is_retired(world, as_):
    sheet = papers.started(world.visit, world.leader)
    superseded(world)
    browser = as_(world.leader)
    page = browser.get(reverse("scoring:sheet", args=[world.visit.pk])).content.decode()
    said = {"value": "2", "reason": "", "note": "", "base": "0", "was": ""}
    body = {f"1-1.{name}": text for name, text in said.items()}
    body["form"] = page.split('name="form" value="')[1].split('"')[0]
    browser.post(reverse("scoring:sheet_save_all", args=[world.visit.pk]), body)
    answered = sheet.answers.get(criterion__code="1-1")
    assert (answered.points, answered.criterion.item.section.version) == (2, world.version)


def superseded(world):
    """Version 2 is published, version 1 retired, while a sheet stands in version 1."""
    draft = actions.redraft(world.version, by=world.admin)
    text = "新版才有的话（2分）；"
    change(draft, world.admin, editing.changed(said(draft), (0, 0, 0), text=text))
    actions.publish(draft, by=world.province)
    actions.retire(world.version, by=world.admin, reason="示例：发了新表")
