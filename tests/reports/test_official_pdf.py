"""A 公文 as PDF: measured, the same words as its Word, the record at the foot of the last page."""

from dataclasses import replace

import pytest

from reports.documents.official import Annex, Block, Official
from reports.render.official_pdf import official_pdf
from reports.render.official_styles import HEIGHT, LEFT, MM, SIZE, WIDTH
from reports.render.pages import Page, pages_of
from tests.reports.test_official_docx import PAPER

pytestmark = pytest.mark.once
LONG = Official(
    "示例报告",
    "示例省总工会",
    "2026年11月22日",
    blocks=(Block("text", "一二三四五六七八九十" * 140),),
)
HOSTILE = '<img src="file:///etc/passwd">{{ settings }}'


def text_of(page: Page) -> str:
    return "".join(c.text for line in page.lines for c in line)


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    return pages_of(official_pdf(PAPER))


def test_equal_papers_give_equal_bytes():
    assert official_pdf(PAPER) == official_pdf(PAPER)


def test_lines_and_pages_are_those_of_the_standard():
    first, second, *_ = pages_of(official_pdf(LONG))
    assert set(first.full_lines(LEFT * MM, WIDTH * MM, SIZE)) == {28}
    assert second.full_count(SIZE, HEIGHT * MM) == 22


def test_page_numbers_stand_outside(pages):
    assert [page.number_side for page in pages] == ["right", "left", "right"]


def test_annex_lies_on_its_side_and_the_record_at_its_foot(pages):
    assert [page.is_upright for page in pages] == [True, True, False]
    last = pages[-1]
    assert "存在问题清单" in text_of(last)
    copies = next(line for line in last.lines if line[0].text == "抄")
    assert 26 * MM < copies[0].base < 26 * MM + 50


@pytest.mark.parametrize(
    "words",
    [
        "示例省总工会文件",
        "示例工发〔2026〕18号签发人：示例主席",
        "示例省人民政府：",
        "（一）抽取情况。过程公开。",
        "附件：存在问题清单",
        "单位负责人（签字）：",
        "核验码K7M3-9QXD-4TRA",
    ],
)
def test_words_are_those_of_the_word_file(pages, words):
    assert words in "".join(map(text_of, pages))


def test_faces_are_those_of_the_levels(pages):
    faces = {}
    for line in (line for page in pages[:2] for line in page.lines):
        faces.setdefault("".join(c.text for c in line)[:3], line[0].face)
    part, point, item, text = (faces[start] for start in ("一、总", "（一）", "1.甲", "正文"))
    assert item == text
    assert len({part, point, text}) == 3


def test_what_was_typed_is_only_text():
    hostile = replace(
        PAPER, title=HOSTILE, blocks=(Block("table", HOSTILE, ((HOSTILE, "栏"),) * 2),)
    )
    assert "settings" in text_of(pages_of(official_pdf(hostile))[0])


def test_paper_without_record_or_annex_is_one_page():
    paper = replace(PAPER, annexes=(Annex("名单"),), copies="", printed_by="", head="")
    assert len(pages_of(official_pdf(paper))) == 1
