"""The sheet's addresses: who gets in, what they get, and how often the database is asked."""

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from attachments.models import Attachment
from plans.models import Visit
from scoring import comments, sheets
from scoring.models import Answer, Mark, Presence, Save
from scoring.saves import NOT_STARTED
from tests.attachments import samples


@pytest.fixture
def sheet(world):
    return sheets.start(world.visit, by=world.leader)


def save(client, sheet, code="1-1", inputs=None, *, base=0, id=None, **body):
    return client.post(
        reverse("scoring:point_save", args=[sheet.pk, code]),
        json.dumps({"id": str(id or uuid4()), "base": base, "inputs": inputs or {}} | body),
        content_type="application/json",
    )


def answer(sheet, code):
    return Answer.objects.get(sheet=sheet, criterion__code=code)


def test_start_begins_and_goes_to_the_sheet(as_, world):
    response = as_(world.member).post(reverse("scoring:start", args=[world.visit.pk]))
    assert response.url == reverse("scoring:sheet", args=[world.visit.pk])
    world.visit.refresh_from_db()
    assert world.visit.status == Visit.Status.FILLING


def test_start_again_changes_nothing(as_, world, sheet):
    as_(world.member).post(reverse("scoring:start", args=[world.visit.pk]))
    assert world.visit.sheets.count() == 1


def test_sheet_not_begun_offers_to_begin(as_, world):
    url = reverse("scoring:sheet", args=[world.visit.pk])
    assert "开始填写</button>" in as_(world.member).get(url).content.decode()
    assert "开始填写</button>" not in as_(world.province).get(url).content.decode()


def test_sheet_asks_the_database_seven_times(as_, world, sheet, django_assert_num_queries):
    member = as_(world.member)
    url = reverse("scoring:sheet", args=[world.visit.pk])
    member.get(url)
    with django_assert_num_queries(7):
        assert member.get(url).status_code == 200
    for person in (world.leader, world.recorder, world.member):
        save(as_(person), sheet, "2", {"level": 1}, reason="示例")
    with django_assert_num_queries(7):
        member.get(url)


def test_sheet_is_read_only_for_who_does_not_fill(as_, world, sheet):
    page = as_(world.province).get(reverse("scoring:sheet", args=[world.visit.pk])).content.decode()
    assert "保存全部" not in page
    assert "只能看" in page


@pytest.mark.parametrize(
    ("name", "status"), [("other_leader", 404), ("city_b", 404), ("worker", 404), ("province", 403)]
)
def test_save_from_outside_the_team(as_, world, sheet, name, status):
    assert save(as_(getattr(world, name)), sheet, inputs={"points": "2"}).status_code == status
    assert not Mark.objects.exists()


def test_save_needs_a_login_and_says_so(client, sheet):
    response = client.post(
        reverse("scoring:point_save", args=[sheet.pk, "1-1"]),
        "{}",
        content_type="application/json",
        headers={"accept": "application/json"},
    )
    assert response.status_code == 401


def test_save_is_answered_with_the_new_state(as_, world, sheet):
    response = save(as_(world.member), sheet, inputs={"points": "2"})
    assert response.status_code == 200
    assert response.json()["point"]["version"] == 1


def test_save_as_a_form(as_, world, sheet):
    response = as_(world.member).post(
        reverse("scoring:point_save", args=[sheet.pk, "2"]),
        {"id": uuid4(), "base": 0, "value": "none", "reason": "未宣传"},
    )
    assert response.json()["point"]["inputs"] == {"level": None}


def test_save_asks_the_database_little(as_, world, sheet, django_assert_max_num_queries):
    member = as_(world.member)
    save(member, sheet, inputs={"points": "2"})
    with django_assert_max_num_queries(17):  # of these 2 for the login, 2 begin and commit
        save(member, sheet, inputs={"points": "1"}, base=1, reason="示例")


SAVE_ID = b"0d6a1f0e-7a51-4d0c-9a3e-0c4f6f0a5b11"


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"id":"x","base":0}', b'{"id":"%s","base":-1}' % SAVE_ID],
)
def test_save_unreadable_is_refused_in_words(as_, world, sheet, body):
    url = reverse("scoring:point_save", args=[sheet.pk, "1-1"])
    response = as_(world.member).post(url, body, content_type="application/json")
    assert (response.status_code, response.json()["error"]) == (400, "unreadable")


def test_save_what_cannot_be_scored_says_what_to_enter(as_, world, sheet):
    response = save(as_(world.member), sheet, inputs={"points": "2.3"})
    assert response.status_code == 422
    assert response.json()["message"] == "得分要填 0 到 2，每格 0.5 分。"


def test_save_of_an_unknown_point_does_not_exist(as_, world, sheet):
    assert save(as_(world.member), sheet, "9-9", {"points": "2"}).status_code == 404


