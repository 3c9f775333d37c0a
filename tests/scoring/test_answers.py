"""One point saved by three people: what each said stays, what the sheet says follows."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db.models import Sum

from audit.models import AuditEvent
from chabaocu.errors import Refused
from plans.models import Visit
from rubrics.evaluate import InvalidInput
from scoring import sheets
from scoring.answers import save_point
from scoring.entries import Entry
from scoring.models import Answer, Mark, Save, Scoresheet


@pytest.fixture
def sheet(world):
    return sheets.start(world.visit, by=world.leader)


def points(value, reason=""):
    return Entry({"points": value}, reason=reason)


def put(sheet, code, entry, by, *, base=0, id=None):
    sheet = Scoresheet.objects.select_related("visit").get(pk=sheet.pk)
    return save_point(sheet, code, entry, by=by, id=id or uuid4(), base=base)


def answer(sheet, code):
    return Answer.objects.get(sheet=sheet, criterion__code=code)


def test_start_twice_gives_the_same_sheet(world, sheet):
    assert sheets.start(world.visit, by=world.member) == sheet
    assert sheet.answers.count() == 4


def test_save_one_mark_is_the_answer(world, sheet):
    reply = put(sheet, "1-1", points("2"), world.member)
    assert reply.status == 200
    assert reply.body["point"] == {
        "code": "1-1",
        "version": 1,
        "state": "agreed",
        "settled": False,
        "inputs": {"points": "2"},
        "not_applicable": False,
        "points": "2",
        "explanation": "得 2 分，满分 2 分",
        "reason": "",
        "note": "",
        "by": "示例member",
        "at": reply.body["point"]["at"],
        "done": True,
    }
    assert reply.body["item"] == {"number": 1, "got": "2.0", "open": 1}
    assert (reply.body["total"], reply.body["edits"]) == ("2.0", 1)
    assert reply.body["open"] == ["1-2", "2", "3"]


def test_save_keeps_totals_with_the_answers(world, sheet):
    put(sheet, "1-1", points("1.5", "缺影像资料"), world.member)
    put(sheet, "2", Entry({"level": 1}, reason="仅市级"), world.recorder)
    put(sheet, "3", Entry({"count": 2}), world.leader)
    sheet.refresh_from_db()
    world.visit.refresh_from_db()
    earned = Answer.objects.filter(sheet=sheet).aggregate(Sum("points"))["points__sum"]
    assert sheet.total == earned == Decimal("6.5")
    assert (world.visit.answered, world.visit.questions, sheet.edits) == (3, 4, 3)


def test_save_without_the_reason_counts_as_open(world, sheet):
    reply = put(sheet, "1-1", points("1.5"), world.member)
    assert not reply.body["point"]["done"]
    assert "1-1" in reply.body["open"]


def test_save_records_who_did_what(world, sheet):
    put(sheet, "1-1", points("2"), world.member)
    event = AuditEvent.objects.filter(stream__name=world.visit.stream).latest("seq")
    assert (event.actor_id, event.after["points"]) == (world.member.pk, "2")


def test_save_stale_refuses_and_shows_both(world, sheet):
    put(sheet, "1-1", points("1", "仅见通知"), world.member)
    reply = put(sheet, "1-1", points("2"), world.recorder, base=0)
    assert reply.status == 409
    assert (reply.body["mine"]["points"], reply.body["theirs"]["points"]) == ("2", "1")
    assert reply.body["theirs"]["name"] == "示例member"
    assert reply.body["theirs"]["reason"] == "仅见通知"
    assert answer(sheet, "1-1").points == 1
    refused = Save.objects.get(status=409)
    assert refused.body["inputs"] == {"points": "2"}


def test_save_stale_but_equal_merges(world, sheet):
    put(sheet, "1-1", points("2"), world.member)
    assert put(sheet, "1-1", points("2.0"), world.recorder, base=0).status == 200
    assert answer(sheet, "1-1").state == Answer.State.AGREED


def test_save_stale_after_my_own_save_is_mine(world, sheet):
    put(sheet, "1-1", points("1"), world.member)
    assert put(sheet, "1-1", points("2"), world.member, base=0).status == 200


def test_save_differing_with_the_present_base_waits_for_the_leader(world, sheet):
    put(sheet, "1-1", points("1"), world.member)
    reply = put(sheet, "1-1", points("2"), world.recorder, base=1)
    assert reply.body["point"]["state"] == "disputed"
    assert [mark["points"] for mark in reply.body["marks"]] == ["1", "2"]
    stored = answer(sheet, "1-1")
    assert (stored.points, stored.inputs) == (None, {})


def test_save_adopting_the_colleagues_value_agrees_again(world, sheet):
    put(sheet, "1-1", points("1"), world.member)
    put(sheet, "1-1", points("2"), world.recorder, base=1)
    reply = put(sheet, "1-1", points("2"), world.member, base=2)
    assert (reply.body["point"]["state"], reply.body["point"]["points"]) == ("agreed", "2")


def test_save_by_the_leader_settles_until_somebody_differs(world, sheet):
    put(sheet, "1-1", points("1"), world.member)
    put(sheet, "1-1", points("2"), world.recorder, base=1)
    put(sheet, "1-1", points("1.5", "按台账"), world.leader, base=2)
    settled = answer(sheet, "1-1")
    assert (settled.state, settled.points, settled.settled_by) == (
        "agreed",
        Decimal("1.5"),
        world.leader,
    )
    put(sheet, "1-1", points("0.5"), world.member, base=3)
    assert answer(sheet, "1-1").state == "disputed"
    assert Mark.objects.filter(sheet=sheet).count() == 3


def test_save_same_id_again_is_the_same_reply_and_no_effect(world, sheet):
    id = uuid4()
    first = put(sheet, "1-1", points("2"), world.member, id=id)
    put(sheet, "1-1", points("1"), world.member, base=1)
    again = put(sheet, "1-1", points("2"), world.member, id=id)
    assert (again.status, again.body, again.again) == (200, first.body, True)
    assert answer(sheet, "1-1").points == 1


def test_save_same_id_with_other_content_changes_nothing(world, sheet):
    id = uuid4()
    put(sheet, "1-1", points("2"), world.member, id=id)
    reply = put(sheet, "1-2", points("3"), world.member, id=id)
    assert (reply.status, reply.body["error"]) == (409, "reused")
    assert answer(sheet, "1-2").version == 0


def test_save_what_cannot_be_scored_changes_nothing(world, sheet):
    with pytest.raises(InvalidInput, match="得分要填 0 到 2"):
        put(sheet, "1-1", points("9"), world.member)
    assert not Save.objects.exists()


def test_save_after_submission_is_refused_but_answered_ids_stay_answered(world, sheet):
    id = uuid4()
    put(sheet, "1-1", points("2"), world.member, id=id)
    Visit.objects.filter(pk=world.visit.pk).update(status="cancelled", cancelled_reason="示例")
    with pytest.raises(Refused, match="已提交"):
        put(sheet, "1-1", points("1"), world.member, base=1)
    assert put(sheet, "1-1", points("2"), world.member, id=id).status == 200


def test_save_not_applicable_keeps_the_reason_and_no_points(world, sheet):
    put(sheet, "3", Entry({"count": 1}), world.member)
    reply = put(sheet, "3", Entry({}, True, "11月才投产"), world.member, base=1)
    assert (reply.body["point"]["points"], reply.body["total"]) == (None, "0.0")
    assert reply.body["point"]["done"]


def test_save_cleared_opens_the_point_again(world, sheet):
    put(sheet, "1-1", points("2"), world.member)
    reply = put(sheet, "1-1", Entry({}), world.member, base=1)
    assert (reply.body["point"]["state"], reply.body["item"]["got"]) == ("open", "")
