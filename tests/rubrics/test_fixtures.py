"""The official tables say what the issued document says, to the letter, and nothing more."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from rubrics.management.commands.load_rubrics import FOLDER
from rubrics.mismatches import mismatches, total_of
from rubrics.outline import Outline, read

SOURCE = Path(__file__).parent / "source"
CODES = ["fujian1-county-union", "fujian2-enterprise-union"]
POINTS = {
    CODES[0]: [2, 5, 5, 8, 5, 7, 10, 5, 3],
    CODES[1]: [3, 2, 5, 2, 10, 3, 8, 10, 5, 2],
}
SIZES = {CODES[0]: (5, 9, 20), CODES[1]: (5, 10, 18)}


def outline(code: str) -> Outline:
    return read(json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8")))


def squeezed(text: str) -> str:
    """Without white space, in which the issued table breaks its lines and spreads its heads."""
    return "".join(text.split())


def as_issued(table: Outline) -> str:
    """The whole table read cell by cell: the merged 督导方法 cell follows the first item."""
    first, *others = [
        (section.name if item is section.items[0] else "") + item.text
        for section in table.sections
        for item in section.items
    ]
    heads = [table.section_label, "督导内容", "得分", "督导方法"]
    cells = [table.title, f"{table.unit_label}：", *heads, first, *table.methods, *others]
    return squeezed("".join([*cells, "总得分"]))


@pytest.mark.parametrize("code", CODES)
def test_wording_is_the_issued_one_to_the_letter(code):
    source = (SOURCE / f"{code}.txt").read_text(encoding="utf-8")
    assert as_issued(outline(code)) == squeezed(source)


@pytest.mark.parametrize("code", CODES)
def test_points_come_out_of_the_scoring_points(code):
    table = outline(code)
    items = [item for section in table.sections for item in section.items]
    criteria = [c for item in items for c in item.criteria]
    assert [sum(c.points for c in item.criteria) for item in items] == POINTS[code]
    assert (len(table.sections), len(items), len(criteria)) == SIZES[code]
    assert total_of(table) == table.total == Decimal(50)
    assert mismatches(table) == ()


def test_heads_are_spaced_as_issued():
    assert [outline(code).section_label for code in CODES] == ["项  目", "项目"]
    assert [outline(code).unit_label for code in CODES] == ["县（市、区）总工会", "企业工会"]


def test_slips_of_the_source_stay():
    assert "督导记表" in "".join(outline(CODES[0]).methods)


@pytest.mark.parametrize("code", CODES)
def test_labels_of_levels_and_steps_are_in_the_wording(code):
    for section in outline(code).sections:
        for item in section.items:
            for c in item.criteria:
                rows = [*c.params.get("levels", ()), *c.params.get("steps", ())]
                assert [r["label"] for r in rows if r["label"] not in c.text] == []
