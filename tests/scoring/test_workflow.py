"""All states × moves × people, from the table itself; and what a move leaves behind."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from audit.models import AuditEvent
from audit.verify import verify_all
from chabaocu.errors import Refused, StaleState
from orgs.access import fetch
from plans.models import Visit, VisitEvent
from scoring import actions, hooks
from scoring.workflow import MOVES, moves_for
from tests.factories import papers

S = Visit.Status
PRESS = {
    "start": lambda visit, by: actions.start(visit, by=by),
    "submit": lambda visit, by: actions.submit(visit, by=by),
    "file": lambda visit, by: actions.file_check(visit, by=by),
    "take_back": lambda visit, by: actions.take_back(visit, by=by, reason="示例理由"),
    "recall": lambda visit, by: actions.recall(visit, by=by, reason="示例理由"),
    "return": lambda visit, by: actions.return_visit(visit, by=by, note="示例意见"),
    "vet": lambda visit, by: actions.vet(visit, by=by),
    "confirm": lambda visit, by: actions.confirm(visit, by=by),
    "release": lambda visit, by: actions.release(visit, by=by),
    "correct": lambda visit, by: actions.correct(visit, by=by, reason="示例理由"),
    "archive": lambda visit, by: actions.archive(visit, by=by),
}
TEAM = {"leader", "recorder", "member"}
SIGNERS = {"leader", "recorder"}
ISSUER = {"province", "province2"}
# Written by hand from the regulation, not read from MOVES: (move, state) → who may.
ALLOWED = {
    ("start", S.PLANNED): TEAM,
    ("submit", S.SIGNING): SIGNERS,
    ("submit", S.RETURNED): SIGNERS,
    ("recall", S.SUBMITTED): SIGNERS,
    ("take_back", S.FILED): {"county_a1"},
    ("return", S.SUBMITTED): ISSUER,
    ("confirm", S.SUBMITTED): ISSUER,
    ("release", S.CONFIRMED): ISSUER,
    ("correct", S.SUBMITTED): ISSUER,
    ("correct", S.CONFIRMED): ISSUER,
    ("archive", S.CONFIRMED): ISSUER,
}
# What the plan's wish for two reviewers makes of submitted papers, before and after 初审 by
# one of them: move → who may.
TWO_REVIEWERS = {
    "unread": {"vet": ISSUER, "recall": SIGNERS, "return": ISSUER, "correct": ISSUER},
    "vetted": {"confirm": {"province2"}, "recall": SIGNERS, "return": ISSUER, "correct": ISSUER},
}


def press(name, visit, user):
    """What a view does: fetch with the move's permission, then act."""
    try:
        found = fetch(Visit, user, MOVES[name].permission, pk=visit.pk)
        PRESS[name](found, user)
    except (Http404, PermissionDenied, StaleState, Refused):
        return False
    return True


def test_every_move_of_people_has_a_button_to_press():
    assert set(PRESS) == {name for name, move in MOVES.items() if not move.system}


@pytest.mark.once
@pytest.mark.parametrize("status", S.values)
def test_every_person_and_move_as_the_table_says(world, status):
    visit = papers.in_state(world, status)
    for person, user in world.people.items():
        shown = {move.name for move in moves_for(visit, user)}
        assert shown == {name for name in PRESS if person in ALLOWED.get((name, status), ())}
        pressed = [name for name in PRESS if name not in shown and press(name, visit, user)]
        assert pressed == []
    visit.refresh_from_db()
    assert visit.status == status


@pytest.mark.parametrize(("name", "status"), ALLOWED)
def test_a_move_goes_where_the_table_says(world, name, status):
    visit = papers.in_state(world, status)
    events = visit.events.count()
    by = world.people[min(ALLOWED[name, status])]
    assert press(name, visit, by)
    visit.refresh_from_db()
    event = visit.events.latest("pk")
    assert visit.status == MOVES[name].target
    assert (event.move, event.source, event.target, event.by) == (name, status, visit.status, by)
    assert visit.events.count() == events + 1
    assert AuditEvent.objects.latest("pk").action == f"visit.{name}"
    assert verify_all() == []


def four_eyes(world):
    type(world.plan).objects.filter(pk=world.plan.pk).update(four_eyes=True)
    return Visit.objects.select_related("plan").get(pk=papers.submitted(world).pk)


@pytest.mark.once
@pytest.mark.parametrize("read", TWO_REVIEWERS)
def test_every_person_and_move_where_two_must_review(world, read):
    visit = four_eyes(world)
    if read == "vetted":
        actions.vet(visit, by=world.province)
    for name in PRESS:
        made = {person for person, user in world.people.items() if undone(name, visit, user)}
        assert (name, made) == (name, TWO_REVIEWERS[read].get(name, set()))


