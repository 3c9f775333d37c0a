"""Several points in one request and one transaction: each its own save, refused or kept alone."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections
from django.db.models import Sum
from django.urls import reverse

from audit.lines import changes
from audit.models import AuditEvent
from audit.verify import verify_all
from plans.models import Visit
from scoring import saves, sheets
from scoring.answers import save_point, save_points
from scoring.entries import MOST, Entry, Sent
from scoring.models import Answer, Mark, Save, Scoresheet

GIVEN = {"1-1": {"points": "2"}, "1-2": {"points": "3"}, "3": {"count": 2}}


@pytest.fixture
def sheet(world):
    return sheets.start(world.visit, by=world.leader)


def one(code, inputs, base=0, **more):
    return {"id": str(uuid4()), "code": code, "base": base, "inputs": inputs} | more


def send(client, sheet, points):
    address = reverse("scoring:sheet_save", args=[sheet.pk])
    return client.post(address, json.dumps({"saves": points}), content_type="application/json")


def replies(client, sheet, points):
    response = send(client, sheet, points)
    assert response.status_code == 200
    return response.json()["replies"]


def statuses(told):
    return [reply["status"] for reply in told]


def test_each_point_is_a_save_with_its_own_reply(as_, world, sheet):
    told = replies(as_(world.member), sheet, [one(*point) for point in GIVEN.items()])
    assert statuses(told) == [200, 200, 200]
    assert [reply["body"]["point"]["code"] for reply in told] == list(GIVEN)
    assert [reply["body"]["edits"] for reply in told] == [3, 3, 3]
    assert ["total" in reply["body"] for reply in told] == [False, False, True]
    sheet.refresh_from_db()
    world.visit.refresh_from_db()
    assert (sheet.edits, f"{sheet.total:.1f}") == (3, told[-1]["body"]["total"])
    assert world.visit.answered == told[-1]["body"]["answered"] > 0
    assert list(verify_all()) == []


def test_they_are_one_event_that_tells_of_each_point(as_, world, sheet):
    member = as_(world.member)
    replies(member, sheet, [one("1-1", {"points": "1"}, reason="示例")])
    replies(member, sheet, [one(*point) for point in GIVEN.items()])
    first, second = AuditEvent.objects.filter(action__startswith="answer.save")
    assert (first.action, first.target_type, first.after["code"]) == (
        *("answer.save", "scoring.answer", "1-1"),
    )
    assert (second.action, second.target_id) == ("answer.save_many", str(sheet.pk))
    was, now = second.before["marks"], second.after["marks"]
    assert (set(was), set(now)) == ({*GIVEN}, {*GIVEN})
    assert (was["1-1"]["points"], now["1-1"]["points"]) == ("1", "2")
    assert (was["3"], now["3"]["state"]) == ({}, "agreed")
    (change,) = changes(second.target_type, second.before, second.after)
    assert (change.name, change.before) == ("打分", "1-1：1 分，示例")
    assert change.after == "1-1：2 分\n1-2：3 分\n3：2 次"


def test_they_are_told_what_single_saves_are_told(as_, world, sheet, time_machine):
    time_machine.move_to("2017-12-05 10:00", tick=False)
    points = [one(*point, reason="示例") for point in GIVEN.items()]
    together = [reply["body"] for reply in replies(as_(world.member), sheet, points)]
    other = sheets.start(world.enterprise_visit, by=world.leader)
    alone = []
    for code, inputs in GIVEN.items():
        address = reverse("scoring:point_save", args=[other.pk, code])
        sent = json.dumps(one(code, inputs, reason="示例"))
        answer = as_(world.member).post(address, sent, content_type="application/json")
        alone.append(answer.json())
    shared = ("point", "marks")
    assert [[body[n] for n in shared] for body in together] == [
        [body[n] for n in shared] for body in alone
    ]
    assert together[-1]["items"] == [body["item"] for body in alone[1:]]
    for name in ("total", "answered", "questions", "open", "edits"):
        assert together[-1][name] == alone[-1][name]


def test_what_no_database_keeps_in_a_text_is_left_out(as_, world, sheet):
    points = [one(*point, reason="示\0例") for point in GIVEN.items()]
    assert statuses(replies(as_(world.member), sheet, points)) == [200, 200, 200]
    assert set(Mark.objects.values_list("reason", flat=True)) == {"示例"}


def test_a_point_sent_twice_is_saved_twice_in_its_order(as_, world, sheet):
    points = [one("1-1", {"points": "1"}), one("1-2", {"points": "3"}), one("1-1", {"points": "2"})]
    told = replies(as_(world.member), sheet, points)
    assert [reply["body"]["point"]["version"] for reply in told] == [1, 1, 2]
    assert Answer.objects.get(sheet=sheet, criterion__code="1-1").points == 2


def test_they_cost_the_same_number_of_queries(as_, world, sheet, django_assert_num_queries):
    """Read once, written once; the login and its transaction included."""
    member, given = as_(world.member), list(GIVEN.items())
    replies(member, sheet, [one(*point) for point in given])
    for count in (2, 3):
        points = [one(*point, base=1, reason="示例") for point in given[:count]]
        with django_assert_num_queries(14):
            replies(member, sheet, points)


def test_conflict_or_fault_of_one_leaves_the_others_saved(as_, world, sheet):
    replies(as_(world.recorder), sheet, [one("1-1", {"points": "1"}, reason="示例")])
    points = [one(*point) for point in GIVEN.items()]
    points += [one("2", {"level": 99}), one("no-such", {})]
    told = replies(as_(world.member), sheet, points)
    assert statuses(told) == [409, 200, 200, 422, 404]
    assert [reply["body"].get("error") for reply in told] == [
        *("stale", None, None),
        *("invalid", "unknown"),
    ]
    assert told[0]["body"]["theirs"]["points"] == "1"
    assert Mark.objects.filter(user=world.member).count() == 2


def test_the_same_request_again_gets_the_same_replies_and_counts_once(as_, world, sheet):
    member, points = as_(world.member), [one(*point) for point in GIVEN.items()]
    first = replies(member, sheet, points)
    assert replies(member, sheet, points) == first
    sheet.refresh_from_db()
    assert (sheet.edits, Save.objects.count()) == (3, 3)


def test_an_id_used_for_another_point_is_refused_alone(as_, world, sheet):
    points = [one(*point) for point in GIVEN.items()]
    points[2]["id"] = points[0]["id"]
    told = replies(as_(world.member), sheet, points)
    assert statuses(told) == [200, 200, 409]
    assert told[2]["body"]["error"] == "reused"


def test_an_id_of_another_sheet_is_refused_alone(as_, world, sheet):
    other = sheets.start(world.enterprise_visit, by=world.leader)
    member, points = as_(world.member), [one(*point) for point in list(GIVEN.items())[:2]]
    replies(member, other, points[:1])
    told = replies(member, sheet, points)
    assert [reply["body"].get("error") for reply in told] == ["reused", None]


def test_an_id_that_comes_in_meanwhile_undoes_none_of_the_others(
    monkeypatch, as_, world, sheet, transactional_db
):
    """Another sheet's save takes the id after it was looked for: all is read and decided anew."""
    member, points = as_(world.member), [one(*point) for point in list(GIVEN.items())[:2]]
    other = sheets.start(world.enterprise_visit, by=world.leader)
    replies(member, other, points[1:])
    known, looked = saves._kept, []
    monkeypatch.setattr(
        saves, "_kept", lambda found: looked.append(found) or known(found if looked[1:] else [])
    )
    told = replies(member, sheet, points)
    assert [reply["body"].get("error") for reply in told] == [None, "reused"]
    sheet.refresh_from_db()
    assert (sheet.edits, len(looked)) == (1, 2)