def test_save_stale_is_a_conflict_with_both_values(as_, world, sheet):
    save(as_(world.member), sheet, inputs={"points": "1"}, reason="仅见通知")
    response = save(as_(world.recorder), sheet, inputs={"points": "2"})
    assert response.status_code == 409
    assert response.json()["theirs"]["reason"] == "仅见通知"


def test_save_of_locked_papers_is_refused_in_words(as_, world, sheet):
    Visit.objects.filter(pk=world.visit.pk).update(
        status="submitted",
        submitted_at="2017-12-05T10:00:00+08:00",
        submitted_by=world.leader,
        total=0,
        content_hash="0" * 64,
    )
    response = save(as_(world.member), sheet, inputs={"points": "2"})
    assert (response.status_code, response.json()["error"]) == (409, "locked")
    assert "已提交" in response.json()["message"]


def test_changes_tell_what_is_new_only_when_something_is(as_, world, sheet):
    url = reverse("scoring:sheet_changes", args=[sheet.pk])
    assert "versions" not in as_(world.member).get(url, {"since": "0"}).json()
    save(as_(world.member), sheet, inputs={"points": "2"})
    told = as_(world.recorder).get(url, {"since": "0"}).json()
    assert (told["edits"], told["total"], told["versions"]["1-1"]) == (1, "2.0", 1)


def test_changes_tell_who_is_where(as_, world, sheet):
    as_(world.member).post(reverse("scoring:sheet_here", args=[sheet.pk]), {"slot": "point:1-2"})
    as_(world.member).post(reverse("scoring:sheet_here", args=[sheet.pk]), {"slot": "point:3"})
    url = reverse("scoring:sheet_changes", args=[sheet.pk])
    assert as_(world.leader).get(url).json()["filling"] == {"point:3": "示例member"}
    assert as_(world.member).get(url).json()["filling"] == {}
    assert Presence.objects.count() == 1


def test_point_shows_the_colleagues_mark(as_, world, sheet):
    save(as_(world.member), sheet, inputs={"points": "1.5"}, reason="缺影像资料")
    page = as_(world.leader).get(reverse("scoring:point", args=[sheet.pk, "1-1"])).content.decode()
    assert "示例member" in page
    assert 'value="1.5"' in page
    assert "扣 0.5 分的原因" in page


def test_point_differing_offers_both(as_, world, sheet):
    save(as_(world.member), sheet, inputs={"points": "1"}, reason="仅见通知")
    save(as_(world.recorder), sheet, inputs={"points": "2"}, base=1)
    url = reverse("scoring:point", args=[sheet.pk, "1-1"])
    assert "待组长裁定" in as_(world.member).get(url).content.decode()
    assert "由您裁定" in as_(world.leader).get(url).content.decode()


def form_of(client, world):
    """The fields of the page as a browser would send them."""
    page = client.get(reverse("scoring:sheet", args=[world.visit.pk]))
    view = page.context["view"]
    sent = {"form": str(page.context["form_id"])}
    for p in view.points:
        sent |= {f"{p.code}.was": p.digest, f"{p.code}.base": p.version, f"{p.code}.value": p.value}
        sent |= {f"{p.code}.reason": p.reason, f"{p.code}.note": p.note}
        sent |= {f"{p.code}.na": "1"} if p.not_applicable else {}
    return sent


def post_form(client, world, sent):
    return client.post(reverse("scoring:sheet_save_all", args=[world.visit.pk]), sent)


def test_plain_form_saves_everything_at_once(as_, world, sheet):
    member = as_(world.member)
    sent = form_of(member, world) | {"1-1.value": "２", "2.value": "1", "2.reason": "仅市级"}
    assert post_form(member, world, sent | {"3.na": "1", "3.reason": "示例"}).status_code == 302
    assert answer(sheet, "1-1").points == 2
    assert answer(sheet, "2").points == 3
    assert answer(sheet, "3").not_applicable
    assert Mark.objects.count() == 3


def test_plain_form_before_the_start_says_so(as_, world):
    sent = {"form": str(uuid4()), "1-1.was": "", "1-1.base": "0", "1-1.value": "2"}
    member = as_(world.member)
    response = post_form(member, world, sent)
    assert response.url == reverse("scoring:sheet", args=[world.visit.pk])
    assert NOT_STARTED in member.get(response.url).content.decode()
    world.visit.refresh_from_db()
    assert (world.visit.status, Save.objects.count()) == (Visit.Status.PLANNED, 0)


def test_plain_form_sent_twice_counts_once(as_, world, sheet):
    member = as_(world.member)
    sent = form_of(member, world) | {"1-1.value": "2"}
    post_form(member, world, sent)
    post_form(member, world, sent)
    sheet.refresh_from_db()
    assert sheet.edits == 1


def test_plain_form_leaves_what_was_not_touched(as_, world, sheet):
    recorder = as_(world.recorder)
    sent = form_of(recorder, world) | {"1-2.value": "3"}
    save(as_(world.member), sheet, inputs={"points": "1"}, reason="示例")
    assert post_form(recorder, world, sent).status_code == 302
    assert answer(sheet, "1-1").points == 1
    assert Mark.objects.filter(user=world.recorder).count() == 1


