"""The pages of rewards, and the Excel file of exactly what they show."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from hazards.addresses import receipt_of
from hazards.models import Hazard
from rewards import actions
from rewards.models import Reward, Rule
from tests.factories import hazards as made
from tests.factories import rewards
from tests.factories.rewards import G


def address(name, *args):
    return reverse(f"rewards:{name}", args=args)


def shown(client, **query):
    return [line.pk for line in client.get(address("reward_list"), query).context["page"]]


def test_the_form_of_the_move_begins_with_the_rule(as_, world):
    rewards.rule(world)
    hazard = rewards.closed(world)
    page, person = reverse("hazards:reward", args=[hazard.pk]), as_(world.unit_union)
    answer = person.get(page)
    assert (answer.context["form"]["amount"].value(), answer.context["advice"].refusal) == (200, "")
    sent = {"amount": "250", "step": hazard.step}
    answer = person.post(page, sent)
    assert answer.status_code == 409
    assert "请在“说明”里写明理由" in answer.content.decode()
    assert person.post(page, sent | {"note": "示例"}).status_code == 302
    assert Reward.objects.get().amount == 250


def test_the_form_says_why_nothing_is_paid(as_, world):
    rewards.rule(world, excludes_officers=True)
    hazard = rewards.closed(world, reported_by=world.officer)
    answer = as_(world.unit_union).get(reverse("hazards:reward", args=[hazard.pk]))
    assert "不予奖励" in answer.content.decode()


def test_what_waits_is_listed_with_what_the_rule_proposes(as_, world):
    rewards.granted(world)
    rewards.rule(world)
    due = rewards.closed(world)
    nameless = rewards.closed(world, reported_by=None)
    lines = as_(world.unit_union).get(address("waiting_list")).context["lines"]
    found = [(line["hazard"].pk, line["proposal"].amount) for line in lines]
    assert found == [(nameless.pk, None), (due.pk, 200)]


def test_the_ledger_is_of_ones_own_units(as_, world):
    line = rewards.granted(world)
    people = ("unit_union", "officer", "county_a1", "county_a2", "other_officer", "province")
    found = {name: shown(as_(world.people[name])) for name in people}
    seen, hidden = [line.pk], []
    assert found == {
        "unit_union": seen,
        "officer": seen,
        "county_a1": seen,
        "county_a2": hidden,
        "other_officer": hidden,
        "province": seen,
    }


def test_a_hidden_name_is_told_to_who_pays_alone(as_, world):
    rewards.granted(world, hides_name=True)
    name = str(world.worker)
    for person in (world.unit_union, world.officer, world.county_a1):
        page = as_(person).get(address("reward_list")).content.decode()
        book = as_(person).get(reverse("reports:reward_workbook")).getvalue()
        cells = [cell.value for row in load_workbook(BytesIO(book)).active for cell in row]
        is_told = person == world.unit_union
        assert (name in page, name in cells) == (is_told, is_told)


def test_the_ledger_is_narrowed_by_every_choice(as_, world):
    paid, unpaid = rewards.granted(world), rewards.granted(world)
    actions.pay(paid, by=world.unit_union, receipt="示例")
    before = timezone.now() - timedelta(days=9)
    Reward.objects.filter(pk=paid.pk).update(granted_at=before)
    Hazard.objects.filter(pk=unpaid.hazard_id).update(text="示例：护栏松动")
    person, week = as_(world.unit_union), timezone.localdate() - timedelta(days=7)
    assert shown(person) == [unpaid.pk, paid.pk]
    assert shown(person, tab="paid") == [paid.pk]
    assert shown(person, tab="unpaid") == [unpaid.pk]
    assert shown(person, since=week) == [unpaid.pk]
    assert shown(person, until=week) == [paid.pk]
    assert shown(person, q="护栏") == [unpaid.pk]
    assert shown(person, q=paid.hazard.number) == [paid.pk]
    assert shown(person, grade=G.MAJOR) == []
    assert shown(person, tab="nothing", since="soon") == [unpaid.pk, paid.pk]


def test_the_file_has_exactly_the_lines_of_the_page(as_, world):
    paid, unpaid = rewards.granted(world), rewards.granted(world)
    actions.pay(paid, by=world.unit_union, receipt="示例：=1+1")
    person = as_(world.unit_union)
    for query in ({}, {"tab": "paid"}):
        book = person.get(reverse("reports:reward_workbook"), query).getvalue()
        rows = list(load_workbook(BytesIO(book)).active.iter_rows(values_only=True))
        page = person.get(address("reward_list"), query).context["page"]
        assert [row[0] for row in rows[1:]] == [line.number for line in page]
        assert [row[6] for row in rows[1:]] == [float(line.amount) for line in page]
    assert rows[1][13] == "示例：=1+1"
    assert unpaid.paid_at is None


def test_a_reward_is_paid_from_its_form_once(as_, world):
    line = rewards.granted(world)
    page, person = address("pay", line.pk), as_(world.unit_union)
    assert person.post(page, {}).status_code == 422
    assert person.post(page, {"receipt": "示例：本人签收"}).url == address("reward_list")
    assert person.post(page, {"receipt": "示例"}).status_code == 409
    line.refresh_from_db()
    assert line.receipt == "示例：本人签收"


def test_a_rule_is_set_and_ended_from_its_forms(as_, world):
    person, today = as_(world.officer), timezone.localdate()
    sent = {"grade": "general", "amount": "200", "valid_from": today}
    assert f'value="{today:%Y-%m-%d}"' in person.get(address("rule_new")).content.decode()
    assert person.post(address("rule_new"), sent | {"amount": "0"}).status_code == 422
    assert person.post(address("rule_new"), sent).url == address("rule_list")
    assert person.post(address("rule_new"), sent).status_code == 409
    rule = Rule.objects.get()
    assert person.get(address("rule_list")).context["today"][0] == (G.GENERAL, rule)
    end = address("rule_end", rule.pk)
    assert person.post(end, {"reason": "示例"}).status_code == 302
    assert person.post(end, {"reason": "示例"}).status_code == 409


def test_a_name_is_left_by_the_receipt(client, world):
    hazard = made.reported(world, source=Hazard.Source.CODE)
    Hazard.objects.filter(pk=hazard.pk).update(reported_by=None)
    page = address("claim", receipt_of(hazard))
    assert (
        page in client.get(reverse("hazards:receipt", args=[receipt_of(hazard)])).content.decode()
    )
    assert client.post(page, {"name": " "}).status_code == 422
    assert client.post(page, {"name": "示例某"}).status_code == 302
    assert client.post(page, {"name": "演示某"}).status_code == 409
    hazard.refresh_from_db()
    assert hazard.reporter_name == "示例某"


def test_a_receipt_of_another_kind_opens_nothing(client, world):
    hazard = made.reported(world)
    assert client.get(address("claim", receipt_of(hazard))).status_code == 404
    assert client.get(address("claim", "1.forged")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_as_often_for_many_lines(as_, world, count, django_assert_num_queries):
    for _ in range(count):
        rewards.granted(world)
        rewards.closed(world)
    person = as_(world.unit_union)
    for page, queries in ((address("reward_list"), 7), (address("waiting_list"), 7)):
        person.get(page)
        with django_assert_num_queries(queries):
            assert len(person.get(page).context["page"]) == count
