"""A colleague saves first: autosave stops, both are shown, one press keeps one's own."""

import pytest
from django.urls import reverse

from plans.models import Plan
from tests.factories.plans import drafted

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft(world):
    return drafted(world.orgs["province_union"], world.province)


def type_basis(page, text):
    page.fill('[name="basis"]', text)
    page.locator('[name="basis"]').blur()


def test_two_people_on_one_step(person, world, draft):
    url = reverse("plans:plan_basis", args=[draft.pk])
    mine = person(world.province).open(url)
    theirs = person(world.people["province2"]).open(url)
    for text in ("先存的", "又存的"):  # one's own saves are no conflict
        with theirs.expect_response(lambda answer: answer.request.method == "POST") as answer:
            type_basis(theirs, text)
        assert answer.value.status == 200
    type_basis(mine, "后存的")
    mine.wait_for_selector("#stale table")
    assert "又存的" in mine.inner_text("#stale")
    assert mine.input_value('[name="basis"]') == "后存的"
    mine.click('#stale [name="over"]')
    mine.wait_for_url("**/rubrics/")
    assert Plan.objects.get(pk=draft.pk).basis == "后存的"
