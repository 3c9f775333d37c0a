"""A report by the code on a wall: no account, once, one place; nothing of other hazards."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from attachments.models import Attachment
from audit.models import AuditEvent
from hazards import actions, places
from hazards.addresses import receipt_of, reported_with
from hazards.models import Hazard, Place
from reports import throttle
from tests.attachments.samples import photo
from tests.cast import build_world
from tests.factories import hazards
from tests.races import at_once

S = Hazard.Status


@pytest.fixture
def place(world):
    return Place.objects.create(unit=world.orgs["enterprise_a1"], level="post", name="2号泵房")


def wall(place):
    return reverse("hazards:code", args=[place.token])


def given(**changed):
    return {"report_id": str(uuid4()), "kind": "leak", "text": "示例：法兰滴漏"} | changed


def picture():
    return SimpleUploadedFile("示例.jpg", photo(), content_type="image/jpeg")


def test_a_stranger_reports_with_a_photo_and_gets_a_receipt(client, place):
    answer = client.post(wall(place), given(photos=picture()))
    hazard = Hazard.objects.get()
    assert answer.url == reverse("hazards:receipt", args=[receipt_of(hazard)])
    assert (hazard.unit, hazard.place, hazard.source) == (place.unit, place, "code")
    assert (hazard.reported_by, hazard.reporter_name) == (None, "")
    held = Attachment.objects.get()
    assert (held.holder_id, held.slot, held.uploaded_by) == (hazard.pk, "before", None)
    page = client.get(answer.url).content.decode()
    assert hazard.number in page
    assert "已上报" in page


def test_a_double_tap_is_one_report(client, place):
    data = given()
    urls = {client.post(wall(place), data | {"photos": picture()}).url for _ in range(2)}
    assert len(urls) == 1
    assert Hazard.objects.count() == Attachment.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_double_tap_at_the_same_moment_is_one_report():
    world = build_world()
    unit, id = world.orgs["enterprise_a1"], uuid4()
    said = {"report_id": id, "where": "示例", "text": "示例", "source": "code"}
    assert at_once([lambda: actions.report(unit, by=None, **said)] * 6) == {"done": 6}
    assert Hazard.objects.count() == 1
    assert AuditEvent.objects.filter(action="hazard.report").count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_with_the_guard_off_a_double_tap_breaks(monkeypatch):
    world = build_world()
    unit, id = world.orgs["enterprise_a1"], uuid4()
    said = {"report_id": id, "where": "示例", "text": "示例", "source": "code"}
    monkeypatch.setattr(actions, "_made", lambda report_id, unit, by: None)
    found = at_once([lambda: actions.report(unit, by=None, **said)] * 6)
    assert found == {"done": 1, "IntegrityError": 5}


def test_the_form_is_guarded_against_other_sites(place):
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(wall(place), given()).status_code == 403
    stranger.get(wall(place))
    secret = stranger.cookies["csrftoken"].value
    answer = stranger.post(wall(place), given(csrfmiddlewaretoken=secret))
    assert answer.status_code == 302
    assert Hazard.objects.count() == 1


def test_a_lost_secret_is_no_reason_to_log_in(place):
    stranger = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    answer = stranger.post(wall(place), given())
    assert answer.status_code == 403
    assert "返回上一页刷新" in answer.content.decode()


def test_a_name_is_kept_and_hidden_where_asked(client, as_, world, place):
    client.post(wall(place), given(reporter_name="示例王", hides_name="on"))
    page = reverse("hazards:hazard_detail", args=[Hazard.objects.get().pk])
    assert "示例王" not in as_(world.officer).get(page).content.decode()
    assert "示例王" in as_(world.unit_union).get(page).content.decode()


def test_the_pages_show_nothing_of_other_hazards(client, world, place):
    hazards.reported(world, place=place, where="2号泵房", text="示例：别人报的裂缝")
    answer = client.post(wall(place), given())
    for address in (wall(place), answer.url):
        assert "别人报的裂缝" not in client.get(address).content.decode()


def test_the_receipt_tells_the_steps_without_names(client, world, place):
    address = client.post(wall(place), given()).url
    hazard = hazards.moved(
        world,
        Hazard.objects.get(),
        ("officer", "register"),
        ("officer", "grade_general"),
        ("officer", "plan"),
    )
    page = client.get(address).content.decode()
    assert "下达整改方案" in page
    assert f"{hazard.due_on:%-m月%-d日}前改好" in page
    for hidden in (world.officer.name, world.worker.name, hazard.measures):
        assert hidden not in page


def test_the_receipt_tells_why_it_was_not_registered(client, world, place):
    address = client.post(wall(place), given()).url
    hazards.moved(world, Hazard.objects.get(), ("officer", "dismiss"))
    assert "示例理由" in client.get(address).content.decode()


def test_a_receipt_cannot_be_made_up(client, world, place):
    client.post(wall(place), given())
    hazard = Hazard.objects.get()
    other = f"{hazard.pk + 1}.{receipt_of(hazard).partition('.')[2]}"
    assert reported_with(other) is None
    assert client.get(reverse("hazards:receipt", args=[other])).status_code == 404


def test_a_receipt_of_another_kind_of_report_opens_nothing(client, world):
    hazard = hazards.reported(world)
    assert client.get(reverse("hazards:receipt", args=[receipt_of(hazard)])).status_code == 404


def test_an_old_poster_says_so(client, world, place):
    old = wall(place)
    places.renew(place, by=world.officer)
    for answer in (client.get(old), client.post(old, given())):
        assert answer.status_code == 404
        assert "这个码已失效" in answer.content.decode()
    assert client.get(wall(place)).status_code == 200
    places.retire(place, by=world.officer)
    assert client.get(wall(place)).status_code == 404
    assert not Hazard.objects.exists()


def test_too_many_reports_from_one_address_wait(client, place, monkeypatch):
    monkeypatch.setattr(throttle, "STRETCH", 10**9)
    monkeypatch.setattr(throttle, "REPORTS_PER_ADDRESS", 2)
    assert [client.post(wall(place), given()).status_code for _ in range(2)] == [302, 302]
    answer = client.post(wall(place), given(text="示例：我写的话"))
    assert answer.status_code == 429
    assert "请过十分钟再报" in answer.content.decode()
    assert "示例：我写的话" in answer.content.decode()
    assert Hazard.objects.count() == 2


def test_too_many_reports_by_one_code_wait(place, monkeypatch):
    monkeypatch.setattr(throttle, "STRETCH", 10**9)
    monkeypatch.setattr(throttle, "REPORTS_PER_CODE", 2)
    found = [
        Client(REMOTE_ADDR=f"192.0.2.{n}").post(wall(place), given()).status_code for n in range(3)
    ]
    assert found == [302, 302, 429]


def test_a_refused_photo_leaves_no_report_and_keeps_the_words(client, place):
    wrong = SimpleUploadedFile("示例.jpg", b"MZ no photo", content_type="image/jpeg")
    answer = client.post(wall(place), given(photos=wrong))
    assert answer.status_code == 422
    assert "示例：法兰滴漏" in answer.content.decode()
    assert not Hazard.objects.exists()
    many = [picture() for _ in range(6)]
    answer = client.post(wall(place), given(photos=many))
    assert "最多 5 张" in answer.content.decode()


def test_their_own_people_report_under_their_account(as_, world, place):
    answer = as_(world.worker).get(wall(place))
    assert answer.url == f"{reverse('hazards:report')}?place={place.pk}"
    assert f'value="{place.pk}" checked' in as_(world.worker).get(answer.url).content.decode()
    assert as_(world.other_officer).get(wall(place)).status_code == 200
