"""The three texts of the record: saved on their own, both kept when two differ."""

from uuid import uuid4

import pytest

from audit.models import AuditEvent
from chabaocu.errors import Refused
from rubrics.record_forms import form_for
from scoring import actions
from scoring.models import Save
from scoring.text_saves import LONGEST, InvalidTextError, save_text
from scoring.texts import compose_advice, compose_problems, printed_texts
from tests.factories import papers


@pytest.fixture
def sheet(world):
    return papers.started(world.visit, world.leader)


def save(sheet, text, by, *, base=0, id=None, field="highlights"):
    sheet.refresh_from_db()
    return save_text(sheet, field, text, by=by, id=id or uuid4(), base=base)


def stored(sheet, field="highlights"):
    return sheet.texts.get(field=field)


def test_a_text_is_stored_with_who_and_version(world, sheet):
    reply = save(sheet, "示例亮点", world.member)
    row = stored(sheet)
    assert (reply.status, reply.body["version"]) == (200, 1)
    assert (row.text, row.version, row.by) == ("示例亮点", 1, world.member)
    assert AuditEvent.objects.latest("pk").after == {"field": "highlights", "text": "示例亮点"}


def test_the_same_id_again_gets_the_same_reply_and_no_second_effect(world, sheet):
    id = uuid4()
    first = save(sheet, "示例", world.member, id=id)
    again = save(sheet, "示例", world.member, id=id)
    assert (again.status, again.body, again.again) == (200, first.body, True)
    assert (stored(sheet).version, Save.objects.count()) == (1, 1)


def test_a_stale_text_is_refused_and_both_are_kept(world, sheet):
    save(sheet, "先到的", world.member)
    reply = save(sheet, "后到的", world.leader)
    assert reply.status == 409
    assert reply.body["mine"]["text"] == "后到的"
    assert reply.body["theirs"]["text"] == "先到的"
    assert stored(sheet).text == "先到的"
    assert [s.body["text"] for s in Save.objects.order_by("at")] == ["先到的", "后到的"]


def test_choosing_mine_after_a_conflict_saves_it(world, sheet):
    save(sheet, "先到的", world.member)
    version = save(sheet, "后到的", world.leader).body["version"]
    assert save(sheet, "后到的", world.leader, base=version).status == 200
    assert (stored(sheet).text, stored(sheet).version) == ("后到的", 2)


def test_a_stale_save_that_says_the_same_is_no_conflict(world, sheet):
    save(sheet, "一样", world.member)
    assert save(sheet, "一样", world.leader).status == 200


def test_a_text_too_long_is_refused_by_name_of_the_limit(world, sheet):
    with pytest.raises(InvalidTextError, match="最多 5000 字，现在 5001 字"):
        save(sheet, "字" * (LONGEST + 1), world.member)
    assert stored(sheet).version == 0


def test_a_submitted_text_is_locked(world):
    visit = papers.submitted(world)
    sheet = actions.present(visit)
    with pytest.raises(Refused, match="不能再改"):
        save(sheet, "改", world.member, base=1)
    assert stored(sheet).text == papers.TEXTS["highlights"]


def test_a_changed_text_voids_the_signatures(world):
    sheet = actions.present(papers.signed(world))
    save(sheet, "改过的亮点", world.member, base=1)
    assert (
        list(sheet.signatures.values_list("voided_reason", flat=True)) == ["签字后内容有改动"] * 2
    )


def test_problems_are_composed_of_the_entries_while_no_text_is_written(world, sheet):
    for text in ("第一个问题", "第二个\n问题。"):
        sheet.findings.create(order=1, text=text, advice=f"{text}的意见", created_by=world.leader)
    findings = sheet.findings.all()
    assert compose_problems(findings) == "1.第一个问题。\n2.第二个 问题。"
    assert compose_advice(findings) == "1.第一个问题的意见。\n2.第二个 问题。的意见。"
    assert printed_texts(sheet, form_for(world.visit.target_kind))["problems"] == compose_problems(
        findings
    )
    sheet.texts.filter(field="problems").update(text="另写一段")
    assert printed_texts(sheet, form_for(world.visit.target_kind))["problems"] == "另写一段"
