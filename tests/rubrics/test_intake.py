"""Bringing in a table: nothing half imported, nothing typed lost, nothing stored unasked."""

import hashlib
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from attachments import storage
from attachments.models import Attachment
from audit.models import AuditEvent
from rubrics import intake
from rubrics.models import Intake, Version
from rubrics.outline import outline_of, read
from tests.factories.intakes import ABOUT, TEXT, kept
from tests.rubrics.reading import unseen
from tests.rubrics.reading.issued import details_in_word
from tests.rubrics.reading.test_documents import DOCUMENTS, document
from tests.rubrics.test_fixtures import FOLDER, PRODUCER, outline

UPLOAD = reverse("rubrics:intake_upload")


def address(name, found):
    return reverse(f"rubrics:intake_{name}", args=[found.pk])


def file_of(name, data):
    return {"file": SimpleUploadedFile(name, data)}


def test_pasted_table_becomes_a_draft(world, as_):
    browser = as_(world.admin)
    reply = browser.post(UPLOAD, {"text": TEXT})
    found = Intake.objects.get()
    assert reply.url == address("detail", found)
    stored = browser.post(address("store", found), ABOUT | {"settled": ["0"]})
    version = Version.objects.get(rubric__code="shili")
    assert stored.url == reverse("rubrics:version_check", args=[version.pk])
    assert (version.status, version.number) == ("draft", 1)
    ((criterion,),) = [i.criteria for i in outline_of(version).items]
    assert (criterion.kind, criterion.points, criterion.params["each"]) == ("deduct", 5, "1")
    names = AuditEvent.objects.filter(action__startswith="rubric.").values_list("action", flat=True)
    assert {"rubric.read", "rubric.correct", "rubric.store"} <= set(names)
    page = reverse("rubrics:version_detail", args=[version.pk])
    assert browser.get(address("detail", found)).url == page


def test_word_file_is_stored_with_its_slips_accepted(world, as_):
    browser, table = as_(world.admin), outline(PRODUCER)
    browser.post(UPLOAD, file_of("示例.docx", details_in_word(table)))
    found = Intake.objects.get()
    slips = ["第16项：标明2分，得分点合计4分", "第17项：标明2分，得分点合计4分"]
    typed = ABOUT | {"settled": ["0", "1"], "accepted": slips}
    assert browser.post(address("store", found), typed).status_code == 302
    version = Version.objects.get(rubric__code="shili")
    assert version.accepted_mismatches == slips
    assert outline_of(version).sections == table.sections


def test_each_table_of_a_document_is_checked_by_itself(world, as_):
    browser = as_(world.admin)
    text = document(DOCUMENTS["source 2"])
    reply = browser.post(UPLOAD, file_of("示例方案.txt", text.encode()), follow=True)
    tables = list(Intake.objects.order_by("pk"))
    titles = [table.outline["title"] for table in tables]
    assert titles == [outline(code).title for code in ("yiwu-city", "yiwu-unit")]
    html = reply.content.decode()
    assert ["读出 2 张表" in html, *(title in html for title in titles)] == [True] * 3
    assert [address("detail", table) in html for table in tables] == [True, True]


def test_guess_that_nobody_approved_is_not_stored(world, as_):
    found = kept(world.admin)
    reply = as_(world.admin).post(address("store", found), ABOUT)
    assert reply.status_code == 422
    assert "还有 1 处要核对" in reply.content.decode()
    assert not Version.objects.filter(rubric__code="shili").exists()
    found.refresh_from_db()
    assert read(found.outline).issuer == "示例单位"


def test_correction_stays_where_another_is_wrong(world, as_):
    found = kept(world.admin)
    typed = ABOUT | {"points-1": "五", "params-1": "每次扣=2", "issuer": "刚填的单位"}
    reply = as_(world.admin).post(address("correct", found), typed)
    html = reply.content.decode()
    assert reply.status_code == 422
    assert ["刚填的单位" in html, 'value="五"' in html, "每次扣=2" in html] == [True] * 3
    found.refresh_from_db()
    assert found.revision == 0


