"""The list of events, for those who audit; and the command that checks the chains."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from audit.models import AuditEvent
from audit.record import record
from tests.factories.orgs import UserFactory

LIST = reverse("audit:event_list")


@pytest.fixture
def events(world):
    with transaction.atomic():
        for n in range(3):
            record("visit.test", world.visit, by=world.leader, stream="visit-1", after={"n": n})
        record(
            "organization.close", world.orgs["city_b_union"], by=None, stream="orgs", reason="因"
        )


def test_list_is_newest_first_in_words(as_, world, events):
    answer = as_(world.admin).get(LIST)
    assert [e.action for e in answer.context["page"]] == ["organization.close"] + ["visit.test"] * 3
    first = answer.context["page"].rows[0]
    assert (first.actor.text, first.text, first.reason) == ("系统", "停用了乙市总工会", "因")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"who": "示例leader"}, 3),
        ({"what": "乙市"}, 1),
        ({"type": "orgs.organization"}, 1),
        ({"stream": "visit-1"}, 3),
        ({"action": "organization.close", "who": "示例leader"}, 0),
        ({"action": "organization.close"}, 1),
        ({"action": "no.such"}, 4),
        ({"since": "2020-01-01", "until": "2020-01-31"}, 0),
        ({"since": "2020-01-01"}, 4),
    ],
)
def test_list_is_narrowed(as_, world, events, query, count):
    assert len(as_(world.admin).get(LIST, query).context["page"]) == count


def test_one_chain_is_checked_on_its_page(as_, world, events):
    person = as_(world.admin)
    assert "已核对，完整" in person.get(LIST, {"stream": "visit-1"}).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditevent SET reason = 'x' WHERE seq = 2")
    page = person.get(LIST, {"stream": "visit-1"}).content.decode()
    assert "这条链不完整" in page
    assert "第 2 条，内容被改动" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_queries_do_not_grow(as_, world, rows, django_assert_num_queries):
    with transaction.atomic():
        for n in range(rows):
            record("visit.test", world.visit, by=world.leader, stream=f"visit-{n}")
    person = as_(world.admin)
    person.get(LIST)
    with django_assert_num_queries(7):  # session, user, chain, keys, rows, count, whose chains
        person.get(LIST)


@pytest.fixture
def deeds(world):
    """One deed of a person in each place, and one of a job."""
    with transaction.atomic():
        for who in ("province", "city_a", "county_a1", "officer", "city_b", "county_b1"):
            record("visit.test", world.visit, by=world.people[who], stream="s")
        record("visit.test", world.visit, by=None, stream="s")


@pytest.mark.parametrize(
    ("seat", "told"),
    [
        ("province_union", "province city_a county_a1 officer city_b county_b1 系统"),
        ("city_a_union", "city_a county_a1 officer"),
        ("county_a1_union", "county_a1 officer"),
        ("enterprise_a1", "officer"),
        ("industrial_union", ""),
    ],
)
def test_auditor_sees_what_the_people_of_the_own_subtree_did(as_, world, deeds, seat, told):
    auditor = UserFactory(organization=world.orgs[seat], role="system_admin")
    page = as_(auditor).get(LIST).context["page"]
    names = {event.actor.text.removeprefix("示例") for event in page}
    assert names == set(told.split())


@pytest.mark.parametrize("who", ["province", "city_admin", "leader", "officer", "worker"])
def test_others_do_not_audit(as_, world, events, who):
    assert as_(world.people[who]).get(LIST).status_code == 403
    assert not AuditEvent.objects.visible_to(world.people[who]).exists()


def test_command_says_whole_or_where_it_breaks(world, events, capsys):
    call_command("verify_audit")
    assert "2 条链，4 个事件，全部完整。" in capsys.readouterr().out
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditevent WHERE seq = 2")
    with pytest.raises(SystemExit):
        call_command("verify_audit")
    assert "visit-1 第 2 条：缺少事件" in capsys.readouterr().err
