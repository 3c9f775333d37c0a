"""Eight clients press draw at once: one draw, on both databases."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier

import pytest

from audit.models import AuditEvent
from plans import draws, replacing
from plans.models import Draw
from tests.factories.draws import Pool
from tests.races import at_once

CLIENTS = 8


def press(action: Callable[[], object]) -> Counter:
    """Let eight do it at the same moment; what each of them met."""
    return at_once([action] * CLIENTS)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_clients_press_draw_and_one_draws():
    pool = Pool()
    draw = pool.seeded()
    seen = press(lambda: draws.run(Draw.objects.get(pk=draw.pk), by=pool.people[0]))
    assert seen == {"done": 1, "StaleState": CLIENTS - 1}
    assert draw.picks.count() == 8
    assert AuditEvent.objects.filter(action="draw.run").count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_clients_press_draw_without_the_guard_and_collide(monkeypatch):
    """The twin: a look before the write lets several through; only a constraint is left."""
    pool = Pool()
    draw = pool.seeded()
    looked = Barrier(CLIENTS)

    def look(seen: Draw) -> None:
        assert seen.status == "frozen"
        looked.wait()

    def claim_without_guard(seen: Draw, by) -> None:
        Draw.objects.filter(pk=seen.pk).update(status="drawn", drawn_by=by, drawn_at=seen.frozen_at)

    monkeypatch.setattr(draws, "_claim", claim_without_guard)

    def view() -> None:
        seen = Draw.objects.get(pk=draw.pk)
        look(seen)
        draws.run(seen, by=pool.people[0])

    assert press(view)["IntegrityError"] > 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_clients_freeze_at_once_and_one_list_is_frozen():
    pool = Pool()
    assert press(pool.freeze) == {"done": 1, "StaleState": CLIENTS - 1}
    assert Draw.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_clients_freeze_without_the_held_plan_and_collide(monkeypatch):
    """The twin: all have seen that no list stands before the first is stored."""
    pool, looked = Pool(), Barrier(CLIENTS)
    groups = draws.stage_groups

    def slow_groups(*args):
        looked.wait(30)
        return groups(*args)

    monkeypatch.setattr(draws, "hold", lambda plan: None)
    monkeypatch.setattr(draws, "stage_groups", slow_groups)
    monkeypatch.setattr(draws, "record", lambda *args, **kwargs: None)
    monkeypatch.setattr(draws, "freeze", draws.freeze.__wrapped__)
    seen = press(pool.freeze)
    assert seen["StaleState"] == 0
    assert seen["IntegrityError"] > 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_clients_replace_one_pick_and_one_reserve_takes_its_place():
    pool = Pool()
    pick = pool.drawn().picks.filter(status="drawn").first()
    seen = press(lambda: replacing.replace(pick, by=pool.people[0], reason="示例"))
    assert seen == {"done": 1, "StaleState": CLIENTS - 1}
    assert pick.draw.picks.filter(status="substitute").count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_clients_replace_one_pick_without_the_guard_and_use_up_reserves(monkeypatch):
    """The twin: all have seen the pick standing; a constraint or a second reserve tells of it."""
    pool = Pool()
    pick = pool.drawn().picks.filter(status="drawn").first()
    looked = Barrier(CLIENTS)

    def take_out(pick, reason):
        assert type(pick).objects.filter(pk=pick.pk).standing().exists()
        looked.wait(30)
        type(pick).objects.filter(pk=pick.pk).update(status="replaced", reason=reason)

    monkeypatch.setattr(replacing, "hold", lambda plan: None)
    monkeypatch.setattr(replacing, "_check_county", lambda pick: None)  # it asks for locks
    monkeypatch.setattr(replacing, "_take_out", take_out)
    monkeypatch.setattr(draws, "record", lambda *args, **kwargs: None)
    seen = press(lambda: replacing.replace.__wrapped__(pick, by=pool.people[0], reason="示例"))
    assert seen["StaleState"] == 0
    assert seen["done"] > 1 or seen["IntegrityError"] > 0