def test_correction_changes_kind_points_and_parameters(world, as_):
    found = kept(world.admin)
    typed = {"kind-1": "award", "points-1": "4.5", "params-1": "步长=0.5", "settled": ["0"]}
    as_(world.admin).post(address("correct", found), typed)
    found.refresh_from_db()
    (item,) = read(found.outline).items
    assert [(c.kind, str(c.points), c.params) for c in item.criteria] == [
        ("award", "4.5", {"step": "0.5"})
    ]
    assert found.settled == [0]
    assert (
        "标明5分，各项合计4.5分" in as_(world.admin).get(address("detail", found)).content.decode()
    )


def test_page_saved_meanwhile_is_not_overwritten(world, as_):
    found, browser = kept(world.admin), as_(world.admin)
    browser.post(address("correct", found), {"revision": "0", "issuer": "先存的"})
    reply = browser.post(address("correct", found), {"revision": "0", "issuer": "后存的"})
    assert reply.status_code == 422
    assert "后存的" in reply.content.decode()
    found.refresh_from_db()
    assert read(found.outline).issuer == "先存的"


@pytest.mark.parametrize("kind", ["xlsx", "json"])
def test_export_of_a_version_comes_in_the_same(world, as_, kind):
    browser = as_(world.admin)
    data = json.loads((FOLDER / f"{PRODUCER}.json").read_text(encoding="utf-8"))
    version = intake.store(read(data), by=world.admin, accepted=data["accepted_mismatches"])
    exported = browser.get(reverse(f"rubrics:version_{kind}", args=[version.pk])).content
    browser.post(UPLOAD, file_of(f"示例.{kind}", exported))
    found = Intake.objects.get()
    assert read(found.outline) == outline(PRODUCER)
    assert found.accepted == data["accepted_mismatches"]
    browser.post(address("store", found), {"accepted": found.accepted})
    again = Version.objects.get(rubric__code=PRODUCER, number=2)
    assert outline_of(again).sections == outline(PRODUCER).sections


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_any_number(world, as_, django_assert_num_queries, count):
    lines = "\n".join(f"{n}.有制度{n}（5分）" for n in range(1, count + 1))
    found, browser = kept(world.admin, f"示例评分表\n一、管理\n{lines}\n"), as_(world.admin)
    browser.get(address("detail", found))
    with django_assert_num_queries(5):
        browser.get(address("detail", found))


def test_table_of_somebody_else_is_not_found(world, as_):
    found = kept(world.admin)
    assert as_(world.province).get(address("detail", found)).status_code == 404


def test_original_is_kept_under_its_hash_and_named_on_the_version(world, as_):
    browser = as_(world.admin)
    data = details_in_word(outline(PRODUCER))
    browser.post(UPLOAD, file_of("示例：细则.docx", data))
    found = Intake.objects.get()
    slips = ["第16项：标明2分，得分点合计4分", "第17项：标明2分，得分点合计4分"]
    browser.post(address("store", found), ABOUT | {"settled": ["0", "1"], "accepted": slips})
    original = Attachment.objects.get(holder_type="intake", holder_id=found.pk)
    assert original.sha256 == found.sha256 == hashlib.sha256(data).hexdigest()
    assert storage.path_of(original.sha256).read_bytes() == data
    found.refresh_from_db()
    page = reverse("rubrics:version_detail", args=[found.version_id])
    html = browser.get(page).content.decode()
    assert ["依据原件" in html, original.sha256 in html, "示例：细则.docx" in html] == [True] * 3


def test_original_is_fetched_by_those_who_see_the_version_only(world, as_):
    found = kept(world.admin)
    original = Attachment.objects.get(holder_type="intake", holder_id=found.pk)
    place = reverse("attachments:file", args=[original.pk])
    names = ("admin", "province", "worker")
    assert [asked(as_(world.people[name]), place) for name in names] == [200, 404, 404]
    as_(world.admin).post(address("store", found), ABOUT | {"settled": ["0"]})
    assert [asked(as_(world.people[name]), place) for name in names] == [200, 200, 404]
    reply = as_(world.province).get(place)
    assert reply.getvalue() == TEXT.encode()
    assert "attachment" in reply["Content-Disposition"]


