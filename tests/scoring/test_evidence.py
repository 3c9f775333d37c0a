"""Files of a draft come and go only while it can be filled, and void what was signed."""

from hashlib import sha256
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from attachments.models import Attachment
from chabaocu.errors import Refused
from scoring import evidence
from scoring.signatures import CHANGED, standing
from tests.attachments import samples
from tests.factories import papers


def add(sheet, by):
    upload = SimpleUploadedFile("一号.jpg", samples.photo())
    return evidence.add(sheet, upload, slot="1-1", upload_id=uuid4(), by=by)


def voided(sheet):
    return list(sheet.signatures.values_list("voided_reason", flat=True))


def test_add_voids_both_signatures(world):
    sheet = papers.signed(world).sheets.get()
    assert len(standing(sheet)) == 2  # or nothing could be voided
    add(sheet, world.member)
    assert voided(sheet) == [CHANGED, CHANGED]


def test_remove_voids_both_signatures(world):
    sheet = papers.started(world.visit, world.leader)
    papers.fill(sheet, world.member)
    file = add(sheet, world.member)
    papers.sign(sheet, "leader", world.leader)
    papers.sign(sheet, "recorder", world.recorder)
    evidence.remove(sheet, file, by=world.member)
    assert voided(sheet) == [CHANGED, CHANGED]


def test_add_to_a_frozen_draft_keeps_nothing(world):
    sheet = papers.submitted(world).sheets.get()
    with pytest.raises(Refused, match="已提交锁定"):
        add(sheet, world.member)
    assert not Attachment.objects.exists()
    assert voided(sheet) == ["", ""]


def test_refused_upload_says_so_on_the_page_without_script(world, as_):
    sheet = papers.submitted(world).sheets.get()
    page = as_(world.member).post(
        reverse("scoring:file_add", args=[sheet.pk, "1-1"]),
        {"upload_id": uuid4(), "file": SimpleUploadedFile("一号.jpg", samples.photo())},
    )
    assert page.status_code == 400
    assert "<b>没有上传。</b>已提交，不能再改" in page.content.decode()


@pytest.fixture
def sending(world, as_):
    """Send the photo as the page's script does, with these words beside it."""
    sheet = papers.started(world.visit, world.leader)
    address = reverse("scoring:file_add", args=[sheet.pk, "1-1"])

    def send(**extra):
        body = {"file": SimpleUploadedFile("一号.jpg", samples.photo())} | extra
        return as_(world.member).post(address, body, headers={"accept": "application/json"})

    return send


def test_upload_answers_with_the_hash_of_what_arrived_every_time(sending):
    sent = {"upload_id": uuid4(), "sha256": sha256(samples.photo()).hexdigest()}
    first, again = sending(**sent), sending(**sent)
    assert first.json() == again.json()
    assert first.json()["sha256"] == sent["sha256"]
    assert Attachment.objects.count() == 1


def test_upload_that_was_damaged_on_the_way_is_not_kept(sending):
    told = sending(upload_id=uuid4(), sha256="0" * 64)
    assert (told.status_code, told.json()["error"]) == (422, "broken")
    assert not Attachment.objects.exists()
