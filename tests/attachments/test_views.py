import pytest
from django.urls import reverse

from attachments import actions
from tests.attachments import samples
from tests.attachments.test_actions import add


@pytest.fixture
def photo(world):
    return add(world, name="督导 现场①.jpg")


def test_file_is_served_with_its_chinese_name_and_no_powers(as_, world, photo):
    response = as_(world.recorder).get(reverse("attachments:file", args=[photo.pk]))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert "filename*=utf-8''%E7%9D%A3" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")


def test_thumb_is_smaller(as_, world):
    large = add(world, samples.photo(size=(1900, 1200)))
    response = as_(world.leader).get(reverse("attachments:thumb", args=[large.pk]))
    assert len(b"".join(response.streaming_content)) < large.size


def test_pdf_is_downloaded_never_shown(as_, world):
    document = add(world, samples.pdf(), name="办法.pdf")
    response = as_(world.member).get(reverse("attachments:file", args=[document.pk]))
    assert response["Content-Disposition"].startswith("attachment;")
    response.close()


@pytest.mark.parametrize(
    "name", ["other_leader", "city_b", "county_a1", "officer", "worker", "admin"]
)
def test_file_outside_scope_does_not_exist(as_, world, photo, name):
    for page in ("file", "thumb"):
        url = reverse(f"attachments:{page}", args=[photo.pk])
        assert as_(getattr(world, name)).get(url).status_code == 404


def test_file_needs_a_login(client, photo):
    assert client.get(reverse("attachments:file", args=[photo.pk])).status_code == 302


def test_removed_file_is_gone(as_, world, photo):
    actions.remove(photo, by=world.member, stream=world.visit.stream)
    assert as_(world.leader).get(reverse("attachments:file", args=[photo.pk])).status_code == 404
