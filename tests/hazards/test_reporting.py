"""The report in three taps, who may follow it, and the ledger."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from attachments.models import Attachment
from hazards.models import Hazard, Place
from tests.attachments.samples import photo
from tests.factories import hazards

REPORT = reverse("hazards:report")
LEDGER = reverse("hazards:hazard_list")
S = Hazard.Status


@pytest.fixture
def place(world):
    return Place.objects.create(unit=world.orgs["enterprise_a1"], level="post", name="2号泵房")


def given(**changed):
    return {"report_id": str(uuid4()), "kind": "leak", "where": "示例：罐区东侧"} | changed


def test_a_tap_on_the_kind_reports_it(as_, world, place):
    data = given(where="", place=place.pk)
    data["photos"] = SimpleUploadedFile("示例.jpg", photo(), content_type="image/jpeg")
    answer = as_(world.worker).post(REPORT, data)
    hazard = Hazard.objects.get()
    assert answer.url == reverse("hazards:reported", args=[hazard.pk])
    assert (hazard.unit, hazard.reported_by) == (world.orgs["enterprise_a1"], world.worker)
    assert (hazard.where, hazard.text, hazard.place) == ("2号泵房", "跑冒滴漏", place)
    held = Attachment.objects.get(holder_type="hazard", holder_id=hazard.pk)
    assert (held.slot, held.kind) == ("before", "photo")


def test_the_same_form_sent_twice_reports_once(as_, world):
    data = given()
    for _ in range(2):
        photos = SimpleUploadedFile("示例.jpg", photo(), content_type="image/jpeg")
        assert as_(world.worker).post(REPORT, data | {"photos": photos}).status_code == 302
    assert Hazard.objects.count() == Attachment.objects.count() == 1


def test_a_refused_photo_leaves_no_report_and_keeps_the_words(as_, world):
    wrong = SimpleUploadedFile("示例.jpg", b"MZ no photo", content_type="image/jpeg")
    answer = as_(world.worker).post(REPORT, given(photos=wrong, where="示例：我写的地方"))
    assert answer.status_code == 422
    assert "示例：我写的地方" in answer.content.decode()
    assert not Hazard.objects.exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"where": ""}, "请说在哪里"),
        ({"kind": "other"}, "请写一句是什么"),
        ({"kind": ""}, "请点一类"),
    ],
)
def test_a_gap_is_told_by_name(as_, world, changed, told):
    answer = as_(world.worker).post(REPORT, given(**changed))
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_a_place_of_another_unit_is_refused(as_, world):
    foreign = Place.objects.create(unit=world.orgs["enterprise_b1"], level="post", name="乙一泵房")
    answer = as_(world.worker).post(REPORT, given(where="", place=foreign.pk))
    assert answer.status_code == 422
    assert "乙一泵房" not in as_(world.worker).get(REPORT).content.decode()


def test_what_is_known_at_the_spot_is_told_before_the_report(as_, world, place):
    hazards.reported(world, place=place, where="2号泵房", text="示例：法兰滴漏")
    hazards.reported(world, where="别处", text="示例：无护栏")
    page = as_(world.worker).get(reverse("hazards:known"), {"place": place.pk}).content.decode()
    assert "法兰滴漏" in page
    assert "无护栏" not in page
    neighbour = as_(world.other_officer).get(reverse("hazards:known")).content.decode()
    assert "法兰滴漏" not in neighbour


def test_the_reporter_follows_it_and_nobody_beside(as_, world):
    hazard = hazards.reported(world)
    Hazard.objects.filter(pk=hazard.pk).update(reported_by=world.worker)
    address = reverse("hazards:follow", args=[hazard.pk])
    assert as_(world.worker).get(address).status_code == 200
    assert as_(world.other_officer).get(address).status_code == 404
    assert as_(world.unit_union).get(address).status_code == 403


def test_a_worker_asks_for_acceptance_from_the_page_they_follow(as_, world):
    hazard = hazards.in_state(world, S.RECTIFYING)
    person = as_(world.worker)
    upload = SimpleUploadedFile("示例.jpg", photo(), content_type="image/jpeg")
    photos = reverse("hazards:photo_add", args=[hazard.pk])
    answer = person.post(photos, {"upload_id": str(uuid4()), "file": upload})
    assert answer.url == reverse("hazards:follow", args=[hazard.pk])
    offer = reverse("hazards:offer", args=[hazard.pk])
    assert person.post(offer, {"step": hazard.step, "note": "示例：已换垫片"}).url == answer.url
    hazard.refresh_from_db()
    assert (hazard.status, hazard.offered_by) == (S.ACCEPTING, world.worker)


def shown(answer):
    return [line.number for line in answer.context["page"]]


def test_the_ledger_shows_the_scope_only(as_, world):
    own = hazards.reported(world)
    assert shown(as_(world.officer).get(LEDGER)) == [own.number]
    assert shown(as_(world.county_a1).get(LEDGER)) == [own.number]
    assert shown(as_(world.province).get(LEDGER)) == [own.number]
    for neighbour in (world.county_a2, world.city_b, world.other_officer, world.regulator):
        assert shown(as_(neighbour).get(LEDGER)) == []


def test_tabs_and_filters_narrow(as_, world):
    late = hazards.in_state(world, S.RECTIFYING, text="示例：配电室无挡鼠板")
    Hazard.objects.filter(pk=late.pk).update(due_on=hazards.in_days(-2))
    closed = hazards.in_state(world, S.CLOSED)
    person = as_(world.officer)
    assert shown(person.get(LEDGER)) == [late.number]
    assert shown(person.get(LEDGER, {"tab": "overdue"})) == [late.number]
    assert shown(person.get(LEDGER, {"tab": "done"})) == [closed.number]
    assert shown(person.get(LEDGER, {"tab": "all", "q": "挡鼠"})) == [late.number]
    assert shown(person.get(LEDGER, {"tab": "all", "status": "closed"})) == [closed.number]
    line = person.get(LEDGER).context["page"].rows[0]
    assert (line.left, line.urgency) == ("逾期 2 天", "late")


@pytest.mark.parametrize("rows", [1, 3])
def test_ledger_asks_as_often_for_more_rows(as_, world, rows, django_assert_num_queries):
    for _ in range(rows):
        hazards.reported(world)
    person = as_(world.officer)
    person.get(LEDGER)
    with django_assert_num_queries(7):
        person.get(LEDGER)


def test_a_script_is_told_where_it_went_and_what_is_wrong(as_, world):
    person = as_(world.worker)
    said = {"headers": {"accept": "application/json"}}
    answer = person.post(REPORT, given(), **said)
    assert answer.json() == {"url": reverse("hazards:reported", args=[Hazard.objects.get().pk])}
    refused = person.post(REPORT, given(where=""), **said)
    assert (refused.status_code, "请说在哪里" in refused.json()["message"]) == (422, True)
