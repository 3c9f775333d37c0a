"""A file is still coming in while the papers are submitted: it may not land in a frozen draft."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from attachments.models import Attachment
from chabaocu.errors import Refused
from scoring import actions, evidence, freeze, signatures, signing
from tests.attachments import samples
from tests.cast import build_world
from tests.factories import papers

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


class SlowUpload(SimpleUploadedFile):
    """A file whose last bytes arrive when ``arrives`` is set."""

    def __init__(self, reading, arrives):
        super().__init__("一号.jpg", samples.photo())
        self.reading, self.arrives = reading, arrives

    def read(self, *args):
        self.reading.set()
        assert self.arrives.wait(30)
        return super().read(*args)


def photo(world, sheet, file):
    evidence.add(sheet, file, slot="1-1", upload_id=uuid4(), by=world.member)


def scan(world, sheet, file):
    seen = sheet.signatures.get(role="leader").content_hash
    signing.sign_by_scan(sheet, "leader", file, by=world.recorder, seen=seen, upload_id=uuid4())


def upload_during_submission(world, add=photo):
    """Submit between the first check of the upload and its end; what became of the upload."""
    visit = papers.signed(world)
    reading, arrives = Event(), Event()

    def upload():
        sheet = visit.sheets.select_related("visit").get()
        file = SlowUpload(reading, arrives)
        try:
            add(world, sheet, file)
        except Refused:
            return "refused"
        finally:
            connections.close_all()
        return "kept"

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(upload)
        assert reading.wait(30)
        actions.submit(visit, by=world.leader)
        arrives.set()
        return waiting.result(), visit.sheets.get()


def test_upload_ending_after_the_submission_is_refused():
    outcome, sheet = upload_during_submission(build_world())
    assert (outcome, Attachment.objects.count()) == ("refused", 0)
    assert sheet.frozen["attachments"] == []


def test_without_the_hold_a_frozen_draft_gets_a_file(monkeypatch):
    monkeypatch.setattr(signatures, "hold", lambda sheet: None)
    outcome, sheet = upload_during_submission(build_world())
    assert (outcome, Attachment.objects.count()) == ("kept", 1)
    assert sheet.frozen["attachments"] == []


def test_scan_of_a_signature_ending_after_the_submission_is_refused():
    outcome, sheet = upload_during_submission(build_world(), scan)
    assert (outcome, Attachment.objects.count(), sheet.signatures.count()) == ("refused", 0, 2)


def test_without_the_hold_a_frozen_draft_gets_another_signature(monkeypatch):
    monkeypatch.setattr(freeze, "hold", lambda sheet: None)
    outcome, sheet = upload_during_submission(build_world(), scan)
    assert (outcome, Attachment.objects.count(), sheet.signatures.count()) == ("kept", 1, 3)
    assert [one["method"] for one in sheet.frozen["signatures"]] == ["password", "password"]
