"""The forms of the editor: every table of the sources goes through them unchanged."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.http import QueryDict

from rubrics import editing, scheme
from rubrics.columns import columns_of
from rubrics.heads import HEADS, NAMES, heads_of
from rubrics.management.commands.load_rubrics import FOLDER
from rubrics.outline import read
from rubrics.spots import SIDES, Spot
from tests.factories.tables import SCHEME

TABLES = [read(json.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.json"))]
RULED = replace(
    TABLES[0],
    scheme=SCHEME | {"groups": [{"name": "荣誉", "rule": "best", "codes": ["1-1", "1-2"]}]},
)


def spots(outline):
    places = (Spot(place) for place, _ in editing.places(outline))
    return [Spot(), *(Spot(side=side) for side in SIDES), *places]


def typed(form):
    """What a browser sends when nothing was changed."""
    data = QueryDict(mutable=True)
    for field in form:
        value = field.value()
        if value not in (None, False, ""):
            data[field.html_name] = "on" if value is True else str(value)
    if hasattr(form, "told"):
        data.update({name: value for name, value in form.told.items() if value})
    return data


def sent(outline, spot, **said):
    form = spot.form(outline)
    data = typed(form)
    data.update(said)
    return spot.form(outline, data)


@pytest.mark.parametrize("outline", [*TABLES, RULED], ids=lambda table: table.code)
def test_form_that_nobody_changed_changes_nothing(outline):
    for spot in spots(outline):
        form = sent(outline, spot)
        assert form.is_valid(), (spot, form.errors)
        made = form.put(outline, spot.place)
        assert replace(made, scheme=plain(made)) == replace(outline, scheme=plain(outline)), spot
        assert list(form.unlike(spot.form(outline))) == []


def plain(outline):
    return scheme.read(outline.scheme).plain()


def test_every_head_of_every_layout_has_a_name_and_is_printed():
    assert {name for heads in HEADS.values() for name in heads} == set(NAMES)
    for outline in TABLES:
        printed = {column.head for column in columns_of(outline) if column.name != "section"}
        assert printed <= set(heads_of(outline).values())


def test_head_of_a_column_is_changed_and_emptied():
    made = sent(TABLES[0], Spot(side="heads"), **{"head-score": "实得分"})
    assert made.is_valid()
    outline = made.put(TABLES[0], ())
    assert outline.heads["score"] == "实得分"
    back = sent(outline, Spot(side="heads"), **{"head-score": " "})
    assert back.is_valid()
    assert "score" not in back.put(outline, ()).heads


def test_scheme_is_written_row_by_row():
    said = {
        "not_applicable": "rescale",
        "scale": "100",
        "places": "1",
        "weight-2": "1.5",
        "group-0-name": "加分",
        "group-0-rule": "cap",
        "group-0-points": "2",
        "group-0-codes": "1-1，1-2",
        "group-0-bonus": "on",
        "grade-0-name": "一级",
        "grade-0-at_least": "90",
        "grade-1-name": "二级",
        "grade-1-at_least": "80",
    }
    form = sent(TABLES[0], Spot(side="scheme"), **said)
    assert form.is_valid(), form.errors
    made = form.put(TABLES[0], ())
    assert made.not_applicable == "rescale"
    assert made.scheme == {
        "groups": [
            {"name": "加分", "rule": "cap", "codes": ["1-1", "1-2"], "points": "2", "bonus": True}
        ],
        "weights": {"2": "1.5"},
        "scale": {"points": "100", "places": 1},
        "grades": [{"name": "一级", "at_least": "90"}, {"name": "二级", "at_least": "80"}],
    }
    assert scheme.words(scheme.read(made.scheme)) == [
        "加分（1-1、1-2）：累计不超过 2 分，在满分之外加分",
        "第2个项目：得分乘以 1.5",
        "总分折算为 100 分制，四舍五入到小数点后 1 位",
        "等级：90 分起为一级，80 分起为二级",
    ]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"group-0-name": "加分", "group-0-rule": "cap"}, "须写明是封顶"),
        ({"group-0-name": "组", "group-0-rule": "best", "group-0-codes": "99"}, "没有的得分点 99"),
        (
            {"grade-0-name": "乙", "grade-0-at_least": "60", "grade-1-name": "甲"}
            | {"grade-1-at_least": "90"},
            "从高到低",
        ),
        ({"scale": "100", "places": "7"}, "选择一个有效的选项"),
        ({"weight-1": "-1"}, "大于或等于"),
    ],
)
def test_scheme_that_cannot_be_is_refused_in_words(said, words):
    form = sent(TABLES[0], Spot(side="scheme"), **said)
    assert not form.is_valid()
    assert words in str(form.errors)


def test_group_follows_a_point_whose_code_is_changed():
    form = sent(RULED, Spot((0, 0, 0)), code="1-9")
    assert form.is_valid()
    made = scheme.read(form.put(RULED, (0, 0, 0)).scheme)
    assert made.groups[0].codes == ("1-9", "1-2")


def test_kind_that_is_changed_keeps_what_both_ask():
    outline = editing.changed(
        TABLES[0], (0, 0, 0), kind="deduct", params={"unit": "次", "each": "1", "spills": True}
    )
    form = sent(outline, Spot((0, 0, 0)), kind="count")
    assert {cell["name"]: cell["value"] for cell in form.asked} == {"unit": "次"}
    form = sent(outline, Spot((0, 0, 0)), kind="chosen", low="1", high="2")
    assert form.is_valid()
    point = editing.part(form.put(outline, (0, 0, 0)), (0, 0, 0))
    assert point.params == {"low": "1", "high": "2", "spills": True}
    assert (point.text, point.points) == (TABLES[0].items[0].criteria[0].text, point.points)


def test_what_the_table_is_can_be_changed_until_it_is_given_out():
    assert "target" in Spot().form(TABLES[0], is_first=True).fields
    assert "target" not in Spot().form(TABLES[0]).fields


def test_points_are_shown_as_people_write_them():
    outline = editing.changed(TABLES[0], (0, 0, 0), points=Decimal("2.00"))
    assert 'value="2"' in str(Spot((0, 0, 0)).form(outline)["points"])


@pytest.mark.parametrize(
    ("text", "spot"),
    [
        ("", Spot()),
        ("0.2.1", Spot((0, 2, 1))),
        ("scheme", Spot(side="scheme")),
        ("0.x.1", Spot((0, 1))),
        ("0.1.2.3.4", Spot((0, 1, 2))),
    ],
)
def test_spot_is_read_from_an_address(text, spot):
    assert Spot.read(text) == spot
