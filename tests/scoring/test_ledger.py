"""问题台账: which problems stand in it, who mends them, and its states."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from audit.models import AuditEvent
from chabaocu.edits import ChangedError
from chabaocu.errors import Refused, StaleState
from scoring import actions, ledger
from scoring.models import Finding
from tests.edits import save, seen_on
from tests.factories import papers

DUE = date(2018, 1, 31)
FIXED = {"responsible": "示例车间 示例人", "measures": "补齐制度", "due_on": DUE}


def problem(world, visit=None, text="示例问题") -> Finding:
    sheet = actions.present(visit or papers.submitted(world))
    return Finding.objects.create(sheet=sheet, order=1, text=text, created_by=world.member)


def listed(world, **state) -> list[str]:
    rows = ledger.problems(world.plan, world.province)
    return [row.text for row in rows.filter(**state).order_by(*ledger.ORDER)]


def url(name: str, pk: int) -> str:
    return reverse(f"scoring:{name}", args=[pk])


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "open"),
        ({"due_on": date(2020, 1, 2)}, "open"),
        ({"measures": "示例"}, "mending"),
        ({"measures": "示例", "due_on": date(2020, 1, 1)}, "mending"),
        ({"measures": "示例", "due_on": date(2019, 12, 31)}, "late"),
        ({"due_on": date(2019, 12, 31), "fixed_on": date(2020, 1, 1)}, "fixed"),
    ],
)
def test_state_is_the_same_in_words_and_in_the_database(world, fields, state):
    found, today = problem(world), date(2020, 1, 1)
    Finding.objects.filter(pk=found.pk).update(**fields)
    found.refresh_from_db()
    assert ledger.state_of(found, today) == state
    rows = {key: Finding.objects.filter(ledger.within(key, today)).count() for key in ledger.STATES}
    assert rows == {key: int(key == state) for key in ledger.STATES}


def test_only_problems_of_papers_that_are_handed_in_are_listed(world):
    problem(world)
    draft = papers.started(world.enterprise_visit, world.leader)
    Finding.objects.create(sheet=draft, order=1, text="草稿", created_by=world.member)
    assert listed(world) == ["示例问题"]


def test_entry_of_a_corrected_paper_keeps_its_remedy(world):
    found = problem(world)
    ledger.save_remedy(found, by=world.province, fixed_on=None, **FIXED)
    world.visit.refresh_from_db()
    sheet = actions.return_visit(world.visit, by=world.province, note="示例意见")
    assert listed(world) == []
    assert sheet.findings.get().measures == "补齐制度"


def test_remedy_is_stored_and_audited(world):
    found = problem(world)
    ledger.save_remedy(found, by=world.province, fixed_on=None, **FIXED)
    assert (found.responsible, found.due_on) == (FIXED["responsible"], DUE)
    event = AuditEvent.objects.filter(stream__name=world.visit.stream).latest("seq")
    assert (event.action, event.after["measures"]) == ("finding.remedy", "补齐制度")


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(world):
    found = problem(world)
    seen = ledger.fingerprint(found)
    ledger.save_remedy(found, by=world.province, fixed_on=None, **FIXED)
    with pytest.raises(ChangedError):
        ledger.save_remedy(found, by=world.province2, seen=seen, fixed_on=None, **FIXED)


@pytest.mark.parametrize(
    ("changes", "told"),
    [({"measures": " "}, "写明整改责任"), ({"fixed_on": date(2999, 1, 1)}, "不能晚于今天")],
)
def test_completion_needs_measures_and_a_day_that_has_come(world, changes, told):
    fields = FIXED | {"fixed_on": timezone.localdate()} | changes
    with pytest.raises(Refused, match=told):
        ledger.save_remedy(problem(world), by=world.province, **fields)


def test_paper_that_is_open_again_takes_no_remedy(world):
    found = problem(world)
    world.visit.refresh_from_db()
    actions.return_visit(world.visit, by=world.province, note="示例意见")
    with pytest.raises(StaleState):
        ledger.save_remedy(found, by=world.province, fixed_on=None, **FIXED)


def test_page_is_filled_and_the_workbook_says_the_same(world, as_):
    found, client = problem(world), as_(world.province)
    page = url("problem_edit", found.pk)
    typed = FIXED | {"due_on": "2018-01-31", "fixed_on": ""}
    answer = save(client, page, typed, follow=True).content.decode()
    assert "台账已保存。" in answer
    assert "已逾期" in answer
    file = client.get(reverse("reports:problem_workbook", args=[world.plan.pk]))
    sheet = load_workbook(io.BytesIO(b"".join(file.streaming_content))).active
    header, row = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert header[3:9] == ["问题", "督导意见", "整改责任", "整改措施", "整改时限", "状态"]
    assert row[2:4] + row[5:7] + row[8:9] == [
        "甲一县总工会",
        "示例问题",
        FIXED["responsible"],
        "补齐制度",
        "已逾期",
    ]


def test_late_save_shows_both_and_keeps_what_was_typed(world, as_):
    found, client = problem(world), as_(world.province)
    seen = seen_on(client, url("problem_edit", found.pk))
    ledger.save_remedy(found, by=world.province2, fixed_on=None, **FIXED)
    data = {"seen": seen, "responsible": "另一人", "measures": "另一措施"}
    answer = client.post(url("problem_edit", found.pk), data)
    assert answer.status_code == 409
    assert "另一措施" in answer.content.decode()
    assert "补齐制度" in answer.content.decode()


def test_mistake_is_told_at_the_form(world, as_):
    found = problem(world)
    today = (timezone.localdate() - timedelta(days=1)).isoformat()
    answer = save(as_(world.province), url("problem_edit", found.pk), {"fixed_on": today})
    assert "写明整改责任和整改措施以后" in answer.content.decode()
    assert Finding.objects.get(pk=found.pk).fixed_on is None


def test_neighbours_have_no_such_ledger(world, as_):
    found = problem(world)
    for person in (world.city_a, world.county_a1, world.officer):
        assert as_(person).get(url("problem_list", world.plan.pk)).status_code == 404
        assert as_(person).get(url("problem_edit", found.pk)).status_code == 404


def test_state_narrows_the_list(world, as_):
    problem(world)
    client = as_(world.province)
    assert len(client.get(url("problem_list", world.plan.pk), {"state": "open"}).context["page"])
    shown = client.get(url("problem_list", world.plan.pk), {"state": "fixed"})
    assert "没有这样的问题" in shown.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_number_of_queries(world, as_, django_assert_num_queries, count):
    papers.submitted(world)
    for number in range(count):
        problem(world, world.visit, f"示例问题{number}")
    client = as_(world.province)
    with django_assert_num_queries(11):
        client.get(url("problem_list", world.plan.pk))
