"""Anybody presses anything in any order: what must hold of a visit's papers then.

Hypothesis walks through saves, repeated saves, signatures and moves by the team, reviewers and
strangers. What may follow what, and who may do it, is written down here once more, by hand.
"""

from decimal import Decimal
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from audit.canonical import sha256
from audit.models import AuditEvent, Stream
from audit.verify import verify_stream
from chabaocu.errors import Refused
from plans.models import Visit
from rubrics.evaluate import InvalidInput
from rubrics.record_forms import form_for
from scoring import freeze, signing, statements
from scoring.answers import save_point
from scoring.entries import Entry
from scoring.models import Answer, Mark, Save, Scoresheet
from scoring.text_saves import save_text

REVIEWERS = {"province", "province2"}
SIGNERS = {"leader", "recorder"}
TEAM = SIGNERS | {"member"}
STRANGERS = {"other_leader", "city_b", "officer"}
# from, move → to, and by whom (《域》4)
STEPS = {
    ("planned", "start"): ("filling", TEAM),
    ("filling", "complete"): ("signing", TEAM),
    ("signing", "incomplete"): ("filling", TEAM),
    ("signing", "submit"): ("submitted", SIGNERS),
    ("returned", "submit"): ("submitted", SIGNERS),
    ("submitted", "recall"): ("returned", SIGNERS),
    ("submitted", "return"): ("returned", REVIEWERS),
    ("submitted", "correct"): ("returned", REVIEWERS),
    ("submitted", "confirm"): ("confirmed", REVIEWERS),
    ("confirmed", "correct"): ("returned", REVIEWERS),
    ("confirmed", "release"): ("confirmed", REVIEWERS),
    ("confirmed", "archive"): ("archived", REVIEWERS),
}
PRESSES = {
    "start": "scoring:start",
    "submit": "scoring:visit_submit",
    "recall": "scoring:visit_recall",
    **{
        move: f"scoring:visit_{move}"
        for move in ("return", "correct", "confirm", "release", "archive")
    },
}
EVERYBODY = sorted(TEAM | REVIEWERS | STRANGERS)
GOOD = {
    "1-1": [{"points": "0"}, {"points": "1.5"}, {"points": "2"}],
    "1-2": [{"points": "0.5"}, {"points": "3"}],
    "2": [{"level": None}, {"level": 0}, {"level": 2}],
    "3": [{"count": 0}, {"count": 1}, {"count": 9}],
}
BAD = [{"points": "-1"}, {"points": "3.5"}, {"points": "1.3"}, {"level": 7}, {"count": -2}]
MAXIMA = {"1-1": 2, "1-2": 3, "2": 5, "3": 2}
people = st.sampled_from(EVERYBODY)
team = st.sampled_from(sorted(TEAM))
codes = st.sampled_from(sorted(GOOD))
FIELDS = [box.field for box in form_for("county_union").boxes]
fields = st.sampled_from(FIELDS)