def asked(browser, place):
    reply = browser.get(place)
    reply.getvalue()  # closes the file
    return reply.status_code


def test_code_of_a_table_for_others_is_refused(world, as_):
    found, again = kept(world.admin), kept(world.admin)
    as_(world.admin).post(address("store", found), ABOUT | {"settled": ["0"]})
    typed = ABOUT | {"settled": ["0"], "target": "town"}
    reply = as_(world.admin).post(address("store", again), typed)
    assert reply.status_code == 422
    assert "代码 shili 已是“示例评分表”（生产经营单位）" in reply.content.decode()
    assert Version.objects.filter(rubric__code="shili").count() == 1


def test_contradiction_is_settled_by_one_choice_and_noted_on_the_version(world, as_):
    browser = as_(world.admin)
    text = (
        "示例评分表\n一、管理（4分）\n1.有制度。（2分）\n（1）有文件（2分）\n（2）有人员（2分）\n"
    )
    found = kept(world.admin, text)
    html = browser.get(address("detail", found)).content.decode()
    slip = "第1项：标明2分，得分点合计4分"
    assert "标明 2 分，得分点 2+2 = 4 分。" in html
    assert "本项 4 分，按得分点合计，题头照印" in html
    browser.post(address("store", found), ABOUT | {"accepted-0": slip})
    version = Version.objects.get(rubric__code="shili")
    assert version.accepted_mismatches == [slip]
    assert version.acceptances[slip]["why"] == "导入时对照原件核对，照印。"
    assert version.acceptances[slip]["by"] == str(world.admin)


def test_ticks_stay_where_a_field_is_wrong(world, as_):
    found = kept(world.admin)
    typed = ABOUT | {"points-1": "五", "settled": ["0"]}
    html = as_(world.admin).post(address("correct", found), typed).content.decode()
    assert 'name="settled" value="0" checked' in html


def test_source_stands_row_by_row_with_its_doubts_marked(world, as_):
    browser = as_(world.admin)
    browser.post(UPLOAD, file_of("考核表.docx", unseen.committee()))
    found = Intake.objects.get()
    html = browser.get(address("detail", found)).content.decode()
    assert html.count('class="ri-cells"') == 8
    place = next(n for n, (_, text) in enumerate(found.lines, 1) if "未成立" in text)
    assert f'<span id="l{place}" class="ri-cell on"' in html
    assert f'data-line="l{place}"' in html


def test_tables_not_yet_stored_are_listed_for_who_brought_them_in(world, as_):
    mine = kept(world.admin)
    browser = as_(world.admin)
    assert address("detail", mine) in browser.get(UPLOAD).content.decode()
    browser.post(address("store", mine), ABOUT | {"settled": ["0"]})
    assert address("detail", mine) not in browser.get(UPLOAD).content.decode()


def test_next_version_of_a_known_code_is_told(world, as_):
    browser = as_(world.admin)
    first, again = kept(world.admin), kept(world.admin)
    browser.post(address("store", first), ABOUT | {"settled": ["0"]})
    browser.post(address("correct", again), ABOUT)
    html = browser.get(address("detail", again)).content.decode()
    assert "已有“示例评分表”，存成后是它的下一版。" in html


def test_preview_is_printed_as_read(world, as_):
    browser = as_(world.admin)
    browser.post(UPLOAD, file_of("考核表.docx", unseen.committee()))
    html = browser.get(reverse("reports:intake_preview", args=[Intake.objects.get().pk]))
    text = html.content.decode()
    heads = ["考评类目", "考评项目", "标准分值", "评分标准", "考评方式", "扣分说明", "实得分"]
    assert [head in text for head in heads] == [True] * 7
