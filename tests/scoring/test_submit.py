"""Submitting: what is missing is named; what is submitted is frozen as data."""

from decimal import Decimal

import pytest

from audit.canonical import sha256
from chabaocu.errors import Refused
from rubrics.evaluate import Given, evaluate, points_of
from rubrics.models import Version
from scoring import actions, freeze, hooks
from scoring.completeness import missing
from scoring.models import Answer
from tests.factories import papers


def test_everything_missing_is_named_in_the_order_of_the_papers(world):
    sheet = papers.started(world.visit, world.leader)
    assert [(gap.place, gap.code, gap.label) for gap in missing(sheet)] == [
        ("sheet", "1-1", "1-1 未填"),
        ("sheet", "1-2", "1-2 未填"),
        ("sheet", "2", "2 未填"),
        ("sheet", "3", "3 未填"),
        ("record", "highlights", "工作亮点没有填"),
        ("record", "problems", "存在的问题没有填"),
        ("record", "suggestions", "意见建议没有填"),
        ("sign", "leader", "组长没有签字"),
        ("sign", "recorder", "记录人没有签字"),
    ]


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({"state": "disputed"}, "1-2 待组长裁定"),
        ({"reason": " "}, "1-2 没写扣分的原因"),
        ({"not_applicable": True, "points": None, "reason": ""}, "1-2 没写不适用的理由"),
    ],
)
def test_what_a_point_lacks_is_named(world, changes, label):
    sheet = papers.started(world.visit, world.leader)
    papers.fill(sheet, world.member)
    Answer.objects.filter(sheet=sheet, criterion__code="1-2").update(**changes)
    assert missing(sheet)[0].label == label


def test_incomplete_papers_are_not_submitted_and_nothing_is_frozen(world):
    visit = papers.signed(world)
    sheet = actions.present(visit)
    papers.answer(sheet, "3", {"count": 1}, world.member)  # both signatures fall
    with pytest.raises(Refused, match="还差 2 项，补齐后才能提交：组长没有签字"):
        actions.submit(visit, by=world.leader)
    visit.refresh_from_db()
    sheet.refresh_from_db()
    assert (visit.status, sheet.frozen, sheet.content_hash) == ("signing", None, "")


def test_submitted_papers_carry_result_and_hash(world):
    visit = papers.submitted(world)
    sheet = actions.present(visit)
    assert (visit.total, visit.applicable, visit.rate) == (11, 12, Decimal("0.916667"))
    assert sheet.total == visit.total
    assert visit.content_hash == sheet.content_hash == sha256(sheet.frozen)
    assert (visit.submitted_by, visit.submitted_at) == (world.leader, sheet.frozen_at)


def test_frozen_content_says_all(world):
    frozen = actions.present(papers.submitted(world)).frozen
    assert set(frozen) == {
        *("plan", "visit", "version", "members", "revision", "reason", "points", "items"),
        *("adjustments", "grade", "verdicts", "total", "applicable", "rate"),
        *("texts", "findings", "attachments"),
        *("signed_hash", "signatures"),
    }
    assert frozen["visit"]["target"] == "甲一县总工会"
    assert [m["label"] for m in frozen["members"]] == ["组长", "记录人", "组员"]
    assert [s["role"] for s in frozen["signatures"]] == ["leader", "recorder"]
    assert [i["points"] for i in frozen["items"]] == ["4.00", "5.00", "2.00"]
    point = frozen["points"][1]
    assert (point["code"], point["points"], point["max"]) == ("1-2", "2.00", "3.00")
    assert (point["inputs"], point["reason"]) == ({"points": "2"}, "示例扣分原因")
    assert frozen["texts"] == papers.TEXTS


def test_frozen_inputs_scored_again_give_the_stored_total(world):
    visit = papers.submitted(world)
    frozen = actions.present(visit).frozen
    given = {p["code"]: Given(p["inputs"], p["not_applicable"]) for p in frozen["points"]}
    version = Version.objects.with_tree().get(pk=visit.version_id)
    result = evaluate(points_of(version), given)
    assert (result.total, result.applicable, result.rate) == (
        visit.total,
        visit.applicable,
        visit.rate,
    )
    assert f"{result.total:.2f}" == frozen["total"]


def test_a_frozen_draft_says_the_same_whatever_changes_around_it(world):
    sheet = actions.present(papers.submitted(world))
    before = sheet.content_hash
    type(world.leader).objects.filter(pk=world.leader.pk).update(name="改名")
    sheet.refresh_from_db()
    assert sha256(sheet.frozen) == before
    assert freeze.content_hash(sheet) != sheet.frozen["signed_hash"]
    assert missing(sheet) == []


def test_others_are_told_inside_the_transaction(world, monkeypatch):
    told = []
    monkeypatch.setattr(hooks.on_submitted, "callbacks", [])
    hooks.on_submitted(lambda sheet, by: told.append((sheet.visit.status, by)))
    visit = papers.signed(world)
    actions.submit(visit, by=world.recorder)
    assert [by for _, by in told] == [world.recorder]
