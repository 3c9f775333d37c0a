"""The forms as Word, reopened, and laid out by LibreOffice where there is one."""

import html
import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from reports.documents.record import blank_record
from reports.render.form_docx import docx_bytes
from reports.render.pdf import plain_html
from tests.reports.papers import CODE, DRAFT, ISSUED, SENTENCE, record, scoresheet
from tests.reports.tables import NAMES, filled, outline

HOSTILE = "{ PAGE } <w:p/> &amp; =1+1 \x00\x0b_x0041_ ]]>"
PAPERS = {
    "附件1": scoresheet(),
    "附件1 draft": scoresheet(stamp=DRAFT),
    "附件1 hostile": scoresheet(text=HOSTILE),
    "附件3": record(),
    "附件3 long": record(text=SENTENCE * 60),
    "附件3 hostile": record(text=HOSTILE, members=(HOSTILE, "示例乙")),
    "附件4 blank": blank_record("enterprise_union"),
    "省医务工会": blank_record("medical_city"),
    **{name: filled(outline(name)) for name in NAMES},
}
ONE_PAGE = ["附件1", "附件3", "附件4 blank"]
SOFFICE = shutil.which("soffice")


def reopen(*papers):
    return Document(io.BytesIO(docx_bytes(list(papers))))


def packed(text: str) -> str:
    """Without white space and what no XML can hold."""
    return "".join(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text).split())


def texts(element) -> str:
    return packed("".join(found.text or "" for found in element.iter(qn("w:t"))))


def page_text(paper) -> str:
    """The preview's text without its foot."""
    shown = render_to_string("reports/pdf/_part.html", plain_html(paper))
    shown = re.sub(r'<div class="foot">.*?</div>', "", shown, flags=re.DOTALL)
    return packed(html.unescape(re.sub(r"<[^>]*>", "", shown)))


@pytest.mark.parametrize("name", PAPERS)
def test_text_is_that_of_the_page(name):
    assert texts(reopen(PAPERS[name]).element.body) == page_text(PAPERS[name])


def test_scoresheet_has_the_cells_of_the_form():
    table = reopen(scoresheet()).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["项  目", "督导内容", "得分", "督导方法"]
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert table.cell(1, 3)._tc is table.cell(5, 3)._tc
    assert table.cell(5, 0)._tc is table.cell(5, 1)._tc
    assert (table.cell(5, 0).text, table.cell(5, 2).text) == ("总 得 分", "18")


def test_head_is_repeated_and_rows_stay_whole():
    rows = reopen(scoresheet()).tables[0].rows
    heads = [bool(row._tr.findall(f".//{qn('w:tblHeader')}")) for row in rows]
    whole = [bool(row._tr.findall(f".//{qn('w:cantSplit')}")) for row in rows]
    assert (heads, whole) == ([True] + [False] * 5, [True] * 6)


@pytest.mark.parametrize("paper", [scoresheet(), record()], ids=["附件1", "附件3"])
def test_widths_stand_on_grid_and_cells(paper):
    table = reopen(paper).tables[0]
    grid = [column.width for column in table.columns]
    assert abs(sum(grid) / 36000 - 170) < 0.1
    for row in table.rows:
        at = 0
        for tc in row._tr.tc_lst:
            assert abs(tc.width - sum(grid[at : at + tc.grid_span])) < 1000
            at += tc.grid_span


@pytest.mark.parametrize(
    ("style", "font"),
    [
        ("附件号", "黑体"),
        ("表名", "方正小标宋简体"),
        ("表中文字", "仿宋_GB2312"),
        ("签名", "楷体_GB2312"),
    ],
)
def test_styles_name_the_fonts_of_offices(style, font):
    fonts = reopen(record()).styles[style].element.rPr.rFonts
    told = {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}
    assert told == {font}


def test_page_is_a4():
    section = reopen(record()).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_foot_has_code_and_page_number():
    footer = reopen(record()).sections[0].footer._element
    fields = [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))]
    assert f"核验码{CODE}第2稿" in texts(footer)
    assert fields == ["PAGE", "NUMPAGES"]


def test_draft_carries_no_code():
    footer = reopen(scoresheet(stamp=DRAFT)).sections[0].footer._element
    assert texts(footer) == "草稿，未签发，不作凭据第1页共1页"


def test_each_paper_of_a_file_counts_its_own_pages():
    document = reopen(scoresheet(), record(stamp=DRAFT))
    starts = [s._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for s in document.sections]
    feet = [texts(section.footer._element) for section in document.sections]
    assert starts == ["1", "1"]
    assert [CODE in foot for foot in feet] == [True, False]


def test_signature_is_a_picture_with_words():
    body = reopen(record()).element.body
    assert [found.get("descr") for found in body.iter(qn("wp:docPr"))] == ["示例甲的签字"]


def test_typed_text_is_no_field():
    document = reopen(record(text=HOSTILE))
    assert not list(document.element.body.iter(qn("w:fldSimple"), qn("w:instrText")))
    assert document.tables[0].cell(4, 2).text == "{ PAGE } <w:p/> &amp; =1+1 _x0041_ ]]>"


def test_equal_papers_give_equal_bytes():
    content = docx_bytes([scoresheet(), record()])
    assert content == docx_bytes([scoresheet(), record()])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_other_content_gives_other_bytes():
    assert docx_bytes([record()]) != docx_bytes([record(stamp=replace(ISSUED, revision=3))])


if SOFFICE:  # no office is installed for the tests; where there is one, it must read the forms

    @pytest.fixture(scope="module")
    def printed(tmp_path_factory):
        """Every paper as LibreOffice lays it out."""
        folder = tmp_path_factory.mktemp("office")
        for number, paper in enumerate(PAPERS.values()):
            (folder / f"{number}.docx").write_bytes(docx_bytes([paper]))
        subprocess.run(
            [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
            + ["--convert-to", "pdf", "--outdir", str(folder)]
            + [str(folder / f"{number}.docx") for number in range(len(PAPERS))],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return {name: PdfReader(folder / f"{n}.pdf") for n, name in enumerate(PAPERS)}

    @pytest.mark.parametrize("name", PAPERS)
    def test_libreoffice_prints_every_character(printed, name):
        drawn = packed("".join(page.extract_text() for page in printed[name].pages))
        wanted = page_text(PAPERS[name])
        missing = {char for char in wanted if drawn.count(char) < wanted.count(char)}
        assert missing == set()

    def test_libreoffice_prints_short_papers_on_one_page(printed):
        assert [len(printed[name].pages) for name in ONE_PAGE] == [1, 1, 1]

    def test_libreoffice_prints_long_papers_on_some_pages(printed):
        assert 3 <= len(printed["附件3 long"].pages) <= 6
