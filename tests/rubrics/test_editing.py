"""A table changed piece by piece: numbers run through, codes stay, nothing else moves."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from rubrics import editing
from rubrics.management.commands.load_rubrics import FOLDER
from rubrics.outline import read

TABLE = read(json.loads((FOLDER / "fujian1-county-union.json").read_text(encoding="utf-8")))
CAP = {"name": "示例组", "rule": "cap", "points": "1", "codes": ["1-1", "1-2"]}
GROUPED = replace(TABLE, scheme={"groups": [CAP], "weights": {"2": "3"}})


def codes(outline):
    return [[point.code for point in item.criteria] for item in outline.items]


def numbers(outline):
    return [item.number for item in outline.items]


def test_one_field_is_changed_and_nothing_else():
    made = editing.changed(TABLE, (0, 0, 1), text="改了")
    assert editing.part(made, (0, 0, 1)).text == "改了"
    back = editing.changed(made, (0, 0, 1), text=editing.part(TABLE, (0, 0, 1)).text)
    assert back == TABLE


def test_new_point_gets_the_next_free_code():
    made, place = editing.added(TABLE, (0, 0))
    assert (place, codes(made)[0]) == ((0, 0, 2), ["1-1", "1-2", "1-3"])


def test_new_item_comes_behind_the_chosen_and_the_rest_is_numbered_on():
    made, place = editing.added(TABLE, (0,), after=0)
    assert (place, numbers(made)) == ((0, 1), list(range(1, 11)))
    assert codes(made)[:3] == [["1-1", "1-2"], ["10"], ["2-1", "2-2"]]


def test_new_section_has_an_item_with_a_point_and_weights_move_on():
    made, place = editing.added(GROUPED, (), after=0)
    assert (place, made.sections[1].name, made.scheme["weights"]) == ((1,), "新项目", {"3": "3"})
    assert len(made.sections[1].items[0].criteria) == 1


def test_removed_point_leaves_its_group_and_removed_section_its_weight():
    made = editing.removed(GROUPED, (0, 0, 0))
    assert (codes(made)[0], made.scheme["groups"][0]["codes"]) == (["1-2"], ["1-2"])
    assert editing.removed(GROUPED, (1,)).scheme == {"groups": [CAP]}
    assert editing.removed(GROUPED, (0,)).scheme == {"weights": {"1": "3"}}


@pytest.mark.parametrize(
    ("place", "step", "lands", "order"),
    [
        ((0, 0, 1), -1, (0, 0, 0), [["1-2", "1-1"], ["2-1", "2-2"]]),
        ((0, 0, 1), 1, (0, 1, 0), [["1-1"], ["1-2", "2-1", "2-2"]]),
        ((0, 1, 0), -1, (0, 0, 2), [["1-1", "1-2", "2-1"], ["2-2"]]),
        ((0, 1), -1, (0, 0), [["2-1", "2-2"], ["1-1", "1-2"]]),
    ],
)
def test_part_moves_and_past_the_end_into_its_neighbour(place, step, lands, order):
    made, where = editing.moved(TABLE, place, step)
    assert (where, codes(made)[:2], numbers(made)) == (lands, order, numbers(TABLE))


def test_section_moves_with_its_weight():
    made, where = editing.moved(GROUPED, (1,), -1)
    assert (where, made.sections[0].name, made.scheme["weights"]) == ((0,), "争取支持", {"1": "3"})


@pytest.mark.parametrize(("place", "step"), [((0,), -1), ((0, 0), -1), ((0, 0, 0), -1), ((9,), 1)])
def test_nothing_moves_out_of_the_table(place, step):
    with pytest.raises(editing.NoPlace):
        editing.moved(TABLE, place, step)


def test_item_moves_to_the_end_of_another_section():
    made, where = editing.moved_to(TABLE, (0, 0), (2,))
    assert editing.part(made, where).criteria == TABLE.items[0].criteria
    assert (len(made.sections[0].items), numbers(made)) == (1, numbers(TABLE))


def test_split_point_keeps_every_letter_and_all_points():
    point = editing.part(TABLE, (0, 1, 1))
    parts = (point.text[:9], Decimal(1)), (point.text[9:], Decimal(2))
    made = editing.split(TABLE, (0, 1, 1), *parts)
    assert codes(made)[1] == ["2-1", "2-2", "2-3"]
    assert (made.items[1].text, made.items[1].worth) == (TABLE.items[1].text, TABLE.items[1].worth)
    assert editing.merged(made, (0, 1, 1)) == TABLE


@pytest.mark.parametrize(
    ("first", "second"),
    [(("错", 1), ("文", 2)), (("", 0), (None, 3)), ((None, 1), ("", 2))],
)
def test_split_that_loses_a_letter_is_refused(first, second):
    whole = editing.part(TABLE, (0, 1, 1)).text
    one, two = [(whole if text is None else text, Decimal(p)) for text, p in (first, second)]
    with pytest.raises(ValueError, match="一字不差"):
        editing.split(TABLE, (0, 1, 1), one, two)


def test_split_that_loses_points_is_refused():
    text = editing.part(TABLE, (0, 1, 1)).text
    with pytest.raises(ValueError, match="3 分"):
        editing.split(TABLE, (0, 1, 1), (text[:5], Decimal(1)), (text[5:], Decimal(1)))


def test_last_point_has_nothing_to_be_merged_with():
    with pytest.raises(editing.NoPlace):
        editing.merged(TABLE, (0, 0, 1))


def test_codes_are_given_anew_from_where_the_points_stand():
    moved, _ = editing.moved(GROUPED, (0, 0), 1)
    made = editing.recoded(moved)
    assert codes(made)[:2] == [["1-1", "1-2"], ["2-1", "2-2"]]
    assert made.scheme["groups"][0]["codes"] == ["2-1", "2-2"]
    assert editing.recoded(TABLE) == TABLE


def test_every_part_of_the_table_has_a_place():
    found = dict(editing.places(TABLE))
    assert all(editing.part(TABLE, place) is one for place, one in found.items())
    assert sum(len(place) == 3 for place in found) == sum(map(len, codes(TABLE)))
