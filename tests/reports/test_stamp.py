"""A stamped page is the page laid out as a whole: same picture, same text in the same places."""

import io
from collections import Counter
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from reports.documents.paper import Stamp
from reports.documents.record import Sign, blank_record, stroke_path
from reports.documents.scoresheet import Group, Row
from reports.render.fonts import RARE_NAMES
from reports.render.forms import FORM_NAME, form_of
from reports.render.parts import Paper
from reports.render.pdf import pdf_bytes, pdf_with_pages, whole_bytes
from reports.render.stamp import laid_out, values_of
from tests.reports.papers import DRAFT, SENTENCE, STROKES, record, scoresheet

ALIKE = 0.001  # of the pixels at 100 dpi may differ
LONG = "".join(f"第{n}句：{SENTENCE}" for n in range(60))
FULL = SENTENCE * 6
MIXED = "GB 2312 以外：喆、堃、䶮；“引号”（括号）——…100%\n\n第二段 Safety First，m²、℃、①"


def excused(paper: Paper) -> Paper:
    """Every second item does not apply."""
    rows = [
        replace(row, score=None, not_applicable=True) if n % 2 else row
        for n, row in enumerate(paper.groups[0].rows)
    ]
    return replace(paper, groups=(Group("动员部署", tuple(rows)), *paper.groups[1:]))


PAPERS = {
    "scoresheet": scoresheet(),
    "scoresheet, draft": scoresheet(stamp=DRAFT),
    "scoresheet, no score": replace(
        scoresheet(), total=None, groups=(Group("氛围", (Row(1, "1."),)),)
    ),
    "scoresheet, excused": excused(scoresheet(text=SENTENCE * 2)),
    "scoresheet, excused in a low row": excused(scoresheet(text="示例。")),
    "record": record(),
    "record, draft": record(stamp=DRAFT),
    "record, blank": blank_record("enterprise_union"),
    "record, cells full": record(text=FULL),
    "record, mixed text": record(text=MIXED),
    "record, rare names": record(members=tuple(RARE_NAMES)),
    "record, both drawn": replace(record(), recorder=Sign(RARE_NAMES, stroke_path(STROKES))),
    "record, long code": record(stamp=Stamp("issued", 12, "WWWW-WWWW-WWWW", "http://示例/")),
}


def images(content: bytes) -> list:
    return [
        page.render(scale=100 / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(content)
    ]


def characters(content: bytes) -> list[Counter]:
    """Of each page: every sign that is no space, with its box in points."""
    found = []
    for page in pypdfium2.PdfDocument(content):
        text = page.get_textpage()
        signs = [
            (text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())
        ]
        found.append(Counter((s, tuple(round(p, 1) for p in box)) for s, box in signs if s.strip()))
    return found


def differing(one: bytes, other: bytes) -> float:
    """The largest share of differing pixels of a page."""
    pairs = zip(images(one), images(other), strict=True)
    histograms = [ImageChops.difference(*pair).histogram() for pair in pairs]
    return max(1 - histogram[0] / sum(histogram) for histogram in histograms)


def stamped(papers: list[Paper]) -> tuple[int, ...]:
    values = values_of(papers, "")
    return values.papers if values else ()


@pytest.mark.parametrize("name", PAPERS)
def test_stamped_page_looks_like_one_laid_out(name):
    paper = PAPERS[name]
    assert stamped([paper]) == (0,)
    ours, whole = pdf_bytes([paper]), whole_bytes([paper])
    assert differing(ours, whole) <= ALIKE
    assert characters(ours) == characters(whole)


TEXTS = st.text("示例县工会召开动员部署，。；“”（）喆堃䶮 aW1.%\n", min_size=1, max_size=160)


@settings(max_examples=8, deadline=None)
@given(text=TEXTS, unit=TEXTS.map(lambda text: "".join(text.split())[:60] or "示例"))
def test_any_text_stands_where_the_whole_layout_puts_it(text, unit):
    papers = [replace(record(text=text), unit=unit), replace(scoresheet(), unit=unit)]
    ours, whole = pdf_bytes(papers), whole_bytes(papers)
    assert characters(ours) == characters(whole)


@pytest.mark.parametrize(
    "paper",
    [
        record(text=LONG),
        record(text=SENTENCE * 9),
        scoresheet(items=25),
        replace(scoresheet(), unit="示例县总工会" * 8),
        replace(scoresheet(), unit="W" * 90),
        record(members=("示例欧阳",) * 12),
    ],
)
def test_values_that_need_more_room_are_laid_out(paper):
    assert stamped([paper]) == ()
    assert pdf_bytes([paper]) == whole_bytes([paper])


def test_papers_keep_their_order_where_some_are_laid_out():
    papers = [record(), record(text=LONG), scoresheet(), scoresheet(items=25), record(stamp=DRAFT)]
    content, counts = pdf_with_pages(papers)
    assert sum(counts) == len(pypdfium2.PdfDocument(content))
    assert characters(content) == characters(whole_bytes(papers))


def test_text_that_runs_over_does_not_touch_the_next_paper():
    papers = [record(text=SENTENCE), record(text=LONG), record(text=SENTENCE)]
    assert 1 not in stamped(papers)
    assert 0 in stamped(papers)
    assert characters(pdf_bytes(papers)) == characters(whole_bytes(papers))


def test_papers_of_one_form_share_it():
    first, second = record(), record(text=MIXED, members=("示例丙",))
    assert form_of(first) == form_of(second)
    assert form_of(first) != form_of(record(stamp=DRAFT))
    with pikepdf.open(io.BytesIO(pdf_bytes([first, second] * 3))) as pdf:
        forms = [
            page.resources.XObject[name].objgen
            for page in pdf.pages
            for name in page.resources.XObject
            if name.startswith(f"/{FORM_NAME}")
        ]
    assert len(forms) == 6
    assert len(set(forms)) == 1


def test_bytes_do_not_depend_on_what_was_printed_before():
    before = pdf_bytes([record(), scoresheet()])
    pdf_bytes([record(stamp=DRAFT)])
    laid_out.cache_clear()
    assert pdf_bytes([record(), scoresheet()]) == before
