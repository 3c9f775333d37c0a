"""Events are chained, and every tampering is found where it happened."""

import pytest
from django.db import connection, transaction

from audit.models import AppendOnlyError, AuditEvent, Stream
from audit.record import record
from audit.verify import Fault, verify_all


@pytest.fixture
def chain(world):
    with transaction.atomic():
        for n in range(3):
            record("test", world.visit, by=world.leader, stream="s", after={"n": n})


def tamper(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_record_chains_events(chain):
    events = list(AuditEvent.objects.filter(stream__name="s"))
    assert [e.seq for e in events] == [1, 2, 3]
    assert [e.prev_hash for e in events[1:]] == [e.hash for e in events[:-1]]
    assert verify_all() == []


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("UPDATE audit_auditevent SET reason='x' WHERE seq=2", Fault("s", 2, "内容被改动")),
        ("DELETE FROM audit_auditevent WHERE seq=2", Fault("s", 2, "缺少事件")),
        ("DELETE FROM audit_auditevent WHERE seq=3", Fault("s", 3, "末尾缺少事件")),
    ],
)
def test_tampering_is_found(chain, sql, fault):
    tamper(sql)
    assert verify_all() == [fault]


def test_event_cannot_be_changed(chain):
    event = AuditEvent.objects.first()
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        AuditEvent.objects.all().delete()
    assert Stream.objects.get(name="s").length == 3


def test_record_outside_a_transaction_is_refused(world, transactional_db):
    with pytest.raises(transaction.TransactionManagementError):
        record("test", world.visit, by=None, stream="s")
