"""The official tables say what the issued document says, to the letter, and nothing more."""

import json
from collections import Counter
from pathlib import Path

import pytest

from rubrics.management.commands.load_rubrics import FOLDER
from rubrics.mismatches import mismatches, total_of
from rubrics.outline import Outline, read

SOURCE = Path(__file__).parent / "source"
CODES = sorted(path.stem for path in FOLDER.glob("*.json"))
SCORES = ["fujian1-county-union", "fujian2-enterprise-union"]
PRODUCER, TOWN = "shishi-fujian3-producer", "shishi-fujian4-town"
POINTS = {
    SCORES[0]: [2, 5, 5, 8, 5, 7, 10, 5, 3],
    SCORES[1]: [3, 2, 5, 2, 10, 3, 8, 10, 5, 2],
    PRODUCER: [2, 2, 3, 2, 2, 3, 3, 3, 6, 5, 4, 5, 10, 15, 15, 4, 4, 2, 6, 4],
    TOWN: [2, 6, 4, 2, 5, 5, 4, 2, 5, 5, 4, 5, 5, 5, 10, 2, 5, 6, 4, 2, 8, 2, 2],
}
TOTALS = {SCORES[0]: 50, SCORES[1]: 50, PRODUCER: 100, TOWN: 100}
SIZES = {  # sections, items, scoring points
    SCORES[0]: (5, 9, 20),
    SCORES[1]: (5, 10, 18),
    PRODUCER: (10, 20, 44),
    TOWN: (6, 23, 40),
    "yiwu-city": (5, 15, 15),
    "yiwu-unit": (4, 15, 15),
    "gaoqing-office": (1, 5, 18),
    "gaoqing-fujian2-firm": (1, 6, 23),
}
SLIPS = {PRODUCER: ["第16项：标明2分，得分点合计4分", "第17项：标明2分，得分点合计4分"]}


def outline(code: str) -> Outline:
    return read(json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8")))


def squeezed(text: str) -> str:
    """Without white space, in which the issued table breaks its lines and spreads its heads."""
    return "".join(text.split())


def scores(table: Outline) -> list[str]:
    """附件1 and 附件2: the merged 督导方法 cell follows the first item."""
    first, *others = [
        (section.name if item is section.items[0] else "") + item.text
        for section in table.sections
        for item in section.items
    ]
    heads = [table.section_label, "督导内容", "得分", "督导方法"]
    return [f"{table.unit_label}：", *heads, first, *table.methods, *others, "总得分"]


def details(table: Outline) -> list[str]:
    """The tables of 石狮: every point has a row of its own beside its item."""
    dated = f"{table.unit_label}：{table.heads['date']}：年月日" if "date" in table.heads else ""
    heads = [table.heads[name] for name in ("item", "detail", "reason", "score")]
    cells = [dated, table.section_label, *heads]
    for section in table.sections:
        cells.append(f"{section.name}（{section.points}分）")
        for item in section.items:
            cells += [item.text, *(c.text for c in item.criteria)]
    return [*cells, table.heads["total"]]


def checklist(table: Outline) -> list[str]:
    """The tables of 省医务工会: methods once a section, or once an item."""
    heads = [table.heads[name] for name in ("item", "method", "verdict")]
    cells = [table.section_label, *heads]
    for section in table.sections:
        cells.append(section.name)
        for item in section.items:
            cells += [item.text, *item.methods]
        cells += section.methods
    return cells


def questions(table: Outline) -> list[str]:
    """The lists of 高青: running text, the questions of an item one behind the other."""
    return [
        f"{item.text}{''.join(c.text for c in item.criteria)}" for item in table.sections[0].items
    ]


def as_issued(table: Outline) -> str:
    """The whole table read cell by cell."""
    cells = globals()[table.layout](table)
    return squeezed("".join([table.title, *cells]))


@pytest.mark.parametrize("code", CODES)
def test_wording_is_the_issued_one_to_the_letter(code):
    source = squeezed((SOURCE / f"{code}.txt").read_text(encoding="utf-8"))
    assert as_issued(outline(code)) == source.removeprefix("（一）")


@pytest.mark.parametrize("code", CODES)
def test_points_come_out_of_the_scoring_points(code):
    table = outline(code)
    worth = [item.worth for item in table.items]
    assert worth == POINTS.get(code, [0] * len(worth))
    assert total_of(table) == table.total == TOTALS.get(code, 0)
    criteria = [c for item in table.items for c in item.criteria]
    assert (len(table.sections), len(worth), len(criteria)) == SIZES[code]


@pytest.mark.parametrize("code", CODES)
def test_only_the_slips_of_the_source_are_mismatches(code):
    found = [str(m) for m in mismatches(outline(code))]
    assert found == SLIPS.get(code, [])
    data = json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))
    assert data.get("accepted_mismatches", []) == found


def test_sections_of_the_tables_state_their_points():
    stated = [[int(s.points) for s in outline(code).sections] for code in (PRODUCER, TOWN)]
    assert stated == [[4, 7, 3, 6, 15, 15, 15, 15, 10, 10], [28, 31, 10, 17, 10, 4]]


def test_kinds_are_those_of_the_wording():
    kinds = {
        code: Counter(c.kind for item in outline(code).items for c in item.criteria)
        for code in CODES
    }
    assert kinds == {
        SCORES[0]: {"award": 19, "tiers": 1},
        SCORES[1]: {"award": 16, "tiers": 1, "count": 1},
        PRODUCER: {"award": 42, "deduct": 2},
        TOWN: {"award": 31, "deduct": 6, "bands": 3},
        "yiwu-city": {"verdict": 15},
        "yiwu-unit": {"verdict": 15},
        "gaoqing-office": {"verdict": 18},
        "gaoqing-fujian2-firm": {"verdict": 23},
    }


def test_questions_after_a_wrong_are_good_when_denied():
    turned = [
        c.text
        for code in CODES
        for item in outline(code).items
        for c in item.criteria
        if c.params.get("good") == "no"
    ]
    assert turned == [
        "是否搞“挂名矿长”等弄虚作假手段逃避责任，",
        "是否存在违章指挥、违章操作、违反劳动纪律行为；",
        "是否存在“边审批、边设计、边施工”情况，",
        "是否擅自降低民爆行业高危项目、人员聚集场所安全门槛。",
        "安全生产监管执法是否存在选择性执法以及宽松软、走过场等问题，",
        "是否存在举报受理量小、甚至“零奖励”现象。",
    ]


def test_heads_are_spaced_as_issued():
    assert [outline(code).section_label for code in SCORES] == ["项  目", "项目"]
    assert [outline(code).unit_label for code in SCORES] == ["县（市、区）总工会", "企业工会"]


def test_slips_of_the_source_stay():
    assert "督导记表" in "".join(outline(SCORES[0]).methods)


@pytest.mark.parametrize("code", CODES)
def test_labels_of_levels_and_steps_are_in_the_wording(code):
    for section in outline(code).sections:
        for item in section.items:
            for c in item.criteria:
                rows = [*c.params.get("levels", ()), *c.params.get("steps", ())]
                assert [r["label"] for r in rows if r["label"] not in c.text] == []
