"""The pages of patrols."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from hazards.models import Hazard, Place
from patrols import actions
from patrols.models import Duty, Patrol, Policy
from patrols.periods import Every
from tests.attachments.samples import photo
from tests.factories import patrols
from tests.factories.patrols import L

SCRIPT = {"Accept": "application/json"}


def address(name, *args):
    return reverse(f"patrols:{name}", args=args)


def test_one_tap_keeps_a_patrol_without_findings(as_, world):
    place = patrols.place(world)
    person = as_(world.worker)
    page = person.get(address("place", place.pk))
    sent = {"patrol_id": page.context["patrol_id"]}
    for _ in range(2):  # the tap, and the tap of somebody impatient
        assert person.post(address("clear", place.pk), sent).url == address("patrol_list")
    assert [(p.place, p.by, p.found) for p in Patrol.objects.all()] == [(place, world.worker, 0)]


def test_what_waited_on_a_phone_is_sent_by_a_script_once(as_, world):
    place, person = patrols.place(world), as_(world.worker)
    done_at = timezone.now() - timedelta(hours=5)
    sent = {"patrol_id": uuid4(), "done_at": done_at.isoformat(), "f0-kind": "leak"}
    for _ in range(2):
        answer = person.post(address("findings", place.pk), sent, headers=SCRIPT)
        patrol = Patrol.objects.get()
        assert answer.json() == {"url": address("patrol_detail", patrol.pk)}
    assert patrol.done_at == done_at
    assert "当时没有网络" in person.get(address("patrol_detail", patrol.pk)).content.decode()
    assert Hazard.objects.count() == 1
    bare = {"patrol_id": uuid4(), "done_at": "2026-13-45T00:00:00Z"}
    answer = person.post(address("clear", place.pk), bare, headers=SCRIPT)
    assert answer.json() == {"url": address("patrol_list")}
    assert Patrol.objects.get(found=0).sent_at is None


def test_a_script_is_told_in_one_line_what_is_wrong(as_, world):
    place, person = patrols.place(world), as_(world.worker)
    sent = {"patrol_id": uuid4(), "f0-kind": "other"}
    answer = person.post(address("findings", place.pk), sent, headers=SCRIPT)
    assert (answer.status_code, answer.json()) == (
        422,
        {"message": "选了“其他”，请写一句是什么。"},
    )
    Place.objects.update(closed_at=timezone.now() - timedelta(hours=1))
    answer = person.post(address("clear", place.pk), {"patrol_id": uuid4()}, headers=SCRIPT)
    assert (answer.status_code, answer.json()) == (
        422,
        {"message": "“2号泵房”已停用，不用排查。"},
    )


def test_findings_with_photos_become_hazards(as_, world):
    place = patrols.place(world)
    sent = {
        "patrol_id": uuid4(),
        "f0-kind": "leak",
        "f0-photos": SimpleUploadedFile("示例.jpg", photo()),
        "f2-kind": "other",
        "f2-text": "示例：地沟盖板缺失",
    }
    answer = as_(world.worker).post(address("findings", place.pk), sent)
    patrol = Patrol.objects.get()
    assert answer.url == address("patrol_detail", patrol.pk)
    found = Hazard.objects.order_by("pk").values_list("kind", "text", "source", "reported_by")
    assert list(found) == [
        ("leak", "跑冒滴漏", "patrol", world.worker.pk),
        ("other", "示例：地沟盖板缺失", "patrol", world.worker.pk),
    ]


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "还没有写隐患"),
        ({"f0-text": "示例：我写的"}, "请选一类"),
        ({"f0-kind": "leak", "f1-kind": "other"}, "请写一句是什么"),
        ({"f0-kind": "nothing", "f0-text": "示例：我写的"}, "f0-kind"),
    ],
)
def test_findings_with_gaps_keep_what_was_typed(as_, world, sent, message):
    place, id = patrols.place(world), uuid4()
    answer = as_(world.worker).post(address("findings", place.pk), sent | {"patrol_id": id})
    text = answer.content.decode()
    assert (answer.status_code, Patrol.objects.count()) == (422, 0)
    assert message in text
    assert str(id) in text
    assert sent.get("f0-text", "") in text


def test_a_photo_that_is_no_picture_is_told(as_, world):
    sent = {
        "patrol_id": uuid4(),
        "f0-kind": "leak",
        "f0-photos": SimpleUploadedFile("示例.jpg", b"no picture"),
    }
    answer = as_(world.worker).post(address("findings", patrols.place(world).pk), sent)
    assert (answer.status_code, Patrol.objects.count(), Hazard.objects.count()) == (422, 0, 0)


def test_a_patrol_is_taken_back_by_who_recorded_it_or_the_office(as_, world):
    mine = patrols.patrol(patrols.place(world), world.worker)
    page = address("patrol_cancel", mine.pk)
    assert as_(world.unit_union).post(page, {"reason": "示例"}).status_code == 403
    assert as_(world.other_officer).post(page, {"reason": "示例"}).status_code == 404
    assert as_(world.worker).post(page, {}).status_code == 422
    assert as_(world.worker).post(page, {"reason": "示例"}).status_code == 302
    assert as_(world.officer).post(page, {"reason": "示例"}).status_code == 409
    mine.refresh_from_db()
    assert mine.cancelled_by == world.worker


def test_own_places_come_first(as_, world):
    patrols.policy(world)
    mine, other = patrols.place(world), patrols.place(world, "1号罐区")
    actions.assign(mine, by=world.officer, person=world.worker)
    context = as_(world.worker).get(address("patrol_list")).context
    assert [row["one"].place for row in context["mine"]] == [mine]
    assert [row["one"].place for row in context["others"]] == [other]


def test_the_calendar_spells_every_day_of_the_month_once(as_, world):
    patrols.policy(world)
    patrols.policy(world, L.WORKSHOP, Every.WEEKLY)
    patrols.policy(world, L.PLANT, Every.HALF_MONTHLY)
    for name, level in (("岗", L.POST), ("一车间", L.WORKSHOP), ("全厂", L.PLANT)):
        patrols.place(world, name, level)
    for month, days in (("2022-02", 28), ("2022-05", 31)):
        context = as_(world.officer).get(address("coverage"), {"month": month}).context
        wide = [sum(square.days for square in row["squares"]) for row in context["rows"]]
        assert wide == [days] * 3


def test_the_calendar_lists_what_was_missed(as_, world):
    patrols.policy(world, L.WORKSHOP, Every.WEEKLY)
    place = patrols.place(world, "一车间", L.WORKSHOP)
    context = as_(world.officer).get(address("coverage"), {"month": "2022-02"}).context
    assert [(row["when"], row["one"].place) for row in context["missed"]] == [
        ("2月28日–3月6日", place),
        ("2月21日–27日", place),
        ("2月14日–20日", place),
        ("2月7日–13日", place),
        ("1月31日–2月6日", place),
    ]
    assert context["sum"].due == 4


@pytest.mark.parametrize("month", ["2026-13", "soon", "9999-12"])
def test_an_unknown_month_is_the_present_one(as_, world, month):
    context = as_(world.officer).get(address("coverage"), {"month": month}).context
    assert context["month"].first == timezone.localdate().replace(day=1)


def test_unions_above_see_numbers_of_their_own_units_only(as_, world):
    for key in ("enterprise_a1", "enterprise_b1"):
        patrols.policy(world, unit=world.orgs[key])
        patrols.place(world, f"{key}岗", unit=world.orgs[key])
    page = address("unit_list")
    shown = {
        name: [str(unit) for unit, _ in as_(world.people[name]).get(page).context["lines"]]
        for name in ("county_a1", "county_a2", "city_b", "province")
    }
    a1, b1 = str(world.orgs["enterprise_a1"]), str(world.orgs["enterprise_b1"])
    assert shown == {"county_a1": [a1], "county_a2": [], "city_b": [b1], "province": [a1, b1]}
    text = as_(world.county_a1).get(page).content.decode()
    assert "enterprise_a1岗" not in text


@pytest.mark.parametrize("units", [1, 3])
def test_the_numbers_ask_as_often_for_many_units(as_, world, units, django_assert_num_queries):
    for key in ("enterprise_a1", "enterprise_a2", "enterprise_b1")[:units]:
        patrols.policy(world, unit=world.orgs[key])
        patrols.place(world, unit=world.orgs[key])
    person = as_(world.province)
    person.get(address("unit_list"))
    with django_assert_num_queries(9):
        assert len(person.get(address("unit_list")).context["lines"]) == units


def test_a_rule_is_set_from_its_form_and_a_late_form_is_told(as_, world):
    page, today = address("policy_set", "workshop"), timezone.localdate()
    person = as_(world.officer)
    sent = {"every": "weekly", "starts_on": today, "seen": ""}
    assert f'value="{today:%Y-%m-%d}"' in person.get(page).content.decode()
    assert person.post(page, sent).url == address("policy_list")
    assert person.post(page, sent).status_code == 409
    assert person.post(page, sent | {"every": "monthly"}).status_code == 422
    standing = Policy.objects.get()
    later = sent | {"every": "daily", "seen": standing.pk, "starts_on": today + timedelta(days=1)}
    assert person.post(page, later).status_code == 302
    assert [p.every for p in Policy.objects.order_by("pk")] == ["weekly", "daily"]
    assert person.get(address("policy_set", "nowhere")).status_code == 404


def test_a_rule_is_stopped_from_its_form(as_, world):
    policy = patrols.policy(world)
    person = as_(world.officer)
    assert person.post(address("policy_stop", policy.pk), {}).status_code == 422
    said = {"reason": "示例：停产"}
    assert person.post(address("policy_stop", policy.pk), said).status_code == 302
    assert person.post(address("policy_stop", policy.pk), said).status_code == 409


def test_a_place_is_given_from_its_row(as_, world):
    place = patrols.place(world)
    person = as_(world.officer)
    person.post(address("duty", place.pk), {"person": world.other_officer.pk})
    assert Duty.objects.count() == 0
    person.post(address("duty", place.pk), {"person": world.worker.pk})
    assert Duty.objects.get().person == world.worker


def test_the_first_page_says_what_is_due(as_, world):
    patrols.policy(world, rest_days=True)
    actions.assign(patrols.place(world), by=world.officer, person=world.worker)
    assert "今天该排查：1 处" in as_(world.worker).get(reverse("home")).content.decode()
