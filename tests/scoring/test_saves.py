"""Saves at the same moment: nothing lost, nothing twice. Each race has a guard-off twin."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections

from audit.models import AuditEvent
from chabaocu.prepared import Slot, Update
from scoring import answers, saves, sheets, statements
from scoring.answers import save_point
from scoring.entries import Entry
from scoring.models import Answer, Mark, Save, Scoresheet

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sheet(transactional_db, world):
    return sheets.start(world.visit, by=world.leader)


def together(monkeypatch, sheet, jobs):
    """Run saves that have all read the sheet before the first of them writes."""
    barrier, real, met = Barrier(len(jobs)), answers.decide, set()

    def decide(sheet, saves, by):
        decision = real(sheet, saves, by)
        me = id(saves[0])
        if me not in met:
            met.add(me)
            barrier.wait(20)
        return decision

    monkeypatch.setattr(answers, "decide", decide)

    def run(job):
        try:
            fresh = Scoresheet.objects.select_related("visit").get(pk=sheet.pk)
            return save_point(fresh, job["code"], job["entry"], by=job["by"], id=job["id"], base=0)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def three_values(world):
    people = {"0": world.leader, "1": world.recorder, "2": world.member}
    return [
        {"code": "1-1", "entry": Entry({"points": value}), "by": by, "id": uuid4()}
        for value, by in people.items()
    ]


def test_three_people_on_one_point_one_wins_two_are_shown_both_values(monkeypatch, world, sheet):
    replies = together(monkeypatch, sheet, three_values(world))
    assert sorted(reply.status for reply in replies) == [200, 409, 409]
    stored = Answer.objects.get(sheet=sheet, criterion__code="1-1")
    marks = Mark.objects.filter(sheet=sheet)
    assert [mark.inputs for mark in marks] == [stored.inputs]
    assert (stored.version, Save.objects.count()) == (1, 3)
    sheet.refresh_from_db()
    assert (sheet.edits, sheet.total) == (1, stored.points)


def test_three_people_on_one_point_without_the_guard_overwrite(monkeypatch, world, sheet):
    monkeypatch.setattr(saves, "_take_turn", lambda sheet, change: None)
    careless = Update(lambda: Answer.objects.filter(pk=Slot("pk")), *statements.ANSWER.columns)
    monkeypatch.setattr(statements, "ANSWER", careless)
    replies = together(monkeypatch, sheet, three_values(world))
    stored = Answer.objects.get(sheet=sheet, criterion__code="1-1")
    assert [reply.status for reply in replies] == [200, 200, 200]
    assert (stored.state, Mark.objects.filter(sheet=sheet).count()) == ("agreed", 3)


def three_points(world):
    given = {"1-1": {"points": "2"}, "1-2": {"points": "3"}, "3": {"count": 2}}
    return [
        {"code": code, "entry": Entry(inputs), "by": world.member, "id": uuid4()}
        for code, inputs in given.items()
    ]


def test_three_points_at_once_all_count(monkeypatch, world, sheet):
    replies = together(monkeypatch, sheet, three_points(world))
    assert [reply.status for reply in replies] == [200, 200, 200]
    sheet.refresh_from_db()
    world.visit.refresh_from_db()
    assert (sheet.total, sheet.edits, world.visit.answered) == (7, 3, 3)


def test_three_points_at_once_without_the_guard_lose_points(monkeypatch, world, sheet):
    def careless(sheet, change):
        Scoresheet.objects.filter(pk=sheet.pk).update(**change.sheet)

    monkeypatch.setattr(saves, "_take_turn", careless)
    together(monkeypatch, sheet, three_points(world))
    sheet.refresh_from_db()
    assert sheet.total < 7


def test_one_id_eight_times_at_once_counts_once(monkeypatch, world, sheet):
    id = uuid4()
    job = {"code": "1-1", "entry": Entry({"points": "2"}), "by": world.member, "id": id}
    replies = together(monkeypatch, sheet, [job] * 8)
    assert {reply.status for reply in replies} == {200}
    assert all(reply.body == replies[0].body for reply in replies)
    sheet.refresh_from_db()
    assert (sheet.edits, Save.objects.count(), Mark.objects.count()) == (1, 1, 1)
    assert AuditEvent.objects.filter(action="answer.save").count() == 1


def test_one_id_eight_times_at_once_without_the_kept_id_counts_eight_times(
    monkeypatch, world, sheet
):
    """The twin: each try is kept under an id of its own, so nothing tells it from a new save."""
    kept = statements.KEEP

    class Forgetful:
        @staticmethod
        def run_all(rows):
            kept.run_all([row | {"id": uuid4()} for row in rows])

    monkeypatch.setattr(statements, "KEEP", Forgetful)
    job = {"code": "1-1", "entry": Entry({"points": "2"}), "by": world.member, "id": uuid4()}
    together(monkeypatch, sheet, [job] * 3)
    sheet.refresh_from_db()
    assert (sheet.edits, Save.objects.count()) == (3, 3)
