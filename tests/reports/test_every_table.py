"""Every table of the sources in its issued layout: page, PDF, Excel and Word, blank and filled."""

import io
import re
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pypdfium2
import pytest
from docx import Document

from reports.documents.grid import lines_below
from reports.documents.narrow import heading_lines
from reports.documents.paper import from_json, to_json
from reports.documents.scoresheet import ScoresheetPaper, blank_form
from reports.render.form_docx import docx_bytes
from reports.render.form_xlsx import form_bytes
from reports.render.pdf import pdf_bytes, pdf_with_pages, whole_bytes
from rubrics.columns import LAYOUTS
from rubrics.models import Version
from tests.reports.papers import SENTENCE, record
from tests.reports.tables import NAMES, added_up, filled, outline
from tests.reports.test_docx_form import page_text, texts
from tests.reports.test_pdf import HOSTILE, pages_of
from tests.reports.test_stamp import ALIKE, characters, differing
from tests.rubrics.reading import unseen
from tests.rubrics.reading.issued import read_word

PAGES = {
    "fujian1-county-union": 1,
    "fujian2-enterprise-union": 1,
    "gaoqing-fujian2-firm": 2,
    "gaoqing-office": 2,
    "shishi-fujian3-producer": 4,
    "shishi-fujian4-town": 4,
    "yiwu-city": 1,
    "yiwu-unit": 1,
}
HEADS = {
    "scores": "项目督导内容得分督导方法",
    "details": "项目督导帮扶内容督导帮扶细则扣分原因得分",
    "checklist": "项目内容方法评价",
    "questions": "检查内容检查问题是否评价",
}
LONG = "".join(f"第{n}句：{SENTENCE}" for n in range(60))
MARGIN = 56  # points: 20 mm, less what a rule is thick


def folded(text: str) -> str:
    return "".join(text.split())


def words_of(content: bytes) -> str:
    return "".join(pages_of(content))


def sheet_of(paper):
    return openpyxl.load_workbook(io.BytesIO(form_bytes([paper]))).active


def test_every_table_is_known_here():
    assert sorted(PAGES) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_blank_form_has_every_word_in_its_cells_and_order(name):
    table = outline(name)
    pages = pages_of(pdf_bytes([blank_form(table)]))
    assert len(pages) == PAGES[name]
    assert all(HEADS[table.layout] in page for page in pages)
    whole, at = "".join(pages), 0
    for item in table.items:
        wanted = [item.heading, *(c.text for c in item.criteria)]
        for words in (folded(words) for words in wanted if words):
            at = whole.find(words, at)
            assert at > 0, words
            at += len(words)
    for section in table.sections if table.layout != "questions" else ():
        stated = f"（{section.points}分）" if section.points else ""
        assert folded(section.name) + stated in whole


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_clipped(name):
    document = pypdfium2.PdfDocument(pdf_bytes([filled(outline(name), said=SENTENCE)]))
    for page in document:
        text = page.get_textpage()
        seen = [n for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()]
        boxes = [text.get_charbox(n) for n in seen]
        assert min(left for left, _, _, _ in boxes) >= MARGIN
        assert max(right for _, _, right, _ in boxes) <= page.get_width() - MARGIN + 2
        assert max(top for _, _, _, top in boxes) <= page.get_height() - MARGIN + 2
        assert min(bottom for _, bottom, _, _ in boxes) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_filled_form_prints_what_was_said_and_adds_up(name):
    paper = filled(outline(name))
    words = words_of(whole_bytes([paper]))
    assert "示例单位" in words
    if outline(name).layout != "scores":
        said = [d.words for g in paper.groups for r in g.rows for d in r.details if d.words]
        assert said
        assert all(folded(text) in words for text in said)
    if paper.is_scored:
        assert added_up(paper) == paper.total
        assert f"{folded(paper.total_label)}{paper.total.normalize():f}" in words


