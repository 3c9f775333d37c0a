"""What each kind asks for is read from a form as the fixtures have it, and shown again."""

import json

import pytest

from rubrics.kinds import RuleKind
from rubrics.kinds.params import ASKED, read, rows_in, shown
from rubrics.management.commands.load_rubrics import FOLDER
from rubrics.outline import read as read_table
from tests.factories.rubrics import PARAMS

TABLES = [read_table(json.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.json"))]


def test_every_kind_says_what_it_asks():
    assert set(ASKED) == set(RuleKind.values)


@pytest.mark.parametrize("kind", RuleKind.values)
def test_what_is_shown_is_read_again(kind):
    assert read(kind, shown(kind, PARAMS[kind])) == (PARAMS[kind], {})


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
def test_every_point_of_the_sources_goes_through_the_form_unchanged(table):
    for point in (point for item in table.items for point in item.criteria):
        assert read(point.kind, shown(point.kind, point.params)) == (dict(point.params), {})


@pytest.mark.parametrize(
    ("kind", "data", "wrong"),
    [
        ("award", {"step": "半"}, {"step": "请填数字，最多两位小数。"}),
        ("deduct", {"unit": "家"}, {"each": "请填每次扣几分。"}),
        ("deduct", {"unit": "家", "each": "1.555"}, {"each": "请填数字，最多两位小数。"}),
        (
            "count",
            {"unit": "次", "0-at_least": "1.5", "0-label": "一", "0-points": "1"},
            {"0-at_least": "请填整数。"},
        ),
        (
            "count",
            {"unit": "次", "0-at_least": "100000", "0-label": "一", "0-points": "1"},
            {"0-at_least": "请填整数。"},
        ),
        ("tiers", {"0-label": "", "0-points": "1"}, {"0-label": "请填级别。"}),
        ("tiers", {"0-label": "省级"}, {"0-points": "请填得分。"}),
        ("chosen", {"low": "1", "high": "100000"}, {"high": "请填数字，最多两位小数。"}),
        ("veto", {"effect": "all"}, {"effect": "请从所列的里选。"}),
    ],
)
def test_what_is_wrong_is_told_at_its_field(kind, data, wrong):
    assert read(kind, data)[1] == wrong


@pytest.mark.parametrize(
    ("kind", "data", "params"),
    [
        ("award", {"step": "0.25"}, {"step": "0.25"}),
        ("chosen", {"low": "1", "high": "99999.99"}, {"low": "1", "high": "99999.99"}),
        (
            "deduct",
            {"unit": "家", "each": "1", "spills": "on"},
            {"unit": "家", "each": "1", "spills": True},
        ),
        (
            "count",
            {"unit": "次", "0-at_least": "99999", "0-label": "多次", "0-points": "1"},
            {"unit": "次", "steps": [{"at_least": 99999, "label": "多次", "points": "1"}]},
        ),
    ],
)
def test_what_is_right_is_read_as_it_is_stored(kind, data, params):
    assert read(kind, data) == (params, {})


@pytest.mark.parametrize("numbers", [(), (0,), (0, 1, 2)])
def test_rows_of_a_table_are_counted(numbers):
    assert rows_in("tiers", {f"{n}-label": "级别" for n in numbers}) == len(numbers)


def test_what_a_row_does_not_say_is_shown_empty():
    told = shown("tiers", {"levels": [{"label": "省级"}]})
    assert told == {"none_label": "", "0-label": "省级", "0-points": ""}


@pytest.mark.parametrize(("stands", "box"), [(True, "on"), (False, "")])
def test_flag_is_shown_as_a_box(stands, box):
    assert shown("chosen", {"low": "1", "high": "2", "spills": stands})["spills"] == box
