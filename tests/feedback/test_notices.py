"""A letter tells whoever acts next, once, and nobody waits for what is done."""

from datetime import date

import pytest
from django.utils import timezone

from feedback import actions
from feedback.escalation import escalate
from feedback.models import Letter
from inbox.models import Notice
from tests.factories import letters

pytestmark = pytest.mark.django_db


def unread() -> set[tuple[str, str]]:
    found = Notice.objects.unread().filter(about__startswith="letter-")
    return set(found.values_list("person__username", "kind"))


def test_each_step_tells_who_acts_next(world):
    letter = letters.sent(world)
    assert unread() == {("officer", "todo"), ("unit_union", "todo")}
    actions.move(letter, "answer", by=world.officer, said=letters.said(letter))
    assert unread() == {("province", "todo")}
    day = timezone.localdate()
    actions.move(letter, "return", by=world.province, reason="没有照片", due_on=day)
    assert unread() == {("officer", "todo"), ("unit_union", "todo")}
    actions.move(letter, "answer", by=world.officer, said=letters.said(letter))
    actions.move(letter, "close", by=world.province)
    assert unread() == {("officer", "news"), ("unit_union", "news")}


def test_answer_to_who_has_left_reaches_their_colleagues(world):
    letter = letters.sent(world)
    world.province.is_active = False
    world.province.save()
    letter.refresh_from_db()
    actions.move(letter, "answer", by=world.officer, said=letters.said(letter))
    assert unread() == {("province2", "todo")}


def test_missed_term_reaches_the_unions_above(world):
    letter = letters.sent(world)
    Letter.objects.filter(pk=letter.pk).update(due_on=date(2026, 11, 20))
    escalate(date(2026, 12, 30))
    late = Notice.objects.filter(kind="late").values_list("person__username", flat=True)
    assert sorted(late) == ["city_a", "county_a1", "officer", "province", "unit_union"]
