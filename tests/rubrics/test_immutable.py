"""A published version stands still, whichever way the change comes."""

import pytest

from chabaocu.errors import Refused, StaleState
from rubrics import actions
from rubrics.immutable import PublishedVersionError
from rubrics.models import Criterion, Item, Rubric, Section, Version
from tests.factories.rubrics import small_version

MODELS = [Rubric, Version, Section, Item, Criterion]


@pytest.fixture
def version(db):
    return small_version()


@pytest.fixture
def draft(version):
    """A draft of the next number with one section, beside the published version."""
    made = Version.objects.create(rubric=version.rubric, number=2, title="示例草稿", total=5)
    section = Section.objects.create(version=made, order=1, name="示例")
    Item.objects.create(section=section, number=1, points=5)
    return made


@pytest.mark.parametrize("model", MODELS)
def test_published_row_cannot_be_saved(version, model):
    with pytest.raises(PublishedVersionError):
        model.objects.first().save()


@pytest.mark.parametrize("model", MODELS)
def test_published_row_cannot_be_deleted(version, model):
    with pytest.raises(PublishedVersionError):
        model.objects.first().delete()


@pytest.mark.parametrize("model", MODELS)
def test_published_rows_cannot_be_changed_in_bulk(version, model):
    rows, field = model.objects.all(), model._meta.pk.name
    for change in (
        lambda: rows.update(**{field: 1}),
        rows.delete,
        lambda: model.objects.bulk_update(list(rows), [model._meta.fields[1].name]),
    ):
        with pytest.raises(PublishedVersionError):
            change()


def test_nothing_can_be_added_to_a_published_version(version):
    item = Item.objects.first()
    new = {"order": 9, "code": "9", "text": "示例", "kind": "award", "points": 1}
    with pytest.raises(PublishedVersionError):
        Criterion.objects.create(item=item, **new)
    with pytest.raises(PublishedVersionError):
        Criterion.objects.bulk_create([Criterion(item=item, **new)])
    with pytest.raises(PublishedVersionError):
        version.sections.create(order=9, name="示例")


def test_part_of_a_draft_cannot_be_moved_into_a_published_version(version, draft):
    section = draft.sections.get()
    section.version = version
    with pytest.raises(PublishedVersionError):
        section.save()


def test_draft_beside_it_can_be_changed_and_deleted(version, draft):
    Section.objects.filter(version=draft).update(name="改名")
    assert draft.sections.get().name == "改名"
    draft.delete()
    assert Version.objects.get() == version


def test_contradicting_draft_is_not_published(version, draft):
    with pytest.raises(Refused, match="第1项：标明5分，得分点合计0分"):
        actions.publish(draft, by=None)
    draft.refresh_from_db()
    assert draft.status == Version.Status.DRAFT


def test_published_version_is_not_published_again(version):
    with pytest.raises(StaleState):
        actions.publish(version, by=None)


def test_retired_version_leaves_the_published_ones_and_stands_still(version):
    actions.retire(version, by=None)
    assert not Version.objects.published().exists()
    with pytest.raises(PublishedVersionError):
        version.save()
    with pytest.raises(StaleState):
        actions.retire(version, by=None)
