"""After the release the inspected unit sees the visit and its result, never how it came about."""

import pytest
from django.apps import apps
from django.urls import reverse

from attachments.models import Attachment
from plans.models import Visit
from scoring import actions, comments, findings
from scoring.models import Scoresheet
from tests.architecture.objects import OBJECTS
from tests.factories import papers

PARTS = ("Answer", "Comment", "Finding", "RecordText", "Scoresheet", "Signature")
NOTE = "示例退回意见"


@pytest.fixture
def released(world):
    """Papers that were returned once with a note, and then confirmed and released."""
    visit = papers.in_state(world, "submitted")
    comments.add(actions.present(visit), by=world.province, text="示例意见")
    sheet = actions.return_visit(visit, by=world.province, note=NOTE)
    findings.add(sheet, by=world.member, text="示例问题")
    papers.sign(sheet, "leader", world.leader)
    papers.sign(sheet, "recorder", world.recorder)
    actions.submit(visit, by=world.leader)
    actions.confirm(visit, by=world.province)
    actions.release(visit, by=world.province)
    return visit


@pytest.mark.parametrize("name", PARTS)
def test_drafts_are_seen_by_those_who_work_on_them(world, released, name):
    rows = apps.get_model("scoring", name).objects
    assert rows.visible_to(world.member).exists()
    assert rows.visible_to(world.province).exists()
    assert list(Visit.objects.visible_to(world.county_a1)) == [released]
    assert not rows.visible_to(world.county_a1).exists()
    assert not rows.visible_to(world.city_a).exists()


def test_evidence_is_seen_by_those_who_work_on_it(world):
    OBJECTS["released_photo"](world)
    assert Attachment.objects.visible_to(world.leader).count() == 1
    assert not Attachment.objects.visible_to(world.county_a1).exists()


def test_notes_of_a_return_stay_among_those_who_work_on_it(world, released, as_):
    url = reverse("plans:visit_detail", args=[released.pk])
    assert NOTE in as_(world.province).get(url).content.decode()
    page = as_(world.county_a1).get(url)
    assert (page.status_code, NOTE in page.content.decode()) == (200, False)


def test_the_result_itself_is_seen(world, released, as_):
    page = as_(world.county_a1).get(reverse("scoring:visit_result", args=[released.pk]))
    assert "示例问题" in page.content.decode()
    assert Scoresheet.objects.visible_to(world.county_a1).count() == 0
