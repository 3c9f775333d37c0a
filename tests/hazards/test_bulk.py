"""One deed on many hazards: each by itself, each told, nothing done that the table forbids."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import AuditEvent
from chabaocu.demo.clock import clock
from chabaocu.errors import Refused, StaleState
from hazards import bulk, urging
from hazards.bulk import DEEDS, do_all, rows_of
from hazards.models import Hazard, Urging
from hazards.urging import urge
from hazards.workflow import MOVES
from inbox.models import Notice
from tests.cast import build_world
from tests.factories import hazards
from tests.races import at_once

S, G = Hazard.Status, Hazard.Grade
LEDGER = reverse("hazards:hazard_list")


def choose(person, name, *rows, **more):
    given = {"pk": [hazard.pk for hazard in rows], "query": "tab=open"} | more
    return person.post(reverse("hazards:bulk_choose", args=[name]), given)


def do(person, name, shown, **more):
    given = {"rows": shown, "query": "tab=open"} | more
    return person.post(reverse("hazards:bulk_do", args=[name]), given)


def sides(answer):
    """Which are done, and why the others are not."""
    return (
        [row.hazard.pk for row in answer.context["done"]],
        {row.hazard.pk: row.why for row in answer.context["left"]},
    )


def test_only_moves_without_a_signature_or_a_field_of_their_own_are_for_many():
    many = [move for move in MOVES.values() if move.many]
    assert [move.name for move in many] == ["register", "grade_general"]
    for move in many:
        assert (move.needs, move.guard, move.returning, move.system) == ((), "", False, False)
        assert move.target in {S.REGISTERED, S.PLANNING}  # closes nothing
    assert list(DEEDS) == ["urge", "register", "grade_general"]


@pytest.mark.once
def test_reported_ones_are_registered_and_the_others_are_named(as_, world):
    new = [hazards.reported(world) for _ in range(2)]
    late = hazards.in_state(world, S.RECTIFYING)
    foreign = hazards.report_at(world, "enterprise_b1", "other_officer")
    person = as_(world.officer)
    page = choose(person, "register", new[0], late, foreign, new[1])
    assert sides(page) == ([new[0].pk, new[1].pk], {late.pk: "现在是“整改中”，不能办这一步。"})
    assert Hazard.objects.filter(status=S.REGISTERED).count() == 0  # nothing done yet
    done = do(person, "register", page.context["rows"], note="示例：同一批")
    assert sides(done) == ([new[0].pk, new[1].pk], {})
    events = [hazard.events.latest("pk") for hazard in new]
    assert [(e.move, e.by, e.note) for e in events] == [
        ("register", world.officer, "示例：同一批")
    ] * 2
    assert Hazard.objects.get(pk=foreign.pk).status == S.REPORTED


@pytest.mark.once
def test_a_row_that_moved_meanwhile_is_left_and_told(as_, world):
    first, second = hazards.reported(world), hazards.reported(world)
    person = as_(world.officer)
    shown = choose(person, "register", first, second).context["rows"]
    hazards.moved(world, first, ("officer", "dismiss"))
    assert sides(do(person, "register", shown)) == ([second.pk], {first.pk: bulk.MOVED})
    assert Hazard.objects.get(pk=first.pk).status == S.DISMISSED
    again = do(person, "register", shown)  # the page sent once more
    assert sides(again) == ([], {first.pk: bulk.MOVED, second.pk: bulk.MOVED})


def test_a_row_that_breaks_leaves_the_others_done(world, monkeypatch):
    rows = [hazards.reported(world) for _ in range(3)]
    move = bulk.actions.move

    def refusing(hazard, name, **said):
        if hazard.pk == rows[1].pk:
            raise Refused("示例：不行")
        return move(hazard, name, **said)

    monkeypatch.setattr(bulk.actions, "move", refusing)
    shown = {row.pk: row.step for row in rows}
    found = do_all(DEEDS["register"], by=world.officer, shown=shown)
    assert [row.why for row in found] == ["", "示例：不行", ""]
    assert Hazard.objects.filter(status=S.REGISTERED).count() == 2


@pytest.mark.parametrize(
    ("person", "why"),
    [
        ("officer", ""),
        ("unit_union", "由单位安全管理部门办，不在您的权限内。"),
        ("county_a1", "由单位安全管理部门办，不在您的权限内。"),
        ("regulator", None),
        ("other_officer", None),
    ],
)
def test_who_may_is_asked_of_each_row(world, person, why):
    hazard, user = hazards.in_state(world, S.REGISTERED), world.people[person]
    found = [row.why for row in rows_of(DEEDS["grade_general"], user, [hazard.pk])]
    assert found == ([] if why is None else [why])
    do_all(DEEDS["grade_general"], by=user, shown={hazard.pk: hazard.step})
    expected = S.PLANNING if why == "" else S.REGISTERED
    assert Hazard.objects.get(pk=hazard.pk).status == expected


@pytest.mark.once
def test_all_of_a_filter_are_chosen_in_the_order_of_the_ledger(as_, world, monkeypatch):
    made = [hazards.reported(world) for _ in range(3)]
    hazards.in_state(world, S.CLOSED)
    hazards.report_at(world, "enterprise_b1", "other_officer")
    page = choose(as_(world.officer), "register", all="1", query="order=new&tab=open")
    assert sides(page) == ([hazard.pk for hazard in reversed(made)], {})
    monkeypatch.setattr("hazards.views.bulk.MOST", 2)
    page = choose(as_(world.officer), "register", all="1", query="order=new&tab=open")
    assert (sides(page)[0], page.context["more"]) == ([made[2].pk, made[1].pk], True)


@pytest.mark.parametrize("sent", [{}, {"pk": ["x", "9" * 40, "", "-1"]}])
def test_nothing_chosen_goes_back_to_the_ledger(as_, world, sent):
    answer = as_(world.officer).post(reverse("hazards:bulk_choose", args=["urge"]), sent)
    assert (answer.status_code, answer.url) == (302, f"{LEDGER}?tab=open")
    assert (
        as_(world.officer).post(reverse("hazards:bulk_choose", args=["accept"])).status_code == 404
    )
    assert do(as_(world.officer), "urge", "1.x,,9999999999999999999.1,示例").status_code == 200


def unread(person):
    return list(Notice.objects.filter(person=person, key__contains="urged").values_list("text"))


def test_who_makes_the_next_step_is_urged_once_a_day(world):
    hazard = hazards.in_state(world, S.RECTIFYING)
    with clock(hazards.in_days(-1), "09:00"):
        urge(hazard, by=world.unit_union)
    Notice.objects.all().delete()
    made = urge(hazard, by=world.county_a1)
    [(text,)] = unread(world.worker)
    assert text.startswith(f"甲一县总工会催办 {hazard.number}")
    assert made.told == "示例worker"
    with pytest.raises(Refused, match="今天已经催过"):
        urge(hazard, by=world.city_a)
    assert (Urging.objects.count(), len(unread(world.worker))) == (2, 1)
    assert AuditEvent.objects.filter(action="hazard.urge").count() == 2


def test_what_waits_for_oneself_or_is_closed_is_not_urged(world):
    new, closed = hazards.reported(world), hazards.in_state(world, S.CLOSED)
    with pytest.raises(Refused, match="您自己"):
        urge(new, by=world.officer)
    with pytest.raises(Refused, match="已销号"):
        urge(closed, by=world.county_a1)
    stale = Hazard.objects.get(pk=new.pk)
    hazards.moved(world, new, ("officer", "register"))
    with pytest.raises(StaleState):
        urge(stale, by=world.unit_union)
    assert Urging.objects.count() == 0


@pytest.mark.once
def test_many_are_urged_and_each_told(as_, world):
    late = [hazards.in_state(world, S.RECTIFYING) for _ in range(2)]
    closed = hazards.in_state(world, S.CLOSED)
    person = as_(world.county_a1)
    urge(late[1], by=world.unit_union)
    page = choose(person, "urge", *late, closed)
    left = {late[1].pk: "今天已经催过。", closed.pk: "现在是“已销号”，不用催。"}
    assert sides(page) == ([late[0].pk], left)
    assert sides(do(person, "urge", page.context["rows"])) == ([late[0].pk], {})
    detail = person.get(reverse("hazards:hazard_detail", args=[late[0].pk])).content.decode()
    assert "催办示例worker" in detail


def test_one_is_urged_from_its_page(as_, world):
    hazard = hazards.in_state(world, S.RECTIFYING)
    person = as_(world.county_a1)
    for _ in range(2):
        answer = person.post(reverse("hazards:hazard_urge", args=[hazard.pk]), follow=True)
    assert "今天已经催过。" in answer.content.decode()
    assert (Urging.objects.count(), len(unread(world.worker))) == (1, 1)


@pytest.mark.once
def test_ticked_rows_are_exported_in_the_order_of_the_page(as_, world):
    made = [hazards.reported(world) for _ in range(3)]
    foreign = hazards.report_at(world, "enterprise_b1", "other_officer")
    address = reverse("reports:hazard_export") + "?order=new&tab=open"

    def numbers(**sent):
        file = b"".join(as_(world.officer).post(address, sent).streaming_content)
        cells = [row[0].value for row in load_workbook(BytesIO(file)).active.iter_rows()]
        return [value for value in cells if value in {hazard.number for hazard in [*made, foreign]}]

    ticked = [made[0].pk, made[2].pk, foreign.pk]
    assert numbers(pk=ticked) == [made[2].number, made[0].number]
    assert numbers(pk=ticked, all="1") == [hazard.number for hazard in reversed(made)]


@pytest.mark.parametrize("rows", [1, 3])
def test_choosing_asks_as_often_for_many(as_, world, rows, django_assert_num_queries):
    made = [hazards.in_state(world, S.RECTIFYING) for _ in range(rows)]
    person = as_(world.officer)
    choose(person, "urge", *made)
    with django_assert_num_queries(4):
        assert len(choose(person, "urge", *made).context["done"]) == rows


def prepared():
    world = build_world()
    hazard = hazards.in_state(world, S.RECTIFYING)
    people = (world.officer, world.unit_union, world.county_a1, world.city_a)
    seen = [Hazard.objects.get(pk=hazard.pk) for _ in people]
    return [lambda h=h, by=by: urge(h, by=by) for h, by in zip(seen, people, strict=True)]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_many_who_urge_at_once_urge_once():
    assert at_once(prepared()) == {"done": 1, "Refused": 3}
    assert (Urging.objects.count(), Notice.objects.filter(key__contains="urged").count()) == (1, 1)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_with_the_guard_off_the_constraint_stops_them(monkeypatch):
    deeds = prepared()
    monkeypatch.setattr(
        urging,
        "_kept",
        lambda hazard, by, waiting: (Urging.objects.create(hazard=hazard, by=by), True),
    )
    assert at_once(deeds) == {"done": 1, "IntegrityError": 3}
