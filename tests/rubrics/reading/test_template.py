"""What is exported comes back the same: every fixture, and tables nobody wrote."""

import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from rubrics import fixture
from rubrics.kinds import RuleKind
from rubrics.models import Version
from rubrics.outline import CriterionOutline, ItemOutline, Outline, SectionOutline
from rubrics.outline import read as read_json
from rubrics.reading import template
from rubrics.reading.notation import Unreadable, parse, spell
from rubrics.reading.source import BadSource
from tests.rubrics.test_fixtures import CODES, SLIPS, outline

TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=30)
LINES = st.lists(TEXT, max_size=3).map(tuple)
POINTS = st.decimals(min_value=0, max_value=9999, places=2)
SPELLED = POINTS.map(lambda p: f"{p:f}")
PARAMS = st.one_of(
    st.fixed_dictionaries({"step": SPELLED}),
    st.fixed_dictionaries({"unit": TEXT, "each": SPELLED}, optional={"spills": st.booleans()}),
    st.fixed_dictionaries(
        {"effect": st.sampled_from(["sheet", "section", "grade"]), "grade": TEXT}
    ),
    st.fixed_dictionaries(
        {"levels": st.lists(st.fixed_dictionaries({"label": TEXT, "points": SPELLED}), max_size=3)},
        optional={"none_label": TEXT},
    ),
    st.fixed_dictionaries(
        {
            "unit": TEXT,
            "steps": st.lists(
                st.fixed_dictionaries(
                    {"at_least": st.integers(0, 99), "label": TEXT, "points": SPELLED}
                ),
                min_size=1,
                max_size=3,
            ),
        }
    ),
    st.dictionaries(TEXT, st.one_of(st.integers(), TEXT, st.none()), max_size=2),
)
CRITERION = st.builds(
    CriterionOutline,
    code=TEXT,
    text=TEXT,
    kind=st.sampled_from(RuleKind.values),
    points=POINTS,
    params=PARAMS,
)
ITEM = st.builds(
    ItemOutline,
    number=st.integers(1, 999),
    points=POINTS,
    criteria=st.lists(CRITERION, min_size=1, max_size=3).map(tuple),
    methods=LINES,
    label=st.one_of(st.just(""), TEXT),
    heading=st.one_of(st.just(""), TEXT),
)
SECTION = st.builds(
    SectionOutline,
    name=TEXT,
    items=st.lists(ITEM, min_size=1, max_size=2).map(tuple),
    points=st.one_of(st.none(), POINTS),
    methods=LINES,
)
OUTLINE = st.builds(
    Outline,
    **dict.fromkeys(("code", "target", "annex", "title", "issuer", "source"), TEXT),
    number=st.integers(1, 99),
    unit_label=TEXT,
    section_label=TEXT,
    methods=LINES,
    not_applicable=st.sampled_from(Version.NotApplicable.values),
    total=POINTS,
    sections=st.lists(SECTION, min_size=1, max_size=3).map(tuple),
    layout=st.sampled_from(Version.Layout.values),
    heads=st.dictionaries(TEXT, TEXT, max_size=2),
    scheme=st.dictionaries(TEXT, TEXT, max_size=2),
)


def back(data):
    return template.read(io.BytesIO(data), len(data))


@pytest.mark.parametrize("code", CODES)
def test_fixture_comes_back_from_its_template_and_its_json(code):
    table, slips = outline(code), tuple(SLIPS.get(code, ()))
    filled = back(template.write(table, slips))
    assert (filled.reading.outline, filled.accepted) == (table, slips)
    assert filled.reading.notes == ()
    assert read_json(json.loads(json.dumps(fixture.told(table, slips)))) == table


@settings(max_examples=60, deadline=None)
@given(OUTLINE)
def test_any_outline_comes_back(table):
    assert back(template.write(table)).reading.outline == table
    assert read_json(json.loads(json.dumps(fixture.told(table)))) == table


@given(PARAMS)
def test_parameters_come_back_from_their_lines(params):
    assert parse(spell(params)) == params


@pytest.mark.parametrize(
    "line", ["每次扣", "扣=1", "级=省级", "次数=一|1次|1", "符合=好", "其他=["]
)
def test_line_that_is_no_parameter_is_named(line):
    with pytest.raises(Unreadable):
        parse(line)


def test_no_cell_is_a_formula():
    table = replace(outline(CODES[0]), title="=1+1", issuer="@SUM(A1)", source="+86")
    cells = load_workbook(io.BytesIO(template.write(table))).active.iter_rows()
    assert {cell.data_type for row in cells for cell in row if cell.value is not None} == {"s"}


def filled_in(*rows):
    book = Workbook()
    book.active.title = template.SHEET
    book.active.append(template.TITLES)
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_template_filled_by_hand_is_read_by_its_wording():
    row = ["一、管理", "", "", 1, "", "", "", "", "", "每少一次扣1分，扣满3分为止", "", "", ""]
    filled = back(filled_in(row, ["", "", "", 2, "", "", "", "", "", "有制度", 2.5, "按点给分"]))
    first, second = [c for item in filled.reading.outline.items for c in item.criteria]
    assert (first.kind, first.points, second.points) == ("deduct", 3, Decimal("2.5"))
    assert filled.reading.outline.total == Decimal("5.5")
    assert [n.place for n in filled.reading.of("guessed")] == ["L2", "L2"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["一", "", "", 1, "", "", "", "", "", "有制度", "两", "按点给分"], "K2：“两”不是数。"),
        (["一", "", "", 1, "", "", "", "", "", "有制度", 2, "随便"], "L2：没有“随便”"),
        (
            ["一", "", "", 1, "", "", "", "", "", "有制度", 2, "按点给分", "步长"],
            "M2：“步长”里没有等号",
        ),
        (["", "", "", "", "", "", "", "", "", "有制度", 2, "按点给分"], "D2：得分点前要先填"),
        (["一", "", "", "x", "", "", "", "", "", "有制度", 2], "D2：“x”不是数。"),
    ],
)
def test_wrong_cell_is_named(row, said):
    with pytest.raises(BadSource, match=said):
        back(filled_in(row))
