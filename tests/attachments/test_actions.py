from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from attachments import actions, storage
from attachments.models import Attachment
from audit.models import AuditEvent
from chabaocu.errors import Refused, StaleState
from tests.attachments import samples


def add(world, data=None, *, by=None, id=None, slot="1-1", name="一号.jpg"):
    return actions.add(
        SimpleUploadedFile(name, samples.photo() if data is None else data),
        holder_type="visit",
        holder_id=world.visit.pk,
        slot=slot,
        upload_id=id or uuid4(),
        by=by or world.member,
        stream=world.visit.stream,
    )


def test_add_keeps_content_under_its_hash(world):
    made = add(world)
    kept = storage.path_of(made.sha256).read_bytes()
    assert (storage.digest(kept), len(kept)) == (made.sha256, made.size)
    assert storage.thumb_path_of(made.sha256).is_file()
    event = AuditEvent.objects.filter(stream__name=world.visit.stream).latest("seq")
    assert (event.action, event.after["sha256"]) == ("attachment.add", made.sha256)


def test_add_same_id_again_is_once(world):
    id = uuid4()
    assert add(world, id=id) == add(world, id=id)
    assert Attachment.objects.count() == 1


def test_add_same_id_elsewhere_is_refused(world):
    id = uuid4()
    add(world, id=id)
    with pytest.raises(Refused, match="编号"):
        add(world, id=id, slot="1-2")


def test_add_beyond_the_limit_is_refused(world, monkeypatch):
    monkeypatch.setattr(actions, "MOST_PER_SLOT", 1)
    add(world)
    with pytest.raises(Refused, match="最多"):
        add(world)


def test_remove_hides_and_keeps(world):
    made = add(world)
    actions.remove(made, by=world.member, stream=world.visit.stream)
    made.refresh_from_db()
    assert (made.removed_by, Attachment.objects.live().count()) == (world.member, 0)
    assert storage.path_of(made.sha256).is_file()
    with pytest.raises(StaleState):
        actions.remove(made, by=world.member, stream=world.visit.stream)
