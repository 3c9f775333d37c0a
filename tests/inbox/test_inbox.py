"""Notices: each once, seen by their person alone, counted without a query."""

import pytest
from django.urls import reverse

from inbox import actions
from inbox.models import Notice
from tests.cast import build_world
from tests.races import at_once

INBOX = reverse("inbox:notice_list")


def told(people, key="示例-1", **changed):
    given = {"kind": "todo", "about": "示例", "text": "示例：等您办", "link": "/"} | changed
    actions.tell(people, key=key, **given)


def texts(answer):
    return [notice.text for notice in answer.context["page"]]


def test_the_same_key_tells_once(world):
    told([world.worker, world.worker])
    told([world.worker, world.officer])
    assert Notice.objects.filter(person=world.worker).count() == 1
    assert Notice.objects.count() == 2


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_many_tell_once():
    world = build_world()
    assert at_once([lambda: told([world.worker])] * 6) == {"done": 6}
    assert Notice.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_with_the_guard_off_the_second_breaks(monkeypatch):
    """Without ignore_conflicts the constraint still holds, but the move that tells would fail."""
    world = build_world()
    rows = type(Notice.objects)
    plain = rows.bulk_create
    monkeypatch.setattr(rows, "bulk_create", lambda self, rows, **how: plain(self, rows))
    found = at_once([lambda: told([world.worker])] * 6)
    assert found == {"done": 1, "IntegrityError": 5}


def test_everybody_reads_their_own(as_, world):
    told([world.worker], text="示例：给职工的")
    told([world.officer], text="示例：给安全员的")
    assert texts(as_(world.worker).get(INBOX)) == ["示例：给职工的"]
    assert texts(as_(world.leader).get(INBOX)) == []


def test_opening_puts_it_aside_and_leads_on(as_, world):
    told([world.worker], link="/hazards/mine/")
    notice = Notice.objects.get()
    address = reverse("inbox:notice_open", args=[notice.pk])
    assert as_(world.officer).post(address).status_code == 404
    assert as_(world.worker).post(address).url == "/hazards/mine/"
    assert texts(as_(world.worker).get(INBOX)) == []
    assert texts(as_(world.worker).get(INBOX, {"tab": "all"})) == ["示例：等您办"]


def test_all_are_put_aside_but_what_came_since(as_, world):
    for number in range(2):
        told([world.worker], key=f"示例-{number}")
    person = as_(world.worker)
    last = person.get(INBOX).context["last"]
    told([world.worker, world.officer], key="示例-新", text="示例：刚来的")
    person.post(reverse("inbox:notice_read_all"), {"last": last})
    assert texts(person.get(INBOX)) == ["示例：刚来的"]
    assert texts(as_(world.officer).get(INBOX)) == ["示例：刚来的"]


def test_what_is_settled_waits_for_nobody(world):
    told([world.worker], key="示例-1")
    told([world.worker], key="示例-2", about="示例别处")
    actions.settle("示例")
    assert [notice.about for notice in Notice.objects.unread()] == ["示例别处"]


def test_a_long_text_is_cut_and_kept_on_one_line(world):
    told([world.worker], text="示例\n" + "长" * 300)
    text = Notice.objects.get().text
    assert text.startswith("示例 长")
    assert (len(text), text[-1]) == (200, "…")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_count_costs_no_query(as_, world, rows, django_assert_num_queries):
    for number in range(rows):
        told([world.worker], key=f"示例-{number}")
    person = as_(world.worker)
    person.get(INBOX)
    with django_assert_num_queries(6):
        answer = person.get(INBOX)
    assert answer.wsgi_request.user.unread == rows
