"""The public page answers so often and no oftener, whichever worker is asked."""

from threading import Barrier

import pytest
from django.urls import reverse

from reports import throttle
from reports.models import Asked, IssuedDocument
from reports.throttle import PER_ADDRESS, PER_CODE, too_often
from tests.factories import papers
from tests.races import at_once

WORKERS, QUESTIONS, LIMIT = 8, 3, 10
PROXY = {"REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture
def look(db, client):
    """Look a code up that nobody has, as from an address; the status."""
    url = reverse("reports:verify_code", args=["2222-2222-2222"])
    return lambda **sent: client.get(url, **sent).status_code


def test_looks_from_one_address_are_limited(look):
    answers = [look() for _ in range(PER_ADDRESS + 1)]
    assert answers == [404] * PER_ADDRESS + [429]
    assert look(REMOTE_ADDR="203.0.113.9") == 404


def test_page_that_asks_for_a_code_is_not_counted(look, client):
    client.get(reverse("reports:verify"))
    assert Asked.objects.count() == 0


def test_comparing_is_limited_for_each_code_from_all_addresses(world, client):
    papers.submitted(world)
    mine, other = IssuedDocument.objects.values_list("code", flat=True)

    def compare(code, n=0):
        url = reverse("reports:verify_total", args=[code])
        return client.post(url, {"total": "1"}, REMOTE_ADDR=f"203.0.113.{n}").status_code

    answers = [compare(mine, n) for n in range(PER_CODE + 1)]
    assert answers == [200] * PER_CODE + [429]
    assert compare(mine.lower().replace("-", "")) == 429
    assert compare(other) == 200


def test_next_stretch_begins_anew_and_keeps_no_old_count(db, monkeypatch):
    assert [too_often("示例", 1), too_often("示例", 1)] == [False, True]
    old = Asked.objects.get().key
    later = throttle.time.time() + throttle.STRETCH
    monkeypatch.setattr(throttle.time, "time", lambda: later)
    assert not too_often("示例", 1)
    assert Asked.objects.get().key != old


def test_address_is_not_stored(look):
    look(REMOTE_ADDR="203.0.113.9")
    assert "203.0.113.9" not in str(Asked.objects.values())


def test_behind_the_proxy_each_person_counts_alone(look, settings):
    settings.MIDDLEWARE = ["chabaocu.middleware.ClientAddress", *settings.MIDDLEWARE]
    for n in range(PER_ADDRESS + 1):  # what the sender claims to be makes no difference
        last = look(**PROXY, HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 203.0.113.9")
    assert last == 429
    assert look(**PROXY, HTTP_X_FORWARDED_FOR="203.0.113.10") == 404


def answered():
    """How many of the questions of all workers were within the limit."""
    within = []

    def ask():
        within.extend(1 for _ in range(QUESTIONS) if not too_often("示例", LIMIT))

    at_once([ask] * WORKERS)
    return len(within)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_workers_at_once_let_exactly_the_limit_through():
    assert answered() == LIMIT


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_guard_more_are_let_through(monkeypatch):
    """A count that is read and then written, as caches do it."""
    together = Barrier(WORKERS)

    def read_then_write(row, limit):
        times = row.values_list("times", flat=True).first()
        if times is None or times >= limit:
            return False
        together.wait(30)
        return bool(row.update(times=times + 1))

    too_often("示例", LIMIT)
    monkeypatch.setattr(throttle, "_counted", read_then_write)
    assert answered() > LIMIT
