"""Saving by itself leaves one event at once and one at the end of a sitting; nothing is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import AuditEvent
from briefs import actions, sittings
from briefs.models import Chapter
from tests.cast import build_world
from tests.factories import briefs
from tests.races import at_once

pytestmark = pytest.mark.django_db
SLUG = "opening"


def saves(brief, by, *texts):
    """What the page sends by itself, one after the other."""
    for text in texts:
        one = briefs.chapter(brief, SLUG)
        actions.write(one, version=one.version, heading="引言", text=text, by=by)


def told():
    events = AuditEvent.objects.filter(action__in=["brief.write", "brief.redraft"]).order_by("pk")
    return [(one.actor_name, one.before.get("text"), one.after["text"]) for one in events]


def earlier(brief, **ago):
    brief.chapters.filter(told_at__isnull=False).update(told_at=timezone.now() - timedelta(**ago))


@pytest.fixture
def brief(world):
    made = briefs.begun(world)
    made.chapters.filter(slug=SLUG).update(text="拟稿")
    return made


def test_sitting_is_told_by_its_first_save_and_its_end(world, brief):
    saves(brief, world.province, "一", "一二", "一二三")
    me = str(world.province)
    assert told() == [(me, "拟稿", "一")]
    earlier(brief, minutes=31)
    assert sittings.sweep(timezone.now()) == 1
    assert told() == [(me, "拟稿", "一"), (me, "一", "一二三")]
    assert sittings.sweep(timezone.now()) == 0
    saves(brief, world.province, "四")
    assert told()[2:] == [(me, "一二三", "四")]


def test_sitting_of_one_save_has_one_event(world, brief):
    saves(brief, world.province, "一")
    earlier(brief, minutes=31)
    sittings.sweep(timezone.now())
    assert told() == [(str(world.province), "拟稿", "一")]


def test_sitting_that_goes_on_is_left_alone(world, brief):
    saves(brief, world.province, "一", "一二")
    earlier(brief, minutes=29)
    assert sittings.sweep(timezone.now()) == 0
    saves(brief, world.province, "一二三")
    assert len(told()) == 1
    earlier(brief, minutes=31)
    saves(brief, world.province, "四")  # before the sweep comes
    assert [(was, now) for _, was, now in told()[1:]] == [("一", "一二三"), ("一二三", "四")]


def test_another_person_ends_it(world, brief):
    saves(brief, world.province, "一", "一二")
    saves(brief, world.province2, "别人的")
    me, other = str(world.province), str(world.province2)
    assert told() == [(me, "拟稿", "一"), (me, "一", "一二"), (other, "一二", "别人的")]


def redraft(world, brief):
    one = briefs.chapter(brief, SLUG)
    fresh = actions.redrafted(brief, one, world.province.scope)
    actions.redraft(one, fresh, version=one.version, by=world.province)


DEEDS = {
    "redraft": redraft,
    "remove": lambda w, b: actions.place(briefs.chapter(b, SLUG), "remove", by=w.province),
    "issue": lambda w, b: actions.issue(b, by=w.province),
    "cancel": lambda w, b: actions.cancel(b, reason="示例", by=w.province),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_what_is_done_with_the_text_ends_it(world, deed):
    brief = briefs.written(world)
    saves(brief, world.province, "一", "一二")
    DEEDS[deed](world, brief)
    last = AuditEvent.objects.filter(stream__name=brief.stream).order_by("-seq")
    assert last[0].action == f"brief.{deed}"
    writes = AuditEvent.objects.filter(action="brief.write", after__heading="引言")
    assert writes.order_by("-seq")[0].after["text"] == "一二"
    assert not Chapter.objects.filter(slug=SLUG, told_at__isnull=False).exists()


def test_events_of_a_sitting_follow_each_other_without_a_gap(world, brief):
    """What one event ends with the next begins with, up to the text that stands."""
    saves(brief, world.province, "一", "二", "三")
    saves(brief, world.province2, "四", "五")
    redraft(world, brief)
    saves(brief, world.province, "六", "七")
    actions.cancel(brief, reason="示例", by=world.province)
    texts = [(was, now) for _, was, now in told()]
    assert [now for _, now in texts[:-1]] == [was for was, _ in texts[1:]]
    assert (texts[0][0], texts[-1][1]) == ("拟稿", "七")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_end_of_a_sitting_is_told_once():
    world = build_world()
    brief = briefs.begun(world)
    saves(brief, world.province, "一", "一二")
    earlier(brief, minutes=31)
    at_once([lambda: sittings.sweep(timezone.now())] * 4)
    assert [now for *_, now in told()] == ["一", "一二"]
