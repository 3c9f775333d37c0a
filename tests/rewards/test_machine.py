"""Anybody presses anything about hazards and rewards in any order: what must hold then.

A hazard is rewarded at most once, never before it was struck off, never without its line.
"""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from chabaocu.errors import Refused, StaleState
from hazards import actions as hazards
from hazards.models import Hazard
from hazards.workflow import MOVES
from rewards import actions
from rewards.models import Reward
from tests.cast import build_world
from tests.factories import hazards as made
from tests.factories import rewards
from tests.factories.hazards import photo_after
from tests.factories.rewards import G, S

WALKS = settings(
    max_examples=6,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
PEOPLE = ("officer", "unit_union", "worker", "county_a1", "regulator")
MOST = ("offer", "accept", "witness", "reward", "reopen")  # what leads round and round
which = st.integers(0, 2)
people = st.sampled_from(PEOPLE)
amounts = st.sampled_from(["200", "300", "0"])
notes = st.sampled_from(["", "示例：避免了事故"])
moves = st.sampled_from([*MOST, *MOST, *[m.name for m in MOVES.values() if not m.system]])


class Rewards(RuleBasedStateMachine):
    """Three hazards of one unit; every walk is taken back when it ends."""

    granted = 0  # in all walks

    def __init__(self):
        super().__init__()
        self.walk = transaction.atomic()
        self.walk.__enter__()

    def teardown(self):
        Rewards.granted += Reward.objects.count()
        transaction.set_rollback(True)
        self.walk.__exit__(None, None, None)

    @initialize(has_rule=st.booleans(), excludes=st.booleans())
    def start(self, has_rule, excludes):
        """One struck off, one nameless and struck off, one that waits for acceptance."""
        self.world = build_world()
        if has_rule:
            rewards.rule(self.world, excludes_officers=excludes)
        first, second = rewards.closed(self.world), rewards.closed(self.world, reported_by=None)
        third = made.in_state(self.world, S.ACCEPTING, G.GENERAL)
        self.pks = [first.pk, second.pk, third.pk]

    def press(self, deed, *args, **fields):
        """One press of a button; a refusal leaves everything as it was."""
        try:
            with transaction.atomic():
                deed(*args, **fields)
        except (Refused, StaleState):
            pass

    def hazard(self, n):
        return Hazard.objects.get(pk=self.pks[n])

    @rule(n=which, person=people, name=moves)
    def move(self, n, person, name):
        hazard, by = self.hazard(n), self.world.people[person]
        if name == "offer":
            photo_after(hazard, by)
        self.press(hazards.move, hazard, name, by=by, **made.said(self.world, hazard, name))

    @rule(n=which, amount=amounts, note=notes, person=people)
    def reward(self, n, amount, note, person):
        by = self.world.people[person]
        said = {"amount": Decimal(amount), "note": note}
        self.press(hazards.move, self.hazard(n), "reward", by=by, **said)

    @rule(n=which)
    def claim(self, n):
        self.press(actions.claim, self.hazard(n), name="示例某")

    @rule(n=which, person=people)
    def pay(self, n, person):
        if line := Reward.objects.filter(hazard=self.pks[n]).first():
            self.press(actions.pay, line, by=self.world.people[person], receipt="示例")

    @invariant()
    def once_and_after_closing(self):
        for pk in getattr(self, "pks", ()):
            told = list(Hazard.objects.get(pk=pk).events.order_by("pk"))
            names = [event.move for event in told]
            lines = list(Reward.objects.filter(hazard=pk))
            assert len(lines) == names.count("reward") <= 1
            for line in lines:
                assert names[names.index("reward") - 1] == "close"
                self.check(line)

    def check(self, line):
        assert line.recipient_name
        assert line.recipient_id != line.granted_by_id
        assert line.recipient_id is None or line.recipient_id != line.paid_by_id
        assert line.amount > 0
        assert line.proposed in (None, line.amount) or line.note
        assert bool(line.paid_at) == bool(line.receipt)

    @invariant()
    def rewarded_means_a_line(self):
        pks = set(getattr(self, "pks", ()))
        stood = Hazard.objects.filter(pk__in=pks, status=S.REWARDED)
        lined = Reward.objects.filter(hazard__in=pks).values("hazard")
        assert stood.exclude(pk__in=lined).count() == 0


@pytest.mark.django_db
def test_no_walk_rewards_twice_or_before_closing():
    run_state_machine_as_test(Rewards, settings=WALKS)
    assert Rewards.granted > 0