@pytest.mark.parametrize("points", [[], [{"code": "1-1"}], [one("1-1", {})] * (MOST + 1), "x"])
def test_what_is_no_list_of_saves_is_refused_whole(as_, world, sheet, points):
    response = send(as_(world.member), sheet, points)
    assert (response.status_code, response.json()["error"]) == (400, "unreadable")
    assert Save.objects.count() == 0


def test_locked_papers_refuse_all_but_what_was_answered(as_, world, sheet):
    member, points = as_(world.member), [one(*point) for point in GIVEN.items()]
    replies(member, sheet, points[:1])
    Visit.objects.filter(pk=world.visit.pk).update(
        status="submitted",
        submitted_at="2017-12-05T10:00:00+08:00",
        submitted_by=world.leader,
        total=0,
        content_hash="0" * 64,
    )
    assert statuses(replies(member, sheet, points)) == [200, 409, 409]


def race(sheet, world):
    """Three people send at the same moment: two several points, one a single one."""
    people, barrier = (world.leader, world.recorder, world.member), Barrier(3)
    points = [[("1-1", {"points": "2"})], [("1-2", {"points": "3"}), ("3", {"count": 2})]]
    points.append([("2", {"level": 0}), ("4", {})])
    codes = set(Answer.objects.filter(sheet=sheet).values_list("criterion__code", flat=True))

    def run(by, given):
        try:
            barrier.wait(20)
            sent = [(c, Sent(uuid4(), 0, Entry(i, reason="示例"))) for c, i in given if c in codes]
            if len(sent) > 1:
                return save_points(sheet, sent, by=by)
            fresh = Scoresheet.objects.select_related("visit").get(pk=sheet.pk)
            (code, single) = sent[0]
            return [save_point(fresh, code, single.entry, by=by, id=single.id, base=0)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        told = list(pool.map(run, people, points))
    return [reply.status for some in told for reply in some]


def faults(sheet, told):
    sheet.refresh_from_db()
    points = Answer.objects.filter(sheet=sheet).aggregate(Sum("points"))["points__sum"]
    found = [] if sheet.total == points else ["total"]
    return found + ([] if sheet.edits == told.count(200) else ["edits"])


@pytest.mark.race
def test_several_and_single_saves_at_once_lose_nothing(transactional_db, world, sheet):
    for _ in range(5):
        before = Scoresheet.objects.get(pk=sheet.pk).edits
        told = race(sheet, world)
        assert set(told) == {200}
        assert faults(sheet, [200] * before + told) == []


@pytest.mark.race
def test_several_and_single_saves_at_once_without_turns_are_miscounted(
    monkeypatch, transactional_db, world, sheet
):
    monkeypatch.setattr(saves, "_take_turn", lambda sheet, change: None)
    assert "edits" in faults(sheet, race(sheet, world))
