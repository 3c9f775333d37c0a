"""Sixteen clients, a thousand mixed deeds: the history that was told is one that can have been.

Every deed carries a word of its own, by which it is found again in the record of changes. The
checker knows nothing of how deeds are done: it takes what each client was told, and the record.
"""

import random
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connections

from audit.models import AuditEvent
from audit.verify import verify_all
from chabaocu.errors import Refused, StaleState
from chabaocu.prepared import Slot, Update
from plans.models import Visit
from scoring import actions, answers, comments, evidence, freeze, saves, sheets, signing, statements
from scoring.answers import save_point
from scoring.entries import Entry
from scoring.models import Answer, Mark, Scoresheet
from tests.attachments import samples
from tests.cast import build_world
from tests.factories import papers, plans
from tests.factories.orgs import EnterpriseFactory

CLIENTS, DEEDS, SHEETS = 16, 64, 4
VALUES = {"1-1": ["0", "1", "2"], "1-2": ["0.5", "3"]}
WORD = {"answer.save": "note", "comment.add": "text", "attachment.add": "name"}
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@dataclass
class Told:
    """One deed as its client saw it."""

    word: str
    kind: str
    place: object
    began: float
    ended: float = 0
    is_done: bool = False
    version: int = 0
    who: int = 0


class Round:
    """The deeds on papers that are filled, and on others that go to and fro in review."""

    refusals = (Refused, StaleState)

    def __init__(self, sheet_count=SHEETS):
        self.world = build_world()
        self.team = [self.world.leader, self.world.recorder, self.world.member]
        self.sheets = [self._started() for _ in range(sheet_count)]
        self.reviewed = papers.submitted(self.world)
        self.photo = samples.photo()

    def _started(self):
        unit = EnterpriseFactory(region=self.world.regions["county_a1"])
        visit = plans.visit(self.world.plan, self.world.team, unit)
        return sheets.start(visit, by=self.world.leader).pk

    def save(self, told, dice):
        told.place = pk, code = dice.choice(self.sheets), dice.choice(list(VALUES))
        person = dice.choice(self.team)
        sheet = Scoresheet.objects.select_related("visit").get(pk=pk)
        version = sheet.answers.get(criterion__code=code).version
        entry = Entry({"points": dice.choice(VALUES[code])}, reason="示例", note=told.word)
        reply = save_point(sheet, code, entry, by=person, id=uuid4(), base=version)
        told.is_done, told.who = reply.status == 200, person.pk
        told.version = reply.body["point"]["version"] if told.is_done else 0

    def upload(self, told, dice):
        sheet = Scoresheet.objects.select_related("visit").get(pk=dice.choice(self.sheets))
        file = SimpleUploadedFile(f"{told.word}.jpg", self.photo)
        slot = f"point:{told.word}"
        evidence.add(sheet, file, slot=slot, upload_id=uuid4(), by=self.world.member)
        told.is_done = True

    def remark(self, told, dice):
        visit = Visit.objects.get(pk=self.reviewed.pk)
        sheet = Scoresheet.objects.select_related("visit").get(visit=visit, revision=visit.revision)
        comments.add(sheet, by=self.world.province, text=told.word)
        told.is_done = True

    def move(self, told, dice):
        """Send back what is submitted; sign and submit what was sent back."""
        visit = Visit.objects.get(pk=self.reviewed.pk)
        if visit.status == Visit.Status.SUBMITTED:
            actions.return_visit(visit, by=self.world.province, note=told.word)
        else:
            told.kind = "submit"
            sheet = actions.present(visit)
            for person in (self.world.leader, self.world.recorder):
                signing.sign(sheet, by=person, seen=freeze.content_hash(sheet))
            actions.submit(visit, by=self.world.leader)
        told.is_done = True

    def client(self, number, deeds, kinds):
        dice, history = random.Random(number), []
        for n in range(deeds):
            kind = dice.choices(list(kinds), list(kinds.values()))[0]
            told = Told(f"w{number}x{n}", kind, None, time.monotonic())
            with suppress(*self.refusals):
                getattr(self, kind)(told, dice)
            told.ended = time.monotonic()
            history.append(told)
        connections.close_all()
        return history

    def play(self, deeds, **kinds):
        with ThreadPoolExecutor(CLIENTS) as pool:
            jobs = [pool.submit(self.client, n, deeds, kinds) for n in range(CLIENTS)]
            return [told for job in jobs for told in job.result()]


