"""Papers as PDF, read back as text; what a person types stays text and reaches no file."""

import io
import re
import socket

import pytest
from pypdf import PdfReader

from reports.documents.paper import from_json, to_json
from reports.documents.record import RecordPaper, blank_record
from reports.documents.scoresheet import ScoresheetPaper
from reports.render.fonts import RARE_NAMES, installed_fonts, missing_characters
from reports.render.pdf import pdf_bytes, pdf_with_pages
from tests.reports.papers import CODE, DRAFT, SENTENCE, record, scoresheet

LONG = "".join(f"第{n}句：{SENTENCE}" for n in range(150))
HOSTILE = (
    '<img src="file:///etc/passwd"><img src="http://127.0.0.1:9/x"><script>1</script>'
    '<a rel="attachment" href="file:///etc/passwd">甲</a><style>@import "file:///etc/passwd";'
    '</style><link rel="stylesheet" href="http://127.0.0.1:9/x.css">'
)


def pages_of(content: bytes) -> list[str]:
    pages = PdfReader(io.BytesIO(content)).pages
    return [re.sub(r"\s+", "", page.extract_text()) for page in pages]


def test_scoresheet_prints_as_issued():
    (page,) = pages_of(pdf_bytes([scoresheet()]))
    for words in (
        "附件1",
        "县级以上工会开展“查保促”活动评分表",
        "县（市、区）总工会：",
        "示例县总工会",
    ):
        assert words in page
    for words in ("项目", "督导内容", "得分", "督导方法", "动员部署", "总得分", "18"):
        assert words in page


def test_record_prints_as_issued():
    (page,) = pages_of(pdf_bytes([record()]))
    assert "省总工会“查保促”活动督导工作记录表（县级以上工会）" in page
    for words in ("时间", "所到县级以上工会", "总得分", "督导组成员", "工作亮点", "存在的问题"):
        assert words in page
    assert "组长签字" in page
    assert "记录人" in page
    assert "示例乙（上传纸质签字页）" in page


def test_issued_paper_carries_code_and_page_number_on_each_page():
    pages = pages_of(pdf_bytes([record(text=LONG)]))
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert CODE in page
        assert f"第{number}页共{len(pages)}页" in page


def test_draft_says_so_and_carries_no_code():
    pages = pages_of(pdf_bytes([scoresheet(stamp=DRAFT), record(stamp=DRAFT, text=LONG)]))
    assert all("草稿" in page and "核验码" not in page for page in pages)


def test_blank_form_has_no_code_and_is_no_draft():
    (page,) = pages_of(pdf_bytes([blank_record("enterprise_union")]))
    assert "所到企业工会" in page
    assert "草稿" not in page
    assert "核验码" not in page


def test_long_text_is_whole_and_goes_on_under_its_label():
    pages = pages_of(pdf_bytes([record(text=LONG)]))
    whole = re.sub(r"[^第句\d]", "", "".join(pages))
    assert all(len(re.findall(f"第{n}句", whole)) == 3 for n in range(150))
    assert all("（续）" in page and "对县级以上" in page for page in pages[1:])


def test_long_form_repeats_heads_and_keeps_rows_whole():
    content, counts = pdf_with_pages([scoresheet(items=25), record()])
    pages = pages_of(content)
    assert counts == [len(pages) - 1, 1]
    assert all("督导内容" in page and "督导方法" in page for page in pages[:-1])
    assert sum("总得分" in page for page in pages[:-1]) == 1


def test_row_longer_than_a_page_is_whole():
    pages = pages_of(pdf_bytes([scoresheet(text=LONG, items=1)]))
    assert sum(page.count("第149句") for page in pages) == 2


def test_equal_papers_give_equal_bytes():
    assert pdf_bytes([record()]) == pdf_bytes([record()])


def test_rare_names_print():
    (page,) = pages_of(pdf_bytes([record(members=(RARE_NAMES,))]))
    assert RARE_NAMES in page
    assert missing_characters() == ""


def test_rare_names_print_without_fandol(settings, tmp_path):
    settings.FONT_DIR = tmp_path
    assert [font.face.family for font in installed_fonts()] == ["Noto Serif SC", "Noto Sans SC"]
    assert missing_characters("县级以上工会“查保促”活动评分表" + RARE_NAMES) == ""


def test_every_font_is_embedded():
    reader = PdfReader(io.BytesIO(pdf_bytes([scoresheet(), record(members=(RARE_NAMES,))])))
    fonts = [f.get_object() for p in reader.pages for f in p["/Resources"]["/Font"].values()]
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_hostile_text_is_printed_and_nothing_is_read(monkeypatch):
    pdf_bytes([record()])  # the engine is ready: fonts and styles are read once

    def refuse(*args, **kwargs):
        raise AssertionError(f"reached for {args}")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    content = pdf_bytes([record(text=HOSTILE, members=(HOSTILE,)), scoresheet(text=HOSTILE)])
    monkeypatch.undo()
    assert "<script>1</script>" in "".join(pages_of(content))
    assert not PdfReader(io.BytesIO(content)).attachments


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "http://127.0.0.1/", "ftp://a/", "chabaocu:font/../x", "font/0", "/etc"],
)
def test_fetcher_refuses_every_other_address(url):
    from reports.render.weasy import OwnFilesOnly  # noqa: PLC0415

    with pytest.raises((ValueError, OSError)):
        OwnFilesOnly().fetch(url)


@pytest.mark.parametrize(
    ("cls", "paper"), [(ScoresheetPaper, scoresheet()), (RecordPaper, record())]
)
def test_paper_comes_back_from_json(cls, paper):
    assert from_json(cls, to_json(paper)) == paper