@pytest.mark.parametrize("name", NAMES)
def test_long_reasons_are_whole_and_pages_count(name):
    paper = filled(outline(name), said="")
    if outline(name).layout == "scores":
        paper = replace(paper, title=paper.title, unit="示例" * 40)
    else:
        paper = _with_words(paper, LONG)
    content, counts = pdf_with_pages([record(), paper, record()])
    pages = pages_of(content)
    assert counts[0] == counts[2] == 1
    assert sum(counts) == len(pages)
    ours = pages[1:-1]
    assert all(f"第{n}页共{counts[1]}页" in page for n, page in enumerate(ours, start=1))
    if outline(name).layout != "scores":
        assert all("（续）" in page for page in ours[1:])
        assert sum(page.count("第59句") for page in ours) == 1


def _with_words(paper: ScoresheetPaper, words: str) -> ScoresheetPaper:
    """The first point of the second row given these words."""
    group = paper.groups[0]
    row = group.rows[1]
    details = (replace(row.details[0], words=words), *row.details[1:])
    rows = (group.rows[0], replace(row, details=details), *group.rows[2:])
    return replace(paper, groups=(replace(group, rows=rows), *paper.groups[1:]))


@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_stays_text(name):
    paper = filled(outline(name), unit="<script>1</script>")
    if outline(name).layout != "scores":
        paper = _with_words(paper, HOSTILE)
    assert "<script>1</script>" in words_of(pdf_bytes([paper]))
    sheet = sheet_of(filled(outline(name), said="=1+1", unit="=2"))
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) == paper.is_scored
    assert page_text(paper) == texts(Document(io.BytesIO(docx_bytes([paper]))).element.body)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("make", [blank_form, filled], ids=["blank", "filled"])
def test_word_says_what_the_page_says(name, make):
    paper = make(outline(name))
    document = Document(io.BytesIO(docx_bytes([paper])))
    assert texts(document.element.body) == page_text(paper)
    heads = [cell.text for cell in document.tables[0].rows[0].cells]
    assert heads == [column.head for column in paper.table]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("make", [blank_form, filled], ids=["blank", "filled"])
def test_excel_says_what_the_page_says(name, make):
    paper = make(outline(name))
    cells = [cell for row in sheet_of(paper).iter_rows() for cell in row]
    said = folded("".join(str(cell.value) for cell in cells if isinstance(cell.value, str)))
    for item in outline(name).items:
        for criterion in item.criteria:
            assert folded(criterion.text) in said
    for detail in (d for g in paper.groups for r in g.rows for d in r.details):
        assert folded(detail.words) in said
        assert folded(detail.answer) in said


