"""Signatures bind what the papers say; a change voids them."""

import json

import pytest
from django.urls import reverse

from chabaocu.errors import Refused
from scoring import actions, freeze, signing
from scoring.completeness import unsigned
from scoring.models import Answer
from scoring.signatures import standing
from scoring.strokes import HEIGHT, WIDTH, InvalidStrokesError, draw, parse
from tests.factories import papers

DRAWN = [[[100, 100], [200, 150], [300, 120]], [[50, 60], [60, 70], [80, 90], [90, 95], [99, 99]]]

PAD = "data-sign="


@pytest.fixture
def sheet(world):
    sheet = papers.started(world.visit, world.leader)
    papers.fill(sheet, world.member)
    actions.follow(world.visit, by=world.member)
    return sheet


def sign(sheet, by, **fields):
    sheet.refresh_from_db()
    fields = {"seen": freeze.content_hash(sheet)} | fields
    return signing.sign(sheet, by=by, **fields)


def test_leader_and_recorder_sign_each_for_themselves(world, sheet):
    sign(sheet, world.leader, strokes=DRAWN)
    sign(sheet, world.recorder)
    signed = {role: (s.user, s.method) for role, s in standing(sheet).items()}
    assert signed == {
        "leader": (world.leader, "drawn"),
        "recorder": (world.recorder, "password"),
    }
    assert unsigned(sheet) == []


@pytest.mark.parametrize("person", ["member", "other_leader", "province"])
def test_nobody_else_signs(world, sheet, person):
    with pytest.raises(Refused, match="只有本组的组长和记录人"):
        sign(sheet, world.people[person])


def test_unfinished_papers_are_not_signed(world, sheet):
    Answer.objects.filter(sheet=sheet, criterion__code="2").update(state="open")
    with pytest.raises(Refused, match="还差 1 项没有填，补齐后再签字：2 未填"):
        sign(sheet, world.leader)


def test_a_page_that_shows_older_papers_signs_nothing(world, sheet):
    seen = freeze.content_hash(sheet)
    sheet.texts.filter(field="suggestions").update(text="改过")
    with pytest.raises(Refused, match="内容刚有改动"):
        sign(sheet, world.leader, seen=seen)
    assert sheet.signatures.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda world, sheet: papers.answer(sheet, "3", {"count": 1}, world.member),
        lambda world, sheet: sheet.texts.filter(field="problems").update(text="改过"),
        lambda world, sheet: sheet.findings.create(order=1, text="新", created_by=world.leader),
        lambda world, sheet: type(sheet.visit).objects.update(visit_on="2017-12-06"),
    ],
)
def test_any_change_voids_a_signature(world, sheet, change):
    sign(sheet, world.leader)
    change(world, sheet)
    assert standing(sheet) == {}
    assert [gap.code for gap in unsigned(sheet)] == ["leader", "recorder"]


def test_signing_again_keeps_the_void_one(world, sheet):
    first = sign(sheet, world.leader)
    papers.answer(sheet, "3", {"count": 1}, world.member)
    second = sign(sheet, world.leader)
    first.refresh_from_db()
    assert first.voided_reason == "重新签字"
    assert standing(sheet) == {"leader": second}


def test_page_offers_no_pad_to_whoever_has_signed(world, sheet, as_):
    url = reverse("scoring:sign", args=[sheet.visit_id])
    sign(sheet, world.leader)
    page = as_(world.leader).get(url).content.decode()
    assert ("您已签字" in page, "还等记录人签字" in page, PAD in page) == (True, True, False)
    assert PAD in as_(world.recorder).get(url).content.decode()
    assert PAD in as_(world.leader).get(url, {"again": 1}).content.decode()
    sign(sheet, world.recorder)
    page = as_(world.recorder).get(url).content.decode()
    assert reverse("scoring:submit", args=[sheet.visit_id]) in page


def test_page_offers_the_pad_again_once_the_papers_have_changed(world, sheet, as_):
    sign(sheet, world.leader)
    sheet.texts.filter(field="problems").update(text="改过")
    url = reverse("scoring:sign", args=[sheet.visit_id])
    assert PAD in as_(world.leader).get(url).content.decode()


def test_refused_second_signature_keeps_its_form(world, sheet, as_):
    sign(sheet, world.leader)
    url = reverse("scoring:sign_add", args=[sheet.visit_id])
    page = as_(world.leader).post(url, {"password": "错的", "seen": freeze.content_hash(sheet)})
    assert (page.status_code, PAD in page.content.decode()) == (422, True)


def test_submitted_papers_take_no_signature(world):
    sheet = actions.present(papers.submitted(world))
    with pytest.raises(Refused, match="已提交锁定"):
        sign(sheet, world.leader)


def test_strokes_are_drawn_as_paths_inside_their_box():
    drawing = draw(parse(json.dumps(DRAWN)))
    assert drawing.viewbox == "34 44 282 122"
    assert drawing.paths[0] == "M100 100L200 150L300 120"
    assert draw([]) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "还没有签名"),
        ("[[[1,1]]]", "还没有签名"),
        ("{}", "没有传完整"),
        ("[[[1,1],", "没有传完整"),
        ("[" * 100_000, "没有传完整"),
        (f"[[[{WIDTH + 1},1]]]", "没有传完整"),
        (f"[[[1,{HEIGHT + 1}]]]", "没有传完整"),
        ('[[["1",1]]]', "没有传完整"),
        ("[[[true,1]]]", "没有传完整"),
        ("[[[1.5,1]]]", "没有传完整"),
        (json.dumps([[[1, 1]] * 6001]), "笔画太多"),
        (json.dumps([[[1, 1]]] * 301), "笔画太多"),
        (" " * 120_001, "笔画太多"),
    ],
)
def test_what_is_no_signature_is_refused(text, message):
    with pytest.raises(InvalidStrokesError, match=message):
        parse(text)
