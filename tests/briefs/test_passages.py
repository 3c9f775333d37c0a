"""Each save of a chapter leaves the passage it changed; together they hold every text it had."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.models import AuditEvent
from briefs import actions
from briefs.passages import Passage, changed, undone
from tests.factories import briefs

TEXTS = st.text("一二，\n\r\u2028 ", max_size=12)
SLUG = "opening"


@pytest.mark.parametrize(
    ("before", "after", "passage"),
    [
        ("一\n二\n三", "一\n二、二\n三", Passage(2, "二\n", "二、二\n")),
        ("一\n三", "一\n二\n三", Passage(2, "", "二\n")),
        ("一\n\n三", "一\n三", Passage(2, "\n", "")),
        ("一\n一", "一\n一\n一", Passage(2, "", "一\n")),
        ("", "一", Passage(1, "", "一")),
        ("一\n二", "一\n二", Passage(3, "", "")),
    ],
)
def test_passage_is_the_paragraphs_that_differ(before, after, passage):
    assert changed(before, after) == passage


@given(TEXTS, TEXTS)
def test_passage_leads_back_to_the_text_before(before, after):
    assert undone(after, changed(before, after)) == before


def saves(brief, by, *texts):
    """What the page sends by itself, one after the other."""
    for text in texts:
        one = briefs.chapter(brief, SLUG)
        actions.write(one, version=one.version, heading=one.heading, text=text, by=by)


def redraft(brief, by):
    one = briefs.chapter(brief, SLUG)
    fresh = actions.redrafted(brief, one, by.scope)
    actions.redraft(one, fresh, version=one.version, by=by)


@pytest.mark.django_db
def test_events_lead_back_through_every_text_of_a_chapter(world):
    brief = briefs.begun(world)
    drafted = briefs.chapter(brief, SLUG).text
    texts = ["一\n二\n三", "一\n二二\n三", "一\n三", "别人的\n一\n三"]
    saves(brief, world.province, *texts[:3])
    saves(brief, world.province2, texts[3], texts[3])
    redraft(brief, world.province)
    events = AuditEvent.objects.filter(action__in=["brief.write", "brief.redraft"])
    text, found = briefs.chapter(brief, SLUG).text, []
    for event in events.order_by("-seq"):
        said = event.after["paragraph"], event.before["text"], event.after["text"]
        text = undone(text, Passage(*said))
        found.append((event.actor_name, text))
    me, other = str(world.province), str(world.province2)
    assert found == [
        (me, texts[3]),
        (other, texts[2]),
        (me, texts[1]),
        (me, texts[0]),
        (me, drafted),
    ]


@pytest.mark.django_db
def test_chapter_left_out_is_told_whole(world):
    brief = briefs.begun(world)
    saves(brief, world.province, "一\n二")
    actions.place(briefs.chapter(brief, SLUG), "remove", by=world.province)
    assert AuditEvent.objects.get(action="brief.remove").before["text"] == "一\n二"
