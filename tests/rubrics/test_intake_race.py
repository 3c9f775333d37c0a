"""Two people store tables of one code, or one table twice, at the same moment."""

from threading import Barrier, BrokenBarrierError

import pytest

from orgs.roles import Role
from rubrics import intake
from rubrics.models import Rubric, Version
from tests.factories.intakes import ready
from tests.factories.orgs import OrganizationFactory, UserFactory, region
from tests.races import at_once

CLIENTS = 6
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person(transactional_db):
    province = OrganizationFactory(region=region("示例省", "001"))
    return UserFactory(organization=province, role=Role.PROVINCE_STAFF)


def storing(kept, person):
    return lambda: intake.store_draft(kept, by=person)


def numbers():
    return sorted(Version.objects.values_list("number", flat=True))


def test_tables_of_a_new_code_are_numbered_one_by_one(person):
    outcome = at_once([storing(ready(person), person) for _ in range(CLIENTS)])
    assert outcome == {"done": CLIENTS}
    assert numbers() == [1, 2, 3, 4, 5, 6]
    assert Rubric.objects.count() == 1


def test_tables_of_a_known_code_are_numbered_one_by_one(person):
    intake.store_draft(ready(person), by=person)
    outcome = at_once([storing(ready(person), person) for _ in range(CLIENTS)])
    assert outcome == {"done": CLIENTS}
    assert numbers() == [1, 2, 3, 4, 5, 6, 7]


def test_one_table_is_stored_once_however_many_ask(person):
    kept = ready(person)
    outcome = at_once([storing(kept, person)] * CLIENTS)
    assert outcome == {"done": 1, "StaleState": CLIENTS - 1}
    assert numbers() == [1]


def test_without_the_held_rubric_drafts_collide(person, monkeypatch):
    """The number and the draft apart: everybody has counted before anybody writes."""
    counted, count = Barrier(CLIENTS), intake._next_number

    def slow_count(rubric):
        found = count(rubric)
        try:
            counted.wait(timeout=5)
        except BrokenBarrierError:
            return found
        return found

    monkeypatch.setattr(intake, "hold", lambda pk: Rubric.objects.get(pk=pk))
    monkeypatch.setattr(intake, "_next_number", slow_count)
    unguarded = intake.store_draft.__wrapped__
    tables = [ready(person) for _ in range(CLIENTS)]
    outcome = at_once([lambda kept=kept: unguarded(kept, by=person) for kept in tables])
    assert outcome["IntegrityError"] > 0
