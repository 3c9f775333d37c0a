"""修改记录 of one point: who said what, over what, and what became of it."""

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from attachments.models import Attachment
from scoring import evidence, sheets
from scoring.history import point_log
from scoring.models import Answer
from tests.attachments import samples


@pytest.fixture
def sheet(world):
    return sheets.start(world.visit, by=world.leader)


def say(client, sheet, inputs, *, base=None, code="1-1", **said):
    if base is None:
        base = Answer.objects.get(sheet=sheet, criterion__code=code).version
    url = reverse("scoring:point_save", args=[sheet.pk, code])
    body = {"id": str(uuid4()), "base": base, "inputs": inputs} | said
    return client.post(url, json.dumps(body), content_type="application/json")


def told(sheet, code="1-1"):
    """Oldest first, which is how it happened."""
    log = point_log(sheet.visit, code)[::-1]
    return [(one.who, one.before, one.after, one.reason, one.remark) for one in log]


def test_each_save_says_from_what_to_what(world, sheet, as_):
    member = as_(world.member)
    say(member, sheet, {"points": "2"})
    say(member, sheet, {"points": "1.5"}, reason="缺影像资料")
    say(member, sheet, {"points": "1.5"}, reason="缺影像资料和台账")
    say(member, sheet, {}, not_applicable=True, reason="示例")
    say(member, sheet, {})
    assert told(sheet) == [
        ("示例member", "未填", "2", "", ""),
        ("示例member", "2", "1.5", "缺影像资料", ""),
        ("示例member", "1.5", "1.5", "缺影像资料和台账", "改写说明"),
        ("示例member", "1.5", "不适用", "示例", ""),
        ("示例member", "不适用", "未填", "", ""),
    ]


def test_dispute_refused_save_and_settlement_are_told(world, sheet, as_):
    say(as_(world.member), sheet, {"points": "2"})
    assert say(as_(world.recorder), sheet, {"points": "0"}, base=0, reason="a").status_code == 409
    say(as_(world.recorder), sheet, {"points": "1"}, reason="b")
    say(as_(world.leader), sheet, {"points": "1"}, reason="c")
    assert told(sheet) == [
        ("示例member", "未填", "2", "", ""),
        ("示例recorder", "2", "0", "a", "没有覆盖同事的"),
        ("示例recorder", "2", "1", "b", "待组长裁定"),
        ("示例leader", "待裁定", "1", "c", "组长裁定"),
    ]


def test_level_is_told_in_points(world, sheet, as_):
    say(as_(world.member), sheet, {"level": 1}, code="2", reason="仅市级")
    assert told(sheet, "2") == [("示例member", "未填", "3", "仅市级", "")]


def test_files_of_the_point_are_in_it(world, sheet):
    photo = SimpleUploadedFile("一号.jpg", samples.photo())
    made = evidence.add(sheet, photo, slot="1-1", upload_id=uuid4(), by=world.member)
    evidence.remove(sheet, Attachment.objects.get(pk=made.pk), by=world.leader)
    assert told(sheet) == [
        ("示例member", "", "", "", f"添加佐证 {made.name}"),
        ("示例leader", "", "", "", f"移除佐证 {made.name}"),
    ]


def test_another_point_and_another_visit_are_not_in_it(world, sheet, as_):
    say(as_(world.member), sheet, {"points": "3"}, code="1-2")
    other = sheets.start(world.other_visit, by=world.other_leader)
    say(as_(world.other_leader), other, {"points": "2"})
    assert told(sheet) == []


def test_longest_log_begins_in_the_middle(world, sheet, as_, monkeypatch):
    monkeypatch.setattr("scoring.history.PAGE", 2)
    for points in ("2", "1", "0.5"):
        say(as_(world.member), sheet, {"points": points}, reason="示例")
    assert [one[1:3] for one in told(sheet)] == [("2", "1"), ("1", "0.5")]


def test_log_is_a_piece_for_the_open_page_and_a_page_without_script(world, sheet, as_):
    say(as_(world.member), sheet, {"points": "1.5"}, reason="示例原因")
    url = reverse("scoring:point_log", args=[sheet.pk, "1-1"])
    leader = as_(world.leader)
    piece = leader.get(url, headers={"hx-request": "true"}).content.decode()
    page = leader.get(url).content.decode()
    assert "未填 → <b>1.5</b>" in piece
    assert "<html" not in piece
    assert piece.strip() in page


@pytest.mark.parametrize("saves", [1, 3])
def test_log_asks_the_database_six_times(world, sheet, as_, saves, django_assert_num_queries):
    member = as_(world.member)
    for number in range(saves):
        say(member, sheet, {"points": str(number % 2)}, reason=f"示例{number}")
    url = reverse("scoring:point_log", args=[sheet.pk, "1-1"])
    with django_assert_num_queries(6):
        member.get(url)


def test_log_of_an_unknown_point_does_not_exist(world, sheet, as_):
    url = reverse("scoring:point_log", args=[sheet.pk, "9-9"])
    assert as_(world.member).get(url).status_code == 404