WALKS = settings(
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


class Papers(RuleBasedStateMachine):
    """One visit in one world; every walk is taken back when it ends."""

    world, clients = None, {}

    def __init__(self):
        super().__init__()
        self.walk = transaction.atomic()
        self.walk.__enter__()
        self.said, self.frozen = [], {}

    def teardown(self):
        stream = Stream.objects.filter(name=self.visit.stream).first()
        assert stream is None or verify_stream(stream) is None
        transaction.set_rollback(True)
        self.walk.__exit__(None, None, None)

    @property
    def visit(self):
        return Visit.objects.select_related("team").get(pk=self.world.visit.pk)

    @property
    def sheet(self):
        sheets = Scoresheet.objects.select_related("visit__team").filter(visit=self.world.visit)
        return sheets.order_by("revision").last()

    @initialize()
    def start(self):
        self.press("start", "member")

    @rule(move=st.sampled_from(sorted(PRESSES)), who=people)
    def press(self, move, who):
        """Somebody presses a button of a page that is up to date."""
        visit = self.visit
        seen = {"revision": visit.revision, "status": visit.status}
        self.clients[who].post(
            reverse(PRESSES[move], args=[visit.pk]), seen | {"note": "示例", "reason": "示例"}
        )

    @rule(code=codes, pick=st.integers(0, 2), who=team, is_fresh=st.booleans())
    def mark(self, code, pick, who, is_fresh):
        version = self.version_of(code)
        entry = Entry(GOOD[code][pick % len(GOOD[code])], reason="示例理由")
        self.save(save_point, code, entry, who, version if is_fresh else 0)

    @rule(code=codes, inputs=st.sampled_from(BAD), who=team)
    def mark_badly(self, code, inputs, who):
        self.save(save_point, code, Entry(inputs), who, 0)

    @rule(code=codes, who=team, says_why=st.booleans())
    def excuse(self, code, who, says_why):
        version = self.version_of(code)
        entry = Entry({}, not_applicable=True, reason="示例理由" if says_why else "")
        self.save(save_point, code, entry, who, version)

    @rule(field=st.sampled_from(FIELDS), text=st.sampled_from(["", "示例"]), who=team)
    def write(self, field, text, who):
        version = self.sheet.texts.get(field=field).version
        self.save(save_text, field, text, who, version)

    def save(self, protocol, slot, content, who, base, id=None):
        """Save, and remember what was asked and answered."""
        sheet, id = self.sheet, id or uuid4()
        asked = (protocol, slot, content, who, base, id)
        try:
            reply = protocol(sheet, slot, content, by=self.world.people[who], id=id, base=base)
        except (Refused, InvalidInput):
            return None
        self.said.append((sheet.pk, asked, reply))
        return reply

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def repeat(self, data):
        """A phone that heard no answer sends the same save again."""
        sheet, asked, reply = data.draw(st.sampled_from(self.said))
        before = self.effects(sheet)
        protocol, slot, content, who, base, id = asked
        again = protocol(
            Scoresheet.objects.select_related("visit").get(pk=sheet),
            slot,
            content,
            by=self.world.people[who],
            id=id,
            base=base,
        )
        assert (again.status, again.body) == (reply.status, reply.body)
        assert self.effects(sheet) == before

    def effects(self, sheet):
        return (
            Save.objects.count(),
            AuditEvent.objects.count(),
            list(Mark.objects.order_by("pk").values()),
            list(Answer.objects.order_by("pk").values()),
            Scoresheet.objects.get(pk=sheet).edits,
        )

    @rule(who=team)
    def finish(self, who):
        """Fill what is open with one voice, as teams do in the end."""
        for code in GOOD:
            entry, version = Entry(GOOD[code][-1], reason="示例"), self.version_of(code)
            self.save(save_point, code, entry, "leader", version)
        for field in FIELDS:
            version = self.sheet.texts.get(field=field).version
            self.save(save_text, field, "示例", who, version)

    def version_of(self, code):
        return self.sheet.answers.get(criterion__code=code).version

    @rule()
    def sign(self):
        for who in sorted(SIGNERS):
            sheet = self.sheet
            try:
                signing.sign(sheet, by=self.world.people[who], seen=freeze.content_hash(sheet))
            except Refused:
                return

    @rule(last=st.sampled_from(["submit", "confirm", "archive"]))
    def go_far(self, last):
        """The straight road, which a blind walk would hardly find."""
        self.finish("member")
        self.sign()
        self.press("submit", "recorder")
        if last != "submit":
            self.press("confirm", "province")
        if last == "archive":
            self.press("archive", "province2")

    @invariant()
    def no_state_is_skipped_and_everybody_had_the_role(self):
        status, names = "planned", {u.pk: n for n, u in self.world.people.items()}
        for event in self.visit.events.order_by("pk"):
            target, who = STEPS[event.source, event.move]
            assert (event.source, event.target) == (status, target)
            assert names[event.by_id] in who
            status = event.target
        assert self.visit.status == status

    @invariant()
    def scores_lie_in_their_bounds_and_the_total_is_their_sum(self):
        for sheet in Scoresheet.objects.filter(visit=self.world.visit):
            points = dict(sheet.answers.values_list("criterion__code", "points"))
            given = {code: gained for code, gained in points.items() if gained is not None}
            assert all(0 <= gained <= MAXIMA[code] for code, gained in given.items())
            assert sheet.total == sum(given.values(), Decimal(0))

    @invariant()
    def what_is_frozen_never_changes(self):
        for sheet in Scoresheet.objects.filter(visit=self.world.visit).exclude(frozen_at=None):
            stored = (sheet.frozen, sheet.content_hash, sheet.frozen_at, sheet.total)
            assert self.frozen.setdefault(sheet.pk, stored) == stored
            assert sha256(sheet.frozen) == sheet.content_hash

    @invariant()
    def accepted_saves_are_counted_once(self):
        for sheet in Scoresheet.objects.filter(visit=self.world.visit):
            kept = Save.objects.filter(sheet=sheet, status=200)
            asked = [reply for pk, _, reply in self.said if pk == sheet.pk and reply.status == 200]
            assert kept.count() == len(asked)


def walk(world, as_, **more):
    clients = {name: as_(world.people[name]) for name in EVERYBODY}
    machine = type("Walk", (Papers,), {"world": world, "clients": clients})
    run_state_machine_as_test(machine, settings=settings(WALKS, **more))


def test_papers_keep_their_promises_whatever_is_pressed(world, as_):
    walk(world, as_, max_examples=15)


def claim_always(visit, move, changes):
    return bool(Visit.objects.filter(pk=visit.pk).update(status=move.target, **changes))


def forget_the_ids(rows):
    KEEP.run_all([row | {"id": uuid4()} for row in rows])


KEEP = statements.KEEP
CARELESS = {
    "a move from any state": ("scoring.actions._claim", claim_always),
    "a save without its id": ("scoring.statements.KEEP", SimpleNamespace(run_all=forget_the_ids)),
    "a total that is guessed": ("scoring.figures.total_of", lambda rows: Decimal(1)),
}


@pytest.mark.once
@pytest.mark.parametrize("what", CARELESS)
def test_without_its_guard_a_promise_is_seen_broken(monkeypatch, world, as_, what):
    monkeypatch.setattr(*CARELESS[what])
    with pytest.raises((AssertionError, KeyError, Refused)):
        walk(world, as_, max_examples=25, phases=[Phase.generate], report_multiple_bugs=False)
