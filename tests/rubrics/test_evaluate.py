"""A whole sheet: sums, what is open, 不适用, the rate."""

from decimal import Decimal

import pytest

from rubrics.evaluate import Given, Point, evaluate, points_of
from rubrics.models import Version
from tests.factories.rubrics import COUNT, TIERS, small_version

STEP = {"step": "0.5"}
POINTS = (
    Point("1-1", 1, 1, "award", Decimal(2), STEP),
    Point("1-2", 1, 1, "award", Decimal(3), STEP),
    Point("2", 2, 2, "tiers", Decimal(5), TIERS),
    Point("3", 3, 2, "count", Decimal(2), COUNT),
)
FULL = {
    "1-1": Given({"points": "1.5"}),
    "1-2": Given({"points": "3"}),
    "2": Given({"level": 1}),
    "3": Given({"count": 1}),
}
NA = Given(not_applicable=True)


def test_sheet_is_summed_by_item_and_section():
    result = evaluate(POINTS, FULL)
    assert result.items == {1: Decimal("4.5"), 2: 3, 3: 1}
    assert result.sections == {1: Decimal("4.5"), 2: 4}
    assert (result.total, result.applicable) == (Decimal("8.5"), 12)
    assert result.rate == Decimal("0.708333")
    assert (result.answered, result.open) == (4, ())


def test_empty_sheet_is_all_open():
    result = evaluate(POINTS, {"2": Given()})
    assert result.open == ("1-1", "1-2", "2", "3")
    assert (result.answered, result.total, result.rate) == (0, 0, 0)
    assert result.by_code["2"] is None


def test_inapplicable_point_leaves_the_denominator():
    result = evaluate(POINTS, FULL | {"2": NA})
    assert (result.total, result.applicable) == (Decimal("5.5"), 7)
    assert result.rate == Decimal("0.785714")
    assert (result.answered, result.by_code["2"]) == (4, None)


def test_nothing_applicable_has_no_rate():
    result = evaluate(POINTS, dict.fromkeys(FULL, NA))
    assert (result.total, result.applicable, result.rate, result.open) == (0, 0, None, ())


def test_rate_is_rounded_half_up():
    points = tuple(Point(str(n), 1, 1, "award", Decimal(1), STEP) for n in range(64))
    given = dict.fromkeys((p.code for p in points), Given({"points": "0"}))
    result = evaluate(points, given | {"0": Given({"points": "0.5"})})
    assert result.rate == Decimal("0.007813")  # 0.0078125


def test_version_that_rescales_is_followed():
    result = evaluate(POINTS, FULL | {"2": NA}, rescale=True)
    assert result.total == Decimal("9.43")  # 5.5 / 7 × 12
    assert evaluate(POINTS, dict.fromkeys(FULL, NA), rescale=True).total == 0


def test_answer_to_no_point_is_an_error():
    with pytest.raises(KeyError, match="7-9"):
        evaluate(POINTS, {"7-9": NA})


def test_points_come_from_the_prefetched_tree(db, django_assert_num_queries):
    version = Version.objects.with_tree().get(pk=small_version().pk)
    with django_assert_num_queries(0):
        assert points_of(version) == POINTS
