from decimal import Decimal
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from chabaocu.prepared import Insert, Select, Slot, Update
from scoring import sheets
from scoring.models import Answer, Mark
from tests.cast import build_world

POINT = Select(
    lambda: Answer.objects.select_related("criterion").filter(
        sheet=Slot("sheet"), criterion__code=Slot("code")
    )
)
VALUES = Select(
    lambda: Answer.objects.filter(pk=Slot("pk")).values_list("points", "inputs", "not_applicable")
)
GIVE = Update(
    lambda: Answer.objects.filter(
        pk=Slot("pk", Answer._meta.pk), version=Slot("seen", Answer._meta.get_field("version"))
    ),
    *("version", "inputs", "points", "by"),
)
ADD = Insert(lambda: Mark)


@pytest.fixture
def sheet(world):
    return sheets.start(world.visit, by=world.leader)


@pytest.fixture
def answer(sheet):
    return sheet.answers.get(criterion__code="1-2")


def test_select_gives_what_the_queryset_gives(sheet, django_assert_num_queries):
    codes = ["1-1", "1-2", "1-1"]
    with django_assert_num_queries(3):
        found = [POINT.first(sheet=sheet.pk, code=code).criterion.code for code in codes]
    assert found == codes


def test_select_that_finds_nothing(sheet):
    assert POINT.rows(sheet=sheet.pk, code="9-9") == []
    assert POINT.first(sheet=sheet.pk, code="9-9") is None


def test_update_writes_and_reads_back_every_kind_of_value(world, answer):
    said = {"inputs": {"points": "示例"}, "points": Decimal("1.5"), "by": world.member.pk}
    assert GIVE.run(pk=answer.pk, seen=answer.version, version=7, **said) == 1
    assert VALUES.first(pk=answer.pk) == (Decimal("1.50"), {"points": "示例"}, False)
    answer.refresh_from_db()
    assert (answer.version, answer.by) == (7, world.member)


def test_update_of_what_is_not_there_changes_nothing(answer):
    assert GIVE.run(pk=answer.pk, seen=99, version=7, inputs={}, points=None, by=None) == 0


def test_insert_keeps_the_constraints(world, sheet, answer):
    row = {
        "sheet": sheet.pk,
        "criterion": answer.criterion_id,
        "user": world.member.pk,
        "inputs": {},
        "not_applicable": True,
        "points": None,
        "reason": "示例",
        "note": "",
        "at": timezone.now(),
    }
    ADD.run(**row)
    assert Mark.objects.get().reason == "示例"
    with pytest.raises(IntegrityError):
        ADD.run(**row)


def marks(world, sheet, points):
    answers = sheet.answers.order_by("pk")
    return [
        {
            "sheet": sheet.pk,
            "criterion": answer.criterion_id,
            "user": world.member.pk,
            "inputs": {"points": "示例 'x' \\ %s"},
            "not_applicable": False,
            "points": value,
            "reason": '100 %\n"示例"',
            "note": "",
            "at": timezone.now(),
        }
        for answer, value in zip(answers, points, strict=False)
    ]


@pytest.mark.parametrize("points", [[], [Decimal("1.5")], [Decimal("1.5"), None, Decimal(0)]])
def test_insert_of_many_rows_writes_each_as_it_is(world, sheet, points, django_assert_num_queries):
    rows = marks(world, sheet, points)
    with django_assert_num_queries(min(1, len(points))):
        ADD.run_all(rows)
    kept = [mark.__dict__ for mark in Mark.objects.order_by("pk")]
    names = {"sheet": "sheet_id", "criterion": "criterion_id", "user": "user_id"}
    found = [{name: mark[names.get(name, name)] for name in rows[0]} for mark in kept]
    assert found == rows


def test_insert_of_many_rows_is_all_or_nothing(world, sheet):
    with pytest.raises(IntegrityError), transaction.atomic():
        ADD.run_all(marks(world, sheet, [None, None])[:1] * 2)
    assert Mark.objects.count() == 0


def test_update_of_many_rows_changes_those_that_are_as_seen(world, sheet):
    given = {"version": 7, "inputs": {"points": "1"}, "points": Decimal(1), "by": world.member.pk}
    pks = sheet.answers.order_by("pk").values_list("pk", flat=True)
    rows = [{"pk": pk, "seen": 5 * (n == 1)} | given for n, pk in enumerate(pks)]
    assert GIVE.run_all(rows) == len(rows) - 1
    versions = sheet.answers.order_by("pk").values_list("version", flat=True)
    assert list(versions) == [7, 0, *[7] * (len(rows) - 2)]
    assert VALUES.first(pk=pks[0]) == (Decimal(1), {"points": "1"}, False)


@pytest.mark.django_db(transaction=True)
def test_statement_runs_on_the_connection_of_its_thread():
    sheet = sheets.start((world := build_world()).visit, by=world.leader)
    POINT.first(sheet=sheet.pk, code="1-1")
    seen = []

    def read():
        seen.append(POINT.first(sheet=sheet.pk, code="1-1").criterion.code)
        connection.close()

    thread = Thread(target=read)
    thread.start()
    thread.join()
    assert seen == ["1-1"]


def test_postgresql_keeps_a_statement_once_a_connection(sheet):
    for _ in range(2):
        POINT.first(sheet=sheet.pk, code="1-1")
    kept = names_on(connection)
    assert len(kept) == len(set(kept))
    assert (POINT._by_name[1] in kept) == (connection.vendor == "postgresql")


def test_behind_a_pooler_nothing_stays_in_a_session(sheet, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    select = Select(lambda: Answer.objects.filter(pk=Slot("pk")))
    assert select.first(pk=sheet.answers.first().pk).sheet_id == sheet.pk
    assert select._by_name[1] not in names_on(connection)


def names_on(connection):
    """The statements this connection keeps; SQLite's driver does that by itself."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        return [name for (name,) in cursor.fetchall()]
