"""Anybody presses any move of a hazard in any order: what must hold of its file then.

No state is skipped, closed means both signatures by two people neither of whom rectified, a
listed hazard is not closed without its document, and nobody is rewarded twice.
"""

from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from audit.models import Stream
from audit.verify import verify_stream
from chabaocu.errors import Refused, StaleState
from hazards import actions
from hazards.models import Hazard
from hazards.workflow import MOVES, moves_for
from orgs.access import fetch
from tests.factories import hazards

S, G = Hazard.Status, Hazard.Grade
PEOPLE = ("officer", "worker", "unit_union", "county_a1", "regulator", "other_officer", "member")
NAMES = tuple(name for name, move in MOVES.items() if not move.system and name != "duplicate")
WALKS = settings(
    max_examples=12,
    stateful_step_count=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
SETTLED = {S.CLOSED, S.REWARDED}
begins = st.sampled_from(
    [
        (S.REPORTED, G.GENERAL),
        (S.PLANNING, G.GENERAL),
        (S.ACCEPTING, G.GENERAL),
        (S.CLOSED, G.GENERAL),
        (S.JUDGING, G.MAJOR),
        (S.RECTIFYING, G.MAJOR),
        (S.ACCEPTING, G.MAJOR),
        ("list", None),
        ("check_off", None),
        ("sign_off", None),
    ]
)


class Files(RuleBasedStateMachine):
    """One hazard; every walk is taken back when it ends."""

    world = None

    def __init__(self):
        super().__init__()
        self.walk = transaction.atomic()
        self.walk.__enter__()

    def teardown(self):
        assert verify_stream(Stream.objects.get(name=self.hazard.stream)) is None
        transaction.set_rollback(True)
        self.walk.__exit__(None, None, None)

    @initialize(begin=begins)
    def start(self, begin):
        state, grade = begin
        world = self.world
        made = hazards.listed(world, state) if grade is None else hazards.in_state(world, *begin)
        self.pk = made.pk

    @property
    def hazard(self):
        return Hazard.objects.get(pk=self.pk)

    def press(self, name, person):
        """What a view does: fetch with the move's permission, then act; whether it was done."""
        user = self.world.people[person]
        try:
            with transaction.atomic():
                permission = MOVES[name].permission_on(self.hazard)
                found = fetch(Hazard, user, permission, pk=self.pk)
                if name == "offer":
                    hazards.photo_after(found, user)
                actions.move(found, name, by=user, **hazards.said(self.world, found, name))
        except (Http404, PermissionDenied, Refused, StaleState):
            return False
        return True

    @rule(name=st.sampled_from(NAMES), person=st.sampled_from(PEOPLE))
    def press_anything(self, name, person):
        self.press(name, person)

    def offered(self, *, back):
        """What somebody's page offers; blind presses alone would go nowhere."""
        hazard = self.hazard
        return [
            (move.name, person)
            for person in PEOPLE
            for move in moves_for(hazard, self.world.people[person])
            if move.name != "duplicate" and (back or not move.returning)
        ]

    @rule(at=st.integers(0, 60))
    def press_a_button(self, at):
        if offered := self.offered(back=True):
            self.press(*offered[at % len(offered)])

    @rule(at=st.integers(0, 60), times=st.integers(2, 8))
    def go_on(self, at, times):
        """Several moves that give nothing back, so that walks get to the end of the road."""
        for n in range(times):
            if offered := self.offered(back=False):
                self.press(*offered[(at + n) % len(offered)])

    @invariant()
    def no_state_is_skipped(self):
        events = list(self.hazard.events.order_by("pk"))
        assert events[0].move == "report"
        assert all(before.target == after.source for before, after in pairwise(events))
        for event in events[1:]:
            move = MOVES[event.move]
            assert event.source in move.sources
            assert event.target == move.target
        assert events[-1].target == self.hazard.status

    @invariant()
    def closed_means_two_hands_neither_of_whom_rectified(self):
        hazard = self.hazard
        if hazard.status not in SETTLED:
            return
        accepted, witnessed = hazard.accepted_by_id, hazard.witnessed_by_id
        assert accepted
        assert witnessed
        assert accepted != witnessed
        assert {accepted, witnessed}.isdisjoint({hazard.offered_by_id, hazard.responsible_id})
        assert not hazard.is_listed or hazard.delisted_at

    @invariant()
    def signatures_are_of_this_attempt(self):
        """Who signed did so after the last 申请验收."""
        hazard = self.hazard
        last = hazard.events.filter(move="offer").order_by("-pk").first()
        for move, by in (("accept", hazard.accepted_by_id), ("witness", hazard.witnessed_by_id)):
            if by:
                signed = hazard.events.filter(move=move, by=by, pk__gt=last.pk)
                assert signed.filter(attempt=hazard.attempt).count() == 1

    @invariant()
    def nobody_is_rewarded_twice(self):
        assert self.hazard.events.filter(move="reward").count() <= 1


@pytest.mark.django_db
def test_whatever_is_pressed_the_file_stays_true(world):
    run_state_machine_as_test(type("Walk", (Files,), {"world": world}), settings=WALKS)
