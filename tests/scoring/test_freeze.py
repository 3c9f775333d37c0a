"""Nothing of a submitted draft changes, whichever way it is tried."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from attachments.actions import add as add_file
from attachments.models import Attachment
from audit.canonical import sha256
from chabaocu.errors import Refused
from scoring import actions, findings, freeze
from tests.factories import papers
from tests.factories.orgs import PASSWORD


def photo(name="照片.jpg"):
    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    made.name = name
    made.seek(0)
    return made


@pytest.fixture
def frozen(world):
    """Submitted papers with a problem and a photo in them."""
    sheet = papers.started(world.visit, world.leader)
    papers.fill(sheet, world.member)
    actions.follow(world.visit, by=world.member)
    findings.add(sheet, by=world.leader, text="示例问题")
    add_file(
        SimpleUploadedFile("照片.jpg", photo().read()),
        holder_type="visit",
        holder_id=world.visit.pk,
        slot="1-1",
        upload_id=uuid4(),
        by=world.leader,
        stream=world.visit.stream,
    )
    for role, user in (("leader", world.leader), ("recorder", world.recorder)):
        papers.sign(sheet, role, user)
    world.visit.refresh_from_db()
    return actions.submit(world.visit, by=world.leader)


def attempts(sheet):
    """Every address that changes a draft, with what its page would send."""
    visit, finding = sheet.visit_id, sheet.findings.get()
    seen = sheet.signatures.first().content_hash
    text = {"id": str(uuid4()), "base": 1, "text": "改"}
    said = {f"f{finding.pk}-text": "改", f"f{finding.pk}-seen": findings.fingerprint(finding)}
    return {
        ("text_save", visit, "highlights"): text,
        ("text_compose", visit, "problems"): text | {"id": str(uuid4())},
        ("finding_add", visit): {"text": "改"},
        ("finding_edit", finding.pk): said,
        ("finding_up", finding.pk): {},
        ("finding_withdraw", finding.pk): {},
        ("sign_add", visit): {"seen": seen, "password": PASSWORD},
        ("sign_scan", visit, "leader"): {"seen": seen, "upload_id": str(uuid4()), "file": photo()},
        ("file_add", sheet.pk, "1-1"): {"upload_id": str(uuid4()), "file": photo("另一张.jpg")},
        ("file_remove", sheet.pk, Attachment.objects.get().pk): {},
    }


def state(sheet):
    sheet.refresh_from_db()
    return (
        sheet.frozen,
        sheet.content_hash,
        sheet.edits,
        list(sheet.answers.values_list("inputs", "version")),
        list(sheet.texts.values_list("text", "version")),
        list(sheet.findings.values_list("text", "withdrawn_at")),
        list(sheet.signatures.values_list("voided_at", flat=True)),
        list(Attachment.objects.values_list("pk", "removed_at")),
    )


def test_no_address_changes_a_frozen_draft(world, frozen, as_):
    client, before = as_(world.leader), state(frozen)
    for (name, *args), said in attempts(frozen).items():
        reply = client.post(reverse(f"scoring:{name}", args=args), said, follow=True)
        assert state(frozen) == before, name
        assert "不能再改" in reply.content.decode(), name


def test_a_point_of_a_frozen_draft_is_locked(world, frozen, as_):
    before = state(frozen)
    reply = as_(world.leader).post(
        reverse("scoring:point_save", args=[frozen.pk, "1-1"]),
        {"id": str(uuid4()), "base": 1, "inputs": {"points": "0"}},
        content_type="application/json",
    )
    assert (reply.status_code, reply.json()["error"]) == (409, "locked")
    assert state(frozen) == before


def test_no_action_takes_a_frozen_draft(world, frozen):
    with pytest.raises(Refused, match="已提交锁定"):
        freeze.hold(frozen)


def test_the_photo_is_frozen_by_its_hash(frozen):
    [file] = Attachment.objects.all()
    assert frozen.frozen["attachments"] == [
        {"slot": "1-1", "sha256": file.sha256, "name": "照片.jpg"}
    ]
    assert sha256(frozen.frozen) == frozen.content_hash
