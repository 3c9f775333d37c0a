"""Letters nobody answers go upward, each step once, whoever runs the job and however often."""

from collections import Counter
from datetime import date

import pytest

from feedback import actions, escalation
from feedback.escalation import escalate
from feedback.models import Letter, LetterEscalation
from tests.cast import build_world
from tests.factories import letters
from tests.races import at_once

DUE = date(2026, 11, 20)  # a Friday
WORKERS = 6


def late(world) -> Letter:
    letter = letters.sent(world)
    Letter.objects.filter(pk=letter.pk).update(due_on=DUE)
    letter.refresh_from_db()
    return letter


@pytest.mark.django_db
def test_every_missed_step_is_told_once_also_after_a_pause(world):
    letter = late(world)
    assert [escalate(date(2026, 11, day)) for day in (20, 21, 21, 26, 30)] == [0, 1, 0, 1, 1]
    assert [one.step for one in letter.escalations.all()] == ["unit", "county", "city"]


@pytest.mark.django_db
def test_answered_letter_is_not_told(world):
    letter = late(world)
    actions.move(letter, "answer", by=world.officer, said=letters.said(letter))
    assert escalate(date(2026, 12, 30)) == 0


@pytest.mark.django_db
def test_new_day_begins_anew(world):
    letter = late(world)
    assert escalate(date(2026, 11, 23)) == 1
    Letter.objects.filter(pk=letter.pk).update(due_on=date(2026, 11, 27))
    assert [escalate(date(2026, 11, 27)), escalate(date(2026, 11, 30))] == [0, 1]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_each_step_once():
    late(build_world())
    at_once([lambda: escalate(date(2026, 12, 30))] * WORKERS)
    steps = Counter(LetterEscalation.objects.values_list("step", flat=True))
    assert steps == Counter(unit=1, county=1, city=1, issuer=1)


@pytest.mark.django_db
def test_with_the_guard_off_a_second_worker_tells_again(world, monkeypatch):
    """Two who read the letter before either told: only what is kept says who was first."""
    letter = late(world)
    both = [Letter.objects.get(pk=letter.pk) for _ in "12"]
    assert [escalation._tell(one, ["unit"]) for one in both] == [1, 0]
    monkeypatch.setattr(escalation, "_kept", lambda letter, step: True)
    assert [escalation._tell(one, ["county"]) for one in both] == [1, 1]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_of_many_closes_it():
    world = build_world()
    letter = letters.answered(world)

    def press():
        actions.move(Letter.objects.get(pk=letter.pk), "close", by=world.province)

    assert at_once([press] * WORKERS)["done"] == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_with_the_guard_off_many_close_it(monkeypatch):
    world = build_world()
    letter = letters.answered(world)
    seen = [Letter.objects.get(pk=letter.pk) for _ in range(WORKERS)]
    monkeypatch.setattr(actions, "_claim", lambda letter, step: None)
    presses = [lambda one=one: actions.move(one, "close", by=world.province) for one in seen]
    assert at_once(presses)["done"] > 1
