"""Submitted drafts are issued: once, under codes, with bytes that stay as they are."""

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from audit.canonical import sha256
from audit.models import AppendOnlyError
from orgs.models import Organization
from reports.codes import ALPHABET, new_code, tidy_code
from reports.issue import issue_documents, issued_paper, issued_pdf, render_document, store_pdf
from reports.models import IssuedDocument, Rendering
from scoring import actions
from tests.factories import papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def documents(world):
    """The papers of a submitted visit, by kind."""
    papers.submitted(world)
    return {document.kind: document for document in IssuedDocument.objects.all()}


def test_submission_issues_both_papers(documents, world):
    assert sorted(documents) == ["record", "scoresheet"]
    assert {document.issued_by for document in documents.values()} == {world.leader}
    assert len({document.code for document in documents.values()}) == 2


def test_issued_paper_says_what_was_frozen(documents):
    sheet = issued_paper(documents["scoresheet"])
    record = issued_paper(documents["record"])
    assert (sheet.total, record.total) == (Decimal("11"), Decimal("11"))
    assert [row.score for group in sheet.groups for row in group.rows] == [4, 5, 2]
    assert [text.text for text in record.texts] == ["示例亮点。", "示例问题。", "示例建议。"]
    assert (record.time, record.unit) == ("2017年12月5日", "甲一县总工会")
    assert record.leader.name == "示例leader"
    assert record.stamp.code == documents["record"].code
    assert record.stamp.verify_url.endswith(f"/verify/{documents['record'].code}/")


def test_issued_paper_stays_when_the_data_changes(documents, world):
    before = issued_paper(documents["record"])
    Organization.objects.filter(pk=world.visit.target_id).update(name="改名县总工会")
    document = IssuedDocument.objects.get(pk=documents["record"].pk)
    assert issued_paper(document) == before
    assert document.content_hash == sha256(document.context)


def test_issuing_is_part_of_the_submission(world, monkeypatch):
    visit = papers.signed(world)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("reports.issue.sheet_papers", fail)
    with pytest.raises(RuntimeError):
        actions.submit(visit, by=world.leader)
    visit.refresh_from_db()
    assert (visit.status, IssuedDocument.objects.count()) == ("signing", 0)


def test_draft_is_issued_once(documents, world):
    sheet = documents["record"].sheet
    with pytest.raises(IntegrityError), transaction.atomic():
        issue_documents(sheet, world.leader)


def test_issued_document_cannot_be_changed(documents):
    with pytest.raises(AppendOnlyError):
        documents["record"].save()
    with pytest.raises(AppendOnlyError):
        IssuedDocument.objects.all().delete()


def test_correction_is_issued_anew(documents, world):
    world.visit.refresh_from_db()
    sheet = actions.return_visit(world.visit, by=world.province, note="示例意见")
    for role in ("leader", "recorder"):
        papers.sign(sheet, role, world.people[role])
    actions.submit(world.visit, by=world.leader)
    records = IssuedDocument.objects.filter(kind="record").select_related("sheet__visit")
    assert [(d.sheet.revision, d.is_latest) for d in records.order_by("sheet__revision")] == [
        (1, False),
        (2, True),
    ]


def test_bytes_are_made_once_and_kept_by_hash(documents):
    document = documents["scoresheet"]
    before = issued_pdf(document)
    rendering = store_pdf(document)
    assert store_pdf(document) == rendering
    assert rendering.sha256 == hashlib.sha256(before).hexdigest()
    assert issued_pdf(document) == before


def test_damaged_bytes_are_not_served(documents, settings):
    rendering = store_pdf(documents["record"])
    path = Path(settings.DATA_DIR) / "issued" / rendering.sha256[:2] / f"{rendering.sha256}.pdf"
    path.write_bytes(b"%PDF-1.7 forged")
    with pytest.raises(OSError, match="damaged"):
        issued_pdf(documents["record"])
    path.unlink()


def test_worker_makes_the_bytes(documents):
    waiting = DBTaskResult.objects.ready().filter(task_path="reports.issue.render_document")
    assert sorted(result.args_kwargs["args"] for result in waiting) == sorted(
        [document.pk] for document in documents.values()
    )
    render_document.call(documents["record"].pk)
    assert Rendering.objects.get().document == documents["record"]


def test_code_has_no_signs_that_look_alike():
    assert not set("0O1IL") & set(ALPHABET)
    assert len({new_code() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("K7M3-9QXD-4TRA", "K7M3-9QXD-4TRA"),
        (" k7m39qxd 4tra ", "K7M3-9QXD-4TRA"),
        ("K7M3-9QXD-4TR", ""),
        ("K7M3-9QXD-4TR0", ""),
        ("", ""),
    ],
)
def test_typed_code_is_tidied(typed, code):
    assert tidy_code(typed) == code
