"""The page of a hazard and the forms of its moves."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hazards.models import Hazard
from hazards.workflow import MOVES
from tests.factories import hazards

S, G = Hazard.Status, Hazard.Grade


def page(hazard):
    return reverse("hazards:hazard_detail", args=[hazard.pk])


def form(hazard, name):
    return reverse(f"hazards:{name}", args=[hazard.pk])


def posted(world, hazard, name, **changed):
    said = hazards.said(world, hazard, name) | {"step": hazard.step} | changed
    return {key: getattr(value, "pk", value) for key, value in said.items()}


@pytest.mark.parametrize("grade", G.values)
def test_page_shows_the_buttons_of_this_person(as_, world, grade):
    hazard = hazards.in_state(world, S.ACCEPTING, grade)
    answer = as_(world.county_a1).get(page(hazard))
    shown = [move.name for move in answer.context["moves"]]
    assert shown == (["witness"] if grade == G.MAJOR else [])


def test_a_move_is_made_from_its_form(as_, world):
    hazard = hazards.in_state(world, S.PLANNING)
    person = as_(world.officer)
    assert "责任" in person.get(form(hazard, "plan")).content.decode()
    answer = person.post(form(hazard, "plan"), posted(world, hazard, "plan"))
    assert answer.url == page(hazard)
    hazard.refresh_from_db()
    assert (hazard.status, hazard.responsible) == (S.RECTIFYING, world.worker)


def test_a_form_with_gaps_keeps_what_was_typed(as_, world):
    hazard = hazards.in_state(world, S.PLANNING)
    given = posted(world, hazard, "plan", duty="示例：我写的责任", funds="")
    answer = as_(world.officer).post(form(hazard, "plan"), given)
    assert answer.status_code == 422
    assert "示例：我写的责任" in answer.content.decode()
    hazard.refresh_from_db()
    assert hazard.status == S.PLANNING


def test_a_deadline_that_no_longer_serves_is_asked_for_anew(as_, world):
    hazard = hazards.in_state(world, S.CLOSED)
    reopen, begun = form(hazard, "reopen"), []
    for days in (5, -5):
        due = timezone.localdate() + timedelta(days=days)
        Hazard.objects.filter(pk=hazard.pk).update(due_on=due)
        begun.append((due, as_(world.county_a1).get(reopen).context["form"]["due_on"].value()))
    assert begun == [(begun[0][0], begun[0][0]), (begun[1][0], None)]
    running = hazards.in_state(world, S.RECTIFYING)
    page = as_(world.officer).get(form(running, "extend"))
    assert page.context["form"]["due_on"].value() is None


def test_a_late_form_moves_nothing_and_keeps_what_was_typed(as_, world):
    hazard = hazards.in_state(world, S.RECTIFYING)
    given = posted(world, hazard, "extend", reason="示例：等配件")
    hazards.moved(world, hazard, ("officer", "extend"))
    due_on = hazard.due_on
    answer = as_(world.officer).post(form(hazard, "extend"), given)
    assert answer.status_code == 409
    assert "示例：等配件" in answer.content.decode()
    hazard.refresh_from_db()
    assert hazard.due_on == due_on


@pytest.mark.once
def test_a_move_the_state_no_longer_allows_has_no_button(as_, world):
    hazard = hazards.in_state(world, S.PLANNING)
    person, given = as_(world.officer), posted(world, hazard, "plan", duty="示例：我写的责任")
    hazards.moved(world, hazard, ("officer", "plan"), ("worker", "offer"))
    answer = person.post(form(hazard, "plan"), given)
    text = answer.content.decode()
    assert (answer.status_code, f'action="{form(hazard, "plan")}"' in text) == (409, False)
    assert '<button class="btn btn-primary">下达整改方案' not in text
    assert [step.what for step in answer.context["since"]] == ["整改完成，申请验收", "下达整改方案"]
    typed = dict(answer.context["typed"])
    assert (typed["责任"], typed["整改层级"]) == ("示例：我写的责任", "班组")
    assert typed["整改责任人"] == str(world.worker)
    now = [move.name for move in answer.context["moves"]]
    assert now == ["accept", "reject", "regrade_major"]
    assert form(hazard, "accept") in text
    late = person.get(form(hazard, "plan"))  # the link of an old page
    assert (late.status_code, late.context["typed"]) == (409, [])
    assert [step.what for step in late.context["since"]] == ["整改完成，申请验收"]


def test_a_hidden_name_is_shown_to_the_union_alone(as_, world):
    hazard = hazards.reported(world, hides_name=True)
    Hazard.objects.filter(pk=hazard.pk).update(reported_by=world.worker)
    name = str(world.worker)
    assert name not in as_(world.officer).get(page(hazard)).content.decode()
    assert name not in as_(world.county_a1).get(page(hazard)).content.decode()
    assert name in as_(world.unit_union).get(page(hazard)).content.decode()


def test_every_move_has_an_address_of_its_own(world):
    hazard = hazards.reported(world)
    addresses = {form(hazard, name) for name, move in MOVES.items() if not move.system}
    assert len(addresses) == len(MOVES) - 1


@pytest.mark.parametrize("steps", [0, 4])
def test_page_asks_as_often_for_a_long_history(as_, world, steps, django_assert_num_queries):
    hazard = hazards.in_state(world, S.RECTIFYING)
    hazards.moved(world, hazard, *[("officer", "extend")] * steps)
    person = as_(world.officer)
    person.get(page(hazard))
    with django_assert_num_queries(14):
        person.get(page(hazard))


def test_who_registers_is_shown_what_may_be_the_same(as_, world):
    first = hazards.reported(world, kind="leak", text="示例：法兰滴漏")
    hazards.reported(world, kind="guard", text="示例：护栏松动")
    hazards.reported(world, kind="leak", where="别处", text="示例：别处的")
    second = hazards.reported(world, kind="leak", text="示例：又在滴漏")
    answer = as_(world.officer).get(page(second))
    assert list(answer.context["like"]) == [first]
    assert "可能是同一条" in answer.content.decode()
    assert "可能是同一条" not in as_(world.unit_union).get(page(second)).content.decode()
    assert "可能是同一条" not in as_(world.officer).get(page(first)).content.decode()
