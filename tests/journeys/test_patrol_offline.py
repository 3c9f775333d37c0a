"""A round through cellars: two places are patrolled without a network, and arrive once each."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from attachments.models import Attachment
from hazards.models import Hazard, Place
from patrols.models import Duty, Patrol
from tests.factories import patrols
from tests.journeys.conftest import PHONE, serious
from tests.journeys.test_hazard_offline import PHOTO, gone_out

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LIST = reverse("patrols:patrol_list")
KEPT = """async (paths) => {
  const found = await Promise.all(paths.map((path) => caches.match(path)));
  return Boolean(navigator.serviceWorker.controller) && found.every(Boolean);
}"""


@pytest.fixture
def places(transactional_db, world):
    """Two places that are this worker's to look at every day."""
    patrols.policy(world, rest_days=True)
    made = [patrols.place(world, name) for name in ("2号泵房", "配电室")]
    for place in made:
        unit, person = place.unit, world.worker
        Duty.objects.create(unit=unit, place=place, person=person, given_by=world.officer)
    return made


def kept(page, places):
    """Wait until the device has the list and the pages of its places."""
    names = [("place", place.pk) for place in places] + [("findings", p.pk) for p in places]
    paths = [LIST, *(reverse(f"patrols:{name}", args=[pk]) for name, pk in names)]
    for _ in range(600):
        if page.evaluate(KEPT, paths):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the pages of the places are not kept")


def test_a_round_without_a_network_waits_and_arrives_once(person, world, places):
    worker = person(world.worker, PHONE, "allow")
    page = worker.open(LIST)
    kept(page, places)
    worker.context.set_offline(True)
    page.get_by_role("link", name="2号泵房").click()
    assert serious(page) == []
    page.get_by_role("button", name="没有发现隐患").click()
    expect(page.locator("[data-kept]")).to_contain_text("已存在这台手机上")
    page.get_by_role("link", name="去下一处").click()
    page.get_by_role("link", name="配电室").click()
    page.get_by_role("link", name="发现了隐患").click()
    page.get_by_role("button", name="记下排查").click()
    expect(page.locator("[data-refused]")).to_contain_text("还没有写隐患")
    page.set_input_files("[name=f0-photos]", PHOTO)
    page.locator("[name=f0-kind]").select_option("power")
    page.get_by_role("button", name="记下排查").click()
    expect(page.locator("[data-kept]")).to_be_visible()
    assert serious(page) == []
    expect(page.locator("[data-waiting]")).to_contain_text("未上传 2")
    assert not Patrol.objects.exists()
    page.close()
    worker.context.set_offline(False)
    again = worker.open(LIST)
    gone_out(again)
    found = Patrol.objects.order_by("place").values_list("place", "by", "found")
    assert list(found) == [(places[0].pk, world.worker.pk, 0), (places[1].pk, world.worker.pk, 1)]
    hazard = Hazard.objects.get()
    assert (hazard.place, hazard.kind, hazard.source) == (places[1], "power", "patrol")
    assert Attachment.objects.get().holder_id == hazard.pk
    worker.complaints[:] = [c for c in worker.complaints if "ERR_INTERNET" not in c]


def test_a_patrol_refused_for_good_may_be_let_go(person, world, places):
    worker = person(world.worker, PHONE)
    page = worker.open(reverse("patrols:place", args=[places[0].pk]))
    worker.context.set_offline(True)
    page.get_by_role("button", name="没有发现隐患").click()
    expect(page.locator("[data-kept]")).to_be_visible()
    page.close()
    Place.objects.filter(pk=places[0].pk).update(closed_at=timezone.now() - timedelta(hours=1))
    worker.context.set_offline(False)
    page = worker.open(reverse("scoring:waiting"))
    page.get_by_role("button", name="放弃排查").click()
    assert serious(page) == []
    page.get_by_role("button", name="先不放弃").click()
    expect(page.locator("#yours")).to_contain_text("要您处理 1 项")
    page.get_by_role("button", name="放弃排查").click()
    page.get_by_role("button", name="放弃，从本机删掉").click()
    expect(page.locator("#empty")).to_contain_text("放弃的已从本机删掉")
    assert not Patrol.objects.exists()
    worker.complaints[:] = [c for c in worker.complaints if "ERR_INTERNET" not in c]
