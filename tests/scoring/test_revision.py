"""A correction is a new draft; the old one stays as it was."""

import pytest
from django.db import IntegrityError

from scoring import actions, findings
from scoring.completeness import missing
from tests.factories import papers


@pytest.fixture
def visit(world):
    sheet = papers.started(world.visit, world.leader)
    papers.fill(sheet, world.member)
    actions.follow(world.visit, by=world.member)
    kept = findings.add(sheet, by=world.member, text="留下的问题", code="1-2")
    findings.withdraw(findings.add(sheet, by=world.member, text="撤回的问题"), by=world.member)
    papers.sign(sheet, "leader", world.leader)
    papers.sign(sheet, "recorder", world.recorder)
    world.visit.refresh_from_db()
    actions.submit(world.visit, by=world.leader)
    assert kept.pk
    return world.visit


def said(sheet):
    return (
        [(a.criterion.code, a.inputs, a.points, a.version) for a in sheet.answers.all()],
        [(t.field, t.text, t.version) for t in sheet.texts.all()],
        [f.text for f in sheet.findings.filter(withdrawn_at=None)],
    )


def test_a_new_draft_says_what_the_old_one_said(world, visit):
    old = actions.present(visit)
    new = actions.return_visit(visit, by=world.province, note=" 请核对 ")
    assert (new.revision, new.reason, visit.revision, visit.status) == (2, "请核对", 2, "returned")
    assert said(new) == said(old)
    assert new.findings.count() == 1
    assert (new.frozen, new.content_hash, new.signatures.count()) == (None, "", 0)
    assert [gap.place for gap in missing(new)] == ["sign", "sign"]


def test_the_old_draft_stays_frozen_and_readable(world, visit):
    old = actions.present(visit)
    frozen, digest = old.frozen, old.content_hash
    new = actions.correct(visit, by=world.province, reason="示例")
    papers.answer(new, "3", {"count": 0}, world.member)
    old.refresh_from_db()
    assert (old.frozen, old.content_hash) == (frozen, digest)
    assert old.signatures.filter(voided_at=None).count() == 2


def test_results_of_an_open_correction_count_nowhere(world, visit):
    actions.confirm(visit, by=world.province)
    actions.correct(visit, by=world.province, reason="示例")
    assert (visit.total, visit.rate, visit.content_hash) == (None, None, "")
    assert (visit.submitted_at, visit.confirmed_by, visit.released_at) == (None, None, None)


def test_the_corrected_draft_is_signed_and_submitted_again(world, visit):
    new = actions.recall(visit, by=world.leader, reason="漏记一次")
    papers.answer(new, "1-2", {"points": "3"}, world.member)
    papers.sign(new, "leader", world.leader)
    papers.sign(new, "recorder", world.recorder)
    actions.submit(visit, by=world.recorder)
    assert (visit.status, visit.revision, visit.total) == ("submitted", 2, 12)
    assert [s.total for s in visit.sheets.all()] == [11, 12]


def test_a_correction_without_reason_is_impossible(world, visit):
    with pytest.raises(IntegrityError):
        visit.sheets.create(revision=2, version_id=visit.version_id, reason="")
