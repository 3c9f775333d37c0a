"""Several reviewers send the same 督导 back at once: the unit is helped again once."""

import pytest

from plans.models import Visit
from scoring import verification
from scoring.verification import send_back
from tests.factories.towns import Towns
from tests.races import at_once
from tests.scoring.test_verification import crew, differing

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
CLIENTS = 6


def test_visit_is_sent_back_once_however_many_press():
    towns = Towns()
    people = crew(towns)
    other = differing(towns, people)
    copies = [
        Visit.objects.select_related("plan", "region").get(pk=other.pk) for _ in range(CLIENTS)
    ]
    deeds = [lambda visit=visit: send_back(visit, by=people.province) for visit in copies]
    assert at_once(deeds) == {"done": 1, "StaleState": CLIENTS - 1}
    assert Visit.objects.filter(follows=other).count() == 1
    assert other.events.filter(move="mismatch").count() == 1


def test_without_the_compare_and_set_the_database_refuses_the_rest():
    towns = Towns()
    people = crew(towns)
    other = differing(towns, people)
    [pair] = verification.pairs(towns.plan, [other])
    deeds = [lambda: verification._help_again(other, pair.helped)] * CLIENTS
    assert at_once(deeds) == {"done": 1, "IntegrityError": CLIENTS - 1}
