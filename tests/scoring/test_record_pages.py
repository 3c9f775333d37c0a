"""The pages of record, signing and submission, as people use them."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from PIL import Image

from attachments.models import Attachment
from scoring import actions, findings, freeze
from scoring.models import Save
from scoring.signatures import standing
from tests.factories import papers
from tests.factories.orgs import PASSWORD

JSON = {"Accept": "application/json"}


def url(name, *args):
    return reverse(f"scoring:{name}", args=args)


@pytest.fixture
def sheet(world):
    sheet = papers.started(world.visit, world.leader)
    papers.fill(sheet, world.member)
    return sheet


@pytest.fixture
def signing(world, sheet):
    actions.follow(world.visit, by=world.member)
    return sheet


def text(text, base=0):
    return {"id": str(uuid4()), "base": base, "text": text}


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("member", 200),
        ("province", 200),
        ("other_leader", 404),
        ("county_a1", 404),
        ("officer", 404),
        ("city_b", 404),
    ],
)
@pytest.mark.parametrize("page", ["record", "visit_history"])
def test_drafts_are_read_by_the_team_and_the_issuer(world, sheet, as_, person, status, page):
    assert as_(world.people[person]).get(url(page, world.visit.pk)).status_code == status


def test_a_released_unit_reads_no_draft(world, as_):
    visit = papers.confirmed(world)
    actions.release(visit, by=world.province)
    client = as_(world.county_a1)
    for address in (
        url("record", visit.pk),
        url("visit_history", visit.pk),
        url("visit_revision", visit.pk, 1),
        url("sign", visit.pk),
        url("submit", visit.pk),
    ):
        assert client.get(address).status_code == 403


def test_an_unstarted_visit_says_what_to_do(world, as_):
    page = as_(world.leader).get(url("record", world.visit.pk))
    assert "还没有开始填写" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_record_asks_as_much_for_three_problems_as_for_one(
    world, sheet, as_, count, django_assert_num_queries
):
    for number in range(count):
        findings.add(sheet, by=world.member, text=f"问题{number}", code="1-2")
    client = as_(world.member)
    client.get(url("record", world.visit.pk))
    with django_assert_num_queries(RECORD_QUERIES):
        client.get(url("record", world.visit.pk))


RECORD_QUERIES = 26


def test_a_text_is_saved_by_script_and_by_plain_form(world, sheet, as_):
    client = as_(world.member)
    address = url("text_save", world.visit.pk, "highlights")
    reply = client.post(address, text("甲", base=1), headers=JSON)
    assert (reply.status_code, reply.json()["version"]) == (200, 2)
    plain = client.post(address, text("乙", base=2))
    assert plain.headers["Location"] == url("record", world.visit.pk) + "#box-highlights"
    assert sheet.texts.get(field="highlights").text == "乙"


def test_a_stale_text_shows_both_sides_without_script(world, sheet, as_):
    address = url("text_save", world.visit.pk, "highlights")
    page = as_(world.leader).post(address, text("我的一段", base=0))
    shown = page.content.decode()
    assert page.status_code == 409
    assert shown.count("我的一段") == 2
    assert "示例member 写的" in shown
    assert papers.TEXTS["highlights"] in shown


def test_a_text_of_locked_papers_is_kept_on_the_page(world, as_):
    visit = papers.submitted(world)
    address = url("text_save", visit.pk, "highlights")
    reply = as_(world.member).post(address, text("改", base=1), headers=JSON)
    assert (reply.status_code, reply.json()["error"]) == (423, "refused")
    assert Save.objects.count() == 0


@pytest.mark.parametrize("field", ["nothing", "highlights/compose"])
def test_unknown_texts_are_not_found(world, sheet, as_, field):
    address = f"/visits/{world.visit.pk}/texts/{field}/"
    assert as_(world.member).post(address, text("甲")).status_code == 404


def test_problems_are_composed_after_what_is_written(world, sheet, as_):
    findings.add(sheet, by=world.member, text="甲问题", advice="甲意见")
    address = url("text_compose", world.visit.pk, "suggestions")
    as_(world.member).post(address, text("先写的", base=1))
    assert sheet.texts.get(field="suggestions").text == "先写的\n1.甲意见。"


def test_a_problem_is_added_edited_moved_and_withdrawn(world, sheet, as_):
    client = as_(world.member)
    for said in ("甲", "乙"):
        client.post(url("finding_add", world.visit.pk), {"text": said, "code": "1-2"})
    first, second = sheet.findings.all()
    client.post(url("finding_up", second.pk))
    prefix = f"f{first.pk}-"
    edit = {f"{prefix}text": "丙", f"{prefix}seen": findings.fingerprint(first)}
    client.post(url("finding_edit", first.pk), edit)
    client.post(url("finding_withdraw", second.pk))
    assert [f.text for f in sheet.findings.filter(withdrawn_at=None)] == ["丙"]


def test_an_empty_problem_says_so_at_the_field(world, sheet, as_):
    page = as_(world.member).post(url("finding_add", world.visit.pk), {"advice": "留着的意见"})
    assert page.status_code == 422
    assert "请写明问题" in page.content.decode()
    assert "留着的意见" in page.content.decode()


def test_a_stale_edit_keeps_what_was_typed_beside_what_is_there(world, sheet, as_):
    finding = findings.add(sheet, by=world.member, text="甲")
    prefix = f"f{finding.pk}-"
    edit = {f"{prefix}text": "我的改法", f"{prefix}seen": "0" * 64}
    page = as_(world.leader).post(url("finding_edit", finding.pk), edit)
    assert page.status_code == 422
    assert "我的改法" in page.content.decode()
    assert "现在是：甲" in page.content.decode()


def test_problems_of_the_team_next_door_are_not_found(world, sheet, as_):
    finding = findings.add(sheet, by=world.member, text="甲")
    client = as_(world.other_leader)
    for name in ("finding_edit", "finding_up", "finding_withdraw"):
        assert client.post(url(name, finding.pk)).status_code == 404
    finding.refresh_from_db()
    assert finding.withdrawn_at is None


def sign_with(client, world, sheet, **fields):
    sheet.refresh_from_db()
    said = {"seen": freeze.content_hash(sheet), "password": PASSWORD} | fields
    return client.post(url("sign_add", world.visit.pk), said)


def test_the_leader_signs_by_drawing_and_password(world, signing, as_):
    strokes = "[[[10,10],[20,20],[30,30],[40,40],[50,50],[60,60],[70,70],[80,80]]]"
    page = sign_with(as_(world.leader), world, signing, strokes=strokes)
    assert page.headers["Location"] == url("record", world.visit.pk)
    assert standing(signing)["leader"].method == "drawn"
    assert 'd="M10 10L20 20' in as_(world.leader).get(page.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"password": "wrong"}, "密码不对"),
        ({"password": ""}, "请输入登录密码"),
        ({"strokes": "[[[1,1]]]"}, "还没有签名"),
        ({"seen": "0" * 64}, "内容刚有改动"),
    ],
)
def test_a_refused_signature_says_why(world, signing, as_, fields, message):
    page = sign_with(as_(world.leader), world, signing, **fields)
    assert page.status_code == 422
    assert message in page.content.decode()
    assert signing.signatures.count() == 0


def test_guessing_the_password_is_locked(world, signing, as_):
    client = as_(world.leader)
    pages = [sign_with(client, world, signing, password=f"guess{n}") for n in range(6)]
    assert [page.status_code for page in pages] == [422] * 4 + [429] * 2
    assert sign_with(client, world, signing).status_code == 429
    assert signing.signatures.count() == 0


def test_a_member_has_no_page_to_sign(world, signing, as_):
    assert as_(world.member).get(url("sign", world.visit.pk)).status_code == 403
    assert sign_with(as_(world.member), world, signing).status_code == 403


def test_the_scan_of_the_signed_paper_signs_for_its_role(world, signing, as_):
    photo = BytesIO()
    Image.new("RGB", (40, 30), "white").save(photo, "JPEG")
    photo.name = "签字页.jpg"
    photo.seek(0)
    said = {"seen": freeze.content_hash(signing), "upload_id": str(uuid4()), "file": photo}
    page = as_(world.recorder).post(url("sign_scan", world.visit.pk, "leader"), said)
    assert page.status_code == 302
    signed = standing(signing)["leader"]
    assert (signed.user, signed.method) == (world.leader, "scan")
    assert Attachment.objects.get().slot == "signature:leader"


def test_the_page_before_submitting_names_what_is_missing(world, signing, as_):
    page = as_(world.leader).get(url("submit", world.visit.pk)).content.decode()
    assert "提交前还差 2 项" in page
    assert "组长没有签字" in page
    assert "提交并锁定" not in page


def test_papers_are_submitted_and_recalled(world, as_):
    visit = papers.signed(world)
    client = as_(world.leader)
    assert "提交并锁定" in client.get(url("submit", visit.pk)).content.decode()
    client.post(url("visit_submit", visit.pk))
    visit.refresh_from_db()
    assert visit.status == "submitted"
    assert client.post(url("visit_recall", visit.pk), {"reason": ""}).status_code == 422
    client.post(url("visit_recall", visit.pk), {"reason": "漏记"})
    visit.refresh_from_db()
    assert (visit.status, visit.revision) == ("returned", 2)
    old = client.get(url("visit_revision", visit.pk, 1)).content.decode()
    assert papers.TEXTS["highlights"] in old
    assert client.get(url("visit_revision", visit.pk, 2)).status_code == 404


def test_incomplete_papers_come_back_with_the_list(world, signing, as_):
    page = as_(world.leader).post(url("visit_submit", world.visit.pk), follow=True)
    assert page.redirect_chain == [(url("submit", world.visit.pk), 302)]
    assert "还差 2 项，补齐后才能提交：组长没有签字" in page.content.decode()


def test_the_history_keeps_both_values_of_a_conflict(world, sheet, as_):
    address = url("text_save", world.visit.pk, "highlights")
    as_(world.member).post(address, text("先到的一段", base=1), headers=JSON)
    as_(world.leader).post(address, text("后到的一段", base=1), headers=JSON)
    page = as_(world.province).get(
        url("visit_history", world.visit.pk), {"slot": "text:highlights"}
    )
    shown = page.content.decode()
    assert "先到的一段" in shown
    assert "后到的一段" in shown
    assert shown.count("没有覆盖") == 1
