"""A letter from the issuer to the unit and back: who may what, once each, nothing lost."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from attachments.models import Attachment
from audit.models import AuditEvent
from chabaocu.errors import Refused, StaleState
from feedback import actions
from feedback.actions import Said
from feedback.actions import files_by_slot as by_slot
from feedback.models import Letter
from tests.factories import letters, papers
from tests.factories.materials import upload
from tests.sessions import logged_in

pytestmark = pytest.mark.django_db


def posted(letter, person, name, **data):
    address = reverse(f"feedback:letter_{name}", args=[letter.pk])
    return logged_in(person).post(address, {"step": letter.step} | data)


def written(letter, text="已改好", day=""):
    entries = letter.entries.values_list("pk", flat=True)
    return {f"{pk}-answer": text for pk in entries} | {f"{pk}-done_on": day for pk in entries}


def test_letter_holds_the_problems_of_the_visit(world):
    letter = letters.sent(world)
    assert [entry.finding.text for entry in letter.entries.all()] == ["示例问题1", "示例问题2"]
    assert (letter.unit, letter.place) == (world.orgs["enterprise_a1"], "001001001")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (papers.confirmed, "结果下发以后才能发督导意见。"),
        (lambda world: letters.released(world, problems=0), "没有列出存在的问题"),
        (lambda world: letters.sent(world).visit, "已经发过"),
    ],
)
def test_letter_that_cannot_go_is_refused(world, make, why):
    visit = make(world)
    with pytest.raises(Refused, match=why):
        actions.send(visit, due_on=timezone.localdate(), by=world.province)


def test_term_is_not_in_the_past(world):
    with pytest.raises(Refused, match="今天或以后"):
        letters.sent(world, timezone.localdate() - timedelta(days=1))


def test_province_sends_what_was_chosen(world):
    visit = letters.released(world)
    address = reverse("feedback:letter_send", args=[visit.plan_id])
    client = logged_in(world.province)
    assert [v.pk for v in client.get(address).context["visits"]] == [visit.pk]
    client.post(address, {"due_on": timezone.localdate(), "visit": [visit.pk]})
    assert Letter.objects.get().visit == visit
    assert list(client.get(address).context["visits"]) == []


def test_what_was_ticked_stays_ticked_when_the_day_is_wrong(world):
    visit = letters.released(world)
    other = letters.released(world, world.visit)
    address = reverse("feedback:letter_send", args=[visit.plan_id])
    page = logged_in(world.province).post(address, {"due_on": "不知道", "visit": [visit.pk]})
    boxes = re.findall(r'name="visit" value="(\d+)"( checked)?', page.content.decode())
    assert (page.status_code, dict(boxes)) == (422, {f"{visit.pk}": " checked", f"{other.pk}": ""})


@pytest.mark.parametrize(("step", "status"), [(0, 422), (7, 409)])
def test_refused_move_keeps_what_was_typed(world, step, status):
    letter = letters.answered(world)
    data = {"step": letter.step + step, "reason": "示例理由", "due_on": "2017-01-01"}
    page = posted(letter, world.province, "return", **data)
    html = page.content.decode()
    assert (page.status_code, ">示例理由</textarea>" in html) == (status, True)
    assert 'value="2017-01-01"' in html


def test_file_without_a_number_is_refused_with_what_to_do(world):
    letter = letters.sent(world)
    page = posted(letter, world.officer, "save", **written(letter, "我的"), files=[upload()])
    assert (page.status_code, "我的" in page.content.decode()) == (422, True)


def test_unit_saves_and_answers(world):
    letter = letters.sent(world)
    assert posted(letter, world.officer, "save", **written(letter, "写到一半")).status_code == 302
    letter.refresh_from_db()
    assert [entry.answer for entry in letter.entries.all()] == ["写到一半"] * 2
    assert posted(letter, world.officer, "answer", **written(letter)).status_code == 302
    letter.refresh_from_db()
    assert (letter.status, letter.answered_by) == ("answered", world.officer)


def test_answer_with_a_gap_names_it_and_keeps_the_rest(world):
    letter = letters.sent(world)
    data = written(letter)
    data[f"{letter.entries.last().pk}-answer"] = " "
    answer = posted(letter, world.officer, "answer", **data)
    assert answer.status_code == 422
    assert "第 2 条还没有写整改情况" in answer.content.decode()
    assert "已改好" in answer.content.decode()
    assert [entry.answer for entry in letter.entries.all()] == ["", ""]


def test_day_to_come_is_refused_at_its_field(world):
    letter = letters.sent(world)
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = posted(letter, world.officer, "save", **written(letter, day=tomorrow.isoformat()))
    assert answer.status_code == 422
    assert "整改完成日期不能晚于今天" in answer.content.decode()


def test_late_save_keeps_what_was_typed(world):
    letter = letters.sent(world)
    actions.save(Letter.objects.get(pk=letter.pk), letters.said(letter, "别人的"), by=world.officer)
    answer = posted(letter, world.unit_union, "save", **written(letter, "我的"))
    assert answer.status_code == 409
    assert "我的" in answer.content.decode()
    assert [entry.answer for entry in letter.entries.all()] == ["别人的"] * 2


def test_returned_answer_comes_again_by_a_new_day(world):
    letter, day = letters.answered(world), timezone.localdate() + timedelta(days=5)
    with pytest.raises(Refused, match="请写明退回重答的理由"):
        actions.move(letter, "return", by=world.province, due_on=day)
    actions.move(letter, "return", by=world.province, reason="没有照片", due_on=day)
    assert (letter.status, letter.due_on, letter.reason) == ("returned", day, "没有照片")
    actions.move(letter, "answer", by=world.officer, said=letters.said(letter, "补了照片"))
    actions.move(letter, "close", by=world.province)
    told = AuditEvent.objects.filter(action__startswith="letter.").order_by("pk")
    assert [event.action.removeprefix("letter.") for event in told] == [
        "send",
        "answer",
        "return",
        "answer",
        "close",
    ]


def test_second_to_close_is_told(world):
    letter = letters.answered(world)
    seen = Letter.objects.get(pk=letter.pk)
    actions.move(letter, "close", by=world.province)
    with pytest.raises(StaleState):
        actions.move(seen, "withdraw", by=world.province2, reason="错发")


def test_withdrawn_letter_is_hidden_and_may_go_again(world):
    letter = letters.sent(world)
    actions.move(letter, "withdraw", by=world.province, reason="错发")
    assert not Letter.objects.visible_to(world.officer).exists()
    again = actions.send(letter.visit, due_on=timezone.localdate(), by=world.province)
    assert Letter.objects.visible_to(world.officer).get() == again


def test_letter_of_papers_since_corrected_is_told_and_goes_again(world):
    """Closed or not: it lists what was found before, and the unit waits for the present list."""
    letter = letters.answered(world)
    actions.move(letter, "close", by=world.province)
    letters.corrected(world, letter.visit)
    client, send = logged_in(world.province), reverse("feedback:letter_send", args=[letter.plan_id])
    assert list(client.get(send).context["outdated"]) == [letter]
    page = client.get(reverse("feedback:letter_detail", args=[letter.pk])).content.decode()
    assert "更正后的结果已下发" in page
    assert posted(letter, world.province, "withdraw", reason="已更正").status_code == 302
    client.post(send, {"due_on": timezone.localdate(), "visit": [letter.visit_id]})
    again = Letter.objects.visible_to(world.officer).get()
    assert {entry.finding.sheet.revision for entry in again.entries.all()} == {2}
    assert list(client.get(send).context["outdated"]) == []


def test_evidence_comes_before_the_answer_only(world):
    letter = letters.sent(world)
    evidence = {"upload_id": str(uuid4()), "files": [upload(), upload("二.jpg")]}
    posted(letter, world.officer, "answer", **written(letter), **evidence)
    assert [file.name for file in actions.files_of(letter)] == ["示例.jpg", "二.jpg"]
    letter.refresh_from_db()
    late = {"upload_id": str(uuid4()), "files": [upload("三.jpg")]}
    assert posted(letter, world.officer, "save", **written(letter), **late).status_code == 422
    assert Attachment.objects.filter(holder_type="letter").count() == 2


def test_evidence_hangs_on_its_problem_and_comes_off_again(world):
    letter = letters.sent(world)
    first, second = letter.entries.all()
    files = {f"{second.pk}-files": [upload("改后.jpg")], "files": [upload("会议.jpg")]}
    posted(letter, world.officer, "save", **written(letter), upload_id=str(uuid4()), **files)
    held = {slot: [file.name for file in found] for slot, found in by_slot(letter).items()}
    assert held == {"": ["会议.jpg"], second.slot: ["改后.jpg"]}
    letter.refresh_from_db()
    drop = by_slot(letter)[second.slot][0]
    posted(letter, world.officer, "save", **written(letter), drop=[drop.pk])
    assert list(by_slot(letter)) == [""]
    letter.refresh_from_db()
    posted(letter, world.officer, "answer", **written(letter))
    letter.refresh_from_db()
    with pytest.raises(Refused, match="不能再改佐证"):
        actions.drop_files(letter, [by_slot(letter)[""][0].pk], by=world.officer)


def test_one_press_sends_no_more_than_fit_a_request(world, monkeypatch):
    monkeypatch.setattr("feedback.views.AT_ONCE", 1)
    first = letters.released(world)
    letters.released(world, world.visit, problems=1)
    client = logged_in(world.province)
    page = client.get(reverse("feedback:letter_send", args=[first.plan_id]))
    assert (len(page.context["visits"]), page.context["more"]) == (1, 1)
    assert "2 个单位的结果已下发" in page.content.decode()


def test_refused_file_keeps_neither_answer_nor_file(world):
    letter = letters.sent(world)
    evidence = {"upload_id": str(uuid4()), "files": [upload(), upload("坏.exe")]}
    answer = posted(letter, world.officer, "answer", **written(letter), **evidence)
    assert (answer.status_code, Attachment.objects.count()) == (422, 0)
    assert "已改好" in answer.content.decode()
    assert [entry.answer for entry in letter.entries.all()] == ["", ""]


def test_entry_of_another_letter_is_not_written(world):
    letter = letters.sent(world)
    other = letters.released(world, world.visit, problems=1)
    other = actions.send(other, due_on=timezone.localdate(), by=world.province)
    foreign = other.entries.get()
    actions.save(letter, {foreign.pk: Said("越权", None)}, by=world.officer)
    foreign.refresh_from_db()
    assert foreign.answer == ""


def test_list_is_cut_by_state(world):
    letter = letters.sent(world, timezone.localdate())
    Letter.objects.filter(pk=letter.pk).update(due_on=date(2026, 1, 5))
    address, client = reverse("feedback:letter_list"), logged_in(world.city_a)
    found = {
        state: len(client.get(address, {"state": state}).context["page"].rows)
        for state in ("awaited", "late", "answered", "closed", "all")
    }
    assert found == {"awaited": 1, "late": 1, "answered": 0, "closed": 0, "all": 1}


@pytest.mark.parametrize(
    ("place", "many"), [("001001", 1), ("001001001", 1), ("001002", 0), ("x", 1), ("9" * 99, 1)]
)
def test_list_is_cut_by_place(world, place, many):
    letters.sent(world)
    page = logged_in(world.province).get(reverse("feedback:letter_list"), {"place": place})
    assert len(page.context["page"].rows) == many


@pytest.mark.parametrize("n", [1, 3])
def test_page_costs_the_same_for_more_problems(world, n, django_assert_num_queries):
    visit = letters.released(world, problems=n)
    letter = actions.send(visit, due_on=timezone.localdate(), by=world.province)
    client = logged_in(world.officer)
    with django_assert_num_queries(11):
        client.get(reverse("feedback:letter_detail", args=[letter.pk]))
