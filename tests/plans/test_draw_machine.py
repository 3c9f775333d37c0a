"""Anybody presses any step of a draw in any order: what must hold of a round's draws then.

Hypothesis freezes, enters seeds, runs, voids, replaces and draws again for a county that came in;
what the rule asks for is written down here once more, by hand.
"""

import json

import pytest
from django.db import IntegrityError, transaction
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
from plans import draws, replacing
from plans.draw import list_hash, replacement
from plans.models import Draw, Pick
from plans.proof import proof_of
from plans.supplements import awaiting_supplement
from tests.factories.draws import DIGITS, Pool
from tools import verify_draw as alone

SAID = {"seed_source": "dice", "seed_source_detail": "示例会议室，十面骰 20 次"}
CHOOSE, AT_LEAST = {"counties": 2, "enterprises": 4}, {"counties": 1, "enterprises": 2}
WALKS = settings(
    max_examples=8,
    stateful_step_count=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
people = st.integers(0, 1)
roads = st.sampled_from(["differing", "counties", "enterprises", "replaced"])


class Draws(RuleBasedStateMachine):
    """One round over one pool; every walk is taken back when it ends."""

    pool: Pool

    def __init__(self):
        super().__init__()
        self.walk = transaction.atomic()
        self.walk.__enter__()
        self.kept = {}  # what was ever frozen, seeded or drawn: id → columns that never change

    def teardown(self):
        stream = Stream.objects.filter(name=self.pool.plan.stream).first()
        assert stream is None or verify_stream(stream) is None
        transaction.set_rollback(True)
        self.walk.__exit__(None, None, None)

    @property
    def draws(self):
        return list(Draw.objects.filter(plan=self.pool.plan).order_by("pk"))

    def press(self, deed, *args, **fields):
        """One press of a button; a refusal leaves everything as it was."""
        try:
            with transaction.atomic():
                return deed(*args, **fields)
        except (Refused, StaleState):
            return None

    @initialize(last=roads)
    def start(self, last):
        """Most walks would end before anything is drawn, if all began at nothing."""
        self.go_far(last)

    @rule(stage=st.sampled_from(Draw.Stage.values[:2]), who=people)
    def freeze(self, stage, who):
        self.press(draws.freeze, self.pool.plan, by=self.pool.people[who], stage=stage, **SAID)

    @rule(who=people, is_same=st.booleans(), at=st.integers(0, 5))
    def enter(self, who, is_same, at):
        if found := self.draws:
            digits = DIGITS if is_same else DIGITS[::-1]
            row = found[at % len(found)]
            self.press(draws.enter_seed, row, by=self.pool.people[who], digits=digits)

    @rule(at=st.integers(0, 5))
    def run(self, at):
        if found := self.draws:
            self.press(draws.run, found[at % len(found)], by=self.pool.people[0])

    @rule(at=st.integers(0, 5))
    def void(self, at):
        if found := self.draws:
            reason = {"by": self.pool.people[1], "reason": "示例"}
            self.press(draws.void, found[at % len(found)], **reason)

    @rule(at=st.integers(0, 40))
    def replace(self, at):
        picks = Pick.objects.select_related("draw__plan", "region").order_by("pk")
        if found := list(picks.filter(draw__plan=self.pool.plan)):
            pick = found[at % len(found)]
            self.press(replacing.replace, pick, by=self.pool.people[0], reason="示例")

    @rule()
    def supplement(self):
        for county in awaiting_supplement(self.pool.plan):
            told = {"by": self.pool.people[0], "stage": "enterprises", "county": county}
            self.press(draws.freeze, self.pool.plan, **told, **SAID)

    @rule(last=roads)
    def go_far(self, last):
        """The straight road, which a blind walk would hardly find."""
        for stage in ("counties", "enterprises")[: 2 if last in {"enterprises", "replaced"} else 1]:
            self.freeze(stage, 0)
            for at, _ in enumerate(self.draws):
                for who in (0, 1):
                    self.enter(who, last != "differing" or who == 0, at)
                self.run(at)
        if last == "replaced":
            self.replace(0)
            self.supplement()

    @invariant()
    def list_is_frozen_before_any_seed_and_two_agree_on_it(self):
        for row in self.draws:
            entries = list(row.seed_entries.all())
            assert row.list_hash == list_hash(row.frozen_list)
            assert all(entry.at >= row.frozen_at for entry in entries)
            if row.seed:
                first, second = entries[-2:]
                assert first.digits == second.digits == row.seed
                assert first.by_id != second.by_id

    @invariant()
    def nothing_that_was_settled_ever_changes_and_no_run_is_lost(self):
        now = {row.pk: row for row in self.draws}
        assert set(self.kept) <= set(now)
        for pk, row in now.items():
            stored = self.kept.setdefault(pk, {})
            groups = row.result and row.result["groups"]
            said = {"list": row.frozen_list, "seed": row.seed, "groups": groups}
            for name, value in said.items():
                if value:
                    assert stored.setdefault(name, value) == value
            assert {name for name, value in said.items() if value} == set(stored)

    @invariant()
    def outsiders_draw_the_same(self):
        for row in self.draws:
            if row.result:
                proof = json.loads(json.dumps(proof_of(row)))
                assert list(alone.differences(proof)) == []

    @invariant()
    def quotas_hold_and_nobody_stands_twice(self):
        for row in self.draws:
            counted = {
                (group["id"], one["id"]): one["counted"]
                for group in json.loads(row.frozen_list)["groups"]
                for one in group["candidates"]
            }
            groups = {}
            for pick in row.picks.standing():
                unit = pick.group_id, pick.region_id or pick.organization_id
                groups.setdefault(pick.group_id, []).append(counted[unit])
            whole = self._whole(row, groups)
            assert all(len(flags) == CHOOSE[row.stage] for flags in whole)
            assert all(sum(flags) >= AT_LEAST[row.stage] for flags in whole)

    @staticmethod
    def _whole(row, groups):
        """The groups in which every one that left was replaced."""
        gone = row.picks.filter(status="replaced", replaced_by=None)
        short = set(gone.values_list("group", flat=True))
        return [flags for group, flags in groups.items() if group not in short]


def walk(pool, **more):
    machine = type("Walk", (Draws,), {"pool": pool})
    run_state_machine_as_test(machine, settings=settings(WALKS, **more))


def test_draws_keep_their_promises_whatever_is_pressed(pool):
    walk(pool)


def claim_always(draw, by):
    Draw.objects.filter(pk=draw.pk).update(status="drawn", drawn_by=by, drawn_at=draw.frozen_at)


def out_of_turn(drawn, out, reserves, quota):
    """Somebody else than the rule says: one that does not count, where there is one."""
    rightful = replacement(drawn, out, reserves, quota)
    others = [one for one in reserves if one != rightful]
    return min(others, key=lambda one: one.counted, default=rightful)


def void_and_forget(draw, by, reason):
    Draw.objects.filter(pk=draw.pk).update(result=None, status="frozen")


CARELESS = {
    "two seeds that differ": ("plans.draws.same_digits", lambda first, second: True),
    "a run from any state": ("plans.draws._claim", claim_always),
    "a replacement out of turn": ("plans.replacing.algorithm.replacement", out_of_turn),
    "a void that loses the run": ("plans.draws.void", void_and_forget),
}


@pytest.mark.parametrize("what", CARELESS)
def test_without_its_guard_a_promise_is_seen_broken(monkeypatch, pool, what):
    """The same walks find each planted fault."""
    monkeypatch.setattr(*CARELESS[what])
    with pytest.raises((AssertionError, IntegrityError)):
        walk(pool, phases=[Phase.generate], report_multiple_bugs=False)
