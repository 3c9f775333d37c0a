"""A reviewer remarks while a colleague returns the papers: no remark lands behind the return."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connections, transaction
from django.utils import timezone

from audit.models import AuditEvent
from audit.record import record
from scoring import actions, comments
from scoring.models import Comment
from tests.cast import build_world
from tests.factories import papers
from tests.races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def tell(*args, **kwargs):
    """The event of a deed that has no transaction around it."""
    with transaction.atomic():
        record(*args, **kwargs)


def remark_while_papers_are_returned(monkeypatch, world):
    """The return is pressed between the look at the papers and the remark; the chain's order."""
    visit = papers.submitted(world)
    looked, returned, look = Event(), Event(), comments._hold

    def slow_look(sheet):
        look(sheet)
        looked.set()
        returned.wait(1)  # in vain where the papers are held

    monkeypatch.setattr(comments, "_hold", slow_look)

    def send_back():
        try:
            assert looked.wait(30)
            actions.return_visit(visit, by=world.province2, note="示例意见")
        finally:
            returned.set()
            connections.close_all()

    sheet = visit.sheets.select_related("visit").get()
    with ThreadPoolExecutor(1) as pool:
        sent_back = pool.submit(send_back)
        comments.add(sheet, by=world.province, text="请核对佐证。")
        sent_back.result()
    told = AuditEvent.objects.filter(stream__name=visit.stream).order_by("seq")
    return list(told.values_list("action", flat=True))[-2:]


def test_remark_is_sent_along_with_the_return(monkeypatch):
    order = remark_while_papers_are_returned(monkeypatch, build_world())
    assert order == ["comment.add", "visit.return"]


def test_without_the_hold_a_remark_lands_behind_the_return(monkeypatch):
    def only_look(sheet):
        assert type(sheet.visit).objects.filter(pk=sheet.visit_id, status="submitted").exists()

    monkeypatch.setattr(comments, "_hold", only_look)
    monkeypatch.setattr(comments, "record", tell)
    monkeypatch.setattr(comments, "add", comments.add.__wrapped__)
    order = remark_while_papers_are_returned(monkeypatch, build_world())
    assert order == ["visit.return", "comment.add"]


def settle_at_once(world):
    visit = papers.submitted(world)
    sheet = visit.sheets.select_related("visit").get()
    comment = comments.add(sheet, by=world.province, text="请核对佐证。")
    seen = at_once([lambda: comments.resolve(comment, by=world.province)] * 6)
    return seen, AuditEvent.objects.filter(action="comment.resolve").count()


def test_six_settle_a_remark_and_one_has():
    assert settle_at_once(build_world()) == (Counter(done=1, StaleState=5), 1)


def test_six_settle_a_remark_without_the_guard_and_all_have(monkeypatch):
    looked = Barrier(6)

    def look_then_settle(comment, by):
        rows = Comment.objects.filter(pk=comment.pk, resolved_at=None)
        is_open = rows.exists()
        looked.wait(30)
        Comment.objects.filter(pk=comment.pk).update(resolved_at=timezone.now(), resolved_by=by)
        return is_open

    monkeypatch.setattr(comments, "_settle", look_then_settle)
    monkeypatch.setattr(comments, "record", tell)
    monkeypatch.setattr(comments, "resolve", comments.resolve.__wrapped__)
    assert settle_at_once(build_world()) == (Counter(done=6), 6)