def undone(name, visit, user):
    """Whether the move is made; taken back at once."""
    with transaction.atomic():
        made = press(name, visit, user)
        transaction.set_rollback(True)
    return made


def test_first_check_is_kept_with_its_event_and_gone_with_the_draft(world):
    visit = four_eyes(world)
    actions.vet(visit, by=world.province)
    event = visit.events.latest("pk")
    assert (event.move, event.source, event.target) == ("vet", S.SUBMITTED, S.SUBMITTED)
    assert (visit.vetted_by, visit.status) == (world.province, S.SUBMITTED)
    with pytest.raises(Refused, match="须由另一人确认"):
        actions.confirm(visit, by=world.province)
    visit.refresh_from_db()
    sheet = actions.return_visit(visit, by=world.province, note="示例意见")
    assert (visit.vetted_by, visit.vetted_at) == (None, None)
    papers.sign(sheet, "leader", world.leader)
    papers.sign(sheet, "recorder", world.recorder)
    actions.submit(visit, by=world.leader)
    with pytest.raises(Refused, match="先由一人初审"):
        actions.confirm(visit, by=world.province2)
    assert verify_all() == []


def test_confirmation_by_who_vetted_in_another_window_is_stale(world):
    visit = four_eyes(world)
    opened = Visit.objects.get(pk=visit.pk)
    actions.vet(visit, by=world.province)
    with pytest.raises(StaleState):
        actions.confirm(opened, by=world.province)


def test_database_refuses_one_person_as_both_reviewers(world):
    visit = four_eyes(world)
    actions.vet(visit, by=world.province)
    with pytest.raises(IntegrityError, match="visit_confirmed_by_another"), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(confirmed_by=world.province)


@pytest.mark.parametrize("name", ["recall", "return", "correct"])
def test_a_move_without_its_reason_is_refused(world, name):
    visit = papers.submitted(world)
    with pytest.raises(Refused, match="须写明理由"):
        actions._reopen(visit, name, by=world.province, note="  ")
    assert visit.sheets.count() == 1


def test_a_member_of_the_team_does_not_confirm(world):
    visit = papers.submitted(world)
    visit.team.members.create(user=world.province, role="member")
    with pytest.raises(Refused, match="须由其他人员确认"):
        actions.confirm(visit, by=world.province)
    visit.refresh_from_db()
    assert visit.status == S.SUBMITTED
    assert not visit.events.filter(move="confirm").exists()


def test_a_page_of_an_earlier_draft_confirms_nothing(world):
    visit = papers.submitted(world)
    seen = Visit.objects.get(pk=visit.pk)
    sheet = actions.return_visit(visit, by=world.province, note="示例")
    papers.sign(sheet, "leader", world.leader)
    papers.sign(sheet, "recorder", world.recorder)
    actions.submit(visit, by=world.leader)
    with pytest.raises(StaleState):
        actions.confirm(seen, by=world.province)


def test_release_happens_once(world):
    visit = papers.confirmed(world)
    actions.release(visit, by=world.province)
    with pytest.raises(StaleState):
        actions.release(visit, by=world.province2)


def test_released_result_is_seen_by_its_unit_until_corrected(world):
    visit = papers.confirmed(world)
    assert not Visit.objects.visible_to(world.county_a1).exists()
    actions.release(visit, by=world.province)
    assert list(Visit.objects.visible_to(world.county_a1)) == [visit]
    assert not Visit.objects.visible_to(world.county_b1).exists()
    actions.correct(visit, by=world.province, reason="示例")
    assert not Visit.objects.visible_to(world.county_a1).exists()


def test_signing_follows_what_is_filled(world):
    sheet = papers.started(world.visit, world.leader)
    papers.fill(sheet, world.member)
    actions.follow(world.visit, by=world.member)
    assert world.visit.status == S.SIGNING
    sheet.texts.filter(field="highlights").update(text="")
    actions.follow(world.visit, by=world.recorder)
    assert world.visit.status == S.FILLING
    assert [e.move for e in world.visit.events.all()] == ["start", "complete", "incomplete"]


def test_a_failing_hook_undoes_the_submission(world, monkeypatch):
    visit = papers.signed(world)

    def fail(sheet, by):
        raise RuntimeError("示例")

    monkeypatch.setattr(hooks.on_submitted, "callbacks", [fail])
    with pytest.raises(RuntimeError):
        actions.submit(visit, by=world.leader)
    visit.refresh_from_db()
    assert visit.status == S.SIGNING
    assert actions.present(visit).frozen is None
    assert not VisitEvent.objects.filter(move="submit").exists()