def test_plain_form_puts_errors_at_the_field_and_loses_nothing(as_, world, sheet):
    member = as_(world.member)
    sent = form_of(member, world) | {"1-1.value": "2.3", "1-1.reason": "打错了", "1-2.value": "3"}
    response = post_form(member, world, sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="2.3"' in page
    assert "打错了" in page
    assert "每格 0.5 分" in page
    assert answer(sheet, "1-2").points == 3


def test_plain_form_stale_shows_the_colleagues_value(as_, world, sheet):
    recorder = as_(world.recorder)
    sent = form_of(recorder, world) | {"1-1.value": "2"}
    save(as_(world.member), sheet, inputs={"points": "1"}, reason="示例")
    response = post_form(recorder, world, sent)
    assert response.status_code == 422
    assert "示例member" in response.content.decode()
    assert answer(sheet, "1-1").points == 1


def test_plain_form_adopts_a_colleagues_value(as_, world, sheet):
    save(as_(world.member), sheet, inputs={"points": "1"}, reason="示例")
    save(as_(world.recorder), sheet, inputs={"points": "2"}, base=1)
    member = as_(world.member)
    sent = form_of(member, world) | {"adopt": f"1-1:{world.recorder.pk}"}
    assert post_form(member, world, sent).status_code == 302
    assert answer(sheet, "1-1").points == 2


def upload(client, sheet, data=None, *, code="1-1", name="一号.jpg", id=None, **headers):
    return client.post(
        reverse("scoring:file_add", args=[sheet.pk, code]),
        {"upload_id": id or uuid4(), "file": SimpleUploadedFile(name, data or samples.photo())},
        **headers,
    )


def test_file_is_added_and_shown(as_, world, sheet):
    member = as_(world.member)
    assert upload(member, sheet).status_code == 302
    made = Attachment.objects.get()
    page = member.get(reverse("scoring:sheet", args=[world.visit.pk])).content.decode()
    assert reverse("attachments:thumb", args=[made.pk]) in page


def test_file_hostile_is_refused_at_the_field(as_, world, sheet):
    response = upload(as_(world.member), sheet, samples.SVG, name="a.png")
    assert response.status_code == 400
    assert "文件内容与类型不符" in response.content.decode()
    told = upload(as_(world.member), sheet, samples.SVG, headers={"accept": "application/json"})
    assert told.json()["message"].startswith("文件内容与类型不符")


def test_file_from_outside_the_team(as_, world, sheet):
    assert upload(as_(world.other_leader), sheet).status_code == 404
    assert upload(as_(world.province), sheet).status_code == 403
    assert not Attachment.objects.exists()


def test_file_is_removed_by_uploader_or_leader_only(as_, world, sheet):
    upload(as_(world.member), sheet)
    url = reverse("scoring:file_remove", args=[sheet.pk, Attachment.objects.get().pk])
    as_(world.recorder).post(url)
    assert Attachment.objects.live().count() == 1
    as_(world.leader).post(url)
    assert Attachment.objects.live().count() == 0


def test_sheet_can_be_printed_from_its_page(as_, world, sheet):
    page = as_(world.member).get(reverse("scoring:sheet", args=[world.visit.pk])).content.decode()
    assert f'href="{reverse("reports:visit_print", args=[world.visit.pk])}"' in page


def remark(world, sheet, code, text="请核对佐证。"):
    point = answer(sheet, code).criterion if code else None
    Visit.objects.filter(pk=world.visit.pk).update(status=Visit.Status.RETURNED)
    sheet.visit.refresh_from_db()
    return comments.add(sheet, by=world.province, text=text, criterion=point)


def test_returned_sheet_leads_to_what_the_reviewer_asked(as_, world, sheet):
    remark(world, sheet, "1-2")
    remark(world, sheet, "", "示例总的意见")
    page = as_(world.member).get(reverse("scoring:sheet", args=[world.visit.pk])).content.decode()
    review = reverse("scoring:visit_review", args=[world.visit.pk])
    assert '<a href="#p-1-2">第 1-2 点</a>' in page
    assert f'<a href="{review}">整份材料</a>' in page
    assert page.count("请核对佐证。") == 1
    assert f'href="{review}?point=1-2#point"' in page


def test_settled_comment_is_not_asked_again(as_, world, sheet):
    comments.resolve(remark(world, sheet, "1-2"), by=world.province)
    page = as_(world.member).get(reverse("scoring:sheet", args=[world.visit.pk])).content.decode()
    assert "审核意见" not in page


def test_returned_sheet_asks_the_database_once_more(as_, world, sheet, django_assert_num_queries):
    member = as_(world.member)
    url = reverse("scoring:sheet", args=[world.visit.pk])
    member.get(url)
    for code in ("1-1", "1-2", "2"):
        remark(world, sheet, code)
        with django_assert_num_queries(8):
            member.get(url)