def recorded():
    """Where each word stands in the record: stream and place in it."""
    places = defaultdict(list)
    for event in AuditEvent.objects.order_by("stream_id", "seq"):
        word = event.after.get(WORD.get(event.action, ""), "") or event.reason
        places[word.removesuffix(".jpg")].append((event.stream_id, event.seq))
    return places


def faults(history):
    """What no order of the deeds explains; nothing in a history that can have been."""
    found, places = [str(fault) for fault in verify_all()], recorded()
    done = [told for told in history if told.is_done]
    for told in (one for one in history if one.kind != "submit"):
        times = len(places[told.word])
        if times != told.is_done:
            found.append(f"{told.kind} {told.word}: told {told.is_done}, recorded {times} times")
    submits = sum(told.kind == "submit" for told in done)
    events = AuditEvent.objects.filter(action="visit.submit").count() - 1
    if submits != events:
        found.append(f"{submits} submissions told, {events} recorded")
    return found + _out_of_time(done, places) + _answers(done)


def _out_of_time(done, places):
    """A deed that began after another had ended stands behind it in their stream."""
    streams, found = defaultdict(list), []
    for told in done:
        for stream, seq in places[told.word][:1] if told.kind != "submit" else ():
            streams[stream].append((seq, told))
    for rows in streams.values():
        latest = 0.0
        for _, told in sorted(rows, key=lambda row: row[0]):
            if told.ended < latest:
                found.append(f"{told.word} is recorded behind one that began after its end")
            latest = max(latest, told.began)
    return found


def _answers(done):
    """Versions count every accepted save of a point once; each member's last word stands."""
    points, found = defaultdict(list), []
    for told in (one for one in done if one.kind == "save"):
        points[told.place].append(told)
    for (sheet, code), rows in points.items():
        rows.sort(key=lambda told: told.version)
        stored = Answer.objects.get(sheet=sheet, criterion__code=code)
        if [told.version for told in rows] != list(range(1, stored.version + 1)):
            found.append(f"{sheet}/{code}: versions {Counter(told.version for told in rows)}")
        words = {told.who: told.word for told in rows}
        marks = Mark.objects.filter(sheet=sheet, criterion__code=code)
        if words != dict(marks.values_list("user", "note")):
            found.append(f"{sheet}/{code}: marks are not the last words")
    for sheet in Scoresheet.objects.filter(frozen_at=None):
        points = sheet.answers.exclude(points=None).values_list("points", flat=True)
        if sheet.total != sum(points):
            found.append(f"{sheet.pk}: the total is not the sum")
    return found


def test_history_of_a_thousand_deeds_is_one_that_can_have_been():
    history = Round().play(DEEDS, save=70, remark=14, move=8, upload=8)
    assert len(history) == CLIENTS * DEEDS
    assert faults(history) == []
    done = Counter(told.kind for told in history if told.is_done)
    assert min(done[kind] for kind in ("save", "remark", "move", "upload", "submit")) > 0
    assert done["save"] > CLIENTS * DEEDS / 4


def test_history_without_compare_and_set_cannot_have_been(monkeypatch):
    def slow_decide(*args, **kwargs):
        decision = decide(*args, **kwargs)
        time.sleep(0.01)
        return decision

    def careless_turn(sheet, change):
        Scoresheet.objects.filter(pk=sheet.pk).update(**change.sheet)

    decide = answers.decide
    careless = Update(lambda: Answer.objects.filter(pk=Slot("pk")), *statements.ANSWER.columns)
    monkeypatch.setattr(answers, "decide", slow_decide)
    monkeypatch.setattr(saves, "_take_turn", careless_turn)
    monkeypatch.setattr(statements, "ANSWER", careless)
    monkeypatch.setattr(Round, "refusals", (*Round.refusals, IntegrityError))  # one mark each
    history = Round(sheet_count=1).play(4, save=1)
    assert any("versions" in fault for fault in faults(history))
