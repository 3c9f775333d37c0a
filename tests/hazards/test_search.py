"""Words find hazards: by their kept pairs, exactly as by reading every text."""

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from hazards import kept_words, ledger, search
from hazards.ledger import Wanted
from hazards.models import Hazard
from hazards.workflow import MOVES
from tests.factories import hazards

TEXTS = (
    "示例：法兰滴漏，地面积水",
    "示例：兰滴法兰",  # every pair but one stands elsewhere
    "示例：灭火器压力不足 A罐",
    "示例：𬭎钢支架锈蚀",
    "示例：A 罐液位计“失灵”",
)


@pytest.fixture
def told(world):
    return [hazards.reported(world, text=text) for text in TEXTS]


def found(user, q, **wanted):
    chosen = Wanted(tab="all", q=q, **wanted)
    rows = ledger.rows(user.scope, chosen, timezone.localdate())
    return set(rows.values_list("pk", flat=True))


@pytest.mark.parametrize(
    "q",
    ["法兰", "法兰滴", "滴漏", "a罐", "A 罐", "𬭎钢", "漏", "示例", "失灵", "“失灵”"]
    + ["钢 锈", "%", "_", '"法兰"', "没有的"],
)
@pytest.mark.parametrize("person", ["officer", "county_a1", "city_a", "province"])
def test_kept_pairs_find_what_reading_finds(world, told, person, q):
    said = Q()
    for word in q.split():
        said &= Q(text__icontains=word) | Q(where__icontains=word) | Q(number__icontains=word)
    expected = set(Hazard.objects.filter(said).values_list("pk", flat=True))
    assert found(world.people[person], q) == expected


def test_a_place_without_the_word_has_nothing(world, told):
    hazards.report_at(world, "enterprise_b1", "other_officer", text="示例：阀门内漏")
    assert found(world.city_a, "阀门") == set()
    assert len(found(world.city_b, "阀门")) == 1
    assert found(world.province, "阀门", city="001001") == set()
    assert kept_words.find(["阀门"], place="001001", limit=9) == []
    assert len(kept_words.find(["阀门"], place="001", limit=9)) == 1


def test_a_common_word_is_left_to_reading(world, told):
    assert len(kept_words.find(["示例"], place="001001", limit=len(TEXTS))) == len(TEXTS)
    assert kept_words.find(["示例"], place="001001", limit=len(TEXTS) - 1) is None
    assert kept_words.find(["例"], place="001001", limit=9) is None


def test_a_text_that_was_changed_is_found_by_what_it_says_now(world, told):
    hazard = told[0]
    hazards.actions.move(hazard, "register", by=world.officer, text="示例：护栏缺失")
    assert "text" in MOVES["register"].may
    assert found(world.county_a1, "护栏") == {hazard.pk}
    assert hazard.pk not in found(world.county_a1, "滴漏")
    assert kept_words.find(["滴漏"], place="001001001", limit=9) == []


def test_a_row_that_is_left_over_finds_nothing(world, told):
    kept_words.keep([kept_words.Said(told[0].pk + 1000, "001001001", ["示例：废弃"])])
    assert found(world.county_a1, "废弃") == set()


def test_what_was_written_without_its_words_is_caught_up(world, told):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {kept_words.TABLE}")
    assert found(world.county_a1, "滴漏") == set()
    search.catch_up()
    assert found(world.county_a1, "滴漏") == {told[0].pk}
    search.catch_up()
    assert len(kept_words.find(["滴漏"], place="001001001", limit=9)) == 1


def test_a_report_that_fails_keeps_no_words(world, told):
    with transaction.atomic():
        hazards.reported(world, text="示例：栈桥松动")
        transaction.set_rollback(True)
    assert kept_words.find(["栈桥"], place="001001", limit=9) == []
