"""A 公文 as Word: named styles with the faces of offices, grid, page numbers, annexes."""

import io
from dataclasses import replace

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from reports.documents.official import Annex, Block, Hand, Official, blocks_of
from reports.documents.paper import Stamp
from reports.render.official_docx import official_docx
from reports.render.shares import broken, centred, is_small, shares

ROWS = (("序号", "存在问题", "整改时限"), ("1", "培训记录不完整" * 6, "2026年12月1日"))
PAPER = Official(
    title="关于2026年第二次查保促督导检查情况的报告",
    sender="示例省总工会",
    day="2026年11月22日",
    head="示例省总工会文件",
    reference="示例工发〔2026〕18号",
    signer="示例主席",
    addressee="示例省人民政府",
    blocks=blocks_of(
        "一、总体情况\n（一）抽取情况。过程公开。\n1.甲市最高。\n正文\n|市|得分|\n|甲|9|"
    ),
    annexes=(Annex("存在问题清单", (Block("table", "示例表", ROWS),), wide=True),),
    hands=(Hand("单位负责人"),),
    copies="各市总工会",
    printed_by="示例省总工会办公室",
    stamp=Stamp("issued", 1, "K7M3-9QXD-4TRA", "https://a.example/verify/"),
)
FACES = {
    "公文标题": "方正小标宋简体",
    "一级标题": "黑体",
    "二级标题": "楷体_GB2312",
    "三级标题": "仿宋_GB2312",
    "公文正文": "仿宋_GB2312",
    "附件标号": "黑体",
    "页码": "宋体",
}


@pytest.fixture(scope="module")
def word():
    return Document(io.BytesIO(official_docx(PAPER)))


def styled(word) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in word.paragraphs if p.text]


def test_equal_papers_give_equal_bytes():
    assert official_docx(PAPER) == official_docx(PAPER)


def test_each_line_has_its_style(word):
    assert styled(word) == [
        ("发文机关标志", "示例省总工会文件"),
        ("发文字号", "示例工发〔2026〕18号\t签发人：示例主席"),
        ("公文标题", "关于2026年第二次查保促\n督导检查情况的报告"),
        ("主送机关", "示例省人民政府："),
        ("一级标题", "一、总体情况"),
        ("二级标题", "（一）抽取情况。过程公开。"),
        ("三级标题", "1.甲市最高。"),
        ("公文正文", "正文"),
        ("附件说明", "附件：存在问题清单"),
        ("落款", "示例省总工会"),
        ("落款", "2026年11月22日"),
        ("签署", "单位负责人（签字）：　　　　　　　　　　　年　　月　　日"),
        ("附件标号", "附件"),
        ("公文标题", "存在问题清单"),
        ("表题", "示例表"),
    ]


def test_styles_name_the_faces_offices_have(word):
    for name, face in FACES.items():
        fonts = word.styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia")} == {face}


def test_headings_stand_in_the_outline(word):
    levels = {
        name: level.get(qn("w:val"))
        for name in FACES
        if (level := word.styles[name].element.pPr.find(qn("w:outlineLvl"))) is not None
    }
    assert levels == {"一级标题": "0", "二级标题": "1", "三级标题": "2"}


def test_heading_that_runs_on_changes_its_face(word):
    runs = next(p for p in word.paragraphs if p.style.name == "二级标题").runs
    assert [(run.text, run.font.name) for run in runs] == [
        ("（一）抽取情况。", None),
        ("过程公开。", "仿宋_GB2312"),
    ]


def test_page_is_that_of_the_standard(word):
    section, wide = word.sections
    sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(side.mm) for side in sides] == [37, 26, 35, 28]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert dict(grid.attrib) == {
        qn("w:type"): "linesAndChars",
        qn("w:linePitch"): "579",
        qn("w:charSpace"): "-860",
    }
    assert (wide.orientation, round(wide.page_width.mm)) == (WD_ORIENT.LANDSCAPE, 297)


def test_page_numbers_stand_outside_and_the_code_inside(word):
    assert word.settings.odd_and_even_pages_header_footer
    for section in word.sections:
        odd, even = section.footer.tables[0].rows[0], section.even_page_footer.tables[0].rows[0]
        assert "核验码 K7M3-9QXD-4TRA" in odd.cells[1].text
        assert odd.cells[2].text == even.cells[0].text == "—  —"
        number = odd.cells[2]._tc.xpath(".//w:fldSimple")
        assert [field.get(qn("w:instr")) for field in number] == ["PAGE"]


def test_tables_repeat_their_head_and_keep_their_rows_whole(word):
    table = word.tables[1]
    rows = [
        (bool(r._tr.xpath(".//w:tblHeader")), bool(r._tr.xpath(".//w:cantSplit")))
        for r in table.rows
    ]
    assert rows == [(True, True), (False, True)]


def test_record_is_last_and_at_the_foot(word):
    record = word.tables[-1]
    assert [row.cells[0].text for row in record.rows] == [
        "抄送：各市总工会。",
        "示例省总工会办公室\t2026年11月22日印发",
    ]
    place = record._tbl.tblPr.find(qn("w:tblpPr"))
    assert place.get(qn("w:tblpYSpec")) == "bottom"


def test_draft_says_so_and_bears_no_code():
    paper = replace(PAPER, stamp=Stamp("draft"))
    footer = Document(io.BytesIO(official_docx(paper))).sections[0].footer
    assert "草稿，未印发，不作凭据" in footer.tables[0].rows[0].cells[1].text


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于示例的报告", ("关于示例的报告",)),
        ("示例省总工会\n督导报告", ("示例省总工会", "督导报告")),
        (
            "示例省总工会关于开展全省职工安全健康查保促督导检查的通知",
            ("示例省总工会关于开展全省职工", "安全健康查保促督导检查的通知"),
        ),
    ],
)
def test_title_is_broken_between_words(title, lines):
    assert broken(title) == lines


def test_columns_of_short_words_get_what_they_need():
    assert centred(ROWS) == (True, False, True)
    parts = shares(ROWS, 36)
    assert sum(parts) == 100
    assert [36 * part / 100 >= need for part, need in zip(parts, (3, 15, 8), strict=True)] == [
        True
    ] * 3
    assert not is_small(ROWS, 225)
    assert is_small(ROWS, 100)