@pytest.mark.parametrize("name", [name for name in NAMES if blank_form(outline(name)).is_scored])
def test_excel_formula_sums_to_the_total(name):
    paper = filled(outline(name))
    sheet = sheet_of(paper)
    (cell,) = [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    area = re.fullmatch(r"=SUM\((.+)\)", cell.value).group(1)
    values = [c.value for row in sheet[area] for c in row]
    numbers = [Decimal(str(value)) for value in values if isinstance(value, int | float)]
    assert sum(numbers) == paper.total


@pytest.mark.parametrize("name", NAMES)
def test_excel_rows_are_high_enough_and_no_higher_than_excel_allows(name):
    paper = filled(outline(name), said=LONG)
    heights = [size.height for size in sheet_of(paper).row_dimensions.values() if size.height]
    assert max(heights) <= 409
    if outline(name).layout != "scores":
        assert sum(heights) > len(LONG) * 4


@pytest.mark.parametrize("name", [name for name in NAMES if PAGES[name] == 1])
def test_stamped_page_looks_like_one_laid_out(name):
    for paper in (blank_form(outline(name)), filled(outline(name))):
        ours, whole = pdf_bytes([paper]), whole_bytes([paper])
        assert differing(ours, whole) <= ALIKE
        assert characters(ours) == characters(whole)


@pytest.mark.parametrize("name", NAMES)
def test_paper_comes_back_from_json(name):
    paper = filled(outline(name))
    assert from_json(ScoresheetPaper, to_json(paper)) == paper


def test_paper_issued_before_other_layouts_prints_as_it_did():
    paper = blank_form(outline("fujian1-county-union"))
    older = to_json(paper)
    for name in ("columns", "total_label", "date_label", "date", "adjustments", "grade"):
        del older[name]
    for group in older["groups"]:
        del group["points"], group["methods"]
        for row in group["rows"]:
            del row["details"], row["methods"]
    assert pdf_bytes([from_json(ScoresheetPaper, older)]) == pdf_bytes([paper])


SCHEME = {
    "groups": [{"name": "加分项", "rule": "cap", "codes": ["1-1", "1-2"], "points": "0.5"}],
    "scale": {"points": "100", "places": 1},
    "grades": [{"name": "一级", "at_least": "60"}, {"name": "二级", "at_least": "0"}],
}


def test_form_of_a_table_with_a_scheme_adds_up():
    paper = filled(replace(outline("fujian1-county-union"), scheme=SCHEME))
    labels = [line.label for line in lines_below(paper)]
    assert labels == ["加分项：累计不超过0.5分", "折算为100分制", "总 得 分", "等级"]
    assert added_up(paper) == paper.total
    words = words_of(whole_bytes([paper]))
    assert "加分项：累计不超过0.5分-" in words
    assert f"等级{paper.grade}" in words
    assert paper.grade
    sheet = sheet_of(paper)
    assert [cell.value for row in sheet.iter_rows() for cell in row].count(paper.grade) == 1


@pytest.mark.parametrize(
    ("name", "points", "lines"),
    [
        ("一、目标", 4, "一、 目标 （4分）"),
        ("二、机构和职责", 7, "二、 机构 和职责 （7分）"),
        ("五、“三张清单”", 15, "五、 “三张 清单” （15分）"),
        ("六、“四色”安全风险分级管控", 15, "六、 “四色” 安全 风险 分级 管控 （15分）"),
        ("七、现场“5S”管理", 15, "七、 现场 “5S” 管理 （15分）"),
        ("八、“六有”可视化标识", 15, "八、 “六有” 可视化 标识 （15分）"),
        ("十、标准化运行提升", 10, "十、 标准化 运行 提升 （10分）"),
        ("一、全域统筹标准化", 28, "一、 全域 统筹 标准化 （28分）"),
        ("动员部署", None, "动员 部署"),
        (
            "落实主体责任制度建设情况及其效果评估",
            None,
            "落实主体责任制度建设情况及其效果评估",
        ),
    ],
)
def test_narrow_heads_break_where_the_source_breaks_them(name, points, lines):
    assert " ".join(heading_lines(name, points and Decimal(points))) == lines


def test_every_layout_and_width_is_drawn(settings):
    assert set(LAYOUTS) == set(Version.Layout.values)
    styles = (settings.BASE_DIR / "static/css/print.css").read_text()
    for column in (c for columns in LAYOUTS.values() for c in columns if c.width):
        assert f".w-{column.width} {{ width: {column.width}mm; }}" in styles


def test_columns_of_worth_and_ways_are_printed_where_a_table_has_them():
    table = read_word(unseen.committee()).outline
    paper = blank_form(table)
    heads = ["考评类目", "考评项目", "标准分值", "评分标准", "考评方式", "扣分说明", "实得分"]
    assert [column.head for column in paper.table] == heads
    first = Document(io.BytesIO(docx_bytes([paper]))).tables[0].rows[1].cells
    assert [cell.text for cell in first][1:5] == [
        "1.安全委员会",
        "60",
        "未成立的不得分；人员变动未及时调整的，扣5~10分",
        "查阅文件",
    ]
    assert from_json(ScoresheetPaper, to_json(paper)) == paper
