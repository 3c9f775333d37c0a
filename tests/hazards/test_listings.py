"""挂牌督办台账 and 通报批评名单: who sees which, what waits, who is late."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from chabaocu.errors import Refused, StaleState
from hazards import actions, listings
from hazards.listings import Listing
from hazards.models import Hazard
from tests.factories import hazards

S = Hazard.Status
STAGES = {
    "list": "待核查六落实",
    "check_six": "整改中",
    "offer": "待报送销号报告",
    "report_off": "待现场核查",
    "check_off": "待验收、工会监督",
    "witness": "待签发销号文件",
    "sign_off": "已销号",
}


def late(hazard, days=3):
    Hazard.objects.filter(pk=hazard.pk).update(due_on=timezone.localdate() - timedelta(days=days))


@pytest.mark.parametrize(("last", "stage"), STAGES.items())
def test_stage_says_what_is_awaited(world, last, stage):
    assert Listing.of(hazards.listed(world, last), timezone.localdate()).stage == stage


def test_lacking_points_leave_the_check_open(world):
    hazard = hazards.listed(world)
    said = {"note": "示例：资金未到位", "lacking": "资金"}
    actions.move(hazard, "check_six", by=world.regulator, **said)
    assert hazard.six_checked_at is None
    hazards.photo_after(hazard, world.worker)
    with pytest.raises(Refused, match="六落实"):
        actions.move(hazard, "offer", by=world.worker, note="示例")
    hazards.moved(world, hazard, ("regulator", "check_six"), ("worker", "offer"))
    assert hazard.status == S.ACCEPTING


def test_both_hands_do_not_close_a_listed_one(world):
    hazard = hazards.listed(world, "witness")
    assert (hazard.status, hazard.is_signed) == (S.ACCEPTING, True)
    hazards.moved(world, hazard, ("regulator", "sign_off"))
    assert (hazard.status, hazard.delisting_number) == (S.CLOSED, "示例督〔2026〕2 号")


def test_database_refuses_a_listed_one_closed_without_document(world):
    hazard = hazards.listed(world, "sign_off")
    with pytest.raises(IntegrityError), transaction.atomic():
        Hazard.objects.filter(pk=hazard.pk).update(delisted_at=None)


def test_steps_of_a_listing_come_in_order(world):
    hazard = hazards.listed(world, "offer")
    for name in ("check_off", "accept", "sign_off"):
        said = hazards.said(world, hazard, name)
        with pytest.raises(StaleState):
            actions.move(Hazard.objects.get(pk=hazard.pk), name, by=world.regulator, **said)


def test_failed_acceptance_asks_for_report_and_check_again(world):
    hazard = hazards.listed(world, "check_off")
    hazards.moved(world, hazard, ("county_a1", "object"), ("worker", "offer"))
    assert Listing.of(hazard, timezone.localdate()).stage == "待报送销号报告"


def test_ledger_shows_those_in_scope_under_its_tabs(as_, world):
    hazards.in_state(world, S.RECTIFYING, "major")
    open_one, done = hazards.listed(world), hazards.listed(world, "sign_off")
    url = reverse("hazards:listing_list")

    def numbers(person, **asked):
        return [one.hazard.number for one in as_(person).get(url, asked).context["page"]]

    assert numbers(world.county_a1) == [open_one.number]
    assert numbers(world.regulator, tab="off") == [done.number]
    assert numbers(world.city_a, tab="all") == [done.number, open_one.number]
    assert numbers(world.city_a, tab="all", q="甲市人民") == [done.number, open_one.number]
    assert numbers(world.city_a, tab="all", q="没有的") == []
    assert numbers(world.city_b, tab="all") == []
    assert numbers(world.other_regulator, tab="all") == []


def test_late_ones_are_named_by_government(as_, world):
    hazards.listed(world)
    behind = hazards.listed(world)
    late(behind, 3)
    done = hazards.listed(world, "sign_off")
    late(done)
    (blamed,) = listings.overdue(world.city_a.scope, timezone.localdate())
    assert blamed.government == "甲市人民政府"
    assert [(one.hazard.pk, one.late) for one in blamed.listings] == [(behind.pk, 3)]
    assert listings.overdue(world.city_b.scope, timezone.localdate()) == []
    page = as_(world.city_a).get(reverse("hazards:listing_late")).content.decode()
    assert behind.text in page
    assert "第十条" in page


@pytest.mark.parametrize("n", [1, 3])
def test_ledger_asks_as_often_for_many(as_, world, n, django_assert_num_queries):
    for _ in range(n):
        hazards.listed(world)
    person = as_(world.city_a)
    person.get(reverse("hazards:listing_list"))
    with django_assert_num_queries(6):
        person.get(reverse("hazards:listing_list"))
