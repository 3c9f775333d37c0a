"""Two people publish one draft, or change it, or change and publish it, at the same moment."""

from dataclasses import replace

import pytest
from django.db.models import F

from audit.models import AuditEvent
from rubrics import actions, drafts
from rubrics.immutable import PublishedVersionError
from rubrics.models import Version
from rubrics.outline import outline_of
from tests.factories.orgs import UserFactory
from tests.factories.rubrics import small_version
from tests.races import at_once

CLIENTS = 8
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person(transactional_db):
    return UserFactory()


@pytest.fixture
def draft(person):
    return actions.redraft(small_version(), by=person)


def said(draft):
    return outline_of(Version.objects.with_tree().get(pk=draft.pk))


def fresh(draft):
    return Version.objects.get(pk=draft.pk)


def publisher(draft, person):
    """Somebody other than the person who wrote it."""
    mine, other = fresh(draft), UserFactory(organization=person.organization)
    return lambda: actions.publish(mine, by=other, seen=0)


def editor(draft, person, title):
    mine, outline = fresh(draft), replace(said(draft), title=title)
    return lambda: drafts.edit(mine, outline, by=person, what=title, seen=0)


def unguarded_move(version, source, *, revision=None, **changes):
    Version._base_manager.filter(pk=version.pk).update(**changes)


def unguarded_turn(version, seen):
    Version._base_manager.filter(pk=version.pk).update(revision=F("revision") + 1)


def publications():
    return AuditEvent.objects.filter(action="rubric.publish").count()


def test_draft_is_published_once_however_many_publish(draft, person):
    outcome = at_once([publisher(draft, person) for _ in range(CLIENTS)])
    assert outcome == {"done": 1, "StaleState": CLIENTS - 1}
    assert publications() == 1


def test_without_the_comparison_it_is_published_several_times(draft, person, monkeypatch):
    monkeypatch.setattr(actions, "_move", unguarded_move)
    at_once([publisher(draft, person) for _ in range(CLIENTS)])
    assert publications() > 1


def test_one_of_many_edits_from_the_same_page_is_kept(draft, person):
    outcome = at_once([editor(draft, person, f"第{n}人") for n in range(CLIENTS)])
    assert outcome == {"done": 1, "ChangedError": CLIENTS - 1}
    assert (draft.steps.count(), fresh(draft).revision) == (1, 1)


def test_without_the_comparison_those_who_come_late_are_not_told(draft, person, monkeypatch):
    monkeypatch.setattr(drafts, "_turn", unguarded_turn)
    outcome = at_once([editor(draft, person, f"第{n}人") for n in range(CLIENTS)])
    assert outcome["ChangedError"] == 0


def test_publication_and_edit_exclude_each_other(draft, person):
    outcome = at_once([publisher(draft, person), editor(draft, person, "示例新题")])
    assert outcome["done"] == 1
    stands = fresh(draft)
    assert stands.content_hash in {"", said(draft).content_hash}  # what is published was seen
    assert (stands.status == "published") == (stands.title == "示例评分表")


def test_without_the_comparison_what_nobody_saw_is_published(draft, person, monkeypatch):
    """The twin: the edit goes first, and he who saw the draft before it publishes it."""
    press = publisher(draft, person)
    editor(draft, person, "没有人看过的题")()
    monkeypatch.setattr(actions, "_move", unguarded_move)
    press()
    assert (fresh(draft).status, fresh(draft).title) == ("published", "没有人看过的题")


def test_without_the_comparison_an_edit_reaches_what_is_published(draft, person, monkeypatch):
    """The twin of the other order: only the rows' own guard is left to refuse it."""
    change = editor(draft, person, "发布以后改的题")
    publisher(draft, person)()
    monkeypatch.setattr(drafts, "_turn", unguarded_turn)
    with pytest.raises(PublishedVersionError):
        change()


def test_next_version_is_drafted_once_however_many_ask(person):
    issued = small_version()
    outcome = at_once([lambda: actions.redraft(issued, by=person)] * CLIENTS)
    assert outcome == {"done": 1, "Refused": CLIENTS - 1}
    assert issued.rubric.versions.count() == 2
