"""自查自纠: the unit fills, signs and files it; the team is told of a point after its own mark."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse

from chabaocu.errors import Refused, StaleState
from orgs.access import fetch
from orgs.roles import Permission as P
from plans.models import Visit
from scoring import actions, signing
from scoring.completeness import missing
from scoring.models import SelfComparison, Standing
from tests.factories import papers, self_checks

S = Visit.Status


def test_the_units_own_people_fill_and_nobody_else(world):
    check = self_checks.asked(world, world.orgs["enterprise_a1"])
    able = {
        name
        for name, user in world.people.items()
        if Visit.objects.permitted(user, P.VISIT_FILL).filter(pk=check.pk).exists()
    }
    assert able == {"officer", "unit_union"}


def test_county_union_fills_its_own(world):
    check = self_checks.asked(world)
    able = {
        name
        for name, user in world.people.items()
        if Visit.objects.permitted(user, P.VISIT_FILL).filter(pk=check.pk).exists()
    }
    assert able == {"county_a1"}


def test_the_neighbour_and_the_team_do_not_find_it(world):
    check = self_checks.filed(world)
    for name in ("county_a2", "county_b1", "city_a", "leader", "member", "other_leader", "officer"):
        with pytest.raises(Http404):
            fetch(Visit, world.people[name], pk=check.pk)


def test_the_issuer_reads_it_once_filed(world):
    check = self_checks.asked(world)
    with pytest.raises(PermissionDenied):
        fetch(Visit, world.province, P.RESULT_VIEW, pk=check.pk)
    self_checks.signed(check, world.county_a1)
    actions.file_check(check, by=world.county_a1)
    assert fetch(Visit, world.province, P.RESULT_VIEW, pk=check.pk) == check


def test_an_issuer_in_the_team_does_not_read_it(world):
    check = self_checks.filed(world)
    world.team.members.create(user=world.province, role="member")
    with pytest.raises(PermissionDenied):
        fetch(Visit, world.province, P.RESULT_VIEW, pk=check.pk)
    assert fetch(Visit, world.province2, P.RESULT_VIEW, pk=check.pk) == check


def test_one_signature_is_enough_and_the_record_asks_no_text(world):
    check = self_checks.asked(world)
    sheet = papers.started(check, world.county_a1)
    for code, inputs in self_checks.OWN.items():
        papers.answer(sheet, code, inputs, world.county_a1)
    actions.follow(check, by=world.county_a1)
    assert [gap.label for gap in missing(sheet)] == ["单位负责人没有签字"]
    papers.sign(sheet, "unit", world.county_a1)
    assert missing(sheet) == []


def test_nobody_of_another_unit_signs(world):
    check = self_checks.asked(world)
    sheet = self_checks.signed(check, world.county_a1)
    with pytest.raises(Refused, match="由本单位的人员签字"):
        signing.sign(sheet, by=world.leader, seen="")


def test_filing_freezes_and_marks_the_papers(world):
    check = self_checks.filed(world)
    sheet = actions.present(check)
    assert (check.status, check.team, check.confirmed_at) == (S.FILED, None, None)
    assert sheet.frozen["visit"]["scorer"] == "self"
    assert [one["role"] for one in sheet.frozen["signatures"]] == ["unit"]
    titles = [d.context.get("title", "") for d in sheet.documents.order_by("kind")]
    assert any(title.endswith("（自查）") for title in titles)


def test_taking_back_makes_a_new_draft(world):
    check = self_checks.filed(world)
    sheet = actions.take_back(check, by=world.county_a1, reason="示例更正")
    assert (check.status, check.total, sheet.revision) == (S.RETURNED, None, 2)
    assert check.sheets.get(revision=1).frozen_at is not None


def test_once_the_team_began_nothing_is_filed_or_taken_back(world):
    check = self_checks.asked(world)
    self_checks.signed(check, world.county_a1)
    other = self_checks.filed(world, world.officer)
    papers.started(world.visit, world.leader)
    papers.started(world.enterprise_visit, world.leader)
    with pytest.raises(Refused, match="督导组已经开始填写"):
        actions.file_check(check, by=world.county_a1)
    with pytest.raises(Refused, match="督导组已经开始填写"):
        actions.take_back(other, by=world.officer, reason="示例")
    check.refresh_from_db()
    assert check.status == S.SIGNING


def test_a_self_check_is_never_reviewed(world):
    check = self_checks.filed(world)
    for move in (actions.confirm, actions.release, actions.archive):
        with pytest.raises(StaleState):
            move(check, by=world.province)
    with pytest.raises(StaleState):
        actions.submit(check, by=world.county_a1)


def test_the_database_keeps_self_checks_from_teams(world):
    check = self_checks.asked(world)
    with pytest.raises(IntegrityError, match="visit_self_is_the_units"), transaction.atomic():
        Visit.objects.filter(pk=check.pk).update(team=world.team)


def test_what_stood_when_the_team_began_is_what_is_compared(world):
    check = self_checks.filed(world)
    visit = self_checks.supervised(world)
    assert visit.self_check == check
    found = SelfComparison.objects.get()
    assert (found.same, found.high, found.low, found.apart) == (2, 1, 1, 0)
    assert (str(found.change), found.over) == ("0.00", {"1": "2", "3": "-2"})


def test_a_unit_without_self_check_is_compared_with_nothing(world):
    self_checks.asked(world)
    visit = self_checks.supervised(world)
    assert not SelfComparison.objects.exists()
    page = client_page(world.province, "scoring:visit_review", visit.pk)
    assert "这个单位没有报送自查" in page


def client_page(user, name, *args):
    from django.test import Client  # noqa: PLC0415

    client = Client()
    client.force_login(user)
    return client.get(reverse(name, args=args)).content.decode()


def test_self_checks_and_helpers_never_rank(world):
    self_checks.filed(world)
    visit = self_checks.supervised(world)
    helpers = world.plan.phases.create(
        order=5, name="帮扶", scorer="helpers", starts_on="2017-12-01", ends_on="2017-12-02"
    )
    world.enterprise_visit.phase = helpers
    Visit.objects.filter(pk=world.enterprise_visit.pk).update(phase=helpers, scorer="helpers")
    world.enterprise_visit.refresh_from_db()
    papers.confirmed(world, world.enterprise_visit)
    actions.confirm(visit, by=world.province)
    assert [(row.target_kind, row.visits) for row in Standing.objects.all()] == [
        (visit.target_kind, 1)
    ]
