"""A draft is changed step by step, taken back, published as issued, retired or cancelled."""

from dataclasses import replace

import pytest

from audit.models import AuditEvent
from chabaocu.edits import ChangedError
from chabaocu.errors import Refused, StaleState
from rubrics import actions, drafts, editing
from rubrics.differences import compare
from rubrics.immutable import PublishedVersionError
from rubrics.models import DraftStep, Version
from rubrics.outline import outline_of
from tests.factories.orgs import UserFactory
from tests.factories.rubrics import small_version

WRONG = "总分：标明13分，各项合计12分"


@pytest.fixture
def person(db):
    return UserFactory()


@pytest.fixture
def other(person):
    """Who publishes what somebody else has written."""
    return UserFactory(organization=person.organization)


@pytest.fixture
def issued(db):
    return small_version()


@pytest.fixture
def draft(issued, person):
    return actions.redraft(issued, by=person)


def said(version):
    return outline_of(Version.objects.with_tree().get(pk=version.pk))


def change(draft, by, **fields):
    drafts.edit(draft, replace(said(draft), **fields), by=by, what="改示例", seen=draft.revision)


def test_new_version_says_what_the_old_one_says(issued, draft):
    assert (draft.status, draft.number) == ("draft", 2)
    assert replace(said(draft), number=1) == said(issued)


def test_second_draft_beside_the_first_is_refused(issued, draft, person):
    with pytest.raises(Refused, match="第2版已在起草"):
        actions.redraft(issued, by=person)


def test_number_of_a_cancelled_draft_is_not_given_again(issued, draft, person):
    actions.cancel(draft, by=person, reason="示例：起草错了")
    assert actions.redraft(issued, by=person).number == 3
    with pytest.raises(PublishedVersionError):
        draft.save()


def test_cancelling_asks_for_a_reason_and_a_draft(issued, draft, person):
    with pytest.raises(Refused, match="理由"):
        actions.cancel(draft, by=person, reason=" ")
    with pytest.raises(StaleState):
        actions.cancel(issued, by=person, reason="示例")


def test_edit_writes_the_whole_table_and_its_event(draft, person):
    change(draft, person, title="示例新题")
    made, where = editing.added(said(draft), (0, 0))
    drafts.edit(draft, made, by=person, what="增加得分点", seen=draft.revision)
    assert (said(draft), draft.revision, draft.title) == (made, 2, "示例新题")
    event = AuditEvent.objects.get(action="rubric.edit", after__what="增加得分点")
    assert (event.actor_id, event.target_id) == (person.pk, str(draft.pk))


def test_edit_of_an_older_page_changes_nothing(draft, person):
    before, seen = said(draft), draft.revision
    change(draft, person, title="先存的")
    with pytest.raises(ChangedError):
        drafts.edit(draft, replace(before, title="后存的"), by=person, what="改", seen=seen)
    assert said(draft).title == "先存的"


def test_edit_of_a_published_version_is_stale(issued, person):
    with pytest.raises(StaleState):
        change(issued, person, title="改")


def test_edit_does_not_reach_the_rubric_itself(draft, person):
    with pytest.raises(Refused, match="适用对象"):
        change(draft, person, target="town")
    draft.refresh_from_db()
    assert draft.revision == 0


def test_each_version_names_the_document_it_was_issued_by(issued, draft, person):
    before = said(issued)
    change(draft, person, issuer="示例发文单位", source="示例文件〔2018〕2号")
    assert (said(draft).issuer, said(draft).source) == ("示例发文单位", "示例文件〔2018〕2号")
    assert said(issued) == before
    assert [facet.name for facet in compare(before, said(draft)).heads] == ["发文单位", "出处"]
    issued.refresh_from_db()
    assert issued.content_hash == before.content_hash


def test_edits_are_taken_back_one_by_one(draft, person):
    first = said(draft)
    change(draft, person, title="一")
    second = said(draft)
    change(draft, person, title="二")
    drafts.undo(draft, by=person, seen=draft.revision)
    assert said(draft) == second
    change(draft, person, title="三")
    drafts.undo(draft, by=person, seen=draft.revision)
    assert said(draft) == second
    drafts.undo(draft, by=person, seen=draft.revision)
    assert said(draft) == first
    with pytest.raises(Refused, match="没有可以撤销"):
        drafts.undo(draft, by=person, seen=draft.revision)
    assert DraftStep.objects.filter(is_undone=True).count() == 3


def test_mismatch_stops_publication_until_it_is_accepted_with_a_note(draft, person, other):
    change(draft, person, total=13)
    with pytest.raises(Refused, match=WRONG):
        actions.publish(draft, by=other)
    with pytest.raises(Refused, match="为什么"):
        actions.accept(draft, by=person, mismatch=WRONG, why=" ")
    actions.accept(draft, by=person, mismatch=WRONG, why="原件如此")
    assert draft.acceptances[WRONG]["why"] == "原件如此"
    actions.publish(draft, by=other)
    assert (draft.status, draft.total) == ("published", 13)


def test_whoever_changed_the_draft_last_does_not_publish_it(draft, person, other):
    with pytest.raises(Refused, match="另一位同事"):
        actions.publish(draft, by=person)
    change(draft, other, title="示例新题")
    with pytest.raises(Refused, match="另一位同事"):
        actions.publish(draft, by=other)
    drafts.undo(draft, by=person, seen=draft.revision)
    with pytest.raises(Refused, match="另一位同事"):
        actions.publish(draft, by=person)
    actions.publish(draft, by=other)
    assert (draft.status, draft.published_by) == ("published", other)


def test_what_does_not_mismatch_cannot_be_accepted(draft, person):
    with pytest.raises(StaleState):
        actions.accept(draft, by=person, mismatch=WRONG, why="原件如此")


def test_page_that_showed_an_older_draft_does_not_publish(draft, person, other):
    seen = draft.revision
    change(draft, person, title="刚改的")
    with pytest.raises(StaleState):
        actions.publish(draft, by=other, seen=seen)


def test_retired_version_keeps_who_and_why(issued, person):
    actions.retire(issued, by=person, reason="示例：发了新表")
    assert (issued.ended_by, issued.end_reason) == (person, "示例：发了新表")
    assert actions.redraft(issued, by=person).number == 2
